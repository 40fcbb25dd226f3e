import { createHash } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { Uint8ArrayReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import { PDFDocument } from 'pdf-lib';
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

// at the provider's own pace nothing moves unless a test moves the clock
const MINUTE = 60_000;
const VALIDATION = 5 * MINUTE;
const COMPLETION = 20 * MINUTE;

let simulator: Running;
let authorization: string;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	authorization = `Bearer ${simulator.info.apiKey}`;
});
afterAll(async () => await simulator.close());
beforeEach(async () => await control('POST /reset'));

const api = async (line: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
	await send(`${simulator.info.url}/api/v1`, line, { json, headers: { authorization, ...headers } });
const control = async (line: string, json?: unknown): Promise<Answer> => await send(simulator.info.control, line, { json });

async function upload(name = 'sample.vcf.gz', content: string | Buffer = 'content'): Promise<Answer> {
	const form = new FormData();
	form.append('file', new Blob([content as never]), name);
	return await send(`${simulator.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers: { authorization } });
}

async function validFile(name?: string): Promise<string> {
	const { id } = (await upload(name)).json;
	await simulator.clock.advance(VALIDATION);
	return id;
}

async function submit(model: string, more: object = {}, fileName?: string): Promise<Answer> {
	return await api('POST /exec/orders', { source_file_id: await validFile(fileName), model_name: model, tags_ids: [], ...more });
}

async function order(model: string, more: object = {}, fileName?: string): Promise<string> {
	const answer = await submit(model, more, fileName);
	expect(answer.status).toBe(201);
	return answer.json[0].id;
}

const listed = async (id: string) => (await api(`GET /exec/orders?filter=${id}`)).json.results[0];
const statuses = async (id: string) =>
	(await control(`GET /galateabio/orders/${id}`)).json.history.map((step: { status: string }) => step.status);

const PRS = { pdf_report_types: ['PRS_RUO_CARDIO'], pdf_metadata: {} };

describe('refusals', () => {
	const json = 'application/json';
	it.each<[string, { json?: unknown; headers?: Record<string, string> }, number, string]>([
		['GET /unknown', {}, 404, 'Not found'],
		['GET /users/me/', {}, 404, 'Not found'],
		['GET /api/v1/users/me', {}, 404, 'Not found'],
		['GET /data/results/x/unknown', {}, 404, 'Not found'],
		['GET /unknown', { headers: { authorization: '' } }, 404, 'Not found'],

		['GET /users/me', { headers: { authorization: '' } }, 401, 'Authentication credentials were not provided.'],
		['GET /users/me', { headers: { authorization: 'Basic abc' } }, 401, 'Authentication credentials were not provided.'],
		['GET /users/me', { headers: { authorization: 'Bearer wrong' } }, 401, 'Unauthorized request'],
		['GET /users/me', { headers: { authorization: 'Bearer SIMULATED-GALATEABIO-API-KEY' } }, 401, 'Unauthorized request'],
		['POST /users/me', { headers: { authorization: '' } }, 401, 'Authentication credentials were not provided.'],

		['POST /users/me', {}, 405, 'Method "POST" not allowed.'],
		['GET /users/auth', { headers: { authorization: '' } }, 405, 'Method "GET" not allowed.'],
		['GET /data/files/upload', {}, 405, 'Method "GET" not allowed.'],
		[`GET /data/files/${UNKNOWN}`, {}, 405, 'Method "GET" not allowed.'],
		[`GET /exec/orders/${UNKNOWN}`, {}, 405, 'Method "GET" not allowed.'],
		['DELETE /exec/cancel', {}, 405, 'Method "DELETE" not allowed.'],

		['GET /users/me', { headers: { accept: 'application/pdf' } }, 406, 'Could not satisfy the request Accept header.'],
		['GET /users/me', { headers: { accept: 'text/html, application/json;q=0' } }, 406, 'Could not satisfy the request Accept header.'],
		['DELETE /data/files/not-an-id', {}, 406, 'Incorrect ID'],
		['GET /data/files/not-an-id/download', {}, 406, 'Incorrect ID'],
		['PUT /data/files/not-an-id', { json: { sample_alias: 'a' } }, 406, 'Incorrect ID'],
		['PATCH /exec/orders/1', { json: { tags_ids: [] } }, 406, 'Incorrect ID'],
		['GET /exec/tags/1', {}, 406, 'Incorrect ID'],
		['GET /data/results/1/samples', {}, 406, 'Incorrect ID'],
		['GET /organizations/1/models', {}, 406, 'Incorrect ID'],

		['GET /data/files?page=2', {}, 404, 'Invalid page.'],
		['GET /exec/orders?page=0', {}, 404, 'Invalid page.'],
		['GET /exec/tags?page=last', {}, 404, 'Invalid page.'],
		['GET /exec/tags?page_size=many', {}, 400, 'Bad request'],
		['GET /exec/tags?page_size=0', {}, 400, 'Bad request'],
		['GET /data/files?only_acceptable=maybe', {}, 400, 'Bad request'],
		['GET /data/files?min_date=01.02.2025', {}, 400, 'Bad request'],
		['GET /data/files?max_date=2025-02-30', {}, 400, 'Bad request'],
		['GET /data/files?files_ids=1,2', {}, 400, 'Bad request'],
		['GET /exec/orders?status=completed', {}, 400, 'Bad request'],
		['GET /exec/orders?status_group=Running', {}, 400, 'Bad request'],
		['GET /exec/orders?type=gnt', {}, 400, 'Bad request'],
		['GET /exec/orders?model_api_name=yoda', {}, 400, 'Bad request'],
		['GET /exec/orders?tags_ids=x', {}, 400, 'Bad request'],

		['POST /users/auth', { json: { email: 'user@example.org' } }, 400, 'Bad request'],
		['POST /users/auth', { json: { email: 'user@example.org', password: 'wrong' } }, 401, 'Unauthorized request'],
		['POST /users/auth', { json: { username: 'user@example.org', password: 'simulated-password' } }, 400, 'Bad request'],
		['POST /users/logout', { json: {} }, 400, 'Bad request'],
		['POST /users/logout', { json: { refresh: 'unknown' } }, 400, 'Bad request'],
		['POST /users/refresh', { json: { refresh: 'a', access: 'b' } }, 401, 'Unauthorized request'],

		['POST /exec/tags', {}, 400, 'Bad request'],
		['POST /exec/tags', { headers: { 'content-type': json } }, 400, 'Bad request'],
		['POST /exec/tags', { json: { name: '' } }, 400, 'Bad request'],
		['POST /exec/tags', { json: { name: 1 } }, 400, 'Bad request'],
		['POST /exec/tags', { json: ['name'] }, 400, 'Bad request'],
		[`GET /exec/tags/${UNKNOWN}`, {}, 404, 'Not found'],
		[`PUT /exec/tags/${UNKNOWN}`, { json: { name: 'a' } }, 404, 'Not found'],
		[`DELETE /exec/tags/${UNKNOWN}`, {}, 404, 'Not found'],

		[`PUT /data/files/${UNKNOWN}`, { json: {} }, 400, 'Bad request'],
		[`PUT /data/files/${UNKNOWN}`, { json: { sample_alias: 5 } }, 400, 'Bad request'],
		[`PUT /data/files/${UNKNOWN}`, { json: { sample_alias: 'a' } }, 404, 'Not found'],
		[`DELETE /data/files/${UNKNOWN}`, {}, 404, 'Not found'],
		[`GET /data/files/${UNKNOWN}/download`, {}, 404, 'Not found'],
		['POST /data/files/upload', { json: { file: 'content' } }, 400, 'Bad request'],

		['POST /exec/cancel', { json: { order_id: 'x' } }, 400, 'Bad request'],
		['POST /exec/cancel', { json: { order_id: UNKNOWN } }, 400, 'Bad request'],
		[`PATCH /exec/orders/${UNKNOWN}`, { json: { tags_ids: [] } }, 404, 'Not found'],
		[`PATCH /exec/orders/${UNKNOWN}`, { json: { tag_ids: [] } }, 400, 'Bad request'],
		[`PATCH /exec/orders/${UNKNOWN}`, { json: { tags_ids: 'x' } }, 400, 'Bad request'],
		['POST /exec/orders', { json: { model_name: 'skywalker-2.1' } }, 400, 'Bad request'],
		['POST /exec/orders', { json: { source_file_id: UNKNOWN } }, 400, 'Bad request'],
		['POST /exec/orders', { json: { source_file_id: 'file.vcf', model_name: 'skywalker-2.1' } }, 400, 'Bad request'],
		['POST /exec/orders', { json: { source_file_id: UNKNOWN, model_name: 'skywalker-2.1' } }, 422, 'Request cannot be processed'],

		[`GET /data/results/${UNKNOWN}/download`, {}, 400, 'Bad request'],
		[`GET /data/results/${UNKNOWN}/download?result_type=nothing`, {}, 400, 'Bad request'],
		[`GET /data/results/${UNKNOWN}/download?result_type=SUMMARY_CHROMS`, {}, 404, 'Not found'],
		[`GET /data/results/${UNKNOWN}/json?result_type=PDF_REPORT`, {}, 400, 'Bad request'],
		[`GET /data/results/${UNKNOWN}/json`, {}, 404, 'Not found'],
		[`GET /data/results/${UNKNOWN}/samples`, {}, 404, 'Not found'],
		[`GET /data/results/${UNKNOWN}/pdf_report`, {}, 404, 'Not found'],
		[`GET /data/results/${UNKNOWN}/pdf_report?request_version=one`, {}, 422, 'Request cannot be processed'],
		[`GET /organizations/${UNKNOWN}/models`, {}, 404, 'Not found'],
	])('%s %j -> %i', async (line, { json: body, headers = {} }, status, detail) => {
		const { authorization: own, ...others } = headers;
		const sent = { ...(own === '' ? {} : { authorization: own ?? authorization }), ...others };
		const answer = await send(`${simulator.info.url}/api/v1`, line, { json: body, headers: sent });
		expect([answer.status, answer.json]).toEqual([status, { detail }]);
		expect(answer.headers.get('content-type')).toMatch('application/json');
	});

	it('a body that is no JSON', async () => {
		const answer = await send(`${simulator.info.url}/api/v1`, 'POST /exec/tags', { body: '{"name":', headers: { authorization, 'content-type': 'application/json' } });
		expect([answer.status, answer.json]).toEqual([400, { detail: 'Bad request' }]);
	});

	it('a doubled slash, without a redirect', async () => {
		const answer = await send(simulator.info.url, 'GET //api/v1/users/me', { headers: { authorization } });
		expect([answer.status, answer.json]).toEqual([404, { detail: 'Not found' }]);
	});

	it.each(['*/*', 'application/json', 'application/json, text/plain, */*', 'application/*;q=0.5'])('not of Accept: %s', async (accept) => {
		expect((await api('GET /users/me', undefined, { accept })).status).toBe(200);
	});
});

describe('account', () => {
	it('shows user and organization', async () => {
		const { json } = await api('GET /users/me');
		expect(json).toMatchObject({ id: expect.stringMatching(UUID), role: 'OrgAdmin', is_active: true, created_at: expect.stringMatching(TIMESTAMP), deleted_at: null });
		expect(json.org).toMatchObject({
			id: simulator.info.organizationId,
			available_models: ['skywalker-2.1', 'hutt-1.4', 'palpatine-1.0', 'vader-3.0', 'mysterio-1.2'],
			webhooks_secret: simulator.info.webhook.secret,
		});
		expect(Object.keys(json.org)).toHaveLength(11);
	});

	it.each([['', 6], ['?hide_deprecated=False', 6], ['?hide_deprecated=True', 5], ['?hide_deprecated=true', 5]])('lists models with "%s"', async (query, length) => {
		const { json } = await api(`GET /organizations/${simulator.info.organizationId}/models${query}`);
		expect(json).toHaveLength(length);
		expect(json[0]).toEqual({ model_name: 'skywalker-2.1', model_api_name: 'skywalker' });
	});
});

describe('session', () => {
	const logIn = async () => (await send(`${simulator.info.url}/api/v1`, 'POST /users/auth', { json: simulator.info.login })).json;
	const withToken = async (line: string, token: string, json?: unknown) => await api(line, json, { authorization: `Bearer ${token}` });

	it('logs in, expires after 15 minutes, and is renewed by the expired token once', async () => {
		const first = await logIn();
		expect(Object.keys(first).sort()).toEqual(['access', 'refresh', 'websocket_access']);
		expect((await withToken('GET /users/me', first.access)).status).toBe(200);
		await simulator.clock.advance(15 * MINUTE);
		expect((await withToken('GET /users/me', first.access)).status).toBe(401);

		const { refresh, access } = first;
		expect((await api('POST /users/refresh', { refresh, access })).status).toBe(401);
		const renewed = await withToken('POST /users/refresh', access, { refresh, access });
		expect(renewed.status).toBe(200);
		expect(Object.keys(renewed.json).sort()).toEqual(['access', 'refresh']);
		expect((await withToken('GET /users/me', renewed.json.access)).status).toBe(200);
		expect((await withToken('POST /users/refresh', access, { refresh, access })).status).toBe(401);
	});

	it('wants the access token as header on renewal', async () => {
		const { refresh, access } = await logIn();
		const answer = await send(`${simulator.info.url}/api/v1`, 'POST /users/refresh', { json: { refresh, access } });
		expect([answer.status, answer.json.detail]).toEqual([401, 'Authentication credentials were not provided.']);
	});

	it('logs out', async () => {
		const { refresh, access } = await logIn();
		expect(await withToken('POST /users/logout', access, { refresh })).toMatchObject({ status: 200, json: [{ status: 'Ok' }] });
		expect((await withToken('GET /users/me', access)).status).toBe(401);
		expect((await withToken('POST /users/refresh', access, { refresh, access })).status).toBe(401);
	});
});

describe('paging', () => {
	beforeEach(async () => await control('POST /galateabio/seed', { files: 23 }));

	it('has pages of 10 and links that keep the query', async () => {
		const first = (await api('GET /data/files?only_acceptable=true')).json;
		expect([first.count, first.results.length, first.previous]).toEqual([23, 10, null]);
		expect(first.next).toBe(`${simulator.info.url}/api/v1/data/files?only_acceptable=true&page=2`);
		const last = (await api('GET /data/files?page=3')).json;
		expect([last.results.length, last.next]).toEqual([3, null]);
		expect(last.previous).toMatch('page=2');
	});

	it('takes another size, and an empty list has one page', async () => {
		expect((await api('GET /data/files?page_size=1000')).json.results).toHaveLength(23);
		expect((await api('GET /exec/tags?page=1')).json).toEqual({ count: 0, next: null, previous: null, results: [] });
	});

	it('shows the newest first', async () => {
		const { results } = (await api('GET /data/files')).json;
		const times = results.map((file: { created_at: string }) => file.created_at);
		expect(times).toEqual([...times].sort().reverse());
	});
});

describe('files', () => {
	it('registers an upload as PENDING and validates it', async () => {
		const answer = await upload('sample.vcf.gz', 'content');
		expect(answer.status).toBe(201);
		expect(answer.json).toEqual({
			id: expect.stringMatching(UUID),
			status: 'PENDING',
			src_file_name: 'sample.vcf.gz',
			src_short_file_path: expect.stringMatching(/^web-upload\/\d{4}-\d\d-\d\d\/\d{6}\/sample\.vcf\.gz$/),
			file_size_bytes: 7,
			created_at: expect.stringMatching(TIMESTAMP),
			check_sum: createHash('md5').update('content').digest('hex'),
			acceptable: true,
			purged_from_storage: false,
			orders_count: 0,
			genome_type: 'GNT',
			amount_of_samples: 0,
			deleted_at: null,
			org_name: 'Simulated Genomics',
			check_completed: false,
			sample_alias: null,
			check_information: null,
			virtual: false,
		});
		await simulator.clock.advance(VALIDATION);
		const { results } = (await api(`GET /data/files?file=${answer.json.id}`)).json;
		expect(results).toMatchObject([{ status: 'VALID', check_completed: true, amount_of_samples: 1 }]);
	});

	it.each([
		['not-valid.vcf', 'NOT_VALID', expect.any(String), 0],
		['question?.vcf', 'NOT_VALID', expect.any(String), 0],
		['failed.vcf', 'FAILED', expect.any(String), 0],
		['3-samples.vcf', 'VALID', null, 3],
		['muestra-ñ.vcf.gz', 'VALID', null, 1],
	])('ends the validation of %s as %s', async (name, status, check_information, amount_of_samples) => {
		const id = await validFile(name);
		const { results } = (await api(`GET /data/files?file=${id}`)).json;
		expect(results[0]).toMatchObject({ status, check_information, amount_of_samples, src_file_name: name, check_completed: true });
	});

	it('validates by real time too', async () => {
		const quick = await start({ pace: 0.0001 });
		const form = new FormData();
		form.append('file', new Blob(['x']), 'a.vcf');
		const headers = { authorization };
		const { id } = (await send(`${quick.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers })).json;
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect((await send(`${quick.info.url}/api/v1`, `GET /data/files?file=${id}`, { headers })).json.results[0].status).toBe('VALID');
		await quick.close();
	});

	it('refuses uploads that are not one named file with content', async () => {
		const attempt = async (form: FormData) =>
			(await send(`${simulator.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers: { authorization } })).status;
		const form = (...parts: Array<[string, string | Blob, string?]>) => {
			const made = new FormData();
			for (const [name, value, fileName] of parts) fileName === undefined ? made.append(name, value) : made.append(name, value as Blob, fileName);
			return made;
		};
		const blob = new Blob(['x']);
		expect(await attempt(form())).toBe(400);
		expect(await attempt(form(['file', 'text']))).toBe(400);
		expect(await attempt(form(['upload', blob, 'a.vcf']))).toBe(400);
		expect(await attempt(form(['file', new Blob([]), 'a.vcf']))).toBe(400);
		expect(await attempt(form(['file', blob, 'a.vcf'], ['file', blob, 'b.vcf']))).toBe(400);
		expect(await attempt(form(['file', blob, 'a'.repeat(191)]))).toBe(400);
		expect(await attempt(form(['note', 'text'], ['file', blob, 'a'.repeat(190)]))).toBe(201);
		expect((await api('GET /data/files')).json.count).toBe(1);
	});

	it('takes 52,428,799 bytes and refuses one more', async () => {
		const content = Buffer.alloc(52_428_800, 7);
		expect((await upload('large.vcf', content)).status).toBe(400);
		const fits = await upload('fits.vcf', content.subarray(1));
		expect(fits.json).toMatchObject({ file_size_bytes: 52_428_799, check_sum: createHash('md5').update(content.subarray(1)).digest('hex') });
		const back = await api(`GET /data/files/${fits.json.id}/download`);
		expect(back.bytes.equals(content.subarray(1))).toBe(true);
		expect((await api('GET /data/files')).json.count).toBe(1);
	}, 30_000);

	it('forgets an upload that broke off', async () => {
		await new Promise<void>((resolve) => {
			const request = rawRequest(`${simulator.info.url}/api/v1/data/files/upload`, {
				method: 'POST',
				headers: { authorization, 'content-type': 'multipart/form-data; boundary=x', 'content-length': 1000 },
			});
			request.on('error', () => resolve());
			request.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.vcf"\r\n\r\nsome', () => setTimeout(() => request.destroy(), 20));
		});
		expect((await api('GET /data/files')).json.count).toBe(0);
		expect(simulator.journal.since().entries[0]).toMatchObject({ route: 'POST /data/files/upload' });
	});

	it('downloads with the name in quotes', async () => {
		const { id } = (await upload('my file.vcf', 'content')).json;
		const answer = await api(`GET /data/files/${id}/download`);
		expect(answer.text).toBe('content');
		expect(answer.headers.get('content-length')).toBe('7');
		expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my file.vcf"');
		const other = (await upload('muestra-ñ.vcf', 'content')).json;
		expect((await api(`GET /data/files/${other.id}/download`)).headers.get('content-disposition')).toBe(
			`attachment; filename="muestra-_.vcf"; filename*=UTF-8''muestra-%C3%B1.vcf`,
		);
	});

	it('changes the alias', async () => {
		const { id } = (await upload()).json;
		expect(await api(`PUT /data/files/${id}`, { sample_alias: 'S1' })).toMatchObject({ status: 201, json: { id, sample_alias: 'S1' } });
		expect((await api(`PUT /data/files/${id.toUpperCase()}`, { sample_alias: null })).json.sample_alias).toBeNull();
	});

	it('deletes: still listed, no longer acceptable, no longer there to download', async () => {
		const { id } = (await upload()).json;
		expect(await api(`DELETE /data/files/${id}`, undefined, { 'content-type': 'application/json' })).toMatchObject({ status: 200, text: '' });
		expect((await api('GET /data/files')).json.results).toMatchObject([{ deleted_at: expect.stringMatching(TIMESTAMP) }]);
		expect((await api('GET /data/files?only_acceptable=true')).json.count).toBe(0);
		expect((await api(`GET /data/files/${id}/download`)).status).toBe(404);
		expect((await api(`DELETE /data/files/${id}`)).status).toBe(404);
	});

	it('finds by id, name, date, organization and kind', async () => {
		const first = (await upload('alpha.vcf')).json;
		await simulator.clock.advance(24 * 60 * MINUTE);
		const second = (await upload('alphabet.vcf')).json;
		const third = (await upload('external.vcf')).json;
		await control(`POST /galateabio/files/${third.id}`, { virtual: true });
		const found = async (query: string) => (await api(`GET /data/files?${query}`)).json.results.map(({ id }: { id: string }) => id);
		expect(await found('')).toEqual([second.id, first.id]);
		expect(await found('show_virtual=True')).toEqual([third.id, second.id, first.id]);
		expect(await found(`file=${first.id}`)).toEqual([first.id]);
		expect(await found(`file=${first.id.toUpperCase()}`)).toEqual([]);
		expect(await found('file=ALPHA')).toEqual([second.id, first.id]);
		expect(await found(`files_ids=${first.id},${third.id}`)).toEqual([first.id]);
		expect(await found('org_names=Simulated+Genomics')).toHaveLength(2);
		expect(await found('org_names=Other')).toEqual([]);
		const [day, next] = [first, second].map((file) => file.created_at.slice(0, 10));
		expect(await found(`max_date=${day}`)).toEqual([first.id]);
		expect(await found(`min_date=${next}`)).toEqual([second.id]);
		expect(await found(`min_date=${day}&max_date=${next}`)).toEqual([second.id, first.id]);
	});

	it('can be forced, and stays', async () => {
		const { id } = (await upload()).json;
		await control(`POST /galateabio/files/${id}`, { status: 'NOT_VALID', check_information: 'No header' });
		await simulator.clock.advance(VALIDATION);
		expect((await api(`GET /data/files?file=${id}`)).json.results[0]).toMatchObject({ status: 'NOT_VALID', check_information: 'No header' });
		await control(`POST /galateabio/files/${id}`, { purged_from_storage: true, acceptable: false });
		expect((await api(`GET /data/files/${id}/download`)).status).toBe(404);
		expect((await control(`GET /galateabio/files/${id}`)).json.history.map((step: { status: string }) => step.status)).toEqual(['PENDING', 'NOT_VALID']);
	});
});

describe('orders', () => {
	it.each<[string, string, object, number]>([
		['nothing for Skywalker', 'skywalker-2.1', {}, 201],
		['nulls for Skywalker', 'skywalker-2.1', { pdf_report_types: null, pdf_metadata: null }, 201],
		['nothing for Hutt', 'hutt-1.4', {}, 201],
		['nothing for Palpatine', 'palpatine-1.0', {}, 201],
		['unknown fields', 'palpatine-1.0', { tag_ids: ['ignored'] }, 201],
		['an unknown model', 'yoda-1.0', {}, 422],
		['a deprecated model', 'skywalker-1.9', {}, 422],
		['an unknown tag', 'hutt-1.4', { tags_ids: [UNKNOWN] }, 422],
		['tags that are no ids', 'hutt-1.4', { tags_ids: ['x'] }, 400],
		['metadata as text', 'vader-3.0', { pdf_metadata: '{"patient_name":"Synthetic"}' }, 400],
		['metadata with a number', 'vader-3.0', { pdf_metadata: { patient_name: 5 } }, 400],
		['metadata with an empty value', 'vader-3.0', { pdf_metadata: { patient_name: '' } }, 400],
		['nothing for Vader', 'vader-3.0', {}, 201],
		['a name for Vader', 'vader-3.0', { pdf_metadata: { patient_name: 'Synthetic' } }, 201],
		['metadata without a name for Vader', 'vader-3.0', { pdf_metadata: { patient_id: 'P1' } }, 422],
		['nothing for Mysterio', 'mysterio-1.2', {}, 422],
		['no types for Mysterio', 'mysterio-1.2', { pdf_metadata: {} }, 422],
		['no metadata for Mysterio', 'mysterio-1.2', { pdf_report_types: ['PRS_RUO_CARDIO'], pdf_metadata: null }, 422],
		['an empty list of types', 'mysterio-1.2', { ...PRS, pdf_report_types: [] }, 422],
		['an unknown type', 'mysterio-1.2', { ...PRS, pdf_report_types: [UNKNOWN] }, 422],
		['types as text', 'mysterio-1.2', { ...PRS, pdf_report_types: 'PRS_RUO_CARDIO' }, 400],
		['types and metadata', 'mysterio-1.2', PRS, 201],
		['a cancer type without sex', 'mysterio-1.2', { ...PRS, pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_CLINICAL_CANCER'] }, 422],
		['a cancer type with sex', 'mysterio-1.2', { pdf_report_types: ['PRS_RUO_CANCER'], pdf_metadata: { sex: 'fEMALE' } }, 201],
		['another sex', 'mysterio-1.2', { ...PRS, pdf_metadata: { sex: 'x' } }, 422],
		['a date of birth', 'mysterio-1.2', { ...PRS, pdf_metadata: { dob: '1990-01-31' } }, 201],
		['a date in another form', 'mysterio-1.2', { ...PRS, pdf_metadata: { collected: '31.01.1990' } }, 422],
	])('submission with %s', async (_name, model, more, status) => {
		const answer = await submit(model, more);
		expect(answer.status).toBe(status);
		if (status === 201) expect(answer.json).toMatchObject([{ status: 'Registered', model, tags: [] }]);
		else expect(answer.json.detail).toBe(status === 422 ? 'Request cannot be processed' : 'Bad request');
	});

	it('wants a file that is valid and there', async () => {
		const submitted = async (source_file_id: string) => (await api('POST /exec/orders', { source_file_id, model_name: 'hutt-1.4' })).status;
		expect(await submitted((await upload()).json.id)).toBe(422);
		expect(await submitted(await validFile('not-valid.vcf'))).toBe(422);
		const deleted = await validFile();
		await api(`DELETE /data/files/${deleted}`);
		expect(await submitted(deleted)).toBe(422);
	});

	it('answers an array, with the metadata as text', async () => {
		const tag = (await api('POST /exec/tags', { name: 'first' })).json;
		const { json } = await submit('vader-3.0', { tags_ids: [tag.id], pdf_metadata: { patient_name: 'Synthetic' } });
		expect(json).toEqual([
			{
				id: expect.stringMatching(UUID),
				status: 'Registered',
				src_file_id: expect.stringMatching(UUID),
				src_file_short_path: expect.any(String),
				src_file_name: 'sample.vcf.gz',
				started_at: expect.stringMatching(TIMESTAMP),
				amount_of_samples: 1,
				submitted_by: 'user@example.org',
				model: 'vader-3.0',
				type: 'GNT',
				org_name: 'Simulated Genomics',
				tags: [{ id: tag.id, name: 'first' }],
				pdf_metadata: '{"patient_name":"Synthetic"}',
			},
		]);
	});

	const COMMON = ['Registered', 'Preparing', 'Submitted', 'Running'];
	const REPORTING = ['Making report', 'Collecting report results'];
	it.each<[string, object, string, string[]]>([
		['skywalker-2.1', {}, 'a.vcf', [...COMMON, 'Model completed', 'Completed']],
		['hutt-1.4', {}, 'a.vcf', [...COMMON, 'Model completed', 'Completed']],
		['palpatine-1.0', {}, 'a.vcf', [...COMMON, 'Model completed', 'Completed']],
		['vader-3.0', {}, 'a.vcf', [...COMMON, 'Model completed', ...REPORTING, 'Completed']],
		['mysterio-1.2', PRS, 'a.vcf', [...COMMON, 'Model completed', ...REPORTING, 'Completed']],
		['vader-3.0', {}, 'order-fails.vcf', [...COMMON, 'Failed']],
		['vader-3.0', {}, 'qc-fails.vcf', [...COMMON, 'Model completed', 'QC failed']],
		['vader-3.0', {}, 'reports-fail.vcf', [...COMMON, 'Model completed', 'Making report', 'Reports failed']],
	])('%s %j of %s goes its way', async (model, more, fileName, path) => {
		const id = await order(model, more, fileName);
		await simulator.clock.advance(COMPLETION);
		expect(await statuses(id)).toEqual(path);
		expect((await listed(id)).execution_time).toBeGreaterThan(100);
	});

	it.each<[string, object, string, string[], string[]]>([
		['skywalker-2.1', {}, 'Completed', ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'DETAILED_CHROMS'], []],
		['vader-3.0', {}, 'Completed', ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'DETAILED_CHROMS', 'PDF_REPORT', 'PDF_REPORT'], ['COMPLETED']],
		['mysterio-1.2', PRS, 'Completed', ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'PRS_JSON_DATA', 'PRS_IMAGES', 'PDF_REPORT', 'PDF_REPORT'], ['COMPLETED']],
		['vader-3.0', {}, 'Reports failed', ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'DETAILED_CHROMS'], ['FAILED']],
		['vader-3.0', {}, 'Failed', ['EXEC_ERRORS'], []],
		['vader-3.0', {}, 'QC failed', [], []],
		['vader-3.0', {}, 'Making report', [], ['PENDING']],
		['vader-3.0', {}, 'Running', [], []],
	])('%s %j in %s offers its results', async (model, more, status, types, reports) => {
		const id = await order(model, more);
		expect((await listed(id)).execution_time).toBeNull();
		await control(`POST /galateabio/orders/${id}`, { status });
		const seen = await listed(id);
		expect(seen.status).toBe(status);
		expect(seen.result_types.map(({ type }: { type: string }) => type)).toEqual(types);
		expect((await api(`GET /data/results/${id}/pdf_report`)).json.results.map((report: { status: string }) => report.status)).toEqual(reports);
		for (const type of ['SUMMARY_SUPERSET', 'PDF_REPORT', 'EXEC_ERRORS', 'PRS_IMAGES', 'WHOLE_RESULT']) {
			expect((await api(`GET /data/results/${id}/download?result_type=${type}`)).status).toBe(types.includes(type) ? 200 : 404);
		}
		expect((await api(`GET /data/results/${id}/json?result_type=SUMMARY_SUPERSET`)).status).toBe(types.includes('SUMMARY_SUPERSET') ? 200 : 404);
		expect((await api(`GET /data/results/${id}/samples`)).status).toBe(types.includes('SUMMARY_SUPERSET') ? 200 : 404);
	});

	it('stays where it was forced', async () => {
		const id = await order('hutt-1.4');
		await control(`POST /galateabio/orders/${id}`, { status: 'Submitted' });
		await simulator.clock.advance(COMPLETION);
		expect((await listed(id)).status).toBe('Submitted');
	});

	it.each([['Registered', 200], ['Preparing', 400], ['Submitted', 200], ['Running', 400], ['Completed', 400], ['Canceled', 400]])('cancel in %s -> %i', async (status, answer) => {
		const id = await order('hutt-1.4');
		if (status !== 'Registered') await control(`POST /galateabio/orders/${id}`, { status });
		const { status: answered, json } = await api('POST /exec/cancel', { order_id: id });
		expect(answered).toBe(answer);
		if (answer === 400) return;
		expect(json).toEqual({ details: `Request to cancel execution id ${id} accepted` });
		expect((await listed(id)).status).toBe('Canceling');
		await simulator.clock.advance(COMPLETION);
		expect((await listed(id)).status).toBe('Canceled');
	});

	it('replaces and clears tags', async () => {
		const [first, second] = [(await api('POST /exec/tags', { name: 'a' })).json, (await api('POST /exec/tags', { name: 'b' })).json];
		const id = await order('vader-3.0', { tags_ids: [first.id] });
		await control(`POST /galateabio/orders/${id}`, { status: 'Completed' });
		const { json } = await api(`PATCH /exec/orders/${id}`, { tags_ids: [second.id] });
		expect(json).toMatchObject({ id, tags: [{ id: second.id, name: 'b' }], has_error_log: false, result_json: [{ details: expect.stringContaining(id) }] });
		expect(json.result_types).toEqual(['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'DETAILED_CHROMS', 'PDF_REPORT', 'PDF_REPORT']);
		expect((await api(`PATCH /exec/orders/${id}`, { tags_ids: [UNKNOWN] })).status).toBe(404);
		expect((await api(`PATCH /exec/orders/${id}`, { tags_ids: [] })).json.tags).toEqual([]);
	});

	it('finds by every filter', async () => {
		const tag = (await api('POST /exec/tags', { name: 'a' })).json;
		const [skywalker, vader] = [await order('skywalker-2.1', {}, 'wgs-one.vcf'), await order('vader-3.0', { tags_ids: [tag.id] }, 'two.vcf')];
		await control(`POST /galateabio/orders/${skywalker}`, { status: 'Making report' });
		await control(`POST /galateabio/orders/${vader}`, { status: 'Failed' });
		const { src_file_id, started_at } = await listed(vader);
		const found = async (query: string) => (await api(`GET /exec/orders?${query}`)).json.results.map(({ id }: { id: string }) => id);
		expect(await found('')).toEqual([vader, skywalker]);
		expect(await found(`filter=${vader}`)).toEqual([vader]);
		expect(await found(`filter=${src_file_id}`)).toEqual([vader]);
		expect(await found('filter=WGS-one')).toEqual([skywalker]);
		expect(await found('status=Making+report')).toEqual([skywalker]);
		expect(await found('status_group=running')).toEqual([skywalker]);
		expect(await found('status_group=failed')).toEqual([vader]);
		expect(await found(`tags_ids=${tag.id},${UNKNOWN}`)).toEqual([vader]);
		expect(await found(`tags_ids=${UNKNOWN}&tags_ids=${tag.id}`)).toEqual([vader]);
		expect(await found(`tag_ids=${tag.id}`)).toEqual([vader, skywalker]);
		expect(await found('type=WGS')).toEqual([skywalker]);
		expect(await found('type=EXTERNAL')).toEqual([]);
		expect(await found('model_name=vader-3.0')).toEqual([vader]);
		expect(await found('model_api_name=skywalker')).toEqual([skywalker]);
		expect(await found(`orders_ids=${skywalker}`)).toEqual([skywalker]);
		expect(await found('org_names=Other')).toEqual([]);
		expect(await found(`min_date=${started_at.slice(0, 10)}&status=Failed`)).toEqual([vader]);
		expect(await found('max_date=2020-01-01')).toEqual([]);
	});

	it('counts on its file', async () => {
		const source_file_id = await validFile();
		for (const model_name of ['hutt-1.4', 'vader-3.0']) await api('POST /exec/orders', { source_file_id, model_name });
		expect((await api(`GET /data/files?file=${source_file_id}`)).json.results[0].orders_count).toBe(2);
		expect((await api(`GET /exec/orders?filter=${source_file_id}`)).json.count).toBe(2);
	});
});

describe('results', () => {
	async function entries(archive: Buffer): Promise<Record<string, string>> {
		const zip = new ZipReader(new Uint8ArrayReader(archive));
		const contents: Record<string, string> = {};
		for (const entry of await zip.getEntries()) {
			if (!entry.directory) contents[entry.filename] = await entry.getData(new TextWriter());
		}
		return contents;
	}

	async function completed(model: string, more: object = {}): Promise<string> {
		const id = await order(model, more, '2-samples.vcf');
		await simulator.clock.advance(COMPLETION);
		return id;
	}
	const download = async (id: string, query: string) => await api(`GET /data/results/${id}/download?result_type=${query}`);

	it('are TSV and ZIP files', async () => {
		const id = await completed('skywalker-2.1');
		const samples = (await api(`GET /data/results/${id}/samples`)).json;
		expect(samples).toEqual([1, 2].map((number) => ({ id: expect.stringMatching(UUID), sample_id: expect.stringMatching(new RegExp(`^sim\\.${number}\\.\\d{7}$`)) })));

		const summary = await download(id, 'SUMMARY_SUPERSET');
		expect(summary.headers.get('content-disposition')).toBe(`attachment; filename="${id}_summary_superset.tsv"`);
		expect(Number(summary.headers.get('content-length'))).toBe(summary.bytes.length);
		const lines = summary.text.trimEnd().split('\n').map((line) => line.split('\t'));
		expect(lines[0]).toEqual(['sample_id', 'AFR', 'AMR', 'EAS', 'EUR', 'LME', 'OCE', 'SAS']);
		expect(lines.slice(1).map(([sample]) => sample)).toEqual(samples.map((sample: { sample_id: string }) => sample.sample_id));
		expect((await download(id, 'SUMMARY_CHROMS')).text.trimEnd().split('\n')).toHaveLength(1 + 2 * 22);

		const bySample = await download(id, 'DETAILED_SUPERSET');
		expect(bySample.headers.get('content-type')).toBe('application/zip');
		expect(Object.keys(await entries(bySample.bytes))).toEqual(samples.map((sample: { sample_id: string }) => `${sample.sample_id}.tsv`));
		expect(Object.keys(await entries((await download(id, 'DETAILED_CHROMS')).bytes))).toHaveLength(22);
		expect((await download(id, 'DETAILED_SUPERSET')).bytes.equals(bySample.bytes)).toBe(true);
	});

	it('are JSON of the same figures', async () => {
		const id = await completed('vader-3.0');
		const { json } = await api(`GET /data/results/${id}/json?result_type=SUMMARY_SUPERSET`);
		const [header, first] = (await download(id, 'SUMMARY_SUPERSET')).text.split('\n').map((line) => line.split('\t'));
		expect(json).toHaveLength(2);
		expect(Object.entries(json[0]).map(([name, value]) => [name, String(value)])).toEqual(header.map((name, column) => [name, first[column]]));
		expect(Object.keys((await api(`GET /data/results/${id}/json`)).json).sort()).toEqual(['DETAILED_CHROMS', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'SUMMARY_SUPERSET']);
	});

	it('are PDF reports, listed with their size and checksum', async () => {
		const id = await completed('mysterio-1.2', { pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_RUO_CANCER'], pdf_metadata: { sex: 'Male' } });
		const { results, count } = (await api(`GET /data/results/${id}/pdf_report?page_size=1000`)).json;
		expect(count).toBe(4);
		for (const report of results) {
			expect(report).toMatchObject({ status: 'COMPLETED', order_id: id, request_type: 'ORDER', request_version: 1, completed_at: expect.stringMatching(TIMESTAMP) });
			const file = await download(id, `PDF_REPORT&pdf_request_id=${report.id}`);
			expect(file.headers.get('content-type')).toBe('application/pdf');
			expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${report.pdf_file_name}"`);
			expect([file.bytes.length, createHash('md5').update(file.bytes).digest('hex')]).toEqual([report.file_size_bytes, report.check_sum]);
			const document = await PDFDocument.load(file.bytes);
			expect([document.getPageCount(), document.getTitle()]).toEqual([1, report.sample_id]);
		}
		expect(results[1].pdf_file_name).toBe(`${results[1].id}_${results[1].sample_id}_prs-ruo-cancer.pdf`);
		expect(Object.keys(await entries((await download(id, 'PDF_REPORT')).bytes))).toEqual(results.map((report: { pdf_file_name: string }) => report.pdf_file_name));
		expect(Object.keys(await entries((await download(id, 'PRS_JSON_DATA')).bytes))).toHaveLength(4);
		expect(Object.keys(await entries((await download(id, 'PRS_IMAGES')).bytes))[0]).toMatch(/\.png$/);
	});

	it('name the ancestry report after its sample', async () => {
		const id = await completed('vader-3.0');
		const [report] = (await api(`GET /data/results/${id}/pdf_report`)).json.results;
		expect(report).toMatchObject({ report_type: 'ANCESTRY', pdf_file_name: `${report.id}_${report.sample_id}.pdf` });
	});

	it('filter reports', async () => {
		const id = await completed('mysterio-1.2', { pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_CLINICAL_CARDIO'], pdf_metadata: {} });
		const [{ sample_id }] = (await api(`GET /data/results/${id}/samples`)).json;
		const count = async (query: string) => (await api(`GET /data/results/${id}/pdf_report?${query}`)).json.count;
		expect(await count('')).toBe(4);
		expect(await count(`sample_id=${sample_id}`)).toBe(2);
		expect(await count('request_version=1')).toBe(4);
		expect(await count('request_version=2')).toBe(0);
		expect(await count('report_version=1.0')).toBe(4);
		expect(await count('report_version=0')).toBe(0);
		expect(await count('report_type=PRS_RUO_CARDIO')).toBe(2);
		simulator.state.orders.get(id)!.reports[0].requestVersion = 2;
		simulator.state.orders.get(id)!.reports[1].type = 'PRS_RUO_CARDIO';
		expect(await count('latest=true')).toBe(3);
	});

	it('refuse a report that is not of the order, and an id with another type', async () => {
		const id = await completed('vader-3.0');
		expect((await download(id, `PDF_REPORT&pdf_request_id=${UNKNOWN}`)).status).toBe(404);
		expect((await download(id, 'PDF_REPORT&pdf_request_id=1')).status).toBe(400);
		expect((await download(id, `SUMMARY_CHROMS&pdf_request_id=${UNKNOWN}`)).status).toBe(400);
	});

	it('hold the errors of a failed order', async () => {
		const id = await order('hutt-1.4', {}, 'order-fails.vcf');
		await simulator.clock.advance(COMPLETION);
		const answer = await download(id, 'EXEC_ERRORS');
		expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('hutt-1.4')]);
		expect((await api(`PATCH /exec/orders/${id}`, { tags_ids: [] })).json.has_error_log).toBe(true);
	});
});

describe('tags', () => {
	it('are created, found, renamed and deleted', async () => {
		const created = await api('POST /exec/tags', { name: 'Batch 1' });
		expect(created.status).toBe(201);
		const { id } = created.json;
		expect(created.json).toEqual({ id: expect.stringMatching(UUID), name: 'Batch 1', org_id: simulator.info.organizationId });
		await api('POST /exec/tags', { name: 'other' });
		expect((await api('GET /exec/tags?name=batch')).json).toMatchObject({ count: 1, results: [{ id }] });
		expect((await api(`PUT /exec/tags/${id}`, { name: 'Batch 2' })).json.name).toBe('Batch 2');
		expect((await api(`GET /exec/tags/${id}`)).json.name).toBe('Batch 2');
		const orderId = await order('hutt-1.4', { tags_ids: [id] });
		expect(await api(`DELETE /exec/tags/${id}`)).toMatchObject({ status: 200, text: '' });
		expect((await api(`GET /exec/tags/${id}`)).status).toBe(404);
		expect((await listed(orderId)).tags).toEqual([]);
	});
});

describe('control', () => {
	it('seeds many rows', async () => {
		const { json } = await control('POST /galateabio/seed', { files: 30, orders: 20, reports: 15 });
		expect([json.files.length, json.orders.length]).toEqual([30, 20]);
		expect((await api('GET /data/files')).json).toMatchObject({ count: 30, results: expect.arrayContaining([expect.objectContaining({ status: 'VALID' })]) });
		expect((await api('GET /exec/orders?status=Completed')).json.count).toBe(20);
		const reports = (await api(`GET /data/results/${json.reports_order}/pdf_report?page_size=1000`)).json;
		expect(reports.count).toBe(15);
		const file = await api(`GET /data/results/${json.reports_order}/download?result_type=PDF_REPORT&pdf_request_id=${reports.results[3].id}`);
		expect(file.bytes.length).toBe(reports.results[3].file_size_bytes);
	});

	it('says what it does not know', async () => {
		expect((await control(`GET /galateabio/orders/${UNKNOWN}`)).status).toBe(404);
		expect((await control(`POST /galateabio/files/${UNKNOWN}`, { status: 'VALID' })).status).toBe(404);
		expect((await control('POST /galateabio/seed', { files: -1 })).status).toBe(400);
	});

	it('keeps the organization over a reset', async () => {
		const before = (await api('GET /users/me')).json;
		await control('POST /reset');
		expect((await api('GET /users/me')).json).toEqual(before);
	});
});
