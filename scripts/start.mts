/**
 * `npm start`: a real n8n with this package, a real Galaxy and the other services simulated, and a workflow of each run for real.
 *
 *   npm start               leaves the editor open until Ctrl+C
 *   npm start -- --check    stops after the run; the exit status says whether it worked
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nRest, OWNER } from '../test/n8n/rest.mts';
import { freePort, startN8n } from '../test/n8n/server.mts';
import { show } from './demos/demo.mts';
import { galateaBio } from './demos/galateabio.mts';
import { galaxy } from './demos/galaxy.mts';
import { gencove } from './demos/gencove.mts';
import { genoEx } from './demos/genoex.mts';
import { iFlow } from './demos/iflow.mts';
import { paths } from './setup.mjs';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const EDITOR_PORT = 5678;
const DEMOS = [galateaBio, genoEx, gencove, iFlow, galaxy];

const started: Array<() => Promise<void>> = [];

try {
	await main();
} catch (error) {
	console.error(`\n${(error as Error).message}`);
	process.exitCode = 1;
}
if (check || process.exitCode) await stopAll();

async function main(): Promise<void> {
	const begun = Date.now();
	// what the user changes in the editor is there again at the next start; a check leaves nothing behind
	const userFolder = check ? mkdtempSync(join(tmpdir(), 'n8n-check-')) : join(root, '.build', 'n8n');
	if (check) started.push(async () => rmSync(userFolder, { recursive: true, force: true }));
	const port = check ? await freePort() : await wantedPort();

	const demos = await Promise.all(DEMOS.map(async (start) => await start()));
	for (const { service, url, stop } of demos) {
		started.push(stop);
		console.log(`${service}: ${url}`);
	}

	console.log('n8n starts ...');
	const { node, n8n, tarball } = paths();
	const server = await startN8n({ bin: n8n, node, tarball, port, userFolder });
	started.push(async () => await server.stop());
	console.log(`n8n is ready after ${((Date.now() - begun) / 1000).toFixed(0)} s`);

	const rest = new N8nRest(server.url);
	await rest.signIn();
	const ready = [];
	for (const demo of demos) ready.push({ demo, workflow: await demo.prepare(rest, server.url) });
	for (const { demo, workflow } of ready) {
		console.log(`\n${workflow.name}: ${demo.about}`);
		const start = Date.now();
		await demo.run(rest, workflow);
		show('done in', `${((Date.now() - start) / 1000).toFixed(1)} s`);
	}

	if (check) return;
	console.log('\nThe editor:');
	for (const { workflow } of ready) console.log(`  ${server.url}/workflow/${workflow.id}   ${workflow.name}`);
	console.log(`Sign in as:  ${OWNER.email}   password: ${OWNER.password}\nCtrl+C ends it.`);
	process.once('SIGINT', () => void stopAll());
	process.once('SIGTERM', () => void stopAll());
}

/** The editor's own port, or an error in one line that says what to do. */
async function wantedPort(): Promise<number> {
	const port = Number(process.env.N8N_PORT ?? EDITOR_PORT);
	const taken = await new Promise<boolean>((resolve) => {
		const socket = createConnection(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
		socket.unref();
	});
	if (taken) throw new Error(`Port ${port} is taken: end what uses it, or choose another one with N8N_PORT=5679 npm start`);
	return port;
}

async function stopAll(): Promise<void> {
	for (const stop of started.reverse()) await stop();
	started.length = 0;
}
