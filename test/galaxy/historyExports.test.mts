import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let filled: string;
/** No other history has this name, and no other file. */
const name = `Exported ${Date.now()}`;

beforeAll(async () => {
	await bench.open();
	filled = await bench.newHistory(name);
	await bench.newDatasets(filled, 'a\nb');
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const withoutQueue = () => bench.simulator.faults.add({ path: 'configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });

/** Once a call is answered like this. */
const answered = (method: string, path: string, body: unknown) => bench.simulator.faults.add({ method, path, kind: 'status', status: 200, body });

const isZip = (bytes: Buffer) => bytes.subarray(0, 2).toString('latin1') === 'PK';
const isGzip = (bytes: Buffer) => bytes.readUInt16BE(0) === 0x1f8b;

/** A file that the operation gives out. */
async function file(operation: string, parameters: object) {
	const { outputs, error } = await bench.run('history', operation, { historyId: byId(filled), ...parameters });
	if (error) throw error;
	const [{ json: about, binary }] = outputs[0];
	return { about, bytes: await bench.engine.bytes(binary!.data) };
}

/** The datasets of a history. */
const contentOf = async (id: unknown) => await bench.galaxy<object[]>(`GET histories/${String(id)}/contents?v=dev`);

describe('an export', () => {
	it('is prepared, waited for and downloaded', async () => {
		const { about, bytes } = await file('export', { modelStoreFormat: 'rocrate.zip', additionalFields: { includeFiles: true, includeDeleted: false, includeHidden: true } });
		expect(about).toMatchObject({ fileName: `${name.replaceAll(' ', '-')}.rocrate.zip`, fileSize: bytes.length, succeeded: true });
		expect(isZip(bytes)).toBe(true);
		expect(bench.arrived('POST histories/{history_id}/prepare_store_download')[0].body).toEqual({ model_store_format: 'rocrate.zip', include_files: true, include_deleted: false, include_hidden: true });
	});

	it('that fails says why', async () => {
		bench.simulator.faults.add({ path: 'short_term_storage', kind: 'status', status: 200, body: 'false', times: 9 });
		bench.simulator.faults.add({ path: '/state', kind: 'status', status: 200, body: '"FAILURE"' });
		bench.simulator.faults.add({ path: '/result', kind: 'status', status: 200, body: { state: 'FAILURE', result: 'the disk is full' } });
		const { error } = await bench.run('history', 'export', { historyId: byId(filled) });
		expect(error?.message).toBe('The export ended as "FAILURE"');
		expect(error?.description).toBe('the disk is full');
	});

	it('is made by a job where the server has no task queue', async () => {
		withoutQueue();
		const { about, bytes } = await file('export', { additionalFields: { includeHidden: true } });
		expect(about).toMatchObject({ fileName: expect.stringMatching(/\.tar\.gz$/), export_id: expect.any(String), succeeded: true });
		expect(isGzip(bytes)).toBe(true);
		expect(bench.arrived('POST histories/{history_id}/prepare_store_download')).toHaveLength(0);
		// it is there now: nothing is made again
		withoutQueue();
		const looks = bench.arrived('GET jobs/{job_id}').length;
		expect((await file('export', { additionalFields: { includeHidden: true } })).about.export_id).toBe(about.export_id);
		// begun, fetched, fetched again
		expect(bench.arrived('PUT histories/{history_id}/exports')).toHaveLength(3);
		expect(bench.arrived('GET jobs/{job_id}')).toHaveLength(looks);
	});

	it.each([
		['rocrate.zip', {}, 'This Galaxy server exports histories as tar alone'],
		['tar.gz', { includeFiles: false }, 'This Galaxy server exports histories with their data alone'],
	])('by a job is not begun for what that cannot do: %s, %o', async (modelStoreFormat, additionalFields, message) => {
		withoutQueue();
		const { error } = await bench.run('history', 'export', { historyId: byId(filled), modelStoreFormat, additionalFields });
		expect(error?.message).toBe(message);
		expect(bench.arrived('PUT histories/{history_id}/exports')).toHaveLength(0);
	});

	it('by a job that is not named cannot be waited for', async () => {
		withoutQueue();
		answered('PUT', '/exports', '');
		const { error } = await bench.run('history', 'export', { historyId: byId(filled) });
		expect(error?.message).toBe('Galaxy did not say which job makes the archive');
	});

	it('of a history that changes meanwhile is not taken for the whole', async () => {
		withoutQueue();
		for (const job_id of ['1'.repeat(16), '2'.repeat(16)]) answered('PUT', '/exports', { job_id });
		answered('GET', '/api/jobs/', { id: '1'.repeat(16), state: 'ok' });
		const { error } = await bench.run('history', 'export', { historyId: byId(filled) });
		expect(error?.message).toBe('The export has ended well, but not all is done: The history was changed while it was exported');
	});

	it('is enough to purge a history that is archived', async () => {
		const id = await bench.newHistory(`${name} to be archived`);
		await json('history', 'exportToStore', { historyId: byId(id), targetUri: `gxftp://${id}.rocrate.zip`, modelStoreFormat: 'rocrate.zip', waitForCompletion: true });
		const exported = await fetch(`${bench.simulator.info.url}/api/histories/${id}/exports`, { headers: { 'x-api-key': bench.simulator.info.user.key, accept: 'application/vnd.galaxy.task.export+json' } });
		const [{ id: archiveExportId }] = (await exported.json()) as Array<{ id: string }>;
		expect(await json('history', 'archive', { historyId: byId(id), additionalFields: { archiveExportId, purgeHistory: true } })).toMatchObject([{ id, archived: true }]);
		expect(await bench.galaxy(`GET histories/${id}?keys=purged`)).toEqual({ purged: true });
	});
});

describe('an archive in a file source', () => {
	it('is written, and imported at once', async () => {
		const targetUri = `gxftp://${filled}-1.rocrate.zip`;
		const fields = { includeFiles: true, includeDeleted: false, includeHidden: false, ignoreErrors: true };
		expect(await json('history', 'exportToStore', { historyId: byId(filled), targetUri, modelStoreFormat: 'rocrate.zip', waitForCompletion: true, additionalFields: fields })).toMatchObject([{ finished: true, succeeded: true }]);
		const [history] = await json('history', 'importFromStore', { storeContentUri: targetUri, additionalFields: { modelStoreFormat: 'rocrate.zip', discardedData: 'forbid', view: 'detailed', keys: 'id' } });
		expect(history).toMatchObject({ name, state: 'ok' });
		expect(await contentOf(history.id)).toMatchObject([{ name: 'text 1', state: 'ok' }]);
	});

	it('is imported in the background', async () => {
		const targetUri = `gxftp://${filled}-2.tar.gz`;
		await json('history', 'exportToStore', { historyId: byId(filled), targetUri, waitForCompletion: true });
		const before = await named();
		const fields = { modelStoreFormat: 'tar.gz', discardedData: 'allow' };
		expect(await json('history', 'importFromStoreAsync', { storeContentUri: targetUri, waitForCompletion: true, additionalFields: fields })).toMatchObject([{ finished: true, succeeded: true }]);
		expect(await named()).toBe(before + 1);
	});

	it('is written by a job where the server has no task queue', async () => {
		withoutQueue();
		const targetUri = `gxftp://${filled}-3.tgz`;
		const [ended] = await json('history', 'exportToStore', { historyId: byId(filled), targetUri, modelStoreFormat: 'tgz', waitForCompletion: true, additionalFields: { includeDeleted: true } });
		expect(ended).toMatchObject({ job_id: expect.any(String), succeeded: true });
		expect(bench.arrived('PUT histories/{history_id}/exports')[0].body).toEqual({ gzip: true, include_hidden: false, include_deleted: true, directory_uri: 'gxftp://', file_name: `${filled}-3.tgz` });
	});

	it('is imported by a job', async () => {
		const archiveSource = `gxftp://${filled}-4.tar.gz`;
		await json('history', 'exportToStore', { historyId: byId(filled), targetUri: archiveSource, waitForCompletion: true });
		const [history] = await json('history', 'import', { archiveSource, waitForCompletion: true });
		expect(history).toMatchObject({ name: `imported from archive: ${name}`, job_id: expect.any(String), succeeded: true });
		expect(await contentOf(history.id)).toMatchObject([{ name: 'text 1' }]);
	});

	it('needs a name', async () => {
		const { error } = await bench.run('history', 'exportToStore', { historyId: byId(filled), targetUri: 'gxftp://folder/' });
		expect(error?.message).toBe('"Target" does not name a file');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('that cannot be written fails with the reason', async () => {
		const { error } = await bench.run('history', 'exportToStore', { historyId: byId(filled), targetUri: 'gxfiles://nowhere/x.tgz', waitForCompletion: true });
		expect(error?.message).toMatch(/^The export [0-9a-f-]+ ended as "FAILURE"$/);
		expect(error?.description).toMatch(/gxfiles:\/\/nowhere/);
	});
});

/** How many histories have the name. */
const named = async () => (await bench.galaxy<object[]>(`GET histories?q=name&qv=${encodeURIComponent(name)}`)).length;

describe('an import', () => {
	it('of a file of the item becomes a history', async () => {
		const { bytes } = await file('export', { modelStoreFormat: 'tar.gz' });
		const items = [await bench.engine.itemWithFile(bytes, 'archive.tar.gz')];
		const [history] = await json('history', 'import', { importFrom: 'file', inputField: 'data', waitForCompletion: true }, { items });
		expect(history).toMatchObject({ name: expect.stringContaining(name), finished: true, succeeded: true });
		expect(await contentOf(history.id)).toMatchObject([{ name: 'text 1' }]);
		expect(bench.arrived('POST histories')[0].body).toEqual({ archive_type: 'file', files: [{ name: 'archive_file', filename: 'archive.tar.gz', size: bytes.length }] });
	});

	it('that fails says why', async () => {
		const { error } = await bench.run('history', 'import', { archiveSource: `gxftp://nothing-${filled}.tgz`, waitForCompletion: true });
		expect(error?.message).toMatch(/^The job [0-9a-f]+ ended as "error"$/);
		expect(error?.description).toMatch(/No such file/);
	});

	it('whose history is not found says where to look', async () => {
		const job = { id: '1'.repeat(16), state: 'ok', create_time: '2026-01-01T00:00:00.000001', update_time: '2026-01-01T00:00:05.000001' };
		answered('POST', '/api/histories', job);
		answered('GET', '/api/jobs/', job);
		const { error } = await bench.run('history', 'import', { archiveSource: 'https://example.org/h.tgz', waitForCompletion: true });
		expect(error?.message).toMatch(/has ended well, but not all is done: The new history was not found$/);
		expect(bench.arrived('GET histories')[0].query).toMatchObject({ q: ['name-like', 'create_time-ge', 'create_time-le'], qv: ['imported from archive%', '2026-01-01T00:00:00.000001', '2026-01-01T00:00:05.000001'] });
	});

	it('of JSON becomes a history', async () => {
		const storeDict = { history: { name: `${name} of JSON`, encoded_id: 'h', model_class: 'History' }, datasets: [], collections: [], jobs: [], implicit_collection_jobs: [], invocations: [] };
		expect(await json('history', 'importFromStore', { storeFrom: 'dict', storeDict: JSON.stringify(storeDict) })).toMatchObject([{ id: expect.any(String) }]);
		expect(await json('history', 'importFromStoreAsync', { storeFrom: 'dict', storeDict })).toMatchObject([{ id: expect.any(String), ignored: false }]);
	});

	it('in the background is not begun where nothing would ever come', async () => {
		withoutQueue();
		const { error } = await bench.run('history', 'importFromStoreAsync', { storeContentUri: 'gxftp://x.tgz' });
		expect(error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived('POST histories/from_store_async')).toHaveLength(0);
	});
});
