import type { IDataObject } from 'n8n-workflow';

import { flag, list, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { historyId, views } from '../../fields';
import { simplify } from './manage';

const purge = flag('Purge', { place: 'query', default: false, description: 'Whether to remove the data for good' });

const ids = list('Histories', { required: true, placeholder: 'e.g. 5a1cff6882ddb5b2,c9468fdb6dc5c5f1', description: 'Comma-separated list of history IDs' });

/** What is left to be said of a deleted history; the task that purges it where that takes time. */
const ofDeleted = ['id', 'name', 'deleted', 'purged', 'purge_task', 'update_time'];

export const remove = request({
	name: 'Delete',
	action: 'Delete history',
	description: 'Remove a history with its datasets; it can be brought back until it is purged',
	request: 'DELETE api/histories/{historyId}',
	destructive: true,
	simplify: ofDeleted,
	fields: { historyId, purge, ...views },
	unwrap: (history: object) => ({ ...history, deleted: true }),
});

export const deleteMany = request({
	name: 'Delete Many',
	action: 'Delete many histories',
	description: 'Remove several histories with their datasets in one step',
	request: 'PUT api/histories/batch/delete',
	destructive: true,
	simplify: ofDeleted,
	// Galaxy leaves it unread in the query
	fields: { ids, purge: { ...purge, place: 'body' as const }, ...views },
});

export const undelete = program({
	name: 'Undelete',
	action: 'Undelete history',
	description: 'Bring a deleted history back that was not purged',
	simplify,
	fields: { historyId, ...views },
	async run({ connection, values: { historyId: id, ...query } }) {
		const { purged } = (await connection.send('GET api/histories/{id}', { path: { id }, query: { keys: 'id,purged' } })) as IDataObject;
		// Galaxy would say that it belongs to somebody else
		if (purged) throw new Problem('The history was purged', { description: 'Its data is gone for good: it cannot be brought back' });
		return { json: (await connection.send('POST api/histories/deleted/{id}/undelete', { path: { id }, query })) as IDataObject };
	},
});

export const undeleteMany = request({
	name: 'Undelete Many',
	action: 'Undelete many histories',
	description: 'Bring several deleted histories back that were not purged',
	request: 'PUT api/histories/batch/undelete',
	simplify,
	fields: { ids, ...views },
});

export const archive = program({
	name: 'Archive',
	action: 'Archive history',
	description: 'Take a history out of the list of those in use; it becomes read-only',
	destructive: true,
	simplify: [...simplify.filter((name) => name !== 'annotation'), 'archived'],
	fields: {
		historyId,
		archiveExportId: text('Archive Export ID', { description: 'Export of the history from which it can be made again' }),
		purgeHistory: flag('Purge History', { description: 'Whether to remove the data for good; needs "Archive Export ID"' }),
	},
	async run({ connection, values: { historyId: id, archiveExportId, purgeHistory } }) {
		if (purgeHistory && archiveExportId === undefined) {
			throw new Problem('A history is purged only when there is an export of it', { description: 'Give "Archive Export ID", or switch "Purge History" off' });
		}
		const body = { archive_export_id: archiveExportId, purge_history: purgeHistory };
		return { json: (await connection.send('POST api/histories/{id}/archive', { path: { id }, body })) as IDataObject };
	},
});

export const restore = request({
	name: 'Restore',
	action: 'Restore history',
	description: 'Bring an archived history back into use',
	request: 'PUT api/histories/{historyId}/archive/restore',
	simplify,
	fields: { historyId, force: flag('Force', { place: 'query', description: 'Whether to bring it back even though its data was purged' }) },
});
