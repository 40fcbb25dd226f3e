import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

jest.setTimeout(30_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const idOf = (name: keyof Bench['simulator']['info']['projects']) => bench.simulator.info.projects[name];
const inProject = (name: Parameters<typeof idOf>[0] = 'human') => ({ projectId: byId(idOf(name)) });
const ofSample = (name: keyof Bench['simulator']['info']['samples'] = 'succeeded') => ({ sampleId: byId(bench.simulator.info.samples[name]) });
const lastQuery = (call: string) => bench.arrived(call).at(-1)?.query;
const COWS = { projectId: byId('50000000-0000-4000-8000-000000000001'), name: 'Plate 7', batchType: byId('illuminahd') };

/** IDs of the first cows. */
const cows = (count: number) => Array.from({ length: count }, (_, i) => `60000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`);

describe('a batch', () => {
	it('of chosen samples is made, waited for, looked at and fetched', async () => {
		const [batch] = await json('batch', 'create', { ...COWS, samples: 'selected', selectedIds: cows(2).join(', '), waitForCompletion: true });
		expect(batch).toMatchObject({ name: 'Plate 7', batch_type: 'illuminahd', last_status: { status: 'succeeded' }, finished: true, succeeded: true });
		expect(bench.sent('POST project-batches/{project_id}')).toEqual([{ name: 'Plate 7', batch_type: 'illuminahd', sample_ids: cows(2) }]);
		const batchId = byId(String(batch.id));
		expect(await json('batch', 'get', { batchId })).toMatchObject([{ sample_ids: cows(2), files: [{ file_type: 'report-zip' }] }]);
		expect(await json('batch', 'getAll', { projectId: COWS.projectId, returnAll: true })).toMatchObject([{ id: batch.id }]);
		const { outputs } = await bench.run('batch', 'download', { batchId, outputField: 'report' });
		expect(outputs[0][0].json).toMatchObject({ fileName: `${String(batch.id)}_report-zip.zip`, mimeType: 'application/zip', fileType: 'report-zip' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.report)).toString()).toContain(`report-zip of ${String(batch.id)}`);
	});

	it('of all samples is several, which are all waited for', async () => {
		const batches = await json('batch', 'create', { ...COWS, samples: 'all', selectedIds: '', waitForCompletion: true });
		expect(batches.map(({ succeeded }) => succeeded)).toEqual([true, true]);
		expect(new Set(batches.map(({ id }) => id)).size).toBe(2);
		expect(bench.sent('POST project-batches/{project_id}')).toMatchObject([{ sample_ids: [] }]);
	});

	it('is not made of all samples by an empty list', async () => {
		const { error } = await bench.run('batch', 'create', { ...COWS, selectedIds: ' , ' });
		expect(error).toMatchObject({ message: '"Sample IDs" is empty', description: expect.stringContaining('"All of the Project"') });
		expect(bench.arrived()).toEqual([]);
	});

	it('that fails is told by its ID, also when others of the same item do not', async () => {
		const batches = await json('batch', 'create', { ...COWS, samples: 'all' });
		await bench.control(`batches/${String(batches[1].id)}`, { status: 'failed' });
		const { error } = await bench.run('batch', 'waitForCompletion', { batchId: byId(String(batches[1].id)) });
		expect(error?.message).toBe(`The batch ${String(batches[1].id)} ended as "failed"`);
		expect(await json('batch', 'waitForCompletion', { batchId: byId(String(batches[0].id)) })).toMatchObject([{ succeeded: true }]);
	});

	it('fails its item when one of several fails', async () => {
		bench.simulator.faults.add({ method: 'GET', path: '/batches/', kind: 'status', status: 200, body: { id: 'x', last_status: { status: 'failed' } } });
		const { error } = await bench.run('batch', 'create', { ...COWS, samples: 'all', waitForCompletion: true });
		expect(error?.message).toBe('The batch x ended as "failed"');
	});

	it('without a report cannot be fetched yet', async () => {
		const [{ id }] = await json('batch', 'create', { ...COWS, selectedIds: cows(1) });
		const { error } = await bench.run('batch', 'download', { batchId: byId(String(id)) });
		expect(error).toMatchObject({ message: 'The batch has no report: it is "queued"', description: expect.stringContaining('Wait for Completion') });
	});

	it('is of a type that the project has', async () => {
		expect(await json('batch', 'getTypes', { projectId: COWS.projectId })).toMatchObject([{ key: 'illuminasnp50' }, { key: 'illuminahd' }]);
		const { error } = await bench.run('batch', 'create', { ...COWS, batchType: byId('other'), selectedIds: cows(1) });
		expect(error?.message).toBe('Gencove refused the request: batch_type: "other" is not a valid choice.');
	});

	it('as the specification has it comes out, too', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/project-batches/', kind: 'status', status: 201, body: { id: 'b1', name: 'Plate 7', files: [] } });
		expect(await json('batch', 'create', { ...COWS, selectedIds: cows(1) })).toEqual([{ id: 'b1', name: 'Plate 7', files: [] }]);
	});
});

describe('a merged VCF', () => {
	it('is made, waited for, looked at and fetched', async () => {
		const [merge] = await json('mergedVcf', 'create', { ...inProject(), waitForCompletion: true });
		expect(merge).toMatchObject({ project: idOf('human'), last_status: { status: 'succeeded' }, up_to_date: true, succeeded: true });
		expect(bench.sent('POST project-merge-vcfs/{project_id}')).toEqual([{}]);
		expect(await json('mergedVcf', 'getStatus', inProject())).toMatchObject([{ id: merge.id, project: idOf('human'), up_to_date: true }]);
		expect(await json('mergedVcf', 'waitForCompletion', inProject())).toMatchObject([{ id: merge.id, succeeded: true }]);
		const { outputs } = await bench.run('mergedVcf', 'download', { ...inProject(), outputField: 'vcf' });
		expect(outputs[0][0].json).toMatchObject({ fileName: expect.stringMatching(/\.vcf\.gz$/), fileType: 'impute-vcf-merged' });
		expect(outputs[0][0].binary!.vcf).toBeDefined();
		const { error } = await bench.run('mergedVcf', 'create', inProject());
		expect(error?.message).toBe(`Gencove refused the request: Merged VCF file for project ${idOf('human')} is up-to-date`);
	});

	it('whose link has expired meanwhile is fetched by a new one', async () => {
		await json('mergedVcf', 'create', { ...inProject(), waitForCompletion: true });
		bench.simulator.faults.add({ path: '/gencove-simulated-files/', kind: 'status', status: 403 });
		const { outputs } = await bench.run('mergedVcf', 'download', inProject());
		expect(outputs[0][0].binary!.data).toBeDefined();
		expect(bench.arrived('GET projects/{project_id}')).toHaveLength(2);
	});

	it('that nobody asked for is not there', async () => {
		expect((await bench.run('mergedVcf', 'getStatus', inProject())).error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Project"') });
		expect((await bench.run('mergedVcf', 'download', inProject())).error?.message).toBe('There is no file of the type "impute-vcf-merged"');
	});

	it('that fails is told by its ID', async () => {
		const [{ id }] = await json('mergedVcf', 'create', inProject());
		await bench.control(`merged-vcfs/${idOf('human')}`, { status: 'failed' });
		const { error } = await bench.run('mergedVcf', 'waitForCompletion', inProject());
		expect(error?.message).toBe(`The merge ${String(id)} ended as "failed"`);
	});
});

const WELL = (well: string, identifier: string, more: IDataObject = {}) => ({ json: { Well: well, 'Unique sample identifier': identifier, ...more } });

describe('a sample manifest', () => {
	it('is sent as a file, listed, read and fetched', async () => {
		const csv = 'Plate ID,Well,Unique sample identifier\nP1,A1,COW1\n';
		const item = await bench.engine.itemWithFile(Buffer.from(csv), 'plate.csv');
		const items = [{ json: {}, binary: { manifest: item.binary!.data } }];
		expect(await json('sampleManifest', 'create', { ...inProject('empty'), inputField: 'manifest' }, { items })).toEqual([{ success: true }]);
		expect(bench.sent('POST project-sample-manifests/{project_id}')).toEqual([[expect.objectContaining({ name: 'sample_manifest', filename: 'plate.csv' })]]);
		const [manifest] = await json('sampleManifest', 'getAll', { ...inProject('empty'), returnAll: true });
		expect(manifest).toMatchObject({ file_name: 'plate.csv', project: idOf('empty') });
		const manifestId = byId(String(manifest.id));
		expect(await json('sampleManifest', 'get', { manifestId })).toMatchObject([{ id: manifest.id, file: { file_type: 'sample_manifest-csv' } }]);
		const { outputs } = await bench.run('sampleManifest', 'download', { manifestId, outputField: 'plate' });
		expect(outputs[0][0].json).toMatchObject({ fileName: 'plate.csv', mimeType: 'text/csv' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.plate)).toString()).toBe(csv);
	});

	it('is made of all items, without those that do not fit', async () => {
		const items = [
			WELL('A1', 'COW1', { 'Plate ID': 'P 7', Species: 'cow, "Holstein"', Coverage: 1, Notes: 'left out' }),
			WELL('B1', 'NTC'),
			WELL('C1', 'NTC', { Buffer: 'TE', 'Concentration if known (ng/ul)': 4.5 }),
			WELL('D1', 'COW1'),
			{ json: { Well: 'E1' } },
		];
		const { outputs } = await bench.run('sampleManifest', 'createFromItems', { ...inProject('empty'), additionalFields: { fileName: 'plate7.csv' } }, { items, settings: { onError: 'continueErrorOutput' } });
		expect(outputs[0]).toMatchObject([{ json: { success: true, fileName: 'plate7.csv', samples: 3 }, pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }] }]);
		expect(outputs[1].map(({ json: { error } }) => error)).toEqual([expect.stringContaining('"COW1" stands in an earlier item too'), expect.stringContaining('has no "Unique sample identifier"')]);
		const [{ id }] = await json('sampleManifest', 'getAll', inProject('empty'));
		const download = await bench.run('sampleManifest', 'download', { manifestId: byId(String(id)) });
		expect((await bench.engine.bytes(download.outputs[0][0].binary!.data)).toString()).toBe(
			'Plate ID,Well,Unique sample identifier,Buffer,Concentration if known (ng/ul),Species,Coverage\nP 7,A1,COW1,,,"cow, ""Holstein""",1\n,B1,NTC,,,,\n,C1,NTC,TE,4.5,,\n',
		);
	});

	it('for a project that is not there, or of a file that is none, is refused in Gencove\'s words', async () => {
		const text = [await bench.engine.itemWithFile(Buffer.from('x'), 'plate.txt')];
		expect((await bench.run('sampleManifest', 'create', inProject('empty'), { items: text })).error?.message).toMatch(/^Gencove refused the request: sample_manifest: File extension “txt” is not allowed/);
		const { error } = await bench.run('sampleManifest', 'createFromItems', { projectId: byId('11111111-1111-4111-8111-111111111111') }, { items: [WELL('A1', 'COW1')] });
		expect(error?.message).toBe('Gencove refused the request: Project does not exist or you do not have privileges to access it.');
	});

	it.each([
		[{ format: 'csv', layout: '384_well' }, 'sample_manifest_384_well.csv', 'text/csv', 'Plate ID,Well,', { template_type: ['384_well'] }],
		[{ format: 'csv', layout: 'tube' }, 'sample_manifest_tube.csv', 'text/csv', 'Tube ID,', { template_type: ['tube'] }],
		[{ format: 'xlsx' }, 'sample_manifest.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK', {}],
	])('has templates, which need no log-in: %j', async (parameters, fileName, mimeType, start, query) => {
		const { outputs } = await bench.run('sampleManifest', 'downloadTemplate', { ...parameters, outputField: 'template' });
		expect(outputs[0][0].json).toMatchObject({ fileName, mimeType });
		expect((await bench.engine.bytes(outputs[0][0].binary!.template)).toString('latin1')).toMatch(new RegExp(`^${start}`));
		expect(bench.arrived()).toMatchObject([{ query, authorized: false }]);
	});
});

describe('metadata and quality controls of a sample', () => {
	it('are set, read and taken away', async () => {
		expect(await json('sampleMetadata', 'set', { ...ofSample(), metadata: '{"row":["A",1]}' })).toEqual([{ metadata: { row: ['A', 1] } }]);
		expect(await json('sampleMetadata', 'get', ofSample())).toEqual([{ metadata: { row: ['A', 1] } }]);
		await json('sampleMetadata', 'set', { ...ofSample(), metadata: 'null' });
		expect(await json('sampleMetadata', 'get', ofSample())).toEqual([{ metadata: null }]);
		expect((await bench.run('sampleMetadata', 'set', { ...ofSample(), metadata: '{"a":' })).error?.message).toBe('"Metadata" is not valid JSON');
		expect((await bench.run('sampleMetadata', 'set', ofSample())).error?.message).toBe('"Metadata" is empty');
	});

	it('are listed', async () => {
		const controls = await json('qc', 'getAll', { ...ofSample('failedQc'), returnAll: true });
		expect(controls).toContainEqual(expect.objectContaining({ quality_control: expect.objectContaining({ status: 'failed' }) }));
		expect(await json('qc', 'getAll', { ...ofSample(), limit: 1 })).toHaveLength(1);
	});
});

describe('pipelines', () => {
	it('are listed and read, and so is what they can do', async () => {
		const all = await json('pipeline', 'getAll', { returnAll: true, filters: { sortBy: 'created', sortOrder: 'desc' } });
		expect(lastQuery('GET pipeline/')).toMatchObject({ sort_by: ['created'], sort_order: ['desc'] });
		const [latest] = await json('pipeline', 'getLatest');
		expect(latest).toMatchObject({ id: all[0].id, capabilities: expect.any(Array) });
		expect(await json('pipeline', 'get', { pipelineId: byId(String(all.at(-1)?.id)) })).toMatchObject([{ version: all.at(-1)?.version, capabilities: expect.any(Array) }]);
		const ids = (latest.capabilities as IDataObject[]).slice(0, 2).map(({ id }) => id);
		const capabilities = await json('pipeline', 'getManyCapabilities', { returnAll: true, filters: { capabilityIds: ids } });
		expect(capabilities.map(({ id }) => id)).toEqual(ids);
		expect(lastQuery('GET pipeline-capabilities/')).toMatchObject({ search: [ids.join(',')] });
		expect(await json('pipeline', 'getCapability', { capability: byId(String(ids[1])) })).toMatchObject([{ id: ids[1], name: expect.any(String) }]);
		const [whole] = await json('pipeline', 'getCapability', { capability: byId(String(ids[1])), simplify: false });
		expect(Object.keys(whole).length).toBeGreaterThan(10);
		expect((await bench.run('pipeline', 'get', { pipelineId: byId('11111111-1111-4111-8111-111111111111') })).error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Pipeline"') });
	});
});

describe('file types', () => {
	it('are listed, of samples or of the reference genome of a project', async () => {
		expect((await json('fileType', 'getAll', { returnAll: true })).map(({ key }) => key)).toEqual(expect.arrayContaining(['impute-vcf', 'qc', 'metadata']));
		const types = await json('fileType', 'getAll', { filters: { object: 'reference_genome', ...inProject() } });
		expect(types.length).toBeGreaterThan(0);
		expect(types.every(({ key }) => String(key).startsWith('genome-'))).toBe(true);
		expect(lastQuery('GET file-types/')).toMatchObject({ object: ['reference_genome'], project_id: [idOf('human')] });
	});
});

describe('reports', () => {
	it('of the quality controls of a project come as items or as a file', async () => {
		const rows = await json('report', 'projectQc', { ...inProject(), columns: ['client_id', 'status'] });
		expect(rows).toContainEqual({ client_id: 'PILOT-FAILED-QC', status: 'failed qc' });
		expect(lastQuery('GET project-qc-report/{project_id}')).toEqual({ columns: ['client_id,status'] });
		const { outputs } = await bench.run('report', 'projectQc', { ...inProject(), output: 'file', outputField: 'table' });
		expect(outputs[0][0].json).toMatchObject({ fileName: 'project-qc-report.csv', mimeType: 'text/csv' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.table)).toString()).toMatch(/^id,client_id,.*\n/);
		expect(lastQuery('GET project-qc-report/{project_id}')).toEqual({});
		const { error } = await bench.run('report', 'projectQc', { ...inProject(), columns: '={{ ["color"] }}' });
		expect(error?.message).toMatch(/^Gencove refused the request: Column\(s\) \['color'\] are invalid/);
	});

	it('keep what stands in quotes', async () => {
		await bench.control(`samples/${bench.simulator.info.samples.succeeded}`, { client_id: 'cow "7", brown' });
		const [row] = await json('report', 'projectQc', { ...inProject(), columns: ['client_id', 'id'] });
		expect(row).toEqual({ client_id: 'cow "7", brown', id: bench.simulator.info.samples.succeeded });
	});

	it('of the usage come month by month', async () => {
		const rows = await json('report', 'monthlyUsage', { additionalFields: { fromMonth: '2025-12', untilMonth: '2026-01' } });
		expect(rows).toMatchObject([{ year: '2025', month: '12' }, { year: '2026', month: '1', succeeded_samples: expect.stringMatching(/^\d+$/) }]);
		expect(lastQuery('GET organization-monthly-usage-report/')).toEqual({ from: ['2025-12'], to: ['2026-01'] });
		const { outputs } = await bench.run('report', 'monthlyUsage', { output: 'file', outputField: 'usage' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.usage)).toString()).toMatch(/^year,month,succeeded_samples,failed_samples\n(.*\n){12}$/);
		expect((await bench.run('report', 'monthlyUsage', { additionalFields: { fromMonth: '2026-01' } })).error?.message).toBe('"Until Month" is empty');
		expect((await bench.run('report', 'monthlyUsage', { additionalFields: { fromMonth: 'May', untilMonth: '2026-01' } })).error?.message).toBe('Gencove refused the request: Invalid date format: May. Must be YYYY-MM.');
	});
});

describe('the lists of the editor', () => {
	it('show batches and their types, manifests and pipelines', async () => {
		const { projectId, ...more } = COWS;
		const chosen = { projectId: projectId.value };
		const [batch] = await json('batch', 'create', { projectId, ...more, selectedIds: cows(1) });
		expect(await bench.shown('searchBatches', chosen, 'plate')).toEqual([['Plate 7 (queued)', batch.id]]);
		expect(await bench.shown('searchBatchTypes', chosen, 'hd')).toEqual([['illuminahd', 'illuminahd']]);
		await json('sampleManifest', 'createFromItems', inProject('empty'), { items: [WELL('A1', 'COW1')] });
		expect(await bench.shown('searchManifests', { projectId: idOf('empty') }, 'manifest')).toEqual([[expect.stringMatching(/^sample_manifest\.csv \(20/), expect.any(String)]]);
		expect(await bench.shown('searchPipelines', {}, 'simulated-12')).toEqual([['simulated-12.0', expect.any(String)]]);
		await expect(bench.shown('searchBatches')).rejects.toMatchObject({ message: '"Project" is empty' });
	});
});
