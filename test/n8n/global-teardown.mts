import { stopShared } from './shared.mts';

/** jest calls this whether the tests passed or not; if jest itself dies, n8n ends with it. */
export default async function globalTeardown(): Promise<void> {
	await stopShared();
}
