import { start } from '../../simulators/genoex/simulator.mts';
import type { Running } from '../../simulators/genoex/simulator.mts';
import { ANIMALS, Client, EVERYTHING, formOf, rowsOf, unzipped, VERSION, zipped } from './genoex.mts';
import { send } from './http.mts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

// at the provider's own pace nothing moves unless a test moves the clock
const EXTRACTION = 30_000;
const UPLOAD = 120_000;

let simulator: Running;
let client: Client;
let colleague: Client;
let orgb: Client;
let orgc: Client;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	const { info } = simulator;
	[client, colleague] = [new Client(info), new Client(info, info.colleague)];
	[orgb, orgc] = info.others.map((login) => new Client(info, login));
});
afterAll(async () => await simulator.close());
beforeEach(async () => await control('POST /reset'));

const control = async (line: string, json?: unknown) => await send(simulator.info.control, line, { json });
const settings = async (json: object) => expect((await control('POST /genoex/settings', json)).status).toBe(200);

const MANY = ['gde_get_parameters', 'gde_submission', 'gde_job_status', 'gde_extraction', 'gde_download', 'gde_download_711'];

async function finishedExtraction(filters: object = {}, by = client): Promise<string> {
	const { job_id } = await by.values('gde_extraction', { ...EVERYTHING, ...filters });
	await simulator.clock.advance(EXTRACTION);
	return job_id;
}

/** The last two digits of the UUIDs that an extraction has: the number of the seeded genotype. */
async function extracted(filters: object = {}, by = client): Promise<string> {
	const { bytes } = await by.post('gde_download', { job_id: await finishedExtraction(filters, by) });
	return rowsOf((await unzipped(bytes))['genotypes.csv']).map((row) => Number(row[6].slice(-2))).join(' ');
}

describe('the shape of a request', () => {
	it.each(MANY)('%s is a form only', async (call) => {
		const line = `POST /genoex/api/${call}`;
		const { username, password: pw } = simulator.info;
		const data = { parameters: { version: VERSION }, auth: { username, pw } };
		const refused = [200, { status: false, status_message: 'the request is not multipart/form-data' }];
		for (const answer of [
			await send(simulator.info.url, line, { json: data }),
			await send(simulator.info.url, line, { body: new URLSearchParams({ data: JSON.stringify(data) }) }),
			await send(simulator.info.url, line, { body: JSON.stringify(data) }),
			await send(simulator.info.url, line),
		]) {
			expect([answer.status, answer.json]).toEqual(refused);
		}
		for (const verb of ['GET', 'PUT', 'DELETE']) {
			const answer = await send(simulator.info.url, `${verb} /genoex/api/${call}`);
			expect([answer.status, answer.json]).toEqual([405, undefined]);
		}
		expect(await send(simulator.info.url, `POST /genoex/api/${call}/`, { body: formOf(client.data({})) })).toMatchObject({ status: 404, json: undefined });
	});

	it('an unknown call answers 404 with a page', async () => {
		const answer = await client.post('gde_logout');
		expect(answer).toMatchObject({ status: 404, json: undefined });
		expect(answer.headers.get('content-type')).toMatch('text/html');
	});

	const form = (...parts: Array<[string, string]>) => {
		const made = new FormData();
		for (const [name, value] of parts) made.append(name, value);
		return made;
	};
	it.each<[string, () => FormData]>([
		['without data', () => form(['other', 'x'])],
		['with data twice', () => form(['data', client.data({})], ['data', client.data({})])],
		['with another text', () => form(['data', client.data({})], ['user', 'x'])],
		['with data that is no JSON', () => form(['data', `${client.data({})}}`])],
		['with data that is a list', () => form(['data', '[]'])],
		['with data that is null', () => form(['data', 'null'])],
		['without parameters', () => form(['data', '{"auth":{}}'])],
		['with parameters that are a list', () => form(['data', '{"auth":{},"parameters":[]}'])],
		['without auth', () => form(['data', JSON.stringify({ parameters: { version: VERSION } })])],
		['with more in data', () => form(['data', client.data({}).replace('{', '{"more":1,')])],
		['with data as a file', () => {
			const made = new FormData();
			made.append('data', new Blob([client.data({})]), 'data.json');
			return made;
		}],
		['with data larger than 1 MiB', () => form(['data', client.data({ filling: 'x'.repeat(1 << 20) })])],
		['with a file', () => formOf(client.data({}), [['dataset_file', 'a.zip', 'x']])],
	])('a form %s is refused', async (_name, made) => {
		const { status, json } = await client.form('gde_get_parameters', made());
		expect([status, json]).toEqual([200, { status: false, status_message: expect.stringMatching(/data|file|parameter/) }]);
	});

	it('a call with a query is refused', async () => {
		expect((await client.post('gde_get_parameters?x=1')).json).toEqual({ status: false, status_message: 'a call has no query' });
	});

	it('a form that breaks off is refused', async () => {
		const broken = '--b\r\nContent-Disposition: form-data; name="data"\r\n\r\n{}';
		const answer = await send(simulator.info.url, 'POST /genoex/api/gde_get_parameters', { body: broken, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
		expect([answer.status, answer.json]).toEqual([200, { status: false, status_message: expect.any(String) }]);
	});

	it('the length must be told in strict mode', async () => {
		const request = (stream: boolean) => {
			const text = `--b\r\nContent-Disposition: form-data; name="data"\r\n\r\n${client.data({})}\r\n--b--\r\n`;
			const headers = { 'content-type': 'multipart/form-data; boundary=b' };
			const body = stream ? new Blob([text]).stream() : text;
			return fetch(`${simulator.info.url}/genoex/api/gde_get_parameters`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
		};
		expect((await request(true)).status).toBe(200);
		await settings({ lengthRequired: true });
		expect((await request(true)).status).toBe(411);
		expect((await request(false)).status).toBe(200);
	});
});

describe('the login', () => {
	it.each(MANY)('%s wants it', async (call) => {
		const wrong = 'user name or password is wrong';
		const { username, password } = simulator.info;
		for (const auth of [
			{ username, password: 'wrong' },
			{ username, password: '' },
			{ username, password: undefined as never },
			{ username: 'unknown@example.org', password },
			{ username: username.toUpperCase(), password },
			{ username, password: simulator.info.colleague.password },
		]) {
			expect(await new Client(simulator.info, auth).refused(call)).toBe(wrong);
		}
		const answer = await client.form(call, formOf(JSON.stringify({ parameters: { version: VERSION }, auth: { username, password } })));
		expect(answer.json.status_message).toBe(wrong);
		expect(answer.headers.get('set-cookie')).toBeNull();
	});

	it('has the awkward password', () => {
		expect(simulator.info.password.startsWith('p;w"ä\\')).toBe(true);
	});

	it.each<[unknown]>([[undefined], [220805], ['220804'], [''], [null]])('version %j is refused', async (version) => {
		expect(await client.refused('gde_get_parameters', { version })).toBe('the API version is missing or not supported');
	});

	it('takes the versions that are set', async () => {
		await settings({ versions: ['230101', VERSION] });
		await client.values('gde_get_parameters', { version: '230101' });
		await client.values('gde_get_parameters');
	});
});

describe('refusals', () => {
	it.each([200, 400, 401, 500])('with HTTP status %i', async (refusalStatus) => {
		await settings({ refusalStatus });
		const answer = await client.post('gde_job_status', { job_id: UNKNOWN });
		expect([answer.status, answer.json]).toEqual([refusalStatus, { status: false, status_message: 'the job is not known' }]);
		expect(answer.headers.get('content-type')).toMatch('application/json');
	});

	it.each(['gde_download', 'gde_download_711'])('of %s, called a zip', async (call) => {
		await settings({ zipTypeOnRefusal: true });
		const answer = await client.post(call);
		expect([answer.status, answer.headers.get('content-type'), answer.json.status]).toEqual([200, 'application/zip', false]);
		expect((await client.post('gde_job_status')).headers.get('content-type')).toMatch('application/json');
	});
});

describe('lists', () => {
	it('hold what the organisation may fetch', async () => {
		expect(await client.values('gde_get_parameters')).toEqual({
			breeds: ['BSW', 'HOL', 'JER', 'RDC'],
			countries: ['DEU', 'FRA', 'ITA', 'NLD', 'SWE', 'USA'],
			orgs: ['ORGA', 'ORGB'],
			gender: ['BOTH', 'F', 'M'],
			arrays: ['12_a', '20_b'],
		});
		expect(await orgc.values('gde_get_parameters')).toEqual({ breeds: ['BSW', 'GUE'], countries: ['AUS', 'ITA'], orgs: ['ORGA', 'ORGC'], gender: ['BOTH', 'F', 'M'], arrays: ['12_a', '20_b'] });
	});

	it('grow with what is seeded, and take no parameter', async () => {
		expect((await control('POST /genoex/seed', { genotypes: 3, snps: 7 })).json).toEqual({ array: '7_s' });
		expect((await client.values('gde_get_parameters')).arrays).toEqual(['12_a', '20_b', '7_s']);
		expect((await orgb.values('gde_get_parameters')).arrays).toEqual(['12_a', '20_b']);
		expect(await client.refused('gde_get_parameters', { breeds: [] })).toBe('the parameter breeds is not known here');
	});
});

describe('a job', () => {
	const statusOf = async (job_id: string, by = client) => await by.values('gde_job_status', { job_id });

	it('goes through its statuses, each with its time, and stays at the last', async () => {
		await control('POST /clock', { hold: '2026-03-01T12:00:00Z' });
		await settings({ intermediateStates: ['', 'pending?', 'FINISHED '], jobIds: 'counted' });
		const { job_id } = await client.values('gde_extraction', EVERYTHING);
		expect(job_id).toBe('00000000-0000-4000-9000-000000000001');
		const seen = [await statusOf(job_id)];
		for (let second = 0; second < 45; second += 5) {
			await simulator.clock.advance(5_000);
			seen.push(await statusOf(job_id));
		}
		expect(seen.map(({ job_status, status_time }) => `${job_status}|${status_time}`)).toEqual([
			'|2026-03-01 12:00:00',
			'|2026-03-01 12:00:00',
			...Array(2).fill('pending?|2026-03-01 12:00:10'),
			...Array(2).fill('FINISHED |2026-03-01 12:00:20'),
			...Array(4).fill('FINISHED|2026-03-01 12:00:30'),
		]);
		expect(seen[0]).toEqual({ job_id, job_status: '', status_time: '2026-03-01 12:00:00', error: '', error_list: [] });
		expect(seen[9]).toEqual({ job_id, job_status: 'FINISHED', status_time: '2026-03-01 12:00:30', error: '', error_list: [] });
	});

	it('moves by itself, in a hundredth of the time by default', async () => {
		const other = await start();
		const own = new Client(other.info);
		const { job_id } = await own.values('gde_extraction', EVERYTHING);
		expect(job_id).toMatch(UUID);
		const begin = Date.now();
		while ((await own.values('gde_job_status', { job_id })).job_status !== 'FINISHED') {
			if (Date.now() - begin > 5_000) throw new Error('the job does not end');
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect((await own.post('gde_job_status', { job_id })).json.status_message).toBe('GDE extraction');
		await other.close();
	});

	it('is known to the organisation only, to both logins of it', async () => {
		const job_id = await finishedExtraction();
		expect(await statusOf(job_id, colleague)).toMatchObject({ job_id, job_status: 'FINISHED' });
		expect((await colleague.post('gde_download', { job_id })).bytes.subarray(0, 2).toString()).toBe('PK');
		for (const call of ['gde_job_status', 'gde_download']) {
			expect(await orgb.refused(call, { job_id })).toBe('the job is not known');
			expect(await client.refused(call, { job_id: UNKNOWN })).toBe('the job is not known');
			expect(await client.refused(call, { job_id: 'no-uuid' })).toBe('the job is not known');
			expect(await client.refused(call, { job_id: 1 })).toBe('the parameter job_id must be a text');
			expect(await client.refused(call, {})).toBe('the parameter job_id is missing');
			expect(await client.refused(call, { job_id, more: 1 })).toBe('the parameter more is not known here');
		}
	});

	it('ends as it was told beforehand, the next one on its own', async () => {
		const outcomes = [{ status: 'FAILED', error: 'no', error_list: [{ line: 3 }, 'text'] }, { error: 'beware', error_list: ['one'] }];
		expect((await control('POST /genoex/outcomes', outcomes)).status).toBe(204);
		const ids = [await finishedExtraction(), await finishedExtraction(), await finishedExtraction()];
		expect(await Promise.all(ids.map(async (id) => await statusOf(id)))).toMatchObject([
			{ job_status: 'FAILED', error: 'no', error_list: [{ line: 3 }, 'text'] },
			{ job_status: 'FINISHED', error: 'beware', error_list: ['one'] },
			{ job_status: 'FINISHED', error: '', error_list: [] },
		]);
		expect(await client.refused('gde_download', { job_id: ids[0] })).toBe('the job is no finished extraction');
		expect((await client.post('gde_download', { job_id: ids[1] })).bytes.subarray(0, 2).toString()).toBe('PK');
	});

	it('is listed for tests, with all statuses', async () => {
		const id = await finishedExtraction();
		expect((await control('GET /genoex/jobs')).json).toMatchObject([
			{ id, kind: 'extraction', organization: 'ORGA', history: [{ status: 'WAITING' }, { status: 'RUNNING' }, { status: 'FINISHED' }], outcome: { status: 'FINISHED' }, result_size: expect.any(Number) },
		]);
	});
});

describe('filters of an extraction', () => {
	it.each<[object, string]>([
		[{}, '1 2 3 4 5 6 7'],
		[{ breeds: ['BSW'] }, '1 2'],
		[{ breeds: ['JER', 'RDC'] }, '5 7'],
		[{ countries: ['NLD', 'FRA'] }, '3 6'],
		[{ countries: ['840'] }, '5'],
		[{ gender: 'F' }, '3 5 6'],
		[{ gender: 'M' }, '1 2 4 7'],
		[{ arrays: ['20_b'] }, '2 4 7'],
		[{ orgs: ['ORGB'] }, '6 7'],
		[{ orgs: ['ORGC'] }, ''],
		[{ breeds: ['HOL'], gender: 'F', orgs: ['ORGA'] }, '3'],
		[{ breeds: ['GUE'] }, ''],
		[{ date_start: '2025-03-03', date_end: '2025-03-05' }, '3 4 5'],
		[{ date_start: '2025-03-04', date_end: '2025-03-04' }, '4'],
		[{ extraction_type: 'b' }, '1 3 4 5 6 7'],
		[{ extraction_type: 'b', arrays: ['20_b'] }, '2 4 7'],
	])('%j', async (filters, expected) => {
		expect(await extracted(filters)).toBe(expected);
	});

	// the table of the contract, section 5
	it.each<[string | null, string]>([
		[null, '1 2 3 4 5 6 7'],
		['', '1 2 6 7'],
		['frequency,pedigree,call_rate', '1 2 6 7'],
		['pedigree', '1 2 3 5 6 7'],
		['frequency', '1 2 4 5 6 7'],
		['call_rate', '1 2 3 4 6 7'],
		['pedigree,call_rate', '1 2 3 6 7'],
	])('quality_criteria %j', async (quality_criteria, expected) => {
		expect(await extracted({ quality_criteria })).toBe(expected);
	});

	it.each(Object.keys(EVERYTHING))('%s is needed', async (name) => {
		const { [name as 'breeds']: _left, ...others } = EVERYTHING;
		expect(await client.refused('gde_extraction', others)).toBe(`the parameter ${name} is missing`);
	});

	it.each<[string, unknown]>([
		['breeds', null], ['breeds', 'HOL'], ['breeds', ['XXX']], ['breeds', [null]],
		['countries', ['ZZZ']], ['countries', {}],
		['arrays', ['54609_a']], ['arrays', ['13_a']],
		['orgs', ['ORGX']],
		['gender', ''], ['gender', 'f'], ['gender', null], ['gender', ['F']],
		['extraction_type', ''], ['extraction_type', 'c'],
		['date_start', null], ['date_start', ''], ['date_start', '2025-02-30'], ['date_start', '2025-3-1'], ['date_start', '2025-03-01T00:00:00Z'], ['date_end', '01.03.2025'],
		['quality_criteria', 'pedigree, call_rate'], ['quality_criteria', 'quality'], ['quality_criteria', ['pedigree']], ['quality_criteria', 'pedigree,'], ['quality_criteria', false],
	])('%s may not be %j', async (name, value) => {
		expect(await client.refused('gde_extraction', { ...EVERYTHING, [name]: value })).toMatch(`the parameter ${name} must be`);
	});

	it('the dates must be in order, and nothing else may come', async () => {
		expect(await client.refused('gde_extraction', { ...EVERYTHING, date_start: '2025-02-02', date_end: '2025-02-01' })).toBe('date_start is after date_end');
		expect(await client.refused('gde_extraction', { ...EVERYTHING, limit: 1 })).toBe('the parameter limit is not known here');
		expect((await control('GET /genoex/jobs')).json).toEqual([]);
	});

	it('an array is named by its alias', async () => {
		expect(await extracted({ arrays: ['Sim BovineSNP50'] })).toBe('');
	});
});

describe('downloads', () => {
	it('are the same bytes each time, whatever came meanwhile', async () => {
		const job_id = await finishedExtraction();
		const first = await client.post('gde_download', { job_id });
		await control('POST /genoex/seed', { genotypes: 2, snps: 4 });
		const second = await client.post('gde_download', { job_id });
		expect([first.status, first.headers.get('content-type'), first.headers.get('content-length')]).toEqual([200, 'application/zip', String(first.bytes.length)]);
		expect(first.headers.get('content-disposition')).toBeNull();
		expect(second.bytes.equals(first.bytes)).toBe(true);
		const files = await unzipped(first.bytes);
		expect(Object.keys(files)).toEqual(['genotypes.csv']);
		expect(files['genotypes.csv'].split('\n')[0]).toBe('706;BSW;ITA;M;000000T00001;ORGA;00000000-0000-4000-8000-000000000001;Sim Lab;S0001;;12_a;012012210210');
	});

	it('are the same in another simulator', async () => {
		const other = await start({ pace: 1 });
		const own = new Client(other.info);
		const { job_id } = await own.values('gde_extraction', EVERYTHING);
		await other.clock.advance(EXTRACTION);
		const there = await own.post('gde_download', { job_id });
		await other.close();
		expect((await client.post('gde_download', { job_id: await finishedExtraction() })).bytes.equals(there.bytes)).toBe(true);
	});

	it('are envelopes before the end, and of jobs that are no extraction', async () => {
		const { job_id } = await client.values('gde_extraction', EVERYTHING);
		expect(await client.refused('gde_download', { job_id })).toBe('the job is no finished extraction');
		const upload = await client.values('gde_submission', {}, [['access_file', 'a.zip', await zipped('711_file.csv', '')]]);
		await simulator.clock.advance(UPLOAD);
		expect(await client.refused('gde_download', { job_id: upload.job_id })).toBe('the job is no finished extraction');
	});

	it('have a file of no lines where nothing fits', async () => {
		const { bytes } = await client.post('gde_download', { job_id: await finishedExtraction({ orgs: ['ORGC'] }) });
		expect(await unzipped(bytes)).toEqual({ 'genotypes.csv': '' });
	});

	it('have the header that is set', async () => {
		await settings({ contentDisposition: 'attachment; filename="../a.zip"' });
		expect((await client.post('gde_download_711', ANIMALS)).headers.get('content-disposition')).toBe('attachment; filename="../a.zip"');
	});

	it('of synthetic genotypes are made when they are wanted', async () => {
		await control('POST /genoex/seed', { genotypes: 1000, snps: 5000 });
		const { bytes } = await client.post('gde_download', { job_id: await finishedExtraction({ arrays: ['5000_s'] }) });
		const rows = rowsOf((await unzipped(bytes))['genotypes.csv']);
		expect(rows).toHaveLength(1000);
		expect(new Set(rows.map((row) => row[6])).size).toBe(1000);
		expect(rows.every((row) => /^[0125]{5000}$/.test(row[11]))).toBe(true);
	});
});

describe('sharing permissions (711)', () => {
	const rows = async (filters: object = {}, by = client) => rowsOf((await unzipped((await by.post('gde_download_711', { ...ANIMALS, ...filters })).bytes))['711_file.csv']);

	it('are those of the own genotypes', async () => {
		expect((await rows()).map((row) => row.join(';'))).toEqual([
			'711;BSW;ITA;M;000000T00001;00000000-0000-4000-8000-000000000001;ORGB',
			'711;BSW;ITA;M;000000T00001;00000000-0000-4000-8000-000000000002;ORGB,ORGC',
			'711;HOL;NLD;F;000000T00002;00000000-0000-4000-8000-000000000003;',
			'711;HOL;DEU;M;000000T00003;00000000-0000-4000-8000-000000000004;',
			'711;JER;USA;F;000000T00004;00000000-0000-4000-8000-000000000005;',
		]);
		expect((await rows({}, orgc)).map((row) => row[1])).toEqual(['GUE']);
	});

	it.each<[object, number]>([[{ breeds: ['HOL'] }, 2], [{ countries: ['ITA', 'USA'] }, 3], [{ gender: 'F' }, 2], [{ arrays: ['20_b'] }, 2], [{ breeds: ['SIM'] }, 0]])('filtered by %j', async (filters, count) => {
		expect(await rows(filters)).toHaveLength(count);
	});

	it.each(Object.keys(ANIMALS))('%s is needed', async (name) => {
		const { [name as 'breeds']: _left, ...others } = ANIMALS;
		expect(await client.refused('gde_download_711', others)).toBe(`the parameter ${name} is missing`);
	});

	it('ignore the other filters, or refuse them in strict mode', async () => {
		expect(await rows({ quality_criteria: 'pedigree', orgs: ['ORGB'], extraction_type: 'b' })).toHaveLength(5);
		await settings({ accessStrict: true });
		expect(await client.refused('gde_download_711', { ...ANIMALS, orgs: [] })).toBe('the parameter orgs is not known here');
		expect(await rows()).toHaveLength(5);
		await settings({ accessStrict: false });
		expect(await client.refused('gde_download_711', { ...ANIMALS, other: 1 })).toBe('the parameter other is not known here');
	});

	it('take as long as is set', async () => {
		await settings({ accessDelay: 150 });
		const before = performance.now();
		await rows();
		expect(performance.now() - before).toBeGreaterThan(145);
	});
});

describe('organisations', () => {
	it('fetch what is theirs or shared with them', async () => {
		expect(await extracted({}, client)).toBe('1 2 3 4 5 6 7');
		expect(await extracted({}, colleague)).toBe('1 2 3 4 5 6 7');
		expect(await extracted({}, orgb)).toBe('1 2 6 7');
		expect(await extracted({}, orgc)).toBe('2 8');
	});

	it('share with others by a 711 upload, from then on', async () => {
		const row = (organizations: string) => `711;GUE;AUS;F;000000T00007;00000000-0000-4000-8000-000000000008;${organizations}\n`;
		const share = async (organizations: string) => {
			await orgc.values('gde_submission', {}, [['access_file', 'a.zip', await zipped('711_file.csv', row(organizations))]]);
			await simulator.clock.advance(UPLOAD);
		};
		await share('ORGA,ORGB');
		expect((await client.values('gde_get_parameters')).breeds).toContain('GUE');
		expect(await extracted()).toBe('1 2 3 4 5 6 7 8');
		expect(await extracted({ orgs: ['ORGC'] }, orgb)).toBe('8');
		await share('');
		expect((await client.values('gde_get_parameters')).breeds).not.toContain('GUE');
		expect(await extracted()).toBe('1 2 3 4 5 6 7');
	});
});

describe('control', () => {
	it('resets state, settings, outcomes and clock', async () => {
		await control('POST /genoex/seed', { genotypes: 1, snps: 3 });
		await settings({ refusalStatus: 500, jobIds: 'counted' });
		await control('POST /genoex/outcomes', [{ status: 'FAILED' }]);
		await control('POST /clock', { hold: '2026-03-01T12:00:00Z' });
		await client.values('gde_extraction', EVERYTHING);
		await control('POST /reset');
		expect((await control('GET /genoex/settings')).json).toMatchObject({ refusalStatus: 200, jobIds: 'random' });
		expect((await control('GET /genoex/jobs')).json).toEqual([]);
		expect(Math.abs(Date.parse((await control('GET /clock')).json.now) - Date.now())).toBeLessThan(1_000);
		expect(await extracted()).toBe('1 2 3 4 5 6 7');
	});

	it.each<[string, unknown]>([
		['settings', { refusalStatus: 404 }], ['settings', { unknown: 1 }], ['settings', { intermediateStates: [] }], ['settings', { intermediateStates: ['FINISHED'] }],
		['settings', { contentDisposition: 'a\r\nb: c' }], ['settings', { versions: [1] }],
		['outcomes', [{ status: 'RUNNING' }]], ['outcomes', {}], ['seed', { genotypes: 0, snps: 5 }], ['seed', { genotypes: 5 }],
	])('%s may not be %j', async (path, json) => {
		expect((await control(`POST /genoex/${path}`, json)).status).toBe(400);
	});

	it('settings of the start last', async () => {
		const other = await start({ settings: { refusalStatus: 401 } });
		await send(other.info.control, 'POST /genoex/settings', { json: { refusalStatus: 200 } });
		await send(other.info.control, 'POST /reset');
		expect((await new Client(other.info).post('gde_job_status')).status).toBe(401);
		await other.close();
	});

	it('a clock that is held moves by advance alone', async () => {
		expect((await control('POST /clock', { hold: '2026-03-01T12:00:00Z', advance: 1_500 })).json).toEqual({ now: '2026-03-01T12:00:01.500000Z' });
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect((await control('GET /clock')).json).toEqual({ now: '2026-03-01T12:00:01.500000Z' });
		for (const wrong of [{}, { hold: 'noon' }, { hold: '2026-03-01' }]) expect((await control('POST /clock', wrong)).status).toBe(400);
	});
});
