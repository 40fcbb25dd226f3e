import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

describe('histories', () => {
	it('are made with a name alone, and with all that a history can have', async () => {
		const [plain] = await json('history', 'create', { name: 'Plain' });
		expect(plain).toMatchObject({ name: 'Plain', id: expect.stringMatching(/^[0-9a-f]{16,}$/), update_time: expect.stringMatching(/Z$/) });
		expect(bench.arrived('PUT histories/{history_id}')).toHaveLength(0);
		const [full] = await json('history', 'create', { name: 'Full', additionalFields: { annotation: 'a note', genomeBuild: 'hg38', tags: 'run:7,urgent', preferredObjectStoreId: '' }, simplify: false });
		expect(full).toMatchObject({ name: 'Full', annotation: 'a note', genome_build: 'hg38', tags: ['run:7', 'urgent'] });
	});

	it('are listed by pages and filters, with no more fields than are wanted', async () => {
		const id = await bench.newHistory('Unmistakable 4711');
		const filters = { name: 'mistakable 47', createdAfter: '2026-01-01', order: 'name-asc', keys: 'id,name' };
		expect(await json('history', 'getAll', { filters, simplify: false })).toContainEqual({ id, name: 'Unmistakable 4711' });
		expect(bench.arrived('GET histories')[0].query).toMatchObject({ q: ['create_time-ge', 'name-contains'], qv: [expect.stringMatching(/^2026-01-01T.*\d$/), 'mistakable 47'], order: ['name-asc'], keys: ['id,name'], limit: ['50'] });
	});

	it('are changed, and deleted', async () => {
		const id = await bench.newHistory();
		const [changed] = await json('history', 'update', { historyId: byId(id), additionalFields: { name: 'New Name', tags: 'a' } });
		expect(changed).toMatchObject({ id, name: 'New Name', tags: ['a'] });
		expect(await json('history', 'delete', { historyId: byId(id) })).toMatchObject([{ id, deleted: true, purged: false }]);
		expect(await json('history', 'get', { historyId: byId(id) })).toMatchObject([{ deleted: true }]);
	});

	it('are shared, and found in the editor', async () => {
		const id = await bench.newHistory('To be shared');
		await bench.newDatasets(id, 'text');
		const [sharing] = await json('history', 'shareWithUsers', { historyId: byId(id), userIds: bench.simulator.info.admin.email });
		expect(sharing).toMatchObject({ users_shared_with: [{ email: bench.simulator.info.admin.email }] });
		expect(await bench.shown('searchHistories', {}, 'to be sha')).toContainEqual([expect.stringContaining('To be shared'), id]);
	});
});

describe('a refusal', () => {
	it('says what to do, with the code of Galaxy', async () => {
		const { error } = await bench.run('history', 'get', { historyId: byId('42') });
		expect(error?.message).toMatch(/^Galaxy refused the request: /);
		expect(error?.description).toMatch(/IDs of Galaxy have 16 characters.*Galaxy error code 400008/);
	});

	it('of a wrong key, and of none', async () => {
		const wrong = await bench.run('server', 'whoAmI', {}, { credential: bench.credential({ apiKey: 'wrong-key-of-nobody' }) });
		expect(wrong.error?.message).toMatch(/^Galaxy did not accept the credential/);
		const none = await bench.run('server', 'whoAmI', {}, { credential: bench.credential({ apiKey: ' ' }) });
		expect(none.error?.message).toBe('The Galaxy credential has no API key');
	});
});

describe('the log-in', () => {
	it('by user and password gets a key', async () => {
		const { email, password } = bench.simulator.info.user;
		const credential = bench.credential({ authentication: 'password', username: email, password, apiKey: '' });
		const { outputs, error } = await bench.run('server', 'whoAmI', {}, { credential });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ email });
		expect(bench.arrived('GET authenticate/baseauth')).toHaveLength(1);
	});
});
