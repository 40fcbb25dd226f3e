import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setup } from '../../scripts/setup.mjs';
import { N8nRest } from './rest.mts';
import { startN8n } from './server.mts';
import { share } from './shared.mts';

/** One n8n, with the package as its sources are now, for all suites of the jest project. */
export default async function globalSetup(): Promise<void> {
	const { n8n, node, tarball } = await setup({ n8n: true, galaxy: true, tarball: true });
	const logFile = join(process.cwd(), '.build', 'n8n-of-tests.log');
	await rm(logFile, { force: true }); // what earlier runs have logged is no matter of this one
	const server = await startN8n({ bin: n8n, node, tarball, logFile });
	try {
		share(server, await new N8nRest(server.url).signIn());
	} catch (error) {
		await server.stop(); // jest calls no teardown when this fails
		throw error;
	}
}
