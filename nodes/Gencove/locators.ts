import type { IDataObject } from 'n8n-workflow';

import { searchList } from '../shared/locator';
import { rows } from '../shared/pages';
import type { Connection } from '../shared/request';
import { api, pages } from './api';

const named = ({ name }: IDataObject) => String(name);
const statusOf = ({ last_status }: IDataObject) => String((last_status as IDataObject | null)?.status ?? 'unknown');

/** The list can be searched by IDs alone, so all of it is read. */
async function capabilities(connection: Connection): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	const fetch = async (query: object) => await connection.send('GET pipeline-capabilities/', { query: { ...query } });
	for await (const row of rows(pages(fetch, Infinity), Infinity)) found.push(row);
	return found;
}

/** The searchable lists of the editor. */
export const locators = {
	searchProjects: searchList(api, { line: 'GET projects/', pages, query: { sort_by: 'modified', sort_order: 'desc' }, search: 'search', label: named }),
	searchSamples: searchList(api, {
		line: 'GET project-samples/{projectId}',
		path: (chosen) => ({ projectId: chosen('projectId', 'Project') }),
		pages,
		query: { sort_by: 'modified', sort_order: 'desc' },
		search: 'search',
		label: (row) => `${String(row.client_id)} (${statusOf(row)})`,
	}),
	searchCapabilities: searchList(api, { rows: capabilities, label: named }),
};
