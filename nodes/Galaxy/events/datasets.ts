import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import type { Json } from '../../shared/operation';
import { everyRow } from '../api';
import { readCollection } from '../datasets';
import { collectionState } from '../states';
import { times, type Wanted } from './event';

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
		since: (connection, time) => everyRow(connection, line, { path, query: { ...list, 'q:state-in': end === 'ready' ? READY : FAILED, 'q:update_time-ge': time } }),
		open: (connection) => everyRow(connection, line, { path, query: { ...list, 'q:state-in': OPEN } }),
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
		since: (connection, time) => everyRow(connection, line, { path, query: { ...list, 'q:update_time-ge': time } }),
		async *open(connection) {
			for await (const row of everyRow(connection, line, { path, query: list })) if (collectionState(row).outcome === 'running') yield row;
		},
		async verdict(_connection, row) {
			const { outcome } = collectionState(row);
			if (outcome === 'running') return 'open';
			return (outcome === 'failed') === (end === 'failed') ? 'told' : 'untold';
		},
		// its datasets end, not it
		reread: readCollection,
	};
}
