import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const MEBIBYTE = 1 << 20;
const project = (name: 'empty' | 'human' = 'empty') => byId(bench.simulator.info.projects[name]);
const reads = (size: number) => Buffer.alloc(size, 'ACGTTGCA');

/** An item with a pair of reads in the fields r1 and r2. */
async function pair(client: string, size = 1000): Promise<INodeExecutionData> {
	const [r1, r2] = await Promise.all(['R1', 'R2'].map(async (read) => await bench.engine.itemWithFile(reads(size), `${client}_${read}.fastq.gz`)));
	return { json: { client }, binary: { r1: r1.binary!.data, r2: r2.binary!.data } };
}

/** What the storage holds of an upload. */
async function stored({ s3 }: IDataObject): Promise<Buffer> {
	const { object_name: key } = s3 as IDataObject;
	const upload = [...bench.simulator.state.uploads.values()].find(({ objectName }) => objectName === key);
	const { content } = upload!;
	const pieces: Buffer[] = [];
	for (let at = 0; at < content!.length; at += pieces.at(-1)!.length) pieces.push(Buffer.from(content!.read(at, content!.length - at)));
	return Buffer.concat(pieces);
}

describe('an upload', () => {
	it('of a pair becomes one sample, whose analysis is started', async () => {
		const [result] = await json('upload', 'upload', { inputFields: 'r1, r2', runProjectId: project(), additionalFields: { clientId: 'BULL-7', destinationFolder: 'gncv://plate7/', metadata: '{"row":"A"}' } }, { items: [await pair('x')] });
		expect((result.uploads as IDataObject[]).map(({ destination_path, skipped }) => [destination_path, skipped])).toEqual([['gncv://plate7/BULL-7_R1.fastq.gz', false], ['gncv://plate7/BULL-7_R2.fastq.gz', false]]);
		expect(result.samples).toMatchObject([{ client_id: 'BULL-7', sample: expect.any(String) }]);
		expect(bench.sent('POST project-samples/{project_id}')).toMatchObject([{ uploads: [{ client_id: 'BULL-7', fastq: { r1: { upload: expect.any(String) }, r2: { upload: expect.any(String) } } }], metadata: { row: 'A' } }]);
		expect(await json('sample', 'getAll', { projectId: project() })).toMatchObject([{ client_id: 'BULL-7' }]);
	});

	it.each([[1000, 'at once'], [20 * MEBIBYTE + 5, 'in parts']])('of %i bytes arrives whole, %s', async (size, _way) => {
		const content = reads(size);
		const [{ uploads }] = await json('upload', 'upload', {}, { items: [await bench.engine.itemWithFile(content, 'S1_R1.fastq.gz')] });
		expect((await stored((uploads as IDataObject[])[0])).equals(content)).toBe(true);
		expect(bench.arrived('POST upload-credentials/')).toHaveLength(1);
	});

	it('is not sent again when it is there, and goes beside another file of its name', async () => {
		const parameters = { additionalFields: { destinationFolder: 'gncv://twice' } };
		const same = await bench.engine.itemWithFile(reads(1000), 'S1_R1.fastq.gz');
		await json('upload', 'upload', parameters, { items: [same] });
		await bench.simulator.clock.advance(60_000);
		const [again] = await json('upload', 'upload', parameters, { items: [same] });
		expect(again.uploads).toMatchObject([{ skipped: true }]);
		const [other] = await json('upload', 'upload', parameters, { items: [await bench.engine.itemWithFile(reads(999), 'S1_R1.fastq.gz')] });
		expect(other.uploads).toMatchObject([{ skipped: false, destination_path: expect.stringMatching(/^gncv:\/\/twice-[0-9a-f]{8}\/S1_R1.fastq.gz$/) }]);
	});

	it.each([
		[{ additionalFields: { destinationFolder: '/plate7' } }, '"/plate7" is not a folder of the upload area'],
		[{ additionalFields: { clientId: 'BULL_7' } }, '"BULL_7" cannot be a client ID'],
		[{ inputFields: 'data,data2,data3', additionalFields: { clientId: 'B' } }, 'There are more than two files for one sample'],
	])('that Gencove would not understand is refused before anything is sent: %j', async (parameters, message) => {
		const { error } = await bench.run('upload', 'upload', parameters, { items: [await bench.engine.itemWithFile(reads(10), 'S1_R1.fastq.gz')] });
		expect(error?.message).toBe(message);
		expect(bench.arrived()).toEqual([]);
	});

	it('of a pair stays together beside another file, and is run from there', async () => {
		const folder = { destinationFolder: 'gncv://pairs' };
		await json('upload', 'upload', { additionalFields: folder }, { items: [await bench.engine.itemWithFile(reads(999), 'P_R1.fastq.gz')] });
		await bench.simulator.clock.advance(60_000);
		const [result] = await json('upload', 'upload', { inputFields: 'r1,r2', runProjectId: project(), additionalFields: folder }, { items: [await pair('P')] });
		const folders = (result.uploads as IDataObject[]).map(({ destination_path: path }) => String(path).replace(/\/[^/]+$/, ''));
		expect(new Set(folders)).toEqual(new Set([result.destination_folder]));
		expect(result.destination_folder).toMatch(/^gncv:\/\/pairs-[0-9a-f]{8}$/);
		expect(result.samples).toMatchObject([{ client_id: 'P' }]);
		expect(bench.pauses.length).toBeLessThan(3);
	});

	it('that was run before is left alone when it comes again', async () => {
		const parameters = { inputFields: 'r1,r2', runProjectId: project(), additionalFields: { destinationFolder: 'gncv://again' } };
		const items = [await pair('Q')];
		await json('upload', 'upload', parameters, { items });
		await bench.simulator.clock.advance(60_000);
		const [again] = await json('upload', 'upload', parameters, { items });
		expect(again).toMatchObject({ uploads: [{ skipped: true }, { skipped: true }], samples: [] });
		expect(bench.sent('POST project-samples/{project_id}')).toHaveLength(1);
	});

	it('of two files with one name is refused', async () => {
		const { binary } = await bench.engine.itemWithFile(reads(10), 'S1_R1.fastq.gz');
		const { error } = await bench.run('upload', 'upload', { inputFields: 'a,b' }, { items: [{ json: {}, binary: { a: binary!.data, b: binary!.data } }] });
		expect(error?.message).toBe('Two of the files have the same name');
		expect(bench.arrived()).toEqual([]);
	});

	it.each(['gncv://', 'gncv:///', '/'])('area is never taken whole: %s', async (path) => {
		expect((await bench.run('sample', 'assignUploads', { projectId: project(), path })).error?.message).toMatch(/is not a folder of the upload area$/);
		expect((await bench.run('upload', 'deleteUnassigned', { path })).error?.message).toMatch(/is not a folder of the upload area$/);
		expect(bench.arrived()).toEqual([]);
	});

	it('for a project that is not there is refused before anything is sent', async () => {
		const parameters = { runProjectId: byId('00000000-0000-4000-8000-00000000dead') };
		const uploading = await bench.run('upload', 'upload', parameters, { items: [await bench.engine.itemWithFile(reads(10), 'S1_R1.fastq.gz')] });
		const importing = await bench.run('import', 'fromUrl', { ...parameters, url: 'https://example.org/S1_R1.fastq.gz' });
		const mapping = await bench.run('import', 'fastqMap', parameters, { items: [{ json: { client_id: 'A', r_notation: 'R1', url: 'https://example.org/a.fastq.gz' } }] });
		for (const { error } of [uploading, importing, mapping]) expect(error).toMatchObject({ httpCode: '404' });
		expect(bench.arrived().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('that cannot be made a sample says where its files are', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 400, method: 'POST', path: 'project-samples', body: '{"detail":"No quota."}' });
		const parameters = { runProjectId: project(), additionalFields: { destinationFolder: 'gncv://kept' } };
		const { error } = await bench.run('upload', 'upload', parameters, { items: [await bench.engine.itemWithFile(reads(10), 'S1_R1.fastq.gz')] });
		expect(error).toMatchObject({ message: expect.stringContaining('No quota.'), description: expect.stringContaining('The files are in gncv://kept and need not be sent again') });
	});

	it('whose size Gencove does not tell is not taken for the same file', async () => {
		const slot = { id: '00000000-0000-4000-8000-000000000001', file: { size: null }, last_status: { status: 'succeeded' } };
		const parameters = { additionalFields: { destinationFolder: 'gncv://unknown' } };
		const items = [await bench.engine.itemWithFile(reads(1000), 'S1_R1.fastq.gz')];
		const [{ uploads }] = await json('upload', 'upload', parameters, { items });
		await bench.simulator.clock.advance(60_000);
		bench.simulator.faults.add({ kind: 'status', status: 200, method: 'GET', path: `uploads/${String((uploads as IDataObject[])[0].id)}`, body: JSON.stringify(slot) });
		const [again] = await json('upload', 'upload', parameters, { items });
		expect(again).toMatchObject({ destination_folder: expect.stringMatching(/^gncv:\/\/unknown-/), uploads: [{ skipped: false }] });
	});

	it.each(['S1.bam', 'S1.fastq'])('of %s is refused under a client ID, too', async (name) => {
		const named = { additionalFields: { clientId: 'BULL' } };
		const message = `"${name}" is not a file of compressed reads by its name`;
		expect((await bench.run('upload', 'upload', named, { items: [await bench.engine.itemWithFile(reads(10), name)] })).error?.message).toBe(message);
		expect((await bench.run('import', 'fromUrl', { ...named, url: `https://example.org/${name}` })).error?.message).toBe(message);
		expect(bench.arrived()).toEqual([]);
	});

	it('of something that is not reads by its name is refused', async () => {
		const { error } = await bench.run('upload', 'upload', {}, { items: [await bench.engine.itemWithFile(reads(10), 'S1.bam')] });
		expect(error).toMatchObject({ message: '"S1.bam" is not a file of reads by its name', description: expect.stringContaining('.fastq.gz') });
	});

	it('whose parts the storage refuses leaves nothing behind, and says so', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 403, method: 'PUT', times: 20, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' });
		const { error } = await bench.run('upload', 'upload', {}, { items: [await bench.engine.itemWithFile(reads(20 * MEBIBYTE), 'S1_R1.fastq.gz')] });
		expect(error?.message).toBe('The storage behind Gencove refused the request: Access Denied');
		expect(bench.simulator.journal.since().entries.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
	});

	it('that is stopped takes back the parts that it has sent', async () => {
		bench.simulator.faults.add({ kind: 'delay', ms: 300, method: 'PUT', times: 20 });
		let stop = () => {};
		const running = bench.run('upload', 'upload', {}, { items: [await bench.engine.itemWithFile(reads(40 * MEBIBYTE), 'S1_R1.fastq.gz')], onStart: (cancel) => { stop = cancel; } });
		const requests = (method: string) => bench.simulator.journal.since().entries.filter((entry) => entry.method === method);
		const until = async (method: string) => {
			for (let tries = 0; tries < 100 && requests(method).length === 0; tries++) await new Promise((done) => setTimeout(done, 50));
		};
		await until('PUT');
		stop();
		await running;
		await until('DELETE');
		expect(requests('DELETE')).toHaveLength(1);
		expect(requests('PUT').length).toBeLessThan(5);
	});

	it('is given its slot, its form or its keys for other programs, and listed', async () => {
		const [slot] = await json('upload', 'createSlot', { destinationPath: 'gncv://other/S2_R1.fastq.gz' });
		expect(slot).toMatchObject({ s3: { bucket: expect.any(String) } });
		expect(await json('upload', 'getPresignedForm', { destinationPath: 'gncv://other/S3_R1.fastq.gz' })).toMatchObject([{ url: expect.any(String), fields: expect.any(Object) }]);
		expect(await json('upload', 'getCredentials', {}, { givesSecrets: true })).toMatchObject([{ access_key: expect.any(String) }]);
		expect(await json('upload', 'get', { uploadId: byId(String(slot.id)) })).toMatchObject([{ id: slot.id }]);
		expect(await json('upload', 'getAll', { filters: { search: String(slot.id), status: 'started' } })).toMatchObject([{ id: slot.id }]);
	});

	it('without a sample is deleted by its ID or with its folder', async () => {
		const [{ uploads }] = await json('upload', 'upload', { additionalFields: { destinationFolder: 'gncv://gone' } }, { items: [await bench.engine.itemWithFile(reads(10), 'S1_R1.fastq.gz')] });
		await bench.simulator.clock.advance(60_000);
		const [{ id }] = uploads as IDataObject[];
		expect(await json('upload', 'deleteUnassigned', { path: 'gncv://gone/' })).toEqual([{ deleted: true, upload_ids: [id] }]);
		expect(await json('upload', 'deleteUnassigned', { path: 'gncv://gon' })).toEqual([{ deleted: true, upload_ids: [] }]);
		expect((await bench.run('upload', 'deleteUnassigned')).error?.message).toBe('Nothing is named that is to be deleted');
	});

	it('with a sample is left alone when its folder is deleted', async () => {
		const send = async (name: string, runProjectId: IDataObject | string) =>
			await json('upload', 'upload', { runProjectId, additionalFields: { destinationFolder: 'gncv://mixed' } }, { items: [await bench.engine.itemWithFile(reads(10), `${name}_R1.fastq.gz`)] });
		await send('USED', project());
		const [{ uploads }] = await send('FREE', '');
		await bench.simulator.clock.advance(60_000);
		expect(await json('upload', 'deleteUnassigned', { path: 'gncv://mixed' })).toEqual([{ deleted: true, upload_ids: [(uploads as IDataObject[])[0].id] }]);
	});

	it('is assigned later by its folder, and the sheet shows what waits', async () => {
		const inFolder = { additionalFields: { destinationFolder: 'gncv://later' } };
		for (const client of ['S1', 'S2']) await json('upload', 'upload', { inputFields: ['r1', 'r2'], ...inFolder }, { items: [await pair(client)] });
		await json('upload', 'upload', { additionalFields: { destinationFolder: 'gncv://later2' } }, { items: [await bench.engine.itemWithFile(reads(10), 'S3_R1.fastq.gz')] });
		await bench.simulator.clock.advance(60_000);
		const sheet = await json('upload', 'getSampleSheet', { filters: { search: 'gncv://later/', sortBy: 'created', sortOrder: 'asc', assignment: 'unassigned' } });
		expect(sheet.map(({ client_id }) => client_id).sort()).toEqual(['S1', 'S2']);
		const samples = await json('sample', 'assignUploads', { projectId: project(), path: 'gncv://later', assignment: 'all', additionalFields: { metadata: '{"plate":7}' } });
		expect(samples.map(({ client_id }) => client_id).sort()).toEqual(['S1', 'S2']);
		expect((await bench.run('sample', 'assignUploads', { projectId: project(), path: 'gncv://nothing' })).error?.message).toBe('There are no such uploads in gncv://nothing');
	});
});

describe('an import', () => {
	it('by the address of a file does not pass through n8n', async () => {
		const [result] = await json('import', 'fromUrl', { url: 'https://example.org/data/a.fastq.gz?x=1', read: 'R1', runProjectId: project(), additionalFields: { clientId: 'COW1', destinationFolder: 'gncv://urls', metadata: '[1]' } });
		expect(result).toMatchObject({ destination_path: 'gncv://urls/COW1_R1.fastq.gz', samples: [{ client_id: 'COW1' }] });
		expect(bench.sent('POST uploads-url/')).toEqual([{ destination_path: 'gncv://urls/COW1_R1.fastq.gz', source_url: 'https://example.org/data/a.fastq.gz?x=1' }]);
		expect((await bench.run('import', 'fromUrl', { url: 'https://example.org/b.fastq.gz', read: 'R2', runProjectId: project(), additionalFields: { clientId: 'COW2' } })).error?.message).toBe('Second reads alone make no sample');
		expect(await json('import', 'fromUrl', { url: 'https://example.org/50%_R1.fastq.gz', additionalFields: { destinationFolder: 'gncv://percent' } })).toMatchObject([{ destination_path: 'gncv://percent/50%_R1.fastq.gz' }]);
		expect((await bench.run('import', 'fromUrl', { url: 'ftp://example.org/a.fastq.gz' })).error?.message).toBe('"URL" is no web address');
	});

	it('by a map makes one sample of each pair, and keeps apart the items that do not fit', async () => {
		const row = (client_id: string, r_notation: string, url = `https://example.org/${client_id}_${r_notation}.fastq.gz`) => ({ json: { client_id, r_notation, url } });
		const items = [row('A', 'R1'), row('A', 'r2'), row('B', 'R1'), row('B', 'R1'), row('C', 'R3'), { json: { client_id: 'D' } }];
		const { outputs } = await bench.run('import', 'fastqMap', { runProjectId: project(), additionalFields: { destinationFolder: 'gncv://map', metadata: '{"a":1}' } }, { items, settings: { onError: 'continueErrorOutput' } });
		expect(outputs[0][0].json.samples).toMatchObject([{ client_id: 'A' }, { client_id: 'B' }]);
		expect(outputs[0][0].pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }, { item: 4 }, { item: 5 }]);
	});
});

it('of many items is not sent again by Retry On Fail when it may have arrived', async () => {
	bench.simulator.faults.add({ kind: 'cut', after: true, path: 'project-samples', method: 'POST', times: 3 });
	const items = [{ json: { client_id: 'A', r_notation: 'R1', url: 'https://example.org/a.fastq.gz' } }];
	const { error } = await bench.run('import', 'fastqMap', { runProjectId: project() }, { items, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } });
	expect(error?.message).toContain('may have done what was asked');
	expect(bench.arrived('POST project-samples/{project_id}')).toHaveLength(1);
});

describe('a download', () => {
	const sample = () => ({ sampleId: byId(bench.simulator.info.samples.succeeded) });

	it('of one file comes by its link, without the credential, under Gencove\'s own name', async () => {
		const { outputs, error } = await bench.run('sample', 'downloadFile', { ...sample(), fileType: 'fastq-r1' });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ fileName: expect.stringMatching(/_R1\.fastq\.gz$/), fileType: 'fastq-r1' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).length).toBe(outputs[0][0].json.fileSize);
	});

	it('of a link that has expired is asked for again', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 403, method: 'GET', path: 'R1.fastq.gz', body: '<Error><Code>AccessDenied</Code></Error>' });
		const { error } = await bench.run('sample', 'downloadFile', { ...sample(), fileType: 'fastq-r1' });
		expect(error).toBeUndefined();
		expect(bench.arrived('GET samples/{sample_id}')).toHaveLength(2);
	});

	it('of a type that is not there names those that are', async () => {
		const { error } = await bench.run('sample', 'downloadFile', { ...sample(), fileType: 'alignment-xyz' });
		expect(error).toMatchObject({ message: 'There is no file of the type "alignment-xyz"', description: expect.stringContaining('fastq-r1') });
	});

	it.each([['archived', 'The sample is in the archive ("archived")'], ['running', 'The sample has no results yet: it is "running"']] as const)('of a sample that is %s says what to do', async (name, message) => {
		const { error } = await bench.run('sample', 'downloadFile', { sampleId: byId(bench.simulator.info.samples[name]), fileType: 'fastq-r1' });
		expect(error?.message).toBe(message);
	});

	it('of all files gives an item for each, named by a template, without those that are known', async () => {
		const all = await bench.run('sample', 'downloadAll', { ...sample(), additionalFields: { nameTemplate: '{client_id}/{file_type}.{file_extension}' } });
		expect(all.error).toBeUndefined();
		const told = all.outputs[0].map(({ json: row }) => row);
		expect(told.map(({ fileType }) => fileType)).toEqual(expect.arrayContaining(['fastq-r1', 'qc', 'metadata']));
		expect(told[0].fileName).toMatch(/^[^/]+\/fastq-r1\.fastq\.gz$/);
		const again = await json('sample', 'downloadAll', { ...sample(), additionalFields: { nameTemplate: '{client_id}/{file_type}.{file_extension}', known: told } });
		expect(again.filter(({ skipped }) => !skipped).map(({ fileType }) => fileType)).toEqual(['qc', 'metadata']);
		const one = await json('sample', 'downloadAll', { ...sample(), fileTypes: ['fastq-r1'], additionalFields: { nameTemplate: '{client_id}/{file_type}.{file_extension}', known: told[0] } });
		expect(one).toMatchObject([{ skipped: true }]);
		expect((await bench.run('sample', 'downloadAll', { ...sample(), additionalFields: { known: '["a.fastq.gz"]' } })).error?.message).toBe('"Only New or Changed" is not a list of files');
		const some = await json('sample', 'downloadAll', { ...sample(), fileTypes: ['fastq-r2', 'qc'] });
		expect(some.map(({ fileType }) => fileType)).toEqual(['fastq-r2', 'qc']);
	});

	it('can be left to others by its links, and checked by its checksum', async () => {
		const links = await json('sample', 'getDownloadUrls', { ...sample(), fileTypes: 'fastq-r1' });
		expect(links).toMatchObject([{ file_type: 'fastq-r1', download_url: expect.stringMatching(/^http/), fileName: expect.any(String) }]);
		expect((await bench.run('sample', 'getChecksum', { fileId: links[0].id, fileName: 'a.fastq.gz' })).error?.message).toBe('Gencove refused the request: File does not have checksum.');
		const [{ id }] = await json('sample', 'getDownloadUrls', { ...sample(), fileTypes: 'impute-vcf' });
		expect(await json('sample', 'getChecksum', { fileId: id, fileName: 'a.fastq.gz' })).toEqual([{ checksum: expect.stringMatching(/^[0-9a-f]{64}$/), fileName: 'a.fastq.gz' }]);
	});
});
