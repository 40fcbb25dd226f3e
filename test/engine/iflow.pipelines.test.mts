import { Bench, byId, LAYOUTS } from './iflow.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const pipeline = (number: number) => `33333333-aaaa-4bbb-8ccc-00000000000${number}`;
const SLUG = 'demo-reporter';
const NEW = { name: 'Tumour Panel', slug: 'tumour-panel', sourceUrl: 'https://git.example.org/panel.wdl' };
const nowhere = async () => await bench.run('pipeline', 'create', NEW, { credential: bench.credential() });

describe.each(LAYOUTS)('by the %s', (layout) => {
	const json = async (operation: string, parameters = {}) => await bench.through(layout, 'pipeline', operation, parameters);
	const asked = () => bench.arrived().at(-1);
	const scope = () => ({ orgId: byId(bench.simulator.info.organizationId) });
	const inScope = () => ({ org_id: [bench.simulator.info.organizationId], project_id: [bench.simulator.info.projectId] });

	it('lists the pipelines that a project may use', async () => {
		const found = await json('getAll', { returnAll: true });
		expect(found.map(({ slug }) => slug)).toEqual([SLUG, SLUG, SLUG, 'demo-nextflow', 'always-fails', 'genomics-panel', 'main-panel']);
		expect(Object.keys(found[0])).toEqual(['id', 'name', 'slug', 'version', 'description', 'execution_mode', 'default_profile', 'scope', 'is_active', 'properties']);
		expect(asked()).toMatchObject({ query: { project_id: [bench.simulator.info.projectId] }, headers: { 'x-project-id': bench.simulator.info.projectId }, authorized: true });
		expect(asked()?.query).not.toHaveProperty('limit');
		expect(asked()?.path.startsWith(layout === 'gateway' ? '/api/pipelines' : '/compute/api/v1/pipelines')).toBe(true);
	});

	it('lists those of another project and of an organization', async () => {
		const { emptyProjectId } = bench.simulator.info;
		const found = await json('getAll', { projectId: byId(emptyProjectId), filters: scope() });
		expect(found.map(({ slug }) => slug)).not.toContain('main-panel');
		expect(asked()?.query).toEqual({ ...inScope(), project_id: [emptyProjectId] });
	});

	it('reads a list that comes in an envelope', async () => {
		await bench.control('POST', 'settings', { listShape: 'wrapped' });
		expect(await json('getAll')).toHaveLength(7);
		expect(await json('getVersions', { slug: SLUG })).toHaveLength(3);
	});

	it('gets one by its UUID, whole where that is wanted', async () => {
		const [found] = await json('get', { pipelineId: byId(pipeline(1)), additionalFields: scope(), simplify: false });
		expect(found).toMatchObject({ id: pipeline(1), version: '1.2.0', source_type: 'gitlab', default_container_image: 'example.org/cromwell:1' });
		expect(asked()?.query).toEqual(inScope());
	});

	it('gets the newest one of a slug, or another version', async () => {
		expect(await json('getBySlug', { slug: SLUG })).toMatchObject([{ id: pipeline(2), version: '1.10.0' }]);
		expect(await json('getBySlug', { slug: SLUG, additionalFields: { pipelineVersion: byId('1.9.0'), ...scope() } })).toMatchObject([{ id: pipeline(3) }]);
		expect(asked()?.query).toEqual({ version: ['1.9.0'], ...inScope() });
	});

	it('lists the versions, the newest first', async () => {
		expect((await json('getVersions', { slug: SLUG, filters: scope() })).map(({ version }) => version)).toEqual(['1.10.0', '1.9.0', '1.2.0']);
		expect(asked()?.query).toEqual(inScope());
		expect(await json('getVersions', { slug: 'unheard-of' })).toEqual([]);
	});

	it('tells inputs and outputs in the variant of the pipeline, or in another one', async () => {
		const [own] = await json('getInputsAndOutputs', { pipelineId: byId(SLUG) });
		expect(own).toMatchObject({ pipeline_id: pipeline(2), variant: 2, outputs: [{ name: 'report' }, { name: 'vcf' }, { name: 'summary' }] });
		expect((own.inputs as object[])[1]).toMatchObject({ name: 'panels', required: true });
		const [first] = await json('getInputsAndOutputs', { pipelineId: byId(pipeline(2)), additionalFields: { variant: 1, ...scope() } });
		expect((first.inputs as object[])[1]).toMatchObject({ name: 'panels', required: false });
		expect(asked()?.query).toEqual({ variant: ['1'], ...inScope() });
		expect(await json('getInputsAndOutputs', { pipelineId: byId(pipeline(1)) })).toMatchObject([{ variant: 1 }]);
	});

	it('creates one on the host of the service, with the internal token for the log-in', async () => {
		const [made] = await json('create', NEW);
		expect(made).toMatchObject({ slug: 'tumour-panel', version: '1.0.0', execution_mode: 'direct_wdl', scope: 'global' });
		const [sent] = bench.arrived('POST /compute/pipelines');
		expect(sent).toMatchObject({ path: '/compute/api/v1/pipelines', authorized: false, body: { name: NEW.name, slug: NEW.slug, version: '1.0.0', source_type: 'gitlab', source_url: NEW.sourceUrl } });
		expect(sent.headers).toHaveProperty('x-internal-token');
	});
});

describe('a new pipeline', () => {
	it('has all that is given', async () => {
		const { organizationId, projectId } = bench.simulator.info;
		const [made] = await bench.json('pipeline', 'create', {
			...NEW,
			version: '2.0.0',
			sourceType: 'github',
			simplify: false,
			additionalFields: {
				properties: { cost: 'low' },
				description: 'Reports a panel',
				executionMode: 'container_entrypoint',
				defaultProfile: 'cloud',
				defaultContainerImage: 'registry.example.org/panel:2',
				scope: 'project',
				orgId: byId(organizationId),
				ofProjectId: byId(projectId),
				tags: 'panel, report',
				sourceInProperties: 'https://git.example.org/panel',
				defaultVariant: 2,
				metaUrl: 'https://git.example.org/meta.json',
				author: 'Sim Lab',
				copyright: 'Sim Lab 2026',
				tag: 'v2',
				versionHistory: '[{ "version": "2.0.0" }]',
				force: false,
				extraFields: '{ "properties": { "reviewed": true } }',
			},
		});
		const properties = { cost: 'low', source_url: 'https://git.example.org/panel', default_variant: 2, meta_url: 'https://git.example.org/meta.json', author: 'Sim Lab', copyright: 'Sim Lab 2026', tag: 'v2', version_history: [{ version: '2.0.0' }], reviewed: true };
		expect(made).toMatchObject({ source_type: 'github', description: 'Reports a panel', execution_mode: 'container_entrypoint', default_profile: 'cloud', default_container_image: 'registry.example.org/panel:2', scope: 'project', org_id: organizationId, project_id: projectId, tags: ['panel', 'report'], properties });
		expect(bench.sent('POST /compute/pipelines')[0]).toMatchObject({ force: false, properties });
	});

	it('is refused where there is one, in the words of iFlow, unless it is to be replaced', async () => {
		const parameters = { ...NEW, slug: SLUG, version: '1.2.0' };
		const { error } = await bench.run('pipeline', 'create', parameters);
		expect(error).toMatchObject({ message: "iFlow refused the request: Pipeline 'demo-reporter' version '1.2.0' already exists", httpCode: '409' });
		expect(bench.arrived('POST /compute/pipelines')).toHaveLength(1);
		expect(await bench.json('pipeline', 'create', { ...parameters, additionalFields: { force: true } })).toMatchObject([{ id: pipeline(1), name: NEW.name }]);
	});

	it('needs the internal token, and says so', async () => {
		const { error } = await nowhere();
		expect(error).toMatchObject({ httpCode: '403', description: 'Give "Internal Token" in the iFlow credential: the access token of a user may not register pipelines' });
		expect(error?.message).toMatch(/^iFlow does not allow this: /);
		expect(bench.arrived('POST /compute/pipelines')[0].authorized).toBe(true);
	});

	it('tells a wrong internal token from a missing one, and other refusals from both', async () => {
		const { error } = await bench.run('pipeline', 'create', NEW, { credential: bench.credential({ internalToken: 'wrong-internal-token' }) });
		expect(error?.message).toBe('iFlow did not accept the credential: Invalid internal token');
		expect(error?.description).not.toContain('Internal Token');
		bench.simulator.faults.add({ kind: 'status', status: 422, body: { detail: [{ loc: ['body', 'source_url'], msg: 'Input should be a valid URL' }] } });
		expect((await nowhere()).error?.message).toBe('iFlow refused the request: source_url: Input should be a valid URL');
	});

	it('is sent once, whatever comes back', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 503, after: true });
		const { error } = await bench.run('pipeline', 'create', NEW, { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(error?.description).toContain('It was not sent again');
		expect(bench.arrived('POST /compute/pipelines')).toHaveLength(1);
	});
});

it('says what to look at where there is no such pipeline or version', async () => {
	const parameters = { slug: SLUG, additionalFields: { pipelineVersion: byId('9.9.9') } };
	const { error } = await bench.run('pipeline', 'getBySlug', parameters);
	expect(error).toMatchObject({ message: 'iFlow did not find it: Pipeline not found', description: expect.stringContaining('"Slug"') });
	expect((await bench.run('pipeline', 'get', { pipelineId: byId(pipeline(8)) })).error?.httpCode).toBe('404');
});

describe('the editor', () => {
	it('lists pipelines with their versions, and the versions of one', async () => {
		expect(await bench.shown('searchPipelines', {}, 'nextflow')).toEqual([['Demo Nextflow 2.0.0', pipeline(4)]]);
		expect((await bench.shown('searchPipelines', { projectId: bench.simulator.info.emptyProjectId })).map(([name]) => name)).not.toContain('Panel of the Project 1.0.0');
		expect(await bench.shown('searchSlugVersions', { slug: SLUG }, '1.1')).toEqual([['1.10.0', '1.10.0']]);
		expect(await bench.shown('searchPipelineVersions', { pipelineId: SLUG })).toHaveLength(3);
		await expect(bench.shown('searchSlugVersions')).rejects.toMatchObject({ message: '"Slug" is empty' });
	});
});
