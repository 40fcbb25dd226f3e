/**
 * The vendor's own client, unmodified, against the simulator: every command is judged by its exit
 * code, its output, and by what arrived.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import type { Fault } from '../../simulators/shared/faults.mts';
import { newKeyPair } from '../../simulators/shared/sftp.mts';
import { send } from './http.mts';
import { OctoFolder } from './octo.mts';
import type { Run } from './client.mts';

jest.setTimeout(60_000);

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const MINUTE = 60_000;
const PAGE = { page: ['1'], page_size: ['10'] };

let simulator: Running;
let folder: OctoFolder;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
});
afterAll(async () => await simulator?.close());
beforeEach(async () => {
	await send(simulator.info.control, 'POST /reset');
	folder = await OctoFolder.make();
	const { url, apiKey } = simulator.info;
	await succeeds('set-config', '--api_mode=1', `--api_key=${apiKey}`, `--api_base_url=${url}`, `--download_folder=${folder.path}`);
});
afterEach(async () => await folder.remove());

async function succeeds(...args: string[]): Promise<string> {
	return output(await folder.octo(...args));
}

// the exit code alone does not tell: a missing setting ends with 0 and "ERROR!"
function output({ code, out, err }: Run): string {
	if (code !== 0 || out.includes('ERROR!')) throw new Error(`exit code ${code}\n${out}\n${err}`);
	return out;
}

/** Runs a command that prints JSON. */
const prints = async (...args: string[]) => JSON.parse(await succeeds(...args));

const refusal = ({ code, err }: Run) => ({ code, last: err.trimEnd().split('\n').at(-1) });

/** What arrived since the last look: route, query, body and status of each request. */
function arrived() {
	const { entries } = simulator.journal.since();
	simulator.journal.clear();
	return entries.map(({ route, query, body, status }) => ({ route, query, body, status }));
}

const api = async (line: string, json?: unknown) =>
	await send(`${simulator.info.url}/api/v1`, line, { json, headers: { authorization: `Bearer ${simulator.info.apiKey}` } });

/** Uploads a file with octo and lets it become valid. */
async function uploaded(name: string, content = 'content'): Promise<string> {
	await writeFile(join(folder.path, name), content);
	const { id } = await prints('api-upload-file', `--file_name=${join(folder.path, name)}`);
	await simulator.clock.advance(5 * MINUTE);
	return id;
}

/** An order, submitted past octo, in the status wanted; the journal is empty afterwards. */
async function order(model_name: string, status: string, more: object = {}): Promise<string> {
	const { json } = await send(simulator.info.control, 'POST /galateabio/seed', { json: { files: 1 } });
	const { json: orders } = await api('POST /exec/orders', { source_file_id: json.files[0], model_name, ...more });
	await send(simulator.info.control, `POST /galateabio/orders/${orders[0].id}`, { json: { status } });
	simulator.journal.clear();
	return orders[0].id;
}

describe('settings', () => {
	it('are kept, shown and cleared', async () => {
		await succeeds('set-config', '--api_mode=2', '--api_username=user@example.org', '--api_password=secret');
		const shown = await succeeds('get-config');
		for (const line of ['api_mode=2', 'api_username=user@example.org', `api_key=${simulator.info.apiKey}`]) expect(shown).toContain(line);
		expect(await succeeds('clear-config')).toBe('Done.\n');
		expect(await readdir(folder.path)).toEqual([]);
		expect((await folder.octo('get-organization-info')).out).toMatch('ERROR!');
		expect(arrived()).toEqual([]);
	});

	it('with a password log in before each command', async () => {
		const { email, password } = simulator.info.login;
		await succeeds('set-config', '--api_mode=2', `--api_username=${email}`, `--api_password=${password}`);
		expect(await prints('get-organization-info')).toMatchObject({ id: simulator.info.organizationId });
		expect(arrived()).toEqual([
			{ route: 'POST /users/auth', query: {}, body: { email, password: '***' }, status: 200 },
			{ route: 'GET /users/me', query: {}, status: 200 },
		]);
	});

	it('with a wrong password fail at the login', async () => {
		await succeeds('set-config', '--api_mode=2', '--api_username=user@example.org', '--api_password=wrong');
		const run = await folder.octo('get-organization-info');
		expect(run.code).toBe(1);
		expect(run.err).toMatch('401 Client Error');
	});

	it('with a wrong key are refused', async () => {
		await succeeds('set-config', '--api_mode=1', '--api_key=wrong');
		expect(refusal(await folder.octo('get-organization-info')).last).toMatch('Reason: Unauthorized request, Status code: 401');
	});
});

describe('organization', () => {
	it('get-organization-info', async () => {
		const { json } = await api('GET /users/me');
		simulator.journal.clear();
		expect(await prints('get-organization-info')).toEqual(json.org);
		expect(arrived()).toEqual([{ route: 'GET /users/me', query: {}, status: 200 }]);
	});

	it('get-organization-models', async () => {
		expect(await prints('get-organization-models', `--org_id=${simulator.info.organizationId}`)).toEqual(
			simulator.info.models.filter((model) => !model.deprecated),
		);
		expect(arrived()).toEqual([{ route: 'GET /organizations/{organization_id}/models', query: { hide_deprecated: ['True'] }, status: 200 }]);
	});
});

describe('files', () => {
	it.each(['sample.vcf.gz', 'muestra-ñ 1.txt.zip'])('api-upload-file %s', async (name) => {
		const path = join(folder.path, name);
		await writeFile(path, 'content');
		expect(await prints('api-upload-file', `--file_name=${path}`)).toMatchObject({ status: 'PENDING', src_file_name: name, file_size_bytes: 7 });
		expect(arrived()).toEqual([{ route: 'POST /data/files/upload', query: {}, body: [{ name: 'file', filename: name, size: 7 }], status: 201 }]);
	});

	it('api-upload-file of an empty file is refused', async () => {
		await writeFile(join(folder.path, 'empty.vcf'), '');
		const run = await folder.octo('api-upload-file', `--file_name=${join(folder.path, 'empty.vcf')}`);
		expect(refusal(run)).toEqual({ code: 1, last: expect.stringContaining('Reason: Bad request, Status code: 400') });
	});

	it('find-file by id', async () => {
		const id = await uploaded('sample.vcf.gz');
		arrived();
		expect(await prints('find-file', `--file_id=${id.toUpperCase()}`)).toMatchObject({ id, status: 'VALID', amount_of_samples: 1 });
		expect(await prints('find-file', `--file_id=${UNKNOWN}`)).toBeNull();
		expect(arrived()).toEqual([id, UNKNOWN].map((file) => ({ route: 'GET /data/files', query: { file: [file], ...PAGE }, status: 200 })));
	});

	it('find-file by name, page by page', async () => {
		await send(simulator.info.control, 'POST /galateabio/seed', { json: { files: 12 } });
		const page = await prints('find-file', '--file_name=seed', '--page=2');
		expect(page).toMatchObject({ count: 12, results: [{}, {}] });
		expect(Object.keys(page)).toEqual(['count', 'results']);
		expect(arrived()).toEqual([{ route: 'GET /data/files', query: { file: ['seed'], page: ['2'], page_size: ['10'] }, status: 200 }]);
		expect(refusal(await folder.octo('find-file', '--file_name=seed', '--page=3')).last).toMatch('Reason: Invalid page., Status code: 404');
	});

	it('update-file-sample-alias', async () => {
		const id = await uploaded('sample.vcf.gz');
		arrived();
		expect(await prints('update-file-sample-alias', `--file_id=${id}`, '--sample_alias=S1')).toMatchObject({ id, sample_alias: 'S1' });
		expect(arrived()).toEqual([{ route: 'PUT /data/files/{source_file_id}', query: {}, body: { sample_alias: 'S1' }, status: 201 }]);
	});

	it('download-file', async () => {
		const id = await uploaded('sample.vcf.gz', 'the same content');
		await writeFile(join(folder.path, 'sample.vcf.gz'), 'overwritten');
		arrived();
		expect(await succeeds('download-file', `--file_id=${id}`)).toBe(`File saved as ${folder.path}/sample.vcf.gz\n`);
		expect(await readFile(join(folder.path, 'sample.vcf.gz'), 'utf8')).toBe('the same content');
		expect(arrived()).toEqual([{ route: 'GET /data/files/{source_file_id}/download', query: {}, status: 200 }]);
		expect(refusal(await folder.octo('download-file', `--file_id=${UNKNOWN}`)).last).toMatch('Reason: Not found, Status code: 404');
	});

	it('delete-file', async () => {
		const id = await uploaded('sample.vcf.gz');
		arrived();
		expect(await succeeds('delete-file', `--file_id=${id}`)).toBe('Deleted.\n');
		expect(arrived()).toEqual([{ route: 'DELETE /data/files/{source_file_id}', query: {}, status: 200 }]);
		expect(await prints('find-file', `--file_id=${id}`)).toMatchObject({ deleted_at: expect.any(String) });
	});
});

describe('orders', () => {
	it('submit-order without more', async () => {
		const source_file_id = await uploaded('sample.vcf.gz');
		arrived();
		expect(await prints('submit-order', `--file_id=${source_file_id}`, '--model=skywalker-2.1')).toMatchObject({ status: 'Registered', src_file_id: source_file_id, tags: [] });
		const body = { source_file_id, model_name: 'skywalker-2.1', tags_ids: [], pdf_report_types: null, pdf_metadata: null };
		expect(arrived()).toEqual([{ route: 'POST /exec/orders', query: {}, body, status: 201 }]);
	});

	it('submit-order with tags and metadata', async () => {
		const source_file_id = await uploaded('sample.vcf.gz');
		const tag = await prints('create-tag', '--name=first');
		arrived();
		const submitted = await prints('submit-order', `--file_id=${source_file_id}`, '--model=vader-3.0', `--tags_ids=${tag.id}`, '--pdf_metadata={"patient_name":"Synthetic"}');
		expect(submitted).toMatchObject({ model: 'vader-3.0', tags: [{ id: tag.id, name: 'first' }], pdf_metadata: '{"patient_name":"Synthetic"}' });
		expect(arrived()[0].body).toEqual({ source_file_id, model_name: 'vader-3.0', tags_ids: [tag.id], pdf_report_types: null, pdf_metadata: { patient_name: 'Synthetic' } });
	});

	it('submit-order of a file that is not valid', async () => {
		const id = await uploaded('not-valid.vcf');
		const run = await folder.octo('submit-order', `--file_id=${id}`, '--model=skywalker-2.1');
		expect(refusal(run)).toEqual({ code: 1, last: expect.stringContaining('Reason: Request cannot be processed, Status code: 422') });
	});

	// octo itself takes the report types from --tags_ids
	it('submit-order with report types sends tags in their place and is refused', async () => {
		const source_file_id = await uploaded('sample.vcf.gz');
		const tag = await prints('create-tag', '--name=first');
		arrived();
		const run = await folder.octo('submit-order', `--file_id=${source_file_id}`, '--model=mysterio-1.2', `--tags_ids=${tag.id}`, '--pdf_report_types=PRS_RUO_CARDIO', '--pdf_metadata={"sex":"Male"}');
		expect(refusal(run).last).toMatch('Status code: 422');
		expect(arrived()[0].body).toMatchObject({ pdf_report_types: [tag.id] });
	});

	it('find-order by its id, by its file, and not at all', async () => {
		const id = await order('hutt-1.4', 'Completed');
		const found = await prints('find-order', `--order_id_or_file_id=${id}`);
		expect(found).toMatchObject({ id, status: 'Completed', result_types: expect.arrayContaining([{ type: 'SUMMARY_CHROMS', label: 'Summary chromosomes' }]) });
		expect(await prints('find-order', `--order_id_or_file_id=${found.src_file_id}`)).toEqual(found);
		expect(await prints('find-order', `--order_id_or_file_id=${UNKNOWN}`)).toBeNull();
		expect(arrived()).toEqual([id, found.src_file_id, UNKNOWN].map((filter) => ({ route: 'GET /exec/orders', query: { filter: [filter], ...PAGE }, status: 200 })));
	});

	it('update-order-tags sets and clears', async () => {
		const id = await order('hutt-1.4', 'Running');
		const tags = [await prints('create-tag', '--name=a'), await prints('create-tag', '--name=b')];
		arrived();
		const ids = tags.map((tag) => tag.id);
		expect((await prints('update-order-tags', `--order_id=${id}`, `--tags_ids=${ids.join(', ')}`)).tags).toEqual(tags.map(({ id: tagId, name }) => ({ id: tagId, name })));
		expect((await prints('update-order-tags', `--order_id=${id}`)).tags).toEqual([]);
		expect(arrived()).toEqual([ids, []].map((tags_ids) => ({ route: 'PATCH /exec/orders/{order_id}', query: {}, body: { tags_ids }, status: 200 })));
	});

	it('cancel-order, in time and too late', async () => {
		const id = await order('hutt-1.4', 'Registered');
		expect(await succeeds('cancel-order', `--order_id=${id}`)).toBe('Canceled.\n');
		expect(arrived()).toEqual([{ route: 'POST /exec/cancel', query: {}, body: { order_id: id }, status: 200 }]);
		expect(refusal(await folder.octo('cancel-order', `--order_id=${id}`)).last).toMatch('Reason: Bad request, Status code: 400');
		await simulator.clock.advance(5 * MINUTE);
		expect(await prints('find-order', `--order_id_or_file_id=${id}`)).toMatchObject({ status: 'Canceled' });
	});
});

describe('tags', () => {
	it('create-tag, find-tag, update-tag', async () => {
		const tag = await prints('create-tag', '--name=first batch');
		expect(tag).toMatchObject({ name: 'first batch', org_id: simulator.info.organizationId });
		expect(await prints('find-tag', `--tag_id=${tag.id}`)).toEqual(tag);
		expect(await prints('update-tag', `--tag_id=${tag.id}`, '--name=second')).toEqual({ ...tag, name: 'second' });
		expect(arrived()).toEqual([
			{ route: 'POST /exec/tags', query: {}, body: { name: 'first batch' }, status: 201 },
			{ route: 'GET /exec/tags/{tag_id}', query: {}, status: 200 },
			{ route: 'PUT /exec/tags/{tag_id}', query: {}, body: { name: 'second' }, status: 200 },
		]);
		expect(refusal(await folder.octo('find-tag', `--tag_id=${UNKNOWN}`)).last).toMatch('Reason: Not found, Status code: 404');
	});

	it('list-tags', async () => {
		for (let number = 1; number <= 11; number++) await api('POST /exec/tags', { name: `batch ${number}` });
		await api('POST /exec/tags', { name: 'other' });
		simulator.journal.clear();
		expect(await prints('list-tags')).toMatchObject({ count: 12, results: { length: 10 } });
		expect(await prints('list-tags', '--name=batch', '--page=2')).toMatchObject({ count: 11, results: [{ name: 'batch 1' }] });
		expect(arrived()).toEqual([
			{ route: 'GET /exec/tags', query: PAGE, status: 200 },
			{ route: 'GET /exec/tags', query: { name: ['batch'], page: ['2'], page_size: ['10'] }, status: 200 },
		]);
	});
});

describe('results', () => {
	it('list-result-pdf-reports', async () => {
		const id = await order('vader-3.0', 'Completed');
		const { count, results } = await prints('list-result-pdf-reports', `--order_id=${id}`);
		expect(count).toBe(1);
		expect(results).toMatchObject([{ order_id: id, status: 'COMPLETED' }]);
		const filters = { request_version: '1', report_version: '1.0', sample_id: results[0].sample_id, page: '1' };
		const args = Object.entries(filters).map(([name, value]) => `--${name}=${value}`);
		expect(await prints('list-result-pdf-reports', `--order_id=${id}`, ...args)).toEqual({ count, results });
		const route = 'GET /data/results/{order_id}/pdf_report';
		const sent = Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, [value]]));
		expect(arrived()).toEqual([
			{ route, query: PAGE, status: 200 },
			{ route, query: { ...sent, page_size: ['10'] }, status: 200 },
		]);
	});

	it.each([
		['SUMMARY_SUPERSET', 'summary_superset.tsv', 'sample_id\t'],
		['SUMMARY_CHROMS', 'summary_chroms.tsv', 'sample_id\t'],
		['DETAILED_SUPERSET', 'detailed_superset.zip', 'PK'],
		['DETAILED_CHROMS', 'detailed_chroms.zip', 'PK'],
		['PDF_REPORT', 'pdf_report.zip', 'PK'],
	])('download-result-file %s', async (type, name, begins) => {
		const id = await order('vader-3.0', 'Completed');
		const path = join(folder.path, `${id}_${name}`);
		expect(await succeeds('download-result-file', `--order_id=${id}`, `--result_type=${type}`)).toBe(`Result file saved as ${path}\n`);
		expect((await readFile(path, 'latin1')).slice(0, begins.length)).toBe(begins);
		expect(arrived()).toEqual([{ route: 'GET /data/results/{order_id}/download', query: { result_type: [type] }, status: 200 }]);
	});

	it.each(['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'PRS_JSON_DATA', 'PRS_IMAGES', 'PDF_REPORT'])('download-result-file %s of a risk order', async (type) => {
		const id = await order('mysterio-1.2', 'Completed', { pdf_report_types: ['PRS_CLINICAL_CARDIO'], pdf_metadata: {} });
		await succeeds('download-result-file', `--order_id=${id}`, `--result_type=${type}`);
		expect(await readdir(folder.path)).toContainEqual(expect.stringMatching(`^${id}_${type.toLowerCase()}`));
	});

	it('download-result-file of one report', async () => {
		const id = await order('vader-3.0', 'Completed');
		const [report] = (await api(`GET /data/results/${id}/pdf_report`)).json.results;
		simulator.journal.clear();
		await succeeds('download-result-file', `--order_id=${id}`, '--result_type=PDF_REPORT', `--pdf_request_id=${report.id}`);
		const document = await PDFDocument.load(await readFile(join(folder.path, report.pdf_file_name)));
		expect(document.getTitle()).toBe(report.sample_id);
		expect(arrived()).toEqual([{ route: 'GET /data/results/{order_id}/download', query: { result_type: ['PDF_REPORT'], pdf_request_id: [report.id] }, status: 200 }]);
	});

	it('download-result-file of a type that only the client knows', async () => {
		const id = await order('vader-3.0', 'Completed');
		expect(refusal(await folder.octo('download-result-file', `--order_id=${id}`, '--result_type=WHOLE_RESULT')).last).toMatch('Reason: Not found, Status code: 404');
	});

	it('download-result-file of the errors of a failed order', async () => {
		const id = await order('hutt-1.4', 'Failed');
		await succeeds('download-result-file', `--order_id=${id}`, '--result_type=EXEC_ERRORS');
		expect(await readFile(join(folder.path, `${id}_exec_errors.txt`), 'utf8')).toMatch('hutt-1.4');
	});

	it.each(['SUMMARY_CHROMS', 'SUMMARY_SUPERSET', 'DETAILED_CHROMS', 'DETAILED_SUPERSET'])('download-result-json %s', async (type) => {
		const id = await order('skywalker-2.1', 'Completed');
		const path = join(folder.path, `${id}_${type}.json`);
		expect(await succeeds('download-result-json', `--order_id=${id}`, `--result_type=${type}`)).toBe(`Result json file saved as ${path}\n`);
		expect(JSON.parse(await readFile(path, 'utf8'))[0]).toHaveProperty('sample_id');
		expect(arrived()).toEqual([{ route: 'GET /data/results/{order_id}/json', query: { result_type: [type] }, status: 200 }]);
	});

	it('list-result-samples', async () => {
		const id = await order('skywalker-2.1', 'Completed');
		expect(await prints('list-result-samples', `--order_id=${id}`)).toEqual([{ id: expect.any(String), sample_id: expect.any(String) }]);
		expect(arrived()).toEqual([{ route: 'GET /data/results/{order_id}/samples', query: {}, status: 200 }]);
	});
});

describe('the library', () => {
	const CLIENT = 'import io, json, sys\nfrom octopod_wrapper import OctopodClient\nclient = OctopodClient(sys.argv[1], sys.argv[2])\n';

	async function library(script: string, ...args: string[]) {
		return JSON.parse(output(await folder.python(CLIENT + script, simulator.info.url, simulator.info.apiKey, ...args)));
	}

	it('submits an order with risk reports', async () => {
		const id = await uploaded('sample.vcf.gz');
		arrived();
		const submitted = await library(
			'print(json.dumps(client.order_api.submit_order(sys.argv[3], "mysterio-1.2", pdf_report_types=["PRS_RUO_CARDIO", "PRS_RUO_CANCER"], pdf_metadata={"sex": "Female"})))',
			id,
		);
		expect(submitted).toMatchObject({ status: 'Registered', model: 'mysterio-1.2', pdf_metadata: '{"sex":"Female"}' });
		expect(arrived()).toMatchObject([{ body: { tags_ids: [], pdf_report_types: ['PRS_RUO_CARDIO', 'PRS_RUO_CANCER'], pdf_metadata: { sex: 'Female' } }, status: 201 }]);
		await simulator.clock.advance(20 * MINUTE);
		const reports = await library('print(json.dumps(client.result_api.list_pdf_reports(sys.argv[3])))', submitted.id);
		expect(reports.results.map((report: { report_type: string }) => report.report_type)).toEqual(['PRS_RUO_CARDIO', 'PRS_RUO_CANCER']);
	});

	it('uses every filter of orders', async () => {
		const tag = (await api('POST /exec/tags', { name: 'a' })).json;
		const id = await order('vader-3.0', 'Making report', { tags_ids: [tag.id] });
		const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
		const filters = {
			filter: 'seed', status: 'Making report', status_group: 'running', tags_ids: [tag.id, UNKNOWN], type: 'GNT',
			model_name: 'vader-3.0', model_api_name: 'vader', min_date: today, max_date: today,
		};
		const list = await library('print(json.dumps(client.order_api.list_orders(**json.loads(sys.argv[3]))))', JSON.stringify(filters));
		expect(list).toMatchObject({ count: 1, next: null, previous: null, results: [{ id }] });
		expect(arrived()).toMatchObject([{ query: { tags_ids: [tag.id, UNKNOWN], status: ['Making report'], page_size: ['10'] } }]);
	});

	it('uses every filter of files, and booleans as Python writes them', async () => {
		const id = await uploaded('sample.vcf.gz');
		await api(`DELETE /data/files/${id}`);
		const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
		const count = async (only_acceptable: boolean) =>
			(await library('print(json.dumps(client.file_api.list_files(**json.loads(sys.argv[3]))))', JSON.stringify({ file: 'sample', min_date: today, max_date: today, show_virtual: true, only_acceptable }))).count;
		expect([await count(true), await count(false)]).toEqual([0, 1]);
		expect(arrived().at(-1)!.query).toMatchObject({ show_virtual: ['True'], only_acceptable: ['False'] });
	});

	it('lists deprecated models too', async () => {
		expect(await library('print(json.dumps(client.organization_api.get_organization_models(sys.argv[3], hide_deprecated=False)))', simulator.info.organizationId)).toHaveLength(6);
		expect(arrived()).toMatchObject([{ query: { hide_deprecated: ['False'] } }]);
	});

	it('uploads from memory', async () => {
		const file = await library('print(json.dumps(client.file_api.upload_file_from_io(io.BytesIO(b"in memory"), "memory.vcf")))');
		expect(file).toMatchObject({ src_file_name: 'memory.vcf', file_size_bytes: 9 });
	});
});

describe('SFTP', () => {
	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'pkcs1', format: 'pem' } }).privateKey;
	const today = () => new Date().toISOString().slice(0, 10);

	/** What the client asked the server for, and what became of it; reads and writes are not among it. */
	const asked = async () => {
		const { requests } = (await send(simulator.info.control, 'GET /galateabio/sftp')).json as { requests: Array<Record<string, string>> };
		return requests.map(({ request, path, status }) => `${request} ${path}${status === 'OK' ? '' : ` ${status}`}`);
	};

	/** A user with a key of its own, and octo set to them. */
	async function user(privateKey: string): Promise<void> {
		const key = ssh2.utils.parseKey(privateKey) as ParsedKey;
		const ssh_public_body_key = `${key.type} ${key.getPublicSSH().toString('base64')}`;
		const { json } = await api(`POST /organizations/${simulator.info.organizationId}/sftp_users`, { ssh_public_body_key });
		await useKey(json.user_name, privateKey);
	}

	async function useKey(name: string, privateKey: string): Promise<void> {
		const path = join(folder.path, 'key');
		await writeFile(path, privateKey, { mode: 0o600 });
		await succeeds('set-config', '--api_mode=1', '--sftp_host=127.0.0.1', `--sftp_user=${name}`, `--sftp_keyfile_path=${path}`);
		simulator.journal.clear();
	}

	beforeEach(async () => {
		folder.sftpPort = simulator.info.sftp.port;
		await writeFile(join(folder.path, 'sample.vcf.gz'), 'content');
	});

	it.each([['RSA', () => rsa], ['Ed25519', () => newKeyPair().privateKey]])('sftp-upload-file with an %s key, and find-file', async (_name, privateKey) => {
		await user(privateKey());
		const day = today();
		expect(await succeeds('sftp-upload-file', `--file_name=${join(folder.path, 'sample.vcf.gz')}`)).toBe(`${day}/sample.vcf.gz\n`);
		expect(await asked()).toEqual([
			`STAT /${day} NO_SUCH_FILE`,
			`MKDIR /${day}`,
			`STAT /${day}`,
			`REALPATH /${day}`,
			`OPEN /${day}/sample.vcf.gz`,
			`CLOSE /${day}/sample.vcf.gz`,
			`STAT /${day}/sample.vcf.gz`,
		]);
		expect((await prints('find-file', '--file_name=sample.vcf.gz')).count).toBe(0);
		await simulator.clock.advance(3 * MINUTE);
		const { results } = await prints('find-file', '--file_name=sample.vcf.gz');
		expect(results).toMatchObject([{ status: 'PENDING', src_short_file_path: `${day}/sample.vcf.gz`, file_size_bytes: 7, check_sum: expect.stringMatching(/^[0-9a-f]{32}-1$/) }]);
		await simulator.clock.advance(5 * MINUTE);
		expect(await prints('find-file', `--file_id=${results[0].id}`)).toMatchObject({ status: 'VALID' });
		await succeeds('download-file', `--file_id=${results[0].id}`);
		expect(await readFile(join(folder.path, 'sample.vcf.gz'), 'utf8')).toBe('content');
	});

	it('sftp-upload-file into a folder that is there, by another name', async () => {
		await useKey(simulator.info.sftp.user, simulator.info.sftp.privateKey);
		const args = [`--file_name=${join(folder.path, 'sample.vcf.gz')}`, '--remote_folder=2025-Feb-27'];
		await succeeds('sftp-upload-file', ...args);
		expect(await succeeds('sftp-upload-file', ...args, '--remote_file_name=muestra-ñ.vcf.gz')).toBe('2025-Feb-27/muestra-ñ.vcf.gz\n');
		expect((await asked()).filter((line) => line.startsWith('MKDIR'))).toHaveLength(1);
		await simulator.clock.advance(3 * MINUTE);
		expect((await prints('find-file', '--file_name=muestra')).results).toMatchObject([{ src_file_name: 'muestra-ñ.vcf.gz', src_short_file_path: '2025-Feb-27/muestra-ñ.vcf.gz' }]);
	});

	it('sftp-upload-file of 60 MiB, more than the API takes', async () => {
		await useKey(simulator.info.sftp.user, simulator.info.sftp.privateKey);
		await writeFile(join(folder.path, 'large.vcf'), Buffer.alloc(60 * 1024 * 1024, 'genome'));
		await succeeds('sftp-upload-file', `--file_name=${join(folder.path, 'large.vcf')}`, '--remote_folder=a');
		await simulator.clock.advance(3 * MINUTE);
		expect((await prints('find-file', '--file_name=large.vcf')).results).toMatchObject([{ file_size_bytes: 60 * 1024 * 1024, check_sum: expect.stringMatching(/-8$/) }]);
	});

	it('sftp-upload-file into a folder whose parent is missing', async () => {
		await useKey(simulator.info.sftp.user, simulator.info.sftp.privateKey);
		const run = await folder.octo('sftp-upload-file', `--file_name=${join(folder.path, 'sample.vcf.gz')}`, '--remote_folder=2025/02/27');
		expect(refusal(run)).toEqual({ code: 1, last: expect.stringContaining('FileNotFoundError') });
		expect(await asked()).toEqual(['STAT /2025/02/27 NO_SUCH_FILE', 'MKDIR /2025/02/27 NO_SUCH_FILE']);
	});

	it('sftp-upload-file with a key that nobody registered', async () => {
		await useKey(simulator.info.sftp.user, newKeyPair().privateKey);
		const run = await folder.octo('sftp-upload-file', `--file_name=${join(folder.path, 'sample.vcf.gz')}`);
		expect(refusal(run)).toEqual({ code: 1, last: expect.stringContaining('Authentication') });
	});

	// octo itself has no setting for a password
	it('the library logs in with a password', async () => {
		const script = 'import sys\nfrom octopod_wrapper import OctopodSftpClient\nprint(OctopodSftpClient("127.0.0.1", sys.argv[1], sys.argv[2], None).upload_file(sys.argv[3], remote_folder="by-password"))';
		const upload = async (password: string) => await folder.python(script, simulator.info.sftp.user, password, join(folder.path, 'sample.vcf.gz'));
		expect(output(await upload(simulator.info.sftp.password))).toBe('by-password/sample.vcf.gz\n');
		expect(refusal(await upload('wrong'))).toEqual({ code: 1, last: expect.stringContaining('Authentication') });
		await simulator.clock.advance(3 * MINUTE);
		expect((await prints('find-file', '--file_name=sample')).results).toMatchObject([{ src_short_file_path: 'by-password/sample.vcf.gz' }]);
	});
});

it('every command was run', async () => {
	const { out } = await folder.octo('--help');
	const commands = /\{([a-z,-]+)\}/.exec(out)![1].split(',');
	expect([...OctoFolder.commands].sort()).toEqual(commands.sort());
});

describe('faults reach the client as the provider\'s own would', () => {
	it.each<[Fault, string]>([
		[{ kind: 'status', status: 503, body: { detail: 'Maintenance' } }, 'Reason: Maintenance, Status code: 503'],
		[{ kind: 'html', status: 502 }, 'OctopodException: Expecting value'],
		[{ kind: 'cut' }, 'ConnectionError'],
		[{ kind: 'truncate' }, 'ChunkedEncodingError'],
	])('%j', async (fault, last) => {
		simulator.faults.add(fault);
		expect(refusal(await folder.octo('get-organization-info'))).toEqual({ code: 1, last: expect.stringContaining(last) });
	});
});
