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

describe('roles', () => {
	it('are made for users and groups, and found', async () => {
		const { id: user } = await newUser(bench);
		const [{ id: group }] = await asAdmin<Array<{ id: string }>>(bench, 'POST groups', { name: unique('lab') });
		const name = unique('cohort');
		const [made] = await json('role', 'create', { name, description: 'May see the data', additionalFields: { userIds: user, groupIds: group, roleType: 'user_tool_execute' } });
		expect(made).toMatchObject({ name, description: 'May see the data', type: 'user_tool_execute' });
		expect(await json('role', 'get', { roleId: byId(String(made.id)) })).toMatchObject([{ id: made.id, name }]);
		expect(await json('role', 'getAll', { filters: { search: name } })).toMatchObject([{ id: made.id, name }]);
		expect(bench.arrived('GET roles')[0].query).toMatchObject({ search: [name], limit: ['50'] });
		expect(await bench.shown('searchRoles', {}, name)).toEqual([[name, made.id]]);
		expect((await asAdmin<Array<{ id: string }>>(bench, `GET groups/${group}/roles`)).map(({ id }) => id)).toEqual([made.id]);
		expect((await json('user', 'getRoles', { userId: byId(user) })).map(({ id }) => id)).toContain(made.id);
	});

	it('are deleted, brought back, and purged once they are deleted', async () => {
		const name = unique('cohort');
		const [{ id, type }] = await json('role', 'create', { name, description: 'of a test' });
		expect(type).toBe('admin');
		const [roleId, deletedRoleId] = [byId(String(id)), String(id)];
		expect((await bench.run('role', 'purge', { deletedRoleId })).error?.message).toMatch(/has not been deleted/);
		expect(await json('role', 'delete', { roleId })).toEqual([{ deleted: true }]);
		expect(await bench.shown('searchRoles', {}, name)).toEqual([]);
		expect(await json('role', 'undelete', { deletedRoleId })).toMatchObject([{ id, name }]);
		await json('role', 'delete', { roleId });
		expect(await json('role', 'purge', { deletedRoleId })).toEqual([{ deleted: true }]);
		expect((await bench.run('role', 'get', { roleId })).error?.message).toMatch(/^Galaxy did not find it/);
	});

	it('are listed for everybody: one\'s own', async () => {
		bench.login = 'user';
		expect(await json('role', 'getAll', { returnAll: true })).toContainEqual(expect.objectContaining({ name: bench.simulator.info.user.email, type: 'private' }));
		expect((await bench.run('role', 'create', { name: unique('cohort'), description: 'of a test' })).error?.description).toMatch(/^Only administrators may do this/);
	});
});
