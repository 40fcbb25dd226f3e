import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const last = () => bench.arrived().at(-1);
const call = async (parameters: IDataObject) => await bench.json('apiCall', 'customCall', parameters);
const failed = async (parameters: IDataObject) => (await bench.run('apiCall', 'customCall', parameters)).error;

describe.each(LAYOUTS)('a call of the user\'s own by the %s', (layout) => {
	const json = async (parameters: IDataObject) => await bench.through(layout, 'apiCall', 'customCall', parameters);
	const pathOf = (service: string, path: string) => (layout === 'gateway' ? `/api/${path}` : `/${service}/api/v1/${path}`);

	it('gives an item for each entry of a list', async () => {
		const found = await json({ path: 'orders', additionalFields: { query: '{ "limit": 2, "status": "created" }' } });
		expect(found.map(({ order_id }) => order_id)).toEqual(['CASE/18', 'CASE-11']);
		expect(last()).toMatchObject({ method: 'GET', path: pathOf('miner', 'orders'), query: { limit: ['2'], status: ['created'] }, authorized: true, headers: { 'x-project-id': bench.simulator.info.projectId } });
	});

	it('sends a body to another project', async () => {
		const { emptyProjectId } = bench.simulator.info;
		expect(await json({ projectId: byId(emptyProjectId), method: 'POST', path: '/subjects', additionalFields: { body: '{ "display_id": "P 9" }' } })).toMatchObject([{ subject_id: 'P 9', project_id: emptyProjectId }]);
		expect(last()).toMatchObject({ path: pathOf('miner', 'subjects'), body: { display_id: 'P 9' } });
	});

	it.each(['PATCH', 'DELETE'])('takes %s, and an answer without content', async (method) => {
		bench.simulator.faults.add({ kind: 'status', status: 204, method });
		expect(await json({ method, path: 'api/v1/subjects/P 001' })).toEqual([{ success: true }]);
		expect(last()).toMatchObject({ method, path: pathOf('miner', 'subjects/P%20001') });
	});

	it('names no project where that is not wanted', async () => {
		await json({ service: 'compute', path: 'pipelines/slug/demo-reporter', withProject: false });
		expect(last()?.query).toEqual({});
		expect(last()?.headers).not.toHaveProperty('x-project-id');
		await json({ service: 'admin', path: 'users/whoami' });
		expect(last()).toMatchObject({ path: pathOf('admin', 'users/whoami') });
		expect(last()?.headers).not.toHaveProperty('x-project-id');
	});

	it.each(['audit', 'report', 'vcf'])('reaches the service %s, of which no calls are known', async (service) => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: { service } });
		expect(await json({ service, method: 'PUT', path: 'entries/7' })).toEqual([{ service }]);
		expect(last()).toMatchObject({ method: 'PUT', path: pathOf(service, 'entries/7') });
	});
});

describe('a call of the user\'s own', () => {
	it('gives out a text as it is', async () => {
		const [{ data }] = await call({ path: 'orders/CASE-17/samplesheet' });
		expect(data).toMatch(/^sample,fastq_1,fastq_2,/);
	});

	it('keeps what is no path out of the address', async () => {
		expect((await failed({ path: '../admin/orgs' }))?.message).toBe('".." cannot be used as path');
		expect((await failed({ path: 'orders?limit=1' }))?.httpCode).toBe('404');
		expect(last()?.path).toBe('/miner/api/v1/orders%3Flimit%3D1');
	});

	it.each([
		['service', { service: 'elsewhere.example/' }, '"elsewhere.example/" is none of the values of "Service"'],
		['method', { method: 'TRACE' }, '"TRACE" is none of the values of "Method"'],
		['path', { path: '={{ "" }}' }, '"Path" is empty'],
		['body', { method: 'POST', additionalFields: { body: '{' } }, '"Body" is not valid JSON'],
		['query', { additionalFields: { query: '[' } }, '"Query" is not valid JSON'],
	])('with a wrong %s is not sent', async (_what, parameters, message) => {
		expect((await failed({ path: 'orders', ...parameters }))?.message).toBe(message);
		expect(bench.arrived()).toEqual([]);
	});

	it('tells what iFlow says, but no value of the body', async () => {
		const error = await failed({ method: 'POST', path: 'orders', additionalFields: { body: { priority: 'confidential-word' } } });
		expect(error?.message).toMatch(/^iFlow refused the request: priority: /);
		bench.simulator.faults.add({ kind: 'echo', status: 400, body: { detail: 'refused: {{display_id}}' } });
		expect((await failed({ method: 'POST', path: 'subjects', additionalFields: { body: { display_id: 'Testperson' } } }))?.message).not.toContain('Testperson');
	});

	it('that writes is sent once', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 503, after: true });
		expect((await failed({ method: 'POST', path: 'subjects', additionalFields: { body: {} } }))?.description).toContain('It was not sent again');
		expect(bench.arrived('POST /miner/subjects')).toHaveLength(1);
	});

	it('is tried again where it only reads', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 503 });
		expect(await call({ path: 'orders/CASE-11' })).toMatchObject([{ order_id: 'CASE-11' }]);
		expect(bench.arrived('GET /miner/orders/{id}')).toHaveLength(2);
	});
});

describe('the schema', () => {
	it.each(['admin', 'audit', 'compute', 'files', 'miner', 'report', 'vcf'])('of the service %s is read without the log-in', async (service) => {
		const [schema] = await bench.json('apiCall', 'getOpenApiSchema', { service });
		expect(schema).toMatchObject({ openapi: expect.any(String), info: { title: `${service}-service` }, paths: expect.any(Object) });
		expect(last()).toMatchObject({ path: `/${service}/openapi.json`, authorized: false });
		expect(last()?.headers).not.toHaveProperty('x-project-id');
	});

	it('of the gateway is one for all services', async () => {
		expect(await bench.through('gateway', 'apiCall', 'getOpenApiSchema', {})).toMatchObject([{ info: { title: 'api-service' } }]);
		expect(last()?.path).toBe('/api/openapi.json');
	});
});
