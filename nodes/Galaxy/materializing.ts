import type { IDataObject } from 'n8n-workflow';

import type { Json } from '../shared/operation';
import type { Connection } from '../shared/request';
import type { Watch } from '../shared/wait';
import { datasetOutcome, PAUSES } from './states';
import { needTaskQueue } from './tasks';

/** The addresses that a dataset's data comes from. */
const addressesOf = ({ sources }: IDataObject) => ((sources ?? []) as Array<{ source_uri?: string }>).map(({ source_uri: uri }) => uri);

/**
 * Lets Galaxy fetch the data of a deferred dataset into a new one. Its task never tells that it has ended (contract,
 * section 2), so what tells the new dataset goes along: the history, its next number, and the address of the data.
 *
 * @param line the call that does it; its path has the history, and of a dataset its ID
 */
export async function startMaterializing(connection: Connection, historyId: string, { source, content }: { source: string; content: string }, line: string, body?: Json): Promise<IDataObject> {
	await needTaskQueue(connection);
	const deferred = (await connection.send('GET api/datasets/{content}', { path: { content }, query: { hda_ldda: source } })) as IDataObject;
	const { hid_counter } = (await connection.send('GET api/histories/{historyId}', { path: { historyId }, query: { keys: 'hid_counter' } })) as IDataObject;
	const task = (await connection.send(line, { path: { historyId, datasetId: content }, body })) as IDataObject;
	return { ...task, history_id: historyId, first_hid: hid_counter, source_uri: addressesOf(deferred)[0] };
}

/** The new dataset: looked for in the history by what `startMaterializing` gives, then followed. */
export const materialized: Watch = {
	noun: 'dataset',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, launch) {
		const query = { v: 'dev', view: 'detailed', 'q:history_content_type': 'dataset', 'q:hid-ge': launch.first_hid as number, order: 'hid-asc' };
		const found = (await connection.send('GET api/histories/{id}/contents', { path: { id: launch.history_id }, query })) as IDataObject[];
		const made = found.find((dataset) => dataset.state !== 'deferred' && addressesOf(dataset).includes(launch.source_uri as string));
		if (made === undefined) return { json: launch, state: 'waiting', outcome: 'running' };
		// the number stays with it for the next look
		const json = { ...made, first_hid: made.hid, source_uri: launch.source_uri };
		return { json, state: String(made.state), outcome: datasetOutcome(String(made.state)), reason: made.misc_info ? String(made.misc_info) : undefined };
	},
};
