/** The calls that only the provider's specification has; webhooks and SFTP have files of their own. */
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import calls from '../../simulators/galateabio/calls.json';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const MINUTE = 60_000;

let simulator: Running;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
});
afterAll(async () => await simulator.close());
beforeEach(async () => await control('POST /reset'));

const control = async (line: string, json?: unknown): Promise<Answer> => await send(simulator.info.control, line, { json });
const withToken = async (token: string | undefined, line: string, json?: unknown): Promise<Answer> =>
	await send(`${simulator.info.url}/api/v1`, line, { json, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
const api = async (line: string, json?: unknown) => await withToken(simulator.info.apiKey, line, json);
const asMember = async (line: string, json?: unknown) => await withToken(simulator.info.member.apiKey, line, json);
const organization = () => `/organizations/${simulator.info.organizationId}`;

/** An order past the calls under test, in the status wanted. */
async function order(model_name: string, { status, file = 'sample.vcf', ...more }: { status?: string; file?: string; pdf_report_types?: string[]; pdf_metadata?: object } = {}): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob(['x']), file);
	const headers = { authorization: `Bearer ${simulator.info.apiKey}` };
	const { id } = (await send(`${simulator.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers })).json;
	await control(`POST /galateabio/files/${id}`, { status: 'VALID' });
	const answer = await api('POST /exec/orders', { source_file_id: id, model_name, ...more });
	if (status !== undefined) await control(`POST /galateabio/orders/${answer.json[0].id}`, { status });
	return answer.json[0].id;
}

describe('calls.json', () => {
	const offered = calls.calls.filter((call) => call.offered);
	const ids = { organization_id: () => simulator.info.organizationId };
	const lineOf = ({ method, path }: { method: string; path: string }) =>
		`${method} ${path.replace(/\{(\w+)\}/g, (_whole, name: string) => (name in ids ? ids.organization_id() : UNKNOWN))}`;

	it.each(offered.map((call) => [`${call.method} ${call.path}`, call] as const))('%s is served, to those who may', async (route, call) => {
		await asMember(lineOf(call));
		expect(simulator.journal.since().entries).toMatchObject([{ route }]);
		const { status, json } = await asMember(lineOf(call));
		expect({ admin: call.admin, forbidden: status === 403 }).toEqual({ admin: call.admin, forbidden: call.admin });
		if (call.admin) expect(json).toEqual({ detail: 'Forbidden' });
		expect((await api(lineOf(call))).status).not.toBe(403);
		if (!('public' in call) && call.id !== 'session.refresh') expect((await withToken(undefined, lineOf(call))).status).toBe(401);
	});

	it('says all of another organization is not there', async () => {
		const own = offered.filter(({ path }) => path.startsWith('/organizations/') && path !== '/organizations/{organization_id}/webhooks-info');
		for (const call of own) {
			const line = lineOf(call).replace(simulator.info.organizationId, UNKNOWN);
			const body = call.body.some((name) => name === 'ssh_public_body_key') ? { ssh_public_body_key: 'x' } : undefined;
			expect([line, (await api(line, body)).status]).toEqual([line, 404]);
		}
		expect(own.length).toBeGreaterThan(8);
		expect((await api(`GET /organizations/${UNKNOWN}/webhooks-info`)).status).toBe(404);
		expect((await api(`POST /organizations/${UNKNOWN}/webhooks-info`, [])).status).toBe(404);
	});
});

describe('refusals', () => {
	const key = { ssh_public_body_key: 'ssh-rsa no-key' };
	it.each<[string, unknown, number, string]>([
		['POST {org}/webhooks/x/test', undefined, 406, 'Incorrect ID'],
		[`POST {org}/webhooks/${UNKNOWN}/test`, undefined, 404, 'Not found'],
		['POST /organizations/1/generate-api-key', undefined, 406, 'Incorrect ID'],
		['GET {org}/generate-api-key', undefined, 405, 'Method "GET" not allowed.'],
		['GET {org}/generate-webhooks-secret', undefined, 405, 'Method "GET" not allowed.'],
		['PUT {org}/webhooks-info', [], 405, 'Method "PUT" not allowed.'],

		['POST {org}/sftp_users', undefined, 400, 'Bad request'],
		['POST {org}/sftp_users', { ssh_public_body_key: '' }, 400, 'Bad request'],
		['POST {org}/sftp_users', { ssh_public_body_key: 5 }, 400, 'Bad request'],
		['POST {org}/sftp_users', key, 422, 'Request cannot be processed'],
		['DELETE {org}/sftp_users/1', undefined, 406, 'Incorrect ID'],
		[`DELETE {org}/sftp_users/${UNKNOWN}`, undefined, 404, 'Not found'],
		[`POST {org}/sftp_users/${UNKNOWN}/ssh_keys`, {}, 400, 'Bad request'],
		[`POST {org}/sftp_users/${UNKNOWN}/ssh_keys`, key, 404, 'Not found'],
		['POST {org}/sftp_users/{seed}/ssh_keys', key, 422, 'Request cannot be processed'],
		[`DELETE {org}/sftp_users/{seed}/ssh_keys/${UNKNOWN}`, undefined, 404, 'Not found'],
		['DELETE {org}/sftp_users/{seed}/ssh_keys/1', undefined, 406, 'Incorrect ID'],

		['POST /users/confirm', { code: 123456 }, 400, 'Bad request'],
		['POST /users/confirm', { code: '123456', mfa_session_id: UNKNOWN }, 400, 'Bad request'],
		['POST /users/confirm', { code: 123456, mfa_session_id: '' }, 400, 'Bad request'],
		['POST /users/confirm', { code: 123456, mfa_session_id: UNKNOWN }, 401, 'Unauthorized request'],
		['POST /users/request-new-code', {}, 400, 'Bad request'],
		['POST /users/request-new-code', { mfa_session_id: UNKNOWN }, 401, 'Unauthorized request'],

		['GET /notification?watched=maybe', undefined, 400, 'Bad request'],
		['GET /notification?page=2', undefined, 404, 'Invalid page.'],
		['POST /notification', undefined, 405, 'Method "POST" not allowed.'],
		['PUT /notification/watch', undefined, 400, 'Bad request'],
		['PUT /notification/watch?watch_all=false', undefined, 400, 'Bad request'],
		['PUT /notification/watch?notification_id=1', undefined, 400, 'Bad request'],
		[`PUT /notification/watch?notification_id=${UNKNOWN}`, undefined, 404, 'Not found'],

		['GET /credit/balance?orgs_ids=x', undefined, 400, 'Bad request'],
		['GET /credit/ledger?orgs_ids=x', undefined, 400, 'Bad request'],
		['GET /credit/ledger?order_id=x', undefined, 400, 'Bad request'],
		['GET /credit/ledger?credit_service_types=EXECUTE_MODEL_GNT,OTHER', undefined, 400, 'Bad request'],
		['GET /credit/ledger?model_api_names=yoda', undefined, 400, 'Bad request'],
		['GET /credit/ledger?min_date=2025-02-30', undefined, 400, 'Bad request'],
		['GET /credit/ledger?show_full=2', undefined, 400, 'Bad request'],
		['GET /credit/ledger?page=9', undefined, 404, 'Invalid page.'],

		['POST /data/results/1/request_pdf', undefined, 406, 'Incorrect ID'],
		[`POST /data/results/${UNKNOWN}/request_pdf`, undefined, 404, 'Not found'],
	])('%s %j -> %i', async (line, body, status, detail) => {
		const [seed] = (await api(`GET ${organization()}/sftp_users`)).json;
		const answer = await api(line.replace('{org}', organization()).replace('{seed}', seed.id), body);
		expect([answer.status, answer.json]).toEqual([status, { detail }]);
		expect((await api(`GET ${organization()}/sftp_users`)).json).toEqual([seed]);
	});
});

describe('roles', () => {
	it('are those of three accounts', async () => {
		const profile = async (token: string) => (await withToken(token, 'GET /users/me')).json;
		const { email, password } = simulator.info.member;
		const { access } = (await withToken(undefined, 'POST /users/auth', { email, password })).json;
		expect(await profile(simulator.info.apiKey)).toMatchObject({ email: 'user@example.org', role: 'OrgAdmin' });
		expect(await profile(simulator.info.member.apiKey)).toMatchObject({ email, role: 'OrgUser', org: { id: simulator.info.organizationId } });
		expect(await profile(access)).toEqual(await profile(simulator.info.member.apiKey));
		expect((await withToken(access, `GET ${organization()}/webhooks-info`)).status).toBe(403);
	});

	it('are told from each other in orders, and stay in a renewed session', async () => {
		const { email, password } = simulator.info.member;
		const tokens = (await withToken(undefined, 'POST /users/auth', { email, password })).json;
		const { access } = (await withToken(tokens.access, 'POST /users/refresh', tokens)).json;
		const id = await order('hutt-1.4');
		const [{ src_file_id }] = (await api(`GET /exec/orders?filter=${id}`)).json.results;
		const [submitted] = (await withToken(access, 'POST /exec/orders', { source_file_id: src_file_id, model_name: 'hutt-1.4' })).json;
		expect(submitted.submitted_by).toBe(email);
		expect((await asMember('GET /exec/orders')).json.results.map((one: { submitted_by: string }) => one.submitted_by)).toEqual([email, 'user@example.org']);
	});
});

describe('API keys', () => {
	it('are made, work beside the first, and end with a reset', async () => {
		const { status, json } = await api(`POST ${organization()}/generate-api-key`);
		expect([status, json]).toEqual([201, { api_key: expect.stringMatching(/^[\w-]{43}$/) }]);
		expect((await withToken(json.api_key, 'GET /users/me')).json.role).toBe('OrgAdmin');
		expect((await api('GET /users/me')).status).toBe(200);
		expect((await api(`POST ${organization()}/generate-api-key`)).json).not.toEqual(json);
		await control('POST /reset');
		expect((await withToken(json.api_key, 'GET /users/me')).status).toBe(401);
		expect((await asMember('GET /users/me')).status).toBe(200);
	});
});

describe('a second factor', () => {
	const begin = async (): Promise<string> => {
		const { email, password } = simulator.info.mfa;
		const { status, json } = await withToken(undefined, 'POST /users/auth', { email, password });
		expect([status, json]).toEqual([200, { mfa_session_id: expect.any(String) }]);
		return json.mfa_session_id;
	};
	const confirm = async (mfa_session_id: string, code = simulator.info.mfa.code) => await withToken(undefined, 'POST /users/confirm', { code, mfa_session_id });
	const renew = async (mfa_session_id: string) => await withToken(undefined, 'POST /users/request-new-code', { mfa_session_id });

	it('gives the tokens of a login, once', async () => {
		const id = await begin();
		expect((await confirm(id, 654321)).status).toBe(401);
		const { status, json } = await confirm(id);
		expect([status, Object.keys(json).sort()]).toEqual([200, ['access', 'refresh', 'websocket_access']]);
		expect((await withToken(json.access, 'GET /users/me')).json.email).toBe(simulator.info.mfa.email);
		expect((await confirm(id)).status).toBe(401);
	});

	it('is asked for with the right password only', async () => {
		expect((await withToken(undefined, 'POST /users/auth', { email: simulator.info.mfa.email, password: 'wrong' })).status).toBe(401);
	});

	it('is waited for ten minutes, and ten more after a new code', async () => {
		const [late, renewed, forgotten] = [await begin(), await begin(), await begin()];
		await simulator.clock.advance(9 * MINUTE);
		expect(await renew(renewed)).toMatchObject({ status: 200, json: { status: 'Ok' } });
		await simulator.clock.advance(2 * MINUTE);
		expect((await confirm(late)).status).toBe(401);
		expect((await renew(late)).status).toBe(401);
		expect((await confirm(renewed)).status).toBe(200);
		expect((await confirm(forgotten)).status).toBe(401);
	});

	it('is forgotten by a reset, and no secret in the journal', async () => {
		const id = await begin();
		await renew(id);
		expect(JSON.stringify(simulator.journal.since())).not.toContain(id);
		await control('POST /reset');
		expect((await confirm(id)).status).toBe(401);
	});
});

describe('notifications', () => {
	it('are paged, newest first', async () => {
		await control('POST /galateabio/notifications', { count: 12 });
		await control('POST /galateabio/notifications', { message_type: 'plot_failed', message: 'Last' });
		const first = (await api('GET /notification')).json;
		expect([first.count, first.results.length, first.results[0].message]).toEqual([13, 10, 'Last']);
		expect(first.results[1]).toMatchObject({ message_type: 'monitoring_alert', message: 'Simulated message' });
		expect((await api('GET /notification?page=2&page_size=10')).json.results).toHaveLength(3);
	});

	it('are of the one who asks', async () => {
		await control('POST /galateabio/notifications', {});
		expect((await asMember('GET /notification')).json.count).toBe(0);
		const [{ id }] = (await api('GET /notification')).json.results;
		expect((await asMember(`PUT /notification/watch?notification_id=${id}`)).status).toBe(404);
		expect((await asMember('PUT /notification/watch?watch_all=True')).status).toBe(200);
		expect((await api('GET /notification?watched=false')).json.count).toBe(1);
	});

	it('are watched one by one or all at once', async () => {
		await control('POST /galateabio/notifications', { count: 3 });
		const counts = async () => [(await api('GET /notification?watched=True')).json.count, (await api('GET /notification?watched=false')).json.count];
		expect(await counts()).toEqual([0, 3]);
		const { id } = (await api('GET /notification')).json.results[1];
		expect(await api(`PUT /notification/watch?notification_id=${id}`)).toMatchObject({ status: 200, text: '' });
		expect(await counts()).toEqual([1, 2]);
		expect((await api('GET /notification?watched=true')).json.results).toMatchObject([{ id, watched: true }]);
		expect((await api('PUT /notification/watch?watch_all=true')).status).toBe(200);
		expect(await counts()).toEqual([3, 0]);
		await control('POST /reset');
		expect(await counts()).toEqual([0, 0]);
	});

	it('refuses what is none', async () => {
		for (const bad of [{ message_type: 'other' }, { count: -1 }, { text: 'x' }]) expect((await control('POST /galateabio/notifications', bad)).status).toBe(400);
	});
});

describe('credits', () => {
	const balance = async () => (await api('GET /credit/balance')).json.results[0].balance;
	const ledger = async (query = '') => (await api(`GET /credit/ledger?page_size=100&${query}`)).json.results;
	const types = async (query = '') => (await ledger(query)).map(({ type }: { type: string }) => type);

	it('have a balance', async () => {
		const { json } = await asMember('GET /credit/balance');
		expect(json).toEqual({
			count: 1,
			next: null,
			previous: null,
			results: [{ id: expect.any(String), org_id: simulator.info.organizationId, balance: 100_000_000, created_at: expect.any(String), updated_at: expect.any(String) }],
		});
		expect((await api(`GET /credit/balance?orgs_ids=${simulator.info.organizationId},${UNKNOWN}`)).json.count).toBe(1);
		expect((await api(`GET /credit/balance?orgs_ids=${UNKNOWN}`)).json.count).toBe(0);
	});

	it.each<[string, object, string, string[]]>([
		['hutt-1.4', {}, 'a.vcf', ['EXECUTE_MODEL_GNT']],
		['hutt-1.4', {}, 'wgs.vcf', ['EXECUTE_MODEL_WGS']],
		['vader-3.0', {}, 'a.vcf', ['EXECUTE_MODEL_GNT', 'GENERATE_PDF_REPORT_ANCESTRY']],
		['mysterio-1.2', { pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_CLINICAL_CANCER', 'PRS_RUO_CARDIO'], pdf_metadata: { sex: 'male' } }, 'a.vcf', ['EXECUTE_MODEL_GNT', 'GENERATE_PDF_REPORT_PRS_RUO_CARDIO', 'GENERATE_PDF_REPORT_PRS_CLINICAL_CANCER']],
	])('are spent by an order of %s %j of %s', async (model, more, file, services) => {
		const before = await balance();
		const id = await order(model, { file, ...more });
		const entries = (await ledger()).reverse();
		expect(entries.map(({ type }: { type: string }) => type)).toEqual(services);
		let expected = before;
		for (const entry of entries) {
			expect(entry).toEqual({
				id: expect.any(String),
				name: entry.type.toLowerCase().replaceAll('_', ' '),
				transaction_id: entries[0].transaction_id,
				order_id: id,
				status: 'COMPLETED',
				type: entry.type,
				comment: expect.stringContaining(file),
				json_comment: { model_name: model, src_file_name: file },
				org_id: simulator.info.organizationId,
				amount: expect.any(Number),
				balance_from: expected,
				balance_to: expected + entry.amount,
				created_at: expect.any(String),
			});
			expect(entry.amount).toBeLessThan(0);
			expected = entry.balance_to;
		}
		expect(await balance()).toBe(expected);
	});

	it('are found by every filter', async () => {
		const first = await order('vader-3.0');
		await simulator.clock.advance(24 * 60 * MINUTE);
		const second = await order('hutt-1.4', { file: 'wgs.vcf' });
		const [WGS, GNT, REPORT] = ['EXECUTE_MODEL_WGS', 'EXECUTE_MODEL_GNT', 'GENERATE_PDF_REPORT_ANCESTRY'];
		const [{ created_at }] = await ledger();
		const day = created_at.slice(0, 10);
		expect(await types()).toEqual([WGS, REPORT, GNT]);
		expect(await types('show_full=true')).toEqual([WGS, REPORT, GNT, 'REPLENISHMENT']);
		expect(await types(`order_id=${first}`)).toEqual([REPORT, GNT]);
		expect(await types(`order_id=${second}&show_full=True`)).toEqual([WGS]);
		expect(await types(`credit_service_types=${WGS},${REPORT}`)).toEqual([WGS, REPORT]);
		expect(await types('credit_service_types=REPLENISHMENT')).toEqual(['REPLENISHMENT']);
		expect(await types('model_api_names=hutt&show_full=true')).toEqual([WGS]);
		expect(await types('model_api_names=vader&model_api_names=hutt')).toHaveLength(3);
		expect(await types(`min_date=${day}`)).toEqual([WGS]);
		expect(await types(`max_date=${day}`)).toHaveLength(3);
		expect(await types('max_date=2020-01-01&show_full=true')).toEqual([]);
		expect(await types(`orgs_ids=${simulator.info.organizationId}`)).toHaveLength(3);
		expect(await types(`orgs_ids=${UNKNOWN}`)).toEqual([]);
		expect((await api('GET /credit/ledger?page_size=2&page=2')).json).toMatchObject({ count: 3, next: null, results: [{ type: GNT }] });
	});

	it('of other organizations are shown besides the own, unless only those of some are asked for', async () => {
		const balances = async (query = '') => (await api(`GET /credit/balance?${query}`)).json.results.map(({ org_id, balance }: { org_id: string; balance: number }) => [org_id, balance]);
		const { organizationId } = simulator.info;
		expect((await control('POST /galateabio/credits', { balance: 500, organization_id: UNKNOWN })).json).toMatchObject({ org_id: UNKNOWN, balance: 500 });
		expect(await balances()).toEqual([[organizationId, 100_000_000], [UNKNOWN, 500]]);
		expect(await balances(`orgs_ids=${organizationId}`)).toEqual([[organizationId, 100_000_000]]);
		expect(await balances(`orgs_ids=${UNKNOWN}`)).toEqual([[UNKNOWN, 500]]);
		await control('POST /galateabio/credits', { balance: 7, organization_id: organizationId });
		expect(await balance()).toBe(7);
		await control('POST /reset');
		expect(await balances()).toEqual([[organizationId, 100_000_000]]);
	});

	it('that do not suffice refuse an order, and nothing is spent', async () => {
		const id = await order('hutt-1.4');
		const [{ src_file_id: source_file_id }] = (await api(`GET /exec/orders?filter=${id}`)).json.results;
		const submit = async (model_name: string) => await api('POST /exec/orders', { source_file_id, model_name });
		expect((await control('POST /galateabio/credits', { balance: 14 })).json).toMatchObject({ balance: 14 });
		expect(await submit('vader-3.0')).toMatchObject({ status: 422, json: { detail: 'Request cannot be processed' } });
		expect(await balance()).toBe(14);
		expect((await submit('hutt-1.4')).status).toBe(201);
		expect(await balance()).toBe(4);
		expect((await submit('hutt-1.4')).status).toBe(422);
		expect((await api('GET /exec/orders')).json.count).toBe(2);
		await control('POST /galateabio/credits', { balance: 10 });
		expect((await submit('hutt-1.4')).status).toBe(201);
		expect((await ledger('show_full=true')).map(({ amount }: { amount: number }) => amount)).toEqual([-10, 6, -10, -99_999_976, -10, 100_000_000]);
		await control('POST /reset');
		expect(await balance()).toBe(100_000_000);
		for (const bad of [{}, { balance: -1 }, { balance: '5' }]) expect((await control('POST /galateabio/credits', bad)).status).toBe(400);
	});
});

describe('failed reports', () => {
	const reports = async (id: string, query = '') => (await api(`GET /data/results/${id}/pdf_report?${query}`)).json.results;
	const summary = async (id: string, query = '') =>
		(await reports(id, query)).map((one: { request_version: number; report_type: string; status: string }) => `${one.request_version} ${one.report_type} ${one.status}`);
	const PRS = { pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_CLINICAL_CARDIO'], pdf_metadata: {} };

	it('are made again, and the old ones stay listed', async () => {
		const id = await order('mysterio-1.2', { file: 'reports-fail.vcf', ...PRS });
		await simulator.clock.advance(20 * MINUTE);
		const [failed] = await reports(id);
		expect(failed).toMatchObject({ status: 'FAILED', pdf_file_name: null });
		await simulator.clock.advance(60 * MINUTE);
		const answer = await asMember(`POST /data/results/${id}/request_pdf`);
		expect([answer.status, answer.json]).toEqual([200, { detail: `Request PDF report for ${id}` }]);
		expect(await summary(id)).toEqual(['1 PRS_RUO_CARDIO FAILED', '1 PRS_CLINICAL_CARDIO FAILED', '2 PRS_RUO_CARDIO PENDING', '2 PRS_CLINICAL_CARDIO PENDING']);
		expect((await reports(id))[0]).toEqual(failed);
		expect((await api(`POST /data/results/${id}/request_pdf`)).status).toBe(422);

		await simulator.clock.advance(20 * MINUTE);
		expect((await api(`GET /exec/orders?filter=${id}`)).json.results[0]).toMatchObject({ status: 'Completed', can_request_pdf: false });
		expect(await summary(id, 'latest=true')).toEqual(['2 PRS_RUO_CARDIO COMPLETED', '2 PRS_CLINICAL_CARDIO COMPLETED']);
		expect((await reports(id))[0]).toEqual(failed);
		const [made] = await reports(id, 'request_version=2');
		expect(Date.parse(made.started_at) - Date.parse(failed.completed_at)).toBeGreaterThan(60 * MINUTE);
		const download = async (query: string) => await api(`GET /data/results/${id}/download?result_type=PDF_REPORT${query}`);
		expect((await download(`&pdf_request_id=${made.id}`)).bytes).toHaveLength(made.file_size_bytes);
		expect((await download(`&pdf_request_id=${failed.id}`)).status).toBe(404);
		const archive = (await download('')).text;
		expect([archive.includes(made.pdf_file_name), archive.includes(failed.id)]).toEqual([true, false]);
	});

	it('that were forced are made again too, as often as they fail', async () => {
		const id = await order('vader-3.0', { status: 'Reports failed' });
		for (let times = 0; times < 2; times++) {
			expect((await api(`POST /data/results/${id}/request_pdf`)).status).toBe(200);
			await control(`POST /galateabio/orders/${id}`, { status: 'Reports failed' });
		}
		expect(await summary(id)).toEqual([1, 2, 3].map((version) => `${version} ANCESTRY FAILED`));
	});

	it.each(['Registered', 'Making report', 'Completed', 'Failed', 'QC failed'])('are not made again in %s', async (status) => {
		const id = await order('vader-3.0', { status });
		expect((await api(`POST /data/results/${id}/request_pdf`)).status).toBe(422);
		expect((await api(`GET /exec/orders?filter=${id}`)).json.results[0].status).toBe(status);
	});
});

it('refuses settings that it does not know', async () => {
	for (const bad of [{}, { webhooksReplace: 'yes' }, { webhooksReplace: true, other: 1 }]) expect((await control('POST /galateabio/settings', bad)).status).toBe(400);
});
