import { randomUUID } from 'node:crypto';
import { asAdmin } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** The next request for this path gets this answer. */
const answer = (path: string, body: unknown, more: object = {}) => bench.simulator.faults.add({ path, kind: 'status', status: 200, body, ...more });

describe('the server', () => {
	it('tells its release, the user, and what it offers', async () => {
		expect(await json('server', 'getVersion')).toMatchObject([{ version_major: '26.1' }]);
		expect(await json('server', 'whoAmI')).toMatchObject([{ email: bench.simulator.info.user.email, username: 'user' }]);
		expect(await json('server', 'getConfiguration', { additionalFields: { keys: 'enable_quotas, version_major' } })).toEqual([{ enable_quotas: true, version_major: '26.1' }]);
		const [all] = await json('server', 'getConfiguration', { additionalFields: { view: 'all' } });
		expect(all).toMatchObject({ enable_celery_tasks: true, ftp_upload_site: 'test' });
		expect(bench.arrived('GET configuration').map(({ query }) => query)).toEqual([{ keys: ['enable_quotas,version_major'] }, { view: ['all'] }]);
	});

	it('turns numbers into IDs and back, for administrators', async () => {
		bench.login = 'admin';
		const [{ encoded_id: encodedId }] = await json('server', 'encodeId', { decodedId: '42' });
		expect(encodedId).toMatch(/^[0-9a-f]{16}$/);
		expect(await json('server', 'decodeId', { encodedId })).toEqual([{ decoded_id: 42 }]);
		bench.login = 'user';
		const { error } = await bench.run('server', 'decodeId', { encodedId });
		expect(error?.description).toMatch(/Only administrators may do this/);
	});

	it('tells where its tools come from, and reads them again', async () => {
		bench.login = 'admin';
		expect(await json('server', 'getDynamicToolConfigs')).toContainEqual(expect.objectContaining({ config_filename: expect.stringMatching(/tool_conf\.xml$/) }));
		expect(await json('server', 'reloadToolbox')).toEqual([{ success: true }]);
	});

	it('tells the versions of its tools (answer of a server that can: this one fails)', async () => {
		bench.login = 'admin';
		answer('/tool_lineages', [{ cat1: { lineage_versions: ['1.0.0'], lineage_class: 'galaxy.tool_util.toolbox.lineages.tool_lineages.ToolLineage' } }]);
		expect(await json('server', 'getToolLineages')).toMatchObject([{ cat1: { lineage_versions: ['1.0.0'] } }]);
	});

	it('tells its licenses and viewers', async () => {
		expect(await json('server', 'getLicenses')).toContainEqual(expect.objectContaining({ licenseId: 'MIT', name: 'MIT License' }));
		expect(await json('server', 'getLicense', { license: 'MIT' })).toMatchObject([{ licenseId: 'MIT', isOsiApproved: true }]);
		expect(await json('server', 'getDisplayApplications')).toContainEqual(expect.objectContaining({ id: 'ucsc_bam', name: 'display at UCSC' }));
	});

	it('tells where datasets may be kept: here is no choice', async () => {
		expect(await json('server', 'getObjectStores')).toEqual([]);
		const { error } = await bench.run('server', 'getObjectStore', { objectStoreId: byId('fast_disk') });
		expect(error?.message).toMatch(/No such object found/);
	});

	it('tells where datasets may be kept (answers of a server with a choice)', async () => {
		const store = { object_store_id: 'fast_disk', name: 'Fast Disk', description: 'For scratch data', private: false, quota: { source: 'fast', enabled: true }, badges: [], device: null };
		answer('/object_stores', [store]);
		expect(await json('server', 'getObjectStores')).toEqual([store]);
		answer('/object_stores/fast_disk', store);
		expect(await json('server', 'getObjectStore', { objectStoreId: byId('fast_disk') })).toEqual([store]);
		answer('/object_stores', [store]);
		expect(await bench.shown('searchObjectStores')).toEqual([['Fast Disk', 'fast_disk']]);
		expect(bench.arrived('GET object_stores')[0].query).toEqual({ selectable: ['true'] });
	});

	it('tells the plug-ins of its pages: here are none', async () => {
		expect(await json('server', 'getUiWebhooks')).toEqual([]);
	});

	it('tells the plug-ins of its pages and their data (answers of a server with some)', async () => {
		const news = { id: 'news', type: ['masthead'], activate: true, weight: 1, script: '', styles: '', config: {} };
		answer('/webhooks', [news]);
		expect(await json('server', 'getUiWebhooks')).toEqual([news]);
		answer('/webhooks', [news]);
		expect(await bench.shown('searchUiWebhooks')).toEqual([['news', 'news']]);
		answer('/webhooks/news/data', { title: 'Release 26.1' });
		expect(await json('server', 'getUiWebhookData', { webhookId: byId('news'), additionalFields: { parameters: '{"limit": 5}' } })).toEqual([{ title: 'Release 26.1' }]);
		expect(bench.arrived('GET webhooks/{webhook_id}/data')[0].query).toEqual({ limit: ['5'] });
		answer('/webhooks/news/data', [{ title: 'one' }, { title: 'two' }]);
		expect(await json('server', 'getUiWebhookData', { webhookId: byId('news') })).toEqual([{ title: 'one' }, { title: 'two' }]);
	});
});

describe('a long task', () => {
	it('is looked at and waited for, until it has failed', async () => {
		const started = await asAdmin<{ id: string }>(bench, 'POST tool_data', { source: { src: 'uri', uri: `file:///no/such/bundle-${randomUUID()}` } });
		bench.login = 'admin';
		const { error } = await bench.run('server', 'waitForTask', { taskId: started.id });
		expect(error?.message).toBe(`The task ${started.id} ended as "FAILURE"`);
		expect(error?.description).toMatch(/No such file or directory/);
		expect(await json('server', 'getTaskState', { taskId: started.id })).toEqual([{ id: started.id, state: 'FAILURE', finished: true, succeeded: false }]);
		expect(await json('server', 'getTaskResult', { taskId: started.id })).toMatchObject([{ state: 'FAILURE', result: expect.stringMatching(/No such file or directory/) }]);
	});

	it('that the server does not know is one that waits', async () => {
		const taskId = randomUUID();
		expect(await json('server', 'getTaskState', { taskId })).toEqual([{ id: taskId, state: 'PENDING', finished: false, succeeded: false }]);
	});
});

describe('a prepared file', () => {
	it('is looked at, waited for and fetched', async () => {
		const historyId = await bench.newHistory();
		const { storage_request_id: storageRequestId, task } = await bench.galaxy<{ storage_request_id: string; task: { id: string } }>(`POST histories/${historyId}/prepare_store_download`, { model_store_format: 'rocrate.zip' });
		expect(await json('server', 'waitForTask', { taskId: task.id })).toEqual([{ id: task.id, finished: true, succeeded: true }]);
		expect(await json('server', 'getShortTermStorage', { storageRequestId })).toEqual([{ storage_request_id: storageRequestId, ready: true }]);
		const { outputs, error } = await bench.run('server', 'downloadShortTermStorage', { storageRequestId });
		expect(error).toBeUndefined();
		const [{ json: about, binary }] = outputs[0];
		const bytes = await bench.engine.bytes(binary!.data);
		expect(bytes.subarray(0, 2).toString()).toBe('PK');
		expect(about).toMatchObject({ fileName: expect.stringMatching(/\.zip$/), fileSize: bytes.length });
	});

	it('that is not there is refused', async () => {
		const storageRequestId = randomUUID();
		expect(await json('server', 'getShortTermStorage', { storageRequestId })).toEqual([{ storage_request_id: storageRequestId, ready: false }]);
		const { error } = await bench.run('server', 'downloadShortTermStorage', { storageRequestId });
		expect(error?.message).toMatch(/No such object found/);
	});
});
