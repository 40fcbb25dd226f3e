import { randomUUID } from 'node:crypto';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

let rootFolderId: string;
let libraryId: string;
let role: string;
let historyId: string;
let datasetId: string;
let collectionId: string;

beforeAll(async () => {
	await bench.open();
	const { admin, user } = bench.simulator.info;
	const made = await bench.galaxy('POST libraries', { name: `Lib ${randomUUID()}` }, admin.key);
	[libraryId, rootFolderId] = [String(made.id), String(made.root_folder_id)];
	role = (await bench.galaxy<Array<{ id: string; name: string }>>('GET roles', undefined, admin.key)).find(({ name }) => name === user.email)?.id as string;
	historyId = await bench.newHistory('For the library');
	[datasetId] = await bench.newDatasets(historyId, 'one');
	const elements = ['a', 'b'].map((name) => ({ name, src: 'hda', id: datasetId }));
	collectionId = (await bench.galaxy<{ id: string }>('POST dataset_collections', { collection_type: 'list', name: 'a list', history_id: historyId, element_identifiers: elements })).id;
	await bench.galaxy(`POST libraries/${libraryId}/permissions`, { action: 'set_permissions', 'add_ids[]': [role], 'modify_ids[]': [role], 'manage_ids[]': [role] }, admin.key);
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const folder = (id: unknown) => ({ folderId: byId(String(id)) });

/** A new folder at the top of the library; gives its ID. */
const newFolder = async (name = `folder ${randomUUID()}`) => (await bench.galaxy<{ id: string }>(`POST folders/${rootFolderId}`, { name })).id;

describe('folders of libraries', () => {
	it('are made, read, changed, deleted and brought back', async () => {
		const [made] = await json('libraryFolder', 'create', { ...folder(rootFolderId), name: 'raw', additionalFields: { description: 'as they came' } });
		expect(made).toMatchObject({ id: expect.stringMatching(/^F/), name: 'raw', description: 'as they came', parent_id: rootFolderId, library_path: ['raw'] });
		// only administrators may change it
		bench.login = 'admin';
		expect(await json('libraryFolder', 'update', { ...folder(made.id), additionalFields: { name: 'cooked', description: 'trimmed' } })).toMatchObject([{ name: 'cooked', description: 'trimmed' }]);
		expect(await json('libraryFolder', 'delete', folder(made.id))).toEqual([{ deleted: true }]);
		expect(await json('libraryFolder', 'undelete', folder(made.id))).toMatchObject([{ id: made.id, deleted: false }]);
		expect(await json('libraryFolder', 'get', folder(made.id))).toMatchObject([{ id: made.id, name: 'cooked', deleted: false }]);
	});

	it('get datasets of a history', async () => {
		const into = await newFolder();
		const [dataset] = await json('libraryFolder', 'importFromHistory', { ...folder(into), what: 'dataset', datasetId: byId(datasetId), additionalFields: { message: 'from the lab' } });
		expect(dataset).toMatchObject({ name: 'text 1', state: 'ok', parent_library_id: libraryId });
		const list = await json('libraryFolder', 'importFromHistory', { ...folder(into), what: 'datasetCollection', collectionId: byId(collectionId) });
		expect(list.map(({ name }) => name)).toEqual(['a', 'b']);
		expect(bench.arrived('POST folders/{folder_id}/contents').map(({ body }) => body)).toEqual([{ from_hda_id: datasetId, ldda_message: 'from the lab' }, { from_hdca_id: collectionId }]);
		const contents = await json('libraryFolder', 'getContents', { ...folder(into), returnAll: true });
		expect(contents).toContainEqual(expect.objectContaining({ name: 'text 1', type: 'file', message: 'from the lab', date_uploaded: expect.stringMatching(/Z$/) }));
		expect((await bench.shown('searchLibraryDatasets', { libraryId }, 'text 1')).length).toBeGreaterThan(0);
	});

	it('are listed page by page, in an order', async () => {
		const into = await newFolder();
		for (const name of ['one', 'two', 'three']) await bench.galaxy(`POST folders/${into}`, { name });
		const named = async (parameters: object) => (await json('libraryFolder', 'getContents', { ...folder(into), ...parameters })).map(({ name }) => name);
		expect(await named({ returnAll: false, limit: 2, filters: { orderBy: 'name', sortDesc: true } })).toEqual(['two', 'three']);
		expect(await named({ returnAll: true, filters: { searchText: 'thr', includeDeleted: true } })).toEqual(['three']);
		expect(bench.arrived('GET folders/{folder_id}/contents').map(({ query }) => query)).toEqual([
			{ limit: ['2'], offset: ['0'], order_by: ['name'], sort_desc: ['true'] },
			{ limit: ['500'], offset: ['0'], search_text: ['thr'], include_deleted: ['true'] },
		]);
	});

	it('are told by the F of their IDs', async () => {
		const { error } = await bench.run('libraryFolder', 'get', folder(libraryId));
		expect(error?.message).toBe(`"${libraryId}" is not the ID of a library folder`);
		expect(error?.description).toMatch(/begin with F/);
		expect(bench.arrived()).toEqual([]);
	});
});

describe('permissions of folders', () => {
	it('are read, changed one by one, and the roles listed that can have them', async () => {
		const id = await newFolder();
		const user = { id: role, name: bench.simulator.info.user.email };
		// a new folder has those of the one that it stands in
		expect(await json('libraryFolder', 'getPermissions', folder(id))).toEqual([{ add_library_item_role_list: [user], modify_folder_role_list: [user], manage_folder_role_list: [user] }]);
		expect(await json('libraryFolder', 'setPermissions', { ...folder(id), change: 'remove', canAdd: [role], canModify: [role] })).toEqual([{ add_library_item_role_list: [], modify_folder_role_list: [], manage_folder_role_list: [user] }]);
		expect(await json('libraryFolder', 'setPermissions', { ...folder(id), change: 'replace', canAdd: [role] })).toMatchObject([{ add_library_item_role_list: [user], manage_folder_role_list: [user] }]);
		expect(bench.arrived('POST folders/{id}/permissions')[1].body).toEqual({ action: 'set_permissions', 'add_ids[]': [role], 'modify_ids[]': [], 'manage_ids[]': [role] });
		// to an ordinary user Galaxy shows every role, whatever the search
		bench.login = 'admin';
		expect(await json('libraryFolder', 'getAvailableRoles', { ...folder(id), returnAll: false, limit: 5, filters: { search: user.name } })).toMatchObject([{ id: role, type: 'private' }]);
		expect(bench.arrived('GET folders/{id}/permissions').at(-1)?.query).toEqual({ scope: ['available'], q: [user.name], page: ['1'], page_limit: ['5'] });
	});
});
