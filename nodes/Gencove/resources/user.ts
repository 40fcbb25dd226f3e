import type { IDataObject } from 'n8n-workflow';

import { day, flag, json, list, locator, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER } from '../fields';
import { userIn } from '../people';
import { projectFilters, simplify } from './project';

const get = request({
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve your own user',
	request: 'GET user/',
	fields: {},
});

const update = request({
	name: 'Update',
	action: 'Update user',
	description: 'Change your own name',
	request: 'PATCH user/',
	fields: { name: text('Name', { required: true }) },
});

const getProjectsOfUser = request({
	name: 'Get Projects of User',
	action: 'Get projects of user',
	description: 'Retrieve a list of the projects that a user of your organization has access to',
	request: 'GET user-projects/{userId}',
	pages,
	simplify,
	fields: { userId: userIn('path'), ...projectFilters },
});

const getManyApiKeys = request({
	name: 'Get Many API Keys',
	action: 'Get many API keys of user',
	description: 'Retrieve a list of your API keys, without the keys themselves',
	request: 'GET user-api-keys/',
	pages,
	fields: {},
});

const ipRange = list('IP Ranges', { wire: 'ip_range', placeholder: 'e.g. 192.0.2.0/24, 198.51.100.7/32', description: 'Comma-separated list of the only addresses from which the key is good' });

const createApiKey = request({
	name: 'Create API Key',
	action: 'Create API key of user',
	description: 'Make an API key, which is shown only this once',
	request: 'POST user-api-keys/',
	secretOutput: true,
	fields: {
		name: text('Name', { required: true, placeholder: 'e.g. n8n', description: 'Up to 50 characters' }),
		expiryDate: day('Expiry Date', { wire: 'expiry_date', description: 'Last day on which the key is good' }),
		ipRange,
	},
	// under a name that can be hidden everywhere: "key" means something else in most answers
	unwrap: ({ key, ...rest }: IDataObject) => ({ ...rest, api_key: key }),
});

const revokeApiKey = request({
	name: 'Revoke API Key',
	action: 'Revoke API key of user',
	description: 'Make an API key worth nothing, or change its name and addresses',
	request: 'PATCH user-api-keys/{apiKeyId}',
	destructive: true,
	fields: {
		apiKeyId: locator('API Key', { list: 'searchApiKeys', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'One of your own, by its ID' }),
		revoked: flag('Revoked', { default: true, description: 'Whether the key is worth nothing from now on, which cannot be undone' }),
		name: text('Name', { description: 'Up to 50 characters' }),
		ipRange,
	},
});

const getConfig = request({
	name: 'Get Config',
	action: 'Get config of user',
	description: 'Retrieve the settings that are kept with your user',
	request: 'GET user-config/',
	fields: {},
});

const updateConfig = request({
	name: 'Update Config',
	action: 'Update config of user',
	description: 'Change settings that are kept with your user; the others stay',
	request: 'PATCH user-config/',
	fields: { config: json('Config', { wire: '', required: true, placeholder: 'e.g. { "theme": "dark" }', description: 'An object with names and values of your own' }) },
});

export const user: Resource = {
	name: 'User',
	operations: { createApiKey, get, getConfig, getManyApiKeys, getProjectsOfUser, revokeApiKey, update, updateConfig },
};
