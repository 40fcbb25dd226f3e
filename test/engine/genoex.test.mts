import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { GenoExApi } from '../../credentials/GenoExApi.credentials.ts';
import { Bench } from './genoex.mts';

jest.setTimeout(30_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const GENOTYPES = [
	'706;BSW;ITA;M;000000T00101;ORGA;a8631bc5-d444-40d0-a8bc-ff9abef87172;Sim Lab;S0001;;12_a;012501210250',
	'706;HOL;NLD;F;000000T00102;ORGA;c4dad65a-56ff-470f-9ad5-c1ddd89c25f0;Sim Lab;Missing;;12_a;222115500012',
];
const PERMISSIONS = ['711;BSW;ITA;M;000000T00001;00000000-0000-4000-8000-000000000001;ORGB,ORGC'];
const ALL = { extractionType: 'a', quality: 'ignore' };

/** The records in the zip of an output item. */
async function recordsOf({ binary }: INodeExecutionData, format = '706'): Promise<IDataObject[]> {
	return await json('file', 'parse', { inputField: 'data', format, returnAll: true }, { items: [{ json: {}, binary }] });
}

describe('parameters', () => {
	it('gets all lists in one item, or one list with an item for each value', async () => {
		const [lists] = await json('parameter', 'get');
		expect(lists).toMatchObject({ breeds: expect.arrayContaining(['BSW']), orgs: expect.arrayContaining(['ORGA']), arrays: expect.any(Array), countries: expect.any(Array), gender: expect.any(Array) });
		expect(await json('parameter', 'get', { list: 'breeds' })).toEqual((lists.breeds as string[]).map((value) => ({ value })));
	});

	it('tells which list is missing', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: { status: true, status_message: 'ok', return_values: { breeds: [] } } });
		expect((await bench.run('parameter', 'get')).error?.message).toBe('GenoEx sent an incomplete answer: it has no "arrays", "countries", "gender", "orgs"');
	});
});

describe('a submission', () => {
	it('of both files is taken in by a job that is waited for, and its genotypes can be extracted', async () => {
		const genotypes = await bench.itemWithZip(GENOTYPES);
		const permissions = await bench.itemWithZip([PERMISSIONS[0].replace('000000T00001', '000000T00101').replace('00000000-0000-4000-8000-000000000001', 'a8631bc5-d444-40d0-a8bc-ff9abef87172')], '711_file.csv', 'permissions');
		const items = [{ json: {}, binary: { ...genotypes.binary, ...permissions.binary } }];
		const [job] = await json('submission', 'submit', { permissionsField: 'permissions', waitForCompletion: true }, { items });
		expect(job).toMatchObject({ job_status: 'FINISHED', finished: true, succeeded: true, error: null, error_list: [], access_file: 'permissions.zip', dataset_file: 'data.zip' });
		const [sent] = bench.sent('gde_submission');
		expect((sent.files as IDataObject[]).map(({ name, contentType }) => [name, contentType])).toEqual([['access_file', 'application/octet-stream'], ['dataset_file', 'application/octet-stream']]);
		expect(bench.pauses.slice(0, 2).every((pause) => pause === 5000 || pause === 60_000)).toBe(true);

		const { outputs } = await bench.run('extraction', 'extractAndWait', { ...ALL, breeds: ['BSW'] });
		const found = await recordsOf(outputs[0][0]);
		expect(found.map(({ uuid }) => uuid)).toContain('a8631bc5-d444-40d0-a8bc-ff9abef87172');
	});

	it('of permissions alone has exactly one file part', async () => {
		const items = [await bench.itemWithZip(PERMISSIONS, '711_file.csv', 'permissions')];
		const [answer] = await json('submission', 'submit', { genotypesField: '', permissionsField: 'permissions' }, { items });
		expect(answer.job_id).toEqual(expect.any(String));
		expect(bench.sent('gde_submission')[0].files).toHaveLength(1);
	});

	it('of nothing, of no zip, or of lines with faults is refused before anything is sent', async () => {
		const nothing = await bench.run('submission', 'submit', { genotypesField: '' });
		expect(nothing.error?.message).toBe('There is no file to submit');
		const text = await bench.run('submission', 'submit', {}, { items: [await bench.engine.itemWithFile(Buffer.from(GENOTYPES.join('\n')), 'genotypes.csv')] });
		expect(text.error?.message).toBe('"Genotypes Zip (706)" is not a zip');
		const faulty = await bench.run('submission', 'submit', {}, { items: [await bench.itemWithZip([GENOTYPES[0], GENOTYPES[1].replace('HOL', 'hol'), GENOTYPES[0]])] });
		expect(faulty.error?.message).toBe('"Genotypes Zip (706)" has faults (format 706); nothing was sent');
		expect(faulty.error?.description).toContain('Line 2: "Breed" is not 3 capital letters\nLine 3: "UUID" stands in an earlier line too');
		const named = await bench.run('submission', 'submit', {}, { items: [await bench.itemWithZip(GENOTYPES, 'other.csv')] });
		expect(named.error?.message).toBe('There is no genotypes.csv or 706_file.csv in "data.zip"');
		expect(bench.arrived()).toEqual([]);
	});

	it('without validation is judged by the job, whose list of errors is told', async () => {
		const items = [await bench.itemWithZip([GENOTYPES[0].replace('BSW', 'XXX')])];
		const { error } = await bench.run('submission', 'submit', { validate: false, waitForCompletion: true }, { items });
		expect(error?.message).toMatch(/^The job [0-9a-f-]{36} ended as "FAILED"$/);
		expect(error?.description).toMatch(/line 1/i);
		const [item] = await json('submission', 'submit', { validate: false, waitForCompletion: true, options: { onFailure: 'return' } }, { items });
		expect(item).toMatchObject({ job_status: 'FAILED', finished: true, succeeded: false, error_list: [expect.stringMatching(/line 1/i)] });
	});

	it('that GenoEx took in part fails with the job, unless the user wants to go on', async () => {
		const genotypes = await bench.itemWithZip(GENOTYPES);
		const broken = await bench.engine.itemWithFile(Buffer.from('no zip'), 'broken.zip');
		const items = [{ json: {}, binary: { ...genotypes.binary, permissions: broken.binary!.data } }];
		const parameters = { permissionsField: 'permissions', validate: false };
		const { error } = await bench.run('submission', 'submit', parameters, { items });
		expect(error?.message).toContain('GenoEx did not take every file. Sharing Permissions Zip (711):');
		expect(error?.description).toMatch(/^The job [0-9a-f-]{36} was started with the rest/);
		const [answer] = await json('submission', 'submit', { ...parameters, failOnPartialAcceptance: false }, { items });
		expect(answer.job_id).toEqual(expect.any(String));
	});

	it.each([null, {}, undefined])('that is answered without a job may have been taken in, and is not sent again (%j)', async (return_values) => {
		bench.simulator.faults.add({ path: 'gde_submission', kind: 'status', status: 200, body: { status: true, status_message: 'job started', return_values } });
		const { error } = await bench.run('submission', 'submit', {}, { items: [await bench.itemWithZip(GENOTYPES)], settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(error?.message).toBe('GenoEx sent an incomplete answer: it has no "job_id"');
		expect(error?.description).toContain('The job may have been started');
		expect(bench.arrived('gde_submission')).toHaveLength(1);
	});

	it('answered by a page of somebody else is told as one that may have been taken in', async () => {
		bench.simulator.faults.add({ path: 'gde_submission', kind: 'html', status: 200 });
		const { error } = await bench.run('submission', 'submit', {}, { items: [await bench.itemWithZip(GENOTYPES)] });
		expect(error?.description).toMatch(/It was not sent again. Look at the service whether it was done/);
	});

	it('is never sent twice, whatever comes back', async () => {
		const items = [await bench.itemWithZip(GENOTYPES)];
		for (const fault of [{ kind: 'status', status: 500 }, { kind: 'cut', after: true }, { kind: 'html', after: true }, { kind: 'status', status: 200, body: '{"status": tr', after: true }, { kind: 'truncate' }] as const) {
			await bench.reset();
			bench.simulator.faults.add({ path: 'gde_submission', ...fault });
			const { error } = await bench.run('submission', 'submit', {}, { items, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
			expect(error).toBeDefined();
			expect(bench.arrived('gde_submission')).toHaveLength(1);
		}
	});
});

describe('a job', () => {
	it('that failed is an item for Get Status, and an error for the wait', async () => {
		await bench.control('POST', 'outcomes', [{ status: 'FAILED', error: 'No genotypes', error_list: ['line 7: no such array'] }]);
		const [{ job_id: jobId }] = await json('extraction', 'start', ALL);
		await bench.simulator.clock.advance(60_000);
		expect(await json('job', 'getStatus', { jobId })).toMatchObject([{ job_id: jobId, job_status: 'FAILED', finished: true, succeeded: false, error: 'No genotypes' }]);
		const { error } = await bench.run('job', 'waitForCompletion', { jobId });
		expect(error?.message).toBe(`The job ${jobId} ended as "FAILED"`);
		expect(error?.description).toBe('No genotypes\nline 7: no such array');
	});

	it('goes on in every state that is not an end', async () => {
		await bench.control('POST', 'settings', { intermediateStates: ['PENDING?', '', 'finished soon', 'Failing'] });
		const [{ job_id: jobId }] = await json('extraction', 'start', ALL);
		expect(await json('job', 'waitForCompletion', { jobId })).toMatchObject([{ job_status: 'FINISHED', succeeded: true }]);
	});

	it('that has not ended in time is named, so that the user can go on', async () => {
		const [{ job_id: jobId }] = await json('extraction', 'start', ALL);
		const { error } = await bench.run('job', 'waitForCompletion', { jobId, options: { waitLimit: 0 } });
		expect(error?.message).toContain(String(jobId));
	});

	it('that is unknown is told in the service\'s words', async () => {
		const { error } = await bench.run('job', 'getStatus', { jobId: '3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b' });
		expect(error?.message).toMatch(/^GenoEx refused: ./);
		expect(bench.arrived('gde_job_status')).toHaveLength(1);
	});

	it('is looked at again where an answer is not the service\'s own', async () => {
		const [{ job_id: jobId }] = await json('extraction', 'start', ALL);
		bench.simulator.faults.add({ kind: 'html', status: 200, path: 'gde_job_status', times: 3 });
		expect(await json('job', 'waitForCompletion', { jobId })).toMatchObject([{ succeeded: true }]);
		bench.simulator.faults.add({ kind: 'html', status: 200, path: 'gde_job_status', times: 4 });
		const { error } = await bench.run('job', 'getStatus', { jobId });
		expect(error?.message).toBe('GenoEx sent an answer that is not known');
	});
});

describe('an extraction', () => {
	it('sends all nine filters always: lists, both sexes, best genotypes, two days and the three checks', async () => {
		await json('extraction', 'start');
		const [sent] = bench.sent('gde_extraction');
		expect(sent).toEqual(expect.objectContaining({ version: '220805', breeds: [], countries: [], arrays: [], orgs: [], gender: 'BOTH', extraction_type: 'b', date_start: '2000-01-01', quality_criteria: 'frequency,pedigree,call_rate' }));
		expect(sent.date_end).toMatch(/^\d{4}-\d\d-\d\d$/);
	});

	it('takes lists as arrays or with commas, days in the workflow\'s zone, and null for no checks', async () => {
		const filters = { uploadedFrom: '2026-03-01T23:30:00-05:00', uploadedUntil: '2026-03-02' };
		await json('extraction', 'start', { breeds: ' BSW, HOL,BSW', countries: ['ITA'], orgs: 'ORGA', arrays: ['12_a'], gender: 'F', extractionType: 'a', quality: 'ignore', filters }, { workflowSettings: { timezone: 'America/New_York' } });
		expect(bench.sent('gde_extraction')[0]).toEqual(expect.objectContaining({ breeds: ['BSW', 'HOL'], countries: ['ITA'], orgs: ['ORGA'], arrays: ['12_a'], gender: 'F', extraction_type: 'a', quality_criteria: null, date_start: '2026-03-01', date_end: '2026-03-02' }));
	});

	it('names the chosen checks in the service\'s order, and refuses none', async () => {
		await json('extraction', 'start', { quality: 'selected', checks: ['call_rate', 'pedigree'] });
		expect(bench.sent('gde_extraction')[0].quality_criteria).toBe('pedigree,call_rate');
		expect((await bench.run('extraction', 'start', { quality: 'selected' })).error?.message).toBe('"Checks to Pass" is empty');
		expect((await bench.run('extraction', 'start', { filters: { uploadedFrom: '2026-03-02', uploadedUntil: '2026-03-01' } })).error?.message).toBe('"Uploaded From" is after "Uploaded Until"');
		expect(bench.arrived('gde_extraction')).toHaveLength(1);
	});

	it('finds what the checks let pass', async () => {
		const found = async (parameters: IDataObject) => await recordsOf((await bench.run('extraction', 'extractAndWait', { extractionType: 'a', orgs: ['ORGA'], ...parameters })).outputs[0][0]);
		const [all, pedigree, ignored] = [await found({}), await found({ quality: 'selected', checks: ['pedigree'] }), await found({ quality: 'ignore' })];
		expect([all.length, pedigree.length, ignored.length]).toEqual([2, 4, 5]);
	});

	it('is waited for and downloaded for many items, each paired with its own', async () => {
		const items = ['BSW', 'HOL', 'JER'].map((breed): INodeExecutionData => ({ json: { breed } }));
		const { outputs, error } = await bench.run('extraction', 'extractAndWait', { ...ALL, breeds: '={{ $json.breed }}' }, { items });
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		for (const [i, item] of outputs[0].entries()) {
			expect(item.json).toMatchObject({ job_status: 'FINISHED', fileName: expect.stringMatching(/^genoex-706-.*\.zip$/), mimeType: 'application/zip' });
			expect(new Set((await recordsOf(item)).map(({ breed }) => breed))).toEqual(new Set([items[i].json.breed]));
		}
	});

	it('that is not ready, or was no extraction, is told in the service\'s words and gives no file', async () => {
		const [{ job_id: jobId }] = await json('extraction', 'start', ALL);
		for (const zipTypeOnRefusal of [false, true]) {
			await bench.control('POST', 'settings', { zipTypeOnRefusal });
			const { error, outputs } = await bench.run('extraction', 'download', { jobId });
			expect(error?.message).toMatch(/^GenoEx refused: ./);
			expect(outputs.flat()).toEqual([]);
		}
		await bench.control('POST', 'settings', { zipTypeOnRefusal: false });
		await bench.simulator.clock.advance(60_000);
		const { outputs } = await bench.run('extraction', 'download', { jobId });
		expect(await recordsOf(outputs[0][0])).not.toEqual([]);
	});

	it('whose download breaks off gives no file', async () => {
		const [{ job_id: jobId }] = await json('extraction', 'start', { ...ALL, waitForCompletion: true });
		bench.simulator.faults.add({ kind: 'truncate', path: 'gde_download', times: 4 });
		const { error, outputs } = await bench.run('extraction', 'download', { jobId });
		expect(error?.message).toMatch(/^The download /);
		expect(outputs.flat()).toEqual([]);
	});

	it('that ends well while its download fails is named, so that it can be downloaded', async () => {
		bench.simulator.faults.add({ kind: 'truncate', path: 'gde_download', times: 4 });
		const { error } = await bench.run('extraction', 'extractAndWait', ALL);
		expect(error?.message).toMatch(/^The job [0-9a-f-]{36} has ended well, but not all is done: The download /);
		expect(error?.description).toContain('instead of starting another one');
	});

	it('that cannot be looked at for a while is waited for all the same, and named when it stays so', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 503, path: 'gde_job_status', times: 8 });
		expect((await bench.run('extraction', 'extractAndWait', ALL)).outputs[0]).toHaveLength(1);
		bench.simulator.faults.add({ kind: 'status', status: 503, path: 'gde_job_status', times: 12 });
		const { outputs } = await bench.run('extraction', 'extractAndWait', ALL, { settings: { onError: 'continueRegularOutput' } });
		expect(outputs[0][0].json.error).toMatch(/^The job [0-9a-f-]{36} could not be followed to its end: GenoEx is not able to answer now/);
	});

	it('is downloaded once with Retry On Fail, though GenoEx sends an empty "error" along', async () => {
		const { outputs } = await bench.run('extraction', 'extractAndWait', ALL, { settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 } });
		expect(outputs[0][0].json.error).toBeNull();
		expect(bench.arrived('gde_download')).toHaveLength(1);
	});

	it('is a zip whatever its header says', async () => {
		const [{ job_id: jobId }] = await json('extraction', 'start', { ...ALL, waitForCompletion: true });
		await bench.control('POST', 'settings', { zipContentType: 'text/html' });
		const { outputs } = await bench.run('extraction', 'download', { jobId });
		expect(outputs[0][0].json.mimeType).toBe('application/zip');
	});
});

describe('the access file', () => {
	it('is selected by four filters and downloaded', async () => {
		const { outputs } = await bench.run('accessFile', 'download', { breeds: ['BSW'], countries: ['ITA'], gender: 'M' });
		expect(Object.keys(bench.sent('gde_download_711')[0]).filter((name) => name !== 'user').sort()).toEqual(['arrays', 'breeds', 'countries', 'gender', 'version']);
		expect(outputs[0][0].json.fileName).toMatch(/^genoex-711-\d{8}\.zip$/);
		const records = await recordsOf(outputs[0][0], '711');
		expect(records.length).toBeGreaterThan(0);
		expect(records[0]).toMatchObject({ record_type: '711', organizations: expect.any(Array) });
	});
});

it('reads one after the other, also with batches', async () => {
	const items = Array.from({ length: 6 }, () => ({ json: {} }));
	for (let i = 0; i < items.length; i++) bench.simulator.faults.add({ kind: 'delay', ms: 50, path: 'gde_get_parameters' });
	const begun = Date.now();
	await json('parameter', 'get', { options: { batching: { batch: { batchSize: 16 } } } }, { items });
	expect(Date.now() - begun).toBeGreaterThanOrEqual(6 * 50);
});

describe('an answer', () => {
	it.each([200, 400, 401, 500])('that refuses with status %i is told in the service\'s words', async (refusalStatus) => {
		await bench.control('POST', 'settings', { refusalStatus });
		const { error } = await bench.run('parameter', 'get', {}, { credential: bench.credential({ password: 'wrong-password' }) });
		expect(error?.message).toMatch(/^GenoEx refused: ./);
		expect(error?.description).toContain('password in the credential');
	});

	it('of another address is not followed', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 307, headers: { location: `${bench.simulator.info.url}/elsewhere` } });
		const { error } = await bench.run('parameter', 'get');
		expect(error?.message).toBe('GenoEx points to another address');
		expect(bench.arrived()).toHaveLength(1);
	});

	it('is not asked for at an address without encryption', async () => {
		const { error } = await bench.run('parameter', 'get', {}, { credential: bench.credential({ url: 'http://genoex.example.org' }) });
		expect(error?.message).toBe('The base URL is not usable');
		await expect(new GenoExApi().authenticate({ ...bench.credential().data, url: 'http://genoex.example.org' }, { url: 'http://genoex.example.org/genoex/api/gde_get_parameters' })).rejects.toThrow('The base URL is not usable');
	});

	it('may come from a base URL in three spellings', async () => {
		const { url } = bench.simulator.info;
		for (const spelling of [url, `${url}/`, `${url}/genoex/api/`]) expect(await json('parameter', 'get', {}, { credential: bench.credential({ url: spelling }) })).toHaveLength(1);
	});
});
