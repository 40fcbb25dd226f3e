import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const ORDERS = 'GET /miner/orders';
/** The project with 130 orders. */
const many = () => ({ projectId: byId(bench.simulator.info.otherProjectId) });
const settings = async (changes: object) => await bench.control('POST', 'settings', changes);
const answer = (body: unknown) => bench.simulator.faults.add({ kind: 'status', status: 200, body });
/** What was asked for: the limit, and the offset where there was one. */
const asked = (call = ORDERS) => bench.arrived(call).map(({ query: { limit, offset } }) => [limit?.[0], offset?.[0]].filter((value) => value !== undefined).map(Number));
const ids = (rows: IDataObject[]) => new Set(rows.map(({ id }) => id));

describe.each(LAYOUTS)('a list, with %s,', (layout) => {
	const all = async () => ids(await bench.through(layout, 'order', 'getAll', { ...many(), returnAll: true }));

	it('is asked for with the limit that is wanted', async () => {
		expect(await bench.through(layout, 'order', 'getAll', { ...many(), limit: 3 })).toHaveLength(3);
		expect(asked()).toEqual([[3]]);
	});

	it('of more than a page is cut where the limit is', async () => {
		expect(ids(await bench.through(layout, 'order', 'getAll', { ...many(), limit: 120 })).size).toBe(120);
		expect(asked()).toEqual([[100], [100, 100]]);
	});

	it('is read to its end by offsets', async () => {
		expect((await all()).size).toBe(130);
		expect(asked()).toEqual([[100], [100, 100]]);
	});

	it('is read to its end where it tells how many there are', async () => {
		await settings({ listShape: 'wrapped' });
		expect((await all()).size).toBe(130);
		expect(asked()).toEqual([[100], [100, 100]]);
	});

	it('whose server knows no offset is asked for all of it at once', async () => {
		await settings({ offset: 'ignored' });
		expect((await all()).size).toBe(130);
		expect(asked()).toEqual([[100], [100, 100], [1000]]);
	});

	it('whose server finds the limit too high is asked for less', async () => {
		await settings({ maxLimit: 30 });
		expect((await all()).size).toBe(130);
		expect(asked()).toEqual([[100], [50], [25], [25, 25], [25, 50], [25, 75], [25, 100], [25, 125]]);
	});
});

it('a list that cannot be read to its end fails, instead of giving a part for the whole', async () => {
	await settings({ offset: 'ignored', maxLimit: 60 });
	const { error } = await bench.run('order', 'getAll', { ...many(), returnAll: true });
	expect(error).toMatchObject({ message: 'The list cannot be read to its end', description: expect.stringContaining('Narrow the filters') });
	bench.simulator.journal.clear();
	expect(await bench.json('order', 'getAll', { ...many(), limit: 40 })).toHaveLength(40);
	expect(asked()).toEqual([[40]]);
});

it('a limit below 20 is not asked for when all is wanted', async () => {
	await settings({ maxLimit: 19 });
	const { error } = await bench.run('order', 'getAll', { ...many(), returnAll: true });
	expect(error?.message).toBe('iFlow refused the request: limit: Input should be less than or equal to 19');
	expect(asked()).toEqual([[100], [50], [25], [20]]);
});

it('a filter that is refused is not asked for again', async () => {
	const { error } = await bench.run('order', 'getAll', { filters: { status: 'lost' } });
	expect(error?.message).toMatch(/^iFlow refused the request: status: Input should be 'created', /);
	expect(asked()).toHaveLength(1);
});

it('a server that gives fewer rows than it was asked for is asked on, when it tells that there are more', async () => {
	answer({ items: [{ id: 'a' }, { id: 'b' }], total: 3 });
	answer({ items: [{ id: 'c' }], total: 3 });
	expect(await bench.json('order', 'getAll', { returnAll: true })).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
	expect(asked()).toEqual([[100], [100, 2]]);
	// it is not believed for ever
	answer({ items: [{ id: 'a' }], total: 3 });
	answer({ items: [], total: 3 });
	expect(await bench.json('order', 'getAll', { returnAll: true })).toEqual([{ id: 'a' }]);
});

it.each([
	['items', { items: [{ id: 'a' }], total: 1 }],
	['data', { page: 1, data: [{ id: 'a' }], count: 1 }],
	['results', { results: [{ id: 'a' }], total_count: 1 }],
	['the name of the list', { next: null, orders: [{ id: 'a' }] }],
	['nothing around it', [{ id: 'a' }]],
])('rows are found under %s', async (_name, body) => {
	answer(body);
	expect(await bench.json('order', 'getAll', { returnAll: true })).toEqual([{ id: 'a' }]);
	expect(asked()).toHaveLength(1);
});

it('an answer that is no list is told, not taken for an empty one', async () => {
	answer({ id: 'a' });
	expect((await bench.run('order', 'getAll')).error?.message).toBe('The list came in a form that is not known');
});

it('lists without a known limit are asked for once, with nothing added', async () => {
	const { projectId } = bench.simulator.info;
	for (const listShape of ['array', 'wrapped']) {
		await settings({ listShape });
		expect(await bench.json('organization', 'getAll', { returnAll: true })).toHaveLength(2);
		expect(await bench.json('project', 'getAll', { returnAll: true })).toHaveLength(3);
		expect(await bench.json('project', 'getAll', { limit: 2 })).toMatchObject([{ id: projectId }, { slug: 'sim-other' }]);
		expect(await bench.json('labflow', 'getAll', { returnAll: true })).toHaveLength(3);
		expect(await bench.json('order', 'getSamples', { orderId: byId('CASE-17'), returnAll: true })).toHaveLength(2);
	}
	expect(bench.arrived().every(({ query }) => Object.keys(query).length === 0)).toBe(true);
	expect(bench.arrived()).toHaveLength(10);
});

it('rows keep what they came from: every item is paired with its own', async () => {
	const items = [{ json: { search: 'CASE-17' } }, { json: { search: 'CASE-1' } }];
	const { outputs } = await bench.run('order', 'getAll', { filters: { search: '={{ $json.search }}' } }, { items });
	expect(outputs[0].map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
});

describe('the editor', () => {
	const shown = bench.shown.bind(bench);

	it('lists organizations, projects and labflows, and searches them by itself', async () => {
		const { organizationId, projectId } = bench.simulator.info;
		expect(await shown('searchOrganizations')).toContainEqual(['Sim Genomics', organizationId]);
		expect(await shown('searchOrganizations', {}, 'hospital')).toMatchObject([['Sim Hospital', expect.any(String)]]);
		expect(await shown('searchProjects', {}, 'SIM MAIN')).toEqual([['Sim Main (Sim Genomics)', projectId]]);
		expect(await shown('searchLabflows')).toEqual([['Main 2 (project)', expect.any(String)], ['Genomics 3 (org)', expect.any(String)], ['Standard 1 (system)', expect.any(String)]]);
	});

	it('lists things by what iFlow shows of them, and lets iFlow search', async () => {
		expect(await shown('searchOrders', {}, 'case-17')).toEqual([['CASE-17 (review)', expect.stringMatching(/^5{8}-/)]]);
		expect(await shown('searchSubjects', {}, 'trio')).toEqual([['Trio/Child', expect.stringMatching(/^1{8}-/)]]);
		expect(await shown('searchSamples', {}, '001-t')).toEqual([['P 001-T (P 001)', expect.stringMatching(/^2{8}-/)]]);
		expect(bench.arrived().map(({ query }) => query)).toEqual([{ limit: ['50'], search: ['case-17'] }, { limit: ['50'], search: ['trio'] }, { limit: ['50'], search: ['001-t'] }]);
		await settings({ profile: 'gen1' });
		expect(await shown('searchOrders', {}, 'CASE-13')).toEqual([['CASE-13 (ready_for_review)', expect.any(String)]]);
	});

	it('looks into the project that is chosen in the node', async () => {
		const { emptyProjectId, foreignProjectId, otherProjectId } = bench.simulator.info;
		expect(await shown('searchOrders', { projectId: otherProjectId })).toHaveLength(50);
		expect(await shown('searchSamples', { projectId: emptyProjectId })).toEqual([]);
		await expect(shown('searchSubjects', { projectId: foreignProjectId })).rejects.toMatchObject({ message: expect.stringContaining('You do not have access to this project'), httpCode: '403' });
	});
});
