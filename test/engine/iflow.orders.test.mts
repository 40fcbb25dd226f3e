import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const settings = async (changes: object) => await bench.control('POST', 'settings', changes);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error;
const more = (additionalFields: IDataObject) => ({ additionalFields });
const ORDER = 'GET /miner/orders/{id}';
const PUT = 'PUT /miner/orders/{id}';
const admin = () => ({ credential: bench.credential({ accessToken: bench.simulator.info.adminToken }) });

/** Every field, as the editor gives it, and as it arrives. */
const GIVEN = {
	displayId: 'CASE-100', accessionNumber: 'ACC-1', externalId: 'LIS-1', description: 'text', mode: 'hereditary', priority: 'high', clinicalIndication: 'indicated', indication: 'as before', testType: 'Panel',
	orderingProvider: 'Provider', orderingFacility: 'Facility', receivedDate: '2026-03-01T23:30:00+02:00', dueDate: '2026-03-31', tags: 'a, b,a', properties: '{"room": {"number": 7}}',
};
const ARRIVED = {
	display_id: 'CASE-100', accession_number: 'ACC-1', external_id: 'LIS-1', description: 'text', mode: 'hereditary', priority: 'high', clinical_indication: 'indicated', indication: 'as before', test_type: 'Panel',
	ordering_provider: 'Provider', ordering_facility: 'Facility', received_date: '2026-03-01', due_date: '2026-03-31', tags: ['a', 'b'], properties: { room: { number: 7 } },
};

describe.each(LAYOUTS)('with %s', (layout) => {
	it('an order is made with all that can be told of it', async () => {
		const [order] = await bench.through(layout, 'order', 'create', { ...more({ ...GIVEN, name: 'CASE-OLD', extraFields: '{"panel": "cardio"}' }), simplify: false });
		expect(bench.sent('POST /miner/orders')).toEqual([{ ...ARRIVED, name: 'CASE-OLD', panel: 'cardio' }]);
		expect(order).toMatchObject({ order_id: 'CASE-100', status: 'created', mode: 'hereditary', clinical_indication: 'indicated', properties: { room: { number: 7 } }, due_date: '2026-03-31', created_by: expect.any(String) });
	});

	it('an order is made of nothing at all: iFlow names it, and nothing is sent for it', async () => {
		expect(await bench.through(layout, 'order', 'create', {})).toMatchObject([{ order_id: 'ORD-1', status: 'created' }]);
		expect(bench.sent('POST /miner/orders')).toEqual([{}]);
	});

	it('an update keeps what is not given, though the request replaces', async () => {
		await bench.through(layout, 'order', 'update', { orderId: byId('CASE-17'), ...more({ priority: 'low', properties: '{"room": 7}' }) });
		expect(await bench.through(layout, 'order', 'get', { orderId: byId('CASE-17'), simplify: false })).toMatchObject([
			{ status: 'review', priority: 'low', mode: 'somatic', accession_number: 'ACC-17', external_id: 'LIS-881', clinical_indication: 'example text', ordering_provider: 'Provider A', properties: { room: 7 } },
		]);
		const [sent] = bench.sent(PUT);
		for (const name of ['id', 'project_id', 'status', 'created_at', 'updated_at', 'created_by']) expect(sent).not.toHaveProperty(name);
		// by its UUID, so that a new name does not get in the way
		expect(bench.arrived(PUT)[0].path).toMatch(/\/orders\/55555555-aaaa-/);
	});
});

describe('an update', () => {
	const update = async (fields: IDataObject, id = 'CASE-17') => await json('order', 'update', { orderId: byId(id), ...more(fields), simplify: false });

	it('changes all that can be told of an order', async () => {
		const [order] = await update(GIVEN);
		expect(order).toMatchObject({ order_id: 'CASE-100', accession_number: 'ACC-1', external_id: 'LIS-1', mode: 'hereditary', priority: 'high', clinical_indication: 'indicated', test_type: 'Panel', tags: ['a', 'b'], received_date: '2026-03-01' });
		// both names that servers have for it, and what older ones call it
		expect(bench.sent(PUT)).toMatchObject([{ ...ARRIVED, order_id: 'CASE-100', name: 'CASE-100' }]);
	});

	it('gives the new value to all names that an order has for it', async () => {
		await update({ clinicalIndication: 'new' });
		await update({ indication: 'newer' });
		expect(bench.sent(PUT)).toMatchObject([{ clinical_indication: 'new', indication: 'new' }, { clinical_indication: 'newer', indication: 'newer' }]);
	});

	it('lays properties over those that are there, key by key', async () => {
		await update({ properties: '{"a": 1, "b": {"c": 1}}' });
		expect(await update({ properties: '{"b": {"d": 2}}' })).toMatchObject([{ properties: { a: 1, b: { c: 1, d: 2 } } }]);
	});

	it('empties a field by null among More Fields, which count over all others', async () => {
		expect(await update({ accessionNumber: 'no', extraFields: '{"accession_number": null, "external_id": null, "priority": "stat"}', priority: 'low' })).toMatchObject([{ accession_number: null, external_id: null, priority: 'stat', ordering_facility: 'Site B' }]);
	});

	it('of the fields alone that are given is sent without looking first', async () => {
		const [order] = await update({ priority: 'low', sendOnlyGiven: true });
		expect(bench.arrived(ORDER)).toEqual([]);
		expect(bench.sent(PUT)).toEqual([{ priority: 'low' }]);
		// a server that replaces has emptied the rest
		expect(order).toMatchObject({ priority: 'low', accession_number: null });
	});

	it('of nothing is refused before anything is sent', async () => {
		for (const fields of [{}, { sendOnlyGiven: true }, { tags: ' , ' }]) {
			expect(await failure('order', 'update', { orderId: byId('CASE-17'), ...more(fields) })).toMatchObject({ message: 'Nothing is to be changed', description: 'Add a field under "Additional Fields"' });
		}
		expect(bench.arrived()).toEqual([]);
	});

	it('of an order with files cannot rename it, and says so', async () => {
		await bench.control('POST', 'objects', { path: 'orders/case-17/signed-report.pdf', text: 'x' });
		expect((await failure('order', 'update', { orderId: byId('CASE-17'), ...more({ displayId: 'CASE-99' }) }))?.message).toBe('iFlow refused the request: It has files already and cannot be renamed');
	});

	it('of an order of an older server keeps its names', async () => {
		await settings({ profile: 'gen1' });
		const [order] = await update({ priority: 'urgent', indication: 'new' }, 'CASE-17');
		expect(order).toMatchObject({ name: 'CASE-17', indication: 'new', priority: 'urgent', accession_number: 'ACC-17' });
		expect(bench.sent(PUT)[0]).toEqual({ name: 'CASE-17', indication: 'new', priority: 'urgent', accession_number: 'ACC-17', external_id: 'LIS-881', ordering_provider: 'Provider A', ordering_facility: 'Site B', tags: [], properties: {} });
		expect(await update({ displayId: 'CASE-99' })).toMatchObject([{ name: 'CASE-99' }]);
	});
});

describe('an order that is shown', () => {
	const NEWEST = ['id', 'order_id', 'display_id', 'name', 'status', 'priority', 'accession_number', 'external_id', 'created_at', 'updated_at'];
	const OLDEST = NEWEST.filter((name) => !['order_id', 'display_id'].includes(name));

	it.each([['gen3', NEWEST], ['gen1', OLDEST]])('of the generation %s has its most useful fields, or all', async (profile, names) => {
		await settings({ profile });
		for (const [operation, parameters] of [['get', { orderId: byId('CASE-03') }], ['getAll', { filters: { search: 'CASE-03' } }], ['update', { orderId: byId('CASE-03'), ...more({ description: 'x' }) }]] as const) {
			expect((await json('order', operation, parameters)).map(Object.keys)).toEqual([names]);
			const [whole] = await json('order', operation, { ...parameters, simplify: false });
			expect(Object.keys(whole)).toEqual(expect.arrayContaining([...names, 'project_id', 'tags', 'properties', 'created_by']));
		}
	});

	it('is found by status, priority and a part of its ID, in the words of either generation', async () => {
		expect(await json('order', 'getAll', { filters: { status: 'review', priority: 'high', search: 'case-1' } })).toMatchObject([{ order_id: 'CASE-13' }]);
		expect(bench.arrived('GET /miner/orders')[0].query).toEqual({ status: ['review'], priority: ['high'], search: ['case-1'], limit: ['50'] });
		expect((await json('order', 'getAll', { filters: { status: 'created', search: 'CASE' } })).map(({ order_id }) => order_id)).toEqual(['CASE/18', 'CASE-11']);
		await settings({ profile: 'gen1' });
		expect(await json('order', 'getAll', { filters: { status: 'ready_for_review', priority: 'stat' } })).toEqual([]);
		expect((await failure('order', 'getAll', { filters: { priority: 'high' } }))?.message).toBe('iFlow refused the request: priority: Input should be \'routine\', \'urgent\' or \'stat\'');
	});

	it('has a stage in a labflow, or none', async () => {
		await json('order', 'transition', { orderId: byId('CASE-12'), status: 'review' });
		expect(await json('order', 'getLabflow', { orderId: byId('CASE-12') })).toMatchObject([{ current_stage: { code: 'review', state: 'pending' }, last_transition: { from: 'analyzing', to: 'review' } }]);
		await bench.control('POST', 'orders/CASE-12', { labflow_id: null });
		expect(await failure('order', 'getLabflow', { orderId: byId('CASE-12') })).toMatchObject({ message: 'iFlow did not find it: Labflow of this order not found', httpCode: '404' });
	});
});

describe('a transition', () => {
	const to = async (id: string, status: string, fields = {}) => await json('order', 'transition', { orderId: byId(id), status, ...more(fields) });

	it('goes the way of the newest servers, and of older ones', async () => {
		for (const status of ['analyzing', 'review', 'sign_off']) expect(await to('CASE-11', status)).toMatchObject([{ order_id: 'CASE-11', status }]);
		expect(await to('CASE-12', 'signed_off')).toMatchObject([{ status: 'signed_off' }]);
		await settings({ profile: 'gen1' });
		for (const status of ['analyzing', 'ready_for_review', 'reviewed', 'signed_off']) expect(await to('CASE/18', status)).toMatchObject([{ name: 'CASE/18', status }]);
		expect(bench.sent('POST /miner/orders/{id}/transition')[0]).toEqual({ status: 'analyzing' });
	});

	it('tells why, and what else a server wants', async () => {
		await to('CASE-11', 'analyzing', { comment: 'first sample is there', extraFields: '{"assignee": "user-2"}' });
		expect(bench.sent('POST /miner/orders/{id}/transition')).toEqual([{ status: 'analyzing', comment: 'first sample is there', assignee: 'user-2' }]);
	});

	it('is judged by iFlow alone', async () => {
		expect((await failure('order', 'transition', { orderId: byId('CASE-15'), status: 'review' }))?.message).toBe('iFlow refused the request: Cannot change order status from completed to review');
		expect(await failure('order', 'transition', { orderId: byId('CASE-11'), status: 'cancelled' })).toMatchObject({ message: 'iFlow does not allow this: Only administrators of the project may set cancelled', description: expect.stringContaining('Ask an administrator of the project') });
		expect(await json('order', 'transition', { orderId: byId('CASE-14'), status: 'cancelled' }, admin())).toMatchObject([{ status: 'cancelled' }]);
		await bench.reset();
		await settings({ cancelAtSignOff: false });
		expect((await failure('order', 'transition', { orderId: byId('CASE-14'), status: 'cancelled' }, admin()))?.message).toContain('Cannot change order status from sign_off to cancelled');
	});

	it('into any other word is sent as it is', async () => {
		await failure('order', 'transition', { orderId: byId('CASE-11'), status: 'paused' });
		expect(bench.sent('POST /miner/orders/{id}/transition')).toEqual([{ status: 'paused' }]);
	});
});

it('a completed order is not deleted', async () => {
	expect((await failure('order', 'delete', { orderId: byId('CASE-15') }))?.message).toBe('iFlow refused the request: A completed order cannot be deleted');
});

describe('a samplesheet', () => {
	const get = async (parameters: IDataObject, id = 'CASE-17') => await bench.run('order', 'getSamplesheet', { orderId: byId(id), ...parameters });

	it('comes as items, a row each', async () => {
		const { outputs } = await get({});
		expect(outputs[0].map(({ json: row }) => [row.sample, row.fastq_1, row.sex])).toEqual([['P 001-T', 'gs://sim-main/samples/p-001-t/uploads/a_R1.fastq.gz', 'unknown'], ['P 001-N', '', 'unknown']]);
		expect((await get({}, 'CASE-11')).outputs[0]).toEqual([]);
	});

	it('comes as one text', async () => {
		const { outputs } = await get({ output: 'text' });
		expect(outputs[0].map(({ json: item }) => String(item.samplesheet).split('\n')[0])).toEqual(['sample,fastq_1,fastq_2,strandedness,specimen_type,sex,accession_id']);
	});

	it('comes as a file under the name that iFlow gives it', async () => {
		const { outputs } = await get({ output: 'file', outputField: 'sheet' });
		const [{ json: told, binary }] = outputs[0];
		expect(told).toMatchObject({ fileName: 'case-17-samplesheet.csv', mimeType: 'text/csv' });
		const text = (await get({ output: 'text' })).outputs[0][0].json.samplesheet;
		expect((await bench.engine.bytes(binary!.sheet)).toString('utf8')).toBe(text);
		expect(told.fileSize).toBe(Buffer.byteLength(String(text)));
	});

	it('may be a text in JSON, with any columns', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: JSON.stringify('sample,lane\n"a,b",1\n'), times: 2 });
		expect((await get({})).outputs[0].map(({ json: row }) => row)).toEqual([{ sample: 'a,b', lane: '1' }]);
		const { outputs } = await get({ output: 'file' }, 'CASE/18');
		expect(outputs[0][0].json.fileName).toMatch(/^CASE.18-samplesheet\.csv$/);
	});

	it('that is none is told', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: { rows: [] } });
		expect((await get({})).error?.message).toBe('The samplesheet came in a form that is not known');
		bench.simulator.faults.add({ kind: 'html', status: 200 });
		expect((await get({ output: 'text' })).error?.message).toBe('iFlow answered with a web page instead of data');
	});
});
