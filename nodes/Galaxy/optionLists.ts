import type { INodePropertyOptions } from 'n8n-workflow';

import { optionList } from '../shared/options';
import { api, everyRow } from './api';

/** The options that the editor loads. */
export const optionLists = {
	getDatatypes: optionList(api, async (connection) => {
		const types = (await connection.send('GET api/datatypes', { query: { extension_only: false, upload_only: false } })) as Array<{ extension: string; description: string | null }>;
		return types.map(({ extension, description }) => ({ name: extension, value: extension, description: description ?? undefined })).sort((a, b) => a.name.localeCompare(b.name));
	}),
	getPanelSections: optionList(api, async (connection) => {
		const panel = (await connection.send('GET api/tool_panels/default')) as Record<string, { model_class: string; id: string; name: string }>;
		return Object.values(panel).filter((entry) => entry.model_class === 'ToolSection').map(({ id, name }) => ({ name, value: id }));
	}),
	getRoles: optionList(api, async (connection) => {
		const options: INodePropertyOptions[] = [];
		for await (const { id, name, type } of everyRow(connection, 'GET api/roles')) options.push({ name: `${String(name)} (${String(type)})`, value: String(id) });
		return options;
	}),
	getVisualizationPlugins: optionList(api, async (connection) => {
		const plugins = (await connection.send('GET api/plugins')) as Array<{ name: string; html?: string; description?: string }>;
		return plugins.map(({ name, html, description }) => ({ name: html ?? name, value: name, description }));
	}),
	getTrsServers: optionList(api, async (connection) => {
		const servers = (await connection.send('GET api/trs_consume/servers')) as Array<{ id: string; label: string }>;
		// an empty value is the default
		return [{ name: 'Dockstore', value: '' }, ...servers.filter(({ id }) => id !== 'dockstore').map(({ id, label }) => ({ name: label, value: id }))];
	}),
};
