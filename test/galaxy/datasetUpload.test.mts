import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Bench, byId } from './galaxy.mts';
import { fileIn, Uploads, zipOf } from './uploads.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const uploads = new Uploads(bench);
beforeAll(async () => {
	await bench.open();
	await uploads.begin();
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const textOf = async ({ id }: IDataObject) => String((await bench.galaxy(`GET datasets/${String(id)}/get_content_as_text`)).item_data);

describe('an upload of text', () => {
	it('becomes a dataset with all that is said of it', async () => {
		const additionalFields = { names: 'regions', fileType: 'bed', genomeBuild: 'hg38', tags: 'run:7', info: 'by hand', note: 'some regions', spaceToTab: true, autoDecompress: false, createdFromBasename: 'regions.txt' };
		const [dataset] = await uploads.made({ source: 'text', text: 'chr1 1 9\r\nchr2 2 8\r\n', additionalFields });
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
		const datasets = await uploads.made({ inputFields: 'data,second', additionalFields: { fileType: 'txt', toPosixLines: false } }, items);
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
		const [dataset] = await uploads.made({ additionalFields: { fileType: 'data' } }, items);
		expect(dataset).toMatchObject({ name: 'large.bin', state: 'ok', file_size: bytes.length });
		expect(bench.arrived('PATCH upload/resumable_upload/{uuid}')).toHaveLength(2);
		expect(bench.arrived('HEAD upload/resumable_upload/{uuid}')).toHaveLength(1);
		const stored = await bench.run('dataset', 'download', { datasetId: byId(String(dataset.id)) });
		expect((await bench.engine.bytes((stored.outputs[0][0].binary as Required<INodeExecutionData>['binary']).data)).equals(bytes)).toBe(true);
	});

	it('sends a chunk again that Galaxy does not have', async () => {
		const items = [await bench.engine.itemWithFile(randomBytes(10_000_001), 'large.bin')];
		bench.simulator.faults.add({ method: 'PATCH', path: 'resumable_upload', kind: 'status', status: 502 });
		const { error } = await uploads.run({ waitForCompletion: false }, items);
		expect(error).toBeUndefined();
		expect(bench.arrived('PATCH upload/resumable_upload/{uuid}')).toHaveLength(3);
	});

	it('puts an archive beside a dataset', async () => {
		const items = [await bench.engine.itemWithFile(await zipOf({ 'images/plot.png': 'plot', 'style.css': 'style' }), 'beside.zip')];
		const [{ id }] = await uploads.made({ source: 'elements', elements: [{ src: 'pasted', paste_content: '<html></html>\n', name: 'report', ext: 'html', extra_files: { src: 'files', items_from: 'archive', fuzzy_root: false } }] }, items);
		expect(await bench.galaxy(`GET datasets/${String(id)}/extra_files`)).toContainEqual({ class: 'File', path: 'images/plot.png' });
		const { outputs } = await bench.run('dataset', 'downloadExtraFile', { datasetId: byId(String(id)), extraFile: 'images/plot.png' });
		expect(outputs[0]).toMatchObject([{ json: { fileName: 'plot.png', fileSize: 4 } }]);
	});

	it('is refused where the elements want other files than there are', async () => {
		const items = [await bench.engine.itemWithFile(Buffer.from('one\n'), 'one.txt')];
		const { error } = await uploads.run({ source: 'elements', elements: [{ src: 'files' }, { src: 'files' }] }, items);
		expect(error?.message).toBe('The elements want 2 files, and there are 1');
	});
});

describe('an upload from elsewhere', () => {
	it('reads an address, or notes it alone', async () => {
		const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
		const requestHeaders = { 'x-of-the-file': 'value' };
		const [fetched, [noted], wrong] = await Promise.all([
			uploads.made({ source: 'urls', urls: `${uploads.url}\n${uploads.url}?x`, additionalFields: { names: 'a,b', requestHeaders } }),
			uploads.made({ source: 'urls', urls: uploads.url, additionalFields: { deferred: true, fileType: 'json' } }),
			uploads.run({ source: 'urls', urls: uploads.url, additionalFields: { checksum, checksumFunction: 'MD5' } }),
		]);
		expect(fetched).toMatchObject([{ name: 'a', state: 'ok' }, { name: 'b', state: 'ok' }]);
		expect(noted).toMatchObject({ name: 'version', state: 'deferred', succeeded: true });
		expect(uploads.targets).toContainEqual(expect.objectContaining({ elements: [expect.objectContaining({ hashes: [{ hash_function: 'MD5', hash_value: checksum }] })] }));
		// the job itself ends well
		expect(wrong.error?.message).toMatch(/^The upload \w+ ended as "error"/);
		expect(wrong.error?.description).toMatch(new RegExp(`expected \\[${checksum}\\]`));
	});

	it('says why an address could not be read', async () => {
		const returned = await uploads.made({ source: 'urls', urls: 'http://127.0.0.1:9/none', options: { onFailure: 'return' } });
		expect(returned).toMatchObject([{ state: 'error', finished: true, succeeded: false, misc_info: expect.stringMatching(/refused/) }]);
	});

	it('is refused before anything is sent where an address is none', async () => {
		const { error } = await uploads.run({ source: 'urls', urls: 'www.example.org/reads' });
		expect(error?.message).toBe('"www.example.org/reads" is not an address');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('takes files of the server: of the FTP and the import directory, and for administrators from any path', async () => {
		const { importFolder } = bench.simulator.info;
		const [ftp, imported, path] = [await fileIn(uploads.ftp, 'ftp\n'), await fileIn(importFolder, 'import\n'), await fileIn(importFolder, 'path\n')];
		const ofUser = uploads.made({ source: 'ftp', ftpFiles: ftp });
		const refused = await uploads.run({ source: 'paths', serverPaths: join(importFolder, path) });
		expect(refused.error?.description).toMatch(/administrators/);
		expect((await ofUser).map(({ state }) => state)).toEqual(['ok']);
		bench.login = 'admin';
		const home = await uploads.homeOfAdmin();
		const [fromImport, fromPath] = await Promise.all([
			uploads.made({ ...home, source: 'directory', importPaths: imported }),
			uploads.made({ ...home, source: 'paths', serverPaths: join(importFolder, path), additionalFields: { linkOnly: true } }),
		]);
		expect([...fromImport, ...fromPath]).toMatchObject([{ name: imported, state: 'ok' }, { name: path, state: 'ok' }]);
	});
});
