/**
 * `npm start`: a real n8n with this package, the services simulated, and one workflow run for real.
 *
 *   npm start               leaves the editor open until Ctrl+C
 *   npm start -- --check    stops after the run; the exit status says whether it worked
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { start as startGalateaBio } from '../simulators/galateabio/simulator.mts';
import { itemsOf, N8nRest, OWNER, type Execution, type NewWorkflow } from '../test/n8n/rest.mts';
import { freePort, startN8n } from '../test/n8n/server.mts';
import { paths } from './setup.mjs';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const EDITOR_PORT = 5678;
const CREDENTIAL_TYPE = 'galateaBioApi';
/** The order's webhook comes some seconds after the submission. */
const WEBHOOK_LIMIT_MS = 60_000;

type Simulator = Awaited<ReturnType<typeof startGalateaBio>>;

const started: Array<() => Promise<void>> = [];

try {
	const result = await main();
	if (check) process.exitCode = result ? 0 : 1;
} catch (error) {
	console.error(`\n${(error as Error).message}`);
	process.exitCode = 1;
}
if (check || process.exitCode) await stopAll();

async function main(): Promise<boolean> {
	const begun = Date.now();
	// what the user changes in the editor is there again at the next start; a check leaves nothing behind
	const userFolder = check ? mkdtempSync(join(tmpdir(), 'n8n-check-')) : join(root, '.build', 'n8n');
	if (check) started.push(async () => rmSync(userFolder, { recursive: true, force: true }));
	const port = check ? await freePort() : await wantedPort();

	const simulator = await startGalateaBio();
	started.push(async () => await simulator.close());
	say(`GalateaBio, simulated: ${simulator.info.url}`);

	say('n8n starts ...');
	const { node, n8n, tarball } = paths();
	const server = await startN8n({ bin: n8n, node, tarball, port, userFolder });
	started.push(async () => await server.stop());
	say(`n8n is ready after ${((Date.now() - begun) / 1000).toFixed(0)} s`);

	const rest = new N8nRest(server.url);
	await rest.signIn();
	const workflow = await prepare(rest, server.url, simulator);
	await runJob(rest, workflow, simulator);

	if (check) return true;
	say(`\nThe editor:  ${server.url}/workflow/${workflow.id}\nSign in as:  ${OWNER.email}   password: ${OWNER.password}\nCtrl+C ends it.`);
	process.once('SIGINT', () => void stopAll());
	process.once('SIGTERM', () => void stopAll());
	return true;
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

/** Credential and workflow, made or renewed, and the workflow's webhook entered at the service. */
async function prepare(rest: N8nRest, url: string, { info }: Simulator): Promise<{ id: string; nodes: INode[] }> {
	const credential = await rest.saveCredential('GalateaBio (simulated)', CREDENTIAL_TYPE, {
		environment: 'custom',
		url: info.url,
		authentication: 'apiKey',
		apiKey: info.apiKey,
	});
	const example = JSON.parse(readFileSync(join(root, 'examples', 'galateabio-sample-to-report.json'), 'utf8')) as NewWorkflow;
	const nodes = example.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-genomics.') ? { ...node, credentials: { [CREDENTIAL_TYPE]: credential } } : node,
	);
	const known = await rest.workflowNamed(example.name);
	const id = known ?? (await rest.createWorkflow({ ...example, nodes })).id;
	const saved = await rest.workflow(id);
	await rest.activate(id);
	const trigger = saved.nodes.find(({ type }) => type === 'n8n-nodes-genomics.galateaBioTrigger');
	await put(`${info.control}/galateabio/webhooks`, [
		{ webhook_action: 'order_moved_to_completed_state', remote_endpoint: `${url}/webhook/${trigger?.webhookId}/webhook`, max_retries_count: 3 },
	]);
	return { id, nodes: saved.nodes };
}

/** Runs the workflow by hand, waits for the execution that the webhook starts, and prints what came out of both. */
async function runJob(rest: N8nRest, { id }: { id: string }, { info }: Simulator): Promise<void> {
	say('\nOne workflow runs: genotypes up, validated, ordered, finished by webhook, report in hand');
	const before = Date.now();
	const byHand = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
	const [file] = itemsOf(byHand, 'Upload and Validate');
	const [order] = itemsOf(byHand, 'Submit Order');
	say(`file         ${value(file, 'src_file_name')}, ${value(file, 'status')}, ID ${value(file, 'id')}`);
	say(`order        ${value(order, 'id')}, model ${value(order, 'model')}`);

	const byWebhook = await webhookExecution(rest, id, before);
	const [report] = itemsOf(byWebhook, 'Download Report');
	const { history } = (await (await fetch(`${info.control}/galateabio/orders/${value(order, 'id')}`)).json()) as { history: Array<{ status: string }> };
	say(`states       ${history.map(({ status }) => status).join(' > ')}`);
	say(`report       ${value(report, 'fileName')}, ${value(report, 'fileSize')} bytes`);
	const bytes = await rest.binary(report.binary?.data.id as string);
	if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('The report is no PDF file');
	say(`done in      ${((Date.now() - before) / 1000).toFixed(1)} s`);
}

/** The execution that the service's webhook started, once it is over. */
async function webhookExecution(rest: N8nRest, workflowId: string, since: number): Promise<Execution> {
	for (const limit = Date.now() + WEBHOOK_LIMIT_MS; Date.now() < limit; await sleep(500)) {
		const { results } = await rest.executions({ workflowId, mode: 'webhook', startedAfter: new Date(since).toISOString() });
		if (results.length > 0) return await rest.finished(results[0].id);
	}
	throw new Error('No webhook came for the order');
}

async function put(url: string, body: unknown): Promise<void> {
	const response = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	if (!response.ok) throw new Error(`${url} answered with status ${response.status}`);
}

function value(item: INodeExecutionData, name: string): string {
	return String(item.json[name]);
}

function say(line: string): void {
	console.log(line);
}

async function stopAll(): Promise<void> {
	for (const stop of started.reverse()) await stop();
	started.length = 0;
}
