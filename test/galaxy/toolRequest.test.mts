import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';
import { newList, newTexts } from './runs.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
let first: string;
let bed: string;
let list: string;

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Requests and conversions');
	let second: string;
	[first, second, bed] = await newTexts(bench, historyId, ['a\nb\nc\n', 'txt'], ['d\ne\nf\n', 'txt'], ['chr1\t0\t10\tx\t0\t+\n', 'bed']);
	list = await newList(bench, historyId, first, second);
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const hda = (id: string) => ({ src: 'hda', id });
const waiting = { waitForCompletion: true };

/** The parameters of a run of a tool in the history of these tests. */
const runOf = (tool: string, inputs: IDataObject, more: IDataObject = {}) => ({ historyId: byId(historyId), toolId: byId(tool), inputs, ...more });

describe('an async request for a run', () => {
	it('is waited for with its jobs and their datasets', async () => {
		const additionalFields = { tags: 'later', toolVersion: '1.0.2', useCachedJob: false, sendEmail: false, strict: true };
		const [run] = await json('tool', 'runAsync', runOf('Show beginning1', { lineNum: 1, input: first }, { ...waiting, additionalFields }));
		expect(run).toMatchObject({ id: run.tool_request_id, state: 'submitted', finished: true, succeeded: true, jobs: [{ tool_id: 'Show beginning1', state: 'ok' }], outputs: [{ output_name: 'out_file1', state: 'ok', tags: ['later'] }] });
		expect(bench.arrived('POST jobs')[0].body).toEqual({ history_id: historyId, tool_id: 'Show beginning1', tool_version: '1.0.2', inputs: { lineNum: 1, input: hda(first) }, strict: true, use_cached_jobs: false, send_email_notification: false, tags: ['later'] });
		expect(await json('tool', 'getRunRequest', { toolRequestId: run.id })).toMatchObject([{ id: run.id, state: 'submitted', jobs: [{ src: 'job' }] }]);
	});

	it('is mapped over a collection', async () => {
		const [run] = await json('tool', 'runAsync', runOf('Show beginning1', { lineNum: 1, input: { src: 'hdca', id: list } }, waiting));
		expect(run).toMatchObject({ succeeded: true, jobs: [{ state: 'ok' }, { state: 'ok' }], implicit_collections: [{ element_count: 2, elements_states: { ok: 2 } }] });
	});

	it('carries all that it can: the server has no tool for it, so its answer is given', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/api/jobs', kind: 'status', status: 200, after: true, body: { tool_request_id: 'e4f89747734b726a', task_result: { id: 't', ignored: false, name: null, queue: null } } });
		const additionalFields = { toolUuid: '11111111-1111-4111-8111-111111111111', remapJobId: 'e4f89747734b726a', preferredObjectStoreId: 'scratch', dataManagerMode: 'dry_run', credentialsContext: '[{"name":"x"}]' };
		expect(await json('tool', 'runAsync', runOf('x', { a: 1 }, { additionalFields }))).toMatchObject([{ id: 'e4f89747734b726a', tool_request_id: 'e4f89747734b726a' }]);
		expect(bench.arrived('POST jobs')[0].body).toEqual({ history_id: historyId, tool_uuid: additionalFields.toolUuid, inputs: { a: 1 }, rerun_remap_job_id: 'e4f89747734b726a', preferred_object_store_id: 'scratch', data_manager_mode: 'dry_run', credentials_context: [{ name: 'x' }] });
	});

	it('that fails says why', async () => {
		bench.simulator.faults.add({ path: '/api/tool_requests/', kind: 'status', status: 200, body: { id: '1', state: 'failed', state_message: { err_msg: 'no such dataset' }, jobs: [] } });
		const { error } = await bench.run('tool', 'runAsync', runOf('Show beginning1', { lineNum: 1, input: first }, waiting));
		expect(error).toMatchObject({ message: 'The tool request 1 ended as "failed"', description: 'no such dataset' });
	});

	it('is not made where the server has no workers', async () => {
		bench.simulator.faults.add({ path: '/api/configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		const { error } = await bench.run('tool', 'runAsync', runOf('cat1', { input1: first }));
		expect(error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived('POST jobs')).toHaveLength(0);
	});
});

describe('a conversion', () => {
	const conversion = { converterId: byId('CONVERTER_bed_to_gff_0'), sourceType: 'bed', targetType: 'gff', ...waiting };

	it('makes a dataset of another datatype', async () => {
		const [run] = await json('tool', 'convertDataset', { ...conversion, historyId: byId(historyId), datasetId: byId(bed) });
		expect(run).toMatchObject({ succeeded: true, jobs: [{ tool_id: 'CONVERTER_bed_to_gff_0', state: 'ok' }], outputs: [{ state: 'ok', extension: 'gff' }] });
		expect(bench.arrived('POST tools/{tool_id}/convert')[0].body).toEqual({ src: 'hda', id: bed, source_type: 'bed', target_type: 'gff', history_id: historyId });
	});

	it('is done for each dataset of a collection', async () => {
		const collectionId = await newList(bench, historyId, bed, bed);
		const [run] = await json('tool', 'convertDataset', { ...conversion, historyId: byId(historyId), src: 'hdca', collectionId: byId(collectionId) });
		expect(run).toMatchObject({ succeeded: true, jobs: [{ state: 'ok' }, { state: 'ok' }], implicit_collections: [{ element_count: 2, elements_states: { ok: 2 } }] });
	});

	it('is chosen in the editor by its datatypes', async () => {
		expect(await bench.shown('searchConverters', {}, 'bed to gff')).toContainEqual(['bed to gff (CONVERTER_bed_to_gff_0)', 'CONVERTER_bed_to_gff_0']);
	});
});
