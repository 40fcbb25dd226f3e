import type { IDataObject } from 'n8n-workflow';

import { searchList, type Chosen } from '../shared/locator';
import type { Connection } from '../shared/request';
import { api, pages, rowWithId } from './api';
import { models, REPORTS } from './models';

const fileName = ({ src_file_name, status }: IDataObject) => `${String(src_file_name)} (${String(status)})`;

const reportName = (type: unknown) => REPORTS.find(({ value }) => value === type)?.name ?? String(type);

/** Results that the service gives as JSON, too (docs, "Download results as JSON"). */
const JSON_RESULTS = new Set(['SUMMARY_CHROMS', 'SUMMARY_SUPERSET', 'DETAILED_CHROMS', 'DETAILED_SUPERSET']);

/** The results of the order that is chosen in the node; the service lists one of them twice. */
async function results(connection: Connection, chosen: Chosen): Promise<IDataObject[]> {
	const order = chosen('orderId', 'Order').toLowerCase();
	const answer = (await connection.send('GET exec/orders', { query: { filter: order } })) as { results: IDataObject[] };
	const { result_types } = rowWithId(answer, order, 'order') as { result_types: IDataObject[] };
	return [...new Map(result_types.map((row) => [row.type, row])).values()];
}

const result = { label: ({ label }: IDataObject) => String(label), value: ({ type }: IDataObject) => String(type) };

/** The searchable lists of the editor. */
export const locators = {
	searchFiles: searchList(api, { line: 'GET data/files', pages, query: { only_acceptable: true }, search: 'file', label: fileName }),
	searchValidFiles: searchList(api, {
		line: 'GET data/files',
		pages,
		query: { only_acceptable: true },
		search: 'file',
		label: fileName,
		keep: ({ status }) => status === 'VALID',
	}),
	searchOrders: searchList(api, {
		line: 'GET exec/orders',
		pages,
		search: 'filter',
		label: ({ src_file_name, model, status }) => `${String(src_file_name)}, ${String(model)} (${String(status)})`,
	}),
	searchModels: searchList(api, {
		rows: models,
		label: ({ model_name, model_api_name }) => `${String(model_name)} (${String(model_api_name)})`,
		value: ({ model_name }) => String(model_name),
	}),
	searchTags: searchList(api, { line: 'GET exec/tags', pages, search: 'name', label: ({ name }) => String(name) }),
	searchResults: searchList(api, { ...result, rows: results }),
	searchJsonResults: searchList(api, { ...result, rows: results, keep: ({ type }) => JSON_RESULTS.has(String(type)) }),
	searchReports: searchList(api, {
		rows: async (connection, chosen) =>
			((await connection.send('GET data/results/{orderId}/pdf_report', { path: { orderId: chosen('orderId', 'Order') }, query: { page_size: 1000 } })) as { results: IDataObject[] }).results,
		label: ({ sample_id, report_type, status }) => `${String(sample_id)}, ${reportName(report_type)} (${String(status)})`,
	}),
};
