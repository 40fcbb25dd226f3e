import { choice, list } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { commas } from '../fields';

const getVersion = request({
	name: 'Get Version',
	action: 'Get version of server',
	description: 'Retrieve the release of Galaxy that the server runs',
	request: 'GET api/version',
	fields: {},
});

const whoAmI = request({
	name: 'Who Am I',
	action: 'Get user of credential',
	description: 'Retrieve the user of the credential',
	request: 'GET api/whoami',
	fields: {},
});

const getConfiguration = request({
	name: 'Get Configuration',
	action: 'Get configuration of server',
	description: 'Retrieve what the server offers and has switched off',
	request: 'GET api/configuration',
	fields: {
		view: choice('View', [{ name: 'All', value: 'all' }, { name: 'Administrator', value: 'admin' }]),
		keys: commas(list('Fields', { placeholder: 'e.g. enable_quotas,ftp_upload_site', description: 'Comma-separated list of the only settings to give out' })),
	},
});

export const server: Resource = { name: 'Server', operations: { getConfiguration, getVersion, whoAmI } };
