import { asAdmin, newUser, PASSWORD, unique, type Account } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let ada: Account;

beforeAll(async () => {
	await bench.open();
	ada = await newUser(bench);
});
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** A credential of the user with this key. */
const withKey = (apiKey: string) => ({ credential: bench.credential({ apiKey }) });

describe('users', () => {
	it('are made with a password, and found by name and address', async () => {
		const username = unique('grace');
		const email = `${username}@example.org`;
		const [made] = await json('user', 'create', { email, username, password: PASSWORD });
		expect(made).toMatchObject({ email, username, active: true, deleted: false, last_password_change: expect.stringMatching(/Z$/) });
		for (const filters of [{ search: username }, { email: username, username: username.toUpperCase() }]) {
			expect(await json('user', 'getAll', { filters })).toMatchObject([{ id: made.id, email }]);
		}
		expect(bench.arrived('GET users').map(({ query }) => query)).toMatchObject([{ f_any: [username], limit: ['50'] }, { f_email: [username], f_name: [username.toUpperCase()] }]);
		expect(await bench.shown('searchUsers', {}, username)).toEqual([[email, made.id]]);
		expect(await json('user', 'get', { userId: byId(String(made.id)) })).toEqual([
			{ id: made.id, username, email, is_admin: false, deleted: false, purged: false, nice_total_disk_usage: '0 bytes', total_disk_usage: 0, quota: 'unlimited', quota_percent: null },
		]);
	});

	it('of a web server with a log-in of its own are named by address alone, which others refuse', async () => {
		const { error } = await bench.run('user', 'create', { logIn: 'remote', remoteUserEmail: 'ada@example.org' });
		expect(error?.message).toMatch(/^Galaxy refused the request: .*password/s);
		expect(bench.arrived('POST users')[0].body).toEqual({ remote_user_email: 'ada@example.org' });
	});

	it('are refused by their password alone, which no message repeats', async () => {
		const { error } = await bench.run('user', 'create', { email: ada.email, username: unique('x'), password: 'short' });
		expect(error?.message).toMatch(/at least 6 characters/);
		expect(JSON.stringify(error?.message)).not.toContain('short');
	});

	it('see themselves alone', async () => {
		bench.login = 'user';
		const { email } = bench.simulator.info.user;
		const [me] = await json('user', 'getCurrent');
		expect(me).toMatchObject({ email, is_admin: false });
		expect(await json('user', 'getAll', { returnAll: true })).toMatchObject([{ id: me.id, email }]);
		const { error } = await bench.run('user', 'getRoles', { userId: byId(String(me.id)) });
		expect(error?.message).toMatch(/^Galaxy does not allow this/);
		expect(error?.description).toMatch(/^Only administrators may do this/);
	});

	it('are changed', async () => {
		const { id } = await newUser(bench);
		const username = unique('renamed');
		expect(await json('user', 'update', { userId: byId(id), additionalFields: { username, active: true } })).toMatchObject([{ id, username }]);
		expect(bench.arrived('PUT users/{user_id}')[0].body).toEqual({ username, active: true });
		const { error } = await bench.run('user', 'update', { userId: byId(id), additionalFields: { preferredObjectStoreId: 'fast' } });
		expect(error?.message).toMatch(/preferred object stores/);
	});

	it('are deleted, brought back, and purged once they are deleted', async () => {
		const { id, email, username } = await newUser(bench);
		const userId = byId(id);
		expect((await bench.run('user', 'purge', { userId })).error?.message).toMatch(/has not been deleted/);
		expect(await json('user', 'delete', { userId })).toMatchObject([{ id, deleted: true }]);
		expect((await bench.run('user', 'get', { userId })).error?.message).toMatch(/is deleted/);
		expect(await json('user', 'get', { userId, additionalFields: { deleted: true } })).toMatchObject([{ id, deleted: true, purged: false }]);
		expect(await json('user', 'update', { userId, additionalFields: { deleted: true, active: false } })).toMatchObject([{ id }]);
		expect(await json('user', 'getAll', { filters: { deleted: true, email } })).toMatchObject([{ id, active: false }]);
		expect(await bench.shown('searchDeletedUsers', {}, username)).toEqual([[email, id]]);
		expect(await json('user', 'undelete', { userId })).toMatchObject([{ id, deleted: false }]);
		await json('user', 'delete', { userId });
		expect(await json('user', 'purge', { userId })).toMatchObject([{ id, deleted: true, purged: true }]);
		expect(bench.arrived('DELETE users/{user_id}').map(({ query }) => query.purge)).toEqual([['true'], undefined, undefined, ['true']]);
	});

	it('have roles, and are sent the link that confirms their address', async () => {
		expect(await json('user', 'getRoles', { userId: byId(ada.id) })).toMatchObject([{ type: 'private' }]);
		expect(await json('user', 'sendActivationEmail', { userId: byId(ada.id) })).toEqual([{ success: true }]);
	});
});

describe('API keys', () => {
	it('are given out, renewed and taken away', async () => {
		const userId = byId(ada.id);
		expect(await json('user', 'getApiKey', { userId })).toEqual([{ key: null, create_time: null }]);
		const [{ key: first }] = await json('user', 'createApiKey', { userId });
		expect(await json('user', 'getApiKey', { userId })).toEqual([{ key: first, create_time: expect.stringMatching(/Z$/) }]);
		const [{ key: second }] = await json('user', 'createApiKey', { userId });
		expect(await json('user', 'getCurrent', {}, withKey(String(second)))).toMatchObject([{ id: ada.id }]);
		expect((await bench.run('user', 'getCurrent', {}, withKey(String(first)))).error?.message).toMatch(/^Galaxy did not accept the credential/);
		expect(await json('user', 'deleteApiKey', { userId })).toEqual([{ deleted: true }]);
		expect((await bench.run('user', 'getCurrent', {}, withKey(String(second)))).error?.message).toMatch(/^Galaxy did not accept the credential/);
	});

	it('do not show where they are the credential themselves', async () => {
		const { id } = await newUser(bench);
		const key = await asAdmin<string>(bench, `POST users/${id}/api_key`);
		expect(await json('user', 'getApiKey', { userId: byId(id) }, withKey(key))).toMatchObject([{ key: '***' }]);
	});
});

describe('passwords', () => {
	it('are changed by who knows the present one', async () => {
		const userId = byId(ada.id);
		expect(await json('user', 'getPasswordForm', { userId })).toMatchObject([{ inputs: [{ name: 'current' }, { name: 'password' }, { name: 'confirm' }] }]);
		expect(await json('user', 'setPassword', { userId, currentPassword: PASSWORD, newPassword: 'second-password' })).toEqual([{ message: 'Password has been changed.' }]);
		expect(bench.arrived('PUT users/{user_id}/password/inputs')[0].body).toMatchObject({ current: PASSWORD, password: expect.any(String), confirm: 'second-password' });
		const { error } = await bench.run('user', 'setPassword', { userId, currentPassword: PASSWORD, newPassword: 'third-password' });
		expect(error?.message).toBe('Galaxy does not allow this: Invalid current password.');
	});
});

describe('the disk space of a user', () => {
	it('is told for each quota, for one of them, and for each storage', async () => {
		const userId = byId(ada.id);
		expect(await json('user', 'getUsage', { userId })).toEqual([{ quota_source_label: null, total_disk_usage: 0, quota_percent: null, quota_bytes: null, quota: 'unlimited' }]);
		expect(await json('user', 'getUsage', { userId, additionalFields: { label: 'fast' } })).toMatchObject([{ quota_source_label: 'fast', total_disk_usage: 0 }]);
		expect(bench.arrived('GET users/{user_id}/usage/{label}')).toHaveLength(1);
		// none of its storages can be chosen by users
		expect(await json('user', 'getObjectStoreUsage', { userId })).toEqual([]);
	});

	it('is counted again, for others and for oneself', async () => {
		expect(await json('user', 'recalculateDiskUsage', { otherUserId: byId(ada.id), waitForCompletion: true })).toMatchObject([{ id: expect.any(String), finished: true, succeeded: true }]);
		bench.login = 'user';
		expect(await json('user', 'recalculateDiskUsage')).toMatchObject([{ id: expect.any(String), ignored: false }]);
		expect(bench.arrived('PUT users/{user_id}/recalculate_disk_usage').map(({ path }) => path)).toEqual([expect.stringContaining(ada.id), '/api/users/current/recalculate_disk_usage']);
	});

	it('has been counted at once where the server has no workers for long tasks (answered by a fault)', async () => {
		bench.simulator.faults.add({ method: 'PUT', path: 'recalculate_disk_usage', kind: 'status', status: 204, body: '' });
		expect(await json('user', 'recalculateDiskUsage', { waitForCompletion: true })).toEqual([{ success: true, finished: true, succeeded: true }]);
		expect(bench.arrived('GET tasks/{task_id}/state')).toHaveLength(0);
	});
});
