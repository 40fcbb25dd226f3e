import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const pipeline = (number: number) => `33333333-aaaa-4bbb-8ccc-00000000000${number}`;
const mapped = (value: IDataObject) => ({ mappingMode: 'defineBelow', value });
const asJson = (value: unknown) => ({ inputsMode: 'json', inputsJson: JSON.stringify(value) });
const VCF = 'samples/p-001-t/uploads/a.vcf.gz';
const FULL = `gs://sim-main/${VCF}`;
const SUBMIT = { pipelineId: byId('always-fails'), ...asJson({ vcf: VCF }) };
const sent = () => bench.sent('POST /compute/runs');
const submit = async (parameters: IDataObject) => await bench.run('run', 'submit', { ...SUBMIT, ...parameters });
const calls = () => bench.arrived().map(({ route }) => route);

/** Lets iFlow tell other inputs of the next pipelines. */
const tell = (...inputs: object[]) => bench.simulator.faults.add({ kind: 'status', status: 200, path: '/inputs', body: { inputs }, times: 100 });

describe.each(LAYOUTS)('by the %s', (layout) => {
	const json = async (parameters: IDataObject) => await bench.through(layout, 'run', 'submit', parameters);

	it('finds the pipeline by its slug, and names its files in full', async () => {
		const [run] = await json({ pipelineId: byId('demo-reporter'), runInputs: mapped({ vcf: VCF, panels: 'cardio, x', genome: null }) });
		expect(run).toMatchObject({ analysis_id: expect.stringMatching(/^demo-reporter-\d{8}-\d{6}$/), status: 'queued' });
		expect(sent()).toEqual([{ pipeline_id: pipeline(2), params: { vcf: FULL, panels: ['cardio', 'x'] }, tags: [], properties: {} }]);
		expect(calls()).toEqual(['GET /compute/pipelines/slug/{slug}', 'GET /compute/pipelines/{id}/inputs', 'GET /admin/projects/{id}', 'POST /compute/runs']);
		const [posted] = bench.arrived('POST /compute/runs');
		expect(posted).toMatchObject({ path: layout === 'gateway' ? '/api/analyses' : '/compute/api/v1/runs', headers: { 'x-project-id': bench.simulator.info.projectId }, authorized: true });
	});

	it('finds it in another version, or by its UUID', async () => {
		await json({ pipelineId: byId('demo-reporter'), ...asJson({ vcf: FULL }), additionalFields: { pipelineVersion: byId('1.9.0') } });
		await json({ pipelineId: { __rl: true, mode: 'list', value: pipeline(1) }, ...asJson({ vcf: FULL }) });
		expect(sent()).toMatchObject([{ pipeline_id: pipeline(3) }, { pipeline_id: pipeline(1) }]);
		expect(calls()).not.toContain('GET /admin/projects/{id}');
	});

	it('sends all that is given', async () => {
		const { organizationId, projectId } = bench.simulator.info;
		const [run] = await json({
			...SUBMIT,
			simplify: false,
			additionalFields: {
				orgId: byId(organizationId),
				variant: 1,
				forOrder: byId('CASE-17'),
				forSample: byId('P 001-T'),
				analysisId: 'p-001-report',
				tags: 'n8n, panel',
				properties: '{ "batch": 7 }',
				profile: 'cloud',
				callbackUrl: 'http://127.0.0.1:9/webhook/ended',
				extraFields: '{ "params": { "simulate": "queued" }, "dry": null }',
			},
		});
		expect(run).toMatchObject({ analysis_id: 'p-001-report', order_id: '55555555-aaaa-4bbb-8ccc-000000000007', profile: 'cloud', tags: ['n8n', 'panel'], project_id: projectId });
		expect(sent()).toEqual([
			{
				pipeline_id: pipeline(5),
				params: { vcf: FULL, simulate: 'queued' },
				tags: ['n8n', 'panel'],
				order_id: 'CASE-17',
				analysis_id: 'p-001-report',
				properties: { sample_id: '22222222-aaaa-4bbb-8ccc-000000000001', subject_id: '11111111-aaaa-4bbb-8ccc-000000000001', batch: 7 },
				profile: 'cloud',
				callback_url: 'http://127.0.0.1:9/webhook/ended',
				dry: null,
			},
		]);
		const scope = { org_id: [organizationId], project_id: [projectId] };
		expect(bench.arrived().slice(0, 2).map(({ query }) => query)).toEqual([scope, { variant: ['1'], ...scope }]);
	});

	it('waits for the end, and tells what came out', async () => {
		const [run] = await json({ ...SUBMIT, pipelineId: byId('demo-nextflow'), ...asJson({ input: 'uploads/sheet.csv' }), waitForCompletion: true });
		expect(run).toMatchObject({ status: 'succeeded', finished: true, succeeded: true, outputs: [], outputs_message: 'outputs are available for completed WDL runs only' });
		const [other] = await json({ pipelineId: byId(pipeline(1)), ...asJson({ vcf: VCF }), waitForCompletion: true });
		expect(other).toMatchObject({ finished: true, outputs: [{ name: 'report', path: expect.stringContaining('gs://sim-main/analyses/') }, { name: 'vcf' }, { name: 'summary', path: null }] });
		expect(other).not.toHaveProperty('outputs_message');
		expect(bench.pauses).toEqual([10_000, 10_000]);
	});
});

describe('inputs', () => {
	it.each([
		['a needed one that is missing', { pipelineId: byId('demo-reporter') }, { vcf: VCF }, 'The input "Gene panels" is missing', 'The pipeline needs: panels'],
		['an empty one', {}, { vcf: '' }, 'The input "Variants" is missing', 'The pipeline needs: vcf'],
		['one that the pipeline does not have', {}, { vcf: VCF, panel: 'x' }, 'The pipeline has no input "panel"', expect.stringMatching(/^It has: vcf, panels, genome\. /)],
		['one that iFlow fills itself', {}, { vcf: VCF, sample_info: 'x' }, 'The pipeline has no input "sample_info"', expect.any(String)],
	])('with %s are refused before anything is sent', async (_what, more, inputs, message, description) => {
		const { error } = await submit({ ...more, ...asJson(inputs) });
		expect(error).toMatchObject({ message, description });
		expect(sent()).toEqual([]);
	});

	it.each([['[1]', '"Inputs (JSON)" is no object'], ['{', '"Inputs (JSON)" is not valid JSON'], ['', '"Inputs (JSON)" is empty']])('that are no object (%s) are refused', async (inputsJson, message) => {
		expect((await submit({ inputsJson })).error?.message).toBe(message);
		expect(bench.arrived()).toEqual([]);
	});

	it('of the fields are checked like those in JSON', async () => {
		const { error } = await submit({ inputsMode: 'fields', runInputs: { mappingMode: 'defineBelow', value: null } });
		expect(error?.message).toBe('The input "Variants" is missing');
	});

	it('are sent as the pipeline takes them', async () => {
		tell({ name: 'depth', type: 'Int' }, { name: 'ratio', type: 'Float?' }, { name: 'strict', type: 'Boolean' }, { name: 'lanes', type: 'Array[Array[File]]' }, { name: 'cutoffs', type: 'Array[Int]+' }, { name: 'label', type: 'String' }, { name: 'seed', type: 'Int?' });
		await submit(asJson({ depth: '30', ratio: 0.5, strict: 'TRUE', lanes: [['a_R1.fq', '/opt/a_R2.fq'], ['gs://else/b_R1.fq']], cutoffs: '1, 2', label: 'out.vcf', seed: null }));
		expect(sent()).toMatchObject([{ params: { depth: 30, ratio: 0.5, strict: true, lanes: [['gs://sim-main/a_R1.fq', '/opt/a_R2.fq'], ['gs://else/b_R1.fq']], cutoffs: [1, 2], label: 'out.vcf', seed: null } }]);
	});

	it.each([
		['Int', '1.5', 'The input "value" is not a number that fits', 'The pipeline takes a whole number'],
		['Float', 'much', 'The input "value" is not a number that fits', 'The pipeline takes a number'],
		['Array[Int]', 'x, 2', 'The input "value" is not a number that fits', 'The pipeline takes a whole number'],
		['Boolean', 'maybe', 'The input "value" is neither true nor false', 'Give true or false'],
	])('of the type %s are not %s', async (type, value, message, description) => {
		tell({ name: 'value', type });
		expect((await submit(asJson({ value }))).error).toMatchObject({ message, description });
		expect(sent()).toEqual([]);
	});

	it('that iFlow does not tell are sent as they are, with files known by their names', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 404, path: '/inputs', body: { detail: 'Not Found' } });
		await submit(asJson({ reads: ['a.fastq.gz', 's3://else/b.fq', '/ref/c.bed'], label: 'a/b', count: 1 }));
		expect(sent()).toMatchObject([{ params: { reads: ['gs://sim-main/a.fastq.gz', 's3://else/b.fq', '/ref/c.bed'], label: 'a/b', count: 1 } }]);
	});

	it('that cannot be read for another reason stop the item', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 403, path: '/inputs', body: { detail: 'Not yours' } });
		expect((await submit({})).error?.message).toBe('iFlow does not allow this: Not yours');
		expect(sent()).toEqual([]);
	});
});

describe('the paths of files', () => {
	it('stay as they are where that is wanted', async () => {
		await submit({ resolveFilePaths: false });
		expect(sent()).toMatchObject([{ params: { vcf: VCF } }]);
		expect(calls()).not.toContain('GET /admin/projects/{id}');
	});

	it('begin with the bucket of the chosen project', async () => {
		await submit({ projectId: byId(bench.simulator.info.otherProjectId) });
		expect(sent()).toMatchObject([{ params: { vcf: `s3://sim-shared/${VCF}` } }]);
	});

	it('cannot be completed where the project tells no bucket', async () => {
		await bench.control('POST', `projects/${bench.simulator.info.projectId}`, { bucket_name: null });
		expect((await submit({})).error).toMatchObject({ message: 'The project tells no bucket, so files cannot be named by their paths', description: expect.stringContaining('gs://bucket/') });
		expect(sent()).toEqual([]);
	});
});

describe('what is submitted', () => {
	it('needs a project', async () => {
		const { error } = await bench.run('run', 'submit', SUBMIT, { credential: bench.credential({ projectId: '' }) });
		expect(error?.message).toBe('No project is chosen');
		expect(sent()).toEqual([]);
	});

	it('needs a pipeline that there is', async () => {
		expect((await submit({ pipelineId: byId('unheard-of') })).error).toMatchObject({ message: 'iFlow did not find it: Pipeline not found', description: expect.stringContaining('"Pipeline"') });
		expect((await submit({ pipelineId: byId(pipeline(5)), additionalFields: { pipelineVersion: '1.0.0' } })).error?.message).toBe('The pipeline has a version already');
	});

	it('needs a sample that there is', async () => {
		expect((await submit({ additionalFields: { forSample: byId('unheard-of') } })).error).toMatchObject({ message: 'iFlow did not find it: Sample not found', description: expect.stringContaining('"Sample"') });
		expect(sent()).toEqual([]);
	});

	it('has an ID of its own', async () => {
		expect((await submit({ additionalFields: { analysisId: 'demo-reporter-0001' } })).error?.httpCode).toBe('409');
	});

	it.each([{ kind: 'status', status: 503, after: true }, { kind: 'cut', after: true }, { kind: 'html', after: true }] as const)('is sent once, whatever comes back (%j)', async (fault) => {
		bench.simulator.faults.add({ method: 'POST', ...fault });
		const { error } = await bench.run('run', 'submit', SUBMIT, { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
		expect(error?.description).toContain('was not sent again');
		expect(bench.arrived('POST /compute/runs')).toHaveLength(1);
	});

	it('is sent once also where runs are called analyses', async () => {
		await bench.control('POST', 'settings', { runsWord: 'analyses' });
		await submit({});
		expect(bench.arrived('POST /compute/runs').map(({ path, status }) => [path, status])).toEqual([['/compute/api/v1/runs', 404], ['/compute/api/v1/analyses', 201]]);
	});
});

describe('waiting for a new run', () => {
	const waiting = async (simulate: string, more: IDataObject = {}) => await submit({ pipelineId: byId(pipeline(1)), waitForCompletion: true, additionalFields: { extraFields: { params: { simulate } } }, ...more });

	it('that fails tells the reason of iFlow', async () => {
		const { error } = await waiting('failed');
		expect(error).toMatchObject({ message: expect.stringMatching(/^The run \S+ ended as "failed"$/), description: expect.stringMatching(/^Task report exited with code 1/) });
		const { outputs } = await waiting('failed', { options: { onFailure: 'return' } });
		expect(outputs[0][0].json).toMatchObject({ status: 'failed', error_message: 'Task report exited with code 1', succeeded: false });
		expect(calls()).not.toContain('GET /compute/runs/{id}/outputs');
	});

	it('stops at the limit, and the run goes on', async () => {
		const { error } = await waiting('running', { options: { waitLimit: 30 } });
		expect(error).toMatchObject({ message: expect.stringMatching(/^The run \S+ is still "running" after 30 minutes$/), description: expect.stringContaining('Wait Limit') });
		expect(bench.pauses.slice(0, 3)).toEqual([10_000, 15_000, 22_500]);
		expect(Math.max(...bench.pauses)).toBe(60_000);
		expect(bench.arrived('DELETE /compute/runs/{id}')).toEqual([]);
	});

	it('looks at all together', async () => {
		const { outputs } = await bench.run('run', 'submit', { ...SUBMIT, pipelineId: byId(pipeline(1)), waitForCompletion: true }, { items: [{ json: {} }, { json: {} }] });
		expect(outputs[0].map(({ json, pairedItem }) => [json.succeeded, pairedItem])).toEqual([[true, { item: 0 }], [true, { item: 1 }]]);
		expect(bench.pauses).toEqual([10_000]);
	});

	it('is in the project that was chosen', async () => {
		const { emptyProjectId } = bench.simulator.info;
		const { outputs } = await waiting('', { projectId: byId(emptyProjectId) });
		expect(outputs[0][0].json).toMatchObject({ succeeded: true, outputs: [{ name: 'report' }, {}, {}] });
		expect(new Set(bench.arrived().flatMap(({ headers }) => headers?.['x-project-id'] ?? []))).toEqual(new Set([emptyProjectId]));
	});

	it('has succeeded also where its outputs cannot be read', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 403, path: '/outputs', body: { detail: 'Not yours' } });
		const { outputs } = await waiting('');
		expect(outputs[0][0].json).toMatchObject({ succeeded: true, outputs: [], outputs_message: 'iFlow does not allow this: Not yours' });
	});
});

describe('the editor', () => {
	const kept = { display: true, defaultMatch: false, canBeUsedToMatch: false };

	it('shows a field for each input that is not filled by iFlow itself', async () => {
		expect(await bench.inputFields({ pipelineId: 'demo-reporter' })).toEqual([
			{ id: 'vcf', displayName: 'Variants (File)', required: true, type: 'string', ...kept },
			{ id: 'panels', displayName: 'Gene panels (List)', required: true, type: 'string', ...kept },
			{ id: 'genome', displayName: 'Genome', required: false, type: 'string', ...kept },
		]);
	});

	it.each(['1.9.0', byId('1.9.0')])('shows those of the version and of the variant that are chosen', async (pipelineVersion) => {
		const required = async (chosen: IDataObject) => (await bench.inputFields({ pipelineId: 'demo-reporter', ...chosen }))[1].required;
		expect(await required({ additionalFields: { pipelineVersion } })).toBe(false);
		expect(await required({ additionalFields: { pipelineVersion, variant: 2 } })).toBe(true);
		expect(bench.arrived()[0].query.version).toEqual(['1.9.0']);
		const { organizationId } = bench.simulator.info;
		await required({ additionalFields: { orgId: byId(organizationId) } });
		expect(bench.arrived().slice(-2).map(({ query }) => query.org_id)).toEqual([[organizationId], [organizationId]]);
	});

	it('has controls for numbers and switches, with what the pipeline takes by itself', async () => {
		const conditional = [{ value: 1, when: { assay: ['wgs'] } }];
		tell({ name: 'depth', type: 'Int', required: true, default: 30 }, { name: 'ratio', type: 'Float?' }, { name: 'strict', type: 'Boolean', default: false }, { name: 'kind', type: 'String', required: true, default: conditional });
		expect(await bench.inputFields({ pipelineId: pipeline(5) })).toEqual([
			{ id: 'depth', displayName: 'depth', required: false, type: 'number', defaultValue: 30, ...kept },
			{ id: 'ratio', displayName: 'ratio', required: false, type: 'number', ...kept },
			{ id: 'strict', displayName: 'strict', required: false, type: 'boolean', defaultValue: false, ...kept },
			{ id: 'kind', displayName: 'kind', required: false, type: 'string', ...kept },
		]);
	});

	it('says what is wrong, and shows no fields where iFlow tells none', async () => {
		await expect(bench.inputFields({})).rejects.toThrow('"Pipeline" is empty');
		await expect(bench.inputFields({ pipelineId: 'unheard-of' })).rejects.toThrow('iFlow did not find it: Pipeline not found');
		bench.simulator.faults.add({ kind: 'status', status: 404, path: '/inputs', body: { detail: 'Not Found' } });
		expect(await bench.inputFields({ pipelineId: pipeline(5) })).toEqual([]);
	});
});
