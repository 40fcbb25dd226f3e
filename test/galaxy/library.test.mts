import { randomUUID } from 'node:crypto';
import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

let libraryId: string;
let rootFolderId: string;
/** The private role of the ordinary user. */
let role: string;

beforeAll(async () => {
	await bench.open();
	const { key } = bench.simulator.info.admin;
	const made = await bench.galaxy('POST libraries', { name: `Lib ${randomUUID()}` }, key);
	[libraryId, rootFolderId] = [String(made.id), String(made.root_folder_id)];
	role = (await bench.galaxy<Array<{ id: string; name: string }>>('GET roles', undefined, key)).find(({ name }) => name === bench.simulator.info.user.email)?.id as string;
});
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

describe('libraries', () => {
	it('are made, read, changed, deleted and brought back', async () => {
		const name = `Genomes ${randomUUID()}`;
		const [made] = await json('library', 'create', { name, additionalFields: { description: 'all genomes', synopsis: 'genomes' } });
		expect(made).toMatchObject({ name, description: 'all genomes', synopsis: 'genomes', root_folder_id: expect.stringMatching(/^F/), create_time: expect.stringMatching(/Z$/) });
		const one = { libraryId: byId(String(made.id)) };
		expect(await json('library', 'update', { ...one, additionalFields: { name: `${name} 2`, description: 'more', synopsis: 's' } })).toMatchObject([{ name: `${name} 2`, description: 'more', synopsis: 's' }]);
		expect(await json('library', 'delete', one)).toEqual([{ deleted: true }]);
		const deletedOnes = await json('library', 'getAll', { returnAll: true, filters: { deleted: true } });
		expect(deletedOnes).toContainEqual(expect.objectContaining({ id: made.id, deleted: true }));
		expect(await json('library', 'undelete', one)).toMatchObject([{ id: made.id, deleted: false }]);
		expect(await json('library', 'get', one)).toMatchObject([{ id: made.id, deleted: false, name: `${name} 2` }]);
		expect(await json('library', 'getAll', { returnAll: true })).toContainEqual(expect.objectContaining({ id: made.id }));
	});

	it('are made by administrators only', async () => {
		bench.login = 'user';
		const { error } = await bench.run('library', 'create', { name: 'Mine' });
		expect(error?.description).toMatch(/Only administrators may do this/);
	});

	it('get folders, at the top and below, and show all that is in them', async () => {
		const [top] = await json('library', 'createFolder', { libraryId: byId(libraryId), folderId: byId(''), name: 'runs', additionalFields: { description: 'all runs' } });
		const [below] = await json('library', 'createFolder', { libraryId: byId(libraryId), folderId: byId(String(top.id)), name: 'run 7' });
		const contents = await json('library', 'getAllContents', { libraryId: byId(libraryId), returnAll: true });
		expect(contents).toEqual(expect.arrayContaining([expect.objectContaining({ id: top.id, name: '/runs', type: 'folder' }), expect.objectContaining({ id: below.id, name: '/runs/run 7' })]));
		expect(await json('library', 'getContent', { libraryId: byId(libraryId), contentId: top.id })).toMatchObject([{ id: top.id, description: 'all runs', parent_id: rootFolderId }]);
		expect(await bench.shown('searchFolders', { libraryId }, 'RUN 7')).toEqual([['/runs/run 7', below.id]]);
	});

	it('are not taken for folders', async () => {
		const { error } = await bench.run('library', 'get', { libraryId: byId(rootFolderId) });
		expect(error?.message).toBe(`"${rootFolderId}" is the ID of a library folder`);
		expect(bench.arrived()).toEqual([]);
	});

	it('are found in the editor', async () => {
		expect((await bench.shown('searchLibraries')).map(([, id]) => id)).toContain(libraryId);
	});
});

describe('permissions of libraries', () => {
	const one = () => ({ libraryId: byId(libraryId) });
	const user = () => ({ id: role, name: bench.simulator.info.user.email });
	const rights = { access: 'access_library_role_list', add: 'add_library_item_role_list', manage: 'manage_library_role_list', modify: 'modify_library_role_list' };

	it('are added without a change to the other lists', async () => {
		expect(await json('library', 'setPermissions', { ...one(), change: 'replace', canAdd: [role], canModify: [role], canManage: [role], canAccess: [role] })).toEqual([Object.fromEntries(Object.values(rights).map((name) => [name, [user()]]))]);
		expect(bench.arrived('POST libraries/{id}/permissions')[0].body).toEqual({ action: 'set_permissions', 'access_ids[]': [role], 'add_ids[]': [role], 'modify_ids[]': [role], 'manage_ids[]': [role] });
		expect(await json('library', 'setPermissions', { ...one(), change: 'remove', canManage: [role] })).toMatchObject([{ [rights.manage]: [], [rights.add]: [user()], [rights.access]: [user()], [rights.modify]: [user()] }]);
		expect(await json('library', 'setPermissions', { ...one(), change: 'add', canManage: role })).toMatchObject([{ [rights.manage]: [user()], [rights.add]: [user()] }]);
		expect(await json('library', 'getPermissions', one())).toMatchObject([{ [rights.access]: [user()] }]);
	});

	it('that restrict who sees it are taken away', async () => {
		expect(await json('library', 'setPermissions', { ...one(), change: 'remove_restrictions' })).toMatchObject([{ [rights.access]: [], [rights.add]: [user()] }]);
	});

	it('need a role, and one that Galaxy takes', async () => {
		const none = await bench.run('library', 'setPermissions', { ...one(), change: 'add' });
		expect(none.error?.message).toBe('No role is given');
		expect(bench.arrived()).toEqual([]);
		// a role that may not be chosen is left out without a word
		const lists = Object.fromEntries(Object.values(rights).map((name) => [name, []]));
		bench.simulator.faults.add({ method: 'POST', path: '/permissions', kind: 'status', status: 200, body: lists });
		const left = await bench.run('library', 'setPermissions', { ...one(), change: 'add', canAdd: [role] });
		expect(left.error?.message).toBe(`Galaxy did not give the right to these roles: ${role}`);
	});

	it('can go to the roles that are listed', async () => {
		const available = await json('library', 'getAvailableRoles', { ...one(), returnAll: true, filters: { search: bench.simulator.info.user.email.slice(0, 4), isLibraryAccess: true } });
		expect(available).toEqual([expect.objectContaining({ id: role, name: bench.simulator.info.user.email, type: 'private' })]);
		expect(bench.arrived('GET libraries/{id}/permissions')[0].query).toEqual({ scope: ['available'], q: [expect.any(String)], is_library_access: ['true'], page: ['1'], page_limit: ['100'] });
		expect((await new Galaxy().methods.loadOptions.getRoles.call(bench.editor())).map(({ value }) => value)).toContain(role);
	});

	it('are read page by page', async () => {
		const page = (...ids: string[]) => ({ roles: ids.map((id) => ({ id, name: id, type: 'admin' })), total: ids.length });
		const ids = Array.from({ length: 100 }, (_one, i) => `r${i}`);
		bench.simulator.faults.add({ path: '/permissions', kind: 'status', status: 200, body: page(...ids) });
		bench.simulator.faults.add({ path: '/permissions', kind: 'status', status: 200, body: page('last') });
		expect(await json('library', 'getAvailableRoles', { ...one(), returnAll: true })).toHaveLength(101);
	});
});
