import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error as (Error & { description?: string }) | undefined;
const put = async (path: string, text = 'hello') => await bench.control('POST', 'objects', { path, text });
const stored = () => bench.arrived().filter(({ path }) => path.startsWith('/storage/'));

/** Begins like a packed file, which nobody may unpack on its way. */
const READS = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(3_000_000, 'genomics')]);
const NAME = 'reads_R1.fastq.gz';

describe.each(LAYOUTS)('with %s', (layout) => {
	const credential = () => (layout === 'gateway' ? { credential: bench.gateway() } : {});
	const upload = async (operation: string, parameters: IDataObject) => {
		const items = [await bench.engine.itemWithFile(READS, NAME)];
		return (await json('file', operation, parameters, { items, ...credential() }))[0];
	};
	const fetched = async (resource: string, operation: string, parameters: IDataObject) => {
		const { outputs, error } = await bench.run(resource, operation, parameters, credential());
		if (error) throw error;
		const [{ json: item, binary }] = outputs[0];
		return { item, bytes: await bench.engine.bytes(binary!.data) };
	};

	it('a file goes up and comes back byte by byte, without the log-in', async () => {
		expect(await upload('upload', {})).toEqual({ path: `uploads/${NAME}`, file_name: NAME, size: READS.length, content_type: 'application/gzip' });
		const { item, bytes } = await fetched('file', 'download', { path: `uploads/${NAME}` });
		expect(item).toMatchObject({ fileName: NAME, mimeType: 'application/gzip', fileSize: READS.length });
		expect(bytes.equals(READS)).toBe(true);
		expect(stored().map(({ method, authorized, headers }) => [method, authorized, headers?.['x-project-id']])).toEqual([['PUT', false, undefined], ['GET', false, undefined]]);
		expect(bench.sent('POST /files/files/upload-url')).toEqual([{ path: `uploads/${NAME}`, content_type: stored()[0].headers?.['content-type'] }]);
	});

	it.each([
		['subject', { subject: byId('P 001') }, `subjects/p-001/uploads/${NAME}`],
		['sample', { sample: byId('P 001-T') }, `samples/p-001-t/uploads/${NAME}`],
		['order', { order: byId('CASE-17') }, `orders/case-17/${NAME}`],
		['path', { folder: '/' }, NAME],
	])('a file goes into the folder of: %s', async (target, owner, path) => {
		expect(await upload('upload', { target, ...owner })).toMatchObject({ path });
	});

	it('a file gets the name and the type that are wanted', async () => {
		expect(await upload('upload', { additionalFields: { fileName: 'x.txt', contentType: 'text/plain' } })).toMatchObject({ path: 'uploads/x.txt', content_type: 'text/plain' });
	});

	it('a file of a sample is planned, sent and listed on its page, or skipped', async () => {
		const sampleId = byId('P 001-N');
		const path = `samples/p-001-n/uploads/${NAME}`;
		expect(await upload('uploadToSample', { sampleId, additionalFields: { tags: 'fastq_1, lane_1', fileName: NAME } })).toMatchObject({ action: 'added', dry_run: false, storage_path: path, file: { tags: ['fastq_1', 'lane_1'] } });
		expect(bench.sent('POST /miner/files/register-upload')).toMatchObject([{ dry_run: true }, { dry_run: false, size_bytes: READS.length, on_conflict: 'overwrite' }]);
		expect(await upload('uploadToSample', { sampleId })).toMatchObject({ action: 'replaced' });
		const before = stored().length;
		expect(await upload('uploadToSample', { sampleId, onConflict: 'skip' })).toMatchObject({ action: 'skipped' });
		expect(stored()).toHaveLength(before);
	});

	it('files are listed, copied, moved and removed; links are given out', async () => {
		await put('inbox/a.txt');
		await bench.through(layout, 'file', 'copy', { sourcePath: 'inbox/a.txt', destPath: 'inbox/deep/b.txt' });
		await bench.through(layout, 'file', 'move', { sourcePath: 'inbox/a.txt', destPath: 'inbox/c.txt' });
		const names = async (parameters: IDataObject) => (await bench.through(layout, 'file', 'getAll', { folder: 'inbox', ...parameters })).map(({ name }) => name);
		expect(await names({})).toEqual(['inbox/deep/', 'inbox/c.txt']);
		expect(await names({ returnAll: true, additionalFields: { recursive: true, filesOnly: true } })).toEqual(['inbox/c.txt', 'inbox/deep/b.txt']);
		expect(await names({ limit: 1 })).toHaveLength(1);
		expect(await bench.through(layout, 'file', 'delete', { path: 'inbox/c.txt' })).toMatchObject([{ deleted: true, path: 'inbox/c.txt' }]);
		expect(await names({ additionalFields: { filesOnly: true } })).toEqual([]);
		expect(await bench.through(layout, 'file', 'getDownloadUrl', { path: 'inbox/deep/b.txt' })).toMatchObject([{ url: expect.any(String), expires_in_seconds: 900 }]);
		expect(await bench.through(layout, 'file', 'getUploadUrl', { path: 'inbox/d.txt', contentType: 'text/plain' })).toMatchObject([{ url: expect.any(String) }]);
		const [sample] = await bench.through(layout, 'sample', 'get', { sampleId: byId('P 001-T') });
		expect(await bench.through(layout, 'file', 'registerUpload', { sampleId: byId(String(sample.id)), filename: 'b.txt', additionalFields: { tags: 'x', sizeBytes: 3, dryRun: true } })).toMatchObject([{ action: 'added', dry_run: true }]);
	});

	it('what came out of a run is downloaded by its name, or by the order that it was done for', async () => {
		const { item, bytes } = await fetched('run', 'downloadOutput', { runId: byId('demo-reporter-0003'), outputName: byId('report') });
		expect(item).toMatchObject({ fileName: 'report.html', output: 'report' });
		expect(bytes.toString('utf8')).toContain('Simulated report of demo-reporter-0003');
		const byOrder = await fetched('order', 'downloadResult', { orderId: byId('CASE-17'), resultName: 'Variants' });
		expect(byOrder.item).toMatchObject({ fileName: 'variants.vcf.gz', output: 'vcf', run_id: expect.any(String) });
	});
});

it('a run of a project whose bucket has a prefix gives its file, whether paths of files have the prefix or not', async () => {
	const projectId = byId(bench.simulator.info.otherProjectId);
	const { runs: [runId] } = (await bench.control('POST', 'seed', { project_id: projectId.value, runs: 1 })) as { runs: string[] };
	for (const prefixInPaths of [true, false]) {
		await bench.control('POST', 'settings', { prefixInPaths });
		expect(await json('run', 'downloadOutput', { projectId, runId: byId(runId), outputName: byId('report') })).toMatchObject([{ fileName: 'report.html' }]);
	}
});

describe('before anything is sent', () => {
	it.each([
		['a step up', 'download', { path: '../x' }, 'holds a step to another folder'],
		['a full address', 'download', { path: 'gs://sim-main/x' }, 'is a full address'],
		['a leading slash', 'delete', { path: '/x' }, 'begins with a slash'],
		['a folder in the place of a file', 'download', { path: 'uploads/' }, 'names a folder'],
		['a blank in a new name', 'copy', { sourcePath: 'a', destPath: 'b c' }, 'holds a blank'],
		['a blank in the name of a file', 'upload', { additionalFields: { fileName: 'my reads.txt' } }, 'holds a blank'],
	])('%s is told', async (_name, operation, parameters, message) => {
		const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'x.txt')];
		expect((await failure('file', operation, parameters as IDataObject, { items }))?.message).toContain(message);
		expect(bench.arrived()).toHaveLength(0);
	});
});

describe('a link that has expired', () => {
	const expires = () => bench.simulator.faults.add({ kind: 'status', status: 400, path: '/storage', body: '<Error><Code>ExpiredToken</Code></Error>', times: 1 } as never);

	it('is asked for anew, once, for a download and for an upload', async () => {
		await put('uploads/a.txt');
		expires();
		expect(await json('file', 'download', { path: 'uploads/a.txt' })).toMatchObject([{ fileSize: 5 }]);
		expect(bench.arrived('GET /files/files/download-url')).toHaveLength(2);
		expires();
		const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'x.txt')];
		expect(await json('file', 'upload', {}, { items })).toMatchObject([{ path: 'uploads/x.txt' }]);
		expect(bench.arrived('POST /files/files/upload-url')).toHaveLength(2);
	});

	it('a second time is told, without the link', async () => {
		await put('uploads/a.txt');
		bench.simulator.faults.add({ kind: 'status', status: 400, path: '/storage', body: '<Error><Code>ExpiredToken</Code></Error>', times: 2 } as never);
		const error = await failure('file', 'download', { path: 'uploads/a.txt' });
		expect(error).toMatchObject({ message: 'The storage behind iFlow refused "uploads/a.txt" (ExpiredToken)' });
		expect(JSON.stringify(error)).not.toMatch(/Signature|127\.0\.0\.1/);
	});
});

describe('what is not to be had is told', () => {
	it.each([
		['a file that is not there', 'file', 'download', { path: 'uploads/none.txt' }, 'There is no file "uploads/none.txt"'],
		['an output that the run does not have', 'run', 'downloadOutput', { runId: byId('demo-reporter-0003'), outputName: byId('none') }, 'The run has no output "none"'],
		['an output that is no file', 'run', 'downloadOutput', { runId: byId('demo-reporter-0003'), outputName: byId('summary') }, 'The output "summary" is no file'],
		['a run without outputs', 'run', 'downloadOutput', { runId: byId('demo-nextflow-0001'), outputName: byId('report') }, 'The run has no outputs: outputs are available for completed WDL runs only'],
		['an order without a good run', 'order', 'downloadResult', { orderId: byId('CASE-12'), resultName: 'report' }, 'No run of the order has succeeded'],
	])('%s', async (_name, resource, operation, parameters, message) => {
		expect((await failure(resource, operation, parameters as IDataObject))?.message).toBe(message);
	});

	it('a file in another bucket than that of the project', async () => {
		await bench.control('POST', `projects/${bench.simulator.info.projectId}`, { bucket_name: 'another' });
		expect((await failure('run', 'downloadOutput', { runId: byId('demo-reporter-0003'), outputName: byId('report') }))?.message).toBe('The file lies in another bucket than that of the project');
	});

	it('a file to who may look at PDF files alone', async () => {
		expect((await failure('file', 'download', { path: 'readme.txt' }, { credential: bench.credential({ accessToken: bench.simulator.info.demoToken }) }))?.message).toContain('Demo viewers may download PDF files only');
	});
});

it.each(['off', 'absent'])('a server that lists no uploads (%s) gets the file all the same, with a warning', async (registerUpload) => {
	await bench.control('POST', 'settings', { registerUpload });
	const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'x.txt')];
	expect(await json('file', 'uploadToSample', { sampleId: byId('P 002-G') }, { items })).toMatchObject([{ storage_path: 'samples/p-002-g/uploads/x.txt', warning: expect.any(String) }]);
});
