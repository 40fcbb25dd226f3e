import { Bench, byId } from './gencove.mts';

jest.setTimeout(30_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const target = () => bench.simulator.info.projects.empty;
const intoProject = () => ({ projectId: byId(target()) });
const clientIds = async () => (await json('sample', 'getAll', { ...intoProject(), returnAll: true })).map(({ client_id }) => client_id).sort();
const lastQuery = (call: string) => bench.arrived(call).at(-1)?.query;

describe('BaseSpace', () => {
	it('shows its projects and their biosamples, in the order that is wanted', async () => {
		const projects = await json('baseSpace', 'getProjects', { filters: { sortBy: 'basespace_name', sortOrder: 'desc' } });
		expect(projects.map(({ basespace_name }) => basespace_name)).toEqual(['Pilot', 'Herd sequencing 2026']);
		const ids = projects.map(({ basespace_id }) => basespace_id).join(',');
		const biosamples = await json('baseSpace', 'getBiosamples', { baseSpaceProjectId: byId(ids), returnAll: true, filters: { sortBy: 'basespace_bio_sample_name', sortOrder: 'asc' } });
		expect(biosamples.map(({ basespace_bio_sample_name }) => basespace_bio_sample_name)).toEqual(['BS-COW-1', 'BS-COW-2', 'BS-COW-3', 'BS-PILOT-1']);
		expect(lastQuery('GET basespace-project-biosamples/{basespace_project_id}')).toMatchObject({ sort_by: ['basespace_bio_sample_name'], sort_order: ['asc'] });
		expect(await bench.shown('searchBaseSpaceProjects', {}, 'herd')).toEqual([['Herd sequencing 2026', '400100200']]);
		expect((await bench.run('baseSpace', 'getBiosamples', { baseSpaceProjectId: byId('1') })).error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"BaseSpace Project"') });
	});

	it('gives projects, whose IDs stay texts', async () => {
		const [answer] = await json('baseSpace', 'importProjects', { ...intoProject(), baseSpaceProjectIds: '400100200, 400100201', additionalFields: { metadata: '{"season":"spring"}' } });
		const sent = { project_id: target(), basespace_project_ids: ['400100200', '400100201'], metadata: { season: 'spring' } };
		expect(answer).toEqual(sent);
		expect(bench.sent('POST basespace-projects-import/')).toEqual([sent]);
		expect(await clientIds()).toEqual(['BS-COW-1', 'BS-COW-2', 'BS-COW-3', 'BS-PILOT-1']);
	});

	it('gives projects without metadata as Gencove\'s own client asks for them, also when the answer is empty', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/basespace-projects-import/', kind: 'status', status: 202, body: '', after: true });
		expect(await json('baseSpace', 'importProjects', { ...intoProject(), baseSpaceProjectIds: ['400100200'] })).toEqual([{ success: true }]);
		expect(bench.sent('POST basespace-projects-import/')).toEqual([{ project_id: target(), basespace_project_ids: ['400100200'], metadata: null }]);
	});

	it('gives single biosamples, each under your own name', async () => {
		const [answer] = await json('baseSpace', 'importBiosamples', { ...intoProject(), biosampleIds: '4001002001,4001002002', clientIds: ['COW-1', 'COW-2'], additionalFields: { metadata: '["a"]' } });
		expect(answer).toMatchObject({ basespace_bio_samples: [{ basespace_id: '4001002001', client_id: 'COW-1', sample: expect.any(String) }, { client_id: 'COW-2' }] });
		expect(bench.sent('POST basespace-biosamples-import/')).toEqual([
			{ project_id: target(), basespace_bio_samples: [{ basespace_id: '4001002001', client_id: 'COW-1' }, { basespace_id: '4001002002', client_id: 'COW-2' }], metadata: ['a'] },
		]);
		expect(await clientIds()).toEqual(['COW-1', 'COW-2']);
		const { error } = await bench.run('baseSpace', 'importBiosamples', { ...intoProject(), biosampleIds: '1,2', clientIds: 'COW-1,COW-1' });
		expect(error?.message).toBe('There are 1 client IDs for 2 biosamples');
	});

	it('is imported by itself from now on, until that is deleted', async () => {
		const parameters = { ...intoProject(), identifier: 'Herd', additionalFields: { metadata: '{"a":1}' } };
		const [made] = await json('baseSpace', 'createAutoimport', parameters);
		expect(made).toMatchObject({ id: expect.any(String), metadata: { a: 1 }, action: 'create' });
		expect(await json('baseSpace', 'createAutoimport', { ...parameters, additionalFields: {} })).toMatchObject([{ id: made.id, metadata: null, action: 'update' }]);
		expect(await json('baseSpace', 'getManyAutoimports', { returnAll: true })).toEqual([{ id: made.id, project_id: target(), identifier: 'Herd', metadata: null }]);
		expect(await bench.shown('searchBaseSpaceAutoimports', {}, 'herd')).toEqual([['Herd', made.id]]);
		expect(await json('baseSpace', 'deleteAutoimport', { autoimportId: byId(String(made.id)) })).toEqual([{ deleted: true }]);
		expect((await bench.run('baseSpace', 'deleteAutoimport', { autoimportId: byId(String(made.id)) })).error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Autoimport"') });
	});
});

describe('S3', () => {
	it('gives the files of a bucket', async () => {
		expect(await json('s3Import', 'import', { ...intoProject(), s3Uri: 's3://simulated/plate7/', inputFormat: 'cram', additionalFields: { metadata: '{"plate":7}' } })).toEqual([{ success: true }]);
		await json('s3Import', 'import', { ...intoProject(), s3Uri: 's3://simulated/plate8' });
		expect(bench.sent('POST s3-uri-import/')).toEqual([
			{ project_id: target(), s3_uri: 's3://simulated/plate7/', input_format: 'cram', metadata: { plate: 7 } },
			{ project_id: target(), s3_uri: 's3://simulated/plate8', input_format: 'autodetect', metadata: null },
		]);
		expect(await clientIds()).toEqual(['plate7', 'plate8']);
		expect((await bench.run('s3Import', 'import', { ...intoProject(), s3Uri: 'https://simulated/plate8' })).error?.message).toBe('Gencove refused the request: s3_uri: S3 URI must be of the form s3://bucket/prefix.');
	});

	it('is imported by itself from now on, until that is deleted', async () => {
		const [made] = await json('s3Import', 'createAutoimport', { ...intoProject(), s3Uri: 's3://simulated/in', additionalFields: { metadata: '[1]' } });
		expect(made).toEqual({ id: expect.any(String), topic_arn: expect.stringMatching(/^arn:aws:sns:/) });
		expect(await json('s3Import', 'getManyAutoimports', { limit: 1 })).toEqual([{ id: made.id, project_id: target(), s3_uri: 's3://simulated/in', metadata: [1] }]);
		expect(await bench.shown('searchS3Autoimports', {}, '/in')).toEqual([['s3://simulated/in', made.id]]);
		expect(await json('s3Import', 'deleteAutoimport', { autoimportId: byId(String(made.id)) })).toEqual([{ deleted: true }]);
		expect(await json('s3Import', 'getManyAutoimports', { returnAll: true })).toEqual([]);
	});

	it('is read by a role with an external ID', async () => {
		expect((await bench.run('s3Import', 'getRole')).error?.httpCode).toBe('404');
		const roleArn = 'arn:aws:iam::000000000000:role/simulated';
		expect(await json('s3Import', 'setRole', { roleArn })).toEqual([{ role_arn: roleArn }]);
		expect(await json('s3Import', 'getRole')).toEqual([{ role_arn: roleArn }]);
		const [made] = await json('s3Import', 'createExternalId');
		expect(made).toEqual({ external_id: expect.any(String) });
		expect(await json('s3Import', 'getExternalId')).toEqual([made]);
		expect(await json('s3Import', 'deleteRole')).toEqual([{ deleted: true }]);
		expect((await bench.run('s3Import', 'setRole', { roleArn: 'short' })).error?.message).toBe('Gencove refused the request: role_arn: Ensure this field has at least 20 characters.');
	});
});
