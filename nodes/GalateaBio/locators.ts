import type { IDataObject } from 'n8n-workflow';

import { searchList } from '../shared/locator';
import { api, pages } from './api';
import { ownOrganization } from './resources/organization';

const fileName = ({ src_file_name, status }: IDataObject) => `${String(src_file_name)} (${String(status)})`;

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
		async rows(connection) {
			const { id } = await ownOrganization(connection);
			return (await connection.send('GET organizations/{id}/models', { path: { id }, query: { hide_deprecated: true } })) as IDataObject[];
		},
		label: ({ model_name }) => String(model_name),
		value: ({ model_name }) => String(model_name),
	}),
};
