import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const listed = { id: 'core.history', name: 'History Introduction', description: 'What a history is', tags: ['core'], requirements: ['logged_in'] };
const tour = { name: listed.name, description: listed.description, tags: ['core'], requirements: ['logged_in'], title_default: null, steps: [{ title: 'Welcome', content: 'This is a history' }] };
const tourId = byId('core.history');

const answer = (path: string, body: unknown) => bench.simulator.faults.add({ path: `/tours${path}`, kind: 'status', status: 200, body });

describe('tours', () => {
	it('are made from the test of a tool', async () => {
		const [made] = await json('tour', 'generate', { toolId: byId('Filter1'), toolVersion: '1.1.1', performsUpload: false });
		expect(made).toMatchObject({ uploaded_hids: [], use_datasets: false, tour: { name: 'Filter Tour', steps: expect.arrayContaining([expect.objectContaining({ title: 'Filter Tour' })]) } });
		expect(bench.arrived('GET tours/generate')[0].query).toEqual({ tool_id: ['Filter1'], tool_version: ['1.1.1'], performs_upload: ['false'] });
	});

	it('are made of tools with tests only, and never tried twice', async () => {
		const { error } = await bench.run('tour', 'generate', { toolId: byId('test_fail'), toolVersion: '1.0.0' });
		expect(error?.message).toMatch(/Tests are not defined/);
		bench.simulator.faults.add({ path: '/tours/generate', kind: 'cut', times: 9 });
		expect((await bench.run('tour', 'generate', { toolId: byId('Filter1'), toolVersion: '1.1.1' })).error).toBeDefined();
		expect(bench.arrived('GET tours/generate')).toHaveLength(2);
	});

	it('are listed: this server has none', async () => {
		expect(await json('tour', 'getAll')).toEqual([]);
		const { error } = await bench.run('tour', 'get', { tourId });
		expect(error?.message).toMatch(/tour core\.history not found/);
	});

	it('are listed, found and told (answers of a server with tours)', async () => {
		answer('', [listed]);
		expect(await json('tour', 'getAll')).toEqual([listed]);
		answer('', [listed]);
		expect(await bench.shown('searchTours', {}, 'intro')).toEqual([['History Introduction', 'core.history']]);
		answer('/core.history', tour);
		expect(await json('tour', 'get', { tourId })).toEqual([tour]);
	});

	it('are read again by administrators (answer of a server with tours)', async () => {
		const { error } = await bench.run('tour', 'reload', { tourId });
		expect(error?.description).toMatch(/Only administrators may do this/);
		bench.login = 'admin';
		answer('/core.history', tour);
		expect(await json('tour', 'reload', { tourId })).toEqual([tour]);
		expect(bench.arrived('POST tours/{tour_id}')).toHaveLength(2);
	});
});
