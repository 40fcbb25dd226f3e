import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
/** A history with two datasets, the output of a tool, and a collection. */
let filled: string;
let datasets: string[];
let made: string;
let collection: string;

beforeAll(async () => {
	await bench.open();
	filled = await bench.newHistory('Content');
	datasets = await bench.newDatasets(filled, 'a\nb', 'c');
	const { outputs, jobs } = await bench.galaxy<{ outputs: Array<{ id: string }>; jobs: Array<{ id: string }> }>('POST tools', { history_id: filled, tool_id: 'cat1', inputs: { input1: { src: 'hda', id: datasets[0] } } });
	made = outputs[0].id;
	await bench.until(async () => (await bench.galaxy(`GET jobs/${jobs[0].id}`)).state === 'ok');
	collection = await newCollection(filled, 'Samples');
	await bench.galaxy(`PUT histories/${filled}/contents/datasets/${datasets[1]}`, { tags: ['sample1'] });
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** A collection of the first dataset, whose element is hidden. */
async function newCollection(historyId: string, name: string): Promise<string> {
	return (await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/dataset_collections`, { collection_type: 'list', name, element_identifiers: [{ name: 'a', src: 'hda', id: datasets[0] }] })).id;
}

/** A new history with copies of both datasets, and a collection. */
async function newContent(): Promise<{ historyId: string; ids: string[]; collectionId: string }> {
	const historyId = await bench.newHistory();
	const ids: string[] = [];
	for (const content of datasets) ids.push((await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content })).id);
	return { historyId, ids, collectionId: await newCollection(historyId, 'Group') };
}

const dataset = async (historyId: string, id: string) => await bench.galaxy(`GET histories/${historyId}/contents/datasets/${id}`);

/** Names of the items that pass the filters. */
const names = async (filters: object) => (await json('historyContent', 'getAll', { historyId: byId(filled), returnAll: true, filters: { order: 'hid-asc', ...filters } })).map(({ name }) => name);

const CONCATENATED = expect.stringContaining('Concatenate');

describe('the list', () => {
	it('has datasets and collections', async () => {
		expect(await names({})).toEqual(['text 1', 'text 2', CONCATENATED, 'text 1', 'Samples']);
		const [first] = await json('historyContent', 'getAll', { historyId: byId(filled), limit: 1, filters: { view: 'detailed', keys: 'id', order: 'hid-asc' }, simplify: false });
		expect(first).toMatchObject({ id: datasets[0], misc_info: expect.anything(), create_time: expect.stringMatching(/Z$/) });
		expect(bench.arrived('GET histories/{history_id}/contents')[1].query).toEqual({ v: ['dev'], view: ['detailed'], keys: ['id'], order: ['hid-asc'], limit: ['1'], offset: ['0'] });
	});

	it.each<[string, object, unknown[]]>([
		['type', { contentType: 'dataset_collection' }, ['Samples']],
		['name', { name: 'TEXT', visible: true }, ['text 1', 'text 2']],
		['numbers', { numberFrom: 2, numberTo: 3 }, ['text 2', CONCATENATED]],
		['tag', { tag: 'sample1' }, ['text 2']],
		['tool', { tool: 'cat', states: ['ok', 'error'] }, [CONCATENATED]],
		['visibility', { visible: false }, ['text 1']],
		['deletion', { deleted: true }, []],
		['data', { purged: false, extensions: 'txt,bed', contentType: 'dataset', visible: true }, ['text 1', 'text 2', CONCATENATED]],
		['genome', { genomeBuild: 'hg38' }, []],
		['relation', { relatedTo: 1, contentType: 'dataset' }, ['text 1', CONCATENATED]],
		['time', { createdAfter: '2100-01-01' }, []],
		['words of Galaxy', { otherFilters: 'name-like=Sampl%' }, ['Samples']],
	])('is filtered by %s', async (_what, filters, expected) => {
		expect(await names(filters)).toEqual(expected);
	});

	it('is filtered by IDs with their types', async () => {
		expect(await names({ itemIds: `dataset-${datasets[1]},dataset_collection-${collection}` })).toEqual(['text 2', 'Samples']);
	});

	it('is counted', async () => {
		expect(await json('historyContent', 'count', { historyId: byId(filled) })).toEqual([{ count: 5 }]);
		expect(await json('historyContent', 'count', { historyId: byId(filled), filters: { contentType: 'dataset', deleted: false, states: ['ok'] } })).toEqual([{ count: 4 }]);
	});

	it('comes with the older parameters, too', async () => {
		const filters = { types: ['dataset'], details: datasets[0], deleted: false, visible: true, shareable: true };
		const found = await json('historyContent', 'getManyLegacy', { historyId: byId(filled), returnAll: true, filters, simplify: false });
		expect(found).toMatchObject([{ id: datasets[0], file_size: 3 }, { id: datasets[1] }, { id: made }]);
		expect(found[1]).not.toHaveProperty('file_size');
	});

	it('is found in the editor, by the type of its items', async () => {
		expect(await bench.shown('searchContents', { historyId: filled, itemType: 'dataset' }, 'text 2')).toEqual([['2: text 2 (txt)', datasets[1]]]);
		expect(await bench.shown('searchContents', { historyId: filled, itemType: 'dataset_collection' })).toEqual([['5: Samples (list)', collection]]);
	});

	it('cannot be filtered by a state that is none', async () => {
		const { error } = await bench.run('historyContent', 'getAll', { historyId: byId(filled), filters: { states: ['splendid'] } });
		expect(error?.message).toMatch(/^Galaxy refused the request: /);
	});
});

describe('an item', () => {
	it('is a dataset or a collection', async () => {
		expect(await json('historyContent', 'get', { historyId: byId(filled), itemId: byId(datasets[0]) })).toMatchObject([{ id: datasets[0], name: 'text 1', history_content_type: 'dataset', hid: 1 }]);
		const ofCollection = { historyId: byId(filled), itemType: 'dataset_collection', itemId: byId(collection), additionalFields: { fuzzyCount: 5, view: 'element', keys: 'id' } };
		expect(await json('historyContent', 'get', { ...ofCollection, simplify: false })).toMatchObject([{ name: 'Samples', elements: [{ element_identifier: 'a' }] }]);
		expect(bench.arrived('GET histories/{history_id}/contents/{type}s/{id}')[1].query).toEqual({ fuzzy_count: ['5'], view: ['element'], keys: ['id'] });
	});

	it('is changed', async () => {
		const { historyId, ids, collectionId } = await newContent();
		const fields = { name: 'New Name', annotation: 'why', tags: 'a,b', visible: false, deleted: false, genomeBuild: 'hg19', view: 'detailed', keys: 'annotation' };
		const [changed] = await json('historyContent', 'update', { historyId: byId(historyId), itemId: byId(ids[0]), additionalFields: fields, simplify: false });
		expect(changed).toMatchObject({ id: ids[0], name: 'New Name', annotation: 'why', tags: ['a', 'b'], visible: false, genome_build: 'hg19' });
		expect(await json('historyContent', 'update', { historyId: byId(historyId), itemType: 'dataset_collection', itemId: byId(collectionId), additionalFields: { name: 'Renamed' } })).toMatchObject([{ id: collectionId, name: 'Renamed' }]);
	});

	it('gets a genome build only where the server knows that', async () => {
		const { error } = await bench.run('historyContent', 'bulkOperation', { historyId: byId(filled), bulkOperation: 'change_dbkey', dbkey: 'nobody1', datasetIds: datasets[0] });
		expect(error?.message).toBe("Galaxy refused the request: Database/build 'nobody1' is not registered");
	});

	it('gets another datatype by a job', async () => {
		const { historyId, ids } = await newContent();
		expect(await json('historyContent', 'update', { historyId: byId(historyId), itemId: byId(ids[0]), additionalFields: { datatype: 'tabular' } })).toMatchObject([{ extension: 'tabular', state: expect.stringMatching(/^(setting_metadata|ok)$/) }]);
	});

	it('was made by jobs', async () => {
		expect(await json('historyContent', 'getJobsSummary', { historyId: byId(filled), itemId: byId(made) })).toMatchObject([{ model: 'Job', populated_state: 'ok', states: { ok: 1 } }]);
	});

	it('that is not there is told by the fields to check', async () => {
		const other = await bench.newHistory();
		const { error } = await bench.run('historyContent', 'getJobsSummary', { historyId: byId(other), itemId: byId('0000000000000000') });
		expect(error?.message).toMatch(/^Galaxy refused the request: /);
	});
});

describe('many items', () => {
	/** One bulk operation on a history. */
	const bulk = async (historyId: string, bulkOperation: string, parameters: object) => await json('historyContent', 'bulkOperation', { historyId: byId(historyId), bulkOperation, ...parameters });

	it('get tags, by their IDs', async () => {
		const { historyId, ids, collectionId } = await newContent();
		const given = { datasetIds: ids[0], collectionIds: collectionId };
		expect(await bulk(historyId, 'add_tags', { ...given, tags: 'x,y' })).toEqual([{ success_count: 2, errors: [] }]);
		expect((await dataset(historyId, ids[0])).tags).toEqual(['x', 'y']);
		expect(await bulk(historyId, 'remove_tags', { ...given, tags: 'x' })).toMatchObject([{ success_count: 2 }]);
		expect((await dataset(historyId, ids[0])).tags).toEqual(['y']);
	});

	it('are hidden and deleted, by filters and all together', async () => {
		const { historyId, ids } = await newContent();
		expect(await bulk(historyId, 'hide', { filters: { name: 'text 2' } })).toMatchObject([{ success_count: 1 }]);
		expect(await dataset(historyId, ids[1])).toMatchObject({ visible: false });
		expect(await bulk(historyId, 'unhide', { filters: { visible: false } })).toMatchObject([{ errors: [] }]);
		expect(await dataset(historyId, ids[1])).toMatchObject({ visible: true });
		expect(await bulk(historyId, 'delete', { allItems: true })).toMatchObject([{ errors: [] }]);
		expect(await bench.galaxy<object[]>(`GET histories/${historyId}/contents?v=dev&q=deleted&qv=False`)).toEqual([]);
		expect(await bulk(historyId, 'undelete', { datasetIds: ids })).toMatchObject([{ success_count: 2 }]);
		expect(await bulk(historyId, 'purge', { datasetIds: ids[1] })).toMatchObject([{ success_count: 1 }]);
		await bench.until(async () => (await dataset(historyId, ids[1])).purged === true);
		expect(await dataset(historyId, ids[0])).toMatchObject({ deleted: false, purged: false });
	});

	it('get a genome build and a datatype', async () => {
		const { historyId, ids } = await newContent();
		expect(await bulk(historyId, 'change_dbkey', { datasetIds: ids, dbkey: '?' })).toMatchObject([{ success_count: 2 }]);
		expect(await bulk(historyId, 'change_datatype', { datasetIds: ids[0], datatype: 'tabular' })).toMatchObject([{ success_count: 1 }]);
		await bench.until(async () => (await dataset(historyId, ids[0])).extension === 'tabular');
		expect(await dataset(historyId, ids[1])).toMatchObject({ genome_build: '?', extension: 'txt' });
	});

	it('are told of when some could not be changed, and fail when none could', async () => {
		const { historyId, ids } = await newContent();
		await bench.galaxy(`DELETE datasets/${ids[1]}?purge=true`);
		await bench.until(async () => (await dataset(historyId, ids[1])).purged === true);
		const [done] = await bulk(historyId, 'undelete', { datasetIds: ids });
		expect(done).toMatchObject({ success_count: 1, errors: [{ item: { id: ids[1] } }] });
		const { error } = await bench.run('historyContent', 'bulkOperation', { historyId: byId(historyId), bulkOperation: 'undelete', datasetIds: ids[1] });
		expect(error?.message).toMatch(/^Nothing was done: /);
	});

	it.each([
		['nothing', {}, 'It is not said with which items'],
		['commas alone', { datasetIds: ' , ' }, 'It is not said with which items'],
		['everything beside some', { allItems: true, datasetIds: 'a' }, 'The items are chosen in several ways: All Items, Dataset IDs and Collection IDs'],
		['filters beside some', { filters: { name: 'x' }, collectionIds: 'a' }, 'The items are chosen in several ways: Dataset IDs and Collection IDs, Filters'],
	])('are left alone when %s is chosen', async (_what, chosen, message) => {
		const { error } = await bench.run('historyContent', 'bulkOperation', { historyId: byId(filled), bulkOperation: 'purge', ...chosen });
		expect(error?.message).toBe(message);
		expect(bench.arrived()).toHaveLength(0);
	});

	it('get no datatype where the server could not do it', async () => {
		bench.simulator.faults.add({ path: 'configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		const { error } = await bench.run('historyContent', 'bulkOperation', { historyId: byId(filled), bulkOperation: 'change_datatype', datatype: 'bed', allItems: true });
		expect(error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived('PUT histories/{history_id}/contents/bulk')).toHaveLength(0);
	});

	it('are hidden and deleted in a batch', async () => {
		const { historyId, ids, collectionId } = await newContent();
		const given = { historyId: byId(historyId), datasetIds: ids[0], collectionIds: collectionId };
		expect(await json('historyContent', 'batchUpdate', { ...given, additionalFields: { visible: false, deleted: true, view: 'summary', keys: 'id' } })).toMatchObject([{ id: ids[0], visible: false, deleted: true }, { id: collectionId, visible: false, deleted: true }]);
		expect((await bench.run('historyContent', 'batchUpdate', given)).error?.message).toBe('Nothing is to be changed');
		expect((await bench.run('historyContent', 'batchUpdate', { historyId: byId(historyId), additionalFields: { visible: true } })).error?.message).toBe('No item is given');
	});
});

describe('a copy into a history', () => {
	let target: string;
	beforeAll(async () => {
		target = await bench.newHistory();
	});

	const copy = async (copyFrom: string, parameters: object) => await json('historyContent', 'copyIntoHistory', { historyId: byId(target), copyFrom, ...parameters });

	it('is made of a dataset and of a collection', async () => {
		expect(await copy('hda', { content: datasets[0], additionalFields: { view: 'summary', keys: 'id' } })).toMatchObject([{ name: 'text 1', history_content_type: 'dataset', id: expect.not.stringMatching(datasets[0]) }]);
		expect(await copy('hdca', { content: collection, additionalFields: { copyElements: true, dbkey: 'hg19' } })).toMatchObject([{ name: 'Samples', history_content_type: 'dataset_collection' }]);
		expect(bench.arrived('POST histories/{history_id}/contents/{type}s').map(({ body }) => body)).toEqual([
			{ source: 'hda', content: datasets[0], type: 'dataset' },
			{ source: 'hdca', content: collection, copy_elements: true, dbkey: 'hg19', type: 'dataset_collection' },
		]);
	});

	it('is made of a library dataset, and of a library folder', async () => {
		const { key } = bench.simulator.info.admin;
		const { root_folder_id: root } = await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: `For histories ${Date.now()}` }, key);
		const own = await bench.galaxy<{ id: string }>('POST histories', { name: 'For the library' }, key);
		await bench.galaxy(`PUT datasets/${datasets[0]}/permissions`, { action: 'remove_restrictions' });
		const { id: hda } = await bench.galaxy<{ id: string }>(`POST histories/${own.id}/contents/datasets`, { source: 'hda', content: datasets[0] }, key);
		const { id } = await bench.galaxy<{ id: string }>(`POST folders/${root}/contents`, { from_hda_id: hda }, key);
		expect(await copy('library', { content: id })).toMatchObject([{ name: 'text 1', history_content_type: 'dataset' }]);
		expect(await copy('library_folder', { content: root })).toMatchObject([{ name: 'text 1' }]);
	});

	it('is made as a new collection', async () => {
		const elementIdentifiers = [{ name: 'p', tags: ['u'], src: 'new_collection', collection_type: 'list', element_identifiers: [{ name: 'q', src: 'hda', id: datasets[0], tags: ['t'] }] }];
		expect(await copy('new_collection', { collectionType: 'list:list', elementIdentifiers: JSON.stringify(elementIdentifiers), additionalFields: { name: 'Nested', hideSourceItems: false, copyElements: false } })).toMatchObject([{ name: 'Nested', collection_type: 'list:list' }]);
	});

	it('is made as a sample sheet', async () => {
		const elementIdentifiers = [{ name: 'a', src: 'hda', id: datasets[0] }];
		const additionalFields = { name: 'Sheet', columnDefinitions: [{ name: 'age', type: 'int', optional: false }], rows: { a: [4] } };
		expect(await copy('new_collection', { collectionType: 'sample_sheet', elementIdentifiers, additionalFields })).toMatchObject([{ name: 'Sheet', collection_type: 'sample_sheet' }]);
	});

	it('as a record is refused by this release, whatever its fields', async () => {
		const given = { historyId: byId(target), copyFrom: 'new_collection', collectionType: 'record', elementIdentifiers: [{ name: 'p', src: 'hda', id: datasets[0] }] };
		const { error } = await bench.run('historyContent', 'copyIntoHistory', { ...given, additionalFields: { recordFields: [{ name: 'p', type: 'File' }] } });
		expect(error?.message).toMatch(/^Galaxy refused the request: .*fields/);
		expect(bench.arrived('POST histories/{history_id}/contents/{type}s')[0].body).toMatchObject({ fields: [{ name: 'p', type: 'File' }] });
	});

	it('needs to be told what', async () => {
		const { error } = await bench.run('historyContent', 'copyIntoHistory', { historyId: byId(target), content: ' ' });
		expect(error?.message).toBe('"Source ID" is empty');
	});
});

describe('an archive', () => {
	/** A file that the operation gives out. */
	async function file(operation: string, parameters: object) {
		const { outputs, error } = await bench.run('historyContent', operation, { historyId: byId(filled), ...parameters });
		if (error) throw error;
		const [{ json: about, binary }] = outputs[0];
		return { about, bytes: await bench.engine.bytes(binary!.data) };
	}

	it('of the data of a history comes as one zip', async () => {
		const { about, bytes } = await file('downloadArchive', { archiveName: 'both', filters: { contentType: 'dataset', name: 'text', visible: true } });
		expect(about).toMatchObject({ fileName: 'both.zip', mimeType: 'application/x-zip-compressed', fileSize: bytes.length });
		const found = [...bytes.toString('latin1').matchAll(/both\/[\w.]+\.txt/g)].map(([name]) => name);
		expect([...new Set(found)]).toEqual(['both/1.text_1.txt', 'both/2.text_2.txt']);
	});

	it('that breaks off in the middle leaves no file behind', async () => {
		const before = await bench.engine.stored();
		bench.simulator.faults.add({ path: 'contents/archive', kind: 'cut', after: true });
		bench.simulator.faults.add({ path: 'contents/archive', kind: 'cut', times: 9 });
		const { error } = await bench.run('historyContent', 'downloadArchive', { historyId: byId(filled), archiveName: 'x' });
		expect(error?.message).toMatch(/^Galaxy cannot be reached after/);
		expect(await bench.engine.stored()).toEqual(before);
	});

	it('of one item is prepared and downloaded', async () => {
		const { about, bytes } = await file('exportItem', { itemId: byId(datasets[0]), modelStoreFormat: 'rocrate.zip', additionalFields: { includeFiles: true, includeDeleted: false, includeHidden: false } });
		expect(about).toMatchObject({ fileName: expect.stringMatching(/\.rocrate\.zip$/), fileSize: bytes.length, succeeded: true });
		expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK');
	});

	it('of one item is written into a file source, as documented: Galaxy 26.1.2 itself fails at it', async () => {
		const id = '569c54de-d7c8-4c0e-8181-0dc7c4117761';
		bench.simulator.faults.add({ method: 'POST', path: 'write_store', kind: 'status', after: true, status: 200, body: { id, ignored: false, name: null, queue: null } });
		bench.simulator.faults.add({ path: `tasks/${id}/state`, kind: 'status', status: 200, body: '"SUCCESS"' });
		const chosen = { historyId: byId(filled), itemType: 'dataset_collection', itemId: byId(collection), targetUri: 'gxftp://item.tar.gz' };
		const fields = { includeFiles: true, includeDeleted: false, includeHidden: true, ignoreErrors: false };
		expect(await json('historyContent', 'exportItemToStore', { ...chosen, waitForCompletion: true, additionalFields: fields })).toMatchObject([{ id, finished: true, succeeded: true }]);
		const [{ path, body }] = bench.arrived('POST histories/{history_id}/contents/{type}s/{id}/write_store');
		expect(path).toContain(`/dataset_collections/${collection}/`);
		expect(body).toEqual({ model_store_format: 'tar.gz', target_uri: 'gxftp://item.tar.gz', include_files: true, include_deleted: false, include_hidden: true, ignore_errors: false });
	});

	it('in a file source is imported into another history', async () => {
		const targetUri = `gxftp://content-${filled}.tar.gz`;
		const { id } = await bench.galaxy(`POST histories/${filled}/write_store`, { target_uri: targetUri, model_store_format: 'tar.gz', include_hidden: true });
		await bench.until(async () => (await bench.galaxy<unknown>(`GET tasks/${String(id)}/state`)) === 'SUCCESS');
		const target = await bench.newHistory();
		const fields = { modelStoreFormat: 'tar.gz', discardedData: 'allow', view: 'summary', keys: 'id' };
		const imported = await json('historyContent', 'importFromStore', { historyId: byId(target), storeContentUri: targetUri, additionalFields: fields });
		expect(imported.map(({ name }) => name)).toEqual(expect.arrayContaining(['text 1', 'text 2']));
		expect(await bench.galaxy(`GET histories/${target}?keys=state_details`)).toMatchObject({ state_details: { ok: imported.length } });
	});

	it('as JSON is imported, too', async () => {
		const target = await bench.newHistory();
		expect(await json('historyContent', 'importFromStore', { historyId: byId(target), storeFrom: 'dict', storeDict: { datasets: [], collections: [] } })).toEqual([]);
	});

	it('of one item is not begun where nothing would ever come', async () => {
		bench.simulator.faults.add({ path: 'configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false }, times: 2 });
		const chosen = { historyId: byId(filled), itemId: byId(datasets[0]), targetUri: 'gxftp://x.tgz' };
		for (const operation of ['exportItem', 'exportItemToStore']) expect((await bench.run('historyContent', operation, chosen)).error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived().map(({ method }) => method)).toEqual(['GET', 'GET']);
	});
});
