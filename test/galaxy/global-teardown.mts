import { stopShared } from './shared.mts';

export default async function globalTeardown(): Promise<void> {
	await stopShared();
}
