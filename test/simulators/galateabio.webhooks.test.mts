import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import { signature } from '../../simulators/galateabio/webhooks.mts';
import { send } from './http.mts';

const SECRET = 'n8nDemoSecret0000000000000000001';
const PRODUCTION = 'api.galatea.bio';
const SANDBOX = 'api.sandbox.galatea.bio';
const ORDER_BODY =
	'{"order_id": "22222222-2222-2222-2222-222222222222", "new_status": "COMPLETED", "source_file_id": "33333333-3333-3333-3333-333333333333", "source_file_name": "test_message_order_completed.vcf.gz"}';
const FILE_BODY =
	'{"new_status":"VALID","source_file_id":"11111111-1111-1111-1111-111111111111","source_file_name":"test_message_source_file_validated.vcf.gz"}';
const SPANISH_BODY = '{"source_file_id": "7e53320c-c631-45ec-bad6-c88bb9d30960", "new_status": "FAILED", "source_file_name": "muestra-ñ.vcf.gz"}';
const ORDER_SIGNATURE = 'UKgFLB/Lc5Qb9DycEuLH7gXQ/89qpg6xWK924ZnLvC0=';
const FILE_SIGNATURE = 'HuzhK7OlAgWFr2U1QMDsMoAILAkeHl8hBlQr/zdP3uY=';

describe('signature', () => {
	it.each([
		['production', PRODUCTION, ORDER_BODY, ORDER_SIGNATURE],
		['sandbox', SANDBOX, FILE_BODY, FILE_SIGNATURE],
		['beyond ASCII', SANDBOX, SPANISH_BODY, 'Ibo8FsbjZGedVkWoKzEQUrirxp4pZNyGHyneVByJ2Fc='],
	])('%s', (_name, host, body, expected) => {
		expect(signature(SECRET, host, body)).toBe(expected);
		expect(signature(SECRET, host, Buffer.from(body))).toBe(expected);
	});

	// each of these mistakes has a signature of its own, and none is the right one
	it.each([
		['the host of another environment', SECRET, SANDBOX, ORDER_BODY, 'vkBESxiHoonKVC3HFFmBOoSNLGJlb1u44jEyyTDjt/U='],
		['the host with its scheme', SECRET, `https://${PRODUCTION}`, ORDER_BODY, 'vFxydwWUNk1Y358V5AyExn97sDoNOR5hj1+uVCsKr+Q='],
		['no host', SECRET, '', ORDER_BODY, 'aS00hTIdFth9VfTDdtiNiYmgK2Ee4+rMOyH6auCkoNs='],
		['a newline after the host', SECRET, `${PRODUCTION}\n`, ORDER_BODY, 'hnVFO1jJFu8lNfy5xjlZfhW7fKAkHe2gaiVlu28gMw8='],
		['a serialization without spaces', SECRET, PRODUCTION, JSON.stringify(JSON.parse(ORDER_BODY)), 'qcCxjxUzrLoRsm2BZcHuvM9wMeIVCUvPdLrTi/PbXQY='],
		['a serialization with spaces', SECRET, SANDBOX, FILE_BODY.replaceAll('":', '": ').replaceAll(',"', ', "'), '40QcSPpOvVisQ+cO3LKFpQiy6tpflsxD5Ifsa+JAppQ='],
	])('differs with %s', (_name, secret, host, body, expected) => {
		expect(signature(secret, host, body)).toBe(expected);
		expect([ORDER_SIGNATURE, FILE_SIGNATURE]).not.toContain(expected);
	});

	it('does not decode the secret', () => {
		const decoded = Buffer.from(SECRET, 'base64') as unknown as string;
		expect(signature(decoded, PRODUCTION, ORDER_BODY)).toBe('zSFwSqcu7M8gepQj5M3tuY7blprURpw+zwIm8ity9Z0=');
	});
});

describe('deliveries', () => {
	const MINUTE = 60_000;
	let simulator: Running;
	let receiver: Server;
	let endpoint: string;
	let received: Array<{ headers: Record<string, unknown>; body: string; at: number }>;
	let answers: number[];
	let hold: Promise<void>;

	const control = async (line: string, json?: unknown) => await send(simulator.info.control, line, { json });
	const api = async (line: string, json?: unknown) =>
		await send(`${simulator.info.url}/api/v1`, line, { json, headers: { authorization: `Bearer ${simulator.info.apiKey}` } });

	beforeAll(async () => {
		simulator = await start({ pace: 1, senderHost: 'api.example.org' });
		receiver = createServer(async (request, response) => {
			let body = '';
			for await (const piece of request.setEncoding('utf8')) body += piece;
			received.push({ headers: request.headers, body, at: simulator.clock.now() });
			await hold;
			response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end();
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
	});
	afterAll(async () => {
		await simulator.close();
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
	});
	beforeEach(async () => {
		received = [];
		answers = [];
		hold = Promise.resolve();
		await control('POST /reset');
		await subscribe('source_file_validation_completed', 'order_moved_to_completed_state');
	});

	async function subscribe(...actions: string[]): Promise<void> {
		const subscriptions = actions.map((webhook_action) => ({ webhook_action, remote_endpoint: endpoint, max_retries_count: 3 }));
		expect((await control('PUT /galateabio/webhooks', subscriptions)).status).toBe(200);
	}

	async function uploaded(name: string): Promise<string> {
		const form = new FormData();
		form.append('file', new Blob(['x']), name);
		const headers = { authorization: `Bearer ${simulator.info.apiKey}` };
		return (await send(`${simulator.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers })).json.id;
	}

	it.each([['a.vcf', 'VALID'], ['failed.vcf', 'FAILED'], ['not-valid.vcf', 'FAILED']])('file %s: %s', async (name, new_status) => {
		const id = await uploaded(name);
		await simulator.clock.advance(5 * MINUTE);
		expect(received).toHaveLength(1);
		expect(JSON.parse(received[0].body)).toEqual({ source_file_id: id, new_status, source_file_name: name });
		expect(received[0].headers).toMatchObject({
			'content-type': 'application/json',
			'x-octopod-signature': signature(simulator.info.webhook.secret, 'api.example.org', received[0].body),
		});
	});

	it.each([['Completed', 'COMPLETED'], ['Failed', 'FAILED'], ['Reports failed', undefined], ['QC failed', undefined], ['Canceled', undefined], ['Running', undefined]])('order %s: %s', async (status, new_status) => {
		const source_file_id = await uploaded('a.vcf');
		await subscribe('order_moved_to_completed_state');
		await simulator.clock.advance(5 * MINUTE);
		const [{ id }] = (await api('POST /exec/orders', { source_file_id, model_name: 'hutt-1.4' })).json;
		await control(`POST /galateabio/orders/${id}`, { status });
		const bodies = received.map(({ body }) => JSON.parse(body));
		expect(bodies).toEqual(new_status === undefined ? [] : [{ order_id: id, new_status, source_file_id, source_file_name: 'a.vcf' }]);
	});

	it('announces an order that ends by itself', async () => {
		const source_file_id = await uploaded('a.vcf');
		await simulator.clock.advance(5 * MINUTE);
		await api('POST /exec/orders', { source_file_id, model_name: 'hutt-1.4' });
		await simulator.clock.advance(20 * MINUTE);
		expect(received.map(({ body }) => JSON.parse(body).new_status)).toEqual(['VALID', 'COMPLETED']);
	});

	it('repeats with growing pauses until it is taken', async () => {
		answers = [500, 302, 422];
		await uploaded('a.vcf');
		await simulator.clock.advance(60 * MINUTE);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		const pauses = received.slice(1).map(({ at }, index) => at - received[index].at);
		// seconds, down to tens: real time goes on too
		expect(pauses.map((pause) => Math.floor((pause + 1) / 10_000) * 10)).toEqual([30, 60, 120]);
		const [delivery] = (await control('GET /galateabio/deliveries')).json;
		expect(delivery).toMatchObject({ state: 'delivered', webhook_action: 'source_file_validation_completed', remote_endpoint: endpoint });
		expect(delivery.attempts.map((attempt: { status: number }) => attempt.status)).toEqual([500, 302, 422, 200]);
	});

	it('gives up after the retries', async () => {
		answers = [500, 500, 500, 500, 500];
		await uploaded('a.vcf');
		await simulator.clock.advance(60 * MINUTE);
		expect(received).toHaveLength(4);
		expect((await control('GET /galateabio/deliveries')).json).toMatchObject([{ state: 'given up' }]);
	});

	it('repeats when nobody listens', async () => {
		await control('PUT /galateabio/webhooks', [{ webhook_action: 'source_file_validation_completed', remote_endpoint: 'http://127.0.0.1:1/hook', max_retries_count: 1 }]);
		await uploaded('a.vcf');
		await simulator.clock.advance(60 * MINUTE);
		const [{ attempts, state }] = (await control('GET /galateabio/deliveries')).json;
		expect(attempts).toEqual([1, 2].map(() => ({ at: expect.any(String), error: expect.any(String) })));
		expect(state).toBe('given up');
	});

	it('forgets what was under way on a reset', async () => {
		answers = [500];
		await uploaded('a.vcf');
		await simulator.clock.advance(201_000);
		await control('POST /reset');
		await simulator.clock.advance(60 * MINUTE);
		expect((await control('GET /galateabio/deliveries')).json).toEqual([]);
		expect(received).toHaveLength(1);
	});

	it('forgets what was being sent on a reset', async () => {
		let release = () => {};
		hold = new Promise((resolve) => (release = resolve));
		answers = [500];
		const sent = control('POST /galateabio/webhooks/test', { action: 'order_moved_to_completed_state' });
		while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		await control('POST /reset');
		release();
		await sent;
		await simulator.clock.advance(60 * MINUTE);
		expect(received).toHaveLength(1);
	});

	it.each([['source_file_validation_completed', FILE_BODY], ['order_moved_to_completed_state', ORDER_BODY]])('sends the test message of %s', async (action, body) => {
		const { json } = await control('POST /galateabio/webhooks/test', { action });
		expect(json).toMatchObject([{ webhook_action: action, state: 'delivered' }]);
		expect(JSON.parse(received[0].body)).toEqual(JSON.parse(body));
	});

	it('signs raw bytes that no other serialization gives', async () => {
		await control('POST /galateabio/webhooks/test', { action: 'order_moved_to_completed_state' });
		expect(received[0].body).toBe(ORDER_BODY);
		expect(JSON.stringify(JSON.parse(received[0].body))).not.toBe(received[0].body);
	});

	it('shows and replaces the subscriptions, and refuses bad ones', async () => {
		expect((await control('GET /galateabio/webhooks')).json).toHaveLength(2);
		await control('PUT /galateabio/webhooks', []);
		expect((await control('GET /galateabio/webhooks')).json).toEqual([]);
		const good = { webhook_action: 'source_file_validation_completed', remote_endpoint: endpoint, max_retries_count: 1 };
		for (const bad of [{ webhook_action: 'other' }, { remote_endpoint: 'ftp://a' }, { max_retries_count: 11 }, { max_retries_count: 0 }]) {
			expect((await control('PUT /galateabio/webhooks', [{ ...good, ...bad }])).status).toBe(400);
		}
	});
});
