import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { Bench, byId } from './galaxy.mts';
import { cat, data, firstLines, firstLinesInYaml, ga, missing } from './workflowDefinitions.mts';

jest.setTimeout(60_000);

const ROUTE = '{workflow_id}';
const bench = new Bench();
const json = bench.json.bind(bench);

/** A history in which a tool has run on a dataset. */
let history: { id: string; dataset: string; job: string };
/** A workflow that no test changes. */
let kept: string;

const names = new Set<string>();
function unique(name: string): string {
	names.add(name);
	return `${name} ${Date.now()} ${names.size}`;
}

const made = async (definition: IDataObject) => (await bench.galaxy<{ id: string }>('POST workflows', { workflow: definition })).id;

beforeAll(async () => {
	await bench.open();
	await bench.reset();
	const id = await bench.newHistory();
	const [dataset] = await bench.newDatasets(id, 'a\nb\n');
	const { jobs } = await bench.galaxy<{ jobs: Array<{ id: string }> }>('POST tools', { history_id: id, tool_id: 'cat1', inputs: { input1: { src: 'hda', id: dataset } } });
	history = { id, dataset, job: jobs[0].id };
	kept = await made(firstLines(unique('Kept')));
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

/** What was sent to import a workflow. */
const imports = () => bench.arrived('POST workflows').map(({ body }) => body as IDataObject);

describe('workflows are imported', () => {
	it('from the JSON of a .ga file, with what is to be done with them', async () => {
		const name = unique('From JSON');
		const additionalFields = { publish: true, importable: true, fillDefaults: true, exactTools: true };
		const [imported] = await json('workflow', 'import', { source: 'ga', workflow: JSON.stringify(firstLines(name)), additionalFields, simplify: false });
		expect(imported).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{16}$/), name, owner: 'user', number_of_steps: 4, published: true, importable: true });
		// it is a number of the database
		expect(imported).not.toHaveProperty('latest_workflow_id');
		expect(imports()).toEqual([{ workflow: expect.objectContaining({ name }), publish: true, importable: true, fill_defaults: true, exact_tools: true }]);
	});

	it('from YAML', async () => {
		const name = unique('From YAML');
		const [{ id }] = await json('workflow', 'import', { source: 'format2', yamlContent: firstLinesInYaml(name) });
		expect(await json('workflow', 'get', { workflowId: byId(id as string) })).toMatchObject([{ name, inputs: { 0: { label: 'Reads' } } }]);
	});

	it.each([['variants.ga', (name: string) => JSON.stringify(firstLines(name))], ['variants.gxwf.yml', firstLinesInYaml]])('from a file of the item: %s', async (fileName, content) => {
		const name = unique('From file');
		const [{ id, message }] = await json('workflow', 'import', { source: 'file', inputField: 'data', additionalFields: { publish: true, importable: true } }, { items: [await bench.engine.itemWithFile(Buffer.from(content(name)), fileName)] });
		expect(message).toMatch(/imported successfully/);
		expect(await json('workflow', 'get', { workflowId: byId(id as string) })).toMatchObject([{ name: expect.stringContaining(name), published: true }]);
	});

	it('from a URL, and from a registry by the URL of a version', async () => {
		const name = unique('From elsewhere');
		const asked: string[] = [];
		const elsewhere = createServer((request, response) => {
			asked.push(String(request.url));
			response.setHeader('content-type', 'application/json').end(request.url?.endsWith('/descriptor') ? JSON.stringify({ type: 'GALAXY', content: JSON.stringify(firstLines(name)) }) : JSON.stringify(firstLines(name)));
		}).listen(0, '127.0.0.1');
		await once(elsewhere, 'listening');
		const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
		const trsUrl = `${address}/ga4gh/trs/v2/tools/${encodeURIComponent(`#workflow/github.com/nobody/${name.replaceAll(' ', '-')}`)}/versions/v1`;
		try {
			expect(await json('workflow', 'import', { source: 'url', archiveSource: `${address}/lines.ga` })).toMatchObject([{ id: expect.any(String), message: expect.stringContaining(name) }]);
			expect(await json('workflow', 'import', { source: 'trsUrl', trsUrl })).toMatchObject([{ id: expect.any(String), message: expect.stringContaining(name) }]);
		} finally {
			elsewhere.close();
		}
		expect(asked).toEqual(['/lines.ga', expect.stringContaining('/GALAXY/descriptor')]);
		expect(imports()).toEqual([{ archive_source: `${address}/lines.ga` }, { archive_source: 'trs_tool', trs_url: trsUrl }]);
	});

	it('from a registry that the server knows, which is out of reach here and answered for', async () => {
		bench.simulator.faults.add({ method: 'POST', path: '/api/workflows', kind: 'status', after: true, status: 200, body: { message: 'Workflow \'Lines\' imported successfully.', status: 'success', id: kept } });
		const trsToolId = '#workflow/github.com/iwc-workflows/rnaseq-pe/main';
		expect(await json('workflow', 'import', { source: 'trsId', trsServer: '', trsToolId, trsVersionId: 'v0.9' })).toEqual([{ id: kept, message: expect.stringContaining('success') }]);
		expect(imports()).toEqual([{ archive_source: 'trs_tool', trs_server: 'dockstore', trs_tool_id: trsToolId, trs_version_id: 'v0.9' }]);
		const { getTrsServers } = new Galaxy().methods.loadOptions;
		expect(await getTrsServers.call(bench.editor())).toEqual([{ name: 'Dockstore', value: '' }]);
	});

	it('from another user', async () => {
		const name = unique('Of the admin');
		const { id } = await bench.galaxy<{ id: string }>('POST workflows', { workflow: firstLines(name), importable: true }, bench.simulator.info.admin.key);
		expect(await json('workflow', 'import', { source: 'shared', sharedWorkflowId: id })).toMatchObject([{ name: expect.stringContaining(name) }]);
	});

	it('from a file of the server by administrators, also one of several in it, with tools to be installed', async () => {
		const name = unique('On the server');
		const fromPath = join(bench.simulator.info.importFolder, `${name}.ga`);
		writeFileSync(fromPath, JSON.stringify(firstLines(name)));
		const { error } = await bench.run('workflow', 'import', { source: 'serverFile', fromPath });
		expect(error?.description).toMatch(/Only administrators may do this/);
		bench.login = 'admin';
		const install = { importTools: true, installRepositoryDependencies: true, installResolverDependencies: true, installToolDependencies: true, newToolPanelSectionLabel: 'New', toolPanelSectionId: 'textutil', toolPanelSectionMapping: '{}', shedToolConf: 'shed_tool_conf.xml' };
		expect(await json('workflow', 'import', { source: 'serverFile', fromPath, objectId: 'main', additionalFields: install })).toMatchObject([{ name, owner: 'admin' }]);
		expect(imports().at(-1)).toEqual({
			from_path: fromPath,
			object_id: 'main',
			import_tools: true,
			install_repository_dependencies: true,
			install_resolver_dependencies: true,
			install_tool_dependencies: true,
			new_tool_panel_section_label: 'New',
			tool_panel_section_id: 'textutil',
			tool_panel_section_mapping: {},
			shed_tool_conf: 'shed_tool_conf.xml',
		});
	});

	it('from a history', async () => {
		const workflowName = unique('From history');
		const [{ id }] = await json('workflow', 'import', { source: 'history', fromHistoryId: byId(history.id), workflowName, jobIds: history.job, datasetIds: '1', datasetCollectionIds: '' });
		expect(await json('workflow', 'get', { workflowId: byId(id as string), simplify: false })).toMatchObject([{ name: workflowName, steps: { 0: { type: 'data_input' }, 1: { tool_id: 'cat1' } } }]);
		expect(imports()).toEqual([{ from_history_id: history.id, workflow_name: workflowName, job_ids: [history.job], dataset_ids: ['1'], dataset_collection_ids: [] }]);
	});

	it('not, and taken back, when tools are missing and that is wanted', async () => {
		const name = unique('Missing tools');
		const workflow = ga(name, data('Reads'), cat(0), missing);
		const strict = await bench.run('workflow', 'import', { source: 'ga', workflow, additionalFields: { failIfToolsAreMissing: true } });
		expect(strict.error?.message).toBe('The server does not have all tools of the workflow: toolshed.g2.bx.psu.edu/repos/nobody/nothing/nothing/0.1');
		expect(strict.error?.description).toMatch(/taken back/);
		expect(await json('workflow', 'getAll', { filters: { search: name } })).toEqual([]);
		const [{ id }] = await json('workflow', 'import', { source: 'ga', workflow });
		expect(await json('workflow', 'getMissingTools')).toContainEqual({ shed: 'https://toolshed.g2.bx.psu.edu', repository: 'nothing', owner: 'nobody', tools: [expect.stringContaining('nothing/0.1')], workflows: expect.arrayContaining([name]) });
		await json('workflow', 'delete', { workflowId: byId(id as string) });
		const good = await json('workflow', 'import', { source: 'ga', workflow: firstLines(unique('All there')), additionalFields: { failIfToolsAreMissing: true } });
		expect(good).toHaveLength(1);
	});

	it('not well: what Galaxy tells with status 200 is an error', async () => {
		const empty = [await bench.engine.itemWithFile(Buffer.from(JSON.stringify(ga(unique('No steps')))), 'empty.ga')];
		const { error } = await bench.run('workflow', 'import', { source: 'file' }, { items: empty });
		expect(error?.message).toBe('The workflow was not imported well: Imported, but this workflow has no steps.');
		expect(error?.description).toMatch(/its ID is [0-9a-f]{16}/);
	});

	it.each<[string, IDataObject, RegExp]>([
		['an address that nobody answers', { source: 'url', archiveSource: 'http://127.0.0.1:9/x.ga' }, /Failed to open URL/],
		['JSON that is none', { source: 'ga', workflow: '{' }, /"Workflow JSON" is not valid JSON/],
		['no path', { source: 'serverFile', fromPath: ' ' }, /"Path" is empty/],
		['a workflow that is not shared', { source: 'shared', sharedWorkflowId: 'ffffffffffffffff' }, /did not find it/],
	])('not from %s', async (_what, parameters, message) => {
		expect((await bench.run('workflow', 'import', parameters)).error?.message).toMatch(message);
	});
});

describe('workflows are listed and read', () => {
	it('by words, kinds and order', async () => {
		const name = unique('Listed');
		const ids = [await made(firstLines(`${name} A`)), await made(firstLines(`${name} B`))];
		const filters = { search: name, sortBy: 'name', sortDesc: true, skipStepCounts: false, showPublished: false, showShared: false, showHidden: false, showDeleted: false };
		expect(await json('workflow', 'getAll', { filters })).toMatchObject([{ id: ids[1], number_of_steps: 4 }, { id: ids[0] }]);
		await json('workflow', 'delete', { workflowId: byId(ids[0]) });
		expect(await json('workflow', 'getAll', { filters: { search: name, showDeleted: true } })).toMatchObject([{ id: ids[0] }]);
		expect(await bench.shown('searchWorkflows', {}, name)).toEqual([[`${name} B`, ids[1]]]);
	});

	it('one by one, also an older version', async () => {
		const id = await made(firstLines(unique('First')));
		await json('workflow', 'update', { workflowId: byId(id), additionalFields: { name: 'Second' } });
		expect(await json('workflow', 'get', { workflowId: byId(id), additionalFields: { version: 0, legacy: true } })).toMatchObject([{ id, version: 0 }]);
		expect(await json('workflow', 'getVersions', { workflowId: byId(id), additionalFields: { instance: false } })).toMatchObject([{ version: 0, steps: 4 }, { version: 1, steps: 4 }]);
		expect(bench.arrived(`GET workflows/${ROUTE}`).at(-1)?.query).toMatchObject({ version: ['0'], legacy: ['true'] });
	});

	it('by the ID of a version, as invocations have it', async () => {
		const [{ id }] = await json('workflow', 'update', { workflowId: byId(await made(firstLines(unique('Versions')))), additionalFields: { name: unique('Newer') } });
		const { workflows } = await bench.galaxy<{ workflows: Array<{ id: string; latest_workflow_id: string }> }>('GET workflows/menu');
		const newest = workflows.find((one) => one.id === id)?.latest_workflow_id as string;
		expect(await json('workflow', 'get', { workflowId: byId(newest), additionalFields: { instance: true } })).toMatchObject([{ id, version: 1 }]);
		expect(await json('workflow', 'getCounts', { workflowId: byId(newest), additionalFields: { instance: true } })).toEqual([{}]);
	});

	it('as they can stand among the tools', async () => {
		const id = await made(firstLines(unique('Among tools')));
		const kinds = { showDeleted: false, showHidden: false, showPublished: false, showShared: true };
		await json('workflow', 'update', { workflowId: byId(id), additionalFields: { showInToolPanel: true } });
		expect(await json('workflow', 'getMenu', { additionalFields: kinds })).toContainEqual(expect.objectContaining({ id, show_in_tool_panel: true }));
		const broken = await made(ga(unique('Broken'), missing));
		expect(await json('workflow', 'getMenu', { additionalFields: { missingTools: true } })).toContainEqual(expect.objectContaining({ tools: [expect.stringContaining('nothing')] }));
		await json('workflow', 'delete', { workflowId: byId(broken) });
	});
});

describe('workflows are downloaded', () => {
	const file = async (style: string) => {
		const { outputs, error } = await bench.run('workflow', 'download', { workflowId: byId(kept), style });
		expect(error).toBeUndefined();
		const [{ json: about, binary }] = outputs[0];
		return { about, text: String(await bench.engine.bytes(binary!.data)) };
	};

	it('as files, in all styles of files', async () => {
		const gaFile = await file('ga');
		expect(gaFile.about).toMatchObject({ fileName: expect.stringMatching(/^Galaxy-Workflow-Kept.*\.ga$/), fileSize: gaFile.text.length });
		expect(JSON.parse(gaFile.text)).toMatchObject({ a_galaxy_workflow: 'true', steps: { 0: { label: 'Reads' } } });
		const format2 = await file('format2');
		expect(format2).toMatchObject({ about: { fileName: 'workflow.gxwf.yml' }, text: expect.stringMatching(/^class: GalaxyWorkflow/m) });
		expect(JSON.parse((await file('export')).text)).toMatchObject({ a_galaxy_workflow: 'true' });
	});

	it('as JSON, in all styles', async () => {
		const get = async (style: string, additionalFields: IDataObject = {}) => (await json('workflow', 'download', { workflowId: byId(kept), style, as: 'json', additionalFields }))[0];
		expect(await get('format2')).toMatchObject({ class: 'GalaxyWorkflow' });
		expect(await get('instance', { version: 0, instance: false })).toMatchObject({ id: kept, version: 0 });
		expect(await get('editor', { preserveExternalSubworkflowLinks: true })).toMatchObject({ steps: { 0: { label: 'Reads' } } });
		expect(await get('run', { historyId: byId(history.id) })).toMatchObject({ history_id: history.id, steps: expect.arrayContaining([expect.objectContaining({ step_label: 'Reads' })]) });
		const sent = bench.arrived(`GET workflows/${ROUTE}/download`).map(({ query }) => query);
		expect(sent.at(-1)).toMatchObject({ style: ['run'], history_id: [history.id], format: ['json-download'] });
	});

	it('for running only with a history', async () => {
		expect((await bench.run('workflow', 'download', { workflowId: byId(kept), style: 'run', as: 'json' })).error?.message).toMatch(/specify a valid history/);
	});
});

describe('workflows are changed', () => {
	it('in all that is not their steps, under the ID that was sent', async () => {
		const id = await made(firstLines(unique('Changed')));
		const additionalFields = { name: unique('New name'), annotation: 'a note', tags: 'run:7,urgent', published: true, importable: true, hidden: true, showInToolPanel: false, instance: false };
		const [changed] = await json('workflow', 'update', { workflowId: byId(id), additionalFields, simplify: false });
		expect(changed).toMatchObject({ id, name: additionalFields.name, tags: ['run:7', 'urgent'], published: true, importable: true, hidden: true });
		expect(changed).not.toHaveProperty('latest_workflow_id');
		expect(await json('workflow', 'get', { workflowId: byId(id) })).toMatchObject([{ annotation: 'a note' }]);
	});

	it('in their steps, which makes a new version', async () => {
		const id = await made(firstLines(unique('Steps')));
		const additionalFields = { workflow: ga(unique('One step'), data('Other reads'), cat(0)), fillDefaults: true, exactTools: true, allowMissingTools: true, fromToolForm: false };
		expect(await json('workflow', 'update', { workflowId: byId(id), additionalFields })).toMatchObject([{ id, inputs: { 0: { label: 'Other reads' } } }]);
		expect(await json('workflow', 'getVersions', { workflowId: byId(id) })).toMatchObject([{ version: 0, steps: 4 }, { version: 1, steps: 2 }]);
	});

	it('by actions, also only to see what they would do', async () => {
		const id = await made(firstLines(unique('Refactored')));
		const name = unique('By an action');
		const refactor = async (more: IDataObject) => await json('workflow', 'refactor', { workflowId: byId(id), actions: [{ action_type: 'update_name', name }], ...more });
		expect(await refactor({ dryRun: true, additionalFields: { style: 'ga', version: 0, instance: false } })).toMatchObject([{ dry_run: true, workflow: { name } }]);
		expect(await json('workflow', 'getAll', { filters: { search: name } })).toEqual([]);
		expect(await refactor({})).toMatchObject([{ dry_run: false, action_executions: [{ action: { name } }] }]);
		expect(await json('workflow', 'getAll', { filters: { search: name } })).toMatchObject([{ id }]);
	});

	it('by being deleted, and brought back', async () => {
		const id = await made(firstLines(unique('Deleted')));
		expect(await json('workflow', 'delete', { workflowId: byId(id) })).toEqual([{ deleted: true }]);
		expect(await bench.galaxy(`GET workflows/${id}`)).toMatchObject({ deleted: true });
		expect(await json('workflow', 'undelete', { workflowId: byId(id) })).toEqual([{ success: true }]);
		expect(await bench.galaxy(`GET workflows/${id}`)).toMatchObject({ deleted: false });
	});
});

describe('workflows are made of jobs', () => {
	it('with names for their inputs', async () => {
		const workflowName = unique('Extracted');
		const additionalFields = { hdaIds: history.dataset, datasetNames: 'Reads', hdcaIds: '', datasetCollectionNames: '', implicitCollectionJobsIds: '' };
		const [{ id }] = await json('workflow', 'extractFromJobs', { workflowName, jobIds: history.job, additionalFields });
		expect(await json('workflow', 'get', { workflowId: byId(id as string) })).toMatchObject([{ name: workflowName, inputs: { 0: { label: 'Reads' } } }]);
	});

	it('that ran over a collection', async () => {
		const { id: list } = await bench.galaxy<{ id: string }>(`POST histories/${history.id}/contents/dataset_collections`, { type: 'dataset_collection', name: 'list', collection_type: 'list', element_identifiers: [{ name: 'a', src: 'hda', id: history.dataset }] });
		const { implicit_collections: [{ id: output }] } = await bench.galaxy<{ implicit_collections: Array<{ id: string }> }>('POST tools', { history_id: history.id, tool_id: 'cat1', inputs: { input1: { batch: true, values: [{ src: 'hdca', id: list }] } } });
		const { job_source_id: group } = await bench.galaxy<{ job_source_id: string }>(`GET dataset_collections/${output}?instance_type=history`);
		const additionalFields = { hdcaIds: list, datasetCollectionNames: 'Samples', implicitCollectionJobsIds: group };
		const [{ id }] = await json('workflow', 'extractFromJobs', { workflowName: unique('Of a collection'), additionalFields });
		expect(await json('workflow', 'getInputs', { workflowId: byId(id as string) })).toMatchObject([{ label: 'Samples', type: 'dataset_collection', collection_type: 'list' }]);
	});
});

describe('models of steps', () => {
	it('are built of tools and of inputs', async () => {
		expect(await json('workflow', 'buildModule', { additionalFields: { toolId: byId('cat1'), toolVersion: '1.0.0', inputs: {}, toolState: {} } })).toMatchObject([{ content_id: 'cat1', tool_version: '1.0.0', outputs: [{ name: 'out_file1' }] }]);
		expect(await json('workflow', 'buildModule', { type: 'data_collection_input', additionalFields: { inputs: { optional: false, collection_type: 'list' } } })).toMatchObject([{ outputs: [{ collection_type: 'list' }] }]);
		expect(await json('workflow', 'buildModule', { type: 'tool', additionalFields: { contentId: 'cat1' } })).toMatchObject([{ content_id: 'cat1' }]);
	});
});

describe('workflows are shared', () => {
	it('by link, with everybody and with single users', async () => {
		const workflowId = byId(await made(firstLines(unique('Shared'))));
		expect(await json('workflow', 'enableLink', { workflowId })).toMatchObject([{ importable: true }]);
		expect(await json('workflow', 'publish', { workflowId })).toMatchObject([{ published: true }]);
		expect(await json('workflow', 'setSlug', { workflowId, newSlug: `shared-${Date.now()}` })).toEqual([{ success: true }]);
		const { email } = bench.simulator.info.admin;
		expect(await json('workflow', 'shareWithUsers', { workflowId, userIds: email, additionalFields: { shareOption: 'no_changes' } })).toMatchObject([{ users_shared_with: [{ email }] }]);
		expect(await json('workflow', 'unpublish', { workflowId })).toMatchObject([{ published: false }]);
		expect(await json('workflow', 'disableLink', { workflowId })).toMatchObject([{ importable: false }]);
		expect(await json('workflow', 'getSharing', { workflowId })).toMatchObject([{ importable: false, published: false, users_shared_with: [{ email }] }]);
	});
});
