import type { IDataObject } from 'n8n-workflow';

import { choices, flag, list } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { pages } from '../../api';
import { contentFilters, contentOrder, inFilters, queryOf } from '../../contentFilters';
import { commas, historyId, views } from '../../fields';
import { simplify } from './fields';

export const getAll = request({
	name: 'Get Many',
	action: 'Get many items of history content',
	description: 'Retrieve a list of the datasets and collections in a history, also of hidden and deleted ones',
	request: 'GET api/histories/{historyId}/contents?v=dev',
	pages,
	simplify,
	fields: { historyId, ...contentFilters, ...contentOrder, ...views },
});

/** What makes Galaxy count. */
const STATISTICS = 'application/vnd.galaxy.history.contents.stats+json';

export const count = program({
	name: 'Count',
	action: 'Count history content',
	description: 'Retrieve how many datasets and collections of a history pass the filters',
	effect: 'read',
	fields: { historyId, ...inFilters(contentFilters) },
	async run({ connection, values }) {
		const query = { v: 'dev', limit: 1, ...queryOf(contentFilters, values) };
		const { stats } = (await connection.send('GET api/histories/{historyId}/contents', { path: values, query, headers: { accept: STATISTICS } })) as { stats: IDataObject };
		return { json: { count: stats.total_matches } };
	},
});

export const getManyLegacy = request({
	name: 'Get Many (Legacy)',
	action: 'Get many items of history content by older parameters',
	description: 'Retrieve a list of the content of a history with the older parameters of Galaxy, all at once',
	request: 'GET api/histories/{historyId}/contents',
	pages: wholeList,
	simplify,
	fields: {
		historyId,
		deleted: flag('Deleted', { description: 'Whether to list deleted items, or those that are not; both without this filter' }),
		details: commas(list('Details', { placeholder: 'e.g. all', description: 'Comma-separated list of the IDs of datasets to give out in full, or "all"' })),
		shareable: flag('Shareable', { description: 'Whether to list what can be shared, or what cannot' }),
		types: choices('Types', [{ name: 'Dataset', value: 'dataset' }, { name: 'Dataset Collection', value: 'dataset_collection' }]),
		visible: flag('Visible', { description: 'Whether to list visible items, or hidden ones; both without this filter' }),
	},
});
