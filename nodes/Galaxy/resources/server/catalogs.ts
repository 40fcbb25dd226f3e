import type { IDataObject } from 'n8n-workflow';

import { id, json, locator } from '../../../shared/field';
import { program, request } from '../../../shared/operation';

export const getLicenses = request({
	name: 'Get Licenses',
	action: 'Get licenses of server',
	description: 'Retrieve a list of the licenses that a workflow can have',
	request: 'GET api/licenses',
	fields: {},
});

export const getLicense = request({
	name: 'Get License',
	action: 'Get license of server',
	description: 'Retrieve a license that a workflow can have',
	request: 'GET api/licenses/{license}',
	fields: { license: id('License', { placeholder: 'e.g. MIT', description: 'Its ID in the SPDX list' }) },
});

export const getObjectStores = request({
	name: 'Get Object Stores',
	action: 'Get object stores of server',
	description: 'Retrieve a list of the places that you may choose for new datasets',
	// without it Galaxy refuses
	request: 'GET api/object_stores?selectable=true',
	fields: {},
});

export const getObjectStore = request({
	name: 'Get Object Store',
	action: 'Get object store of server',
	description: 'Retrieve a place where the server keeps datasets',
	request: 'GET api/object_stores/{objectStoreId}',
	fields: { objectStoreId: locator('Object Store', { list: 'searchObjectStores', place: 'path', required: true, idPlaceholder: 'e.g. fast_disk', description: 'One that you may choose for new datasets, or one by its ID' }) },
});

export const getDisplayApplications = request({
	name: 'Get Display Applications',
	action: 'Get display applications of server',
	description: 'Retrieve a list of the browsers and viewers outside Galaxy that can show datasets',
	request: 'GET api/display_applications',
	fields: {},
});

export const getUiWebhooks = request({
	name: 'Get UI Webhooks',
	action: 'Get UI webhooks of server',
	description: 'Retrieve a list of the plug-ins that add something to the pages of Galaxy',
	request: 'GET api/webhooks',
	fields: {},
});

export const getUiWebhookData = program({
	name: 'Get UI Webhook Data',
	action: 'Get data of UI webhook of server',
	description: 'Retrieve what a plug-in of the pages of Galaxy has to show',
	effect: 'read',
	fields: {
		webhookId: locator('UI Webhook', { list: 'searchUiWebhooks', place: 'none', required: true, idPlaceholder: 'e.g. news', description: 'A plug-in of the server' }),
		parameters: json('Parameters', { place: 'none', placeholder: 'e.g. {"limit": 5}', description: 'What the plug-in wants to know, by the names that it gives' }),
	},
	async run({ connection, values: { webhookId, parameters } }) {
		const found = await connection.send('GET api/webhooks/{webhookId}/data', { path: { webhookId }, query: (parameters ?? {}) as Record<string, string> });
		return [found as IDataObject].flat().map((row) => ({ json: row }));
	},
});
