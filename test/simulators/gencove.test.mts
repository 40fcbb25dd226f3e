/** What the simulator of Gencove does beside what the vendor's client and recordings show. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zipArchive } from '../../simulators/shared/documents.mts';
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const SECOND = 1000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const REQUIRED = ['This field is required.'];

let simulator: Running;
let projects: Running['info']['projects'];
let samples: Running['info']['samples'];

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	({ projects, samples } = simulator.info);
});
afterAll(async () => await simulator.close());
beforeEach(async () => await send(simulator.info.control, 'POST /reset'));

const control = async (line: string, json?: object): Promise<Answer> => await send(`${simulator.info.control}/gencove`, line, { json });
const as = async (authorization: string | undefined, line: string, json?: unknown): Promise<Answer> =>
	await send(`${simulator.info.url}/api/v2`, line, { json, headers: authorization === undefined ? {} : { authorization } });
const api = async (line: string, json?: unknown) => await as(`Api-Key ${simulator.info.apiKey}`, line, json);
const result = async (line: string, json?: unknown) => {
	const answer = await api(line, json);
	if (answer.status >= 300) throw new Error(`${line}: ${answer.status} ${answer.text}`);
	return answer.json;
};
const refused = async (line: string, json?: unknown) => {
	const { status, json: body } = await api(line, json);
	return [status, body];
};
const clientIds = async (line: string) => (await result(line)).results.map(({ client_id }: { client_id: string }) => client_id);
const statusOf = async (sample: string) => (await result(`GET /samples/${sample}`)).last_status.status;
const archiveOf = async (sample: string) => (await result(`GET /samples/${sample}`)).archive_last_status;

/** A sample of the empty project, made of an upload. */
async function newSample(clientId: string): Promise<string> {
	await result('POST /uploads-url/', { destination_path: `gncv://x/${clientId}_R1.fastq.gz`, source_url: 'https://example.org/r1.fastq.gz' });
	const { results } = await result(`GET /sample-sheet/?search=gncv://x/${clientId}_`);
	return (await result(`POST /project-samples/${projects.empty}`, { uploads: results })).uploads[0].sample;
}

describe('log-in', () => {
	const logIn = async (more: object = {}) => await as(undefined, 'POST /jwt-create/', { email: simulator.info.email, password: simulator.info.password, ...more });

	it('access tokens end, refresh tokens make new ones and stay', async () => {
		const { access, refresh } = (await logIn()).json;
		expect((await as(`Bearer ${access}`, 'GET /user/')).json).toMatchObject({ email: simulator.info.email });
		await simulator.clock.advance(HOUR);
		const expired = await as(`Bearer ${access}`, 'GET /user/');
		expect([expired.status, expired.headers.get('www-authenticate'), expired.json]).toEqual([
			401,
			'Bearer realm="api"',
			{ detail: 'Given token not valid for any token type', code: 'token_not_valid', messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }] },
		]);
		for (let times = 0; times < 2; times++) {
			const renewed = await as(undefined, 'POST /jwt-refresh/', { refresh });
			expect(Object.keys(renewed.json)).toEqual(['access']);
			expect((await as(`Bearer ${renewed.json.access}`, 'GET /user/')).status).toBe(200);
		}
		await simulator.clock.advance(DAY);
		expect(await as(undefined, 'POST /jwt-refresh/', { refresh })).toMatchObject({ status: 401, json: { code: 'token_not_valid' } });
	});

	it('tokens can be ended on demand', async () => {
		const { access, refresh } = (await logIn()).json;
		await control('POST /expire', { access: true });
		expect((await as(`Bearer ${access}`, 'GET /user/')).status).toBe(401);
		expect((await as(undefined, 'POST /jwt-refresh/', { refresh })).status).toBe(200);
		await control('POST /expire', { refresh: true });
		expect((await as(undefined, 'POST /jwt-refresh/', { refresh })).status).toBe(401);
	});

	it('needs what it needs', async () => {
		expect((await as(undefined, 'POST /jwt-create/', {})).json).toEqual({ email: REQUIRED, password: REQUIRED });
		expect(await logIn({ password: 'wrong' })).toMatchObject({ status: 401, json: { detail: expect.any(String) } });
		expect(await as(undefined, 'POST /jwt-refresh/', { refresh: null })).toMatchObject({ status: 400, json: { refresh: ['This field may not be null.'] } });
	});

	it('with a second factor wants its code', async () => {
		const { code, ...login } = simulator.info.mfa;
		expect(await logIn(login)).toMatchObject({ status: 401, json: { otp_token: ['Please enter your OTP token.'] } });
		expect(await logIn({ ...login, otp_token: '000000' })).toMatchObject({ status: 401, json: { otp_token: [expect.any(String)] } });
		expect((await logIn({ ...login, otp_token: code })).status).toBe(200);
	});

	it('a wrong key, and no header, are refused', async () => {
		expect((await as(undefined, 'GET /user/')).status).toBe(401);
		// the first generation's word
		expect((await as(`GENCOVE-API-KEY ${simulator.info.apiKey}`, 'GET /user/')).status).toBe(401);
		expect((await as('Api-Key wrong', 'GET /user/')).status).toBe(401);
		await control('POST /settings', { wrongKeyStatus: 403 });
		expect((await as('Api-Key wrong', 'GET /user/')).status).toBe(403);
	});
});

describe('requests', () => {
	it('slashes count', async () => {
		for (const line of ['GET /projects', 'GET /user', `GET /projects/${projects.human}/`, 'GET /pipelines/', 'GET /nothing/']) expect(await refused(line)).toEqual([404, { detail: 'Not found.' }]);
	});

	it('a wrong verb is told the right ones', async () => {
		const { status, json, headers } = await api('PUT /projects/');
		expect([status, json, headers.get('allow')]).toEqual([405, { detail: 'Method "PUT" not allowed.' }, 'GET, POST, HEAD, OPTIONS']);
	});

	it('bodies are JSON', async () => {
		const headers = { authorization: `Api-Key ${simulator.info.apiKey}` };
		const at = async (body: string, type: string) => await send(`${simulator.info.url}/api/v2`, 'POST /projects/', { body, headers: { ...headers, 'content-type': type } });
		expect(await at('{"name": ', 'application/json')).toMatchObject({ status: 400, json: { detail: expect.stringMatching('^JSON parse error') } });
		expect(await at('name=x', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415, json: { detail: expect.stringMatching('^Unsupported media type') } });
		expect((await at('[]', 'application/json')).json).toEqual({ non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] });
	});

	it.each<[string, object, object]>([
		['POST /projects/', { name: 'x'.repeat(255), pipeline_capabilities: 'no-id' }, { name: ['Ensure this field has no more than 254 characters.'], pipeline_capabilities: ['Must be a valid UUID.'] }],
		['POST /projects/', { name: null, pipeline_capabilities: 7 }, { name: ['This field may not be null.'], pipeline_capabilities: ['Must be a valid UUID.'] }],
		['POST /projects-hide/', { project_ids: 'x' }, { project_ids: ['Expected a list of items but got type "str".'] }],
		['POST /projects-hide/', { project_ids: [] }, { project_ids: ['This list may not be empty.'] }],
		['POST /projects-hide/', { project_ids: [UNKNOWN, 'x'] }, { project_ids: { 1: ['Must be a valid UUID.'] } }],
		['POST /uploads-post-data/', { destination_path: 's3://x/y.fastq.gz' }, { destination_path: ['Destination path must start with gncv://'] }],
		['POST /uploads-url/', { destination_path: 'gncv://x/a_R1.fastq.gz', source_url: 'ftp://x' }, { source_url: ['Enter a valid URL.'] }],
		['POST /s3-uri-import/', { project_id: UNKNOWN, s3_uri: 's3://bucket/x', input_format: 'bam' }, { input_format: ['"bam" is not a valid choice.'] }],
		['POST /explorer-access-url/', { id: UNKNOWN, access_token_expiration: 86_401 }, { access_token_expiration: ['Ensure this value is less than or equal to 86400.'] }],
		['POST /explorer-instances-inactivity-stop/', { instance_ids: [UNKNOWN] }, { stop_after_inactivity_hours: REQUIRED }],
		['POST /project-samples-import/', { samples: [{ sample_id: UNKNOWN }, {}] }, { project_id: REQUIRED, samples: [{}, { sample_id: REQUIRED }] }],
	])('%s %j is refused', async (line, body, errors) => {
		expect(await refused(line, body)).toEqual([400, errors]);
	});

	it('a project that there is not: 404, a list of texts, or 403', async () => {
		const body = { sample_ids: [samples.succeeded] };
		const form = new FormData();
		form.append('sample_manifest', new Blob(['x']), 'x.csv');
		const manifest = await send(`${simulator.info.url}/api/v2`, `POST /project-sample-manifests/${UNKNOWN}`, { body: form, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
		const noProject = ['Project does not exist or you do not have privileges to access it.'];
		expect([manifest.status, manifest.json]).toEqual([400, noProject]);
		expect(await refused('POST /project-samples-import/', { project_id: UNKNOWN, samples: [] })).toEqual([400, noProject]);
		for (const line of ['GET /projects/', 'GET /project-samples/', 'GET /project-batches/', 'GET /project-merge-vcfs/', 'GET /project-sample-manifests/', 'GET /project-qc-report/']) expect((await api(line + UNKNOWN)).status).toBe(404);
		for (const verb of ['hide', 'unhide', 'cancel', 'restore']) expect((await api(`POST /project-${verb}-samples/${UNKNOWN}`, body)).status).toBe(403);
		expect((await api('DELETE /projects-delete/', { project_ids: [UNKNOWN] })).status).toBe(403);
	});

	it('the journal holds no secrets', async () => {
		await as(undefined, 'POST /jwt-create/', { email: simulator.info.email, password: simulator.info.password });
		await api('POST /upload-credentials/', {});
		expect(JSON.stringify(simulator.journal.since())).not.toMatch(/simulated-password|simulated-gencove-api-key/);
		expect(simulator.journal.since().entries.map(({ route }) => route)).toEqual(['POST /api/v2/jwt-create/', 'POST /api/v2/upload-credentials/']);
	});
});

describe('lists', () => {
	it('have links with their parameters in order, and no offset in the link to the beginning', async () => {
		const base = `${simulator.info.url}/api/v2/project-samples/${projects.cattle}`;
		const meta = async (query: string) => (await result(`GET /project-samples/${projects.cattle}?${query}`)).meta;
		expect(await meta('sort_order=asc&status=all&limit=200&offset=0')).toEqual({ count: 450, next: `${base}?limit=200&offset=200&sort_order=asc&status=all`, previous: null });
		expect(await meta('status=all&offset=200&limit=200')).toEqual({ count: 450, next: `${base}?limit=200&offset=400&status=all`, previous: `${base}?limit=200&status=all` });
		expect(await meta('limit=200&offset=400')).toEqual({ count: 450, next: null, previous: `${base}?limit=200&offset=200` });
		expect(await meta('limit=1000')).toMatchObject({ next: `${base}?limit=200&offset=200` });
	});

	it('of samples are filtered', async () => {
		const human = async (query: string) => (await clientIds(`GET /project-samples/${projects.human}?sort_by=client_id&sort_order=asc&${query}`)).map((id: string) => id.replace('PILOT-', ''));
		expect(await human('status=failed')).toEqual(['FAILED', 'FAILED-QC']);
		expect(await human('status=running')).toEqual(['RUNNING']);
		expect(await human('status=completed&search=canc')).toEqual(['CANCELED']);
		expect(await human('archive_status=archived')).toEqual(['ARCHIVED']);
		expect(await human('hidden_status=hidden')).toEqual(['HIDDEN']);
		expect(await human('hidden_status=all')).toHaveLength(9);
		expect(await human(`search=${samples.failedQc}`)).toEqual(['FAILED-QC']);
		// what is not known counts as absent
		expect(await human('status=unheard&archive_status=unknown&more=1')).toHaveLength(8);
		const { created } = await result(`GET /samples/${samples.running}`);
		expect(await human(`created_after=${created}&created_before=${created}`)).toEqual(['RUNNING']);
	});

	it('of projects are filtered and sorted', async () => {
		const names = async (query: string) => (await result(`GET /projects/?${query}`)).results.map(({ name }: { name: string }) => name);
		expect(await names('sort_by=sample_count')).toEqual(['Cattle 2026', 'Human pilot', 'Maize trial']);
		expect(await names('sort_by=name&sort_order=asc&hidden_status=all')).toEqual(['Cats, finished', 'Cattle 2026', 'Human pilot', 'Maize trial']);
		expect(await names('status=running')).toEqual(['Human pilot']);
		expect(await names('search=TRIAL')).toEqual(['Maize trial']);
	});

	it('of capabilities hold all ids that were asked for', async () => {
		const ids = (await result('GET /pipeline-capabilities/')).results.map(({ id }: { id: string }) => id);
		expect((await result(`GET /pipeline-capabilities/?search=${ids[3]},${ids[1]}`)).results).toHaveLength(2);
	});
});

describe('projects', () => {
	it('are made and changed', async () => {
		const [cow, human] = (await result('GET /pipeline-capabilities/')).results;
		const made = await result('POST /projects/', { name: ' New ', pipeline_capabilities: cow.id, project_modifications: [{ key: 'loo', value: true }, { key: 'unheard', value: true }], unheard: 1 });
		expect(made).toMatchObject({ name: 'New', pipeline_capabilities: cow.id, sample_count: 0, webhook_url: '', project_modifications: [{ key: 'soft_qc', value: false }, { key: 'loo', value: true }, { key: 'downsample_to_bases_max', value: true }] });
		expect(await result(`PATCH /projects/${made.id}`, { description: 'x', pipeline_capabilities: human.id })).toMatchObject({ name: 'New', description: 'x', pipeline_capabilities: human.id, files: [], project_modifications: [{}, { key: 'loo', value: true }, {}] });
		expect(await refused(`PATCH /projects/${made.id}`, { pipeline_capabilities: UNKNOWN })).toEqual([400, { pipeline_capabilities: expect.any(String) }]);
	});

	it('are deleted with all that is in them', async () => {
		await api('DELETE /projects-delete/', { project_ids: [projects.human] });
		expect((await api(`GET /samples/${samples.succeeded}`)).status).toBe(404);
	});
});

describe('samples', () => {
	it('wait, run, and succeed, with results', async () => {
		const id = await newSample('COW');
		expect(await statusOf(id)).toBe('waiting');
		await simulator.clock.advance(60 * SECOND);
		expect(await statusOf(id)).toBe('running');
		expect((await result(`GET /samples/${id}`)).files).toHaveLength(1);
		await simulator.clock.advance(300 * SECOND);
		expect(await result(`GET /samples/${id}`)).toMatchObject({ last_status: { status: 'succeeded' }, files: expect.arrayContaining([expect.objectContaining({ file_type: 'impute-vcf' })]) });
	});

	it.each([['qc-fails', 'failed qc', ['format']], ['analysis-fails', 'failed', []]])('with %s in their client id end as %s', async (name, status, failed_qc) => {
		const id = await newSample(name);
		await simulator.clock.advance(HOUR);
		expect((await result(`GET /project-samples/${projects.empty}`)).results).toMatchObject([{ id, last_status: { status }, failed_qc }]);
		expect((await result(`GET /samples/${id}`)).files).toHaveLength(1);
	});

	it('stay where they were put, canceled or by the control routes', async () => {
		const [canceled, held] = [await newSample('A'), await newSample('B')];
		expect(await result(`POST /project-cancel-samples/${projects.empty}`, { sample_ids: [canceled] })).toEqual({ message: '1 sample(s) analysis canceled successfully' });
		await control(`POST /samples/${held}`, { status: 'running', note: 'by hand' });
		await simulator.clock.advance(DAY);
		expect([await statusOf(canceled), await statusOf(held)]).toEqual(['canceled', 'running']);
		expect(await refused(`POST /project-cancel-samples/${projects.empty}`, { sample_ids: Array.from({ length: 21 }, () => held) })).toEqual([400, { sample_ids: ['Ensure this field has no more than 20 elements.'] }]);
		expect((await control(`GET /samples/${held}`)).json.history.map(({ status }: { status: string }) => status)).toEqual(['waiting', 'running']);
	});

	it('go to the archive after 30 days, come back when asked, and go again', async () => {
		const id = await newSample('COW');
		await simulator.clock.advance(HOUR);
		expect(await archiveOf(id)).toMatchObject({ status: 'available', created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/), transition_cutoff: null });
		await simulator.clock.advance(30 * DAY);
		const { files } = await result(`GET /samples/${id}`);
		expect(files.map(({ download_url }: { download_url: null }) => download_url)).toEqual(files.map(() => null));
		const group = await result(`POST /project-restore-samples/${projects.empty}`, { sample_ids: [] });
		expect(Object.keys(group)).toEqual(['restore_group_id', 'created']);
		expect(await archiveOf(id)).toMatchObject({ status: 'restore_requested' });
		await simulator.clock.advance(5 * HOUR);
		expect(await archiveOf(id)).toMatchObject({ status: 'restored', transition_cutoff: expect.any(String) });
		expect((await result(`GET /samples/${id}`)).files[0].download_url).toEqual(expect.any(String));
		await simulator.clock.advance(12 * DAY);
		expect(await archiveOf(id)).toMatchObject({ status: 'archived' });
	});

	it('may have no archive that the service tells of', async () => {
		await control(`POST /samples/${samples.succeeded}`, { archive_status: null });
		expect(await archiveOf(samples.succeeded)).toBeNull();
	});

	it('are imported to be analysed again, or copied as they are when they are a day old', async () => {
		await result('POST /project-samples-import/', { project_id: projects.empty, samples: [{ sample_id: samples.succeeded, client_id: 'again' }], metadata: { a: 1 } });
		await result('POST /project-samples-copy/', { project_id: projects.empty, samples: [{ sample_id: samples.failedQc }] });
		expect((await result(`GET /project-samples/${projects.empty}?sort_by=client_id&sort_order=asc`)).results).toMatchObject([{ client_id: 'PILOT-FAILED-QC', last_status: { status: 'failed qc' } }, { client_id: 'again', last_status: { status: 'waiting' } }]);
		const id = await newSample('new');
		await simulator.clock.advance(HOUR);
		const tooNew = [400, { samples: ['All samples must be available for at least 24 hours and in succeeded or failed_qc status.'] }];
		expect(await refused('POST /project-samples-copy/', { project_id: projects.human, samples: [{ sample_id: id }] })).toEqual(tooNew);
		await simulator.clock.advance(DAY);
		expect((await api('POST /project-samples-copy/', { project_id: projects.human, samples: [{ sample_id: id }] })).status).toBe(202);
		// the client's last list may be empty
		expect(await result('POST /project-samples-import/', { project_id: projects.human, samples: [] })).toEqual({ project_id: projects.human, samples: [], metadata: null });
		expect(await result(`POST /project-samples/${projects.human}`, { uploads: [] })).toEqual({ uploads: [], metadata: null });
	});

	it('have metadata of any kind', async () => {
		for (const metadata of [[1, { a: null }], 'text', 0, false, null]) {
			expect((await api(`POST /sample-metadata/${samples.succeeded}`, { metadata })).status).toBe(201);
			expect(await result(`GET /sample-metadata/${samples.succeeded}`)).toEqual({ metadata });
		}
	});
});

describe('webhooks', () => {
	it('tell once of samples that end together', async () => {
		const bodies: string[] = [];
		const receiver = createServer((request, response) => {
			void request.toArray().then((pieces) => {
				bodies.push(Buffer.concat(pieces).toString());
				response.end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const target = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
		await result(`POST /project-subscriptions/${projects.empty}`, { target, event_types: ['analysis_complete_v2', 'samples_restored', 'batch_final_report_complete_v2'] });
		await result('POST /basespace-projects-import/', { project_id: projects.empty, basespace_project_ids: ['400100200'], metadata: null });
		await simulator.clock.advance(HOUR);
		const [[event]] = bodies.map((body) => JSON.parse(body));
		expect(event).toMatchObject({ event_type: 'analysis_complete_v2', payload: { project: { id: projects.empty }, samples: [{ client_id: 'BS-COW-1', last_status: { status: 'succeeded' } }, {}, {}] } });
		await simulator.clock.advance(30 * DAY);
		await result(`POST /project-restore-samples/${projects.empty}`, { sample_ids: [event.payload.samples[0].id] });
		await simulator.clock.advance(5 * HOUR);
		receiver.close();
		expect(bodies.map((body) => JSON.parse(body)[0]).map(({ event_type, payload }) => [event_type, payload.samples.length])).toEqual([['analysis_complete_v2', 3], ['samples_restored', 1]]);
	});
});

describe('batches and merged VCFs', () => {
	it('batches of many samples are several, and some fail', async () => {
		const made = await result(`POST /project-batches/${projects.cattle}`, { name: 'batch-fails', batch_type: 'illuminahd', sample_ids: [] });
		expect(made).toMatchObject({ meta: { count: 2 }, results: [{ last_status: { status: 'queued' } }, {}] });
		expect([Object.keys(made.meta), Object.keys(made.results[0])]).toEqual([['count'], ['id', 'name', 'batch_type', 'last_status']]);
		await simulator.clock.advance(30 * SECOND);
		expect(await result(`GET /batches/${made.results[0].id}`)).toMatchObject({ last_status: { status: 'running' }, files: [], sample_ids: expect.any(Array) });
		await simulator.clock.advance(HOUR);
		expect(await result(`GET /batches/${made.results[0].id}`)).toMatchObject({ last_status: { status: 'failed' }, files: [] });
		expect(await refused(`POST /project-batches/${projects.cattle}`, { name: 'x', batch_type: 'illuminahd', sample_ids: [samples.succeeded] })).toEqual([400, { sample_ids: ['All sample ids must be part of the current project.'] }]);
	});

	it('a merged VCF is out of date when another sample has finished', async () => {
		const line = `project-merge-vcfs/${projects.human}`;
		expect((await api(`GET /${line}`)).status).toBe(404);
		await result(`POST /${line}`, {});
		await simulator.clock.advance(HOUR);
		expect(await result(`GET /${line}`)).toMatchObject({ last_status: { status: 'succeeded' }, up_to_date: true });
		expect((await result(`GET /projects/${projects.human}`)).files.at(-1)).toMatchObject({ file_type: 'impute-vcf-merged' });
		await control(`POST /samples/${samples.running}`, { status: 'succeeded' });
		expect(await result(`GET /${line}`)).toMatchObject({ up_to_date: false });
		await result(`POST /${line}`, {});
		await control(`POST /merged-vcfs/${projects.human}`, { status: 'failed' });
		await simulator.clock.advance(HOUR);
		expect(await result(`GET /${line}`)).toMatchObject({ last_status: { status: 'failed' } });
		const [{ id }] = (await result('GET /pipeline-capabilities/')).results.filter(({ merge_vcfs_enabled }: { merge_vcfs_enabled: boolean }) => !merge_vcfs_enabled);
		await result(`PATCH /projects/${projects.human}`, { pipeline_capabilities: id });
		for (const verb of ['GET', 'POST']) expect(await refused(`${verb} /${line}`)).toEqual([400, ['You attempted to merge VCFs for a project that cannot do that']]);
	});
});

describe('manifests', () => {
	const upload = async (name: string, content: string | Buffer, part = 'sample_manifest') => {
		const body = new FormData();
		body.append(part, new Blob([new Uint8Array(Buffer.from(content))]), name);
		const { status, json } = await send(`${simulator.info.url}/api/v2`, `POST /project-sample-manifests/${projects.empty}`, { body, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
		return [status, json];
	};
	const CSV = 'Plate ID,Well,Unique sample identifier\n,A1,cow-1\n"P, 1",B1,cow-2\n,C1,NTC\n,D1,NTC\n';
	const workbook = async (cells: string) =>
		await zipArchive({
			'xl/sharedStrings.xml': Buffer.from('<sst><si><t>Well</t></si><si><t>Unique sample identifier</t></si></sst>'),
			'xl/worksheets/sheet1.xml': Buffer.from(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="A2"/>${cells}</row></sheetData></worksheet>`),
		});

	it('are kept, newest first, and say which client ids are taken', async () => {
		expect(await upload('first.csv', CSV)).toEqual([201, {}]);
		expect(await upload('second.XLSX', await workbook('<c r="C2" t="inlineStr"><is><t>cow-3</t></is></c>'))).toEqual([201, {}]);
		const listed = await result(`GET /project-sample-manifests/${projects.empty}`);
		expect(listed).toMatchObject([{ file_name: 'second.XLSX' }, { file_name: 'first.csv', project: projects.empty, file: { file_type: 'sample_manifest-csv', size: CSV.length } }]);
		expect((await send(listed[1].file.download_url, 'GET ')).text).toBe(CSV);
		for (const id of ['cow-2', 'cow-3']) await newSample(id);
		await expect(newSample('cow-4')).rejects.toThrow('not in the sample manifest');
	});

	it.each<[string, string | Buffer, string]>([
		['x.txt', CSV, 'File extension'],
		['x.csv', '', 'The submitted file is empty.'],
		['x.csv', 'Well\nA1\n', 'is missing'],
		['x.csv', 'Unique sample identifier\n', 'no samples'],
		['x.csv', 'Unique sample identifier\na b\n', 'is not alphanumeric'],
		['x.csv', 'Unique sample identifier\na\na\n', 'is not unique'],
		['x.xlsx', CSV, 'cannot be read'],
	])('%s %j is refused', async (name, content, words) => {
		expect(await upload(name, content)).toEqual([400, { sample_manifest: [expect.stringMatching(words)] }]);
	});

	it('come in the right part', async () => {
		expect(await upload('x.csv', CSV, 'file')).toEqual([400, { sample_manifest: ['No file was submitted.'] }]);
		expect(simulator.journal.since().entries[0].body).toEqual([{ name: 'file', filename: 'x.csv', size: CSV.length }]);
	});
});

describe('uploads', () => {
	const slot = async (name: string) => await result('POST /uploads-post-data/', { destination_path: `gncv://x/${name}` });
	const sheet = async (query: string) => (await result(`GET /sample-sheet/?${query}`)).results.map(({ client_id, fastq }: { client_id: string; fastq: object }) => [client_id, ...Object.keys(fastq)]);
	async function arrivedAs(...names: string[]): Promise<void> {
		for (const name of names) await control(`POST /uploads/${(await slot(name)).id}`, { status: 'succeeded' });
	}

	it('one path is one upload', async () => {
		const first = await slot('a_R1.fastq.gz');
		expect(await slot('a_R1.fastq.gz')).toEqual(first);
		expect(first).toMatchObject({ s3: { object_name: `organization/${simulator.info.organizationId}/user/${simulator.info.userId}/uploads/${first.id}.fastq-r1` }, last_status: { status: 'started' } });
	});

	it('the status of a new one may come late', async () => {
		await control('POST /settings', { uploadStatusLate: true });
		expect([(await slot('a_R1.fastq.gz')).last_status, (await slot('a_R1.fastq.gz')).last_status.status]).toEqual([null, 'started']);
	});

	it('rows hold the reads of a client id in one folder, single ones have no r2', async () => {
		await arrivedAs('s1_R1.fastq.gz', 's1_R2.fastq.gz', 's10_R1_L001.fastq.gz', 'deep/s1_R1.fq.gz');
		await slot('not-there_R1.fastq.gz');
		expect(await sheet('sort_order=asc')).toEqual([['s1', 'r1', 'r2'], ['s10', 'r1'], ['s1', 'r1']]);
		// a prefix finds longer names too
		expect(await sheet('search=gncv://x/s1')).toHaveLength(2);
		expect(await sheet('search=gncv://x/s1_')).toHaveLength(1);
		expect(await sheet('status=SampleAssignmentStatus.UNASSIGNED')).toHaveLength(3);
		const rows = (await result('GET /sample-sheet/?search=gncv://x/s1_')).results;
		await result(`POST /project-samples/${projects.empty}`, { uploads: rows });
		expect([await sheet('status=assigned'), await sheet('status=unassigned'), await sheet('status=SampleAssignmentStatus.ALL')].map(({ length }) => length)).toEqual([1, 2, 3]);
	});

	it('what has not arrived is not assigned', async () => {
		const { id } = await slot('a_R1.fastq.gz');
		expect(await refused(`POST /project-samples/${projects.empty}`, { uploads: [{ client_id: 'a', fastq: { r1: { upload: id } } }] })).toEqual([400, { uploads: [expect.stringMatching(id)] }]);
	});
});

describe('files', () => {
	const first = async () => (await result(`GET /samples/${samples.succeeded}`)).files;
	const vcf = async () => (await first()).find(({ file_type }: { file_type: string }) => file_type === 'impute-vcf');
	const get = async (url: string, headers: Record<string, string> = {}) => await send(url, 'GET ', { headers });

	it.each([
		['bytes=0-9', 206, 10, 'bytes 0-9/100'],
		['bytes=90-', 206, 10, 'bytes 90-99/100'],
		['bytes=90-900', 206, 10, 'bytes 90-99/100'],
		['bytes=-5', 206, 5, 'bytes 95-99/100'],
		['bytes=0-1,3-4', 200, 100, null],
		['items=0-1', 200, 100, null],
	])('range %s', async (range, status, length, contentRange) => {
		const file = await vcf();
		await control(`POST /files/${file.id}`, { size: 100 });
		const { status: given, headers, bytes } = await get(file.download_url, { range });
		expect([given, bytes.length, headers.get('content-length'), headers.get('content-range'), headers.get('content-type')]).toEqual([status, length, String(length), contentRange, 'binary/octet-stream']);
		expect((await get(file.download_url, { range: 'bytes=100-' })).status).toBe(416);
	});

	it('addresses are good for an hour, for one file, and need no header', async () => {
		const [r1, r2] = await first();
		expect((await get(r1.download_url, { authorization: 'Api-Key wrong' })).status).toBe(200);
		expect((await get(r1.download_url.replace(r1.id, r2.id))).status).toBe(403);
		expect((await get(r1.download_url.split('?')[0])).status).toBe(403);
		await simulator.clock.advance(HOUR);
		const expired = await get(r1.download_url);
		expect([expired.status, expired.headers.get('content-type'), expired.text]).toEqual([403, 'application/xml', expect.stringMatching('Request has expired')]);
		expect((await get((await first())[0].download_url)).status).toBe(200);
	});

	it('addresses can be ended on demand, one or all', async () => {
		const [r1, r2] = await first();
		await control(`POST /files/${r1.id}`, { expired: true });
		expect([(await get(r1.download_url)).status, (await get(r2.download_url)).status]).toEqual([403, 200]);
		await control('POST /settings', { urlsExpired: true });
		expect((await get(r2.download_url)).status).toBe(403);
	});

	it('have names as the service gives them', async () => {
		const [r1] = await first();
		expect(new URL(r1.download_url).searchParams.get('response-content-disposition')).toBe(`attachment; filename=${samples.succeeded}_R1.fastq.gz`);
		expect((await get(r1.download_url)).headers.get('content-disposition')).toBe(`attachment; filename=${samples.succeeded}_R1.fastq.gz`);
	});

	it('checksums', async () => {
		const file = await vcf();
		const { headers, text } = await api(`GET /files/${file.id}.sha256?filename=x.vcf.gz`);
		expect([text, headers.get('content-type'), headers.get('content-disposition')]).toEqual([`${file.checksum_sha256} *x.vcf.gz\n`, 'text/html; charset=utf-8', 'attachment; filename="x.vcf.gz.sha256"']);
		expect(await refused(`GET /files/${(await first())[0].id}.sha256`)).toEqual([400, { detail: 'File does not have checksum.' }]);
		expect((await api(`GET /files/${UNKNOWN}.sha256`)).status).toBe(404);
	});
});

describe('reports', () => {
	it('are text/csv and nothing more, with quotes where they are needed', async () => {
		await control(`POST /samples/${samples.succeeded}`, { client_id: 'a,"b"' });
		const { headers, text } = await api(`GET /project-qc-report/${projects.human}?columns=client_id,status`);
		expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual(['text/csv', 'attachment; filename="project-qc-report.csv"']);
		expect(text.split('\n').slice(0, 3)).toEqual(['client_id,status', '"a,""b""",succeeded', 'PILOT-FAILED-QC,failed qc']);
	});

	it('of months: the last twelve, or those that were asked for', async () => {
		await send(simulator.info.control, 'POST /clock', { json: { hold: '2026-03-15T00:00:00Z' } });
		const rows = (await api('GET /organization-monthly-usage-report/')).text.trim().split('\n');
		expect([rows[1], rows.at(-1), rows.length]).toEqual(['2025,4,0,0', '2026,3,0,0', 13]);
		expect(await refused('GET /organization-monthly-usage-report/?from=2026-1&to=2026-02')).toEqual([400, { error: expect.any(String) }]);
	});
});

describe('imports', () => {
	it('autoimports are one for each source of a project', async () => {
		const body = { project_id: projects.empty, identifier: 'Herd', metadata: null };
		const first = await result('POST /basespace-projects-autoimport/', body);
		expect(first).toMatchObject({ action: 'create', metadata: null });
		expect(await result('POST /basespace-projects-autoimport/', { ...body, metadata: [1] })).toEqual({ id: first.id, metadata: [1], action: 'update' });
		expect((await result('GET /basespace-projects-autoimport/')).results).toEqual([{ id: first.id, project_id: projects.empty, identifier: 'Herd', metadata: [1] }]);
		expect((await api('POST /s3-uri-autoimport/', { project_id: UNKNOWN, s3_uri: 's3://bucket/x' })).status).toBe(403);
		expect(Object.keys(await result('POST /s3-uri-autoimport/', { project_id: projects.empty, s3_uri: 's3://bucket/x' }))).toEqual(['id', 'topic_arn']);
	});

	it('biosamples of several projects, by ids with commas between them', async () => {
		const [first, second] = (await result('GET /basespace-projects/')).results;
		expect((await result(`GET /basespace-project-biosamples/${first.basespace_id},${second.basespace_id}`)).meta.count).toBe(4);
		expect((await api('GET /basespace-project-biosamples/7')).status).toBe(404);
	});
});

describe('faults', () => {
	it.each([
		[{ kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: { detail: 'Request was throttled.' } }, 429],
		[{ kind: 'html', status: 500 }, 500],
		[{ kind: 'status', status: 403, body: { detail: 'x' } }, 403],
	] as const)('%j', async (fault, status) => {
		await send(simulator.info.control, 'POST /faults', { json: fault });
		const { status: given, headers } = await api('GET /user/');
		expect([given, headers.get('retry-after')]).toEqual([status, status === 429 ? '2' : null]);
		expect((await api('GET /user/')).status).toBe(200);
	});
});

it('a reset brings the seeds back', async () => {
	await newSample('A');
	await api('DELETE /projects-delete/', { project_ids: [projects.human] });
	await control('POST /settings', { urlsExpired: true });
	await send(simulator.info.control, 'POST /reset');
	expect((await result('GET /projects/?hidden_status=all')).meta.count).toBe(4);
	expect((await result('GET /sample-sheet/')).meta.count).toBe(0);
	expect((await control('GET /settings')).json).toMatchObject({ urlsExpired: false });
	expect((await result(`GET /project-samples/${projects.empty}`)).meta.count).toBe(0);
});
