import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error;
const more = (additionalFields: IDataObject) => ({ additionalFields });
const answer = (status: number, body: unknown, times = 1) => bench.simulator.faults.add({ kind: 'status', status, body, times });
const CREATE = 'POST /miner/subjects';

describe('iFlow\'s words are told', () => {
	it.each([
		['a text', 400, { detail: 'no such panel' }, 'iFlow refused the request: no such panel'],
		['a list of what is wrong', 422, { detail: [{ type: 'missing', loc: ['body', 'subject_id'], msg: 'Field required', input: {} }, { type: 'list_type', loc: ['body', 'tags', 0], msg: 'Input should be a valid string', input: 7 }] }, 'iFlow refused the request: subject_id: Field required. tags.0: Input should be a valid string'],
		['what is wrong with a query', 422, { detail: [{ loc: ['query', 'limit'], msg: 'Input should be less' }] }, 'iFlow refused the request: limit: Input should be less'],
		['what is wrong with a field that is called like its place', 422, { detail: [{ loc: ['body', 'properties', 'body'], msg: 'bad' }] }, 'iFlow refused the request: properties.body: bad'],
		['what is wrong with all of the body', 422, { detail: [{ loc: ['body'], msg: 'Input should be a valid dictionary' }] }, 'iFlow refused the request: Input should be a valid dictionary'],
		['a list of texts', 409, { detail: ['taken', 'locked'] }, 'iFlow refused the request: taken. locked'],
		['an object', 409, { detail: { code: 7, reason: 'locked' } }, 'iFlow refused the request: {"code":7,"reason":"locked"}'],
		['the words of the identity provider', 400, { error: 'invalid_request', error_description: 'told so' }, 'iFlow refused the request: told so'],
		['plain text', 400, 'not like this', 'iFlow refused the request: not like this'],
		['nothing', 400, '', 'iFlow refused the request'],
		['something else', 400, { reason: 'hidden' }, 'iFlow refused the request'],
	])('that are %s', async (_form, status, body, message) => {
		answer(status, body);
		expect((await failure('subject', 'create'))?.message).toBe(message);
	});

	it('up to their five hundredth character', async () => {
		answer(400, { detail: 'x'.repeat(2000) });
		expect((await failure('subject', 'create'))?.message.length).toBeLessThan(600);
	});
});

describe('what to do is told', () => {
	const description = async (...args: Parameters<Bench['run']>) => String((await failure(...args))?.description);

	it('of a token that is wrong or has expired', async () => {
		for (const accessToken of ['wrong-token', bench.simulator.info.expiringToken]) {
			await bench.simulator.clock.advance(3_700_000);
			bench.simulator.journal.clear();
			expect(await failure('order', 'getAll', {}, { credential: bench.credential({ accessToken }) })).toMatchObject({ message: 'iFlow did not accept the credential: Invalid or expired token', description: expect.stringMatching(/^The access token may be wrong, expired or revoked/), httpCode: '401' });
			// n8n itself asks once more, for credentials that it can renew
			expect(bench.arrived()).toHaveLength(2);
		}
	});

	it('of a role that is too low, or of a project that is another\'s', async () => {
		const { viewerToken, foreignProjectId } = bench.simulator.info;
		expect(await failure('subject', 'create', {}, { credential: bench.credential({ accessToken: viewerToken }) })).toMatchObject({ message: 'iFlow does not allow this: This needs the role project_editor in the project', description: expect.stringMatching(/^Ask an administrator of the project/) });
		expect(await description('subject', 'create', { projectId: byId(foreignProjectId) })).toContain('check "Project" in the node');
		answer(403, { detail: 'assignment is missing' });
		expect(await description('subject', 'create')).toBe('Ask an administrator of your organization for the right to do it');
	});

	it('of a project that a server still misses', async () => {
		answer(400, { detail: 'X-Project-ID header is required' });
		expect(await description('subject', 'create')).toBe('Check "Project" in the node, or "Project ID" in the iFlow credential');
	});

	it('of an ID that is not there', async () => {
		expect(await description('sample', 'get', { sampleId: byId('none') })).toMatch(/^Check "Project" and "Sample"/);
	});
});

describe.each(LAYOUTS)('with %s', (layout) => {
	const credential = () => bench.credential({ apiLayout: layout });

	it.each([
		['a page of a proxy', { kind: 'html', status: 502 }],
		['a fault of the server', { kind: 'status', status: 500 }],
		['a server that is busy', { kind: 'status', status: 503, headers: { 'retry-after': '2' } }],
		['a server that is asked too often', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }],
		['a connection that was closed', { kind: 'cut' }],
		['an answer that broke off', { kind: 'truncate' }],
		['an answer that was cut on its way', { kind: 'shorten' }],
	] as const)('a read is repeated after %s', async (_fault, fault) => {
		bench.simulator.faults.add({ ...fault, times: 2 });
		expect(await bench.json('order', 'get', { orderId: byId('CASE-17') }, { credential: credential() })).toHaveLength(1);
		expect(bench.arrived()).toHaveLength(3);
		if ('headers' in fault) expect(bench.pauses).toEqual([2000, 2000]);
	});

	it.each([
		['a page of a proxy', { kind: 'html', status: 502 }, /It was not sent again/],
		['a fault of the server', { kind: 'status', status: 500 }, /It was not sent again/],
		['a page in the place of an answer', { kind: 'html', status: 200, after: true }, /It was not sent again/],
		['a connection that was closed', { kind: 'cut', after: true }, /It was not sent again/],
		['an answer that broke off', { kind: 'truncate' }, /It was not sent again/],
		['an answer that was cut on its way', { kind: 'shorten' }, /It was not sent again/],
	] as const)('a write is not repeated after %s', async (_fault, fault, description) => {
		const CALLS: Array<[string, string, IDataObject, string]> = [
			['subject', 'create', {}, CREATE],
			['sample', 'update', { sampleId: byId('P 001-T'), ...more({ tags: 'x' }) }, 'PATCH /miner/samples/{id}'],
			['order', 'transition', { orderId: byId('CASE-11'), status: 'analyzing' }, 'POST /miner/orders/{id}/transition'],
			['order', 'update', { orderId: byId('CASE-17'), ...more({ tags: 'x' }) }, 'PUT /miner/orders/{id}'],
		];
		for (const [resource, operation, parameters, call] of CALLS) {
			bench.simulator.faults.clear();
			bench.simulator.faults.add({ ...fault, method: call.split(' ')[0], times: 10 });
			const error = await failure(resource, operation, parameters, { credential: credential(), settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
			expect([error?.message, error?.description]).toEqual([expect.any(String), expect.stringMatching(description)]);
			expect(bench.arrived(call)).toHaveLength(1);
		}
	});

	it('a page in the place of an answer is told', async () => {
		bench.simulator.faults.add({ kind: 'html', status: 200 });
		expect(await failure('order', 'get', { orderId: byId('CASE-17') }, { credential: credential() })).toMatchObject({ message: 'iFlow answered with a web page instead of data', description: expect.stringContaining('Check the address in the credential') });
	});
});

it('an execution that goes on has an error item for each item that failed, paired with it', async () => {
	const items = ['CASE-17', 'none', 'CASE-13'].map((id) => ({ json: { id } }));
	const { outputs } = await bench.run('order', 'get', { orderId: byId('={{ $json.id }}') }, { items, settings: { onError: 'continueRegularOutput' } });
	expect(outputs[0].map(({ json, pairedItem }) => [json.order_id ?? json.error, (pairedItem as { item: number }).item])).toEqual([['CASE-17', 0], ['iFlow did not find it: Order not found', 1], ['CASE-13', 2]]);
});
