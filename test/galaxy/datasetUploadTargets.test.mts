import type { IDataObject } from 'n8n-workflow';
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

const json = bench.json.bind(bench);

describe('an upload into a collection', () => {
	it('makes a list, pairs, or what an archive holds', async () => {
		const items = [await bench.engine.itemWithFile(await zipOf({ 'one.txt': '1\n', 'two.txt': '2\n' }), 'some.zip')];
		const elements = [{ name: 'S1', elements: [{ src: 'pasted', paste_content: 'f\n', name: 'forward' }, { src: 'pasted', paste_content: 'r\n', name: 'reverse' }] }];
		const url = `base64://${(await zipOf({ 'one.txt': '1\n' })).toString('base64')}`;
		const into = (collectionName: string, collectionKind = 'list') => ({ destination: 'collection', collectionName, collectionKind });
		const found = await Promise.all([
			uploads.made({ ...into('Pairs', 'list:paired'), source: 'elements', elements }),
			uploads.made({ ...into('Archive'), additionalFields: { expand: 'archive', autoDecompress: true, collectionTags: 'run:7' } }, items),
			uploads.made({ ...into('Archives', 'list:list'), source: 'elements', elements: [{ name: 'S1', src: 'url', url, elements_from: 'archive', collection_type: 'list' }] }),
			uploads.made({ ...into('Sheet', 'sample_sheet'), source: 'elements', elements: [{ src: 'pasted', paste_content: 'x\n', name: 'a', row: ['treated'] }], additionalFields: { columnDefinitions: [{ name: 'condition', type: 'string', optional: false }], rows: { a: ['treated'] } } }),
		]);
		expect(found.flat()).toMatchObject([
			{ name: 'Pairs', collection_type: 'list:paired', populated_state: 'ok', succeeded: true },
			{ name: 'Archive', collection_type: 'list', populated_state: 'ok' },
			{ name: 'Archives', collection_type: 'list:list', populated_state: 'ok' },
			{ name: 'Sheet', collection_type: 'sample_sheet', populated_state: 'ok' },
		]);
		const archive = await bench.galaxy(`GET dataset_collections/${String(found[1][0].id)}`);
		expect(archive).toMatchObject({ element_count: 2, tags: ['run:7'] });
		expect((archive.elements as IDataObject[]).map(({ element_identifier: name }) => name).sort()).toEqual(['one.txt', 'two.txt']);
	});

	it('may be made of an archive or a directory, wherever that is', async () => {
		const { importFolder } = bench.simulator.info;
		const zip = await zipOf({ 'one.txt': '1\n' });
		const places = { ftp: await fileIn(uploads.ftp, zip, 'zip'), server: await fileIn(importFolder, zip, 'zip') };
		const started = async (parameters: IDataObject, expand = 'archive') => (await json('dataset', 'upload', { ...uploads.home, destination: 'collection', collectionName: 'Expanded', ...parameters, additionalFields: { expand } }))[0];
		await started({ source: 'urls', urls: `base64://${zip.toString('base64')}` });
		await started({ source: 'ftp', ftpFiles: places.ftp });
		await started({ source: 'directory', importPaths: places.server });
		bench.login = 'admin';
		const home = await uploads.homeOfAdmin();
		expect(await started({ ...home, source: 'paths', serverPaths: join(importFolder, places.server) })).toMatchObject({ name: 'Expanded', collection_type: 'list' });
		expect(uploads.targets.map((target) => [target.elements_from, target.src])).toEqual([['archive', 'url'], ['archive', 'ftp_import'], ['archive', 'server_dir'], ['archive', 'path']]);
	});

	it('says why one of its datasets could not be made', async () => {
		const { error } = await uploads.run({ destination: 'collection', collectionName: 'Broken', source: 'urls', urls: `${uploads.url}\nhttp://127.0.0.1:9/none` });
		expect(error?.message).toMatch(/ended as "failed"/);
		expect(error?.description).toMatch(/Connection refused/);
	});
});

describe('an upload into a library', () => {
	it('fills a folder, or a new library; elements may be of several files', async () => {
		bench.login = 'admin';
		const { key } = bench.simulator.info.admin;
		const home = await uploads.homeOfAdmin();
		const { root_folder_id: folder } = await bench.galaxy<{ root_folder_id: string }>('POST libraries', { name: 'Uploads' }, key);
		const libraryName = `Uploads ${randomBytes(6).toString('hex')}`;
		const composite = { src: 'composite', ext: 'velvet', name: 'assembly', composite: { elements: [{ src: 'pasted', paste_content: 'a\n' }, { src: 'pasted', paste_content: 'b\n' }, { src: 'pasted', paste_content: 'c\n' }] }, metadata: { a: 'b' } };
		const [[first], [second]] = await Promise.all([
			uploads.made({ ...home, destination: 'libraryFolder', folderId: byId(folder), source: 'elements', elements: [composite] }),
			uploads.made({ ...home, destination: 'library', libraryName, source: 'text', text: 'x\n', additionalFields: { libraryDescription: 'of a test', librarySynopsis: 'short' } }),
		]);
		expect([first.state, second.state]).toEqual(['ok', 'ok']);
		expect(await bench.galaxy(`GET folders/${folder}/contents`, undefined, key)).toMatchObject({ folder_contents: [{ name: 'assembly', state: 'ok' }] });
		expect(await bench.galaxy<IDataObject[]>('GET libraries?deleted=false', undefined, key)).toContainEqual(expect.objectContaining({ name: libraryName, description: 'of a test', synopsis: 'short' }));
	});
});
