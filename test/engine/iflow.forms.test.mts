import type { IDataObject } from 'n8n-workflow';
import { IFlow } from '../../nodes/IFlow/IFlow.node.ts';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const settings = async (changes: object) => await bench.control('POST', 'settings', changes);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error;
const more = (additionalFields: IDataObject) => ({ additionalFields });
/** Methods and paths that arrived, below the address of the API, with their answers. */
const seen = () => bench.arrived().map(({ method, path, status }) => `${method} ${path.replace(/^\/(api|\w+\/api\/v1)\//, '')} ${status}`);
const SAMPLE_17 = '22222222-aaaa-4bbb-8ccc-000000000003';

describe.each(LAYOUTS)('a sample is put on an order, with %s,', (layout) => {
	const ADD = { orderId: byId('CASE-11'), sampleId: byId(SAMPLE_17) };
	const add = async (fields: IDataObject = {}) => (await bench.through(layout, 'order', 'addSample', { ...ADD, ...more(fields) }))[0];
	const IN_BODY = 'POST orders/CASE-11/samples';
	const IN_PATH = `POST orders/CASE-11/samples/${SAMPLE_17}`;

	it('as it is known of the layout', async () => {
		expect(await add()).toMatchObject({ success: true, order_id: 'CASE-11' });
		expect(seen()).toEqual([layout === 'gateway' ? `${IN_PATH} 204` : `${IN_BODY} 201`]);
		expect(bench.sent('POST /miner/orders/{id}/samples')).toEqual(layout === 'gateway' ? [] : [{ sample_id: SAMPLE_17 }]);
	});

	it('in the path where the server takes nothing else', async () => {
		await settings({ addSample: 'path' });
		expect(await add()).toEqual({ success: true, order_id: 'CASE-11', sample_id: SAMPLE_17 });
		expect(seen()).toEqual([...(layout === 'gateway' ? [] : [`${IN_BODY} 405`]), `${IN_PATH} 204`]);
	});

	it('by the form that the user wants, and no other', async () => {
		await add({ requestForm: 'body' });
		await bench.through(layout, 'order', 'removeSample', ADD);
		await add({ requestForm: 'path' });
		expect(seen()).toEqual([`${IN_BODY} 201`, `DELETE orders/CASE-11/samples/${SAMPLE_17} 204`, `${IN_PATH} 204`]);
		await settings({ addSample: 'path' });
		await expect(add({ requestForm: 'body' })).rejects.toMatchObject({ message: 'iFlow refused the request: Method Not Allowed' });
		await settings({ addSample: 'body' });
		await expect(add({ requestForm: 'path' })).rejects.toMatchObject({ message: 'iFlow refused the request: Method Not Allowed' });
		expect(seen()).toHaveLength(5);
	});

	it('with a role, and with fields of one\'s own, where they can be told', async () => {
		expect(await add({ role: 'mother', extraFields: '{"rank": 2, "role": "aunt"}' })).toMatchObject({ success: true, role: 'aunt' });
		expect(bench.sent('POST /miner/orders/{id}/samples')).toEqual([{ sample_id: SAMPLE_17, role: 'aunt', rank: 2 }]);
		const told = { message: expect.stringMatching(/^A role can only be told /) };
		await expect(add({ role: 'mother', requestForm: 'path' })).rejects.toMatchObject(told);
		expect(seen()).toHaveLength(1);
		await settings({ addSample: 'path' });
		await expect(add({ role: 'mother' })).rejects.toMatchObject(told);
		// the sample was not put there without its role
		expect(seen().slice(1)).toEqual([`${IN_BODY} 405`]);
	});

	it('once: what is refused for another reason is not tried in the other form', async () => {
		await add();
		bench.simulator.journal.clear();
		await expect(add()).rejects.toMatchObject({ message: 'iFlow refused the request: The sample is on this order already' });
		bench.simulator.faults.add({ kind: 'status', status: 500, path: '/samples' });
		await expect(add()).rejects.toMatchObject({ message: expect.stringContaining('not able to answer') });
		expect(seen().map((line) => line.slice(-3))).toEqual(['409', '500']);
	});

	it('and taken off again', async () => {
		const [removed] = await bench.through(layout, 'order', 'removeSample', { orderId: byId('CASE-12'), sampleId: byId('P 002-G') });
		expect(removed).toEqual({ success: true, order_id: 'CASE-12', sample_id: 'P 002-G' });
		expect(await bench.through(layout, 'order', 'getSamples', { orderId: byId('CASE-12') })).toEqual([]);
	});
});

it.each([
	['order', { orderId: byId('CASE-11') }, 'CASE-11'],
	['sample', { sampleId: byId('P 004-U') }, 'P 004-U'],
	['subject', { subjectId: byId('Trio/Child') }, 'Trio/Child'],
])('a deleted %s is told alike, whether iFlow answers with nothing or with something', async (resource, parameters, id) => {
	expect(await bench.json(resource, 'delete', parameters)).toEqual([{ deleted: true, id }]);
	await bench.reset();
	await settings({ deleteBody: true });
	expect(await bench.json(resource, 'delete', parameters)).toEqual([{ deleted: true, id: expect.stringMatching(/^\d{8}-/) }]);
	expect((await failure(resource, 'get', parameters))?.message).toMatch(/^iFlow did not find it/);
});

it('an agent may delete and transition only with the user\'s leave', () => {
	const { properties } = new IFlow().description;
	const allowed = properties.filter(({ name }) => name === 'allowForAiAgents').flatMap(({ displayOptions }) => (displayOptions?.show?.resource ?? []).flatMap((resource) => (displayOptions?.show?.operation ?? []).map((operation) => `${resource}.${operation}`)));
	expect(allowed).toEqual(expect.arrayContaining(['order.delete', 'order.transition', 'subject.delete', 'sample.delete', 'project.getCredentials']));
});

describe('a server that knows things by their UUIDs alone', () => {
	const unread = (what: string, name: string, times = 100) => bench.simulator.faults.add({ path: `${what}s/${name}`, kind: 'status', status: 422, body: { detail: [{ type: 'uuid_parsing', loc: ['path', `${what}_id`], msg: 'Input should be a valid UUID', input: name }] }, times });
	const CASE_17 = '55555555-aaaa-4bbb-8ccc-000000000007';
	const P_001_T = '22222222-aaaa-4bbb-8ccc-000000000001';

	it.each(LAYOUTS)('is asked by them, with %s', async (layout) => {
		unread('order', 'CASE-17');
		expect(await bench.through(layout, 'order', 'get', { orderId: byId('CASE-17') })).toMatchObject([{ id: CASE_17 }]);
		expect(seen()).toEqual(['GET orders/CASE-17 422', 'GET orders 200', `GET orders/${CASE_17} 200`]);
		expect(bench.arrived()[1].query).toEqual({ limit: ['100'], search: ['CASE-17'] });
	});

	it('is asked so for each thing that a path names', async () => {
		unread('order', 'CASE-17');
		unread('sample', 'P%20001-T');
		expect(await bench.json('order', 'removeSample', { orderId: byId('CASE-17'), sampleId: byId('P 001-T') })).toMatchObject([{ success: true }]);
		expect(seen().at(-1)).toBe(`DELETE orders/${CASE_17}/samples/${P_001_T} 204`);
		expect(await bench.json('sample', 'getSampleInfo', { sampleId: byId('P 001-T') })).toMatchObject([{ sample_uuid: P_001_T }]);
	});

	it('carries out a write once', async () => {
		unread('order', 'CASE-11');
		expect(await bench.json('order', 'transition', { orderId: byId('CASE-11'), status: 'analyzing' })).toMatchObject([{ status: 'analyzing' }]);
		expect(bench.arrived('POST /miner/orders/{id}/transition').map(({ status }) => status)).toEqual([422, 200]);
	});

	it('whose list cannot search is searched here, page by page', async () => {
		const { otherProjectId } = bench.simulator.info;
		unread('order', 'BULK-003');
		const page = (number: number) => bench.arrived()[number].query;
		// the oldest but two of 130, in a list that gives all whatever is searched for
		const rows = (await bench.json('order', 'getAll', { projectId: byId(otherProjectId), returnAll: true })) as unknown[];
		bench.simulator.journal.clear();
		bench.simulator.faults.add({ path: '/orders$', kind: 'status', status: 200, body: rows.slice(0, 100) });
		bench.simulator.faults.add({ path: '/orders$', kind: 'status', status: 200, body: rows.slice(100) });
		expect(await bench.json('order', 'get', { projectId: byId(otherProjectId), orderId: byId('BULK-003') })).toMatchObject([{ order_id: 'BULK-003' }]);
		expect([page(1).offset, page(2).offset]).toEqual([undefined, ['100']]);
	});

	it('and does not know one is told in its first words', async () => {
		expect(await failure('order', 'get', { orderId: byId('CASE-1') })).toMatchObject({ message: 'iFlow did not find it: Order not found' });
		// a part of a name is not the name
		expect(seen()).toEqual(['GET orders/CASE-1 404', 'GET orders 200']);
		bench.simulator.faults.add({ kind: 'status', status: 403, path: '/orders$', times: 5, body: { detail: 'no lists for you' } });
		expect(await failure('order', 'get', { orderId: byId('CASE-1') })).toMatchObject({ message: 'iFlow did not find it: Order not found' });
	});

	it('is not asked for another one when the ID is a UUID, or the values are refused', async () => {
		await failure('order', 'get', { orderId: byId('55555555-aaaa-4bbb-8ccc-999999999999') });
		await failure('order', 'get', { orderId: byId('CASE-1'), ...more({ lookup: true }) });
		await failure('order', 'transition', { orderId: byId('CASE-17'), status: 'lost' });
		await failure('order', 'create', more({ priority: 'asap' }));
		expect(seen()).toEqual(['GET orders/55555555-aaaa-4bbb-8ccc-999999999999 404', 'GET orders/CASE-1 404', 'POST orders/CASE-17/transition 422', 'POST orders 422']);
	});
});

describe('an ID', () => {
	it.each([
		['as iFlow shows it, with a slash', 'CASE/18', 'CASE%2F18'],
		['in its short form', 'case-17', 'case-17'],
		['as a UUID', '55555555-aaaa-4bbb-8ccc-000000000007', '55555555-aaaa-4bbb-8ccc-000000000007'],
	])('%s is sent as it is, encoded', async (_kind, id, segment) => {
		expect(await bench.json('order', 'get', { orderId: byId(` ${id} `) })).toHaveLength(1);
		expect(bench.arrived().map(({ path }) => path)).toEqual([`/miner/api/v1/orders/${segment}`]);
	});

	it('can be said to be a UUID, wherever one thing is asked for', async () => {
		const [order, sample, subject] = [{ orderId: byId('55555555-aaaa-4bbb-8ccc-000000000001') }, { sampleId: byId(SAMPLE_17) }, { subjectId: byId('11111111-aaaa-4bbb-8ccc-000000000002') }];
		const asked: Array<[string, string, IDataObject, IDataObject?]> = [
			['order', 'get', order], ['order', 'transition', { ...order, status: 'analyzing' }], ['order', 'delete', order],
			['sample', 'get', sample], ['sample', 'update', sample, { tags: 'x' }], ['sample', 'delete', sample],
			['subject', 'get', subject], ['subject', 'update', subject, { tags: 'x' }], ['subject', 'delete', subject],
		];
		for (const [resource, operation, parameters, fields] of asked) await bench.json(resource, operation, { ...parameters, ...more({ ...fields, lookup: true }) });
		expect(bench.arrived().map(({ query }) => query)).toEqual(asked.map(() => ({ lookup: ['uuid'] })));
		await bench.json('order', 'get', { orderId: byId('CASE-17'), ...more({ lookup: false }) });
		expect(bench.arrived().at(-1)?.query).toEqual({});
	});

	it.each(['  ', '.', '..'])('%j is refused before anything is sent', async (id) => {
		expect(await failure('subject', 'delete', { subjectId: byId(id) })).toBeDefined();
		expect(bench.arrived()).toEqual([]);
	});
});

describe('runs', () => {
	it.each([
		['auto', 'analyses', ['runs 404', 'analyses 200', 'analyses 200']],
		['auto', 'runs', ['runs 200', 'runs 200']],
		['analyses', 'analyses', ['analyses 200', 'analyses 200']],
		['runs', 'runs', ['runs 200', 'runs 200']],
	])('with %s are asked for in the word of the server: %s', async (runsPath, runsWord, paths) => {
		await settings({ runsWord });
		await bench.json('run', 'getAll', { options: { batching: { batch: { batchSize: 1 } } } }, { credential: bench.credential({ runsPath }), items: [{ json: {} }, { json: {} }] });
		expect(seen()).toEqual(paths.map((path) => `GET ${path}`));
	});

	it('with a word that was chosen are not asked for in another one', async () => {
		await settings({ runsWord: 'analyses' });
		expect((await failure('run', 'getAll', {}, { credential: bench.credential({ runsPath: 'runs' }) }))?.message).toBe('iFlow did not find it: Not Found');
		expect(seen()).toEqual(['GET runs 404']);
	});

	it('that are not there are not looked for under another word', async () => {
		expect((await failure('run', 'get', { runId: byId('none') }))?.message).toBe('iFlow did not find it: Analysis not found');
		expect(seen()).toEqual(['GET runs/none 404']);
	});
});
