import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
/** A history with two datasets and what a tool has made of the first. */
let filled: string;
let datasets: string[];
let made: string;
let job: string;

beforeAll(async () => {
	await bench.open();
	filled = await bench.newHistory('Filled');
	datasets = await bench.newDatasets(filled, 'a\nb', 'c');
	({ made, job } = await concatenated(filled, datasets[0]));
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** Runs a tool on a dataset; gives its output and its job. */
async function concatenated(historyId: string, id: string): Promise<{ made: string; job: string }> {
	const { outputs, jobs } = await bench.galaxy<{ outputs: Array<{ id: string }>; jobs: Array<{ id: string }> }>('POST tools', { history_id: historyId, tool_id: 'cat1', inputs: { input1: { src: 'hda', id } } });
	await bench.until(async () => (await bench.galaxy(`GET jobs/${jobs[0].id}`)).state === 'ok');
	return { made: outputs[0].id, job: jobs[0].id };
}

/** A tool that fails, or that takes its time, in a history. */
const started = async (historyId: string, tool: string, inputs: object) => (await bench.galaxy<{ jobs: Array<{ id: string }> }>('POST tools', { history_id: historyId, tool_id: tool, inputs })).jobs[0].id;

/** A name that no other history has. */
const unique = (name: string) => `${name} ${Date.now()}`;

describe('histories', () => {
	it('are made with a name alone, and with all that a history can have', async () => {
		const [plain] = await json('history', 'create', { name: 'Plain' });
		expect(plain).toMatchObject({ name: 'Plain', id: expect.stringMatching(/^[0-9a-f]{16,}$/), update_time: expect.stringMatching(/Z$/) });
		expect(bench.arrived('PUT histories/{history_id}')).toHaveLength(0);
		const [full] = await json('history', 'create', { name: 'Full', additionalFields: { annotation: 'a note', genomeBuild: 'hg38', tags: 'run:7,urgent', preferredObjectStoreId: '', view: 'detailed', keys: 'slug' }, simplify: false });
		expect(full).toMatchObject({ name: 'Full', annotation: 'a note', genome_build: 'hg38', tags: ['run:7', 'urgent'], slug: null });
	});

	it('that are made, but not set up, are named', async () => {
		const { error } = await bench.run('history', 'create', { name: 'Half', additionalFields: { preferredObjectStoreId: 'no such store' } });
		expect(error?.message).toMatch(/^The history [0-9a-f]{16,} was made, but not set up: /);
		expect(error?.description).toMatch(/use "Update", instead of making another one/);
	});

	it('are copied', async () => {
		const [copy] = await json('history', 'copy', { historyId: byId(filled), allDatasets: false, additionalFields: { name: 'The Copy', view: 'detailed', keys: 'id,name' }, simplify: false });
		expect(copy).toMatchObject({ name: 'The Copy', id: expect.not.stringMatching(filled), count: 3 });
		expect(bench.arrived('POST histories')[0].body).toEqual({ history_id: filled, all_datasets: false, name: 'The Copy' });
	});

	it('are changed, and deleted', async () => {
		const id = await bench.newHistory();
		const fields = { name: 'New Name', tags: 'a', annotation: 'why', genomeBuild: 'hg19', importable: true, published: false, preferredObjectStoreId: '', deleted: false, view: 'detailed', keys: 'id,importable,genome_build' };
		const [changed] = await json('history', 'update', { historyId: byId(id), additionalFields: fields, simplify: false });
		expect(changed).toMatchObject({ id, name: 'New Name', tags: ['a'], annotation: 'why', genome_build: 'hg19', importable: true, published: false });
		expect(await json('history', 'delete', { historyId: byId(id), additionalFields: { view: 'summary', keys: 'id,name' } })).toMatchObject([{ id, deleted: true, purged: false }]);
		expect(await json('history', 'get', { historyId: byId(id), additionalFields: { view: 'detailed', keys: 'id' } })).toMatchObject([{ deleted: true }]);
	});

	it('are brought back, unless they were purged', async () => {
		const id = await bench.newHistory();
		await bench.galaxy(`DELETE histories/${id}`);
		expect(await json('history', 'undelete', { historyId: byId(id), additionalFields: { view: 'summary', keys: 'id' } })).toMatchObject([{ id, deleted: false }]);
		expect(await json('history', 'delete', { historyId: byId(id), purge: true })).toMatchObject([{ id, deleted: true, purged: true }]);
		const { error } = await bench.run('history', 'undelete', { historyId: byId(id) });
		expect(error?.message).toBe('The history was purged');
		expect(bench.arrived('POST histories/deleted/{history_id}/undelete')).toHaveLength(1);
	});

	it('are deleted and brought back several at once', async () => {
		const ids = [await bench.newHistory(), await bench.newHistory()];
		const additionalFields = { view: 'summary', keys: 'id' };
		expect(await json('history', 'deleteMany', { ids: ids.join(), additionalFields })).toMatchObject(ids.map((id) => ({ id, deleted: true, purged: false })));
		expect(await json('history', 'undeleteMany', { ids, additionalFields })).toMatchObject(ids.map((id) => ({ id, deleted: false })));
		expect(await json('history', 'deleteMany', { ids, purge: true })).toMatchObject(ids.map((id) => ({ id, purged: true })));
	});

	it('are archived and restored', async () => {
		const id = await bench.newHistory();
		expect(await json('history', 'archive', { historyId: byId(id) })).toMatchObject([{ id, archived: true }]);
		expect(await json('history', 'getAll', { scope: 'archived', returnAll: true })).toContainEqual(expect.objectContaining({ id }));
		expect(await json('history', 'restore', { historyId: byId(id), additionalFields: { force: true } })).toMatchObject([{ id, deleted: false }]);
		expect(await json('history', 'getAll', { scope: 'archived', returnAll: true })).not.toContainEqual(expect.objectContaining({ id }));
	});

	it('are purged by archiving only when there is an export', async () => {
		const { error } = await bench.run('history', 'archive', { historyId: byId(filled), additionalFields: { purgeHistory: true } });
		expect(error?.message).toBe('A history is purged only when there is an export of it');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('are shared, and found in the editor', async () => {
		const name = unique('To be shared');
		const id = await bench.newHistory(name);
		await bench.galaxy(`POST histories/${id}/contents/datasets`, { source: 'hda', content: datasets[0] });
		const { email } = bench.simulator.info.admin;
		expect(await json('history', 'shareWithUsers', { historyId: byId(id), userIds: email, additionalFields: { shareOption: 'make_accessible_to_shared' } })).toMatchObject([{ users_shared_with: [{ email }] }]);
		expect(await bench.shown('searchHistories', {}, name.toLowerCase())).toEqual([[expect.stringContaining(name), id]]);
		expect(await json('history', 'getSharing', { historyId: byId(id) })).toMatchObject([{ id, published: false, users_shared_with: [{ email }] }]);
		bench.login = 'admin';
		const shared = { scope: 'shared', filters: { name }, simplify: false };
		expect(await json('history', 'getAll', shared)).toMatchObject([{ id, name }]);
		bench.login = 'user';
		expect(await json('history', 'shareWithUsers', { historyId: byId(id), userIds: '' })).toMatchObject([{ users_shared_with: [] }]);
		bench.login = 'admin';
		expect(await json('history', 'getAll', shared)).toEqual([]);
	});

	it('are published, and have a link with a slug', async () => {
		const id = await bench.newHistory(unique('Public'));
		const slug = `slug-${Date.now()}`;
		expect(await json('history', 'enableLink', { historyId: byId(id) })).toMatchObject([{ importable: true }]);
		expect(await json('history', 'setSlug', { historyId: byId(id), newSlug: slug })).toEqual([{ success: true }]);
		expect(await json('history', 'publish', { historyId: byId(id) })).toMatchObject([{ published: true, username_and_slug: expect.stringContaining(slug) }]);
		const filters = { slug, importable: true, published: true };
		expect(await json('history', 'getAll', { scope: 'published', filters })).toMatchObject([{ id }]);
		expect(await json('history', 'unpublish', { historyId: byId(id) })).toMatchObject([{ published: false }]);
		expect(await json('history', 'getAll', { scope: 'published', filters })).toEqual([]);
		expect(await json('history', 'disableLink', { historyId: byId(id) })).toMatchObject([{ importable: false }]);
	});
});

describe('lists of histories', () => {
	it('are filtered, with no more fields than are wanted', async () => {
		const name = unique('Unmistakable');
		const id = await bench.newHistory(name);
		const filters = { name: name.toUpperCase(), createdAfter: '2026-01-01', updatedBefore: '2100-01-01', deleted: false, purged: false, order: 'name-asc', keys: 'id,name' };
		expect(await json('history', 'getAll', { filters, simplify: false })).toEqual([{ id, name }]);
		expect(bench.arrived('GET histories')[0].query).toMatchObject({ q: expect.arrayContaining(['create_time-ge', 'name-contains']), qv: expect.arrayContaining([expect.stringMatching(/^2026-01-01T.*\d$/), 'False']), order: ['name-asc'], keys: ['id,name'], limit: ['50'] });
	});

	it('are of all scopes, and page by page', async () => {
		const name = unique('Paged');
		const ids = [await bench.newHistory(`${name} 1`), await bench.newHistory(`${name} 2`), await bench.newHistory(`${name} 3`)];
		const filters = { otherFilters: `name-like=${name}%`, order: 'name-asc', view: 'summary', keys: 'id' };
		expect(await json('history', 'getAll', { filters, limit: 2 })).toMatchObject(ids.slice(0, 2).map((id) => ({ id })));
		await bench.galaxy(`DELETE histories/${ids[0]}`);
		expect(await json('history', 'getAll', { scope: 'deleted', returnAll: true, filters })).toMatchObject([{ id: ids[0], deleted: true }]);
		await bench.galaxy(`POST histories/${ids[1]}/archive`, {});
		expect(await json('history', 'getAll', { scope: 'archived', filters })).toMatchObject([{ id: ids[1] }]);
		await bench.galaxy(`PUT histories/${ids[2]}/publish`);
		expect(await json('history', 'getAll', { scope: 'published', filters })).toMatchObject([{ id: ids[2] }]);
		bench.login = 'admin';
		expect(await json('history', 'getAll', { scope: 'shared', filters })).toEqual([]);
		expect(await json('history', 'getAll', { scope: 'deleted', filters: { ...filters, all: true } })).toMatchObject([{ id: ids[0] }]);
		expect(await json('history', 'getAll', { filters: { ...filters, all: true } })).toMatchObject([{ id: ids[2] }]);
		expect(await json('history', 'getAll', { filters })).toEqual([]);
	});

	it('of other users are refused to users', async () => {
		const { error } = await bench.run('history', 'getAll', { filters: { all: true } });
		expect(error?.description).toMatch(/Only administrators may do this/);
	});

	it('of a scope that is none are refused', async () => {
		const { error } = await bench.run('history', 'getAll', { scope: 'users' });
		expect(error?.message).toBe('"users" is none of the values of "Scope"');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('are searched by words, and hold no published ones of others unless they are wanted', async () => {
		const name = unique('Needle');
		const [mine, theirs] = [await bench.newHistory(name), (await bench.galaxy('POST histories', { name }, bench.simulator.info.admin.key)).id as string];
		await bench.galaxy(`PUT histories/${theirs}/publish`, undefined, bench.simulator.info.admin.key);
		expect(await json('history', 'search', { search: name })).toMatchObject([{ id: mine }]);
		const filters = { showOwn: false, showShared: true, showArchived: true, sortBy: 'name', sortDesc: false, view: 'summary', keys: 'id' };
		expect(await json('history', 'search', { search: `name:'${name}'`, showPublished: true, limit: 5, filters })).toMatchObject([{ id: theirs }]);
	});

	it('have a last one, and are counted', async () => {
		const [{ count }] = await json('history', 'count');
		const id = await bench.newHistory();
		expect((await json('history', 'count'))[0].count).toBeGreaterThan(count as number);
		expect(await json('history', 'getMostRecent', { additionalFields: { view: 'detailed', keys: 'id' } })).toMatchObject([{ id: expect.any(String) }]);
		expect(await json('history', 'get', { historyId: byId(id) })).toMatchObject([{ state: 'new' }]);
	});

	it('have no last one where there is none', async () => {
		bench.simulator.faults.add({ path: 'most_recently_used', kind: 'status', status: 200, body: 'null' });
		expect(await json('history', 'getMostRecent')).toEqual([]);
	});
});

describe('what a history holds', () => {
	it('is told by its status', async () => {
		expect(await json('history', 'getStatus', { historyId: byId(filled) })).toMatchObject([{ id: filled, finished: true, failed: false, paused: false, percentComplete: 100, state_details: { ok: 3 } }]);
		const id = await bench.newHistory();
		expect(await json('history', 'getStatus', { historyId: byId(id) })).toMatchObject([{ finished: true, failed: false, percentComplete: 100 }]);
		const sleeping = await started(id, 'test_sleep', { seconds: 60 });
		expect(await json('history', 'getStatus', { historyId: byId(id) })).toMatchObject([{ finished: false, failed: false, percentComplete: 0 }]);
		await bench.galaxy(`DELETE jobs/${sleeping}`);
	});

	it('is waited for until it is finished', async () => {
		const id = await bench.newHistory();
		await started(id, 'test_sleep', { seconds: 1 });
		expect(await json('history', 'waitUntilFinished', { historyId: byId(id) })).toMatchObject([{ id, finished: true, succeeded: true, percentComplete: 100 }]);
		expect(bench.pauses.length).toBeGreaterThan(0);
	});

	it('that failed fails the waiting, unless it is to be given out', async () => {
		const id = await bench.newHistory();
		await started(id, 'test_fail', { code: 3 });
		const { error } = await bench.run('history', 'waitUntilFinished', { historyId: byId(id) });
		expect(error?.message).toBe(`The history ${id} ended as "failed"`);
		expect(error?.description).toMatch(/^These datasets failed: [0-9a-f]{16,}$/);
		expect(await json('history', 'waitUntilFinished', { historyId: byId(id), options: { onFailure: 'return' } })).toMatchObject([{ finished: true, succeeded: false, failed: true }]);
	});

	it('that is paused is told as such', async () => {
		const id = await bench.newHistory();
		const body = { id, name: 'Paused', state: 'ok', size: 0, state_details: { ok: 1, paused: 1 }, state_ids: { ok: ['a'], paused: ['b'] } };
		bench.simulator.faults.add({ method: 'GET', path: `histories/${id}`, kind: 'status', status: 200, body });
		const { error } = await bench.run('history', 'waitUntilFinished', { historyId: byId(id) });
		expect(error?.description).toMatch(/paused and does not go on by itself/);
	});

	it('was made by jobs, which are summed up', async () => {
		expect(await json('history', 'getJobsSummary', { historyId: byId(filled), ids: job })).toMatchObject([{ id: job, model: 'Job', states: { ok: 1 } }]);
		const other = (await concatenated(filled, datasets[1])).job;
		expect(await json('history', 'getJobsSummary', { historyId: byId(filled), ids: [job, other], idType: 'Job' })).toHaveLength(2);
		expect(bench.arrived('GET histories/{history_id}/jobs_summary')[1].query).toEqual({ ids: [`${job},${other}`], types: ['Job,Job'] });
	});

	it('is cited, and shown as a graph', async () => {
		expect(await json('history', 'getCitations', { historyId: byId(filled) })).toEqual([]);
		const [all] = await json('history', 'getGraph', { historyId: byId(filled), additionalFields: { mostNodes: 2, includeDeleted: true } });
		expect(all.nodes).toHaveLength(2);
		const around = { seedId: made, seedSrc: 'hda', seedScopeId: made, seedScopeSrc: 'hda', direction: 'backward', depth: 1 };
		const [graph] = await json('history', 'getGraph', { historyId: byId(filled), additionalFields: around });
		expect(graph.nodes).toContainEqual(expect.objectContaining({ src: 'hda', id: made }));
		const { error } = await bench.run('history', 'getGraph', { historyId: byId(filled), additionalFields: { depth: 21 } });
		expect(error?.message).toBe('"Depth" is not a number that fits');
	});

	it('was asked for by tool requests, and may give genomes', async () => {
		expect(await json('history', 'getToolRequests', { historyId: byId(filled) })).toEqual([]);
		expect(await json('history', 'getCustomBuildsMetadata', { historyId: byId(filled) })).toEqual([{ installed_builds: [], fasta_hdas: [] }]);
	});

	it('is copied into another history, and into a new one', async () => {
		const target = await bench.newHistory();
		expect(await json('history', 'copyContents', { historyId: byId(filled), datasetIds: datasets.join(), targetHistoryIds: target })).toEqual([{ history_ids: [target] }]);
		expect(await bench.galaxy<object[]>(`GET histories/${target}/contents?v=dev`)).toMatchObject([{ name: 'text 1' }, { name: 'text 2' }]);
		const { id: collection } = await bench.galaxy(`POST histories/${target}/contents/dataset_collections`, { collection_type: 'list', name: 'Pairs', element_identifiers: [{ name: 'a', src: 'hda', id: datasets[0] }] });
		const [{ history_ids: [fresh] }] = (await json('history', 'copyContents', { historyId: byId(target), collectionIds: collection, copyTo: 'new', targetHistoryName: 'Fresh' })) as Array<{ history_ids: string[] }>;
		expect(await bench.galaxy<object[]>(`GET histories/${fresh}/contents?v=dev&q=history_content_type&qv=dataset_collection`)).toMatchObject([{ name: 'Pairs' }]);
	});

	it('is not copied when nothing is given', async () => {
		const { error } = await bench.run('history', 'copyContents', { historyId: byId(filled), targetHistoryIds: filled });
		expect(error?.message).toBe('No item is given');
		expect(bench.arrived()).toHaveLength(0);
	});

	it('becomes a workflow: all of it, or what is chosen', async () => {
		const [summary] = await json('history', 'getExtractionSummary', { historyId: byId(filled) });
		expect(summary.jobs).toContainEqual(expect.objectContaining({ id: job, step_type: 'tool', checked: true }));
		const [whole] = await json('history', 'extractWorkflow', { historyId: byId(filled), workflowName: 'Whole' });
		expect(await stepTypes(whole.id)).toEqual(expect.arrayContaining(['data_input', 'data_input', 'tool']));
		const [part] = await json('history', 'extractWorkflow', { historyId: byId(filled), workflowName: 'Part', allSteps: false, jobIds: job, datasetHids: '1', datasetNames: 'reads' });
		expect(await stepTypes(part.id)).toEqual(['data_input', 'tool']);
		expect(bench.arrived('POST histories/{history_id}/extract_workflow')[1].body).toEqual({ workflow_name: 'Part', job_ids: [job], dataset_hids: [1], dataset_names: ['reads'], dataset_collection_hids: [] });
	});

	it('with a collection becomes a workflow, too', async () => {
		const id = await bench.newHistory();
		const { id: collection } = await bench.galaxy(`POST histories/${id}/contents/dataset_collections`, { collection_type: 'list', name: 'Samples', element_identifiers: [{ name: 'a', src: 'hda', id: datasets[0] }] });
		const { hid, elements } = await bench.galaxy<{ hid: number; elements: Array<{ object: { id: string } }> }>(`GET histories/${id}/contents/dataset_collections/${collection}`);
		const [workflow] = await json('history', 'extractWorkflow', { historyId: byId(id), workflowName: 'Of a Collection', allSteps: false, jobIds: (await concatenated(id, elements[0].object.id)).job, datasetCollectionHids: [hid], datasetCollectionNames: 'samples' });
		expect(await stepTypes(workflow.id)).toContain('data_collection_input');
	});

	it('becomes no workflow without jobs, or by numbers that are none', async () => {
		const id = await bench.newHistory();
		expect((await bench.run('history', 'extractWorkflow', { historyId: byId(id), workflowName: 'Empty' })).error?.message).toBe('There is no job to make a workflow of');
		const given = { historyId: byId(filled), workflowName: 'Wrong', allSteps: false, jobIds: job };
		expect((await bench.run('history', 'extractWorkflow', { ...given, datasetHids: datasets[0] })).error?.message).toBe('"Dataset Numbers" are not all numbers');
		expect((await bench.run('history', 'extractWorkflow', { ...given, datasetHids: '1,2', datasetNames: 'reads' })).error?.message).toBe('"Dataset Names" are not as many as "Dataset Numbers"');
		expect(bench.arrived('POST histories/{history_id}/extract_workflow')).toHaveLength(0);
	});
});

async function stepTypes(workflowId: unknown): Promise<string[]> {
	const { steps } = await bench.galaxy<{ steps: Record<string, { type: string }> }>(`GET workflows/${String(workflowId)}`);
	return Object.values(steps).map(({ type }) => type).sort();
}

describe('deferred datasets', () => {
	let deferred: string;
	let historyId: string;
	beforeAll(async () => {
		historyId = await bench.newHistory();
		const elements = [{ src: 'url', url: `${bench.simulator.info.url}/api/version`, name: 'deferred', ext: 'txt', deferred: true }];
		const { outputs, jobs } = await bench.galaxy<{ outputs: Array<{ id: string }>; jobs: Array<{ id: string }> }>('POST tools/fetch', { history_id: historyId, targets: [{ destination: { type: 'hdas' }, elements }] });
		await bench.until(async () => (await bench.galaxy(`GET jobs/${jobs[0].id}`)).state === 'ok');
		deferred = outputs[0].id;
	});

	it('are materialized into new ones, which are waited for', async () => {
		const [dataset] = await json('history', 'materialize', { historyId: byId(historyId), content: deferred, waitForCompletion: true });
		expect(dataset).toMatchObject({ name: 'deferred', state: 'ok', succeeded: true, file_size: expect.any(Number), history_id: historyId });
		expect(dataset.id).not.toBe(deferred);
	});

	it('are not asked for where nothing would ever come', async () => {
		bench.simulator.faults.add({ path: 'configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		const { error } = await bench.run('history', 'materialize', { historyId: byId(historyId), content: deferred });
		expect(error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived('POST histories/{history_id}/materialize')).toHaveLength(0);
	});
});

describe('a refusal', () => {
	it('says what to do, with the code of Galaxy', async () => {
		const { error } = await bench.run('history', 'get', { historyId: byId('42') });
		expect(error?.message).toMatch(/^Galaxy refused the request: /);
		expect(error?.description).toMatch(/IDs of Galaxy have 16 characters.*Galaxy error code 400008/);
	});

	it('of a wrong key, and of none', async () => {
		const wrong = await bench.run('server', 'whoAmI', {}, { credential: bench.credential({ apiKey: 'wrong-key-of-nobody' }) });
		expect(wrong.error?.message).toMatch(/^Galaxy did not accept the credential/);
		const none = await bench.run('server', 'whoAmI', {}, { credential: bench.credential({ apiKey: ' ' }) });
		expect(none.error?.message).toBe('The Galaxy credential has no API key');
	});
});

describe('the log-in', () => {
	it('by user and password gets a key', async () => {
		const { email, password } = bench.simulator.info.user;
		const credential = bench.credential({ authentication: 'password', username: email, password, apiKey: '' });
		const { outputs, error } = await bench.run('server', 'whoAmI', {}, { credential });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ email });
		expect(bench.arrived('GET authenticate/baseauth')).toHaveLength(1);
	});
});
