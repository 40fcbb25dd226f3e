import type { IDataObject } from 'n8n-workflow';
import { GalaxyTrigger } from '../../nodes/Galaxy/GalaxyTrigger.node.ts';
import { Polling } from '../engine/trigger.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
let dataset: string;
beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('For the trigger');
	[dataset] = await bench.newDatasets(historyId, 'for the trigger');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const polling = (event: string, parameters: IDataObject = {}) => new Polling(new GalaxyTrigger(), bench.credential(), { event, historyId: byId(historyId), workflowId: byId(''), folderId: '', outcome: 'any', options: {}, ...parameters });
const ids = (rows: IDataObject[] | undefined) => rows?.map(({ id }) => id);

/** Runs a tool that fails with an exit code, or not with 0; gives the job once it has ended. */
async function runTool(code: number): Promise<string> {
	const { jobs: [{ id }] } = await bench.galaxy<{ jobs: Array<{ id: string }> }>('POST tools', { history_id: historyId, tool_id: 'test_fail', inputs: { code } });
	await bench.until(async () => ['ok', 'error'].includes(String((await bench.galaxy(`GET jobs/${id}`)).state)));
	return id;
}

const copy = async () => (await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content: dataset })).id;

describe('jobs', () => {
	it('that have ended start an execution once, those of before none', async () => {
		const trigger = polling('jobFinished');
		expect(await trigger.poll()).toBeUndefined();
		expect(await trigger.poll()).toBeUndefined();
		const [failed, good] = [await runTool(3), await runTool(0)];
		expect(ids(await trigger.poll())).toEqual([failed, good]);
		expect(await trigger.poll()).toBeUndefined();
	});

	it('are told by outcome and tool, with what they printed', async () => {
		const triggers = [polling('jobFinished', { outcome: 'failed', options: { full: true, toolIds: 'test_fail' } }), polling('jobFinished', { options: { toolIds: 'cat1' } })];
		for (const trigger of triggers) await trigger.poll();
		const failed = await runTool(3);
		await runTool(0);
		expect(await triggers[0].poll()).toMatchObject([{ id: failed, state: 'error', exit_code: 3, tool_stderr: expect.stringContaining('bad news') }]);
		expect(await triggers[1].poll()).toBeUndefined();
	});

	it('that ran when the trigger was switched on are told of when they end', async () => {
		const { jobs: [{ id }] } = await bench.galaxy<{ jobs: Array<{ id: string }> }>('POST tools', { history_id: historyId, tool_id: 'test_sleep', inputs: { seconds: 3 } });
		const trigger = polling('jobFinished');
		await trigger.poll();
		expect(await trigger.poll()).toBeUndefined();
		await bench.until(async () => (await bench.galaxy(`GET jobs/${id}`)).state === 'ok');
		expect(ids(await trigger.poll())).toEqual([id]);
	});
});

describe('datasets', () => {
	it('that are ready are told of once, also when they are renamed later; by hand the newest', async () => {
		const trigger = polling('datasetReady');
		await trigger.poll();
		const id = await copy();
		expect(await trigger.poll()).toMatchObject([{ id, state: 'ok', update_time: expect.stringMatching(/Z$/) }]);
		await bench.galaxy(`PUT datasets/${id}`, { name: 'renamed' });
		await bench.galaxy(`PUT datasets/${dataset}`, { name: 'renamed, too' });
		expect(await trigger.poll()).toBeUndefined();
		expect(ids(await polling('datasetReady').poll('manual'))).toEqual([dataset]);
	});

	it('are chosen by datatype, name and tag', async () => {
		const triggers = ['vcf', 'txt'].map((extensions) => polling('datasetReady', { options: { extensions, name: 'renamed', tag: 'mark' } }));
		for (const trigger of triggers) await trigger.poll();
		const id = await copy();
		await bench.galaxy(`PUT datasets/${id}`, { tags: ['mark'], name: 'renamed copy' });
		expect(await triggers[0].poll()).toBeUndefined();
		expect(ids(await triggers[1].poll())).toEqual([id]);
	});

	it('that failed are told of', async () => {
		const trigger = polling('datasetFailed');
		await trigger.poll();
		await runTool(3);
		expect(await trigger.poll()).toMatchObject([{ state: 'error' }]);
	});

	it('in collections are told of together', async () => {
		const trigger = polling('collectionReady');
		await trigger.poll();
		const { id } = await bench.galaxy<{ id: string }>('POST dataset_collections', { history_id: historyId, name: 'all', collection_type: 'list', element_identifiers: [{ name: 'a', src: 'hda', id: dataset }] });
		expect(await trigger.poll()).toMatchObject([{ id, elements_states: { ok: 1 } }]);
		expect(await trigger.poll()).toBeUndefined();
	});
});

describe('what ends without being changed itself', () => {
	it('is a collection whose dataset is still made: it is told of once, when that is ready', async () => {
		const { outputs: [{ id: output }] } = await bench.galaxy<{ outputs: Array<{ id: string }> }>('POST tools', { history_id: historyId, tool_id: 'test_sleep', inputs: { seconds: 3 } });
		const { id } = await bench.galaxy<{ id: string }>('POST dataset_collections', { history_id: historyId, name: 'to be made', collection_type: 'list', copy_elements: false, element_identifiers: [{ name: 'a', src: 'hda', id: output }] });
		const [ready, failed] = [polling('collectionReady'), polling('collectionFailed')];
		for (const trigger of [ready, failed]) await trigger.poll();
		expect(ready.state).toMatchObject({ state: { open: [id] } });
		expect(await ready.poll()).toBeUndefined();
		// the collection itself has long been left behind by then
		Object.assign(ready.state.state as object, { since: '2100-01-01T00:00:00Z' });
		await bench.until(async () => (await bench.galaxy(`GET datasets/${output}`)).state === 'ok');
		expect(await ready.poll()).toMatchObject([{ id, elements_states: { ok: 1 } }]);
		expect(await failed.poll()).toBeUndefined();
		expect(await ready.poll()).toBeUndefined();
	});

	it('is a collection that was deleted meanwhile: nothing is told of it', async () => {
		const trigger = polling('collectionReady');
		await trigger.poll();
		Object.assign(trigger.state.state as object, { open: ['gone'] });
		bench.simulator.faults.add({ kind: 'status', status: 404, path: 'dataset_collections/gone', body: { err_msg: 'gone', err_code: 404001 } });
		expect(await trigger.poll()).toBeUndefined();
		expect(trigger.state).toMatchObject({ state: { open: [] } });
	});
});

describe('histories', () => {
	it('that are new are told of', async () => {
		const trigger = polling('historyCreated');
		await trigger.poll();
		const id = await bench.newHistory();
		expect(ids(await trigger.poll())).toContain(id);
		expect(ids(await trigger.poll()) ?? []).not.toContain(id);
	});

	it('are told of when their state changes', async () => {
		const own = await bench.newHistory();
		const trigger = polling('historyStateChanged', { historyId: byId(own), outcome: 'succeeded' });
		expect(await trigger.poll()).toBeUndefined();
		await bench.galaxy(`POST histories/${own}/contents/datasets`, { source: 'hda', content: dataset });
		expect(await trigger.poll()).toMatchObject([{ id: own, verdict: 'finished', previousVerdict: 'empty' }]);
		expect(await trigger.poll()).toBeUndefined();
	});
});

it('runs of workflows are told of with their outcome', async () => {
	const step = (id: number, more: object) => ({ id, type: 'tool', label: null, annotation: '', position: { left: 0, top: 0 }, inputs: [], outputs: [], workflow_outputs: [], errors: null, uuid: `10000000-0000-4000-8000-00000000000${id}`, ...more });
	const workflow = {
		a_galaxy_workflow: 'true',
		'format-version': '0.1',
		name: 'For the trigger',
		annotation: '',
		tags: [],
		steps: { 0: step(0, { tool_id: 'test_fail', content_id: 'test_fail', tool_version: '1.0', tool_state: JSON.stringify({ code: 3 }), input_connections: {}, outputs: [{ name: 'out', type: 'txt' }] }) },
	};
	const { id: workflowId } = await bench.galaxy<{ id: string }>('POST workflows', { workflow });
	const triggers = ['failed', 'succeeded'].map((outcome) => polling('invocationFinished', { workflowId: byId(workflowId), outcome, options: { outputs: true } }));
	for (const trigger of triggers) await trigger.poll();
	const { id } = await bench.galaxy<{ id: string }>(`POST workflows/${workflowId}/invocations`, { history_id: historyId });
	await bench.until(async () => (await bench.galaxy(`GET invocations/${id}`)).state === 'completed');
	expect(await triggers[0].poll()).toMatchObject([{ id, outcome: 'failed', jobStates: { error: 1 }, steps: [{}] }]);
	expect(await triggers[1].poll()).toBeUndefined();
});

it('datasets of a library are told of when they are new', async () => {
	const { admin } = bench.simulator.info;
	bench.login = 'admin';
	const { root_folder_id: folderId } = await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: 'For the trigger' }, admin.key);
	const own = (await bench.galaxy<{ id: string }>('POST histories', { name: 'library' }, admin.key)).id;
	const trigger = polling('libraryDatasetAdded', { folderId });
	await trigger.poll();
	const { id } = await bench.galaxy<{ id: string }>(`POST histories/${own}/contents/datasets`, { source: 'hda', content: dataset }, admin.key);
	await bench.galaxy(`POST folders/${folderId}/contents`, { from_hda_id: id }, admin.key);
	expect(await trigger.poll()).toMatchObject([{ type: 'file', file_ext: 'txt' }]);
	expect(await trigger.poll()).toBeUndefined();
});

it('says what is wrong', async () => {
	await expect(polling('libraryDatasetAdded').poll()).rejects.toThrow('"Folder ID" is empty');
	await expect(polling('historyStateChanged', { historyId: byId('') }).poll()).rejects.toThrow('"History" is empty');
	bench.simulator.faults.add({ kind: 'status', status: 403, body: { err_msg: 'not yours', err_code: 403002 } });
	await expect(polling('jobFinished').poll()).rejects.toThrow('Galaxy does not allow this: not yours');
});
