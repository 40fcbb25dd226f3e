import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

jest.setTimeout(30_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const projects = () => bench.simulator.info.projects;
const inProject = (name: keyof ReturnType<typeof projects> = 'human') => ({ projectId: byId(projects()[name]) });
const ofSample = (name: keyof Bench['simulator']['info']['samples']) => ({ sampleId: byId(bench.simulator.info.samples[name]) });

describe('the log-in', () => {
	it.each(['apiKey', 'password'])('by %s reads the projects', async (authentication) => {
		const { outputs, error } = await bench.run('project', 'getAll', {}, { credential: bench.credential({ authentication }) });
		expect(error).toBeUndefined();
		expect(outputs[0].length).toBeGreaterThan(2);
	});

	it('is renewed by the refresh token when Gencove no longer takes the access token', async () => {
		const credential = bench.credential({ authentication: 'password' });
		const first = await bench.run('project', 'getAll', {}, { credential });
		expect(first.stored).toMatchObject({ accessToken: expect.stringMatching(/.+/), refreshToken: expect.stringMatching(/.+/) });
		const stale = { ...credential, data: { ...first.stored, accessToken: 'stale' } };
		const second = await bench.run('project', 'getAll', {}, { credential: stale });
		expect(second.error).toBeUndefined();
		expect(second.stored.accessToken).not.toBe('stale');
		expect(bench.arrived('POST jwt-refresh/')).toHaveLength(1);
		expect(bench.arrived('POST jwt-create/')).toHaveLength(1);
	});

	it('with a second factor is told to use an API key', async () => {
		const { mfa } = bench.simulator.info;
		const { error } = await bench.run('project', 'getAll', {}, { credential: bench.credential({ authentication: 'password', email: mfa.email, password: mfa.password }) });
		expect(`${error?.message} ${error?.description}`).toContain('use an API key');
	});

	it('with a wrong key is told so', async () => {
		const { error } = await bench.run('project', 'getAll', {}, { credential: bench.credential({ apiKey: 'wrong-key' }) });
		expect(error?.message).toMatch(/^Gencove (did not accept the credential|does not allow this)/);
	});

	it('takes the host of a base URL alone', async () => {
		expect(await json('project', 'getAll', {}, { credential: bench.credential({ url: `${bench.simulator.info.url}/some/path` }) })).not.toEqual([]);
		const { error } = await bench.run('project', 'getAll', {}, { credential: bench.credential({ url: 'api.gencove.com' }) });
		expect(error?.message).toBe('The base URL is not usable');
	});
});

describe('projects', () => {
	it('are listed by pages, with all filters, and no more than are wanted', async () => {
		const all = await json('project', 'getAll', { returnAll: true });
		expect(await json('project', 'getAll', { limit: 2 })).toHaveLength(2);
		expect(bench.arrived('GET projects/').map(({ query }) => [query.limit, query.offset])).toEqual([[['200'], ['0']], [['2'], ['0']]]);
		const filters = { hiddenStatus: 'hidden', locked: false, permission: 'project_samples_add', search: 'a', shared: false, sortBy: 'created', sortOrder: 'asc', status: 'completed' };
		await json('project', 'getAll', { filters });
		expect(bench.arrived('GET projects/').at(-1)?.query).toMatchObject({ hidden_status: ['hidden'], locked: ['false'], additional_permission: ['project_samples_add'], search: ['a'], shared: ['false'], sort_by: ['created'], sort_order: ['asc'], status: ['completed'] });
		expect(all.map(({ id }) => id)).toContain(projects().cattle);
	});

	it('are made, changed, hidden, shown and deleted', async () => {
		const [capability] = await bench.simulator.state.capabilities.values();
		const made = await json('project', 'create', { name: 'Herd 7', capability: byId(capability.id), additionalFields: { description: 'Spring', modifications: '[{"key":"soft_qc","value":true}]' } });
		expect(made).toMatchObject([{ name: 'Herd 7', description: 'Spring', pipeline_capabilities: capability.id }]);
		const projectId = byId(String(made[0].id));
		const changes = { name: 'Herd 8', description: 'Autumn', capabilityId: capability.id, modifications: [{ key: 'soft_qc', value: false }] };
		expect(await json('project', 'update', { projectId, additionalFields: changes })).toMatchObject([{ name: 'Herd 8', description: 'Autumn' }]);
		expect(await json('project', 'hide', { projectId })).toEqual([{ success: true }]);
		expect(await json('project', 'get', { projectId })).toMatchObject([{ hidden: true }]);
		expect(await json('project', 'unhide', { projectId })).toEqual([{ success: true }]);
		expect(await json('project', 'delete', { projectId })).toEqual([{ deleted: true }]);
		expect(bench.sent('DELETE projects-delete/')).toEqual([{ project_ids: [made[0].id] }]);
		const { error } = await bench.run('project', 'get', { projectId });
		expect(error).toMatchObject({ message: 'Gencove did not find it: Not found.', description: expect.stringContaining('"Project"') });
	});

	it('tell what is wrong with a request in the service\'s words, by field', async () => {
		const { error } = await bench.run('project', 'create', { name: 'x', capability: byId('11111111-1111-4111-8111-111111111111') });
		expect(error?.message).toMatch(/^Gencove refused the request: pipeline_capabilities: ./);
	});

	it('count their samples, and show their quality controls', async () => {
		const filters = { archiveStatus: 'available', createdAfter: '2020-01-01', createdBefore: '2100-01-01', hiddenStatus: 'all', modifiedAfter: '2020-01-01T12:00:00+02:00', modifiedBefore: '2100-01-01', search: '0', status: 'completed' };
		expect(await json('project', 'getStats', { ...inProject(), additionalFields: filters })).toMatchObject([{ counts: { total_samples: expect.any(Number) } }]);
		expect(bench.arrived('GET project-stats/{project_id}')[0].query).toMatchObject({ created_after: [expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)], modified_after: ['2020-01-01T10:00:00.000Z'] });
		const types = await json('project', 'getQcTypes', inProject());
		expect(types.length).toBeGreaterThan(0);
		const qcType = String(types[0].key);
		expect(await json('project', 'getQcHistogram', { ...inProject(), qcType, additionalFields: { ...filters, results: 100 } })).toMatchObject([{ bin_edges: expect.any(Array), hist: expect.any(Array) }]);
	});
});

describe('the files of a project', () => {
	it('are fetched by their kind, the reference genome with all of its indexes', async () => {
		const { outputs: [genome] } = await bench.run('project', 'downloadFile', { ...inProject(), kind: 'genome' });
		expect(genome.length).toBeGreaterThan(5);
		expect(genome.every(({ json: { fileType }, binary }) => String(fileType).startsWith('genome-') && binary?.data !== undefined)).toBe(true);
		expect(await json('project', 'downloadFile', { ...inProject(), kind: 'other', fileType: 'jointcalled-vcf_indexed' })).toMatchObject([{ fileType: 'jointcalled-vcf_indexed' }]);
		expect((await bench.run('project', 'downloadFile', inProject())).error?.message).toBe('There is no file of the type "impute-vcf-merged"');
		expect((await bench.run('project', 'downloadFile', { ...inProject('empty'), kind: 'genome' })).error?.message).toBe('The project has no reference genome');
	});
});

describe('samples', () => {
	it('are listed with all filters, more than a page of them', async () => {
		const all = await json('sample', 'getAll', { ...inProject('cattle'), returnAll: true });
		expect(all.length).toBeGreaterThan(200);
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		const filters = { archiveStatus: 'all', createdAfter: '2020-01-01', createdBefore: '2100-01-01', hiddenStatus: 'all', modifiedAfter: '2020-01-01', modifiedBefore: '2100-01-01', search: '1', sortBy: 'client_id', sortOrder: 'desc', status: 'succeeded' };
		const some = await json('sample', 'getAll', { ...inProject(), filters });
		expect(some.every(({ last_status }) => (last_status as IDataObject).status === 'succeeded')).toBe(true);
	});

	it('are shown with their files, states and results', async () => {
		const sample = ofSample('succeeded');
		expect(await json('sample', 'get', sample)).toMatchObject([{ client_id: expect.any(String), files: expect.any(Array) }]);
		expect((await json('sample', 'getStatusHistory', sample)).length).toBeGreaterThan(1);
		expect(await json('sample', 'getStats', sample)).toMatchObject([{ total_size: expect.any(Number) }]);
		expect(await json('sample', 'getAncestry', sample)).toMatchObject([{ ancestry: expect.anything() }]);
		expect(await json('sample', 'getParentage', { ...sample, additionalFields: { shownResults: 'checks' } })).not.toEqual([]);
		expect(await json('sample', 'getTraitScores', sample)).not.toEqual([]);
		const [link] = await json('sample', 'createConsumerReportLink', { ...sample, additionalFields: { reportType: 'prs', expiresIn: 120 } });
		expect(link).toMatchObject({ url: expect.stringMatching(/^http/) });
	});

	it('show their variants in one of three ways', async () => {
		const sample = ofSample('succeeded');
		for (const asked of [{ by: 'position', chromosome: 'chr1', position: 1000 }, { by: 'range', chromosome: 'chr1', startPosition: 1, endPosition: 100_000 }, { by: 'rsid', rsid: 'rs429358,rs7412' }]) {
			const { error } = await bench.run('sample', 'getVariants', { ...sample, ...asked });
			expect(error).toBeUndefined();
		}
		expect(bench.arrived('GET sample-genomic-variants/{sample_id}').map(({ query }) => Object.keys(query).filter((name) => !['limit', 'offset'].includes(name)).sort())).toEqual([['chromosome', 'position'], ['chromosome', 'end_position', 'start_position'], ['rsid']]);
	});

	it('are waited for until their analysis ends', async () => {
		await json('sample', 'importExisting', { ...inProject('empty'), selectedIds: bench.simulator.info.samples.succeeded });
		const [{ id }] = await json('sample', 'getAll', inProject('empty'));
		expect(await json('sample', 'waitForCompletion', { sampleId: byId(String(id)) })).toMatchObject([{ id, finished: true, succeeded: true }]);
		expect(bench.pauses.length).toBeGreaterThan(0);
		const { error } = await bench.run('sample', 'waitForCompletion', ofSample('failedQc'));
		expect(error?.message).toMatch(/ended as "failed qc"$/);
	});

	it('are canceled, hidden, shown and deleted by their IDs', async () => {
		const { succeeded, running, failed } = bench.simulator.info.samples;
		expect(await json('sample', 'cancel', { ...inProject(), sampleIds: running })).toMatchObject([{ message: expect.stringContaining('canceled') }]);
		expect(await json('sample', 'hide', { ...inProject(), sampleIds: `${succeeded}, ${failed}` })).toEqual([{ success: true }]);
		expect(await json('sample', 'unhide', { ...inProject(), sampleIds: [succeeded, failed] })).toEqual([{ success: true }]);
		expect(await json('sample', 'delete', { ...inProject(), sampleIds: failed })).toEqual([{ deleted: true }]);
		const { error } = await bench.run('sample', 'hide', { ...inProject('empty'), sampleIds: succeeded });
		expect(error?.message).toBe('Gencove refused the request: sample_ids: All sample ids must be part of the current project.');
		expect((await bench.run('sample', 'hide', { ...inProject(), sampleIds: ' , ' })).error?.message).toBe('"Sample IDs" is empty');
	});

	it('are restored from the archive by their IDs or all, but never all by accident', async () => {
		const { archived } = bench.simulator.info.samples;
		const [group] = await json('sample', 'restore', { ...inProject(), selectedIds: archived });
		expect(group).toMatchObject({ restore_group_id: expect.any(String) });
		const filters = { archiveStatus: 'all', createdAfter: '2020-01-01', createdBefore: '2100-01-01', hiddenStatus: 'all', modifiedAfter: '2020-01-01', modifiedBefore: '2100-01-01', search: 'PILOT', status: 'all' };
		expect(await json('sample', 'getRestoreGroup', { restoreGroupId: group.restore_group_id, filters })).toMatchObject([{ id: archived }]);
		expect((await bench.run('sample', 'restore', { ...inProject(), selectedIds: '' })).error?.message).toBe('"Sample IDs" is empty');
		expect((await json('sample', 'restore', { ...inProject(), samples: 'all' }))).toHaveLength(1);
		expect(bench.sent('POST project-restore-samples/{project_id}').map(({ sample_ids }) => sample_ids)).toEqual([[archived], []]);
	});

	it('that were taken before a call failed are told of, and not taken again by Retry On Fail', async () => {
		await bench.simulator.clock.advance(100 * 24 * 3_600_000);
		bench.simulator.faults.add({ kind: 'status', status: 404, path: 'project-samples-import', skip: 1, times: 5, body: { detail: 'Not found.' } });
		const { error } = await bench.run('sample', 'importExisting', { ...inProject('empty'), source: 'project', sourceProjectId: byId(projects().cattle) }, { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(error?.message).toBe('Gencove did not find it: Not found.');
		expect(error?.description).toContain('The first 100 samples were taken before');
		expect(bench.arrived('POST project-samples-import/')).toHaveLength(2);
	});

	it('are imported and copied into another project, by their IDs or all that have ended', async () => {
		const { succeeded } = bench.simulator.info.samples;
		const target = inProject('empty');
		const [imported] = await json('sample', 'importExisting', { ...target, selectedIds: succeeded, additionalFields: { clientIds: 'NewName', metadata: '{"season":"spring"}' } });
		expect(imported).toMatchObject({ project_id: projects().empty, samples: [{ sample_id: expect.any(String) }] });
		expect(bench.sent('POST project-samples-import/')[0]).toEqual({ project_id: projects().empty, samples: [{ sample_id: succeeded, client_id: 'NewName' }], metadata: { season: 'spring' } });
		await bench.simulator.clock.advance(100 * 24 * 3_600_000);
		const all = await bench.run('sample', 'copyExisting', { ...target, source: 'project', sourceProjectId: byId(projects().cattle), additionalFields: { metadata: '["a"]' } });
		expect(all.error).toBeUndefined();
		const sizes = bench.sent('POST project-samples-copy/').map(({ samples }) => (samples as unknown[]).length);
		expect(sizes.slice(0, -1).every((size) => size === 100)).toBe(true);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe((all.outputs[0][0].json.samples as unknown[]).length);
		await json('sample', 'copyExisting', { ...target, selectedIds: [succeeded], additionalFields: { clientIds: ['Copy'] } });
		expect(bench.sent('POST project-samples-copy/').at(-1)).toEqual({ project_id: projects().empty, samples: [{ sample_id: succeeded, client_id: 'Copy' }] });
		expect((await bench.run('sample', 'importExisting', { ...target, selectedIds: succeeded, additionalFields: { clientIds: 'a,b' } })).error?.message).toBe('There are 2 client IDs for 1 samples');
	});
});
