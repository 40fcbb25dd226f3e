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

	describe('subscribed to through the API', () => {
		const FILES = 'source_file_validation_completed';
		const ORDERS = 'order_moved_to_completed_state';
		const organization = () => `/organizations/${simulator.info.organizationId}`;
		const list = async () => (await api(`GET ${organization()}/webhooks-info`)).json;
		const post = async (...entries: object[]) => await api(`POST ${organization()}/webhooks-info`, entries);
		const entry = (changes: object = {}) => ({
			id: null, webhook_action: FILES, remote_endpoint: endpoint, max_retries_count: 3, save_error_in_notifications: false, ...changes,
		});
		const until = async (done: () => boolean) => {
			while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
		};

		beforeEach(async () => await subscribe());

		it('lists the actions', async () => {
			expect((await api('GET /notification/webhook-actions')).json).toEqual([
				{ name: 'Source file validation completed', value: FILES },
				{ name: 'Order moved to completed state', value: ORDERS },
			]);
		});

		it('answers with what it made, shows it, and sends there', async () => {
			const answer = await post(entry(), entry({ webhook_action: ORDERS, max_retries_count: 10, save_error_in_notifications: true }));
			expect(answer.status).toBe(202);
			const made = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), org_id: simulator.info.organizationId, created_at: expect.stringMatching(/^2.*Z$/), remote_endpoint: endpoint };
			expect(answer.json).toEqual([
				{ ...made, webhook_action: FILES, max_retries_count: 3, save_error_in_notifications: false },
				{ ...made, webhook_action: ORDERS, max_retries_count: 10, save_error_in_notifications: true },
			]);
			expect(await list()).toEqual(answer.json);
			expect((await control('GET /galateabio/webhooks')).json).toEqual(answer.json);
			await uploaded('a.vcf');
			await simulator.clock.advance(5 * MINUTE);
			expect(received.map(({ body }) => JSON.parse(body).new_status)).toEqual(['VALID']);
			expect((await control('GET /galateabio/deliveries')).json).toMatchObject([{ webhook_id: answer.json[0].id, state: 'delivered' }]);
		});

		// whether the real service replaces the whole list is not published
		it.each([[false, 3], [true, 2]])('replaces the list: %s', async (webhooksReplace, length) => {
			const [first, second] = (await post(entry(), entry({ webhook_action: ORDERS }))).json;
			expect((await control('POST /galateabio/settings', { webhooksReplace })).status).toBe(204);
			await simulator.clock.advance(MINUTE);
			const answer = await post(entry({ id: second.id.toUpperCase(), webhook_action: ORDERS, max_retries_count: 7 }), entry({ max_retries_count: 1 }));
			expect(answer.json).toEqual([{ ...second, max_retries_count: 7 }, { ...first, id: expect.any(String), created_at: expect.any(String), max_retries_count: 1 }]);
			expect(answer.json[1].id).not.toBe(first.id);
			expect(await list()).toEqual(length === 3 ? [first, ...answer.json] : answer.json);
			await uploaded('a.vcf');
			await simulator.clock.advance(5 * MINUTE);
			expect(received).toHaveLength(length - 1);
			await post();
			expect(await list()).toHaveLength(length === 3 ? 3 : 0);
			await control('POST /reset');
			await post(entry());
			await post(entry());
			expect(await list()).toHaveLength(2);
		});

		it('replaces the list from the start when the simulator is told so', async () => {
			const other = await start({ webhooksReplace: true });
			const headers = { authorization: `Bearer ${other.info.apiKey}` };
			const line = `POST /organizations/${other.info.organizationId}/webhooks-info`;
			for (let times = 0; times < 2; times++) await send(`${other.info.url}/api/v1`, line, { json: [entry()], headers });
			await send(other.info.control, 'POST /reset');
			for (let times = 0; times < 2; times++) await send(`${other.info.url}/api/v1`, line, { json: [entry()], headers });
			expect((await send(`${other.info.url}/api/v1`, line.replace('POST', 'GET'), { headers })).json).toHaveLength(1);
			await other.close();
		});

		it.each<[string, unknown]>([
			['an object', {}],
			['a text', ['webhook']],
			...['id', 'webhook_action', 'remote_endpoint', 'max_retries_count', 'save_error_in_notifications'].map(
				(name): [string, unknown] => [`no ${name}`, [{ ...entry({ remote_endpoint: 'https://example.org' }), [name]: undefined }]],
			),
			['an id that is none', [entry({ remote_endpoint: 'https://example.org', id: 'x' })]],
			['an id that nothing has', [entry({ remote_endpoint: 'https://example.org', id: '11111111-1111-4111-8111-111111111111' })]],
			['an unknown action', [entry({ remote_endpoint: 'https://example.org', webhook_action: 'other' })]],
			['an empty endpoint', [entry({ remote_endpoint: '' })]],
			['an endpoint that is no URL', [entry({ remote_endpoint: 'example.org' })]],
			['no retries', [entry({ remote_endpoint: 'https://example.org', max_retries_count: 0 })]],
			['too many retries', [entry({ remote_endpoint: 'https://example.org', max_retries_count: 11 })]],
			['retries as text', [entry({ remote_endpoint: 'https://example.org', max_retries_count: '3' })]],
			['a flag as text', [entry({ remote_endpoint: 'https://example.org', save_error_in_notifications: 'true' })]],
		])('refuses %s, and keeps what it has', async (_name, json) => {
			await post(entry());
			const answer = await api(`POST ${organization()}/webhooks-info`, json);
			expect([answer.status, answer.json]).toEqual([400, { detail: 'Bad request' }]);
			const good = entry({ remote_endpoint: 'https://example.org' });
			if (Array.isArray(json)) expect((await post(good, ...json)).status).toBe(400);
			expect(await list()).toHaveLength(1);
		});

		it.each([[FILES, FILE_BODY], [ORDERS, ORDER_BODY]])('sends the test message of %s to one of them', async (webhook_action, body) => {
			const [{ id }] = (await post(entry({ webhook_action }), entry({ webhook_action }))).json;
			const answer = await api(`POST ${organization()}/webhooks/${id}/test`);
			expect([answer.status, answer.json]).toEqual([202, expect.objectContaining({ id, webhook_action })]);
			await until(() => received.length > 0);
			await simulator.clock.advance(MINUTE);
			expect(received.map((one) => JSON.parse(one.body))).toEqual([JSON.parse(body)]);
			expect(received[0].headers['x-octopod-signature']).toBe(signature(SECRET, 'api.example.org', received[0].body));
		});

		it('answers before the receiver does', async () => {
			let release = () => {};
			hold = new Promise((resolve) => (release = resolve));
			const [{ id }] = (await post(entry())).json;
			expect((await api(`POST ${organization()}/webhooks/${id}/test`)).status).toBe(202);
			expect((await control('GET /galateabio/deliveries')).json).toMatchObject([{ state: 'under way' }]);
			release();
		});

		it('signs with a new secret from then on, until a reset', async () => {
			const [{ id }] = (await post(entry())).json;
			const { status, json } = await api(`POST ${organization()}/generate-webhooks-secret`);
			expect([status, json]).toEqual([200, { webhooks_secret: expect.stringMatching(/^[\w+/]{32}$/) }]);
			expect((await api('GET /users/me')).json.org.webhooks_secret).toBe(json.webhooks_secret);
			await api(`POST ${organization()}/webhooks/${id}/test`);
			await until(() => received.length > 0);
			expect(received[0].headers['x-octopod-signature']).toBe(signature(json.webhooks_secret, 'api.example.org', received[0].body));
			expect((await api(`POST ${organization()}/generate-webhooks-secret`)).json).not.toEqual(json);
			await control('POST /reset');
			expect((await api('GET /users/me')).json.org.webhooks_secret).toBe(SECRET);
		});

		it.each([[true, 1], [false, 0]])('tells of a failure in notifications: %s', async (save_error_in_notifications, count) => {
			answers = [500, 503];
			await post(entry({ max_retries_count: 1, save_error_in_notifications }));
			await uploaded('a.vcf');
			await simulator.clock.advance(220_000);
			expect((await api('GET /notification')).json.count).toBe(0);
			await simulator.clock.advance(60 * MINUTE);
			const { json } = await api('GET /notification');
			expect(json.count).toBe(count);
			if (count === 0) return;
			expect(json.results).toEqual([
				{
					id: expect.any(String),
					user_id: (await api('GET /users/me')).json.id,
					type: 'WEBSOCKET',
					message_type: 'send_webhook_failed',
					message: `Webhook ${FILES} was not delivered to ${endpoint}: status 503`,
					created_at: expect.stringMatching(/Z$/),
					watched: false,
				},
			]);
		});

		it('does not tell of a failure from before a reset', async () => {
			let release = () => {};
			hold = new Promise((resolve) => (release = resolve));
			answers = [500, 500];
			const [{ id }] = (await post(entry({ max_retries_count: 1, save_error_in_notifications: true }))).json;
			await api(`POST ${organization()}/webhooks/${id}/test`);
			await until(() => received.length === 1);
			release();
			await until(() => simulator.state.deliveries[0].attempts.length === 1);
			hold = new Promise((resolve) => (release = resolve));
			const advanced = simulator.clock.advance(MINUTE);
			await until(() => received.length === 2);
			await control('POST /reset');
			release();
			await advanced;
			expect((await api('GET /notification')).json.count).toBe(0);
		});
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
