import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
let dataset: string;
/** A job that has ended well, one that has failed, and the dataset that this one was to make. */
let good: string;
let failed: string;
let ofFailed: string;

interface Made {
	jobs: Array<{ id: string }>;
	outputs: Array<{ id: string }>;
}

const start = async (tool: string, inputs: object, history = historyId) => await bench.galaxy<Made>('POST tools', { history_id: history, tool_id: tool, inputs });
const stateOf = async (id: string) => (await bench.galaxy(`GET jobs/${id}`)).state;
const untilIs = async (id: string, state: string) => await bench.until(async () => (await stateOf(id)) === state);

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Jobs');
	[dataset] = await bench.newDatasets(historyId, 'a\nb\nc\n');
	const [ofGood, ofBad] = await Promise.all([start('Show beginning1', { lineNum: 2, input: { src: 'hda', id: dataset } }), start('test_fail', { code: 4 })]);
	[good, failed, ofFailed] = [ofGood.jobs[0].id, ofBad.jobs[0].id, ofBad.outputs[0].id];
	await Promise.all([untilIs(good, 'ok'), untilIs(failed, 'error')]);
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const of = (id: string, more: IDataObject = {}) => ({ jobId: byId(id), ...more });

describe('jobs', () => {
	it('are got, with what they have written', async () => {
		const [plain] = await json('job', 'get', of(failed));
		expect(plain).toMatchObject({ id: failed, tool_id: 'test_fail', state: 'error', exit_code: 4, history_id: historyId, create_time: expect.stringMatching(/Z$/) });
		expect(plain).not.toHaveProperty('stderr');
		expect(await json('job', 'get', of(failed, { additionalFields: { full: true } }))).toMatchObject([{ id: failed, stdout: 'some output\n', stderr: 'bad news\n' }]);
	});

	it('are listed by filters', async () => {
		const ids = async (filters: IDataObject) => (await json('job', 'getAll', { filters: { historyId: byId(historyId), ...filters } })).map(({ id }) => id);
		expect(await ids({ states: ['ok', 'error'], toolIds: 'Show beginning1,test_fail', orderBy: 'create_time' })).toEqual(expect.arrayContaining([good, failed]));
		expect(await ids({ states: ['error'] })).toEqual([failed]);
		expect(await ids({ toolIdsLike: '%fail' })).toEqual([failed]);
		expect(await ids({ search: 'test_fail' })).toEqual([failed]);
		expect(await ids({ dateRangeMin: '2026-01-01', dateRangeMax: '2999-01-01', view: 'collection' })).toHaveLength(3);
		expect(await ids({ dateRangeMin: '2999-01-01' })).toEqual([]);
		expect(await ids({ dateRangeMax: '2000-01-01' })).toEqual([]);
		expect(bench.arrived('GET jobs')[0].query).toMatchObject({ state: ['ok', 'error'], tool_id: ['Show beginning1', 'test_fail'], history_id: [historyId], order_by: ['create_time'], limit: ['50'], offset: ['0'] });
	});

	it('are listed page by page', async () => {
		const found = await json('job', 'getAll', { limit: 2, filters: { historyId: byId(historyId) } });
		expect(found).toHaveLength(2);
		expect(await json('job', 'getAll', { returnAll: true, filters: { historyId: byId(historyId) } })).toHaveLength(3);
	});

	it('are listed by what made them: those of others are none', async () => {
		const none = 'e4f89747734b726a';
		const filters = { workflowId: byId(none), invocationId: byId(none), implicitCollectionJobsId: none, toolRequestId: none, historyId: byId(historyId) };
		expect(await json('job', 'getAll', { filters })).toEqual([]);
		expect(bench.arrived('GET jobs')[0].query).toMatchObject({ workflow_id: [none], invocation_id: [none], implicit_collection_jobs_id: [none], tool_request_id: [none] });
	});

	it('are listed with their users by administrators', async () => {
		const { id: userId, email } = await bench.galaxy('GET users/current');
		bench.login = 'admin';
		const filters = { view: 'admin_job_list', userDetails: true, userId: byId(String(userId)), historyId: byId(historyId), states: ['error'] };
		expect(await json('job', 'getAll', { filters, simplify: false })).toMatchObject([{ id: failed, user_email: email, job_runner_name: 'local' }]);
		bench.login = 'user';
		const { error } = await bench.run('job', 'getAll', { filters: { view: 'admin_job_list' } });
		expect(error?.description).toMatch(/403006/);
	});

	it('are found in the editor', async () => {
		expect(await bench.shown('searchJobs', {}, 'test_fail')).toContainEqual([expect.stringMatching(/^test_fail, error, /), failed]);
	});

	it('tell their inputs, outputs and parameters', async () => {
		expect(await json('job', 'getInputs', of(good))).toEqual([{ name: 'input', dataset: { id: dataset, src: 'hda' } }]);
		expect(await json('job', 'getOutputs', of(good))).toEqual([{ name: 'out_file1', dataset: { id: expect.any(String), src: 'hda' } }]);
		const [parameters] = await json('job', 'getParameters', of(good, { additionalFields: { hdaLdda: 'hda' } }));
		expect(parameters).toMatchObject({ parameters: expect.arrayContaining([expect.objectContaining({ text: 'Select first', value: 2 })]), outputs: { out_file1: expect.any(Array) } });
	});

	it('tell what they used, and whether their inputs are in order', async () => {
		expect(await json('job', 'getMetrics', of(good, { additionalFields: { hdaLdda: 'ldda' } }))).toContainEqual(expect.objectContaining({ name: 'runtime_seconds', raw_value: expect.any(String) }));
		expect(await json('job', 'getCommonProblems', of(good))).toEqual([{ has_empty_inputs: false, has_duplicate_inputs: false }]);
	});

	it('tell what they have written, whatever it looks like', async () => {
		expect(await json('job', 'getStdout', of(failed))).toEqual([{ job_id: failed, text: 'some output\n' }]);
		expect(await json('job', 'getStderr', of(failed))).toEqual([{ job_id: failed, text: 'bad news\n' }]);
		expect(await json('job', 'getStderr', of(good))).toEqual([{ job_id: good, text: '' }]);
		for (const text of ['{"a": 1}', '<xml/>', '42']) {
			bench.simulator.faults.add({ path: '/stdout', kind: 'status', status: 200, body: text, headers: { 'content-type': 'text/plain' } });
			expect(await json('job', 'getStdout', of(good))).toEqual([{ job_id: good, text }]);
		}
	});

	it('tell what they write while they run: the server has it switched off, so the answer of another is given', async () => {
		const { error } = await bench.run('job', 'getConsoleOutput', of(good));
		expect(error?.description).toMatch(/switched off.*403004/);
		bench.simulator.faults.add({ path: '/console_output', kind: 'status', status: 200, body: { state: 'running', stdout: 'so far', stderr: '' } });
		expect(await json('job', 'getConsoleOutput', of(good, { stdoutPosition: 5, stderrLength: 10 }))).toEqual([{ state: 'running', stdout: 'so far', stderr: '' }]);
		expect(bench.arrived('GET jobs/{job_id}/console_output')[1].query).toEqual({ stdout_position: ['5'], stdout_length: ['50000'], stderr_position: ['0'], stderr_length: ['10'] });
	});
});

describe('an error', () => {
	const report = () => of(failed, { datasetId: byId(ofFailed), additionalFields: { email: 'user@example.org', message: 'it fails' } });

	it('that cannot be reported is said so, though Galaxy answers with success', async () => {
		const { error } = await bench.run('job', 'reportError', report());
		expect(error?.message).toMatch(/^Galaxy did not report the error: .*Mail is not configured/);
	});

	it('is reported: the server sends no mail, so the answer of another is given', async () => {
		bench.simulator.faults.add({ path: '/error', kind: 'status', status: 200, after: true, body: { messages: [['Your error report has been sent', 'success']] } });
		expect(await json('job', 'reportError', report())).toEqual([{ message: 'Your error report has been sent', level: 'success' }]);
		expect(bench.arrived('POST jobs/{job_id}/error')[0].body).toEqual({ dataset_id: ofFailed, email: 'user@example.org', message: 'it fails' });
	});
});

describe('equivalent jobs', () => {
	const search = (inputs: IDataObject, more: IDataObject = {}) => ({ toolId: byId('Show beginning1'), inputs, ...more });

	it('are found by tool and inputs', async () => {
		const additionalFields = { historyId: byId(historyId), state: 'ok' };
		expect(await json('job', 'findEquivalent', search({ lineNum: 2, input: dataset }, { additionalFields }))).toMatchObject([{ id: good, state: 'ok' }]);
		expect(bench.arrived('POST jobs/search')[0].body).toEqual({ tool_id: 'Show beginning1', inputs: { lineNum: 2, input: { src: 'hda', id: dataset } }, history_id: historyId, state: 'ok' });
		expect(await json('job', 'findEquivalent', search({ lineNum: 3, input: dataset }))).toEqual([]);
	});

	it('are found by nested inputs, too', async () => {
		const inputs = { input1: { src: 'hda', id: dataset }, queries: [{ input2: { src: 'hda', id: dataset } }] };
		const { jobs: [{ id }] } = await bench.galaxy<Made>('POST tools', { history_id: historyId, tool_id: 'cat1', inputs, input_format: '21.01' });
		await untilIs(id, 'ok');
		expect(await json('job', 'findEquivalent', { toolId: byId('cat1'), inputs })).toMatchObject([{ id }]);
		expect(await json('job', 'findEquivalent', { toolId: byId('cat1'), inputFormat: 'legacy', inputs: { input1: dataset, 'queries_0|input2': dataset } })).toMatchObject([{ id }]);
	});

	it('are not looked for with names that the tool does not know', async () => {
		const { error } = await bench.run('job', 'findEquivalent', search({ lines: 2, input: dataset }));
		expect(error?.message).toBe('The tool has no input "lines"');
	});
});

describe('a job', () => {
	it('is waited for with its datasets', async () => {
		const { jobs: [{ id }] } = await start('Show beginning1', { lineNum: 1, input: { src: 'hda', id: dataset } });
		expect(await json('job', 'wait', of(id))).toMatchObject([{ id, state: 'ok', exit_code: 0, finished: true, succeeded: true }]);
		expect(bench.arrived('GET datasets/{dataset_id}').length).toBeGreaterThanOrEqual(1);
	});

	it('that has failed says why', async () => {
		const { error } = await bench.run('job', 'wait', of(failed));
		expect(error).toMatchObject({ message: `The job ${failed} ended as "error"`, description: expect.stringMatching(/Exit code 4 \(\)\nbad news/) });
		expect(await json('job', 'wait', of(failed, { options: { onFailure: 'return' } }))).toMatchObject([{ id: failed, state: 'error', succeeded: false }]);
	});

	it('is cancelled once', async () => {
		const { jobs: [{ id }], outputs: [output] } = await start('test_sleep', { seconds: 100 });
		// one that Galaxy has not looked at yet may stay "deleting"
		await untilIs(id, 'running');
		expect(await json('job', 'cancel', of(id, { additionalFields: { message: 'no more of it' } }))).toEqual([{ id, canceled: true }]);
		await untilIs(id, 'deleted');
		expect(await bench.galaxy(`GET datasets/${output.id}`)).toMatchObject({ state: 'discarded', misc_info: 'no more of it' });
		expect(await json('job', 'cancel', of(id))).toEqual([{ id, canceled: false }]);
		const { error } = await bench.run('job', 'wait', of(id));
		expect(error).toMatchObject({ message: `The job ${id} ended as "deleted"`, description: expect.stringContaining('no more of it') });
	});

	it('is run once more, with other inputs and elsewhere', async () => {
		const [same] = await json('job', 'rerun', of(good, { waitForCompletion: true, additionalFields: { useCachedJob: true, toolVersion: '1.0.2' } }));
		expect(same).toMatchObject({ succeeded: true, jobs: [{ tool_id: 'Show beginning1', history_id: historyId }], outputs: [{ file_size: 4 }] });
		expect(bench.arrived('GET jobs/{job_id}/build_for_rerun')[0].query).toEqual({ tool_version: ['1.0.2'] });
		const other = await bench.newHistory();
		const [changed] = await json('job', 'rerun', of(good, { waitForCompletion: true, additionalFields: { historyId: byId(other), inputs: { lineNum: 1 } } }));
		expect(changed).toMatchObject({ succeeded: true, jobs: [{ history_id: other }], outputs: [{ file_size: 2 }] });
	});

	it('is not run once more with inputs that the tool does not know, or to take the place of one that nothing waits for', async () => {
		const unknown = await bench.run('job', 'rerun', of(good, { additionalFields: { inputs: { lines: 1 } } }));
		expect(unknown.error?.message).toBe('The tool has no input "lines"');
		const list = await bench.run('job', 'rerun', of(good, { additionalFields: { inputs: '[1]' } }));
		expect(list.error?.message).toBe('"Inputs" is a list');
		const alone = await bench.run('job', 'rerun', of(failed, { additionalFields: { remap: true } }));
		expect(alone.error?.message).toBe('No other job waits for datasets of this one');
		expect(bench.arrived('POST tools')).toHaveLength(0);
	});
});

describe('a paused job', () => {
	it('ends the waiting with advice, and goes on when the one before is run once more', async () => {
		const history = await bench.newHistory();
		const before = await start('test_fail', { code: 3 }, history);
		const { jobs: [{ id }] } = await start('cat1', { input1: { src: 'hda', id: before.outputs[0].id } }, history);
		await untilIs(id, 'paused');
		const { error } = await bench.run('job', 'wait', of(id));
		expect(error).toMatchObject({ message: `The job ${id} ended as "paused"`, description: expect.stringContaining('Mend that, then resume it') });
		const [resumed] = await json('job', 'resume', of(id));
		expect(resumed).toMatchObject({ id, tool_id: 'cat1' });
		await untilIs(id, 'paused');
		const failing = before.jobs[0].id;
		const [again] = await json('job', 'rerun', of(failing, { waitForCompletion: true, additionalFields: { remap: true, inputs: { code: 0 } } }));
		expect(again).toMatchObject({ succeeded: true });
		expect(bench.arrived('POST tools')[0].body).toMatchObject({ history_id: history, inputs: { code: 0, rerun_remap_job_id: failing } });
		await untilIs(id, 'ok');
		expect(await json('job', 'resume', of(id, { waitForCompletion: true }))).toMatchObject([{ id, state: 'ok', succeeded: true }]);
	});
});

describe('for administrators', () => {
	it('a job tells where it runs', async () => {
		bench.login = 'admin';
		expect(await json('job', 'getDestinationParameters', of(good))).toMatchObject([{ Runner: 'local', Handler: 'main' }]);
		bench.login = 'user';
		expect((await bench.run('job', 'getDestinationParameters', of(good))).error?.description).toMatch(/403006/);
	});

	it('all jobs are stopped, and let go at once', async () => {
		bench.login = 'admin';
		expect(await json('job', 'getLock')).toEqual([{ active: false }]);
		try {
			expect(await json('job', 'setLock', { active: true })).toEqual([{ active: true }]);
		} finally {
			await bench.galaxy('PUT job_lock', { active: false }, bench.simulator.info.admin.key);
		}
		expect(await json('job', 'setLock', { active: false })).toEqual([{ active: false }]);
		expect(await json('job', 'getLock')).toEqual([{ active: false }]);
	});
});
