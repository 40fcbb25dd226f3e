import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let historyId: string;
beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('Uploads');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const upload = async (parameters: IDataObject, items?: INodeExecutionData[]) => await bench.run('dataset', 'upload', { historyId: byId(historyId), waitForCompletion: true, ...parameters }, { items });

/** What came of an upload that went well. */
async function uploaded(parameters: IDataObject, items?: INodeExecutionData[]): Promise<IDataObject[]> {
	const { outputs, error } = await upload(parameters, items);
	if (error) throw error;
	return outputs[0].map((item) => item.json);
}

const textOf = async ({ id }: IDataObject) => String((await bench.galaxy(`GET datasets/${String(id)}/get_content_as_text`)).item_data);

/** The uploads that arrived, as Galaxy got them. */
const targets = () => bench.arrived('POST tools/fetch').map(({ body }) => (body as { targets: IDataObject[] }).targets[0]);

/** An address of the server itself, which it may read. */
const url = () => `${bench.simulator.info.url}/api/version`;

/** A file under a name of its own, in a folder of the server. */
async function fileIn(folder: string, text: string): Promise<string> {
	const name = `reads-${randomBytes(6).toString('hex')}.txt`;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, name), text);
	return name;
}

async function zipOf(texts: Record<string, string>): Promise<Buffer> {
	const zip = new ZipWriter(new Uint8ArrayWriter());
	for (const [name, text] of Object.entries(texts)) await zip.add(name, new TextReader(text));
	return Buffer.from(await zip.close());
}

describe('an upload of text', () => {
	it('becomes a dataset with all that is said of it', async () => {
		const additionalFields = { names: 'regions', fileType: 'bed', genomeBuild: 'hg38', tags: 'run:7', info: 'by hand', note: 'some regions', spaceToTab: true, autoDecompress: false, createdFromBasename: 'regions.txt' };
		const [dataset] = await uploaded({ source: 'text', text: 'chr1 1 9\r\nchr2 2 8\r\n', additionalFields });
		expect(dataset).toMatchObject({ name: 'regions', state: 'ok', file_ext: 'bed', file_size: 18, finished: true, succeeded: true });
		expect(await bench.galaxy(`GET datasets/${String(dataset.id)}`)).toMatchObject({ genome_build: 'hg38', tags: ['run:7'], created_from_basename: 'regions.txt' });
		expect(await textOf(dataset)).toBe('chr1\t1\t9\nchr2\t2\t8\n');
	});
});

describe('an upload of files', () => {
	it('takes small ones along, each as a dataset, with its own line ends where wanted', async () => {
		const items = [await bench.engine.itemWithFile(Buffer.from('one\r\n'), 'one.txt')];
		const { binary } = await bench.engine.itemWithFile(Buffer.from('two\n'), 'two.txt');
		items[0].binary = { ...items[0].binary, second: (binary as Required<INodeExecutionData>['binary']).data };
		const datasets = await uploaded({ inputFields: 'data,second', additionalFields: { fileType: 'txt', toPosixLines: false } }, items);
		expect(datasets).toMatchObject([{ name: 'one.txt', file_size: 5 }, { name: 'two.txt', file_size: 4 }]);
		expect(await textOf(datasets[1])).toBe('two\n');
		expect(bench.arrived('POST upload/resumable_upload')).toHaveLength(0);
		expect(bench.arrived('POST tools/fetch')[0].body).toMatchObject({ files: [{ name: 'files_0|file_data', size: 5 }, { name: 'files_1|file_data', size: 4 }] });
	});

	it('sends large ones in chunks, and goes on where one broke off', async () => {
		const bytes = randomBytes(12_500_000);
		const items = [await bench.engine.itemWithFile(bytes, 'large.bin')];
		// the second chunk arrives, but its answer gets lost
		bench.simulator.faults.add({ method: 'PATCH', path: 'resumable_upload', kind: 'cut', after: true, skip: 1 });
		const [dataset] = await uploaded({ additionalFields: { fileType: 'data' } }, items);
		expect(dataset).toMatchObject({ name: 'large.bin', state: 'ok', file_size: bytes.length });
		expect(bench.arrived('PATCH upload/resumable_upload/{uuid}')).toHaveLength(2);
		expect(bench.arrived('HEAD upload/resumable_upload/{uuid}')).toHaveLength(1);
		const stored = await bench.run('dataset', 'download', { datasetId: byId(String(dataset.id)) });
		expect((await bench.engine.bytes((stored.outputs[0][0].binary as Required<INodeExecutionData>['binary']).data)).equals(bytes)).toBe(true);
	});

	it('sends a chunk again that Galaxy does not have', async () => {
		const items = [await bench.engine.itemWithFile(randomBytes(10_000_001), 'large.bin')];
		bench.simulator.faults.add({ method: 'PATCH', path: 'resumable_upload', kind: 'status', status: 502 });
		const { error } = await upload({ waitForCompletion: false }, items);
		expect(error).toBeUndefined();
		expect(bench.arrived('PATCH upload/resumable_upload/{uuid}')).toHaveLength(3);
	});

	it('is refused where the elements want other files than there are', async () => {
		const items = [await bench.engine.itemWithFile(Buffer.from('one\n'), 'one.txt')];
		const { error } = await upload({ source: 'elements', elements: [{ src: 'files' }, { src: 'files' }] }, items);
		expect(error?.message).toBe('The elements want 2 files, and there are 1');
	});
});

describe('an upload from elsewhere', () => {
	it('reads an address, or notes it alone', async () => {
		const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
		const requestHeaders = { 'x-of-the-file': 'value' };
		const [fetched, [noted], wrong] = await Promise.all([
			uploaded({ source: 'urls', urls: `${url()}\n${url()}?x`, additionalFields: { names: 'a,b', requestHeaders } }),
			uploaded({ source: 'urls', urls: url(), additionalFields: { deferred: true, fileType: 'json' } }),
			upload({ source: 'urls', urls: url(), additionalFields: { checksum, checksumFunction: 'MD5' } }),
		]);
		expect(fetched).toMatchObject([{ name: 'a', state: 'ok' }, { name: 'b', state: 'ok' }]);
		expect(noted).toMatchObject({ name: 'version', state: 'deferred', succeeded: true });
		expect(targets()).toContainEqual(expect.objectContaining({ elements: [expect.objectContaining({ hashes: [{ hash_function: 'MD5', hash_value: checksum }] })] }));
		// the job itself ends well
		expect(wrong.error?.message).toMatch(/^The upload \w+ ended as "error"/);
		expect(wrong.error?.description).toMatch(new RegExp(`expected \\[${checksum}\\]`));
	});

	it('says why an address could not be read', async () => {
		const returned = await uploaded({ source: 'urls', urls: 'http://127.0.0.1:9/none', options: { onFailure: 'return' } });
		expect(returned).toMatchObject([{ state: 'error', finished: true, succeeded: false, misc_info: expect.stringMatching(/refused/) }]);
	});

	it('is refused before anything is sent where an address is none', async () => {
		const { error } = await upload({ source: 'urls', urls: 'www.example.org/reads' });
		expect(error?.message).toBe('"www.example.org/reads" is not an address');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('takes files of the server: of the FTP and the import directory, and for administrators from any path', async () => {
		const { importFolder, user } = bench.simulator.info;
		const [ftp, imported, path] = [await fileIn(join(importFolder, '../ftp', user.email), 'ftp\n'), await fileIn(importFolder, 'import\n'), await fileIn(importFolder, 'path\n')];
		const ofUser = uploaded({ source: 'ftp', ftpFiles: ftp });
		const refused = await upload({ source: 'paths', serverPaths: join(importFolder, path) });
		expect(refused.error?.description).toMatch(/administrators/);
		expect((await ofUser).map(({ state }) => state)).toEqual(['ok']);
		bench.login = 'admin';
		const home = { historyId: byId((await bench.galaxy<{ id: string }>('POST histories', { name: 'Uploads' }, bench.simulator.info.admin.key)).id) };
		const [fromImport, fromPath] = await Promise.all([
			uploaded({ ...home, source: 'directory', importPaths: imported }),
			uploaded({ ...home, source: 'paths', serverPaths: join(importFolder, path), additionalFields: { linkOnly: true } }),
		]);
		expect([...fromImport, ...fromPath]).toMatchObject([{ name: imported, state: 'ok' }, { name: path, state: 'ok' }]);
	});
});

describe('an upload into a collection', () => {
	it('makes a list, pairs, or what an archive holds', async () => {
		const items = [await bench.engine.itemWithFile(await zipOf({ 'one.txt': '1\n', 'two.txt': '2\n' }), 'some.zip')];
		const elements = [{ name: 'S1', elements: [{ src: 'pasted', paste_content: 'f\n', name: 'forward' }, { src: 'pasted', paste_content: 'r\n', name: 'reverse' }] }];
		const into = (collectionName: string, collectionKind = 'list') => ({ destination: 'collection', collectionName, collectionKind });
		const found = await Promise.all([
			uploaded({ ...into('Pairs', 'list:paired'), source: 'elements', elements }),
			uploaded({ ...into('Archive'), additionalFields: { expand: 'archive', autoDecompress: true, collectionTags: 'run:7' } }, items),
			uploaded({ ...into('Sheet', 'sample_sheet'), source: 'elements', elements: [{ src: 'pasted', paste_content: 'x\n', name: 'a', row: ['treated'] }], additionalFields: { columnDefinitions: [{ name: 'condition', type: 'string', optional: false }], rows: { a: ['treated'] } } }),
		]);
		expect(found.flat()).toMatchObject([
			{ name: 'Pairs', collection_type: 'list:paired', populated_state: 'ok', succeeded: true },
			{ name: 'Archive', collection_type: 'list', populated_state: 'ok' },
			{ name: 'Sheet', collection_type: 'sample_sheet', populated_state: 'ok' },
		]);
		const archive = await bench.galaxy(`GET dataset_collections/${String(found[1][0].id)}`);
		expect(archive).toMatchObject({ element_count: 2, tags: ['run:7'] });
		expect((archive.elements as IDataObject[]).map(({ element_identifier: name }) => name).sort()).toEqual(['one.txt', 'two.txt']);
	});

	it('says why one of its datasets could not be made', async () => {
		const { error } = await upload({ destination: 'collection', collectionName: 'Broken', source: 'urls', urls: `${url()}\nhttp://127.0.0.1:9/none` });
		expect(error?.message).toMatch(/ended as "failed"/);
		expect(error?.description).toMatch(/Connection refused/);
	});
});

describe('an upload into a library', () => {
	it('fills a folder, or a new library; elements may be of several files', async () => {
		bench.login = 'admin';
		const { key } = bench.simulator.info.admin;
		const home = byId((await bench.galaxy<{ id: string }>('POST histories', { name: 'Uploads' }, key)).id);
		const { root_folder_id: folder } = await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: 'Uploads' }, key);
		const libraryName = `Uploads ${randomBytes(6).toString('hex')}`;
		const composite = { src: 'composite', ext: 'velvet', name: 'assembly', composite: { elements: [{ src: 'pasted', paste_content: 'a\n' }, { src: 'pasted', paste_content: 'b\n' }, { src: 'pasted', paste_content: 'c\n' }] }, metadata: { a: 'b' } };
		const [[first], [second]] = await Promise.all([
			uploaded({ historyId: home, destination: 'libraryFolder', folderId: byId(folder), source: 'elements', elements: [composite] }),
			uploaded({ historyId: home, destination: 'library', libraryName, source: 'text', text: 'x\n', additionalFields: { libraryDescription: 'of a test', librarySynopsis: 'short' } }),
		]);
		expect([first.state, second.state]).toEqual(['ok', 'ok']);
		expect(await bench.galaxy(`GET folders/${folder}/contents`, undefined, key)).toMatchObject({ folder_contents: [{ name: 'assembly', state: 'ok' }] });
		expect(await bench.galaxy<IDataObject[]>('GET libraries?deleted=false', undefined, key)).toContainEqual(expect.objectContaining({ name: libraryName, description: 'of a test', synopsis: 'short' }));
	});
});
