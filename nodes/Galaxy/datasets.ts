import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../shared/request';
import type { Watch } from '../shared/wait';
import { job } from './jobs';
import { collectionState, datasetOutcome, PAUSED_REASON, PAUSES } from './states';

/** The most useful fields of a dataset. */
export const datasetSummary = ['id', 'name', 'hid', 'history_id', 'state', 'extension', 'file_size', 'genome_build', 'tags', 'misc_info'] as const;

/** The most useful fields of a dataset collection. */
export const collectionSummary = ['id', 'name', 'hid', 'history_id', 'collection_type', 'collection_id', 'element_count', 'populated_state', 'elements_states', 'tags'] as const;

export const readDataset = async (connection: Connection, id: unknown, query: Record<string, string> = {}): Promise<IDataObject> =>
	(await connection.send('GET api/datasets/{id}', { path: { id }, query })) as IDataObject;

export const readCollection = async (connection: Connection, id: unknown): Promise<IDataObject> =>
	(await connection.send('GET api/dataset_collections/{id}', { path: { id }, query: { view: 'collection' } })) as IDataObject;

/** The history that is chosen, or the one that a dataset is in. */
export async function historyWith(connection: Connection, { historyId, datasetId }: { historyId: string; datasetId: string }): Promise<string> {
	return historyId || String((await readDataset(connection, datasetId, { keys: 'history_id' })).history_id);
}

/** The history that is chosen, or the one that a collection is in. */
export async function historyWithCollection(connection: Connection, { historyId, collectionId }: { historyId: string; collectionId: string }): Promise<string> {
	return historyId || String((await readCollection(connection, collectionId)).history_id);
}

/** Why a dataset has no data, in Galaxy's words. */
export const reasonOf = ({ state, misc_info: info }: IDataObject): string | undefined => (state === 'paused' ? PAUSED_REASON : String(info ?? '').trim() || undefined);

/** A dataset: { id }. */
export const dataset: Watch = {
	noun: 'dataset',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { id }) {
		const json = await readDataset(connection, id);
		return { json, state: String(json.state), outcome: datasetOutcome(String(json.state)), reason: reasonOf(json) };
	},
};

/** A collection: { id }. */
export const collection: Watch = {
	noun: 'dataset collection',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { id }) {
		const json = await readCollection(connection, id);
		const look = collectionState(json);
		const reason = json.populated_state_message ? String(json.populated_state_message).trim() : look.state === 'paused' ? PAUSED_REASON : undefined;
		return { json, ...look, reason };
	},
};

/** What an upload makes, whatever it is: datasets, a collection, or the job alone that fills a library. */
export const uploaded: Watch = {
	noun: 'upload',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, launch) {
		const watch = launch.model_class === 'Job' ? job : launch.history_content_type === 'dataset_collection' ? collection : dataset;
		return await watch.look(connection, launch);
	},
};
