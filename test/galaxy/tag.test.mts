import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

let historyId: string;
let datasetId: string;
let collectionId: string;

beforeAll(async () => {
	await bench.open();
	historyId = await bench.newHistory('With tags');
	[datasetId] = await bench.newDatasets(historyId, 'one');
	collectionId = (await bench.galaxy<{ id: string }>('POST dataset_collections', { collection_type: 'list', name: 'a list', history_id: historyId, element_identifiers: [{ name: 'a', src: 'hda', id: datasetId }] })).id;
});
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

/** A thing of each type, as the node chooses it. */
const items: Record<string, () => Promise<IDataObject>> = {
	history: async () => ({ itemType: 'history', historyId: byId(await bench.newHistory()) }),
	dataset: async () => ({ itemType: 'dataset', historyId: byId(historyId), datasetId: byId((await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/datasets`, { source: 'hda', content: datasetId })).id) }),
	workflow: async () => ({ itemType: 'workflow', workflowId: byId(await newWorkflow()) }),
	datasetCollection: async () => ({ itemType: 'datasetCollection', historyId: byId(''), collectionId: byId((await bench.galaxy<{ id: string }>(`POST histories/${historyId}/contents/dataset_collections`, { source: 'hdca', content: collectionId })).id) }),
	page: async () => ({ itemType: 'page', pageId: byId((await bench.galaxy<{ id: string }>('POST pages', { title: 'Notes', slug: `notes-${randomUUID()}` })).id) }),
	visualization: async () => ({ itemType: 'visualization', visualizationId: byId((await newVisualization()).id) }),
	libraryDataset: async () => ({ itemType: 'libraryDataset', libraryDatasetId: byId(await newLibraryDataset()) }),
};

async function newWorkflow(): Promise<string> {
	const step = { id: 0, type: 'data_input', name: 'Input dataset', label: 'reads', tool_state: '{}', inputs: [], input_connections: {}, position: { left: 0, top: 0 }, annotation: '', workflow_outputs: [] };
	const workflow = { a_galaxy_workflow: 'true', 'format-version': '0.1', name: `Workflow ${randomUUID()}`, annotation: '', steps: { 0: step } };
	return (await bench.galaxy<{ id: string }>('POST workflows', { workflow })).id;
}

/** Galaxy makes it without a plug-in, but refuses to show it in its answer; then its list has it. */
async function newVisualization(): Promise<{ id: string; title: string }> {
	const title = `Plot ${randomUUID()}`;
	await bench.galaxy('POST visualizations', { type: 'trackster', title, config: {} }).catch(() => undefined);
	const [found] = await bench.galaxy<Array<{ id: string; title: string }>>(`GET visualizations?show_published=false&search=${encodeURIComponent(title)}`);
	return found;
}

async function newLibraryDataset(): Promise<string> {
	const { admin, user } = bench.simulator.info;
	const role = (await bench.galaxy<Array<{ id: string; name: string }>>('GET roles', undefined, admin.key)).find(({ name }) => name === user.email);
	const library = await bench.galaxy('POST libraries', { name: `Lib ${randomUUID()}` }, admin.key);
	await bench.galaxy(`POST libraries/${String(library.id)}/permissions`, { action: 'set_permissions', 'add_ids[]': [role?.id], 'modify_ids[]': [role?.id] }, admin.key);
	return (await bench.galaxy<{ library_dataset_id: string }>(`POST folders/${String(library.root_folder_id)}/contents`, { from_hda_id: datasetId })).library_dataset_id;
}

const tagsOf = async (item: IDataObject) => (await json('tag', 'getAll', item)).map(({ tag }) => tag).sort();

describe.each(Object.keys(items))('tags of a %s', (type) => {
	let item: IDataObject;
	beforeAll(async () => {
		item = await items[type]();
	});

	it('are added to those that are there', async () => {
		expect(await json('tag', 'add', { ...item, tags: 'Run:7, #urgent, plain, k=v' })).toEqual([
			{ tag: 'Run:7', user_tname: 'Run', user_value: '7' },
			{ tag: 'name:urgent', user_tname: 'name', user_value: 'urgent' },
			{ tag: 'plain', user_tname: 'plain', user_value: null },
			{ tag: 'k:v', user_tname: 'k', user_value: 'v' },
		]);
		// once more, with one that is new
		await json('tag', 'add', { ...item, tags: ['Run:7', 'Run:8', '#urgent'] });
		expect(await tagsOf(item)).toEqual(['Run:7', 'Run:8', 'k:v', 'name:urgent', 'plain'].sort());
	});

	it('that are there are sent no more', async () => {
		expect(await json('tag', 'add', { ...item, tags: 'plain' })).toMatchObject([{ tag: 'plain' }]);
		expect(bench.arrived().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('are found by their name', async () => {
		expect(await json('tag', 'get', { ...item, tagName: 'k' })).toEqual([{ tag: 'k:v', user_tname: 'k', user_value: 'v' }]);
		const { error } = await bench.run('tag', 'get', { ...item, tagName: 'none' });
		expect(error?.message).toMatch(/^Galaxy did not find it: Failed to retrieve specified tag|has no tag "none"$/);
	});

	it('get another value', async () => {
		expect(await json('tag', 'updateValue', { ...item, tagName: 'k', value: 'w' })).toMatchObject([{ tag: 'k:w' }]);
		expect(await tagsOf(item)).toEqual(['Run:7', 'Run:8', 'k:w', 'name:urgent', 'plain'].sort());
		// two of a name become one, of which the capitals change next; at last its value goes
		await json('tag', 'updateValue', { ...item, tagName: 'Run', value: 'a' });
		await json('tag', 'updateValue', { ...item, tagName: 'Run', value: 'A' });
		expect(await tagsOf(item)).toEqual(['Run:A', 'k:w', 'name:urgent', 'plain'].sort());
		await json('tag', 'updateValue', { ...item, tagName: 'Run', value: '' });
		expect(await tagsOf(item)).toEqual(['Run', 'k:w', 'name:urgent', 'plain'].sort());
	});

	it('are removed alone, and others of the same name stay', async () => {
		await json('tag', 'add', { ...item, tags: 'k:x' });
		expect(await json('tag', 'remove', { ...item, tags: 'k:w,plain,none' })).toMatchObject([{ tag: 'k:w', removed: true }, { tag: 'plain', removed: true }, { tag: 'none', removed: false }]);
		expect(await tagsOf(item)).toEqual(['Run', 'k:x', 'name:urgent'].sort());
		await json('tag', 'remove', { ...item, tags: '#urgent' });
		expect(await tagsOf(item)).toEqual(['Run', 'k:x'].sort());
		expect((await json('tag', 'remove', { ...item, tags: 'none' }))).toMatchObject([{ removed: false }]);
	});

	it('are replaced, also by none', async () => {
		expect(await json('tag', 'replaceAll', { ...item, newTags: 'x:y,z' })).toEqual([{ success: true }]);
		expect(await tagsOf(item)).toEqual(['x:y', 'z']);
		await json('tag', 'replaceAll', item);
		expect(await tagsOf(item)).toEqual([]);
	});

	it('may have slashes in their names', async () => {
		await json('tag', 'add', { ...item, tags: 'plate/1:A01' });
		expect(await json('tag', 'get', { ...item, tagName: 'plate/1' })).toMatchObject([{ user_value: 'A01' }]);
		await json('tag', 'updateValue', { ...item, tagName: 'plate/1', value: 'B02' });
		expect(await tagsOf(item)).toEqual(['plate/1:B02']);
		await json('tag', 'remove', { ...item, tags: 'plate/1:B02' });
		expect(await tagsOf(item)).toEqual([]);
	});
});

describe('tags', () => {
	it('go by the routes for single tags where Galaxy has them, and in bulk for collections', async () => {
		for (const type of ['history', 'dataset', 'workflow', 'datasetCollection']) {
			const item = await items[type]();
			await json('tag', 'add', { ...item, tags: 'run:7' });
			await json('tag', 'updateValue', { ...item, tagName: 'run', value: '8' });
			await json('tag', 'remove', { ...item, tags: 'run:8' });
		}
		const single = ['histories/{history_id}/tags', 'histories/{history_id}/contents/{history_content_id}/tags', 'workflows/{workflow_id}/tags'];
		for (const route of single) {
			expect(bench.arrived(`POST ${route}/{tag_name}`).map(({ body }) => body)).toEqual([{ value: '7' }]);
			expect(bench.arrived(`PUT ${route}/{tag_name}`).map(({ body }) => body)).toEqual([{ value: '8' }]);
			expect(bench.arrived(`DELETE ${route}/{tag_name}`)).toHaveLength(2);
		}
		expect(bench.arrived('PUT histories/{history_id}/contents/bulk').map(({ body }) => (body as IDataObject).operation)).toEqual(['add_tags', 'remove_tags']);
	});

	it('of a dataset need no history', async () => {
		const { datasetId: chosen } = await items.dataset();
		await json('tag', 'add', { itemType: 'dataset', datasetId: chosen, tags: 'alone' });
		expect(bench.arrived('POST histories/{history_id}/contents/{history_content_id}/tags/{tag_name}')[0].path).toContain(historyId);
	});

	it('are refused that would break the thing', async () => {
		const item = await items.history();
		for (const tag of ['two words', 'a:b c', '.x', 'x:', ':y', 'a;b']) {
			const { error } = await bench.run('tag', 'add', { ...item, tags: [tag] });
			expect(error?.message).toBe(`"${tag}" cannot be a tag`);
		}
		expect(bench.arrived()).toEqual([]);
		expect((await bench.run('tag', 'updateValue', { ...item, tagName: 'none', value: 'x' })).error?.message).toBe('The history has no tag "none"');
		expect((await bench.run('tag', 'add', { itemType: 'history', tags: 'x' })).error?.message).toBe('"History" is empty');
	});

	it('of others are left alone', async () => {
		const item = await items.visualization();
		bench.login = 'admin';
		expect((await bench.run('tag', 'add', { ...item, tags: 'x' })).error?.message).toBe('The visualization is none of yours');
		const page = await items.page();
		expect((await bench.run('tag', 'replaceAll', { ...page, newTags: 'x' })).error?.description).toMatch(/Ask its owner/);
	});

	it('of a collection that Galaxy does not change are told', async () => {
		const item = await items.datasetCollection();
		bench.simulator.faults.add({ method: 'PUT', path: '/bulk', kind: 'status', status: 200, body: { success_count: 0, errors: [{ error: 'Collection is locked', item: {} }] } });
		expect((await bench.run('tag', 'add', { ...item, tags: 'x' })).error?.message).toBe('Galaxy did not change the tags: Collection is locked');
	});

	it('of tools are listed', async () => {
		const [tags] = await json('tag', 'getToolTags');
		expect(Object.values(tags)).toContainEqual(expect.any(Array));
	});

	it('belong to things that are found in the editor', async () => {
		const { id, title } = await newVisualization();
		expect(await bench.shown('searchVisualizations', {}, title)).toEqual([[title, id]]);
		const { pageId } = await items.page();
		expect((await bench.shown('searchPages', {}, 'Notes')).map(([, value]) => value)).toContain((pageId as IDataObject).value);
	});
});
