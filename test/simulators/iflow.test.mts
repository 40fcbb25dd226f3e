import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seedId } from '../../simulators/iflow/seeds.mts';
import { start } from '../../simulators/iflow/simulator.mts';
import type { Running } from '../../simulators/iflow/simulator.mts';
import { send } from './http.mts';
import { Caller } from './iflow.mts';

let simulator: Running;
let editor: Caller;
let admin: Caller;

beforeAll(async () => {
	simulator = await start();
	editor = new Caller(simulator.info);
	admin = new Caller(simulator.info, { token: simulator.info.adminToken });
});
afterAll(async () => await simulator.close());
beforeEach(async () => void (await control('POST /reset', {})));

const control = async (line: string, json?: object) => await send(simulator.info.control, line, { json });
const as = (changes: ConstructorParameters<typeof Caller>[1]) => new Caller(simulator.info, changes);

describe('who may what', () => {
	it('needs a token that is known, on every service but for the description', async () => {
		for (const token of [null, 'nobody']) expect(await as({ token }).refusal('GET miner/orders')).toEqual([401, expect.any(String)]);
		expect((await send(simulator.info.url, 'GET /miner/openapi.json', {})).status).toBe(200);
	});

	it('has tokens of the identity provider end after an hour of the clock, and access tokens never', async () => {
		const expiring = as({ token: simulator.info.expiringToken });
		expect((await expiring.send('GET miner/orders')).status).toBe(200);
		await control('POST /clock', { advance: 3_601_000 });
		expect((await expiring.send('GET miner/orders')).status).toBe(401);
		expect((await editor.send('GET miner/orders')).status).toBe(200);
	});

	it('keeps projects apart', async () => {
		expect((await as({ project: null }).refusal('GET miner/orders'))[0]).toBe(400);
		expect((await as({ project: simulator.info.foreignProjectId }).refusal('GET miner/orders'))[0]).toBe(403);
		expect((await as({ project: simulator.info.otherProjectId }).refusal(`GET miner/orders/${seedId(5, 1)}`))[0]).toBe(404);
		expect((await as({ project: null }).send('GET admin/projects')).status).toBe(200);
	});

	it('wants the project of files in the query of their own host, and in the header of the gateway', async () => {
		expect((await as({ project: null }).refusal('GET files/files?path='))[0]).toBe(422);
		expect((await as({ project: null, layout: 'gateway' }).refusal('GET files/files?path='))[0]).toBe(400);
		expect((await editor.refusal(`GET files/files?path=&project_id=${simulator.info.otherProjectId}`))[0]).toBe(400);
	});

	it('lets viewers change nothing, demo viewers download PDF files alone, and only administrators cancel', async () => {
		expect((await as({ token: simulator.info.viewerToken }).refusal('POST miner/subjects', {}))[0]).toBe(403);
		expect((await as({ token: simulator.info.demoToken }).refusal('GET files/files/download-url?path=readme.txt'))[0]).toBe(403);
		expect((await editor.refusal('POST miner/orders/CASE-11/transition', { status: 'cancelled' }))[0]).toBe(403);
		expect(await admin.json('POST miner/orders/CASE-11/transition', { status: 'cancelled' })).toMatchObject({ status: 'cancelled' });
	});
});

describe('what is wrong', () => {
	it.each([
		['POST miner/samples', {}, 422, [expect.objectContaining({ loc: ['body', 'subject_id'], type: 'missing' })]],
		['POST miner/orders', { priority: 'asap' }, 422, [expect.objectContaining({ loc: ['body', 'priority'] })]],
		['POST miner/orders', { display_id: 'CASE-17' }, 409, expect.any(String)],
		['POST miner/orders/CASE-11/transition', { status: 'review' }, 409, expect.any(String)],
		['POST miner/orders/CASE-11/transition', { status: 'nonsense' }, 422, expect.any(Array)],
		['GET miner/nothing', undefined, 404, 'Not Found'],
		['PATCH miner/orders', {}, 405, 'Method Not Allowed'],
		['DELETE compute/runs/demo-reporter-0003', undefined, 409, expect.any(String)],
		['POST compute/runs', { pipeline_id: seedId(3, 99), params: {}, tags: [] }, 404, expect.any(String)],
		['POST files/files/copy', { source_path: 'readme.txt', dest_path: 'readme.txt' }, 400, expect.any(String)],
		['POST files/files/copy', { source_path: 'nowhere.txt', dest_path: 'x.txt' }, 404, expect.any(String)],
		['POST files/files/move', { source_path: 'orders/case-15/signed-report.pdf', dest_path: 'x.pdf' }, 403, expect.any(String)],
		['GET files/files/download-url?path=../x', undefined, 400, expect.any(String)],
	])('%s %j is refused with %i', async (line, body, status, detail) => {
		expect(await editor.refusal(line, body)).toEqual([status, detail]);
	});
});

describe('state', () => {
	it('an order that is put loses what is not sent, a subject that is patched keeps it', async () => {
		expect(await editor.json('PUT miner/orders/CASE-17', { description: 'D' })).toMatchObject({ description: 'D', external_id: null, status: 'review' });
		expect(await editor.json('PATCH miner/subjects/P%20001', { properties: { sex: 'male' } })).toMatchObject({ properties: { sex: 'male', surname: 'Testperson' } });
	});

	it('a subject takes its samples with it, and they leave their orders', async () => {
		expect(await editor.json('GET miner/orders/CASE-17/samples')).toHaveLength(2);
		await editor.send('DELETE miner/subjects/P%20001');
		expect(await editor.json('GET miner/orders/CASE-17/samples')).toHaveLength(0);
		expect((await editor.refusal(`GET miner/samples/${seedId(2, 1)}`))[0]).toBe(404);
	});

	it('things are found by UUID, by the ID that is shown and by its short form', async () => {
		for (const name of [seedId(2, 1), 'P%20001-T', 'p-001-t']) expect(await editor.json(`GET miner/samples/${name}`)).toMatchObject({ sample_id: 'P 001-T', display_id: 'P 001-T' });
		expect((await editor.refusal('GET miner/samples/P%20001-T?lookup=uuid'))[0]).toBe(404);
		expect(await editor.json('POST miner/subjects', { sex: 'male' })).toMatchObject({ subject_id: 'SUBJ-1', properties: {} });
	});

	it('lists are bare, but for analyses, and the newest version of a pipeline is the highest', async () => {
		expect(await editor.json('GET compute/runs')).toEqual(expect.any(Array));
		expect(await editor.json('GET compute/analyses?limit=2')).toMatchObject({ items: [expect.anything(), expect.anything()], total: 6 });
		expect(await editor.json('GET compute/pipelines/slug/demo-reporter')).toMatchObject({ version: '1.10.0' });
		expect((await editor.json('GET compute/runs'))[0].params).toBeUndefined();
	});
});

describe('signed addresses', () => {
	const url = async (path = 'uploads/a.txt') => ((await editor.json('POST files/files/upload-url', { path, content_type: 'text/plain' })) as { url: string }).url;
	const put = async (address: string, headers: Record<string, string> = {}) => {
		const answer = await fetch(address, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain', ...headers } });
		return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
	};

	it('take the file as it is, and give it back', async () => {
		expect(await put(await url())).toEqual([200, undefined]);
		const { url: download } = await editor.json('GET files/files/download-url?path=uploads/a.txt');
		expect(await (await fetch(download)).text()).toBe('hello');
	});

	it.each([
		['a token', { authorization: 'Bearer x' }, 400],
		['a project', { 'x-project-id': 'x' }, 400],
		['another content type', { 'content-type': 'text/html' }, 403],
	])('take no request with %s', async (_name, headers, status) => {
		expect(await put(await url(), headers)).toEqual([status, expect.any(String)]);
	});

	it('are bound to what they were made for, and end after a quarter of an hour', async () => {
		const address = await url();
		expect(await put(address.replace('a.txt', 'b.txt'))).toEqual([403, 'SignatureDoesNotMatch']);
		expect((await fetch(address)).status).toBe(403);
		await control('POST /clock', { advance: 901_000 });
		expect(await put(address)).toEqual([400, 'ExpiredToken']);
	});
});

it('a run calls back when it has ended, with links that work, and again where nobody answers well', async () => {
	const bodies: Array<{ status: string; outputs: Array<{ url: string }> }> = [];
	const receiver = createServer((request, response) => {
		let text = '';
		request.on('data', (piece) => (text += String(piece))).on('end', () => {
			bodies.push(JSON.parse(text) as (typeof bodies)[number]);
			response.writeHead(bodies.length === 1 ? 500 : 200).end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	try {
		const callback_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/done`;
		const { id } = await editor.json('POST compute/runs', { pipeline_id: seedId(3, 1), params: { simulate: 'queued' }, tags: [], callback_url });
		await control(`POST /iflow/runs/${id}`, { status: 'succeeded' });
		await control('POST /clock', { advance: 60_000 });
		expect(bodies.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
		expect((await fetch(bodies[1].outputs[0].url)).status).toBe(200);
		await editor.send('POST compute/runs', { pipeline_id: seedId(3, 1), params: { simulate: 'queued' }, tags: [], callback_url, analysis_id: 'cancelled-one' });
		await editor.send('DELETE compute/runs/cancelled-one');
		expect(bodies).toHaveLength(2);
	} finally {
		receiver.close();
	}
});
