import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

let libraryId: string;
let rootFolderId: string;
let role: string;
let historyId: string;
let datasetId: string;
let collectionId: string;
/** A folder of its own below the import folder, and a file server. */
const directory = `test-${randomUUID()}`;
let folder: string;
let files: Server;
let address: string;

beforeAll(async () => {
	await bench.open();
	const { admin, user, importFolder } = bench.simulator.info;
	folder = join(importFolder, directory);
	await mkdir(join(folder, 'below'), { recursive: true });
	await writeFile(join(folder, 'top.txt'), 'top\n');
	await writeFile(join(folder, 'below', 'low.txt'), 'low\n');
	files = createServer((_request, response) => response.end('>seq\nACGT\n')).listen(0, '127.0.0.1');
	await new Promise((resolve) => files.once('listening', resolve));
	address = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
	const made = await bench.galaxy('POST libraries', { name: `Lib ${randomUUID()}` }, admin.key);
	[libraryId, rootFolderId] = [String(made.id), String(made.root_folder_id)];
	role = (await bench.galaxy<Array<{ id: string; name: string }>>('GET roles', undefined, admin.key)).find(({ name }) => name === user.email)?.id as string;
	await bench.galaxy(`POST libraries/${libraryId}/permissions`, { action: 'set_permissions', 'add_ids[]': [role], 'modify_ids[]': [role], 'manage_ids[]': [role] }, admin.key);
	historyId = await bench.newHistory('For the library');
	[datasetId] = await bench.newDatasets(historyId, 'one');
	collectionId = (await bench.galaxy<{ id: string }>('POST dataset_collections', { collection_type: 'list', name: 'a list', history_id: historyId, element_identifiers: [{ name: 'a', src: 'hda', id: datasetId }] })).id;
});
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => {
	files.close();
	await rm(folder, { recursive: true });
	await bench.close();
});

const upload = async (parameters: object, more: object = {}) => await json('libraryDataset', 'upload', { libraryId: byId(libraryId), ...parameters }, more);
const uploaded = () => bench.arrived('POST libraries/{library_id}/contents').at(-1)?.body as IDataObject;
const one = (id: unknown) => ({ libraryDatasetId: byId(String(id)) });

/** A dataset of a history put into the library, which takes no time; gives its ID. */
async function newLibraryDataset(key = bench.simulator.info.user.key): Promise<string> {
	return (await bench.galaxy<{ library_dataset_id: string }>(`POST folders/${rootFolderId}/contents`, { from_hda_id: datasetId }, key)).library_dataset_id;
}

describe('uploads', () => {
	it('of a file of the item wait until it is there', async () => {
		const items = [{ json: {}, binary: { data: { data: Buffer.from('a\tb\n').toString('base64'), mimeType: 'text/plain', fileName: 'table.txt' } } }];
		const additionalFields = { tags: 'run:7,#urgent', lddaMessage: 'as it came', tagUsingFilenames: true };
		const [dataset] = await upload({ waitForCompletion: true, fileType: 'tabular', additionalFields }, { items });
		expect(dataset).toMatchObject({ name: 'table.txt', state: 'ok', file_ext: 'tabular', file_size: 4, message: 'as it came', tags: expect.arrayContaining(['run:7', 'name:urgent']), parent_library_id: libraryId, finished: true, succeeded: true });
		expect(uploaded()).toMatchObject({ folder_id: rootFolderId, create_type: 'file', upload_option: 'upload_file', tag_using_filenames: 'true', files: [{ name: 'files_0|file_data', filename: 'table.txt', size: 4 }] });
	});

	it('of a text, with all that can be said of it', async () => {
		const uuid = randomUUID();
		const [dataset] = await upload({ folderId: byId(rootFolderId), source: 'text', text: 'hello', additionalFields: { uuid, genomeBuild: '?', extendedMetadata: '{ "plate": "P1" }' } });
		expect(dataset).toMatchObject({ name: 'Pasted Entry', parent_library_id: libraryId });
		expect(uploaded()).toEqual({ folder_id: rootFolderId, create_type: 'file', upload_option: 'upload_file', 'files_0|url_paste': 'hello', file_type: 'auto', uuid, dbkey: '?', extended_metadata: { plate: 'P1' } });
	});

	it('of addresses are fetched by the server', async () => {
		const two = await upload({ source: 'urls', urls: `${address}/a.fasta\n${address}/b.fasta`, waitForCompletion: true });
		expect(two).toEqual([expect.objectContaining({ state: 'ok', file_ext: 'fasta', succeeded: true }), expect.objectContaining({ state: 'ok', file_size: 10 })]);
	});

	it('of addresses, one of which fails, tell of it', async () => {
		const nowhere = `${address.replace(/\d+$/, '9')}/none.txt`;
		const failed = { state: 'error', finished: true, succeeded: false };
		// one job fetches all of them, so they fail together
		const two = await upload({ source: 'urls', urls: `${address}/seq.fasta\n${nowhere}`, waitForCompletion: true, options: { onFailure: 'return' } });
		expect(two.map(({ state, finished, succeeded }) => ({ state, finished, succeeded }))).toEqual([failed, failed]);
		const { error } = await bench.run('libraryDataset', 'upload', { libraryId: byId(libraryId), source: 'urls', urls: nowhere, waitForCompletion: true });
		expect(error?.message).toMatch(/^The library dataset .* ended as "error"/);
		expect(error?.description).toMatch(/none\.txt/);
	});

	it('of files that are on the server', async () => {
		const fromDirectory = await upload({ source: 'directory', serverDirectory: directory, additionalFields: { linkDataOnly: 'link_to_files' } });
		expect(fromDirectory).toMatchObject([{ name: 'top.txt' }]);
		expect(uploaded()).toMatchObject({ upload_option: 'upload_directory', server_dir: directory, link_data_only: 'link_to_files' });
		const fromPaths = await upload({ source: 'paths', serverPaths: `${folder}/top.txt\n${folder}/below` });
		expect(fromPaths.map(({ name }) => name)).toEqual(['top.txt', 'low.txt']);
		expect(uploaded()).toMatchObject({ upload_option: 'upload_paths', filesystem_paths: `${folder}/top.txt\n${folder}/below` });
		const { error } = await bench.run('libraryDataset', 'upload', { libraryId: byId(libraryId), source: 'paths', serverPaths: '/nowhere' });
		expect(error?.message).toMatch(/Invalid paths: "\/nowhere"/);
	});

	it('of datasets of a history are copies', async () => {
		bench.login = 'user';
		const copy = await upload({ source: 'dataset', datasetId: byId(datasetId), waitForCompletion: true });
		expect(copy).toMatchObject([{ name: 'text 1', state: 'ok', succeeded: true, model_class: 'LibraryDataset' }]);
		expect(uploaded()).toMatchObject({ create_type: 'file', from_hda_id: datasetId });
		const list = await upload({ source: 'collection', collectionId: byId(collectionId) });
		expect(list).toMatchObject([{ name: 'a', parent_library_id: libraryId }]);
		expect(uploaded()).toMatchObject({ from_hdca_id: collectionId });
	});

	it('for certain roles are sent as they are (this Galaxy has a fault there)', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/contents', kind: 'status', status: 200, after: true, body: [{ id: 'e4f89747734b726a', name: 'Pasted Entry', url: '/api/x' }] });
		expect(await upload({ source: 'text', text: 'x', additionalFields: { roles: role } })).toMatchObject([{ id: 'e4f89747734b726a' }]);
		expect(uploaded()).toMatchObject({ roles: role });
	});

	it('that cannot go well are not sent', async () => {
		const refused = async (parameters: object, more: object = {}) => (await bench.run('libraryDataset', 'upload', { libraryId: byId(libraryId), ...parameters }, more)).error?.message;
		expect(await refused({ source: 'urls', urls: `${address}/a\nreads.fastq` })).toBe('"reads.fastq" is not an address');
		expect(await refused({ source: 'text', text: 'x', folderId: byId(libraryId) })).toBe(`"${libraryId}" is not the ID of a library folder`);
		expect(await refused({ source: 'file', additionalFields: { extendedMetadata: {} } })).toBe('"Extended Metadata" cannot go along with a file of the item');
		expect(await refused({ source: 'elsewhere' })).toMatch(/none of the values of "Source"/);
		expect(bench.arrived('POST libraries/{library_id}/contents')).toEqual([]);
	});
});

describe('collections in libraries', () => {
	const elements = () => [{ name: 'S1', src: 'ldda', id: datasetId }];

	it('are sent as Galaxy documents it (this Galaxy has a fault there)', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/contents', kind: 'status', status: 200, after: true, body: [{ id: 'e4f89747734b726a', name: 'pairs' }] });
		const [made] = await json('libraryDataset', 'createCollection', { libraryId: byId(libraryId), name: 'pairs', collectionType: 'list', elementIdentifiers: elements(), additionalFields: { copyElements: true, hideSourceItems: false } });
		expect(made).toMatchObject({ name: 'pairs' });
		expect(uploaded()).toEqual({ folder_id: rootFolderId, create_type: 'collection', name: 'pairs', collection_type: 'list', element_identifiers: elements(), copy_elements: true, hide_source_items: false });
	});

	it('need a list of elements', async () => {
		const { error } = await bench.run('libraryDataset', 'createCollection', { libraryId: byId(libraryId), name: 'pairs', elementIdentifiers: '{}' });
		expect(error?.message).toBe('"Elements" is not a list');
		expect(bench.arrived()).toEqual([]);
	});
});

describe('imports from directories of the server', () => {
	const into = () => ({ folderId: byId(rootFolderId) });

	it('keep folders, and wait for the job', async () => {
		const additionalFields = { preserveDirs: true, linkData: true, fileType: 'txt', genomeBuild: '?', tagUsingFilenames: true };
		const [job] = await json('libraryDataset', 'importFromServerDirectory', { ...into(), source: 'importdir_folder', path: directory, waitForCompletion: true, additionalFields });
		expect(job).toMatchObject({ state: 'ok', tool_id: 'upload1', finished: true, succeeded: true });
		expect(bench.arrived('POST libraries/datasets')[0].body).toEqual({ encoded_folder_id: rootFolderId, source: 'importdir_folder', path: directory, preserve_dirs: true, link_data: true, file_type: 'txt', dbkey: '?', tag_using_filenames: true });
		const contents = await json('library', 'getAllContents', { libraryId: byId(libraryId), returnAll: true });
		expect(contents.map(({ name }) => name)).toContain('/below/low.txt');
	});

	it('tell when a file is not there', async () => {
		const { error } = await bench.run('libraryDataset', 'importFromServerDirectory', { ...into(), source: 'importdir_file', path: `${directory}/none.txt`, waitForCompletion: true });
		expect(error?.message).toMatch(/^The job .* ended as "error"/);
		bench.login = 'user';
		const refused = await bench.run('libraryDataset', 'importFromServerDirectory', { ...into(), source: 'importdir_file', path: 'top.txt' });
		expect(refused.error?.description).toMatch(/Only administrators/);
	});
});

describe('library datasets', () => {
	it('are read, changed, deleted, brought back and purged', async () => {
		const id = await newLibraryDataset();
		bench.login = 'user';
		const additionalFields = { name: 'better', miscInfo: 'trimmed', fileExt: 'tabular', genomeBuild: 'hg38', tags: 'run:8' };
		expect(await json('libraryDataset', 'update', { ...one(id), simplify: false, additionalFields })).toMatchObject([{ name: 'better', misc_info: 'trimmed', file_ext: 'tabular', genome_build: 'hg38', tags: ['run:8'] }]);
		expect(await json('libraryDataset', 'delete', one(id))).toEqual([{ deleted: true }]);
		// an ordinary user does not see a deleted one
		bench.login = 'admin';
		expect(await json('libraryDataset', 'get', { ...one(id), simplify: false })).toMatchObject([{ id, deleted: true, parent_library_id: libraryId, date_uploaded: expect.stringMatching(/Z$/) }]);
		expect(await json('libraryDataset', 'undelete', { ...one(id), simplify: false })).toMatchObject([{ id, deleted: false }]);
		expect(await json('libraryDataset', 'delete', { ...one(id), purge: true })).toEqual([{ deleted: true }]);
		expect(bench.arrived('DELETE libraries/{library_id}/contents/{id}')[0]).toMatchObject({ body: { purge: true }, path: expect.stringContaining(libraryId) });
		expect(await json('libraryDataset', 'get', { ...one(id), simplify: false })).toMatchObject([{ deleted: true }]);
	});

	it('have earlier versions (this Galaxy makes none)', async () => {
		const id = await newLibraryDataset();
		const { error } = await bench.run('libraryDataset', 'getVersion', { ...one(id), lddaId: datasetId });
		expect(error?.message).toMatch(/does not have the requested version|version of library dataset was not found/);
		bench.simulator.faults.add({ path: '/versions/', kind: 'status', status: 200, after: true, body: { id: datasetId, name: 'first', state: 'ok' } });
		expect(await json('libraryDataset', 'getVersion', { ...one(id), lddaId: datasetId })).toMatchObject([{ id: datasetId, name: 'first' }]);
	});

	it('are copied into a history', async () => {
		const id = await newLibraryDataset();
		bench.login = 'user';
		const into = await bench.newHistory();
		expect(await json('libraryDataset', 'copyToHistory', { historyId: byId(into), ...one(id), simplify: false })).toMatchObject([{ history_id: into, name: 'text 1', state: 'ok', hda_ldda: 'hda' }]);
		expect(bench.arrived('POST histories/{history_id}/contents/{type}s')[0].body).toEqual({ source: 'library', content: id });
	});

	it('have roles that see, change and manage them', async () => {
		const id = await newLibraryDataset(bench.simulator.info.user.key);
		const user = { id: role, name: bench.simulator.info.user.email };
		expect(await json('libraryDataset', 'getPermissions', one(id))).toMatchObject([{ access_dataset_roles: [], manage_dataset_roles: [user] }]);
		expect(await json('libraryDataset', 'setPermissions', { ...one(id), change: 'add', canAccess: [role], canModify: [role], canManage: [role] })).toEqual([{ access_dataset_roles: [user], manage_dataset_roles: [user], modify_item_roles: [user] }]);
		expect(bench.arrived('POST libraries/datasets/{library_dataset_id}/permissions')[0].body).toEqual({ action: 'set_permissions', 'access_ids[]': [role], 'modify_ids[]': [role], 'manage_ids[]': [role] });
		expect(await json('libraryDataset', 'setPermissions', { ...one(id), change: 'remove_restrictions' })).toMatchObject([{ access_dataset_roles: [], manage_dataset_roles: [user] }]);
		expect(await json('libraryDataset', 'getAvailableRoles', { ...one(id), returnAll: true, filters: { search: user.name } })).toMatchObject([{ id: role }]);
		expect(bench.arrived('GET libraries/datasets/{library_dataset_id}/permissions').at(-1)?.query).toEqual({ scope: ['available'], q: [user.name], page: ['1'], page_limit: ['100'] });
		bench.login = 'user';
		expect(await json('libraryDataset', 'setPermissions', { ...one(id), change: 'make_private' })).toMatchObject([{ access_dataset_roles: [user] }]);
	});
});

describe('downloads', () => {
	const fetched = async (parameters: object) => {
		const { outputs, error } = await bench.run('libraryDataset', 'download', parameters as IDataObject);
		if (error) throw error;
		const [{ json: about, binary }] = outputs[0];
		return { about, bytes: await bench.engine.bytes(binary!.data) };
	};

	it('of one dataset come as it is', async () => {
		const id = await newLibraryDataset();
		const { about, bytes } = await fetched({ libraryDatasetIds: id, archiveFormat: 'uncompressed' });
		expect(about).toMatchObject({ fileName: expect.stringMatching(/^text.1\.txt$/), fileSize: bytes.length });
		expect(bytes.toString()).toBe('one');
	});

	it('of several, and of folders, come in an archive', async () => {
		const ids = [await newLibraryDataset(), await newLibraryDataset()];
		const { id: below } = await bench.galaxy<{ id: string }>(`POST folders/${rootFolderId}`, { name: `f-${randomUUID()}` });
		await bench.galaxy(`POST folders/${below}/contents`, { from_hda_id: datasetId });
		const { about, bytes } = await fetched({ libraryDatasetIds: ids.join(','), folderIds: below });
		expect(about).toMatchObject({ fileName: 'selected_library_files.zip' });
		expect(bytes.subarray(0, 2).toString()).toBe('PK');
		expect(bytes.toString('latin1').match(/PK\x01\x02/g)).toHaveLength(3);
		expect(bench.arrived('GET libraries/datasets/download/{archive_format}')[0]).toMatchObject({ query: { ld_ids: ids, folder_ids: [below] } });
	});

	it('name something, and one dataset only where it comes as it is', async () => {
		const refused = async (parameters: IDataObject) => (await bench.run('libraryDataset', 'download', parameters)).error?.message;
		expect(await refused({})).toBe('Nothing to download is named');
		expect(await refused({ libraryDatasetIds: 'a,b', archiveFormat: 'uncompressed' })).toBe('Only one dataset at once comes as it is');
		expect(await refused({ folderIds: libraryId })).toBe(`"${libraryId}" is not the ID of a library folder`);
		expect(bench.arrived()).toEqual([]);
		// Galaxy says so in a web page
		expect(await refused({ folderIds: 'Fffffffffffffffff' })).toMatch(/^Galaxy refused the request: Wrong folder id/);
	});
});
