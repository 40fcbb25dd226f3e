import { filesWithSecrets } from './marks.mts';
import { sharedN8n, stopShared } from './shared.mts';

/** jest calls this whether the tests passed or not; if jest itself dies, n8n ends with it. Fails when a secret was left in the clear. */
export default async function globalTeardown(): Promise<void> {
	try {
		const found = await filesWithSecrets(sharedN8n());
		if (found.length > 0) throw new Error(`secrets of credentials stand in ${found.join(', ')}`);
	} finally {
		await stopShared();
	}
}
