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

/** A quota; gives its ID. */
async function newQuota(additionalFields: object = {}, amount = '20 GB'): Promise<string> {
	const [{ id }] = await json('quota', 'create', { name: unique('quota'), description: 'of a test', amount, additionalFields });
	return String(id);
}

const get = async (id: string) => (await json('quota', 'get', { quotaId: byId(id) }))[0];
const update = async (id: string, additionalFields: object) => await json('quota', 'update', { quotaId: byId(id), additionalFields });

describe('quotas', () => {
	it('are made for users and groups, and found', async () => {
		const user = await newUser(bench);
		const group = unique('lab');
		await asAdmin(bench, 'POST groups', { name: group });
		const name = unique('quota');
		const details = { operator: 'add', defaultFor: 'no', inUsers: user.email, inGroups: group, quotaSourceLabel: 'fast' };
		const [made] = await json('quota', 'create', { name, description: 'of a test', amount: '20 GB', additionalFields: details });
		expect(made).toMatchObject({ name, quota_source_label: 'fast', message: `Quota '${name}' has been created with 1 associated users and 1 associated groups.` });
		expect(await get(String(made.id))).toMatchObject({ bytes: 20_000_000_000, display_amount: '20.0 GB', operation: '+', users: [{ user: { id: user.id } }], groups: [{ group: { name: group } }] });
		expect(await json('quota', 'getAll', { returnAll: true })).toContainEqual(expect.objectContaining({ id: made.id, name }));
		expect(await bench.shown('searchQuotas', {}, name)).toEqual([[name, made.id]]);
	});

	it('are changed, and what is not given stays as it is', async () => {
		const { id: user } = await newUser(bench);
		const id = await newQuota({ operator: 'subtract', inUsers: user }, '12345 B');
		const { name } = await get(id);
		expect(await update(id, { amount: '1 GiB' })).toEqual([{ id, message: `Quota '${String(name)}' is now '-1.1 GB'.` }]);
		await update(id, { description: 'changed' });
		await update(id, { operator: 'add' });
		expect(await get(id)).toMatchObject({ name, description: 'changed', bytes: 1_073_741_824, operation: '+', users: [{ user: { id: user } }] });
		const renamed = unique('quota');
		expect(await update(id, { name: renamed, description: 'renamed', amount: 'unlimited', operator: 'exact' })).toMatchObject([{ message: expect.stringContaining(`has been renamed to '${renamed}'`) }]);
		await update(id, { operator: 'exact' });
		expect(await get(id)).toMatchObject({ name: renamed, bytes: -1, operation: '=' });
	});

	it('get other users and groups, and are the default of some', async () => {
		const [one, other] = [await newUser(bench), await newUser(bench)];
		const [{ id: group }] = await asAdmin<Array<{ id: string }>>(bench, 'POST groups', { name: unique('lab') });
		const id = await newQuota({ inUsers: one.id });
		await update(id, { inUsers: other.email, inGroups: group });
		expect(await get(id)).toMatchObject({ users: [{ user: { id: other.id } }], groups: [{ group: { id: group } }] });
		const base = await newQuota();
		// of users without a log-in: others use the server, too
		await update(base, { defaultFor: 'unregistered' });
		expect((await bench.run('quota', 'delete', { quotaId: byId(base) })).error?.message).toMatch(/unset it as a default/);
		expect(await update(base, { defaultFor: 'no' })).toMatchObject([{ message: expect.stringContaining('no longer the default for unregistered users') }]);
	});

	it('are deleted, brought back, and lose their users by a purge', async () => {
		const { id: user } = await newUser(bench);
		const id = await newQuota({ inUsers: user });
		const { name } = await get(id);
		const quotaId = byId(id);
		expect(await json('quota', 'delete', { quotaId })).toEqual([{ deleted: true, message: `Deleted 1 quotas: ${String(name)}` }]);
		expect(await json('quota', 'getDeleted')).toContainEqual(expect.objectContaining({ id, name }));
		expect(await bench.shown('searchDeletedQuotas', {}, String(name))).toEqual([[name, id]]);
		expect(await json('quota', 'getDeleted', { quotaId })).toMatchObject([{ id, users: [{ user: { id: user } }] }]);
		expect(await json('quota', 'undelete', { quotaId })).toEqual([{ message: `Undeleted 1 quotas: ${String(name)}` }]);
		await json('quota', 'delete', { quotaId });
		expect(await json('quota', 'purge', { quotaId })).toEqual([{ message: `Purged 1 quotas: ${String(name)}` }]);
		expect(await json('quota', 'getDeleted', { quotaId })).toMatchObject([{ id, users: [] }]);
	});

	it('are deleted and purged in one', async () => {
		const { id: user } = await newUser(bench);
		const id = await newQuota({ inUsers: user });
		expect(await json('quota', 'delete', { quotaId: byId(id), purge: true })).toMatchObject([{ message: expect.stringContaining('Purged 1 quotas') }]);
		expect(bench.arrived('DELETE quotas/{id}')[0].body).toEqual({ purge: true });
		expect(await json('quota', 'getDeleted', { quotaId: byId(id) })).toMatchObject([{ users: [] }]);
	});

	it('that are refused say why', async () => {
		const refused = async (amount: string, additionalFields: object = {}) => (await bench.run('quota', 'create', { name: unique('quota'), description: 'of a test', amount, additionalFields })).error;
		expect((await refused('lots'))?.message).toBe('Galaxy refused the request: Unable to parse the provided amount.');
		expect((await refused('1 GB', { inUsers: 'nobody@example.org' }))?.description).toMatch(/^Galaxy may not know one of "Users" or "Groups"/);
		bench.login = 'user';
		expect((await bench.run('quota', 'getAll')).error?.description).toMatch(/^Only administrators may do this/);
	});
});
