/** Webhooks of Gencove: what they say, how they are signed, how often they come. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pythonText } from '../../simulators/gencove/python-text.mts';
import { signature, signatureHeader } from '../../simulators/gencove/signature.mts';
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const SECRET = 'whsec-example-1';
const TIME = 1773917752;
const B1 =
	'[{"event_id":"0f0e0d0c-0b0a-4908-8706-050403020100","event_type":"analysis_complete_v2","timestamp":"2026-03-19T10:55:52.000000Z","payload":{"project":{"id":"3f1c9a52-7a55-4a4f-9d0e-2b9f6f0f7c11"},"samples":[{"id":"b0b1c2d3-e4f5-4678-9abc-def012345678","client_id":"PLATE7-A01","last_status":{"status":"succeeded"}}]}}]';
const B2 =
	'[{"event_id": "11112222-3333-4444-8555-666677778888", "event_type": "samples_restored", "timestamp": "2026-03-20T08:00:00Z", "payload": {"project": {"id": "3f1c9a52-7a55-4a4f-9d0e-2b9f6f0f7c11"}, "samples": [{"id": "b0b1c2d3-e4f5-4678-9abc-def012345678", "client_id": "Kuh Zoë – 1"}]}}]';
const V1 = 'b328fd6adef2529e46dfd9208ca240cde15e3cca26d7dde6142fc13c79d80ccd5e7eddddfb42a7c0a815d02e56f63bfa239290442195c3dc96722deb9747b3af';
const V2 = '3ab3c9eab18538656342894bac79f25901e8f1bfeef5ca5783310e1b0a48beb6f2c3a264f7e53dce5c428e1a8b64008269e92491625e23ab76652a24ea1beea3';
const V3 = '95a0b89d85b7ee88c3eb2c5dc1a24a2fa355972041cd5c6226056d4d09197ec139bfa3498126d93a234547e1f07b6c7711c339d9fcb66e05d20847acd1518b29';
const V4 = '8e23b7108926f33bc0b093b4c0c5e8c12268492a0d821114e3fcd07c5bbf29fd94bd31d64b4c842b21e807984997729ba1ccc0d61671274b8f907fc9d26fc97c';

describe('signature', () => {
	it.each([
		['V1', SECRET, TIME, B1, 319, V1],
		['V2', 'clé-secrète-Ω', 1773993600, B2, 289, V2],
		['V3', SECRET, 0, '[]', 2, V3],
	])('%s', (_name, secret, time, body, length, expected) => {
		expect(Buffer.byteLength(body)).toBe(length);
		expect(signature(secret, time, body)).toBe(expected);
		expect(signatureHeader(secret, time, body, 'raw')).toBe(`t=${time},v1=${expected}`);
	});

	it('V4: over the Python text of the body', () => {
		expect(pythonText(JSON.parse(B1))).toHaveLength(336);
		expect(signatureHeader(SECRET, TIME, B1, 'python')).toBe(`t=${TIME},v1=${V4}`);
	});
});

// each as Python 3 prints it
describe('Python text', () => {
	it.each<[unknown, string]>([
		[{ a: [1, -2, true, false, null], b: {} }, "{'a': [1, -2, True, False, None], 'b': {}}"],
		["it's", `"it's"`],
		['"it\'s"', `'"it\\'s"'`],
		['a\\b\n\r\t', `'a\\\\b\\n\\r\\t'`],
		['\u0000\u001f\u007f\u0085\u00a0\u00ad', `'\\x00\\x1f\\x7f\\x85\\xa0\\xad'`],
		['\u200b\u2028\u3000\ue000', `'\\u200b\\u2028\\u3000\\ue000'`],
		['\u{e0001}\u{f0000}', `'\\U000e0001\\U000f0000'`],
		['Zoë – 1 é😀', `'Zoë – 1 é😀'`],
		[{ "it's": 'x y' }, `{"it's": 'x y'}`],
	])('%j', (value, expected) => {
		expect(pythonText(value)).toBe(expected);
	});
});

describe('deliveries', () => {
	let simulator: Running;
	let receiver: Server;
	let endpoint: string;
	let received: Array<{ headers: Record<string, unknown>; body: string; json: any; at: number }>;
	let answers: number[];
	let project: string;

	const control = async (line: string, json?: unknown): Promise<Answer> => await send(simulator.info.control, line, { json });
	const api = async (line: string, json?: unknown): Promise<Answer> =>
		await send(`${simulator.info.url}/api/v2`, line, { json, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });

	beforeAll(async () => {
		simulator = await start({ pace: 1 });
		receiver = createServer(async (request, response) => {
			let body = '';
			for await (const piece of request.setEncoding('utf8')) body += piece;
			received.push({ headers: request.headers, body, json: JSON.parse(body), at: simulator.clock.now() });
			response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end('thank you');
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
		project = simulator.info.projects.cattle;
	});
	afterAll(async () => {
		await simulator.close();
		receiver.closeAllConnections();
		await new Promise((resolve) => receiver.close(resolve));
	});
	beforeEach(async () => {
		received = [];
		answers = [];
		await control('POST /reset');
	});

	/** A subscription, with a secret unless it is not wanted. */
	async function subscribe(event_types: string[], { secret = true, target = endpoint, of = project } = {}): Promise<{ id: string; secret: string }> {
		const { id } = (await api(`POST /project-subscriptions/${of}`, { name: 'test', target, event_types })).json;
		return { id, secret: secret ? (await api(`POST /project-subscription-secret/${id}`)).json.secret : '' };
	}
	const happen = async (event_type: string, payload: object = { project: { id: project } }) => await control('POST /gencove/events', { project_id: project, events: [{ event_type, payload }] });
	const notificationsOf = async (id: string) => (await api(`GET /project-subscription-notifications/${id}`)).json.results;
	const partsOf = (header: unknown) => /^t=(\d+),v1=([0-9a-f]{128})$/.exec(String(header))!.slice(1);

	it('tells those who subscribed, of the project, to the event', async () => {
		await subscribe(['samples_restored', 'analysis_complete_v2']);
		await subscribe(['batch_final_report_complete_v2']);
		await subscribe(['samples_restored'], { of: simulator.info.projects.human });
		await happen('samples_restored');
		expect(received).toHaveLength(1);
		expect(received[0].headers['content-type']).toBe('application/json');
		expect(received[0].json).toEqual([{ event_id: expect.stringMatching(/^[0-9a-f-]{36}$/), event_type: 'samples_restored', timestamp: expect.stringMatching(/^\d{4}-.*Z$/), payload: { project: { id: project } } }]);
	});

	it('signs the raw body, which is no serialization of Node', async () => {
		const { secret } = await subscribe(['samples_restored']);
		await happen('samples_restored');
		const [time, v1] = partsOf(received[0].headers['gencove-signature']);
		expect(Math.abs(Number(time) - simulator.clock.now() / 1000)).toBeLessThan(60);
		expect(v1).toBe(signature(secret, Number(time), received[0].body));
		expect(v1).not.toBe(signature(secret, Number(time), JSON.stringify(received[0].json)));
	});

	it('signs the Python text when it is told to', async () => {
		const { secret } = await subscribe(['samples_restored']);
		await control('POST /gencove/settings', { signedText: 'python' });
		await happen('samples_restored', { project: { id: project }, samples: [{ client_id: "it's – é" }] });
		const [time, v1] = partsOf(received[0].headers['gencove-signature']);
		expect(v1).toBe(signature(secret, Number(time), pythonText(received[0].json)));
	});

	it('does not sign without a secret; a new secret replaces the old one', async () => {
		const { id } = await subscribe(['samples_restored'], { secret: false });
		await happen('samples_restored');
		expect(received[0].headers).not.toHaveProperty('gencove-signature');
		await api(`POST /project-subscription-secret/${id}`);
		const { secret } = (await api(`POST /project-subscription-secret/${id}`)).json;
		await happen('samples_restored');
		const [time, v1] = partsOf(received[1].headers['gencove-signature']);
		expect(v1).toBe(signature(secret, Number(time), received[1].body));
	});

	it('sends several events in one body', async () => {
		await subscribe(['samples_restored', 'explorer_s3_hot_storage_exceeded']);
		const events = ['samples_restored', 'analysis_complete_v2', 'explorer_s3_hot_storage_exceeded'].map((event_type) => ({ event_type }));
		await control('POST /gencove/events', { project_id: project, events });
		expect(received.map(({ json }) => json.map((event: any) => event.event_type))).toEqual([['samples_restored', 'explorer_s3_hot_storage_exceeded']]);
	});

	it.each(['explorer_s3_hot_storage_exceeded', 'explorer_s3_cold_storage_exceeded'])('%s concerns all projects', async (event_type) => {
		await subscribe([event_type]);
		await subscribe([event_type], { of: simulator.info.projects.human });
		await control('POST /gencove/events', { events: [{ event_type }] });
		expect(received.map(({ json }) => json[0].payload.organization)).toEqual([{ id: simulator.info.organizationId }, { id: simulator.info.organizationId }]);
	});

	it.each([['analysis_complete_v2', 'analysis_complete'], ['batch_final_report_complete_v2', 'batch_final_report']])('%s goes out in the old format too', async (type, old) => {
		const { secret } = await subscribe([old]);
		await happen(type);
		expect(received.map(({ json }) => json)).toEqual([{ event: old, data: { project: { id: project } } }]);
		const [time, v1] = partsOf(received[0].headers['gencove-signature']);
		expect(v1).toBe(signature(secret, Number(time), received[0].body));
	});

	it('repeats until somebody takes it, with the same event and signature', async () => {
		const { id } = await subscribe(['samples_restored']);
		answers = [500, 302];
		await happen('samples_restored');
		const [{ id: notification, response_status }] = await notificationsOf(id);
		expect([received.length, response_status]).toEqual([1, 500]);
		await simulator.clock.advance(29_000);
		expect(received).toHaveLength(1);
		await simulator.clock.advance(1_000);
		expect(received).toHaveLength(2);
		await simulator.clock.advance(DAY);
		expect(received).toHaveLength(3);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		expect(new Set(received.map(({ headers }) => headers['gencove-signature'])).size).toBe(1);
		expect(await notificationsOf(id)).toMatchObject([{ id: notification, response_status: 200 }]);
		expect((await control('GET /gencove/deliveries')).json).toMatchObject([{ state: 'delivered', attempts: [{ status: 500 }, { status: 302 }, { status: 200 }] }]);
	});

	it('signs repetitions anew when it is told to', async () => {
		const { secret } = await subscribe(['samples_restored']);
		await control('POST /gencove/settings', { webhookResigned: true });
		answers = [500];
		await happen('samples_restored');
		await simulator.clock.advance(30_000);
		const [[first], [second, v1]] = received.map(({ headers }) => partsOf(headers['gencove-signature']));
		expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(29);
		expect(v1).toBe(signature(secret, Number(second), received[1].body));
	});

	it('gives up; how often it repeats can be set', async () => {
		await control('POST /gencove/settings', { webhookRetries: 1 });
		const { id } = await subscribe(['samples_restored']);
		answers = [500, 503, 500];
		await happen('samples_restored');
		await simulator.clock.advance(DAY);
		expect(received).toHaveLength(2);
		expect(await notificationsOf(id)).toMatchObject([{ response_status: 503 }]);
		expect((await control('GET /gencove/deliveries')).json).toMatchObject([{ state: 'given up' }]);
	});

	it('knows nothing of an answer that did not come', async () => {
		const { id } = await subscribe(['samples_restored'], { target: 'http://127.0.0.1:1/hook' });
		await happen('samples_restored');
		const [notification] = await notificationsOf(id);
		expect(notification).toMatchObject({ response_status: null, notification_event_type: 'samples_restored' });
		expect((await api(`GET /notifications/${notification.id}`)).json).toMatchObject({ response_status: null, response_message: expect.stringContaining('fetch failed') });
	});

	it('sends no mail, but notes it', async () => {
		const { id } = await subscribe(['samples_restored'], { target: 'lab@example.org' });
		expect((await api(`GET /project-subscription-details/${id}`)).json.protocol).toBe('email');
		await happen('samples_restored');
		expect(await notificationsOf(id)).toMatchObject([{ response_status: null }]);
		expect(received).toHaveLength(0);
	});

	it('shows what was sent by an address that needs no key', async () => {
		const { id } = await subscribe(['samples_restored']);
		await happen('samples_restored');
		const [notification] = await notificationsOf(id);
		expect(notification).toEqual({ id: expect.any(String), created: expect.any(String), response_status: 200, notification_event_type: 'samples_restored' });
		const { payload_url, ...rest } = (await api(`GET /notifications/${notification.id}`)).json;
		expect(rest).toEqual({ ...notification, response_message: 'thank you' });
		expect((await send(payload_url, 'GET ')).text).toBe(received[0].body);
	});

	it('ends with the subscription', async () => {
		const { id } = await subscribe(['samples_restored']);
		answers = [500];
		await happen('samples_restored');
		const [notification] = await notificationsOf(id);
		expect((await api(`DELETE /project-subscription-details/${id}`)).status).toBe(204);
		await simulator.clock.advance(DAY);
		await happen('samples_restored');
		expect(received).toHaveLength(1);
		expect((await api(`GET /notifications/${notification.id}`)).status).toBe(404);
	});

	describe('what happens in a project', () => {
		const HUMAN = () => simulator.info.projects.human;

		it('an analysis that ends, well or not, is told with all its samples', async () => {
			const { secret } = await subscribe(['analysis_complete_v2'], { of: HUMAN() });
			const uploads = await Promise.all(
				['well', 'qc-fails', 'analysis-fails'].map(async (client_id) => {
					const { id } = (await api('POST /uploads-url/', { destination_path: `gncv://hook/${client_id}_R1.fastq.gz`, source_url: `https://example.org/${client_id}_R1.fastq.gz` })).json;
					return { client_id, fastq: { r1: { upload: id } } };
				}),
			);
			const added = (await api(`POST /project-samples/${HUMAN()}`, { uploads })).json.uploads;
			await simulator.clock.advance(DAY / 24);
			expect(received).toHaveLength(1);
			const ends = ['succeeded', 'failed qc', 'failed'];
			const samples = added.map(({ sample, client_id }: any, index: number) => ({ id: sample, client_id, last_status: { status: ends[index] } }));
			expect(received[0].json).toMatchObject([{ event_type: 'analysis_complete_v2', payload: { project: { id: HUMAN() }, samples } }]);
			const [time, v1] = partsOf(received[0].headers['gencove-signature']);
			expect(v1).toBe(signature(secret, Number(time), received[0].body));
		});

		it('samples that come back from the archive', async () => {
			await subscribe(['samples_restored'], { of: HUMAN() });
			const { archived } = simulator.info.samples;
			await api(`POST /project-restore-samples/${HUMAN()}`, { sample_ids: [archived] });
			expect(received).toHaveLength(0);
			await simulator.clock.advance(2 * DAY + DAY / 12);
			expect(received.map(({ json }) => json)).toMatchObject([[{ event_type: 'samples_restored', payload: { project: { id: HUMAN() }, samples: [{ id: archived, client_id: 'PILOT-ARCHIVED' }] } }]]);
		});

		it('a batch whose report is there, and no other', async () => {
			await subscribe(['batch_final_report_complete_v2']);
			const sample_ids = (await api(`GET /project-samples/${project}?limit=2&status=succeeded`)).json.results.map(({ id }: any) => id);
			for (const name of ['good', 'batch-fails']) expect((await api(`POST /project-batches/${project}`, { name, batch_type: 'illuminahd', sample_ids })).status).toBe(201);
			await simulator.clock.advance(DAY / 24);
			expect(received.map(({ json }) => json)).toMatchObject([[{ event_type: 'batch_final_report_complete_v2', payload: { project: { id: project }, batch: { name: 'good', batch_type: 'illuminahd', last_status: { status: 'succeeded' } } } }]]);
		});
	});

	describe('test call', () => {
		const arrived = async (count: number) => {
			while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
		};

		it('sends a signed event of the first type, and does not repeat it', async () => {
			const { id, secret } = await subscribe(['samples_restored', 'analysis_complete_v2']);
			answers = [500];
			expect(await api(`POST /project-subscription-test/${id}`, {})).toMatchObject({ status: 202, text: '' });
			await arrived(1);
			expect(received[0].json).toMatchObject([{ event_type: 'samples_restored', payload: { project: { id: project }, samples: [{ id: expect.any(String) }] } }]);
			const [time, v1] = partsOf(received[0].headers['gencove-signature']);
			expect(v1).toBe(signature(secret, Number(time), received[0].body));
			while ((await notificationsOf(id))[0].response_status === null) await new Promise((resolve) => setTimeout(resolve, 5));
			await simulator.clock.advance(DAY);
			expect(received).toHaveLength(1);
		});

		it.each(['analysis_complete_v2', 'batch_final_report_complete_v2', 'explorer_s3_cold_storage_exceeded'])('sends %s, and repeats where it is told to', async (event_type) => {
			const { id } = await subscribe(['samples_restored']);
			answers = [500];
			expect((await api(`POST /project-subscription-test/${id}`, { event_type, retry: true })).status).toBe(202);
			await arrived(1);
			while ((await notificationsOf(id))[0].response_status === null) await new Promise((resolve) => setTimeout(resolve, 5));
			await simulator.clock.advance(MINUTE);
			expect(received.map(({ json }) => json[0].event_type)).toEqual([event_type, event_type]);
		});

		it('sends the old format, too', async () => {
			const { id } = await subscribe(['analysis_complete']);
			await api(`POST /project-subscription-test/${id}`, { event_type: null });
			await arrived(1);
			expect(received[0].json).toMatchObject({ event: 'analysis_complete', data: {} });
		});
	});
});
