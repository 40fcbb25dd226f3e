import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

jest.setTimeout(30_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const ofCohort = { legacyProjectId: byId('101') };

const sent = (call: string) => bench.legacyArrived(call).map(({ body }) => body as IDataObject);

describe('the legacy credential', () => {
	it('is checked, and the one of today is not used in its place', async () => {
		expect(await json('legacy', 'checkApiKey')).toEqual([{ message: expect.stringContaining('Welcome'), message_details: 'The API key is good.' }]);
		expect(bench.legacyArrived('GET /welcome-api-key')).toMatchObject([{ authorized: true }]);
		const { error } = await bench.run('legacy', 'checkApiKey', {}, { credential: bench.legacyCredential({ apiKey: 'wrong-key' }) });
		expect(error?.message).toBe('Gencove Legacy did not accept the credential: You are not authorized. The API key or token is missing, unknown or expired.');
	});

	it('needs an address', async () => {
		const { error } = await bench.run('legacy', 'checkApiKey', {}, { credential: bench.legacyCredential({ url: 'rest.gencove.com' }) });
		expect(error).toMatchObject({ message: 'The base URL is not usable', description: 'Give "Base URL" in the Gencove Legacy credential as https:// and the host, for example https://rest.gencove.com' });
	});
});

describe('legacy projects', () => {
	it('are listed, read and counted', async () => {
		expect((await json('legacy', 'listProjects', { returnAll: true })).map(({ project_id }) => project_id)).toEqual([101, 102]);
		expect(await json('legacy', 'listProjects', { limit: 1 })).toHaveLength(1);
		expect(await json('legacy', 'getProject', ofCohort)).toMatchObject([{ project_id: 101, name: 'Simulated Cohort' }]);
		expect(await json('legacy', 'getProjectStats', ofCohort)).toMatchObject([{ stats: { samples: 4 } }]);
		expect((await bench.run('legacy', 'getProject', { legacyProjectId: byId('201') })).error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Project"') });
	});

	it('are made and changed, with a webhook that takes their test', async () => {
		const taken: string[] = [];
		const server = createServer((request, response) => {
			request.on('data', (piece) => taken.push(String(piece))).on('end', () => response.end());
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		try {
			const about = { name: 'Herd 7', description: 'Bulls', href: 'https://example.org/herd7' };
			const [made] = await json('legacy', 'createProject', { ...about, additionalFields: { enabled: false, discoverable: false, webhookUrl } });
			expect(made).toMatchObject({ ...about, enabled: false, discoverable: false, webhook_url: webhookUrl });
			const changes = { name: 'Herd 8', description: 'Cows', href: 'https://example.org/herd8', enabled: true, discoverable: true };
			const [changed] = await json('legacy', 'updateProject', { legacyProjectId: byId(String(made.project_id)), additionalFields: { ...changes, subsidyEnabled: true, webhookUrl } });
			expect(changed).toMatchObject({ project_id: made.project_id, ...changes, subsidy_enabled: true });
			expect(taken.map((text) => (JSON.parse(text) as IDataObject).event)).toEqual(['test', 'test']);
		} finally {
			server.close();
			server.closeAllConnections();
		}
	});

	it('take no webhook that does not take their test', async () => {
		const webhookUrl = `${bench.simulator.info.url}/nothing-there`;
		const { error } = await bench.run('legacy', 'updateProject', { ...ofCohort, additionalFields: { webhookUrl } });
		expect(error?.message).toBe('Gencove Legacy refused the request: The request is not valid. The webhook_url did not answer the test event with 2xx.');
		expect(sent('PUT /projects/{project_id}')).toEqual([{ webhook_url: webhookUrl }]);
		const project = { name: 'a', href: 'b', description: 'c' };
		expect((await bench.run('legacy', 'createProject', { ...project, additionalFields: { webhookUrl } })).error?.httpCode).toBe('400');
		expect(sent('POST /projects')).toEqual([{ ...project, webhook_url: webhookUrl }]);
	});
});

describe('legacy samples', () => {
	it('are listed and read', async () => {
		expect((await json('legacy', 'listSamples', { ...ofCohort, returnAll: true })).map(({ sample_id }) => sample_id)).toEqual([1001, 1002, 1003, 1004]);
		expect(await json('legacy', 'getSample', { ...ofCohort, legacySampleId: byId('1002') })).toMatchObject([{ sample_id: 1002, external_id: 'PLATE1-B01' }]);
	});

	it('and projects are shown by the lists of the editor', async () => {
		expect(await bench.shown('searchLegacyProjects', {}, 'herd')).toEqual([['Simulated Herd', '102']]);
		expect(await bench.shown('searchLegacySamples', { legacyProjectId: '101' }, 'a01')).toEqual([['PLATE1-A01 (1001)', '1001']]);
	});

	it('give an item for each ID that is asked for, found or not, in their order', async () => {
		const items = await json('legacy', 'getRawData', { ...ofCohort, samplesBy: 'ids', legacySampleIds: '1003, 1004, 9, 1001' });
		expect(items.map(({ sample_id, found }) => [sample_id, found])).toEqual([[1003, true], [1004, false], [9, false], [1001, true]]);
		expect(items[0]).toMatchObject({ external_id: 'PLATE1-B01', vcf_url_s3: expect.stringMatching(/^http/) });
		expect(sent('POST /projects/{project_id}/raw-data')).toEqual([{ sample_ids: [1003, 1004, 9, 1001] }]);
	});

	it('give an item for each sample of an external ID', async () => {
		const items = await json('legacy', 'getRawData', { ...ofCohort, samplesBy: 'externalIds', externalIds: ['PLATE1-B01', 'nobody'], simplify: false });
		expect(items.map(({ sample_id, external_id, found }) => [sample_id, external_id, found])).toEqual([[1003, 'PLATE1-B01', true], [1002, 'PLATE1-B01', true], [undefined, 'nobody', false]]);
		expect(items[0]).toHaveProperty('ancestry_url_suffix');
		expect(sent('POST /projects/{project_id}/raw-data')).toEqual([{ external_ids: ['PLATE1-B01', 'nobody'] }]);
	});

	it('are all asked for by choice alone', async () => {
		expect(await json('legacy', 'getRawData', { ...ofCohort, samplesBy: 'all' })).toHaveLength(3);
		expect(sent('POST /projects/{project_id}/raw-data')).toEqual([{}]);
		expect((await bench.run('legacy', 'getRawData', { ...ofCohort, legacySampleIds: ' ,' })).error?.message).toBe('"Sample IDs" is empty');
		expect((await bench.run('legacy', 'getRawData', { ...ofCohort, legacySampleIds: 'PLATE1-A01' })).error).toMatchObject({ message: '"PLATE1-A01" is no sample ID', description: expect.stringContaining('"By External ID"') });
		expect(sent('POST /projects/{project_id}/raw-data')).toHaveLength(1);
	});

	it('give a file of a kind, by a new link where the first one has expired', async () => {
		bench.simulator.legacy.faults.add({ path: '/storage/', kind: 'status', status: 403 });
		const { outputs } = await bench.run('legacy', 'getRawData', { ...ofCohort, legacySampleIds: '1001,1004', kind: 'vcf', outputField: 'vcf' });
		expect(outputs[0].map(({ json: { sample_id, found, fileName } }) => [sample_id, found, fileName])).toEqual([[1001, true, '1001.vcf.gz'], [1004, false, undefined]]);
		expect((await bench.engine.bytes(outputs[0][0].binary!.vcf)).toString()).toBe('Simulated: no person, no finding. 1001.vcf.gz\n');
		expect(outputs[0][1].binary).toBeUndefined();
		expect(sent('POST /projects/{project_id}/raw-data')).toEqual([{ sample_ids: [1001, 1004] }, { sample_ids: [1001] }]);
		const storage = bench.simulator.legacy.journal.since().entries.filter(({ path }) => path.startsWith('/storage/'));
		expect(storage.length).toBeGreaterThan(0);
		expect(storage.every(({ authorized }) => !authorized)).toBe(true);
	});

	it('without a file of the kind come without one', async () => {
		bench.simulator.legacy.faults.add({ path: '/raw-data', kind: 'status', status: 200, body: { raw_data: [{ sample_id: 1001, external_id: 'a', vcf_url_s3: '' }] } });
		const { outputs } = await bench.run('legacy', 'getRawData', { ...ofCohort, legacySampleIds: '1001', kind: 'vcf' });
		expect(outputs[0]).toMatchObject([{ json: { sample_id: 1001, found: true } }]);
		expect(outputs[0][0].binary).toBeUndefined();
	});
});
