import { optionList } from '../shared/options';
import { api, everyRow } from './api';

/** The options that the editor loads. */
export const optionLists = {
	getFileTypes: optionList(api, async (connection) => {
		const options = [];
		for await (const { key, description } of everyRow(connection, 'GET file-types/')) options.push({ name: String(key), value: String(key), description: String(description ?? '') });
		return options;
	}),
};
