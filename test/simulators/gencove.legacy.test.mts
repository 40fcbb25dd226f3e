/** Generation 1 of Gencove: own port, own key, ids that are whole numbers. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLegacy } from '../../simulators/gencove/legacy/simulator.mts';
import type { LegacyRunning } from '../../simulators/gencove/legacy/simulator.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const DAY = 24 * 3_600_000;

let legacy: LegacyRunning;
let receiver: Server;
let endpoint: string;
let received: Array<{ headers: Record<string, unknown>; json: any }>;
let answer: number;

beforeAll(async () => {
	legacy = await startLegacy();
	receiver = createServer(async (request, response) => {
		let body = '';
		for await (const piece of request.setEncoding('utf8')) body += piece;
		received.push({ headers: request.headers, json: JSON.parse(body) });
		response.writeHead(answer).end();
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
	await legacy.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
	received = [];
	answer = 200;
	await control('POST /reset');
});

const control = async (line: string, json?: unknown): Promise<Answer> => await send(legacy.info.control, line, { json });
const as = async (authorization: string | undefined, line: string, json?: unknown): Promise<Answer> =>
	await send(legacy.info.url, line, { json, headers: authorization === undefined ? {} : { authorization } });
const api = async (line: string, json?: unknown) => await as(`GENCOVE-API-KEY ${legacy.info.apiKey}`, line, json);
const PROJECT = { name: 'New', href: 'https://example.org/new', description: 'A new one' };

describe('access', () => {
	it('asks for the key in its own scheme', async () => {
		expect(legacy.info.apiKey).toHaveLength(36);
		expect(await api('GET /welcome-api-key')).toMatchObject({ status: 200, json: { message: expect.any(String), message_details: expect.any(String) } });
		for (const wrong of [undefined, `Api-Key ${legacy.info.apiKey}`, 'GENCOVE-API-KEY nobody', `Bearer ${legacy.info.apiKey}`]) {
			expect(await as(wrong, 'GET /projects')).toMatchObject({ status: 401, json: { message: 'You are not authorized.', message_details: expect.any(String) } });
		}
	});

	it.each(['GET /', 'GET /health', 'GET /frontend_version_min'])('%s is public', async (line) => {
		expect(await as(undefined, line)).toMatchObject({ status: 200, json: { message: expect.any(String) } });
	});

	it.each<[string, number]>([
		['GET /projects/', 404],
		['GET /elsewhere', 404],
		['GET /projects/999', 404],
		['GET /projects/abc', 404],
		['DELETE /projects/101', 405],
		['GET /login', 405],
		['PUT /projects', 405],
	])('%s -> %i', async (line, status) => {
		expect(await api(line)).toMatchObject({ status, json: { message: expect.any(String), message_details: expect.any(String) } });
	});

	it('logs in, renews, logs out, and changes the password', async () => {
		const { email, password } = legacy.info.login;
		const { refresh_token } = (await as(undefined, 'POST /login', { email, password, device_uuid: 'x' })).json;
		const { access_token } = (await as(undefined, 'POST /auth', { refresh_token, empty: 'e' })).json;
		expect((await as(`JWT ${access_token}`, 'GET /projects')).json.projects).toHaveLength(2);

		const changed = { password, new_password: 'n', new_password_confirm: 'n' };
		expect((await as(`JWT ${access_token}`, 'PUT /password', { ...changed, new_password_confirm: 'm' })).status).toBe(400);
		expect((await as(`JWT ${access_token}`, 'PUT /password', { ...changed, password: 'wrong' })).status).toBe(400);
		const fresh = (await as(`JWT ${access_token}`, 'PUT /password', changed)).json.refresh_token;
		expect((await as(`JWT ${access_token}`, 'GET /projects')).status).toBe(401);
		expect((await as(undefined, 'POST /auth', { refresh_token })).status).toBe(401);
		const second = (await as(undefined, 'POST /auth', { refresh_token: fresh })).json.access_token;
		expect((await as(`JWT ${second}`, 'GET /projects')).status).toBe(200);
		await legacy.clock.advance(DAY);
		expect((await as(`JWT ${second}`, 'GET /projects')).status).toBe(401);

		expect((await as(undefined, 'POST /logout', { refresh_token: fresh })).status).toBe(200);
		expect((await as(undefined, 'POST /logout', { refresh_token: fresh })).status).toBe(401);
		expect((await as(undefined, 'POST /login', { email, password })).status).toBe(401);
	});

	it('registers a user who confirms the address first', async () => {
		const login = { email: 'new@example.org', password: 'p' };
		expect((await as(undefined, 'POST /register', { ...login, name: 'New' })).status).toBe(200);
		expect((await as(undefined, 'POST /register', login)).status).toBe(400);
		expect((await as(undefined, 'POST /login', login)).status).toBe(401);
		const [{ email, confirm_id }] = (await control('GET /gencove-legacy/mails')).json;
		expect(email).toBe(login.email);
		expect((await as(undefined, `PUT /confirm/${confirm_id}`)).status).toBe(200);
		expect((await as(undefined, `PUT /confirm/${confirm_id}`)).status).toBe(404);
		expect((await as(undefined, 'POST /login', login)).status).toBe(200);
		expect((await as(undefined, 'POST /password/forgot', { email: 'nobody@example.org' })).status).toBe(200);
		expect((await as(undefined, 'POST /password/forgot', {})).status).toBe(400);
	});

	it('keeps no secret in the journal', async () => {
		await as(undefined, 'POST /login', legacy.info.login);
		const { entries } = (await control('GET /journal')).json;
		expect(entries).toMatchObject([{ route: 'POST /login', body: { email: legacy.info.login.email, password: '***' } }]);
	});
});

describe('projects', () => {
	it('shows the own ones, with whole numbers as ids', async () => {
		const { json } = await api('GET /projects');
		expect(json.projects.map((project: any) => [project.project_id, project.enabled])).toEqual([[101, true], [102, false]]);
		expect((await api('GET /projects/101')).json.project).toEqual(json.projects[0]);
		expect((await api('GET /projects/201')).status).toBe(404);
		expect((await api('GET /projects/201/samples')).status).toBe(404);
		expect((await api('POST /projects/201/raw-data', {})).status).toBe(404);
	});

	it('creates and changes them', async () => {
		const { project } = (await api('POST /projects', { ...PROJECT, unknown: 1 })).json;
		expect(project).toMatchObject({ ...PROJECT, project_id: 202, enabled: true, discoverable: true, subsidy_enabled: false, webhook_url: '' });
		expect(project).not.toHaveProperty('unknown');
		const changed = { name: 'Other', enabled: false, discoverable: false, subsidy_enabled: true };
		expect((await api('PUT /projects/202', changed)).json.project).toEqual({ ...project, ...changed });
		expect((await api('GET /projects/202')).json.project).toEqual({ ...project, ...changed });
	});

	it.each<[string, unknown]>([
		['POST /projects', { name: 'x', href: 'x' }],
		['POST /projects', { ...PROJECT, name: '' }],
		['POST /projects', { ...PROJECT, enabled: 'yes' }],
		['POST /projects', [PROJECT]],
		['PUT /projects/101', { name: 5 }],
		['PUT /projects/101', { webhook_url: null }],
		['POST /projects/101/raw-data', { sample_ids: ['1001'] }],
		['POST /projects/101/raw-data', { sample_ids: 1001 }],
		['POST /projects/101/raw-data', { sample_ids: [1001], external_ids: ['PLATE1-A01'] }],
		['POST /projects/101/samples/orders', {}],
		['POST /samples', {}],
		['POST /login', { email: 'a@example.org' }],
	])('%s %j is refused', async (line, body) => {
		const before = (await api('GET /projects')).json;
		expect(await api(line, body)).toMatchObject({ status: 400, json: { message: 'The request is not valid.', message_details: expect.any(String) } });
		expect((await api('GET /projects')).json).toEqual(before);
	});

	it('takes a JSON body only', async () => {
		const headers = { authorization: `GENCOVE-API-KEY ${legacy.info.apiKey}`, 'content-type': 'text/plain' };
		expect((await send(legacy.info.url, 'POST /projects', { headers, body: JSON.stringify(PROJECT) })).status).toBe(400);
	});

	it('counts', async () => {
		expect((await api('GET /projects/101/stats')).json.stats).toEqual({ samples: 4, samples_with_results: 3 });
	});

	it('shows samples', async () => {
		const { samples } = (await api('GET /projects/101/samples')).json;
		expect(samples.map((sample: any) => [sample.sample_id, sample.external_id])).toEqual([[1001, 'PLATE1-A01'], [1002, 'PLATE1-B01'], [1003, 'PLATE1-B01'], [1004, 'PLATE1-C01']]);
		expect((await api('GET /projects/101/samples/1002')).json.sample).toEqual(samples[1]);
		expect((await api('GET /projects/102/samples/1002')).status).toBe(404);
	});
});

describe('raw data', () => {
	const idsOf = async (body: unknown) => (await api('POST /projects/101/raw-data', body)).json.raw_data.map((one: any) => one.sample_id);

	it('leaves out what is unknown or has no data, and keeps no order', async () => {
		expect(await idsOf({ sample_ids: [1001, 1002, 1004, 2001, 7] })).toEqual([1002, 1001]);
		expect(await idsOf({ external_ids: ['PLATE1-A01', 'PLATE1-B01', 'COW-7', 'none'] })).toEqual([1003, 1002, 1001]);
		expect(await idsOf({})).toEqual([1003, 1002, 1001]);
		expect(await idsOf({ sample_ids: [] })).toEqual([]);
	});

	it('has addresses that are good for two days, without a key', async () => {
		const [raw] = (await api('POST /projects/101/raw-data', { sample_ids: [1001] })).json.raw_data;
		expect(raw).toMatchObject({ sample_id: 1001, external_id: 'PLATE1-A01', project_id: 101, ancestry_url_suffix: expect.any(String) });
		const addresses = Object.keys(raw).filter((name) => name.endsWith('_url_s3'));
		expect(addresses).toEqual(expect.arrayContaining(['vcf_url_s3', 'snp_url_s3', 'bam_url_s3', 'bai_url_s3', 'fastq_nongrch37_url_s3', 'ancestry_url_s3', 'local_ancestry_url_s3', 'microbiome_url_s3', 'traits_url_s3', 'tbi_url_s3', 'csi_url_s3']));
		for (const name of addresses) expect((await send(raw[name], 'GET ')).status).toBe(200);
		const file = await send(raw.vcf_url_s3, 'GET ');
		expect([file.headers.get('content-type'), file.headers.get('content-length')]).toEqual(['binary/octet-stream', String(file.bytes.length)]);
		expect((await send(raw.vcf_url_s3.replace('1001', '1002'), 'GET ')).status).toBe(403);
		await legacy.clock.advance(2 * DAY);
		expect(await send(raw.vcf_url_s3, 'GET ')).toMatchObject({ status: 403, text: expect.stringContaining('<Code>AccessDenied</Code>') });
	});
});

describe('studies and apps are projects under earlier names', () => {
	it.each([
		['studies', 'study', 'participants', 'participant', 'study_enabled'],
		['apps', 'app', 'members', 'member', 'enabled'],
	])('%s', async (plural, singular, members, member, enabled) => {
		const id = `${singular}_id`;
		expect((await api(`GET /${plural}`)).json[plural].map((one: any) => one[id])).toEqual([101, 102]);
		const created = (await api(`POST /${plural}`, { ...PROJECT, [enabled]: false })).json[singular];
		expect(created).toMatchObject({ [id]: 202, [enabled]: false });
		expect((await api(`PUT /${plural}/202`, { [enabled]: true, subsidy_enabled: true })).json[singular]).toMatchObject({ [enabled]: true, subsidy_enabled: true });
		expect((await api(`GET /${plural}/202`)).json[singular].name).toBe('New');
		expect((await api(`GET /${plural}/101/${members}`)).json[members][0]).toMatchObject({ [`${member}_id`]: 1001, [id]: 101 });
		const { raw_data } = (await api(`POST /${plural}/101/raw-data`, { [`${member}_ids`]: [1001] })).json;
		expect(raw_data).toMatchObject([{ [`${member}_id`]: 1001, [id]: 101, vcf_url_s3: expect.any(String) }]);
		expect((await api(`POST /${plural}/101/raw-data`, { [`${member}_ids`]: ['x'] })).status).toBe(400);
		expect((await api(`GET /${plural}/201`)).status).toBe(404);
	});

	it('only apps know external ids', async () => {
		const asked = { external_ids: ['PLATE1-A01'] };
		expect((await api('POST /apps/101/raw-data', asked)).json.raw_data).toHaveLength(1);
		expect((await api('POST /studies/101/raw-data', asked)).json.raw_data).toHaveLength(3);
	});
});

describe('calls known by name only', () => {
	it('orders', async () => {
		expect((await api('GET /projects/101/samples/1004/order')).json.order).toMatchObject({ sample_id: 1004, status: 'processing' });
		expect((await api('POST /projects/101/samples/orders', { sample_ids: [1001, 1005] })).json.orders).toMatchObject([{ sample_id: 1001, status: 'complete' }]);
	});

	it('the picture of a project', async () => {
		const headers = { authorization: `GENCOVE-API-KEY ${legacy.info.apiKey}`, 'content-type': 'image/png' };
		expect((await send(legacy.info.url, 'POST /projects/101/image/v2', { headers, body: 'png' })).status).toBe(200);
		expect((await send(legacy.info.url, 'POST /projects/201/image/v2', { headers, body: 'png' })).status).toBe(404);
	});

	it('joins, leaves and rejoins a project', async () => {
		await api('PUT /projects/101', { webhook_url: endpoint });
		expect((await api('GET /samples/projects')).json.projects).toEqual([]);
		expect((await api('GET /samples/projects/101')).json.project).toMatchObject({ project_id: 101, participating: false });
		expect((await api('POST /samples/projects/101')).status).toBe(404);
		const { sample } = (await api('POST /samples', { project_id: 101, external_id: 'me' })).json;
		expect((await api('POST /samples', { project_id: 101 })).status).toBe(400);
		expect((await api('POST /samples', { project_id: 999 })).status).toBe(404);
		expect((await api('DELETE /samples/projects/101')).json.sample.participating).toBe(false);
		expect((await api('POST /samples/projects/101')).json.sample.participating).toBe(true);
		expect((await api('GET /samples/projects')).json.projects).toEqual([sample]);
		const joins = received.slice(1).map(({ json }) => [json.event, json.data.sample_id, json.data.participating]);
		expect(joins).toEqual([true, false, true].map((participating) => ['project_sample_join', sample.sample_id, participating]));
		expect(Object.keys(received[1].json.data).sort()).toEqual(['external_id', 'jwt_log', 'participating', 'project_id', 'sample_id', 'subsidy_in_cents']);
	});

	it('the upload area: credentials take a while', async () => {
		expect(await api('GET /credentials/upload')).toMatchObject({ status: 202, json: { backoff_s: expect.any(Array) } });
		expect(await api('GET /credentials/upload')).toMatchObject({ status: 200, json: { credentials: expect.any(Object) } });
		expect((await api('GET /paths/upload')).json.paths).toEqual(expect.any(Object));
	});
});

describe('webhooks', () => {
	const isReady = async (id: number) => await control(`POST /gencove-legacy/samples/${id}/results`);

	it('asks a new URL with the event test, and refuses one that does not answer', async () => {
		expect((await api('PUT /projects/101', { webhook_url: endpoint })).json.project.webhook_url).toBe(endpoint);
		expect((await api('POST /projects', { ...PROJECT, webhook_url: endpoint })).json.project.webhook_url).toBe(endpoint);
		expect(received.map(({ json }) => json)).toEqual([{ event: 'test', data: {} }, { event: 'test', data: {} }]);
		expect(received[0].headers).toMatchObject({ 'content-type': 'application/json' });
		expect(received[0].headers).not.toHaveProperty('gencove-signature');

		answer = 500;
		const before = (await api('GET /projects')).json;
		expect((await api('PUT /projects/101', { name: 'x', webhook_url: `${endpoint}?other` })).status).toBe(400);
		expect((await api('POST /projects', { ...PROJECT, webhook_url: 'http://127.0.0.1:1/' })).status).toBe(400);
		expect((await api('GET /projects')).json).toEqual(before);
		expect((await api('PUT /projects/101', { webhook_url: '' })).json.project.webhook_url).toBe('');
	});

	it('tells of new data while the project is enabled', async () => {
		await api('PUT /projects/101', { webhook_url: endpoint });
		await isReady(1004);
		expect(received[1].json).toEqual({ event: 'project_sample_results_ready', data: { project_id: 101, sample_id: 1004, external_id: 'PLATE1-C01' } });
		expect((await api('GET /projects/101/stats')).json.stats.samples_with_results).toBe(4);
		await api('PUT /projects/101', { enabled: false });
		const { id } = (await control('POST /gencove-legacy/samples', { project_id: 101, external_id: 'later' })).json;
		await isReady(id);
		expect(received).toHaveLength(2);
		expect((await control('GET /gencove-legacy/deliveries')).json).toMatchObject([{ event: 'test', status: 200 }, { event: 'project_sample_results_ready', status: 200 }]);
	});

	it('sends once, whatever the receiver says', async () => {
		await api('PUT /projects/101', { webhook_url: endpoint });
		answer = 500;
		await isReady(1004);
		await legacy.clock.advance(DAY);
		expect(received).toHaveLength(2);
	});
});
