import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { installedPaths } from '../../scripts/paths.mts';
import { startGalaxy, type GalaxyInfo } from '../../simulators/galaxy/server/server.mts';
import { isShared, sharedGalaxy } from '../galaxy/shared.mts';
import { itemsOf, type Execution, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, node } from './workflow.mts';

const { rest } = sharedN8n();
jest.setTimeout(120_000);

let galaxy: GalaxyInfo;
let stop = async () => {};
let credential: { id: string; name: string };
const workflows: string[] = [];

beforeAll(async () => {
	if (isShared()) galaxy = sharedGalaxy();
	else ({ info: galaxy, stop } = await startGalaxy(installedPaths().galaxy));
	credential = await rest.createCredential('Galaxy', 'galaxyApi', { url: galaxy.url, authentication: 'apiKey', apiKey: galaxy.user.key });
}, 400_000);
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	await rest.deleteCredential(credential.id);
	await stop();
});

async function saved(workflow: NewWorkflow): Promise<string> {
	const nodes = workflow.nodes.map((one) => (one.type.startsWith('n8n-nodes-genomics.') ? { ...one, credentials: { galaxyApi: credential } } : one));
	const { id } = await rest.createWorkflow({ ...workflow, nodes });
	workflows.push(id);
	return id;
}

const example = (file: string) => JSON.parse(readFileSync(`examples/${file}.json`, 'utf8')) as NewWorkflow;
const json = (execution: Execution, name: string): IDataObject[] => itemsOf(execution, name).map((item) => item.json);

async function call<T = IDataObject>(line: string, body?: object): Promise<T> {
	const [method, path] = line.split(' ');
	const response = await fetch(`${galaxy.url}/api/${path}`, { method, headers: { 'x-api-key': galaxy.user.key, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
	if (!response.ok) throw new Error(`${line}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

it('upload, run a tool, download: the result is that of the tool', async () => {
	const execution = await rest.run(await saved(example('galaxy-upload-run-download')), { trigger: 'Start', timeoutMs: 100_000 });
	expect(json(execution, 'Upload Regions')).toMatchObject([{ name: 'Regions', state: 'ok', succeeded: true }]);
	const [result] = itemsOf(execution, 'Download Result');
	const bytes = await rest.binary(result.binary?.data.id as string);
	expect(bytes.toString('utf8')).toBe('chr1\t100\t200\tA\nchr1\t500\t900\tB\n');
});

it('report failed runs: says which tool of a run has failed, and what it said', async () => {
	const step = { id: 0, type: 'tool', label: null, annotation: '', position: { left: 0, top: 0 }, inputs: [], workflow_outputs: [], errors: null, tool_id: 'test_fail', content_id: 'test_fail', tool_version: '1.0', tool_state: '{"code": 3}', input_connections: {}, outputs: [{ name: 'out', type: 'txt' }] };
	const { id: workflowId } = await call('POST workflows', { workflow: { a_galaxy_workflow: 'true', 'format-version': '0.1', name: 'Fails', annotation: '', tags: [], steps: { 0: step } } });
	const { id } = await call(`POST workflows/${String(workflowId)}/invocations`, { new_history_name: 'Fails' });
	for (let tries = 0; tries < 100 && (await call(`GET invocations/${String(id)}`)).state !== 'completed'; tries++) await sleep(500);
	const execution = await rest.run(await saved(example('galaxy-failed-runs')), { trigger: 'Run Failed', timeoutMs: 60_000 });
	expect(json(execution, 'Report')).toMatchObject([{ run: id, tool: 'test_fail', said: expect.stringContaining('bad news') }]);
});

it('a credential without a key does not pass the test of the credential, a good one does', async () => {
	const test = async (apiKey: string) => {
		const { id } = await rest.createCredential('To be tested', 'galaxyApi', { url: `${galaxy.url}/api/`, authentication: 'apiKey', apiKey });
		const result = await rest.testCredential(id);
		await rest.deleteCredential(id);
		return result;
	};
	expect(await test(galaxy.user.key)).toMatchObject({ status: 'OK' });
	expect(await test('wrong-key-of-nobody')).toMatchObject({ status: 'Error' });
	expect(await test('')).toMatchObject({ status: 'Error' });
});

it('an error tells what to do', async () => {
	const get = node('Get', 'n8n-nodes-genomics.galaxy', { resource: 'dataset', operation: 'get', datasetId: { __rl: true, mode: 'id', value: '42' } });
	const execution = await rest.run(await saved({ name: 'Error', ...inLine(node('Start', 'n8n-nodes-base.manualTrigger', {}), get) }), { trigger: 'Start' });
	expect(JSON.stringify(execution)).toContain('IDs of Galaxy have 16 characters');
});
