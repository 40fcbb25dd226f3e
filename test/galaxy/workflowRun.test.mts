import type { IDataObject } from 'n8n-workflow';
import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { Bench, byId } from './galaxy.mts';
import { cat, collection, data, failing, firstLines, ga, head, missing, parameter, sleeping } from './workflowDefinitions.mts';

jest.setTimeout(60_000);

const CALL = 'POST workflows/{workflow_id}/invocations';
const bench = new Bench();
const json = bench.json.bind(bench);

let historyId: string;
let datasets: string[];
let listId: string;
/** Reads and Lines. */
let simple: string;
/** An input of every kind. */
let every: string;

const made = async (definition: IDataObject) => (await bench.galaxy<{ id: string }>('POST workflows', { workflow: definition })).id;

/** What the mapper of the editor gives. */
const mapped = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] });

/** Servers before 26.0 know no better word. */
const ENDED = expect.stringMatching(/^(completed|scheduled)$/);

/** What an invocation was given as Reads. */
const inputOf = async (id: string) => (await bench.galaxy<{ inputs: Record<string, { id: string }> }>(`GET invocations/${id}`)).inputs[0].id;

const sent = () => bench.arrived(CALL).map(({ body }) => body as IDataObject);
const run = async (workflowId: string, value: IDataObject, more: IDataObject = {}) => await bench.run('workflow', 'run', { workflowId: byId(workflowId), workflowInputs: mapped(value), historyId: byId(historyId), ...more });

beforeAll(async () => {
	await bench.open();
	await bench.reset();
	historyId = await bench.newHistory('Runs');
	datasets = await bench.newDatasets(historyId, 'a\nb\nc\n', 'd\ne\nf\n');
	const elements = datasets.map((id, i) => ({ name: `sample ${i + 1}`, src: 'hda', id }));
	listId = (await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/dataset_collections`, { type: 'dataset_collection', name: 'list', collection_type: 'list', element_identifiers: elements })).id;
	simple = await made(firstLines('First lines'));
	every = await made(ga('Every kind',
		data('Reads', { format: ['txt'] }),
		collection('Samples', { optional: true }),
		parameter('Lines', 'integer', { default: 2 }),
		parameter('Fraction', 'float', { optional: true }),
		parameter('Keep', 'boolean', { default: true }),
		parameter('Genome', 'text', { restrictions: [{ value: 'hg19', label: 'Older' }, 'hg38'] }),
		parameter('Words', 'text', { optional: true, multiple: true }),
		parameter('Color', 'color', { optional: true }),
		data('', { optional: true }),
		data('', { optional: true }),
		head([0, 'output'], 'First lines', [2, 'output']),
	));
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

describe('the editor', () => {
	const fields = async (chosen: IDataObject) => (await new Galaxy().methods.resourceMapping.workflowInputs.call(bench.editor(chosen))).fields;

	it('shows a field for each input, of its kind, required where it is', async () => {
		const found = await fields({ workflowId: every });
		const shown = { display: true, defaultMatch: false, canBeUsedToMatch: false };
		expect(found).toEqual([
			{ id: 'Reads', displayName: 'Reads (Dataset ID)', required: true, type: 'string', ...shown },
			{ id: 'Samples', displayName: 'Samples (Collection ID: list)', required: false, type: 'string', ...shown },
			{ id: 'Lines', displayName: 'Lines', required: false, type: 'number', defaultValue: 2, ...shown },
			{ id: 'Fraction', displayName: 'Fraction', required: false, type: 'number', ...shown },
			{ id: 'Keep', displayName: 'Keep', required: false, type: 'boolean', defaultValue: true, ...shown },
			{ id: 'Genome', displayName: 'Genome', required: true, type: 'options', options: [{ name: 'Older', value: 'hg19' }, { name: 'hg38', value: 'hg38' }], ...shown },
			{ id: 'Words', displayName: 'Words', required: false, type: 'string', ...shown },
			{ id: 'Color', displayName: 'Color', required: false, type: 'string', ...shown },
			// labels that are not their own
			{ id: '8', displayName: 'Input Dataset of Step 9 (Dataset ID)', required: false, type: 'string', ...shown },
			{ id: '9', displayName: 'Input Dataset of Step 10 (Dataset ID)', required: false, type: 'string', ...shown },
		]);
	});

	it('shows those of the version that is chosen', async () => {
		const id = await made(firstLines('Two versions'));
		await bench.galaxy(`PUT workflows/${id}`, { workflow: ga('Two versions', data('Other reads'), cat(0)) });
		expect(await fields({ workflowId: id })).toMatchObject([{ id: 'Other reads' }]);
		expect(await fields({ workflowId: id, additionalFields: { version: 0 } })).toMatchObject([{ id: 'Reads' }, { id: 'Lines' }]);
	});

	it('says what is wrong, and shows no empty list', async () => {
		await expect(fields({})).rejects.toThrow('"Workflow" is empty');
		await expect(fields({ workflowId: 'ffffffffffffffff' })).rejects.toThrow(/Galaxy/);
	});
});

describe('inputs of a workflow', () => {
	it('are listed with what they take', async () => {
		const inputs = await json('workflow', 'getInputs', { workflowId: byId(every), additionalFields: { version: 0, instance: false } });
		expect(inputs).toHaveLength(10);
		expect(inputs[0]).toEqual({ step_index: 0, name: 'Reads', label: 'Reads', uuid: expect.stringMatching(/^[0-9a-f-]{36}$/), type: 'dataset', required: true, default: null, multiple: false, options: [], extensions: ['txt'], collection_type: null, annotation: '' });
		expect(inputs[1]).toMatchObject({ type: 'dataset_collection', collection_type: 'list', required: false });
		expect(inputs[2]).toMatchObject({ type: 'integer', default: 2, required: false });
		expect(inputs[5]).toMatchObject({ type: 'text', required: true, options: [{ name: 'Older', value: 'hg19' }, { name: 'hg38', value: 'hg38' }] });
		expect(inputs[6]).toMatchObject({ type: 'text', multiple: true });
	});
});

describe('a run', () => {
	it('takes fields of all kinds, waits, and gives the outputs', async () => {
		const value = { Reads: datasets[0], Samples: listId, Lines: '1', Fraction: 0.5, Keep: 'false', Genome: 'hg38', Words: 'a, b', Color: '#1a9850', 8: datasets[1], 9: null };
		const { outputs, error } = await run(every, value, { waitForCompletion: true });
		expect(error).toBeUndefined();
		const [{ json: done }] = outputs[0];
		expect(done).toMatchObject({ state: ENDED, finished: true, succeeded: true, history_id: historyId, jobs: { ok: 1 }, outputs: { 'First lines': { src: 'hda' } } });
		expect(sent()).toEqual([{
			history_id: historyId,
			inputs: { 0: { src: 'hda', id: datasets[0] }, 1: { src: 'hdca', id: listId }, 2: 1, 3: 0.5, 4: false, 5: 'hg38', 6: ['a', 'b'], 7: '#1a9850', 8: { src: 'hda', id: datasets[1] } },
			inputs_by: 'step_index',
		}]);
		const { id } = (done.outputs as Record<string, { id: string }>)['First lines'];
		expect(await bench.galaxy(`GET datasets/${id}`)).toMatchObject({ peek: expect.stringContaining('a'), misc_blurb: '1 line' });
	});

	it('takes JSON, with data as Galaxy names it, and puts the results into a new history', async () => {
		const output = { src: 'hda', id: datasets[1], workflow_step_id: 'abcdefabcdefabcd' };
		const [started] = await json('invocation', 'create', { workflowId: byId(simple), inputsMode: 'json', inputsJson: { Reads: output, 1: 1 }, additionalFields: { newHistoryName: 'Results of a run' } });
		expect(started).toMatchObject({ state: 'new', workflow_id: expect.any(String) });
		expect(await bench.galaxy(`GET histories/${started.history_id as string}`)).toMatchObject({ name: 'Results of a run' });
		expect(sent()).toEqual([{ new_history_name: 'Results of a run', inputs: { 0: { src: 'hda', id: datasets[1] }, 1: 1 }, inputs_by: 'step_index' }]);
	});

	it('is one for each of several datasets', async () => {
		const { outputs } = await run(simple, { Reads: datasets.join(', '), Lines: 1 });
		const [one, other] = outputs[0].map(({ json: { id } }) => id as string);
		expect(await inputOf(one)).toBe(datasets[0]);
		expect(await inputOf(other)).toBe(datasets[1]);
		expect(sent()).toMatchObject([{ batch: true, inputs: { 0: { batch: true, values: datasets.map((id) => ({ src: 'hda', id })) } } }]);
	});

	it('maps the tools over a collection that is given for a dataset', async () => {
		const { outputs } = await run(simple, { Reads: { src: 'hdca', id: listId } as unknown as string }, { waitForCompletion: true });
		expect(outputs[0][0].json).toMatchObject({ succeeded: true, jobs: { ok: 4 }, output_collections: { 'First lines': { src: 'hdca' } } });
	});

	it('takes datasets by their steps, as in the older form', async () => {
		const dsMap = { 0: { src: 'hda', id: datasets[0] } };
		expect(await json('workflow', 'run', { workflowId: byId(simple), inputsMode: 'map', dsMap, historyId: byId(historyId), additionalFields: { legacy: false } })).toMatchObject([{ history_id: historyId }]);
		expect(sent()).toEqual([{ ds_map: dsMap, legacy: false, history_id: historyId }]);
	});

	it('takes all settings that Galaxy has', async () => {
		const { workflow_id: version } = await bench.galaxy<{ workflow_id: string }>(`POST workflows/${simple}/invocations`, { history_id: historyId, inputs: { 0: { src: 'hda', id: datasets[0] } } });
		const settings = {
			allowToolStateCorrections: true,
			effectiveOutputs: '[]',
			instance: true,
			noAddToHistory: true,
			onComplete: '[{ "send_notification": {} }]',
			parameters: '{ "3": { "header": true } }',
			parametersNormalized: true,
			replacementParams: '{ "sample": "NA12878" }',
			requireExactToolVersions: false,
			resourceParams: '{}',
			useCachedJob: true,
			history: `hist_id=${historyId}`,
		};
		const { outputs, error } = await run(version, { Reads: datasets[0] }, { historyId: byId(''), additionalFields: settings });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ workflow_id: version, history_id: historyId });
		expect(sent()).toEqual([{
			allow_tool_state_corrections: true,
			effective_outputs: [],
			instance: true,
			no_add_to_history: true,
			on_complete: [{ send_notification: {} }],
			parameters: { 3: { header: true } },
			parameters_normalized: true,
			replacement_params: { sample: 'NA12878' },
			require_exact_tool_versions: false,
			resource_params: {},
			use_cached_job: true,
			history: `hist_id=${historyId}`,
			inputs: { 0: { src: 'hda', id: datasets[0] } },
			inputs_by: 'step_index',
		}]);
	});

	it('of an older version', async () => {
		const id = await made(firstLines('Older version'));
		await bench.galaxy(`PUT workflows/${id}`, { workflow: ga('Newer version', data('Other reads'), cat(0)) });
		const { outputs } = await run(id, { Reads: datasets[0] }, { additionalFields: { version: 0 } });
		expect(outputs[0]).toHaveLength(1);
		expect(sent()).toMatchObject([{ version: 0 }]);
	});

	it('cannot choose schedulers and object stores that the server does not have', async () => {
		expect((await run(simple, { Reads: datasets[0] }, { additionalFields: { scheduler: 'none' } })).error?.message).toMatch(/Unknown workflow scheduler 'none'/);
		const stores = { preferredObjectStoreId: 'a', preferredIntermediateObjectStoreId: 'b', preferredOutputsObjectStoreId: 'c' };
		expect((await run(simple, { Reads: datasets[0] }, { additionalFields: stores })).error?.message).toMatch(/preferred_object_store_id|object store/);
		expect(sent()).toMatchObject([{ scheduler: 'none' }, { preferred_object_store_id: 'a', preferred_intermediate_object_store_id: 'b', preferred_outputs_object_store_id: 'c' }]);
	});
});

describe('before anything is sent, a run is refused', () => {
	const good = { Reads: 'aaaaaaaaaaaaaaaa', Genome: 'hg38' };

	it.each<[string, IDataObject, string, RegExp]>([
		['without a required input', { Lines: 3 }, 'The workflow needs "Reads", "Genome"', /"Get Inputs"/],
		['with an input that there is not', { ...good, Raeds: 'x' }, 'The workflow has no input "Raeds"', /Its inputs are "Reads", "Samples"/],
		['with the name of a dataset', { ...good, Reads: 'reads.fastq' }, '"Reads" is no dataset: "reads.fastq"', /Give the ID of a dataset/],
		['with a number of a history', { ...good, Samples: 7 }, '"Samples" is no dataset collection: "7"', /not its name or its number/],
		['with an object that is no dataset', { ...good, Reads: { name: 'x' } }, '"Reads" is no dataset: {"name":"x"}', /ID/],
		['with a text for a whole number', { ...good, Lines: 'abc' }, '"Lines" is not a whole number', /Give a whole number/],
		['with a fraction for a whole number', { ...good, Lines: 1.5 }, '"Lines" is not a whole number', /Give a whole number/],
		['with a text for a number', { ...good, Fraction: 'half' }, '"Fraction" is not a number', /Give a number/],
		['with a text for yes or no', { ...good, Keep: 'perhaps' }, '"Keep" is not true or false', /Give true or false/],
		['with a color by its name', { ...good, Color: 'green' }, '"Color" is not a color such as #1a9850', /#1a9850/],
		['with a value that is not offered', { ...good, Genome: 'mm10' }, '"mm10" is none of the values of "Genome"', /Give one of: hg19, hg38/],
		['with an object for a text', { ...good, Genome: { a: 1 } }, '"Genome" is not a text', /Give a text/],
	])('%s', async (_what, value, message, description) => {
		const { error } = await run(every, value);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(description);
		expect(sent()).toEqual([]);
	});

	it('with two places for the results', async () => {
		expect((await run(simple, { Reads: datasets[0] }, { additionalFields: { newHistoryName: 'x' } })).error?.message).toBe('The results can go to one history only');
		expect(sent()).toEqual([]);
	});

	it('with inputs for a workflow that has none', async () => {
		const { error } = await run(await made(ga('No inputs', failing)), { Reads: datasets[0] });
		expect(error?.description).toBe('It has no inputs at all');
	});
});

describe('a run that does not end well', () => {
	it('tells what its first failing job wrote', async () => {
		const id = await made(ga('Fails', failing));
		const { error } = await run(id, {}, { waitForCompletion: true });
		expect(error?.message).toMatch(/^The invocation [0-9a-f]{16} ended as "(completed|scheduled), with jobs that failed"/);
		expect(error?.description).toMatch(/Job [0-9a-f]{16} of the tool "test_fail" failed: bad news/);
	});

	it('is handed on as it is when it takes too long', async () => {
		const id = await made(ga('Sleeps', sleeping(60)));
		const { outputs } = await run(id, {}, { waitForCompletion: true, options: { waitLimit: 0, onWaitLimit: 'return' } });
		expect(outputs[0][0].json).toMatchObject({ finished: false, succeeded: false });
		await bench.galaxy(`DELETE invocations/${outputs[0][0].json.id as string}`);
	});

	it('is not started where tools are missing', async () => {
		const id = await made(ga('Missing', missing));
		const { error } = await run(id, {}, { waitForCompletion: true });
		expect(error?.message).toMatch(/required tools are not installed: .*nothing/);
		await bench.galaxy(`DELETE workflows/${id}`);
	});

	it('is never started twice', async () => {
		bench.simulator.faults.add({ method: 'POST', path: `/api/workflows/${simple}/invocations`, kind: 'status', status: 502, body: 'Bad gateway', after: true });
		const { error } = await run(simple, { Reads: datasets[0] });
		expect(error?.description).toMatch(/not sent again/);
		expect(sent()).toHaveLength(1);
	});
});
