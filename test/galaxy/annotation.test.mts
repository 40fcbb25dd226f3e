import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
const json = bench.json.bind(bench);

beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const step = { id: 0, type: 'data_input', name: 'Input dataset', label: 'reads', tool_state: '{}', inputs: [], input_connections: {}, position: { left: 0, top: 0 }, annotation: '', workflow_outputs: [] };
const workflow = { a_galaxy_workflow: 'true', 'format-version': '0.1', name: 'With a note', annotation: '', steps: { 0: step } };

const items: Record<string, () => Promise<[id: string, item: IDataObject]>> = {
	history: async () => {
		const id = await bench.newHistory();
		return [id, { itemType: 'history', historyId: byId(id) }];
	},
	dataset: async () => {
		const [id] = await bench.newDatasets(await bench.newHistory(), 'one');
		return [id, { itemType: 'dataset', datasetId: byId(id) }];
	},
	workflow: async () => {
		const { id } = await bench.galaxy<{ id: string }>('POST workflows', { workflow });
		return [id, { itemType: 'workflow', workflowId: byId(id) }];
	},
	page: async () => {
		const { id } = await bench.galaxy<{ id: string }>('POST pages', { title: 'Notes', slug: `notes-${randomUUID()}` });
		return [id, { itemType: 'page', pageId: byId(id) }];
	},
};

describe('annotations', () => {
	it.each(Object.keys(items))('of a %s are written, read and cleared', async (type) => {
		const [id, item] = await items[type]();
		expect(await json('annotation', 'get', item)).toEqual([{ id, annotation: null }]);
		expect(await json('annotation', 'set', { ...item, annotation: 'Plate 7, "redo" é' })).toEqual([{ id, annotation: 'Plate 7, "redo" é' }]);
		expect(await json('annotation', 'get', item)).toEqual([{ id, annotation: 'Plate 7, "redo" é' }]);
		expect(await json('annotation', 'clear', item)).toEqual([{ id, annotation: null }]);
		expect(await json('annotation', 'get', item)).toEqual([{ id, annotation: null }]);
	});

	it('need an item, and a text', async () => {
		expect((await bench.run('annotation', 'get', { itemType: 'history' })).error?.message).toBe('"History" is empty');
		expect((await bench.run('annotation', 'set', { itemType: 'history', historyId: byId('x'), annotation: ' ' })).error?.message).toBe('"Annotation" is empty');
		expect(bench.arrived()).toEqual([]);
	});
});
