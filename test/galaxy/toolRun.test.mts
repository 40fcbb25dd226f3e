import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';
import { newList, newTexts } from './runs.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
let first: string;
let second: string;
let list: string;

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Runs of tools');
	[first, second] = await newTexts(bench, historyId, ['a\nb\nc\n', 'txt'], ['d\ne\nf\n', 'txt']);
	list = await newList(bench, historyId, first, second);
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const hda = (id: string) => ({ src: 'hda', id });
const contentOf = async (id: unknown) => (await bench.galaxy<{ item_data: string }>(`GET datasets/${String(id)}/get_content_as_text`)).item_data;

/** The parameters of a run of a tool in the history of these tests. */
const runOf = (tool: string, inputs: unknown, more: IDataObject = {}) => ({ historyId: byId(historyId), toolId: byId(tool), inputs: inputs as IDataObject, ...more });
const waiting = { waitForCompletion: true };

/** The body of the last request for a run. */
const sent = () => bench.arrived('POST tools').at(-1)?.body as IDataObject;

describe('a run of a tool', () => {
	it('gives out its jobs and datasets at once', async () => {
		const [run] = await json('tool', 'run', runOf('cat1', { input1: first, queries: [{ input2: hda(second) }] }));
		expect(run).toMatchObject({ jobs: [{ tool_id: 'cat1', state: 'new' }], outputs: [{ output_name: 'out_file1', history_id: historyId }], output_collections: [], implicit_collections: [] });
		expect(sent()).toEqual({ history_id: historyId, tool_id: 'cat1', inputs: { input1: hda(first), queries: [{ input2: hda(second) }] }, input_format: '21.01' });
	});

	it('is waited for until its datasets are there', async () => {
		const additionalFields = { tags: 'run:7,a', toolVersion: '1.0.2', useCachedJob: true, sendEmail: false, dataManagerMode: 'populate', credentialsContext: '[]', preferredObjectStoreId: '' };
		const [run] = await json('tool', 'run', runOf('Show beginning1', '{ "lineNum": 2 , "input": "' + first + '" }', { ...waiting, additionalFields }));
		expect(run).toMatchObject({ finished: true, succeeded: true, jobs: [{ state: 'ok', exit_code: 0 }], outputs: [{ output_name: 'out_file1', state: 'ok', tags: expect.arrayContaining(['run:7', 'a']), file_size: 4 }] });
		expect(await contentOf((run.outputs as IDataObject[])[0].id)).toBe('a\nb\n');
		expect(sent()).toMatchObject({ tool_version: '1.0.2', use_cached_job: true, __tags: ['run:7', 'a'], data_manager_mode: 'populate', credentials_context: [], inputs: { send_email_notification: false } });
		const [again] = await json('tool', 'run', runOf('Show beginning1', { lineNum: 2, input: first }, { ...waiting, additionalFields: { toolVersion: '1.0.2', useCachedJob: true } }));
		const [{ id }] = again.jobs as IDataObject[];
		expect((await bench.galaxy(`GET jobs/${String(id)}`)).copied_from_job_id).toBe((run.jobs as IDataObject[])[0].id);
	});

	it('takes inputs by flat names', async () => {
		const inputs = { input: hda(first), num_lines: 1, 'seed_source|seed_source_selector': 'set_seed', 'seed_source|seed': 'x' };
		const [run] = await json('tool', 'run', runOf('random_lines1', inputs, { ...waiting, inputFormat: 'legacy' }));
		expect(run).toMatchObject({ succeeded: true, outputs: [{ file_size: 2 }] });
		expect(sent()).toMatchObject({ input_format: 'legacy', inputs });
		const nested = { input: hda(first), num_lines: 1, seed_source: { seed_source_selector: 'set_seed', seed: 'x' } };
		const [same] = await json('tool', 'run', runOf('random_lines1', nested, waiting));
		const [one, two] = await Promise.all([run, same].map(async ({ outputs }) => await contentOf((outputs as IDataObject[])[0].id)));
		expect(one).toBe(two);
	});

	it('is mapped over a collection', async () => {
		const [run] = await json('tool', 'run', runOf('Show beginning1', { lineNum: 1, input: { src: 'hdca', id: list } }, waiting));
		expect(run).toMatchObject({ succeeded: true, jobs: [{ state: 'ok' }, { state: 'ok' }], implicit_collections: [{ output_name: 'out_file1', element_count: 2, elements_states: { ok: 2 } }] });
		expect(await Promise.all((run.outputs as IDataObject[]).map(async ({ id }) => await contentOf(id)))).toEqual(['a\n', 'd\n']);
	});

	it('is made for each input item', async () => {
		const items = [first, second].map((id) => ({ json: { id } }));
		const runs = await json('tool', 'run', { ...runOf('Show beginning1', '={{ { lineNum: 1, input: $json.id } }}', waiting) }, { items });
		expect(await Promise.all(runs.map(async ({ outputs }) => await contentOf((outputs as IDataObject[])[0].id)))).toEqual(['a\n', 'd\n']);
	});

	it('is not sent when a dataset is missing, or a name is not known', async () => {
		const missing = await bench.run('tool', 'run', runOf('cat1', {}));
		expect(missing.error?.message).toBe('The tool needs a dataset for the input "input1" (Concatenate Dataset)');
		const unknown = await bench.run('tool', 'run', runOf('Show beginning1', { input: first, lines: 3 }));
		expect(unknown.error).toMatchObject({ message: 'The tool has no input "lines"', description: 'With these choices its inputs are: lineNum, input, header. "Get Inputs" tells all of them' });
		const list = await bench.run('tool', 'run', runOf('cat1', '[]'));
		expect(list.error?.message).toBe('"Inputs" is a list');
		expect(bench.arrived('POST tools')).toHaveLength(0);
		const nowhere = await bench.run('tool', 'run', runOf('no_such_tool', {}));
		expect(nowhere.error?.description).toMatch(/^Install the tool on the server.*400014/);
	});

	it('that is refused says which input is wrong', async () => {
		const { error } = await bench.run('tool', 'run', runOf('Show beginning1', { input: first, lineNum: 'x' }));
		expect(error?.message).toContain("Parameter 'lineNum'");
	});

	it('that fails tells what the tool has written', async () => {
		const { error } = await bench.run('tool', 'run', runOf('test_fail', { code: 4 }, waiting));
		expect(error?.message).toBe('The tool run ended as "error"');
		expect(error?.description).toMatch(/^Job [0-9a-f]{16} of the tool "test_fail": Fatal error: Exit code 4 \(\)\nbad news/);
		const [run] = await json('tool', 'run', runOf('test_fail', { code: 5 }, { ...waiting, options: { onFailure: 'return' } }));
		expect(run).toMatchObject({ finished: true, succeeded: false, jobs: [{ state: 'error', exit_code: 5 }], outputs: [{ state: 'error' }] });
	});

	it('that is not over in time can be gone on with', async () => {
		const [run] = await json('tool', 'run', runOf('test_sleep', { seconds: 100 }, { ...waiting, options: { waitLimit: 0, onWaitLimit: 'return' } }));
		expect(run).toMatchObject({ finished: false, succeeded: false, jobs: [{ tool_id: 'test_sleep' }] });
		await bench.galaxy(`DELETE jobs/${String((run.jobs as IDataObject[])[0].id)}`);
	});

	it('of a tool of a user goes by its UUID: the server has none, so its answer is given', async () => {
		const toolUuid = '11111111-1111-4111-8111-111111111111';
		const refused = await bench.run('tool', 'run', runOf('x', {}, { additionalFields: { toolUuid } }));
		expect(refused.error?.message).toContain(`Failed to find a tool with uuid [${toolUuid}]`);
		bench.simulator.faults.add({ method: 'POST', path: '/api/tools$', kind: 'status', status: 200, after: true, body: { outputs: [], jobs: [{ id: '1', state: 'new' }] } });
		const additionalFields = { toolUuid, preferredObjectStoreId: 'scratch' };
		expect(await json('tool', 'run', runOf('x', { anything: 1 }, { additionalFields }))).toMatchObject([{ jobs: [{ id: '1' }] }]);
		expect(sent()).toEqual({ history_id: historyId, tool_uuid: toolUuid, inputs: { anything: 1 }, input_format: '21.01', preferred_object_store_id: 'scratch' });
	});
});

describe('a run of which Galaxy could not start all, though it answered with success', () => {
	const answer = (jobs: IDataObject[]) => ({ outputs: [], output_collections: [], jobs, implicit_collections: [], errors: ['Job 2 has no input', { err_msg: 'quota', err_code: 0 }] });
	const answerWith = (body: object) => bench.simulator.faults.add({ method: 'POST', path: '/api/tools$', kind: 'status', status: 200, body });

	it('is a failure when nothing was started', async () => {
		answerWith(answer([]));
		const { error } = await bench.run('tool', 'run', runOf('cat1', { input1: first }));
		expect(error?.message).toBe('Galaxy did not run the tool: Job 2 has no input. quota');
	});

	it('tells what is missing when something was', async () => {
		const { jobs } = await bench.galaxy<{ jobs: IDataObject[] }>('POST tools', { history_id: historyId, tool_id: 'cat1', inputs: { input1: hda(first) } });
		answerWith(answer(jobs));
		expect(await json('tool', 'run', runOf('cat1', { input1: first }))).toMatchObject([{ jobs: [{ id: jobs[0].id }], errors: ['Job 2 has no input', { err_msg: 'quota' }] }]);
		answerWith(answer(jobs));
		const { error } = await bench.run('tool', 'run', runOf('cat1', { input1: first }, waiting));
		expect(error).toMatchObject({ message: 'The tool run ended as "started in part"', description: 'Job 2 has no input. quota' });
	});
});

describe('a failed job', () => {
	it('is taken the place of, and what waits for it goes on', async () => {
		const history = await bench.newHistory();
		const body = (tool: string, inputs: object) => ({ history_id: history, tool_id: tool, inputs });
		const failing = await bench.galaxy<{ jobs: IDataObject[]; outputs: IDataObject[] }>('POST tools', body('test_fail', { code: 3 }));
		const dependent = await bench.galaxy<{ jobs: IDataObject[] }>('POST tools', body('cat1', { input1: hda(String(failing.outputs[0].id)) }));
		const jobState = async ({ jobs }: { jobs: IDataObject[] }) => (await bench.galaxy(`GET jobs/${String(jobs[0].id)}`)).state;
		await bench.until(async () => (await jobState(dependent)) === 'paused');
		const remapJobId = String(failing.jobs[0].id);
		const [run] = await json('tool', 'run', { historyId: byId(history), toolId: byId('test_fail'), inputs: { code: 0 }, additionalFields: { remapJobId }, ...waiting });
		expect(run).toMatchObject({ succeeded: true });
		expect(sent()).toMatchObject({ inputs: { code: 0, rerun_remap_job_id: remapJobId } });
		await bench.until(async () => (await jobState(dependent)) === 'ok');
	});
});
