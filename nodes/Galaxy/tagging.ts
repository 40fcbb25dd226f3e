import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { everyRow } from './api';
import type { ItemValues } from './taggedItems';

/** A tag as Galaxy writes it: 'run:7' has a name and a value, 'urgent' a name alone. */
export interface Tag {
	tag: string;
	user_tname: string;
	user_value: string | null;
}

/** What Galaxy takes; one that it takes by mistake breaks every answer that holds the thing (release 26.1). */
const USABLE = /^[^\s.:=,;]+(\.[^\s.:=,;]+)*(:[^\s,;]+)?$/;

/** A tag as a user writes it: '#x' stands for 'name:x', and '=' for ':'. Throws a Problem for what Galaxy cannot take. */
export function tagOf(written: string): Tag {
	const tag = written.replace(/^#/, 'name:').replace(/^([^:=]*)=/, '$1:');
	if (!USABLE.test(tag)) throw new Problem(`"${written}" cannot be a tag`, { description: 'A tag is a name, or a name and a value with a colon between, without blanks: run:7' });
	return fromParts(...(tag.split(/:(.*)/) as [string, string?]));
}

export const fromParts = (name: string, value?: string | null): Tag => ({ tag: value ? `${name}:${value}` : name, user_tname: name, user_value: value || null });

const fromText = (text: string) => fromParts(...(text.split(/:(.*)/) as [string, string?]));

/** A thing whose tags are read and changed. */
export interface Tagged {
	/** As it is called in messages: 'history'. */
	noun: string;
	itemClass: string;
	itemId: string;
	/** Path of its single tags, where Galaxy has one. */
	route?: string;
	path?: Record<string, string>;
	/** The history of a collection, whose tags are added and removed in bulk. */
	bulkIn?: string;
	tags(): Promise<Tag[]>;
}

/** Finds the thing that is chosen; throws a Problem when nothing is. */
export async function taggedOf(connection: Connection, values: ItemValues): Promise<Tagged> {
	const read = async (line: string, query: IDataObject = {}) => (await connection.send(line, { path: { ...values }, query: query as never })) as IDataObject;
	const listed = ({ tags }: IDataObject) => ((tags ?? []) as string[]).map(fromText);
	const routed = (route: string, path: Record<string, string>) => ({
		route,
		path,
		tags: async () => ((await connection.send(`GET ${route}`, { path })) as Tag[]).map(({ user_tname: name, user_value: value }) => fromParts(name, value)),
	});
	const { historyId, datasetId, collectionId, workflowId, pageId, visualizationId } = values;
	switch (values.itemType) {
		case 'history':
			if (!historyId) throw new Problem('"History" is empty', { description: 'Choose "History"' });
			return { noun: 'history', itemClass: 'History', itemId: historyId, ...routed('api/histories/{historyId}/tags', { historyId }) };
		case 'dataset': {
			const history = historyId || String((await read('GET api/datasets/{datasetId}', { keys: 'history_id' })).history_id);
			return { noun: 'dataset', itemClass: 'HistoryDatasetAssociation', itemId: datasetId, ...routed('api/histories/{history}/contents/{datasetId}/tags', { history, datasetId }) };
		}
		case 'datasetCollection': {
			const found = await read('GET api/dataset_collections/{collectionId}');
			return { noun: 'dataset collection', itemClass: 'HistoryDatasetCollectionAssociation', itemId: collectionId, bulkIn: String(found.history_id), tags: async () => listed(found) };
		}
		case 'workflow':
			return { noun: 'workflow', itemClass: 'StoredWorkflow', itemId: workflowId, ...routed('api/workflows/{workflowId}/tags', { workflowId }) };
		case 'page':
			return { noun: 'page', itemClass: 'Page', itemId: pageId, tags: async () => listed(await read('GET api/pages/{pageId}')) };
		case 'visualization':
			return { noun: 'visualization', itemClass: 'Visualization', itemId: visualizationId, tags: async () => listed(await visualization(connection, visualizationId)) };
		default: {
			const found = await read('GET api/libraries/datasets/{libraryDatasetId}');
			return { noun: 'library dataset', itemClass: 'LibraryDatasetDatasetAssociation', itemId: String(found.ldda_id), tags: async () => listed(found) };
		}
	}
}

/** From the list: by itself Galaxy gives out only one whose plug-in is installed. */
async function visualization(connection: Connection, id: string): Promise<IDataObject> {
	for await (const row of everyRow(connection, 'GET api/visualizations', { query: { show_published: false, show_shared: false } })) if (row.id === id) return row;
	throw new Problem('The visualization is none of yours', { description: 'Check "Visualization": only your own ones can be tagged' });
}

/** Sets all tags of a thing. */
export async function write(connection: Connection, { itemId, itemClass }: Pick<Tagged, 'itemId' | 'itemClass'>, tags: Tag[]): Promise<unknown> {
	return await connection.send('PUT api/tags', { body: { item_id: itemId, item_class: itemClass, item_tags: tags.map(({ tag }) => tag) } });
}

/** Adds tags to a collection, or removes them; throws a Problem with what Galaxy tells in a good answer. */
export async function inBulk(connection: Connection, { bulkIn: history, itemId }: Tagged, operation: 'add_tags' | 'remove_tags', tags: Tag[]): Promise<void> {
	const body = { operation, items: [{ id: itemId, history_content_type: 'dataset_collection' }], params: { type: operation, tags: tags.map(({ tag }) => tag) } };
	const { errors } = (await connection.send('PUT api/histories/{history}/contents/bulk', { path: { history }, body })) as { errors?: Array<{ error?: string }> };
	if (errors && errors.length > 0) throw new Problem(`Galaxy did not change the tags: ${errors.map(({ error }) => error).join('. ')}`, { description: 'Check "Dataset Collection"' });
}
