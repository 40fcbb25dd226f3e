/**
 * The vendor's first client, unmodified, against the simulated services, each at an address of its own (contract,
 * section 16.2): the paths of the reference, and the oldest form of what is answered.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedId } from '../../simulators/iflow/seeds.mts';
import { start } from '../../simulators/iflow/simulator.mts';
import type { Running } from '../../simulators/iflow/simulator.mts';
import { send } from './http.mts';
import { arrived, ClientFolder } from './iflow.mts';

jest.setTimeout(60_000);

const PROJECT = '0f2d6c1e-3c55-4a0e-8f0e-6f0c2f0b7e01';
const IN_PROJECT = `project_id=${PROJECT}`;
const [SAMPLE, RUN, ORDER, CREATED] = [seedId(2, 3), seedId(4, 3), seedId(5, 7), seedId(5, 1)];

let simulator: Running;
let folder: ClientFolder;

beforeAll(async () => {
	simulator = await start({ settings: { profile: 'gen1' } });
});
afterAll(async () => await simulator?.close());
beforeEach(async () => {
	await send(simulator.info.control, 'POST /reset', {});
	folder = await ClientFolder.make('flow', simulator);
	await folder.succeeds('login', '--token', simulator.info.accessToken);
});
afterEach(async () => await folder.remove());

/** What arrived, without the host's own words. */
const calls = () => arrived(simulator).map((line) => line.replace('/api/v1', ''));

const COMMANDS: Array<[command: string[], calls: string[], output: string | RegExp]> = [
	[['config', 'select-project', PROJECT], ['GET /admin/projects 200'], 'Selected project: Sim Main'],
	[['pipelines', 'list'], ['GET /compute/pipelines 200'], /demo-reporter .*main-panel/],
	[['pipelines', 'info', 'demo-reporter'], ['GET /compute/pipelines/slug/demo-reporter 200'], `ID: ${seedId(3, 2)}`],
	[['runs', 'list'], ['GET /compute/runs?limit=20 200'], /demo-nextflow-0001 +succeeded.*demo-reporter-0001 +queued/],
	[['runs', 'list', '--order-id', ORDER], [`GET /compute/runs/by-order/${ORDER} 200`], /always-fails-0001(?!.*demo-reporter-0001)/],
	[['runs', 'status', RUN], [`GET /compute/runs/${RUN} 200`], /Run: demo-reporter-0003.*Status: succeeded/],
	[['runs', 'outputs', RUN], [`GET /compute/runs/${RUN}/outputs 200`], 'gs://sim-main/analyses/demo-reporter-0003/report.html'],
	[['runs', 'cancel', seedId(4, 1), '--yes'], [`DELETE /compute/runs/${seedId(4, 1)} 204`], 'cancelled'],
	[['runs', 'submit', '--pipeline', 'demo-reporter', '-P', 'panels=x', '-o', ORDER, '-t', 'n8n'], ['GET /compute/pipelines/slug/demo-reporter 200', 'POST /compute/runs 201'], 'Status: queued'],
	[['orders', 'list'], ['GET /miner/orders?limit=20 200'], /CASE-17 +ready_for_review/],
	[['orders', 'create', '-n', 'CASE 99', '--priority', 'urgent'], ['POST /miner/orders 201'], /Name: CASE 99 Status: created Priority: urgent/],
	[['orders', 'get', ORDER], [`GET /miner/orders/${ORDER} 200`], 'Order: CASE-17'],
	[['orders', 'transition', CREATED, 'analyzing'], [`POST /miner/orders/${CREATED}/transition 200`], 'Status: analyzing'],
	[['orders', 'samples', ORDER], [`GET /miner/orders/${ORDER}/samples 200`], /P 001-T +active/],
	[['orders', 'add-sample', CREATED, SAMPLE], [`POST /miner/orders/${CREATED}/samples/${SAMPLE} 204`], 'added to order'],
	[['orders', 'remove-sample', ORDER, seedId(2, 1)], [`DELETE /miner/orders/${ORDER}/samples/${seedId(2, 1)} 204`], 'removed from order'],
	[['orders', 'delete', CREATED, '--yes'], [`DELETE /miner/orders/${CREATED} 204`], 'deleted'],
	[['files', 'ls', 'samples/p-001-t/'], [`GET /files/files?${IN_PROJECT}&path=samples/p-001-t/ 200`], /uploads\/.*note\.txt .*12 B/],
];

it.each(COMMANDS.map(([command, ...rest]) => [command.join(' '), command, ...rest] as const))('%s', async (_name, command, expected, output) => {
	expect(await folder.succeeds(...command)).toMatch(output);
	expect(calls()).toEqual(expected);
});

it('files go up and come back by signed addresses, which get neither the token nor the project', async () => {
	await writeFile(join(folder.path, 'a.txt'), 'hello');
	await folder.succeeds('files', 'upload', 'a.txt', 'uploads/a.txt');
	await folder.succeeds('files', 'download', 'uploads/a.txt', '-o', 'back.txt');
	expect(await readFile(join(folder.path, 'back.txt'), 'utf8')).toBe('hello');
	const stored = simulator.journal.since().entries.filter(({ path }) => path.startsWith('/storage/'));
	expect(stored.map(({ method, authorized, headers }) => [method, authorized, headers?.['x-project-id']])).toEqual([['PUT', false, undefined], ['GET', false, undefined]]);
	expect(calls()).toEqual([`POST /files/files/upload-url?${IN_PROJECT} 200`, 'PUT /storage/sim-main/uploads/a.txt 200', `GET /files/files/download-url?${IN_PROJECT}&path=uploads/a.txt 200`, 'GET /storage/sim-main/uploads/a.txt 200']);
});
