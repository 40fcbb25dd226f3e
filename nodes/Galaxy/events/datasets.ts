import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import type { Json } from '../../shared/operation';
import { datasetOutcome, together, type Outcome } from '../states';
import { listed, times, type Wanted } from './event';

const OPEN = 'new,upload,queued,running,setting_metadata,paused,deferred';
const READY = 'ok,empty';
const FAILED = 'error,failed_metadata,discarded';

/** The filters of the trigger, in Galaxy's words. */
const filtersOf = (more: IDataObject): Record<string, Json | undefined> => ({
	'q:tag': more.tag as string | undefined,
	'q:name-contains': more.name as string | undefined,
	'q:visible': more.hidden === true ? undefined : true,
});

function source({ historyId }: Wanted) {
	if (historyId === undefined) return { line: 'GET api/datasets', path: {}, query: {} };
	return { line: 'GET api/histories/{historyId}/contents', path: { historyId }, query: { v: 'dev' } };
}

/** Datasets that are ready, or have failed. Those whose data is not fetched yet are neither. */
export function datasets(wanted: Wanted, end: 'ready' | 'failed'): Changes {
	const { line, path, query } = source(wanted);
	const list = { ...query, ...filtersOf(wanted.more), 'q:extension-in': wanted.more.extensions as string[] | undefined, 'q:history_content_type': 'dataset', 'q:deleted': false, order: 'update_time-dsc' };
	return {
		...times,
		since: (connection, time) => listed(connection, line, { path, query: { ...list, 'q:state-in': end === 'ready' ? READY : FAILED, 'q:update_time-ge': time } }),
		open: (connection) => listed(connection, line, { path, query: { ...list, 'q:state-in': OPEN } }),
		// the list has no others
		verdict: async () => 'told',
	};
}

/** Collections whose datasets are all ready, or have ended and failed in part. */
export function collections(wanted: Wanted, end: 'ready' | 'failed'): Changes {
	const { line, path, query } = source(wanted);
	const list = { ...query, ...filtersOf(wanted.more), 'q:history_content_type': 'dataset_collection', 'q:deleted': false, order: 'update_time-dsc' };
	return {
		...times,
		since: (connection, time) => listed(connection, line, { path, query: { ...list, 'q:update_time-ge': time } }),
		async *open(connection) {
			for await (const row of listed(connection, line, { path, query: list })) if (collectionOutcome(row) === 'running') yield row;
		},
		async verdict(_connection, row) {
			const outcome = collectionOutcome(row);
			if (outcome === 'running') return 'open';
			return (outcome === 'failed') === (end === 'failed') ? 'told' : 'untold';
		},
		// its datasets end, not it
		reread: async (connection, id) => (await connection.send('GET api/dataset_collections/{id}', { path: { id }, query: { view: 'collection' } })) as IDataObject,
	};
}

/** A collection has ended when it is built and all of its datasets have. */
function collectionOutcome({ populated_state: built, elements_states: states }: IDataObject): Outcome {
	if (built === 'failed') return 'failed';
	if (built === 'new') return 'running';
	return together(Object.keys((states ?? {}) as object).map(datasetOutcome));
}
