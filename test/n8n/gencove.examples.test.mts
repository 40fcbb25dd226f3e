import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { start, type Running } from '../../simulators/gencove/simulator.mts';
import { itemsOf, type Execution, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';

const { rest } = sharedN8n();
jest.setTimeout(120_000);

let simulator: Running;
let credential: { id: string; name: string };
const workflows: string[] = [];

beforeAll(async () => {
	simulator = await start();
	const { url, apiKey, s3Endpoint } = simulator.info;
	credential = await rest.createCredential('Gencove of the examples', 'gencoveApi', { environment: 'custom', url, authentication: 'apiKey', apiKey, s3Endpoint });
});
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	await rest.deleteCredential(credential.id);
	await simulator.close();
});

/** Imports an example as a user does, and chooses the credential in its nodes. */
async function imported(file: string, change: (workflow: NewWorkflow) => void = () => {}): Promise<string> {
	const example = JSON.parse(readFileSync(`examples/${file}.json`, 'utf8')) as NewWorkflow;
	change(example);
	const nodes = example.nodes.map((node) => (node.type.startsWith('n8n-nodes-genomics.') ? { ...node, credentials: { gencoveApi: credential } } : node));
	const { id } = await rest.createWorkflow({ ...example, nodes });
	workflows.push(id);
	return id;
}

const json = (execution: Execution, name: string): IDataObject[] => itemsOf(execution, name).map((item) => item.json);

it('reads to results: uploads, analyzes, and fetches quality controls and files', async () => {
	const execution = await rest.run(await imported('gencove-reads-to-results'), { trigger: 'Start', timeoutMs: 100_000 });
	expect(json(execution, 'Upload and Run')).toMatchObject([{ uploads: [{ destination_path: expect.stringMatching(/\/DEMO_R1\.fastq\.gz$/) }], samples: [{ client_id: 'DEMO' }] }]);
	expect(json(execution, 'Wait for Completion')).toMatchObject([{ client_id: 'DEMO', succeeded: true }]);
	expect(json(execution, 'Quality Controls').length).toBeGreaterThan(0);
	expect(json(execution, 'Results').map(({ fileType }) => fileType)).toEqual(expect.arrayContaining(['impute-vcf', 'qc']));
});

it('weekly QC report: makes a spreadsheet of all projects that are done', async () => {
	const execution = await rest.run(await imported('gencove-weekly-qc-report'), { trigger: 'Every Monday', timeoutMs: 100_000 });
	expect(json(execution, 'QC Report').length).toBeGreaterThan(5);
	expect(itemsOf(execution, 'Spreadsheet')[0].binary?.data).toMatchObject({ fileExtension: 'xlsx' });
});

it('analysis complete: is started by Gencove when samples are done, and fetches what succeeded', async () => {
	const { projects, samples } = simulator.info;
	const id = await imported('gencove-analysis-complete', ({ nodes }) => {
		for (const node of nodes) if (node.type.endsWith('Trigger')) Object.assign(node, { parameters: { ...node.parameters, projectId: { __rl: true, mode: 'id', value: projects.empty } } });
	});
	await rest.activate(id);
	const before = new Date(Date.now() - 1000).toISOString();
	const headers = { authorization: `Api-Key ${simulator.info.apiKey}`, 'content-type': 'application/json' };
	const body = JSON.stringify({ project_id: projects.empty, samples: [{ sample_id: samples.succeeded }] });
	expect((await fetch(`${simulator.info.url}/api/v2/project-samples-import/`, { method: 'POST', headers, body })).status).toBe(202);
	const found = await started(id, before);
	expect(json(found, 'Analysis Complete').length).toBe(1);
	expect(itemsOf(found, 'Imputed Variants')).toMatchObject([{ json: { fileType: 'impute-vcf' } }]);
	await rest.deactivate(id);
	expect([...simulator.state.subscriptions.values()]).toEqual([]);
});

/** The execution that the service has started, once it is over. */
async function started(workflowId: string, startedAfter: string): Promise<Execution> {
	for (const limit = Date.now() + 60_000; Date.now() < limit; await sleep(500)) {
		const { results } = await rest.executions({ workflowId, mode: 'webhook', startedAfter });
		if (results.length > 0) return await rest.finished(results[0].id);
	}
	throw new Error('Gencove started no execution');
}
