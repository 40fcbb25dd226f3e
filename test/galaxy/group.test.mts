import { asAdmin, newUser, unique } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const newRole = async () => (await asAdmin<{ id: string }>(bench, 'POST roles', { name: unique('role'), description: 'of a test' })).id;

describe('groups', () => {
	it('are made with users, roles and a role of their own', async () => {
		const { id: user, email } = await newUser(bench);
		const role = await newRole();
		const name = unique('lab');
		const [made] = await json('group', 'create', { name, additionalFields: { userIds: user, roleIds: role, autoCreateRole: true } });
		expect(made).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{16}$/), name });
		const groupId = byId(String(made.id));
		expect(await json('group', 'get', { groupId })).toMatchObject([{ id: made.id, name }]);
		expect(await json('group', 'getAll', { returnAll: true })).toContainEqual(expect.objectContaining({ id: made.id, name }));
		expect(await bench.shown('searchGroups', {}, name)).toEqual([[name, made.id]]);
		expect(await json('group', 'getUsers', { groupId })).toMatchObject([{ id: user, email }]);
		expect((await json('group', 'getRoles', { groupId })).map((one) => one.name)).toContain(name);
		expect(await json('group', 'getRole', { groupId, roleId: byId(role) })).toMatchObject([{ id: role }]);
	});

	it('are changed: a list replaces, and none leaves alone', async () => {
		const [one, other] = [await newUser(bench), await newUser(bench)];
		const role = await newRole();
		const [{ id }] = await json('group', 'create', { name: unique('lab'), additionalFields: { userIds: one.id } });
		const groupId = byId(String(id));
		const name = unique('lab');
		expect(await json('group', 'update', { groupId, additionalFields: { name, roleIds: role } })).toMatchObject([{ id, name }]);
		expect(await json('group', 'getUsers', { groupId })).toMatchObject([{ id: one.id }]);
		await json('group', 'update', { groupId, additionalFields: { userIds: other.id } });
		expect((await json('group', 'getUsers', { groupId })).map((user) => user.id)).toEqual([other.id]);
		expect((await json('group', 'getRoles', { groupId })).map((found) => found.id)).toEqual([role]);
	});

	it('get users and roles one by one, and lose them', async () => {
		const user = await newUser(bench);
		const role = await newRole();
		const [{ id }] = await json('group', 'create', { name: unique('lab') });
		const [groupId, userId, roleId] = [String(id), user.id, role].map(byId);
		expect(await json('group', 'addUser', { groupId, userId })).toMatchObject([{ id: user.id, email: user.email }]);
		expect(await json('group', 'getUser', { groupId, userId })).toMatchObject([{ id: user.id }]);
		expect(await json('group', 'removeUser', { groupId, userId })).toMatchObject([{ id: user.id }]);
		expect((await bench.run('group', 'getUser', { groupId, userId })).error?.message).toMatch(/^Galaxy did not find it: .*not in group/);
		expect(await json('group', 'addRole', { groupId, roleId })).toMatchObject([{ id: role }]);
		expect(await json('group', 'removeRole', { groupId, roleId })).toMatchObject([{ id: role }]);
		expect(await json('group', 'getRoles', { groupId })).toEqual([]);
	});

	it('are deleted, brought back, and purged once they are deleted', async () => {
		const name = unique('lab');
		const [{ id }] = await json('group', 'create', { name });
		const [groupId, deletedGroupId] = [byId(String(id)), String(id)];
		expect((await bench.run('group', 'purge', { deletedGroupId })).error?.message).toMatch(/has not been deleted/);
		expect(await json('group', 'delete', { groupId })).toEqual([{ deleted: true }]);
		expect(await bench.shown('searchGroups', {}, name)).toEqual([]);
		expect(await json('group', 'undelete', { deletedGroupId })).toEqual([{ success: true }]);
		expect(await bench.shown('searchGroups', {}, name)).toHaveLength(1);
		await json('group', 'delete', { groupId });
		expect(await json('group', 'purge', { deletedGroupId })).toEqual([{ deleted: true }]);
		expect((await bench.run('group', 'get', { groupId })).error?.message).toMatch(/^Galaxy did not find it/);
	});

	it('are for administrators, and have names of their own', async () => {
		const name = unique('lab');
		await json('group', 'create', { name });
		expect((await bench.run('group', 'create', { name })).error?.message).toMatch(/already exists/);
		expect((await bench.run('group', 'get', { groupId: byId('42') })).error?.message).toBe('Galaxy refused the request: Value error, Invalid id length, must be multiple of 16 in (\'path\', \'group_id\')');
		bench.login = 'user';
		expect((await bench.run('group', 'getAll')).error?.description).toMatch(/^Only administrators may do this/);
	});
});
