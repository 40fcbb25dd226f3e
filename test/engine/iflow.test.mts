import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error as (Error & { description?: string }) | undefined;

/** Every field of a thing of the miner service under its own name, as it is to arrive. */
const SUBJECT = { displayId: 'P-100', tags: 'a, b', properties: '{"room": 7}', sex: 'female', dateOfBirth: '1980-02-03', externalId: 'X1', diagnosis: 'D', clinicalNotes: 'N', firstName: 'F', surname: 'S', gender: 'G', hpoTerms: 'HP:0000001', phenotypeDescription: 'P', orderingPhysician: 'O' };
const SAMPLE = { displayId: 'P-100-T', tags: 't', properties: '{"rack": 1}', sampleType: 'germline', externalId: 'X2', barcode: 'B', tissue: 'blood', notes: 'N', collectionDate: '2026-01-02', specimenType: 'Blood', specimenId: 'I', sequencingDate: '2026-01-03', sequencingType: 'WES', source: 'L' };
const ORDER = { displayId: 'CASE-100', accessionNumber: 'A', externalId: 'X3', description: 'D', mode: 'somatic', priority: 'high', clinicalIndication: 'C', testType: 'T', orderingProvider: 'P', orderingFacility: 'F', receivedDate: '2026-01-02', dueDate: '2026-02-02', tags: 'u', properties: '{"k": 1}' };
const more = (additionalFields: object) => ({ additionalFields: additionalFields as IDataObject });

describe.each([['services', {}], ['gateway', { apiLayout: 'gateway' }]])('with %s', (layout, changes) => {
	const credential = () => bench.credential(changes);
	const done = async (resource: string, operation: string, parameters: IDataObject = {}) => await json(resource, operation, parameters, layout === 'services' ? {} : { credential: credential() });

	it('a subject, its sample and an order are made, changed, linked and removed', async () => {
		const [subject] = await done('subject', 'create', more(SUBJECT));
		expect(subject).toMatchObject({ subject_id: 'P-100', tags: ['a', 'b'], properties: { room: 7, sex: 'female', date_of_birth: '1980-02-03', external_id: 'X1', hpo_terms: ['HP:0000001'], ordering_physician: 'O' } });
		expect(await done('subject', 'update', { subjectId: byId(String(subject.id)), ...more({ ...SUBJECT, displayId: 'P-101', surname: 'Other', lookup: true }) })).toMatchObject([{ subject_id: 'P-101', properties: { room: 7, surname: 'Other' } }]);
		expect(await done('subject', 'get', { subjectId: byId(String(subject.id)), ...more({ lookup: true }) })).toMatchObject([{ subject_id: 'P-101' }]);
		expect(await done('subject', 'getAll', { filters: { search: 'p-101' } })).toHaveLength(1);

		const [sample] = await done('sample', 'create', { subjectId: byId('P-101'), ...more(SAMPLE) });
		expect(sample).toMatchObject({ sample_id: 'P-100-T', subject_id: subject.id, properties: { rack: 1, sample_type: 'germline', sequencing_type: 'WES', source: 'L' } });
		expect(await done('sample', 'update', { sampleId: byId(String(sample.id)), ...more({ ...SAMPLE, tissue: 'lung', newSubjectId: byId('P-101'), displayId: 'P-101-T', lookup: true }) })).toMatchObject([{ sample_id: 'P-101-T', properties: { tissue: 'lung', barcode: 'B' } }]);
		expect(await done('sample', 'get', { sampleId: byId(String(sample.id)), ...more({ lookup: true }) })).toMatchObject([{ sample_id: 'P-101-T' }]);
		expect(await done('sample', 'getAll', { filters: { sampleType: 'germline', ofSubject: byId('P-101'), search: '101' } })).toHaveLength(1);
		expect(await done('sample', 'getSampleInfo', { sampleId: byId('P-101-T'), ...more({ forOrder: byId('CASE-12') }) })).toMatchObject([{ sequencing_type: 'WES' }]);

		const [order] = await done('order', 'create', more({ ...ORDER, indication: 'C', name: 'CASE-100' }));
		expect(order).toMatchObject({ order_id: 'CASE-100', status: 'created', priority: 'high' });
		const [added] = await done('order', 'addSample', { orderId: byId('CASE-100'), sampleId: byId('P-101-T') });
		expect(added).toMatchObject({ success: true });
		expect(await done('order', 'getSamples', { orderId: byId('CASE-100') })).toMatchObject([{ id: sample.id }]);
		expect(await done('order', 'getSamplesheet', { orderId: byId('CASE-100') })).toMatchObject([{ sample: 'P-101-T' }]);
		expect(await done('order', 'removeSample', { orderId: byId('CASE-100'), sampleId: byId('P-101-T') })).toMatchObject([{ success: true }]);
		expect(await done('order', 'update', { orderId: byId('CASE-100'), ...more({ ...ORDER, indication: 'Other', displayId: 'CASE-101', priority: 'low' }) })).toMatchObject([{ order_id: 'CASE-101', priority: 'low' }]);
		expect(await done('order', 'transition', { orderId: byId(String(order.id)), status: 'analyzing', ...more({ comment: 'goes on', lookup: true }) })).toMatchObject([{ status: 'analyzing' }]);
		expect(await done('order', 'get', { orderId: byId(String(order.id)), ...more({ lookup: true }) })).toMatchObject([{ status: 'analyzing' }]);
		expect(await done('order', 'getLabflow', { orderId: byId('CASE-101') })).toHaveLength(1);
		expect(await done('order', 'getAll', { filters: { status: 'analyzing', priority: 'low', search: 'CASE' } })).toHaveLength(1);

		expect(await done('order', 'delete', { orderId: byId(String(order.id)), ...more({ lookup: true }) })).toMatchObject([{ deleted: true }]);
		expect(await done('sample', 'delete', { sampleId: byId(String(sample.id)), ...more({ lookup: true }) })).toMatchObject([{ deleted: true }]);
		expect(await done('subject', 'delete', { subjectId: byId(String(subject.id)), ...more({ lookup: true }) })).toMatchObject([{ deleted: true }]);
	});

	it('organizations, projects, the user and labflows are shown', async () => {
		expect((await done('organization', 'getAll')).length).toBeGreaterThan(0);
		expect((await done('project', 'getAll', { filters: { orgId: byId(bench.simulator.info.organizationId) } })).length).toBeGreaterThan(0);
		expect(await done('project', 'get', { projectId: byId(bench.simulator.info.projectId) })).toMatchObject([{ slug: 'sim-main' }]);
		expect(await done('user', 'whoAmI')).toMatchObject([{ email: 'n8n@machine.example.org' }]);
		const chosen = { chosenProjectId: byId(bench.simulator.info.otherProjectId), ...more({ orgId: byId(bench.simulator.info.organizationId) }) };
		expect(await done('user', 'setDefaultContext', chosen)).toMatchObject([{ project_id: bench.simulator.info.otherProjectId }]);
		expect(await done('user', 'getDefaultContext')).toMatchObject([{ project_id: bench.simulator.info.otherProjectId }]);
		const [labflow] = await done('labflow', 'getAll', { filters: { scope: 'system' } });
		expect(await done('labflow', 'get', { labflowId: byId(String(labflow.id)) })).toMatchObject([{ stages: expect.any(Array) }]);
		expect(bench.arrived().filter(({ path }) => path.includes('/admin/')).every(({ headers }) => headers?.['x-project-id'] === undefined)).toBe(true);
	});

	it('a run is submitted with all that it may have, waited for, and its report downloaded', async () => {
		await bench.control('POST', 'objects', { path: 'samples/p-001-t/uploads/a.vcf.gz', text: 'x' });
		const inputs = { inputsMode: 'json', inputsJson: '{"vcf": "samples/p-001-t/uploads/a.vcf.gz", "panels": "x,y"}' };
		const fields = { forOrder: byId('CASE-17'), forSample: byId('P 001-T'), analysisId: 'my-run', tags: 'n8n', properties: '{"k": 1}', profile: 'cloud', callbackUrl: 'http://127.0.0.1:9/callback' };
		const [run] = await done('run', 'submit', { pipelineId: byId('demo-reporter'), ...inputs, ...more(fields), waitForCompletion: true });
		expect(run).toMatchObject({ analysis_id: 'my-run', finished: true, succeeded: true, outputs: expect.arrayContaining([expect.objectContaining({ name: 'report' })]) });
		const [sent] = bench.sent('POST /compute/runs');
		expect(sent).toMatchObject({ params: { vcf: 'gs://sim-main/samples/p-001-t/uploads/a.vcf.gz', panels: ['x', 'y'] }, properties: { k: 1, sample_id: expect.stringMatching(/^2222/), subject_id: expect.stringMatching(/^1111/) }, tags: ['n8n'], order_id: 'CASE-17' });
		expect(bench.pauses[0]).toBe(10_000);
		const { outputs } = await bench.run('run', 'downloadOutput', { runId: byId('my-run'), outputName: byId('report') }, layout === 'services' ? {} : { credential: credential() });
		expect(outputs[0][0].json).toMatchObject({ fileName: 'report.html', output: 'report' });
		expect(await done('order', 'downloadResult', { orderId: byId('CASE-17'), resultName: 'Report' })).toMatchObject([{ fileName: 'report.html', run_id: run.id }]);
		expect(await done('run', 'getByOrder', { orderId: byId('CASE-17') })).toHaveLength(3);
		expect(await done('run', 'getAll', { filters: { status: 'succeeded' } })).not.toHaveLength(0);
		expect(await done('run', 'get', { runId: byId('my-run') })).toMatchObject([{ status: 'succeeded' }]);
		expect(await done('run', 'getOutputs', { runId: byId('my-run'), eachOutput: true })).toHaveLength(3);
		expect(await done('run', 'waitForCompletion', { runId: byId('my-run') })).toMatchObject([{ finished: true }]);
		expect(await done('run', 'cancel', { runId: byId('demo-reporter-0001') })).toMatchObject([{ success: true, id: 'demo-reporter-0001' }]);
	});

	it('files go up, are listed, copied, moved, downloaded and removed', async () => {
		const content = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(3_000_000, 'genomics')]);
		const run = async (operation: string, parameters: IDataObject) => {
			const items = [await bench.engine.itemWithFile(content, 'reads_R1.fastq.gz')];
			const { outputs, error } = await bench.run('file', operation, parameters, { items, ...(layout === 'gateway' && { credential: credential() }) });
			if (error) throw error;
			return outputs[0][0];
		};
		expect((await run('upload', {})).json).toMatchObject({ path: 'uploads/reads_R1.fastq.gz', content_type: 'application/gzip' });
		expect((await run('upload', { target: 'subject', subject: byId('P 001'), ...more({ fileName: 'x.txt', contentType: 'text/plain' }) })).json).toMatchObject({ path: 'subjects/p-001/uploads/x.txt' });
		expect((await run('upload', { target: 'sample', sample: byId('P 001-T') })).json).toMatchObject({ path: 'samples/p-001-t/uploads/reads_R1.fastq.gz' });
		expect((await run('upload', { target: 'order', order: byId('CASE-17') })).json).toMatchObject({ path: 'orders/case-17/reads_R1.fastq.gz' });
		expect((await run('uploadToSample', { sampleId: byId('P 001-N'), ...more({ tags: 'fastq_1', onConflict: 'overwrite' }) })).json).toMatchObject({ action: 'added', storage_path: 'samples/p-001-n/uploads/reads_R1.fastq.gz', file: { tags: ['fastq_1'] } });
		expect((await run('uploadToSample', { sampleId: byId('P 001-N'), onConflict: 'skip' })).json).toMatchObject({ action: 'skipped' });
		const downloaded = await run('download', { path: 'uploads/reads_R1.fastq.gz' });
		expect(Buffer.compare(await bench.engine.bytes(downloaded.binary!.data), content)).toBe(0);
		const storage = bench.arrived().filter(({ path }) => path.startsWith('/storage/'));
		expect(storage.length).toBeGreaterThan(5);
		expect(storage.every(({ authorized, headers }) => !authorized && headers?.['x-project-id'] === undefined)).toBe(true);

		expect(await done('file', 'copy', { sourcePath: 'uploads/reads_R1.fastq.gz', destPath: 'uploads/copy.fastq.gz' })).toHaveLength(1);
		expect(await done('file', 'move', { sourcePath: 'uploads/copy.fastq.gz', destPath: 'uploads/deep/moved.fastq.gz' })).toHaveLength(1);
		expect((await done('file', 'getAll', { folder: 'uploads' })).map(({ name }) => name)).toEqual(expect.arrayContaining(['uploads/deep/', 'uploads/reads_R1.fastq.gz']));
		expect((await done('file', 'getAll', { returnAll: true, ...more({ recursive: true, filesOnly: true }) })).map(({ name }) => name)).toContain('uploads/deep/moved.fastq.gz');
		expect(await done('file', 'getDownloadUrl', { path: 'uploads/deep/moved.fastq.gz' })).toMatchObject([{ expires_in_seconds: 900 }]);
		expect(await done('file', 'getUploadUrl', { path: 'uploads/y.txt', contentType: 'text/plain' })).toMatchObject([{ expires_in_seconds: 900 }]);
		const [sample] = await done('sample', 'get', { sampleId: byId('P 001-T') });
		expect(await done('file', 'registerUpload', { sampleId: byId(String(sample.id)), filename: 'b.txt', ...more({ tags: 'x', sizeBytes: 3, dryRun: true }) })).toMatchObject([{ action: 'added', dry_run: true }]);
		expect(await done('file', 'delete', { path: 'uploads/deep/moved.fastq.gz' })).toMatchObject([{ deleted: true }]);
	});
});

it('the credentials of a project are masked unless they are asked for', async () => {
	const { projectId, adminToken } = bench.simulator.info;
	const credential = bench.credential({ accessToken: adminToken });
	const [masked] = await json('project', 'getCredentials', { projectId: byId(projectId) }, { credential });
	expect(JSON.stringify(masked)).toContain('•••');
	const [open] = await json('project', 'getCredentials', { projectId: byId(projectId), ...more({ includeSecrets: true }) }, { credential });
	expect(JSON.stringify(open)).not.toContain('•••');
	expect((await failure('project', 'getCredentials', { projectId: byId(projectId) }))?.message).toContain('Credentials are for administrators');
});

it('calls of one\'s own go to any service, with or without the project', async () => {
	expect(await json('apiCall', 'customCall', { path: '/api/v1/orders', ...more({ query: '{"limit": 2}' }) })).toHaveLength(2);
	expect(await json('apiCall', 'customCall', { method: 'POST', path: 'subjects', ...more({ body: '{"display_id": "OWN"}' }) })).toMatchObject([{ subject_id: 'OWN' }]);
	expect((await failure('apiCall', 'customCall', { path: 'orders', withProject: false }))?.message).toContain('X-Project-ID');
	expect(await json('apiCall', 'getOpenApiSchema', { service: 'compute' })).toMatchObject([{ openapi: expect.any(String) }]);
});

it('a sample is put on an order in the form that the server knows', async () => {
	const add = { orderId: byId('CASE-11'), sampleId: byId('P 002-G') };
	await bench.control('POST', 'settings', { addSample: 'path' });
	await json('order', 'addSample', add);
	expect(bench.arrived('POST /miner/orders/{id}/samples/{sample_id}')).toHaveLength(1);
	expect((await failure('order', 'addSample', { ...add, ...more({ role: 'proband' }) }))?.message).toContain('A role can only be told');
	await bench.control('POST', 'settings', { addSample: 'body' });
	await json('order', 'addSample', { orderId: byId('CASE-12'), sampleId: byId('P 002-G'), ...more({ role: 'mother', requestForm: 'body' }) }).catch(() => undefined);
	expect(bench.sent('POST /miner/orders/{id}/samples').at(-1)).toMatchObject({ role: 'mother' });
});

it('a server that calls runs analyses is asked with its word', async () => {
	await bench.control('POST', 'settings', { runsWord: 'analyses' });
	expect(await json('run', 'getAll', {}, {})).not.toHaveLength(0);
	expect(bench.arrived().filter(({ path }) => /\/(runs|analyses)$/.test(path)).map(({ path }) => path)).toEqual(['/compute/api/v1/runs', '/compute/api/v1/analyses']);
});

describe('lists', () => {
	const all = { projectId: byId(''), returnAll: true };

	it.each([['offset', {}], ['no offset', { offset: 'ignored' }], ['envelopes', { listShape: 'wrapped' }], ['a lower limit', { maxLimit: 50 }]])('are read to their end with %s', async (_name, settings) => {
		await bench.control('POST', 'settings', settings);
		const orders = await json('order', 'getAll', { ...all, projectId: byId(bench.simulator.info.otherProjectId) });
		expect(new Set(orders.map(({ id }) => id)).size).toBe(130);
	});

	it('of some are asked for with their limit', async () => {
		expect(await json('order', 'getAll', { limit: 3 })).toHaveLength(3);
		expect(bench.arrived('GET /miner/orders')[0].query).toMatchObject({ limit: ['3'] });
	});
});

describe('before anything is sent', () => {
	it.each([
		['a project that is missing', 'order', 'getAll', {}, { projectId: '' }, 'No project is chosen'],
		['a path with a step up', 'file', 'download', { path: '../x' }, {}, 'holds a step to another folder'],
		['a full address', 'file', 'download', { path: 'gs://sim-main/x' }, {}, 'is a full address'],
		['a leading slash', 'file', 'delete', { path: '/x' }, {}, 'begins with a slash'],
		['a blank in a new name', 'file', 'copy', { sourcePath: 'a', destPath: 'b c' }, {}, 'holds a blank'],
		['an update without changes', 'subject', 'update', { subjectId: byId('P 001') }, {}, 'Nothing is to be changed'],
	])('%s is told', async (_name, resource, operation, parameters, changes, message) => {
		const error = await failure(resource, operation, parameters as IDataObject, { credential: bench.credential(changes) });
		expect(error?.message).toContain(message);
		expect(bench.arrived()).toHaveLength(0);
	});

	it.each([
		['a missing input', '{"vcf": "a.vcf.gz"}', 'The input "Gene panels" is missing'],
		['an unknown input', '{"vcf": "a.vcf.gz", "panels": "x", "vfc": 1}', 'The pipeline has no input "vfc"'],
	])('%s of a pipeline is told', async (_name, inputsJson, message) => {
		expect((await failure('run', 'submit', { pipelineId: byId('demo-reporter'), inputsMode: 'json', inputsJson }))?.message).toContain(message);
		expect(bench.sent('POST /compute/runs')).toHaveLength(0);
	});
});

it('refusals are told in iFlow\'s words; reads are repeated, writes never', async () => {
	expect((await failure('order', 'get', { orderId: byId('NONE') }))?.message).toMatch(/^iFlow /);
	expect((await failure('order', 'create', more({ displayId: 'CASE-17' })))?.message).toContain('iFlow refused');
	bench.simulator.faults.add({ kind: 'html', status: 502, times: 1 } as never);
	expect(await json('order', 'getAll', { limit: 1 })).toHaveLength(1);
	bench.simulator.faults.add({ kind: 'html', status: 502, times: 1 } as never);
	expect(await failure('subject', 'create')).toBeDefined();
	expect(bench.sent('POST /miner/subjects')).toHaveLength(1);
	expect(await failure('run', 'submit', { pipelineId: byId('always-fails'), inputsMode: 'json', inputsJson: '{"vcf": "a.vcf.gz"}', waitForCompletion: true })).toMatchObject({ message: expect.stringContaining('ended as "failed"'), description: expect.stringContaining('Task report exited with code 1') });
	expect((await failure('run', 'downloadOutput', { runId: byId('demo-nextflow-0001'), outputName: byId('report') }))?.message).toContain('The run has no outputs');
	expect((await failure('run', 'getOutputs', { runId: byId('demo-nextflow-0001'), ...more({ failWithout: true }) }))?.message).toContain('The run has no outputs');
});

it('a link that has expired is asked for anew once; one of a missing file is told without it', async () => {
	await bench.control('POST', 'objects', { path: 'uploads/a.txt', text: 'hello' });
	bench.simulator.faults.add({ kind: 'status', status: 400, path: '/storage', body: '<Error><Code>ExpiredToken</Code></Error>', times: 1 } as never);
	expect(await json('file', 'download', { path: 'uploads/a.txt' })).toMatchObject([{ fileSize: 5 }]);
	expect(bench.arrived('GET /files/files/download-url')).toHaveLength(2);
	const error = await failure('file', 'download', { path: 'uploads/none.txt' });
	expect(error?.message).toBe('There is no file "uploads/none.txt"');
	expect(JSON.stringify(error)).not.toContain('Signature');
});

it('a server that lists no uploads gets the file all the same, with a warning', async () => {
	for (const registerUpload of ['off', 'absent']) {
		await bench.control('POST', 'settings', { registerUpload });
		const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'x.txt')];
		expect(await json('file', 'uploadToSample', { sampleId: byId('P 002-G') }, { items })).toMatchObject([{ storage_path: 'samples/p-002-g/uploads/x.txt', warning: expect.any(String) }]);
	}
});

it('samplesheets come as items, text or file', async () => {
	expect(await json('order', 'getSamplesheet', { orderId: byId('CASE-17') })).toHaveLength(2);
	expect(await json('order', 'getSamplesheet', { orderId: byId('CASE-17'), output: 'text' })).toMatchObject([{ samplesheet: expect.stringContaining('sample,') }]);
	expect(await json('order', 'getSamplesheet', { orderId: byId('CASE-17'), output: 'file' })).toMatchObject([{ mimeType: 'text/csv' }]);
});
