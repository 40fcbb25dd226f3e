import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

/** Text as the blocks of a BGZF file, in which tabix makes an index. */
function blocked(text: string): Buffer {
	const block = (content: string) => {
		const bytes = Buffer.from(content);
		const packed = deflateRawSync(bytes);
		const head = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0, 0, 0]);
		head.writeUInt16LE(packed.length + 25, 16);
		const tail = Buffer.alloc(8);
		tail.writeUInt32LE(crc32(bytes));
		tail.writeUInt32LE(bytes.length, 4);
		return Buffer.concat([head, packed, tail]);
	};
	return Buffer.concat([block(text), block('')]);
}

const VCF = '##fileformat=VCFv4.2\n##contig=<ID=chr1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t10\t.\tA\tG\t.\t.\t.\n';
const PAGE = '<html><body><h1>Report</h1></body></html>\n';

const bench = new Bench();
let historyId: string;
/** IDs of datasets by their names. */
const ids: Record<string, string> = {};

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Datasets');
	const pasted = (name: string, ext: string, text: string) => ({ src: 'pasted', name, ext, paste_content: text });
	const elements = [
		{ ...pasted('regions', 'bed', 'chr1\t1\t9\nchr1\t20\t29\nchr2\t5\t7\n'), dbkey: 'hg38' },
		pasted('table', 'tabular', 'a\tb\nc\td\n'),
		pasted('page', 'html', PAGE),
		pasted('text', 'txt', 'some text\n'),
		{ src: 'url', name: 'noted', ext: 'json', url: `${bench.simulator.info.url}/api/version`, deferred: true },
		{ src: 'url', name: 'failed', url: 'http://127.0.0.1:9/none' },
		{ src: 'url', name: 'variants', ext: 'vcf_bgzip', url: `base64://${blocked(VCF).toString('base64')}` },
		{ src: 'composite', name: 'assembly', ext: 'velvet', composite: { elements: ['a\n', 'b\n', 'c\n'].map((text) => ({ src: 'pasted', paste_content: text })) } },
	];
	const { outputs, jobs } = await bench.galaxy<{ outputs: IDataObject[]; jobs: IDataObject[] }>('POST tools/fetch', { history_id: historyId, targets: [{ destination: { type: 'hdas' }, elements }] });
	outputs.forEach(({ id }, i) => (ids[elements[i].name] = String(id)));
	await bench.until(async () => (await bench.galaxy(`GET jobs/${String(jobs[0].id)}`)).state === 'ok');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const of = (name: string): IDataObject => ({ datasetId: byId(ids[name]) });

/** A fresh copy of a dataset. */
async function copyOf(name: string): Promise<string> {
	return String((await bench.galaxy(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content: ids[name] })).id);
}

/** The file that comes out, with what is said of it. */
async function file(operation: string, parameters: IDataObject): Promise<{ json: IDataObject; text: string; mimeType: string }> {
	const { outputs, error } = await bench.run('dataset', operation, parameters);
	if (error) throw error;
	const [{ json: about, binary }] = outputs[0];
	const { data } = binary as Record<string, { mimeType: string; data: string }>;
	return { json: about, mimeType: data.mimeType, text: (await bench.engine.bytes(data)).toString('latin1') };
}

describe('a dataset', () => {
	it('is read, and found by filters', async () => {
		expect(await json('dataset', 'get', of('regions'))).toMatchObject([{ id: ids.regions, name: 'regions', state: 'ok', extension: 'bed', genome_build: 'hg38' }]);
		expect(await json('dataset', 'get', { ...of('regions'), simplify: false, additionalFields: { hdaLdda: 'hda', view: 'summary', keys: 'peek' } })).toMatchObject([{ id: ids.regions, peek: expect.any(String) }]);
		const filters = { historyId: byId(historyId), extensions: 'bed,html', states: ['ok'], name: 'e', order: 'name-asc', view: 'summary', keys: 'id' };
		expect((await json('dataset', 'getAll', { filters })).map(({ name }) => name)).toEqual(['page', 'regions']);
		expect(bench.arrived('GET datasets')[0].query).toMatchObject({ history_id: [historyId], q: expect.arrayContaining(['extension-in', 'state-in']), limit: ['50'] });
	});

	it('is changed, and a job sets its type', async () => {
		const id = await copyOf('text');
		const additionalFields = { name: 'new name', tags: 'a,b', annotation: 'a note', genomeBuild: 'hg19', visible: false, view: 'detailed', keys: 'annotation' };
		expect(await json('dataset', 'update', { datasetId: byId(id), additionalFields, simplify: false })).toMatchObject([{ id, name: 'new name', tags: ['a', 'b'], annotation: 'a note', genome_build: 'hg19', visible: false }]);
		expect(await json('dataset', 'update', { datasetId: byId(id), additionalFields: { datatype: 'tabular' }, waitForCompletion: true })).toMatchObject([{ extension: 'tabular', state: 'ok', succeeded: true }]);
		expect(await json('dataset', 'update', { datasetId: byId(id), additionalFields: { metadata: { columns: 3 } }, waitForCompletion: true, simplify: false })).toMatchObject([{ state: 'ok' }]);
		expect(bench.arrived('PUT datasets/{dataset_id}').at(-1)?.body).toEqual({ metadata_columns: 3 });
		const { error } = await bench.run('dataset', 'update', { datasetId: byId(id) });
		expect(error?.message).toBe('Nothing is to be changed');
	});

	it('is deleted and brought back, until it is purged', async () => {
		const id = await copyOf('text');
		expect(await json('dataset', 'delete', { datasetId: byId(id) })).toEqual([{ deleted: true, purged: false }]);
		expect(await json('dataset', 'undelete', { datasetId: byId(id), simplify: false })).toMatchObject([{ id, deleted: false }]);
		expect(await json('dataset', 'delete', { datasetId: byId(id), purge: true, additionalFields: { stopJob: true } })).toEqual([{ deleted: true, purged: true }]);
		await bench.until(async () => (await bench.galaxy(`GET datasets/${id}`)).purged === true);
		const { error } = await bench.run('dataset', 'undelete', { datasetId: byId(id) });
		expect(error?.message).toBe('The dataset cannot be brought back');
		expect((await bench.run('dataset', 'download', { datasetId: byId(id) })).error?.message).toBe('The data of "text" is gone for good');
	});

	it('is deleted with others at once, and what was not is told', async () => {
		const [one, two] = [await copyOf('text'), await copyOf('text')];
		expect(await json('dataset', 'deleteMany', { datasetIds: `${one},${two}`, purge: true })).toEqual([{ deleted: true, count: 2, purged: true }]);
		bench.login = 'admin';
		const folder = (await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: 'Deleted' }, bench.simulator.info.admin.key)).root_folder_id;
		const made = await bench.galaxy<{ id: string }>(`POST folders/${folder}/contents`, { from_hda_id: ids.table }, bench.simulator.info.admin.key);
		expect(await json('dataset', 'deleteMany', { libraryDatasetIds: made.id })).toEqual([{ deleted: true, count: 1, purged: false }]);
		bench.login = 'user';
		const others = await bench.galaxy<{ id: string }>(`POST histories/${(await bench.galaxy<{ id: string }>('POST histories', { name: 'Of another' }, bench.simulator.info.admin.key)).id}/contents/datasets`, { source: 'hda', content: ids.text }, bench.simulator.info.admin.key);
		const { error } = await bench.run('dataset', 'deleteMany', { datasetIds: [await copyOf('text'), others.id] });
		expect(error?.message).toMatch(/^Galaxy did not delete 1 of 2 datasets: /);
		expect(error?.description).toMatch(/^1 datasets are deleted/);
		expect((await bench.run('dataset', 'deleteMany')).error?.message).toBe('No dataset is given');
	});

	it('is waited for, and told why it failed', async () => {
		expect(await json('dataset', 'wait', of('regions'))).toMatchObject([{ state: 'ok', finished: true, succeeded: true }]);
		const { error } = await bench.run('dataset', 'wait', of('failed'));
		expect(error?.message).toBe(`The dataset ${ids.failed} ended as "error"`);
		expect(error?.description).toMatch(/Connection refused/);
		bench.simulator.faults.add({ method: 'GET', path: `datasets/${ids.text}`, kind: 'status', status: 200, body: { id: ids.text, state: 'paused' }, times: 2 });
		expect((await bench.run('dataset', 'wait', of('text'))).error?.description).toMatch(/It is paused and does not go on by itself/);
	});
});

describe('the data of a dataset', () => {
	it('is downloaded, as it is named there or otherwise', async () => {
		const table = await file('download', of('table'));
		expect(table).toMatchObject({ text: 'a\tb\nc\td\n', json: { id: ids.table, fileName: expect.stringMatching(/^Galaxy\d+-\[table\]\.tabular$/), fileSize: 8 } });
		expect(bench.arrived('GET datasets/{history_content_id}/display')[0].query).toEqual({ to_ext: ['data'] });
		expect(await file('download', { ...of('table'), toExt: 'tsv' })).toMatchObject({ json: { fileName: expect.stringMatching(/\.tsv$/) } });
		expect(await file('download', { ...of('assembly'), additionalFields: { filename: 'Log', raw: true } })).toMatchObject({ text: 'c\n' });
	});

	it('may be a web page, which comes as a zip unless it is wanted raw', async () => {
		expect(await file('download', of('page'))).toMatchObject({ mimeType: 'application/zip', text: expect.stringMatching(/^PK/), json: { fileName: 'page.zip', mimeType: 'application/zip' } });
		expect(await file('download', { ...of('page'), additionalFields: { raw: true } })).toMatchObject({ text: PAGE, json: { fileName: 'page.html' } });
	});

	it('is refused where there is none', async () => {
		const noted = await bench.run('dataset', 'download', of('noted'));
		expect([noted.error?.message, noted.error?.description]).toEqual(['The data of "noted" is not on the server', expect.stringContaining('"Materialize"')]);
		const failed = await bench.run('dataset', 'download', of('failed'));
		expect([failed.error?.message, failed.error?.description]).toEqual(['"failed" has no data that is good: it is "error"', expect.stringContaining('refused')]);
		expect(bench.arrived('GET datasets/{history_content_id}/display')).toHaveLength(0);
		bench.simulator.faults.add({ method: 'GET', path: `datasets/${ids.text}`, kind: 'status', status: 200, body: { id: ids.text, name: 'text', state: 'running' } });
		expect((await bench.run('dataset', 'download', of('text'))).error?.message).toBe('"text" is not ready: it is "running"');
		expect(await file('download', { ...of('failed'), additionalFields: { anyState: true } })).toMatchObject({ text: '' });
	});

	it('is shown as text, in part, or as rows', async () => {
		expect(await json('dataset', 'getText', of('text'))).toMatchObject([{ item_data: 'some text\n', truncated: false }]);
		expect(await json('dataset', 'getText', { ...of('assembly'), additionalFields: { filename: 'Log' } })).toMatchObject([{ item_data: 'c\n' }]);
		expect(await json('dataset', 'getPreview', of('page'))).toEqual([{ text: PAGE }]);
		expect(await json('dataset', 'getPreview', { ...of('table'), additionalFields: { offset: 4, ckSize: 4 } })).toEqual([{ ck_data: 'c\td\n', offset: 8, data_line_offset: 0 }]);
		expect(await json('dataset', 'getPreview', { ...of('assembly'), additionalFields: { filename: 'Log' } })).toEqual([{ text: 'c\n' }]);
		expect(await json('dataset', 'getRows', { ...of('regions'), provider: 'dataset-column', limit: 2 })).toEqual([{ values: ['chr1', 1, 9] }, { values: ['chr1', 20, 29] }]);
		expect(await json('dataset', 'getRows', { ...of('regions'), provider: 'genomic-region-dict', returnAll: true })).toContainEqual({ chrom: 'chr2', start: 5, end: 7 });
		expect(await json('dataset', 'getRows', { ...of('text'), limit: 1 })).toEqual([{ line: 'some text' }]);
	});

	it('has files beside it', async () => {
		expect(await file('downloadMetadataFile', { ...of('variants'), metadataFile: 'tabix_index' })).toMatchObject({ text: expect.stringMatching(/^\x1f\x8b/), json: { fileName: expect.stringMatching(/\.tbi$/) } });
		expect(await json('dataset', 'getExtraFiles', { ...of('assembly'), returnAll: true })).toContainEqual({ class: 'File', path: 'Log' });
		expect(await file('downloadExtraFile', { ...of('assembly'), extraFile: 'Log' })).toMatchObject({ text: 'c\n', json: { fileName: 'Log' } });
	});

	it('is fetched when it was only noted', async () => {
		expect(await json('dataset', 'materialize', { ...of('noted'), historyId: byId(historyId), waitForCompletion: true })).toMatchObject([{ name: 'noted', state: 'ok', succeeded: true }]);
		const { error } = await bench.run('dataset', 'materialize', of('text'));
		expect(error?.message).toBe('The dataset is not deferred: it is "ok"');
		expect(bench.arrived('POST histories/{history_id}/contents/datasets/{id}/materialize')).toHaveLength(1);
	});

	it('has a checksum that the server computes', async () => {
		const [{ hashes, succeeded }] = await json('dataset', 'computeHash', { ...of('text'), hashFunction: 'SHA-1', additionalFields: { hdaLdda: 'hda' }, waitForCompletion: true });
		expect(succeeded).toBe(true);
		expect(hashes).toContainEqual(expect.objectContaining({ hash_function: 'SHA-1', hash_value: createHash('sha1').update('some text\n').digest('hex') }));
		expect(await json('dataset', 'computeHash', { ...of('assembly'), additionalFields: { extraFilesPath: 'Log' } })).toMatchObject([{ id: expect.any(String) }]);
		bench.simulator.faults.add({ method: 'GET', path: 'configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		expect((await bench.run('dataset', 'computeHash', of('text'))).error?.message).toBe('This Galaxy server has no workers for long tasks');
	});
});

describe('what Galaxy knows of a dataset', () => {
	it('is how it was made, and of what', async () => {
		expect(await json('dataset', 'getProvenance', { ...of('regions'), additionalFields: { follow: true } })).toMatchObject([{ id: ids.regions, tool_id: '__DATA_FETCH__' }]);
		expect(await json('dataset', 'getParameters', { ...of('regions'), additionalFields: { hdaLdda: 'hda' } })).toMatchObject([{ parameters: expect.any(Array) }]);
		expect(await json('dataset', 'getInheritanceChain', { datasetId: byId(await copyOf('text')), returnAll: true, filters: { hdaLdda: 'hda' } })).toMatchObject([{ name: expect.stringContaining('text') }]);
		expect(await json('dataset', 'getToolReport', of('text'))).toMatchObject([{ content: 'some text\n' }]);
	});

	it('is where it is kept, and whether it is what it says', async () => {
		expect(await json('dataset', 'getStorage', { ...of('regions'), additionalFields: { hdaLdda: 'hda' } })).toMatchObject([{ dataset_state: 'ok', shareable: true }]);
		expect(await json('dataset', 'setObjectStore', { ...of('variants'), objectStoreId: byId('default') })).toEqual([{ success: true }]);
		expect(bench.arrived('PUT datasets/{dataset_id}/object_store_id')[0].body).toEqual({ object_store_id: 'default' });
		expect(await json('dataset', 'validateMetadata', of('regions'))).toMatchObject([{ id: ids.regions, validated_state: expect.stringMatching(/^(ok|unknown|invalid)$/) }]);
	});

	it('is an object that the user has put beside it', async () => {
		expect(await json('dataset', 'getExtendedMetadata', of('page'))).toEqual([{}]);
		expect(await json('dataset', 'setExtendedMetadata', { ...of('page'), extendedMetadata: { sample: { age: 7 } } })).toEqual([{ success: true }]);
		expect(await json('dataset', 'getExtendedMetadata', { ...of('page'), historyId: byId(historyId) })).toEqual([{ sample: { age: 7 } }]);
	});

	it('is which other types of it are there; it is converted by a fault\'s answer, since users of keys alone have no current history', async () => {
		expect(await json('dataset', 'getConverted', of('regions'))).toEqual([{}]);
		bench.simulator.faults.add({ method: 'GET', path: '/converted/gff', kind: 'status', status: 200, body: { id: ids.regions, state: 'ok', extension: 'gff' } });
		expect(await json('dataset', 'convert', { ...of('regions'), fileType: 'gff', additionalFields: { view: 'detailed', keys: 'state' } })).toEqual([{ id: ids.regions, state: 'ok', extension: 'gff' }]);
		expect((await bench.run('dataset', 'convert', { ...of('regions'), fileType: 'bam' })).error?.message).toMatch(/Conversion not possible/);
	});

	it('is what viewers of tracks ask for; of a genome by a fault\'s answer, since the server has no index', async () => {
		expect(await json('dataset', 'getData', of('regions'))).toEqual([{ state: expect.stringMatching(/^(data|pending)$/) }]);
		expect(await json('dataset', 'getData', { ...of('regions'), dataType: 'track_config' })).toMatchObject([{ id: ids.regions }]);
		bench.simulator.faults.add({ method: 'GET', path: `datasets/${ids.regions}`, kind: 'status', status: 200, body: { data: [[1, 9]], dataset_type: 'interval_index' } });
		const additionalFields = { chrom: 'chr1', low: 0, high: 100, dbkey: 'hg38', startVal: 0, maxVals: 10, mode: 'Auto', resolution: 1.5, retry: true, query: 'a' };
		expect(await json('dataset', 'getData', { ...of('regions'), dataType: 'data', additionalFields })).toEqual([{ data: [[1, 9]], dataset_type: 'interval_index' }]);
		expect(bench.arrived('GET datasets/{dataset_id}').at(-1)?.query).toMatchObject({ data_type: ['data'], chrom: ['chr1'], low: ['0'], high: ['100'], max_vals: ['10'] });
	});
});

describe('the permissions of a dataset', () => {
	it('are private or public, or roles that are added and removed', async () => {
		const id = await copyOf('regions');
		const [mine] = (await bench.galaxy<Array<{ id: string; name: string; type: string }>>('GET roles')).filter(({ type }) => type === 'private');
		const set = async (parameters: IDataObject) => (await json('dataset', 'setPermissions', { datasetId: byId(id), ...parameters }))[0];
		expect(await set({ change: 'add', canManage: [mine.id], canModify: [mine.id] })).toMatchObject({ access_dataset_roles: [], manage_dataset_roles: [{ id: mine.id }] });
		expect(bench.arrived('PUT datasets/{dataset_id}/permissions')[0].body).toMatchObject({ action: 'set_permissions', 'access_ids[]': [], 'manage_ids[]': [mine.id], 'modify_ids[]': [mine.id] });
		expect(await set({ change: 'add', canAccess: [mine.id] })).toMatchObject({ access_dataset_roles: [{ id: mine.id }], manage_dataset_roles: [{ id: mine.id }] });
		expect(await set({ change: 'remove', canAccess: [mine.id] })).toMatchObject({ access_dataset_roles: [], manage_dataset_roles: [{ id: mine.id }] });
		expect(await set({ change: 'make_private' })).toMatchObject({ access_dataset_roles: [{ name: mine.name, id: mine.id }] });
		expect(await set({ change: 'remove_restrictions' })).toMatchObject({ access_dataset_roles: [] });
		expect((await bench.run('dataset', 'setPermissions', { datasetId: byId(id), change: 'add' })).error?.message).toBe('No role is given');
	});
});
