import { readFileSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { start, type Running } from '../../simulators/iflow/simulator.mts';
import { itemsOf, type Execution, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, manualTrigger, node } from './workflow.mts';

const { rest, logFile } = sharedN8n();
jest.setTimeout(120_000);

let simulator: Running;
let credential: { id: string; name: string };
const workflows: string[] = [];

const server = () => ({ environment: 'custom', domain: '', urlTemplate: simulator.info.urlTemplate, apiLayout: 'services', runsPath: 'auto', projectId: simulator.info.projectId });
const values = (changes: IDataObject = {}): IDataObject => ({ ...server(), accessToken: simulator.info.accessToken, internalToken: '', ...changes });

beforeAll(async () => {
	simulator = await start();
	credential = await rest.createCredential('iFlow', 'iFlowApi', values());
});
beforeEach(async () => await control('reset'));
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	await rest.deleteCredential(credential.id);
	await simulator.close();
});

async function control(path: string, body?: object): Promise<void> {
	const response = await fetch(`${simulator.info.control}/${path}`, { method: 'POST', ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** Saves a workflow with the credential chosen in its nodes. */
async function saved(workflow: NewWorkflow): Promise<string> {
	const nodes = workflow.nodes.map((one) => (one.type.startsWith('n8n-nodes-genomics.') ? { credentials: { iFlowApi: credential }, ...one } : one));
	const { id } = await rest.createWorkflow({ ...workflow, nodes });
	workflows.push(id);
	return id;
}

const example = (file: string) => JSON.parse(readFileSync(`examples/${file}.json`, 'utf8')) as NewWorkflow;
const json = (execution: Execution, name: string): IDataObject[] => itemsOf(execution, name).map((item) => item.json);
const iFlow = (name: string, parameters: INodeParameters, more = {}) => node(name, 'n8n-nodes-genomics.iFlow', parameters, more);

async function call<T = IDataObject>(line: string, body?: object): Promise<T> {
	const [method, path] = line.split(' ');
	const headers = { authorization: `Bearer ${simulator.info.accessToken}`, 'x-project-id': simulator.info.projectId, ...(body && { 'content-type': 'application/json' }) };
	const response = await fetch(`${simulator.info.url}/${path}`, { method, headers, body: body && JSON.stringify(body) });
	if (!response.ok) throw new Error(`${line}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

it('sample to report: registers, uploads, runs a pipeline and downloads its report', async () => {
	const execution = await rest.run(await saved(example('iflow-sample-to-report')), { trigger: 'Start', timeoutMs: 100_000 });
	expect(json(execution, 'Upload to Sample')).toMatchObject([{ action: 'added', storage_path: expect.stringMatching(/^samples\/smpl-\d+\/uploads\/variants\.vcf\.gz$/) }]);
	expect(json(execution, 'Submit and Wait')).toMatchObject([{ status: 'succeeded', finished: true, succeeded: true }]);
	const [report] = itemsOf(execution, 'Download Report');
	expect((await rest.binary(report.binary?.data.id as string)).toString('utf8')).toContain('<html');
});

it('finished runs: fetches the report of a run, and tells why another one failed', async () => {
	const run = async (slug: string, status: string) => {
		const { id: pipeline_id } = await call(`GET compute/api/v1/pipelines/slug/${slug}`);
		const { id } = await call('POST compute/api/v1/runs', { pipeline_id, params: { simulate: 'queued' }, tags: [] });
		await control(`iflow/runs/${String(id)}`, { status });
	};
	const id = await saved(example('iflow-finished-runs'));
	await run(simulator.info.pipelines.wdl, 'succeeded');
	const good = await rest.run(id, { trigger: 'Run Finished', timeoutMs: 60_000 });
	expect(itemsOf(good, 'Report')).toMatchObject([{ binary: { data: { fileName: 'report.html' } } }]);
	await run(simulator.info.pipelines.failing, 'failed');
	const bad = await rest.run(id, { trigger: 'Run Finished', timeoutMs: 60_000 });
	expect(json(bad, 'Message')).toMatchObject([{ message: expect.stringMatching(/^Run always-fails-\S+ has failed: \S/) }]);
});

it('orders in review: makes a spreadsheet of them', async () => {
	const execution = await rest.run(await saved(example('iflow-orders-in-review')), { trigger: 'Every Weekday', timeoutMs: 60_000 });
	expect(json(execution, 'Columns').length).toBeGreaterThan(0);
	expect(itemsOf(execution, 'Spreadsheet')[0].binary?.data).toMatchObject({ fileExtension: 'xlsx' });
});

it('the credential\'s test tells a right token from a wrong one, and iFlow from another server', async () => {
	const test = async (changes: IDataObject) => await rest.request<{ status: string; message: string }>('POST', '/rest/credentials/test', { credentials: { id: '', name: 'test', type: 'iFlowApi', data: values(changes) } });
	expect(await test({})).toMatchObject({ status: 'OK' });
	expect(await test({ accessToken: `Bearer ${simulator.info.accessToken} `, apiLayout: 'gateway' })).toMatchObject({ status: 'OK' });
	expect(await test({ accessToken: 'wrong-token' })).toMatchObject({ status: 'Error' });
	simulator.faults.add({ kind: 'html', status: 200 });
	expect(await test({})).toMatchObject({ status: 'Error', message: expect.stringContaining('This is not the API of iFlow') });
});

it('logs in by OAuth2, and renews a token that has expired', async () => {
	const oAuth2 = await rest.createCredential('iFlow by OAuth2', 'iFlowOAuth2Api', { ...server(), issuer: simulator.info.identityUrl, clientId: 'n8n-of-a-lab' });
	try {
		await rest.connectCredential(oAuth2.id);
		const who = iFlow('Who', { authentication: 'oAuth2', resource: 'user', operation: 'whoAmI' }, { credentials: { iFlowOAuth2Api: oAuth2 } });
		const id = await saved({ name: 'OAuth2', ...inLine(manualTrigger(), who) });
		expect(json(await rest.run(id, { trigger: 'Start' }), 'Who')).toMatchObject([{ email: 'person@example.org' }]);
		// the lifetime of a token
		await control('clock', { advance: 3_700_000 });
		expect(json(await rest.run(id, { trigger: 'Start' }), 'Who')).toMatchObject([{ email: 'person@example.org' }]);
		expect(simulator.journal.since().entries.filter(({ route }) => route === 'POST /identity/oauth/v2/token')).toHaveLength(2);
	} finally {
		await rest.deleteCredential(oAuth2.id);
	}
});

it('the token stands in no record of an execution and not in n8n\'s log, also when iFlow echoes it', async () => {
	const { accessToken } = simulator.info;
	simulator.faults.add({ kind: 'status', status: 400, body: { detail: `refused: Bearer ${accessToken}` } });
	const get = iFlow('Get', { resource: 'order', operation: 'get', orderId: { __rl: true, mode: 'id', value: 'CASE-1' } }, { onError: 'continueRegularOutput' });
	const execution = await rest.run(await saved({ name: 'echo', ...inLine(manualTrigger(), get) }), { trigger: 'Start' });
	expect(JSON.stringify(execution)).toContain('iFlow refused');
	expect(JSON.stringify(execution)).not.toContain(accessToken);
	expect(readFileSync(logFile, 'utf8')).not.toContain(accessToken);
});
