import type { INodePropertyOptions } from 'n8n-workflow';

import { optionList } from '../shared/options';
import { api, everyRow } from './api';

/** The options that the editor loads. */
export const optionLists = {
	getRoles: optionList(api, async (connection) => {
		const options: INodePropertyOptions[] = [];
		for await (const { id, name, type } of everyRow(connection, 'GET api/roles')) options.push({ name: `${String(name)} (${String(type)})`, value: String(id) });
		return options;
	}),
	getTrsServers: optionList(api, async (connection) => {
		const servers = (await connection.send('GET api/trs_consume/servers')) as Array<{ id: string; label: string }>;
		// an empty value is the default
		return [{ name: 'Dockstore', value: '' }, ...servers.filter(({ id }) => id !== 'dockstore').map(({ id, label }) => ({ name: label, value: id }))];
	}),
};
