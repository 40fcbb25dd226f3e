import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import { slices } from '../../shared/pages';
import { Problem } from '../../shared/problem';
import { everyRow } from '../api';
import { times, until, type Wanted } from './event';

const byFolder = slices(100, (answer) => (answer as IDataObject).folder_contents);

/** Datasets that are new in a folder of a data library. */
export function libraryDatasets({ folderId }: Wanted): Changes {
	if (folderId === undefined) throw new Problem('"Folder ID" is empty', { description: 'Give the ID of the folder, as its address in Galaxy shows it' });
	return {
		...times,
		since: (connection, time) => until(everyRow(connection, 'GET api/folders/{folderId}/contents', { path: { folderId }, query: { order_by: 'update_time', sort_desc: true } }, byFolder), time),
		async *open() {},
		verdict: async (_connection, { type }) => (type === 'file' ? 'told' : 'untold'),
	};
}
