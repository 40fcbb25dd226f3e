import { readFileSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { start, type Running } from '../../simulators/genoex/simulator.mts';
import { itemsOf, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, node } from './workflow.mts';

const { rest, logFile } = sharedN8n();
jest.setTimeout(120_000);

let simulator: Running;
let credential: { id: string; name: string };
const workflows: string[] = [];

beforeAll(async () => {
	simulator = await start({ pace: 0.001 });
	credential = await rest.createCredential('GenoEx', 'genoExApi', values());
});
beforeEach(async () => void (await fetch(`${simulator.info.control}/reset`, { method: 'POST' })));
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	await rest.deleteCredential(credential.id);
	await simulator.close();
});

function values(changes: IDataObject = {}): IDataObject {
	const { url, username, password, apiVersion } = simulator.info;
	return { url, username, password, apiVersion, ...changes };
}

const genoEx = (name: string, parameters: INodeParameters, more = {}) => node(name, 'n8n-nodes-genomics.genoEx', parameters, { credentials: { genoExApi: credential }, ...more });

async function run(workflow: NewWorkflow, trigger: string) {
	const { id } = await rest.createWorkflow(workflow);
	workflows.push(id);
	const execution = await rest.run(id, { trigger, timeoutMs: 100_000 });
	return { execution, json: (name: string): IDataObject[] => itemsOf(execution, name).map(({ json }) => json) };
}

async function runExample(file: string, trigger: string, change: (text: string) => string = (text) => text) {
	const example = JSON.parse(change(readFileSync(`examples/${file}.json`, 'utf8'))) as NewWorkflow;
	const nodes = example.nodes.map((one) => (one.type === 'n8n-nodes-genomics.genoEx' ? { ...one, credentials: { genoExApi: credential } } : one));
	return await run({ ...example, nodes }, trigger);
}

it('submit and report: takes in what fits and reports each rejected row', async () => {
	const { json } = await runExample('genoex-submit-and-report', 'Start');
	expect(json('Taken In')).toMatchObject([{ message: expect.stringMatching(/^Job [0-9a-f-]{36} has taken in 2 records$/) }]);
	expect(json('Rejected Before Sending')).toMatchObject([{ row: expect.stringContaining('Record 3: "Sex" is not M or F') }]);
});

it('submit and report: reports the rows that GenoEx rejects', async () => {
	const { json } = await runExample('genoex-submit-and-report', 'Start', (text) => text.replaceAll('Sim Lab', 'Other Lab'));
	expect(json('Rejected by GenoEx')).toMatchObject([{ row: expect.stringMatching(/line 1/i) }, { row: expect.stringMatching(/line 2/i) }]);
});

it('weekly extraction: makes a spreadsheet of the new genotypes', async () => {
	await fetch(`${simulator.info.control}/genoex/seed`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ genotypes: 5, snps: 12 }) });
	const { execution, json } = await runExample('genoex-weekly-extraction', 'Every Monday');
	expect(json('Animals')).toHaveLength(5);
	expect(Object.keys(json('Animals')[0])).not.toContain('genotypes');
	expect(itemsOf(execution, 'Spreadsheet')[0].binary?.data).toMatchObject({ fileExtension: 'xlsx' });
});

it('the credential\'s test tells a right password from a wrong one, and GenoEx from another server', async () => {
	const test = async (data: IDataObject) => await rest.request<{ status: string; message: string }>('POST', '/rest/credentials/test', { credentials: { id: '', name: 'test', type: 'genoExApi', data } });
	expect(await test(values())).toMatchObject({ status: 'OK' });
	expect(await test(values({ password: 'wrong-password' }))).toMatchObject({ status: 'Error', message: 'GenoEx did not accept user name and password' });
	simulator.faults.add({ kind: 'html', status: 200 });
	expect(await test(values())).toMatchObject({ status: 'Error', message: 'This is not the API of GenoEx: check "Base URL"' });
});

it('the password stands in no record of an execution and not in n8n\'s log, also when GenoEx echoes it', async () => {
	const { password } = simulator.info;
	const body = { status: false, status_message: 'refused: {{data}}' };
	simulator.faults.add({ kind: 'echo', status: 200, body, times: 10 } as never);
	const trigger = node('Start', 'n8n-nodes-base.manualTrigger', {});
	const { execution } = await run({ name: 'echo', ...inLine(trigger, genoEx('Get', { resource: 'parameter', operation: 'get' }, { onError: 'continueRegularOutput' })) }, 'Start');
	const tail = password.slice(-12);
	expect(JSON.stringify(execution)).toContain('GenoEx refused: refused');
	expect(JSON.stringify(execution)).not.toContain(tail);
	expect(readFileSync(logFile, 'utf8')).not.toContain(tail);
});
