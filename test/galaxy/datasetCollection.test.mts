import type { IDataObject } from 'n8n-workflow';
import { Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
/** IDs of S1_R1.txt, S1_R2.txt, S2_R1.txt, S2_R2.txt. */
let reads: string[];

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Collections');
	const elements = ['S1_R1', 'S1_R2', 'S2_R1', 'S2_R2'].map((name) => ({ src: 'pasted', name: `${name}.txt`, ext: 'txt', paste_content: `${name}\n` }));
	const { outputs, jobs } = await bench.galaxy<{ outputs: IDataObject[]; jobs: IDataObject[] }>('POST tools/fetch', { history_id: historyId, targets: [{ destination: { type: 'hdas' }, elements }] });
	reads = outputs.map(({ id }) => String(id));
	await bench.until(async () => (await bench.galaxy(`GET jobs/${String(jobs[0].id)}`)).state === 'ok');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const create = async (parameters: IDataObject) => await bench.run('datasetCollection', 'create', { historyId: byId(historyId), ...parameters });

async function created(parameters: IDataObject): Promise<IDataObject> {
	const { outputs, error } = await create(parameters);
	if (error) throw error;
	return outputs[0][0].json;
}

const element = (name: string, id: string) => ({ name, src: 'hda', id });

/** A new collection, made without the node. */
async function collectionOf(name: string, elements = [element('one', reads[0]), element('two', reads[1])]): Promise<string> {
	return String((await bench.galaxy('POST dataset_collections', { history_id: historyId, name, collection_type: 'list', element_identifiers: elements })).id);
}

describe('a collection', () => {
	it('is made as a list, with the names of the datasets or others', async () => {
		expect(await created({ name: 'List', datasetIds: reads })).toMatchObject({ name: 'List', collection_type: 'list', element_count: 4, populated_state: 'ok' });
		expect(bench.arrived('POST dataset_collections')[0].body).toMatchObject({ history_id: historyId, element_identifiers: [{ name: 'S1_R1.txt', src: 'hda', id: reads[0] }, {}, {}, {}] });
		await created({ name: 'Named', datasetIds: reads.slice(0, 2), additionalFields: { names: 'a,b', copyElements: true, hideSourceItems: false } });
		expect(bench.arrived('POST dataset_collections')[1].body).toMatchObject({ element_identifiers: [{ name: 'a' }, { name: 'b' }], copy_elements: true, hide_source_items: false });
		const copy = String((await bench.galaxy(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content: reads[0] })).id);
		await created({ name: 'Twice', datasetIds: [reads[0], copy] });
		expect(bench.arrived('POST dataset_collections')[2].body).toMatchObject({ element_identifiers: [{ name: 'S1_R1.txt' }, { name: 'S1_R1.txt (2)' }] });
	});

	it('is made as a pair, or of pairs by the names of their files', async () => {
		expect(await created({ name: 'Pair', build: 'paired', forwardId: byId(reads[0]), reverseId: byId(reads[1]) })).toMatchObject({ collection_type: 'paired', element_count: 2 });
		const pairs = await created({ name: 'Pairs', build: 'pairs', datasetIds: reads });
		expect(pairs).toMatchObject({ collection_type: 'list:paired', element_count: 2 });
		const elements = await json('datasetCollection', 'getElements', { collectionId: byId(String(pairs.id)) });
		expect(elements.map(({ path }) => path)).toEqual(['S1/forward', 'S1/reverse', 'S2/forward', 'S2/reverse']);
		expect((await create({ name: 'Odd', build: 'pairs', datasetIds: reads.slice(0, 3) })).error?.message).toBe('3 datasets cannot be put in pairs');
	});

	it('is made of elements in Galaxy\'s words', async () => {
		const pair = [element('forward', reads[0]), element('reverse', reads[1])];
		const nested = await created({ name: 'Nested', build: 'elements', collectionType: 'list:paired', elementIdentifiers: [{ name: 'S1', src: 'new_collection', collection_type: 'paired', element_identifiers: pair, tags: ['name:x'] }] });
		expect(nested).toMatchObject({ collection_type: 'list:paired', element_count: 1 });
		const columnDefinitions = [{ name: 'condition', type: 'string', optional: false }];
		const sheet = await created({ name: 'Sheet', build: 'elements', collectionType: 'sample_sheet', elementIdentifiers: [element('a', reads[0])], additionalFields: { columnDefinitions, rows: { a: ['treated'] } } });
		expect(sheet).toMatchObject({ collection_type: 'sample_sheet' });
		const record = await created({ name: 'Record', build: 'elements', collectionType: 'record', elementIdentifiers: [element('a', reads[0])], additionalFields: { recordFields: [{ name: 'a', type: 'File' }] } });
		expect(record).toMatchObject({ collection_type: 'record' });
	});

	it('is refused before anything is sent where its elements do not fit', async () => {
		const refused = async (collectionType: string, elementIdentifiers: IDataObject[]) => (await create({ name: 'x', build: 'elements', collectionType, elementIdentifiers })).error?.message;
		expect(await refused('paired', [element('x', reads[0])])).toMatch(/a pair has two elements/);
		expect(await refused('bag', [element('x', reads[0])])).toBe('"bag" is no type of collections');
		expect((await bench.run('datasetCollection', 'create', { name: 'x', datasetIds: reads })).error?.message).toBe('"History" is empty');
		expect((await create({ name: 'x', datasetIds: reads, additionalFields: { names: 'a' } })).error?.message).toBe('The number of names (1) is not that of the datasets (4)');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('is made in a library, by a fault\'s answer: Galaxy 26.1.2 has a fault of its own there', async () => {
		bench.login = 'admin';
		const { key } = bench.simulator.info.admin;
		const { root_folder_id: folder } = await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: 'Collections' }, key);
		bench.simulator.faults.add({ method: 'POST', path: 'dataset_collections', kind: 'status', after: true, status: 200, body: { id: folder.slice(1), name: 'In library', collection_type: 'list' } });
		const made = await created({ instanceType: 'library', folderId: byId(folder), name: 'In library', datasetIds: [reads[0]] });
		expect(made).toMatchObject({ name: 'In library' });
		expect(bench.arrived('POST dataset_collections')[0].body).toMatchObject({ instance_type: 'library', folder_id: folder });
		expect((await create({ instanceType: 'library', folderId: byId('5a1cff6882ddb5b2'), name: 'x', datasetIds: reads })).error?.message).toMatch(/is not the ID of a library folder/);
	});

	it('is read, listed, changed and deleted', async () => {
		const id = await collectionOf('To be read');
		const collectionId = byId(id);
		expect(await json('datasetCollection', 'get', { collectionId })).toMatchObject([{ id, name: 'To be read', element_count: 2, elements_states: { ok: 2 } }]);
		expect(await json('datasetCollection', 'get', { collectionId, simplify: false, additionalFields: { view: 'element', instanceType: 'history' } })).toMatchObject([{ elements: [{ element_identifier: 'one' }, { element_identifier: 'two' }] }]);
		const filters = { name: 'o be rea', deleted: false, order: 'hid-dsc', view: 'summary', keys: 'id' };
		expect((await json('datasetCollection', 'getAll', { historyId: byId(historyId), filters })).map(({ id: found }) => found)).toEqual([id]);
		const additionalFields = { name: 'Changed', annotation: 'a note', tags: 'a', visible: true, deleted: false, view: 'summary', keys: 'id' };
		expect(await json('datasetCollection', 'update', { collectionId, additionalFields, simplify: false })).toMatchObject([{ id, name: 'Changed', tags: ['a'], element_count: 2 }]);
		expect((await bench.run('datasetCollection', 'update', { collectionId })).error?.message).toBe('Nothing is to be changed');
		expect(await json('datasetCollection', 'delete', { collectionId, recursive: false, purge: false, additionalFields: { stopJob: false } })).toEqual([{ deleted: true, purged: false }]);
		expect(await bench.galaxy(`GET dataset_collections/${id}`)).toMatchObject({ deleted: true });
		expect(await bench.galaxy(`GET datasets/${reads[0]}`)).toMatchObject({ deleted: false });
	});

	it('is deleted with its datasets where wanted', async () => {
		const { id: copy } = await bench.galaxy(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content: reads[0] });
		const id = await collectionOf('With datasets', [element('one', String(copy))]);
		const [{ object }] = await json('datasetCollection', 'getElements', { collectionId: byId(id), simplify: false });
		await json('datasetCollection', 'delete', { historyId: byId(historyId), collectionId: byId(id), recursive: true, purge: true });
		await bench.until(async () => (await bench.galaxy(`GET datasets/${String((object as IDataObject).id)}`)).deleted === true);
	});

	it('is copied, with another genome where wanted', async () => {
		const id = await collectionOf('To be copied');
		const target = await bench.newHistory('Copies');
		const [copy] = await json('datasetCollection', 'copy', { collectionId: byId(id), additionalFields: {}, targetHistoryId: byId(target) });
		expect(copy).toMatchObject({ history_id: target, name: 'To be copied', element_count: 2 });
		const [other] = await json('datasetCollection', 'copy', { collectionId: byId(id), additionalFields: { copyElements: true, dbkey: 'hg38' } });
		expect(other).toMatchObject({ history_id: historyId });
		expect(await json('datasetCollection', 'getAttributes', { collectionId: byId(String(other.id)) })).toMatchObject([{ dbkey: 'hg38' }]);
	});

	it('is copied into the current history by a fault\'s answer, since users of keys alone have none', async () => {
		const id = await collectionOf('For another genome');
		const { error } = await bench.run('datasetCollection', 'copyWithNewDbkey', { collectionId: byId(id), dbkey: 'hg38' });
		expect(error?.message).toMatch(/no default history/);
		bench.simulator.faults.add({ method: 'POST', path: '/copy', kind: 'status', after: true, status: 200, body: '' });
		expect(await json('datasetCollection', 'copyWithNewDbkey', { collectionId: byId(id), dbkey: 'hg38' })).toEqual([{ success: true }]);
	});
});

describe('the elements of a collection', () => {
	it('are listed page by page, those of inner collections in their place or alone', async () => {
		const list = await bench.galaxy('POST dataset_collections', {
			history_id: historyId,
			name: 'Deep',
			collection_type: 'list:paired',
			element_identifiers: ['S1', 'S2'].map((name, i) => ({ name, src: 'new_collection', collection_type: 'paired', element_identifiers: [element('forward', reads[2 * i]), element('reverse', reads[2 * i + 1])] })),
		});
		const collectionId = byId(String(list.id));
		const paths = async (more: IDataObject) => (await json('datasetCollection', 'getElements', { collectionId, ...more })).map(({ path }) => path);
		expect(await paths({ limit: 3 })).toEqual(['S1/forward', 'S1/reverse', 'S2/forward']);
		expect(bench.arrived('GET dataset_collections/{hdca_id}/contents/{parent_id}')[0].query).toMatchObject({ limit: ['500'], offset: ['0'] });
		expect(await paths({ returnAll: true, isDeep: false, additionalFields: { instanceType: 'history' } })).toEqual(['S1', 'S2']);
		const [, { id, object }] = await json('datasetCollection', 'getElements', { collectionId, isDeep: false });
		expect(await paths({ additionalFields: { parentId: (object as IDataObject).id as string } })).toEqual(['forward', 'reverse']);
		expect(await json('datasetCollection', 'getElement', { elementId: id })).toMatchObject([{ element_identifier: 'S2', element_type: 'dataset_collection' }]);
	});

	it('have types and converters in common', async () => {
		const collectionId = byId(await collectionOf('Of text'));
		const additionalFields = { instanceType: 'history' };
		expect(await json('datasetCollection', 'getAttributes', { collectionId, additionalFields })).toMatchObject([{ extension: 'txt', dbkey: '?' }]);
		expect(await json('datasetCollection', 'getSuitableConverters', { collectionId, additionalFields })).toEqual([]);
	});
});

describe('the data of a collection', () => {
	/** Names of the files in the zip that comes out. */
	async function namesIn(operation: string, collectionId: IDataObject): Promise<string[]> {
		const { outputs, error } = await bench.run('datasetCollection', operation, { collectionId });
		if (error) throw error;
		const bytes = await bench.engine.bytes((outputs[0][0].binary as Record<string, { mimeType: string; data: string }>).data);
		const entries = await new ZipReader(new Uint8ArrayReader(new Uint8Array(bytes))).getEntries();
		return entries.map(({ filename }) => filename.split('/').pop() as string).sort();
	}

	it('is downloaded as a zip, at once or when it is prepared', async () => {
		const collectionId = byId(await collectionOf('To be downloaded'));
		expect(await namesIn('download', collectionId)).toEqual(['one.txt', 'two.txt']);
		expect(await namesIn('downloadWhenPrepared', collectionId)).toEqual(['one.txt', 'two.txt']);
	});

	it('is refused where it is not whole', async () => {
		const collectionId = byId(await collectionOf('To break off'));
		bench.simulator.faults.add({ method: 'GET', path: '/download', kind: 'status', status: 200, body: 'PK and then nothing', headers: {} });
		const { error } = await bench.run('datasetCollection', 'download', { collectionId });
		expect(error?.message).toBe('The download is not complete');
		expect(error?.description).toMatch(/end of the zip is missing/);
	});

	it('is refused where a dataset failed or is not ready, and waited for', async () => {
		const id = await collectionOf('Of failures');
		const collectionId = byId(id);
		expect(await json('datasetCollection', 'wait', { collectionId })).toMatchObject([{ id, finished: true, succeeded: true }]);
		const as = (body: object) => bench.simulator.faults.add({ method: 'GET', path: `dataset_collections/${id}`, kind: 'status', status: 200, body: { id, populated_state: 'ok', ...body } });
		const messageOf = async () => (await bench.run('datasetCollection', 'download', { collectionId })).error;
		as({ elements_states: { ok: 1, running: 1 } });
		expect(await messageOf()).toMatchObject({ message: 'The collection is not ready', description: expect.stringContaining('"running"') });
		as({ elements_states: { ok: 1, error: 1 } });
		expect(await messageOf()).toMatchObject({ message: 'The collection has no data that is whole: a part of it is "error"' });
		as({ populated_state: 'failed', populated_state_message: 'no such file', elements_states: {} });
		expect(await messageOf()).toMatchObject({ description: 'no such file' });
		as({ populated_state: 'new', elements_states: {} });
		as({ elements_states: { paused: 1 } });
		as({ elements_states: { paused: 1 } });
		expect((await bench.run('datasetCollection', 'wait', { collectionId })).error?.message).toBe(`The dataset collection ${id} ended as "paused"`);
	});
});
