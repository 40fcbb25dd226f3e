import type { IDataObject } from 'n8n-workflow';
import { outcomeOf } from '../../nodes/Galaxy/workflows/invocations.ts';
import { Bench, byId } from './galaxy.mts';
import { cat, collection, data, failing, firstLines, ga, head, pause, sleeping } from './workflowDefinitions.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

let historyId: string;
let datasets: string[];
let listId: string;
/** An invocation that has ended well, of a workflow of two steps with one marked output. */
let done: string;
let workflowId: string;
/** One whose job has failed. */
let failed: string;
/** One with a collection for an output. */
let mapped: string;

const made = async (definition: IDataObject) => (await bench.galaxy<{ id: string }>('POST workflows', { workflow: definition })).id;
const invoked = async (workflow: string, inputs: IDataObject = {}) => (await bench.galaxy<{ id: string }>(`POST workflows/${workflow}/invocations`, { history_id: historyId, inputs })).id;
const stateOf = async (id: string) => (await bench.galaxy<{ state: string }>(`GET invocations/${id}`)).state;
const data0 = () => ({ 0: { src: 'hda', id: datasets[0] } });

beforeAll(async () => {
	await bench.open();
	await bench.reset();
	historyId = await bench.newHistory('Invocations');
	datasets = await bench.newDatasets(historyId, 'a\nb\nc\n', 'd\ne\nf\n');
	const elements = datasets.map((id, i) => ({ name: `sample ${i + 1}`, src: 'hda', id }));
	listId = (await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/dataset_collections`, { type: 'dataset_collection', name: 'list', collection_type: 'list', element_identifiers: elements })).id;
	workflowId = await made(firstLines('First lines'));
	done = await invoked(workflowId, { ...data0(), 1: 1 });
	failed = await invoked(await made(ga('Fails', failing)));
	mapped = await invoked(await made(ga('Mapped', collection('Samples'), cat(0), head([1, 'out_file1'], 'Heads'))), { 0: { src: 'hdca', id: listId } });
	for (const id of [done, failed, mapped]) await bench.until(async () => (await stateOf(id)) === 'completed');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

describe('invocations are read', () => {
	it('one by one, with their steps', async () => {
		expect(await json('invocation', 'get', { invocationId: byId(done) })).toEqual([expect.objectContaining({ id: done, state: 'completed', history_id: historyId, outputs: { 'First lines': expect.objectContaining({ src: 'hda' }) } })]);
		const [{ steps }] = await json('invocation', 'get', { invocationId: byId(done), additionalFields: { stepDetails: true, legacyJobState: true }, simplify: false });
		expect(steps).toHaveLength(4);
		expect((steps as IDataObject[])[2]).toMatchObject({ state: 'ok', jobs: [{ tool_id: 'cat1' }] });
	});

	it('in lists, by all that narrows them', async () => {
		const list = async (filters: IDataObject, more: IDataObject = {}) => (await json('invocation', 'getAll', { filters, ...more })).map(({ id }) => id);
		expect(await list({ historyId: byId(historyId), sortBy: 'create_time', sortDesc: true })).toEqual([mapped, failed, done]);
		expect(await list({ historyId: byId(historyId), includeTerminal: false, includeNestedInvocations: false })).toEqual([]);
		expect(await list({ workflowId: byId(workflowId), instance: false })).toEqual([done]);
		expect(await list({ userId: byId(bench.simulator.info.user.id), historyId: byId(historyId) }, { returnAll: true })).toHaveLength(3);
		const [{ steps }] = (await json('invocation', 'getAll', { filters: { historyId: byId(historyId), workflowId: byId(workflowId), view: 'element', stepDetails: true }, simplify: false })) as [{ steps: Array<{ jobs: Array<{ id: string }> }> }];
		expect(await list({ jobId: byId(steps[2].jobs[0].id) })).toEqual([done]);
		expect(await bench.shown('searchInvocations')).toContainEqual([expect.stringMatching(/^completed, /), done]);
	});

	it('by counts of their jobs, in words and in percent', async () => {
		expect(await json('invocation', 'getSummary', { invocationId: byId(done) })).toEqual([{ id: done, state: 'completed', jobs: { ok: 2 }, total: 2, ended: 2, failed: 0, percent: 100, finished: true, succeeded: true }]);
		expect(await json('invocation', 'getSummary', { invocationId: byId(failed) })).toMatchObject([{ jobs: { error: 1 }, failed: 1, finished: true, succeeded: false }]);
		expect(await json('invocation', 'getStepSummary', { invocationId: byId(done) })).toMatchObject([{ model: 'Job', states: { ok: 1 } }, { model: 'Job', states: { ok: 1 } }]);
		expect(await json('invocation', 'getMetrics', { invocationId: byId(done) })).toBeInstanceOf(Array);
	});

	it('by their end', async () => {
		expect(await json('invocation', 'getCompletion', { invocationId: byId(done) })).toMatchObject([{ completion_time: expect.stringMatching(/Z$/), job_state_summary: { ok: 2 } }]);
	});
});

describe('steps', () => {
	it('are found in the editor, and read', async () => {
		const shown = await bench.shown('searchInvocationSteps', { invocationId: done });
		expect(shown.map(([name]) => name)).toEqual(['1: Reads (scheduled)', '2: Lines (scheduled)', '3: Step (scheduled)', '4: Step (scheduled)']);
		expect(await json('invocation', 'getStep', { stepId: byId(shown[3][1] as string) })).toMatchObject([{ order_index: 3, outputs: { out_file1: { src: 'hda' } } }]);
	});
});

describe('a run that waits at a pause', () => {
	const paused = async () => {
		const id = await invoked(await made(ga('Paused', data('Reads'), pause(0), head([1, 'output'], 'Heads'))), data0());
		await bench.until(async () => (await stateOf(id)) === 'ready');
		const [, [, step]] = await bench.shown('searchInvocationSteps', { invocationId: id });
		return { id, invocationId: byId(id), stepId: byId(step as string) };
	};

	it('goes on, or is ended', async () => {
		const [one, other] = [await paused(), await paused()];
		expect(await json('invocation', 'getSummary', { invocationId: one.invocationId })).toMatchObject([{ state: 'ready', jobs: {}, percent: 0, finished: false, succeeded: false }]);
		expect(await json('invocation', 'getCompletion', { invocationId: one.invocationId })).toEqual([{ completion_time: null, job_state_summary: {}, hooks_executed: [] }]);
		const { invocationId, stepId } = one;
		expect(await json('invocation', 'continueOrStopPausedStep', { invocationId, stepId, action: true })).toMatchObject([{ order_index: 1, action: true }]);
		expect(await json('invocation', 'wait', { invocationId })).toMatchObject([{ id: one.id, succeeded: true, outputs: { Heads: { src: 'hda' } } }]);
		await json('invocation', 'continueOrStopPausedStep', { invocationId: other.invocationId, stepId: other.stepId, action: false });
		const { error } = await bench.run('invocation', 'wait', { invocationId: other.invocationId });
		expect(error?.message).toMatch(/ended as "cancelled"/);
		expect(error?.description).toBe('cancelled on review');
	});
});

describe('waiting', () => {
	it('tells a run whose jobs failed from a good one, though both are "completed"', async () => {
		const parameters = { invocationId: byId(failed), options: { onFailure: 'return' } };
		expect(await json('invocation', 'wait', parameters)).toMatchObject([{ id: failed, state: 'completed', finished: true, succeeded: false, jobs: { error: 1 } }]);
		expect((await bench.run('invocation', 'wait', { invocationId: byId(failed) })).error?.description).toMatch(/Job [0-9a-f]{16} of the tool "test_fail" failed: bad news/);
	});

	it('looks twice at a server that knows no better word than "scheduled"', async () => {
		const old = { ...(await bench.galaxy(`GET invocations/${done}`)), state: 'scheduled' };
		bench.simulator.faults.add({ method: 'GET', path: `^/api/invocations/${done}$`, times: 10, kind: 'status', status: 200, body: old, after: true });
		expect(await json('invocation', 'wait', { invocationId: byId(done) })).toMatchObject([{ state: 'scheduled', finished: true, succeeded: true, jobs: { ok: 2 } }]);
		expect(bench.arrived('GET invocations/{invocation_id}/jobs_summary')).toHaveLength(2);
	});

	const step = { state: 'scheduled' };
	it.each<[string, IDataObject, Record<string, number>, Record<string, number> | undefined, string]>([
		['is running until it is scheduled', { state: 'ready', steps: [step] }, { ok: 1 }, { ok: 1 }, 'running'],
		['is running at the first look', { state: 'scheduled', steps: [step] }, { ok: 1 }, undefined, 'running'],
		['is running while jobs are added', { state: 'scheduled', steps: [step] }, { ok: 2 }, { ok: 1 }, 'running'],
		['is running while a job runs', { state: 'scheduled', steps: [step] }, { ok: 1, running: 1 }, { ok: 1, running: 1 }, 'running'],
		['is running while a step is new', { state: 'scheduled', steps: [step, { state: 'new' }] }, { ok: 1 }, { ok: 1 }, 'running'],
		['is running while a step has no state', { state: 'scheduled', steps: [{ state: null }] }, { ok: 1 }, { ok: 1 }, 'running'],
		['ends well', { state: 'scheduled', steps: [step] }, { ok: 1, skipped: 1 }, { ok: 1, skipped: 1 }, 'succeeded'],
		['ends well without jobs', { state: 'scheduled', steps: [step] }, {}, {}, 'succeeded'],
		['ends badly with a job', { state: 'scheduled', steps: [step] }, { ok: 1, error: 1 }, { ok: 1, error: 1 }, 'failed'],
		['is completed well', { state: 'completed' }, { ok: 2 }, undefined, 'succeeded'],
		['is completed with paused jobs', { state: 'completed' }, { error: 1, paused: 1 }, undefined, 'failed'],
		['has failed', { state: 'failed' }, { ok: 1 }, undefined, 'failed'],
		['goes on while it is cancelled', { state: 'cancelling' }, { deleted: 1 }, { deleted: 1 }, 'running'],
		['knows no new words', { state: 'dreaming' }, { ok: 1 }, { ok: 1 }, 'running'],
	])('%s', (_what, found, jobs, before, outcome) => expect(outcomeOf(found, jobs, before)).toBe(outcome));
});

describe('outputs', () => {
	const file = async (item: { binary?: Record<string, { id?: string; data: string }> }) => String(await bench.engine.bytes(item.binary!.data as never));

	it('are IDs, or also what Galaxy knows of them', async () => {
		const [output] = await json('invocation', 'getOutputs', { invocationId: byId(done) });
		expect(output).toEqual({ label: 'First lines', type: 'dataset', id: expect.stringMatching(/^[0-9a-f]{16}$/) });
		expect(await json('invocation', 'getOutputs', { invocationId: byId(done), give: 'details' })).toMatchObject([{ ...output, state: 'ok', history_id: historyId, file_ext: 'txt', file_size: 2 }]);
		expect(await json('invocation', 'getOutputs', { invocationId: byId(mapped), give: 'details' })).toMatchObject([{ label: 'Heads', type: 'dataset_collection', state: 'ok', collection_type: 'list', element_count: 2 }]);
	});

	it('are those of all steps where that is wanted', async () => {
		const outputs = await json('invocation', 'getOutputs', { invocationId: byId(done), allSteps: true });
		expect(outputs.map(({ step_index, label }) => [step_index, label])).toEqual([[0, 'output'], [2, 'out_file1'], [3, 'out_file1']]);
	});

	it('are files', async () => {
		const { outputs, error } = await bench.run('invocation', 'getOutputs', { invocationId: byId(done), give: 'files' });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0][0].json).toMatchObject({ label: 'First lines', state: 'ok', fileName: expect.stringMatching(/\.txt$/) });
		expect(await file(outputs[0][0] as never)).toBe('a\n');
		const zip = (await bench.run('invocation', 'getOutputs', { invocationId: byId(mapped), give: 'files' })).outputs[0][0];
		expect(zip.json).toMatchObject({ label: 'Heads', fileName: expect.stringMatching(/\.zip$/) });
		expect(await file(zip as never)).toMatch(/^PK/);
	});

	it('that failed have no file', async () => {
		const { error } = await bench.run('invocation', 'getOutputs', { invocationId: byId(failed), give: 'files' });
		expect(error?.message).toBe('The output "Result" is not ready: its state is "error"');
		expect(error?.description).toMatch(/Wait for the invocation first/);
	});
});

describe('a run is done once more', () => {
	it('with the same inputs into the same history', async () => {
		const [request] = await json('invocation', 'getRequest', { invocationId: byId(done) });
		expect(request).toMatchObject({ history_id: historyId, inputs: { Reads: { src: 'hda', id: datasets[0] }, Lines: 1 }, instance: true });
		const [again] = await json('invocation', 'rerun', { invocationId: byId(done), additionalFields: { useCachedJob: true }, waitForCompletion: true });
		expect(again).toMatchObject({ history_id: historyId, succeeded: true });
		expect(again.id).not.toBe(done);
		expect(bench.arrived('POST workflows/{workflow_id}/invocations').map(({ body }) => body)).toMatchObject([{ instance: true, use_cached_job: true, inputs: { 0: { src: 'hda', id: datasets[0] }, 1: 1 } }]);
	});

	it('with other inputs into a new history', async () => {
		const additionalFields = { otherInputs: { Reads: datasets[1], Lines: 3 }, newHistoryName: 'Once more' };
		const [{ id, history_id }] = await json('invocation', 'rerun', { invocationId: byId(done), additionalFields });
		expect(await bench.galaxy(`GET histories/${history_id as string}`)).toMatchObject({ name: 'Once more' });
		expect(await json('invocation', 'getRequest', { invocationId: byId(id as string) })).toMatchObject([{ inputs: { Lines: 3, Reads: { src: 'hda' } } }]);
	});

	it('not with inputs that the workflow does not have', async () => {
		const { error } = await bench.run('invocation', 'rerun', { invocationId: byId(done), additionalFields: { otherInputs: { Rows: 3 } } });
		expect(error?.message).toBe('The workflow has no input "Rows"');
		expect(bench.arrived('POST workflows/{workflow_id}/invocations')).toHaveLength(0);
	});
});

describe('a run is stopped', () => {
	it('with its jobs', async () => {
		const id = await invoked(await made(ga('Sleeps', sleeping(60))));
		await bench.until(async () => (await stateOf(id)) === 'scheduled');
		expect(await json('invocation', 'cancel', { invocationId: byId(id), additionalFields: { stepDetails: true, legacyJobState: false } })).toMatchObject([{ id, state: 'cancelling' }]);
		const { error } = await bench.run('invocation', 'wait', { invocationId: byId(id) });
		expect(error?.message).toMatch(/ended as "cancelled"/);
		expect(error?.description).toMatch(/user request/);
	});
});

describe('reports', () => {
	it('are Markdown', async () => {
		expect(await json('invocation', 'getReport', { invocationId: byId(done) })).toMatchObject([{ title: 'First lines', markdown: expect.stringContaining('# Workflow Execution Summary of First lines'), generate_version: '26.1' }]);
	});

	it('are PDF only where the server can make one', async () => {
		const { error } = await bench.run('invocation', 'downloadReportPdf', { invocationId: byId(done) });
		expect(error?.message).toMatch(/PDF conversion service not available/);
	});

	it('are PDF: answered for, since this server cannot make one', async () => {
		bench.simulator.faults.add({ method: 'GET', path: '/report.pdf', kind: 'status', status: 200, body: '%PDF-1.4 report', after: true });
		const { outputs } = await bench.run('invocation', 'downloadReportPdf', { invocationId: byId(done) });
		expect(outputs[0][0].json).toMatchObject({ fileName: `galaxy-report-${done}.pdf` });
		expect(String(await bench.engine.bytes(outputs[0][0].binary!.data))).toBe('%PDF-1.4 report');
	});

	it('of errors go to the administrators', async () => {
		const parameters = { invocationId: byId(failed), message: 'It failed', additionalFields: { email: 'user@example.org' } };
		expect(await json('invocation', 'reportError', parameters)).toEqual([{ success: true }]);
		expect(bench.arrived('POST invocations/{invocation_id}/error').map(({ body }) => body)).toEqual([{ invocation_id: failed, message: 'It failed', email: 'user@example.org' }]);
	});
});

describe('invocations are exported', () => {
	const bioCompute = {
		bcoMergeHistoryMetadata: true,
		bcoOverrideAlgorithmicError: { rate: '0.1' },
		bcoOverrideEmpiricalError: { rate: '0.2' },
		bcoOverrideEnvironmentVariables: { LANG: 'C' },
		bcoOverrideXref: [{ namespace: 'pubmed', name: 'PubMed', ids: ['1'], access_time: '2026-01-31T12:00:00' }],
	};

	it('as a BioCompute object that says what it was told', async () => {
		const { outputs, error } = await bench.run('invocation', 'export', { invocationId: byId(done), modelStoreFormat: 'bco.json', additionalFields: { ...bioCompute, includeFiles: false, includeDeleted: false, includeHidden: false } });
		expect(error).toBeUndefined();
		const object = JSON.parse(String(await bench.engine.bytes(outputs[0][0].binary!.data))) as IDataObject;
		expect(object).toMatchObject({ error_domain: { algorithmic_error: { rate: '0.1' }, empirical_error: { rate: '0.2' } }, execution_domain: { environment_variables: { LANG: 'C' } } });
	});

	it('as an RO-Crate', async () => {
		const { outputs, error } = await bench.run('invocation', 'export', { invocationId: byId(done), modelStoreFormat: 'rocrate.zip' });
		expect(error).toBeUndefined();
		expect(String(await bench.engine.bytes(outputs[0][0].binary!.data))).toMatch(/^PK/);
	});

	it('to a file source, which must be there', async () => {
		const { error } = await bench.run('invocation', 'exportToStore', { invocationId: byId(done), modelStoreFormat: 'bco.json', targetUri: 'gxfiles://nowhere/x.json', additionalFields: { ...bioCompute, ignoreErrors: true, includeFiles: false, includeDeleted: false, includeHidden: false }, waitForCompletion: true });
		expect(error?.description).toMatch(/gxfiles:\/\/nowhere/);
		const [task] = await json('invocation', 'exportToStore', { invocationId: byId(done), modelStoreFormat: 'rocrate.zip', targetUri: 'gxfiles://nowhere/x.zip' });
		expect(task).toMatchObject({ id: expect.any(String), ignored: false });
	});
});
