import { choice, list } from '../../../shared/field';
import { request, type Resource } from '../../../shared/operation';
import { commas } from '../../fields';
import { decodeId, encodeId, getDynamicToolConfigs, getToolLineages, reloadToolbox } from './administration';
import { getDisplayApplications, getLicense, getLicenses, getObjectStore, getObjectStores, getUiWebhookData, getUiWebhooks } from './catalogs';
import { downloadShortTermStorage, getShortTermStorage, getTaskResult, getTaskState, waitForTask } from './tasks';

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
	description: 'Retrieve what the server offers and has switched off; administrators see more',
	request: 'GET api/configuration',
	fields: {
		view: choice('View', [{ name: 'All', value: 'all' }], { description: 'A set of settings; Galaxy has no other so far' }),
		keys: commas(list('Fields', { placeholder: 'e.g. enable_quotas,ftp_upload_site', description: 'Comma-separated list of the only settings to give out' })),
	},
});

export const server: Resource = {
	name: 'Server',
	operations: {
		decodeId,
		downloadShortTermStorage,
		encodeId,
		getConfiguration,
		getDisplayApplications,
		getDynamicToolConfigs,
		getLicense,
		getLicenses,
		getObjectStore,
		getObjectStores,
		getShortTermStorage,
		getTaskResult,
		getTaskState,
		getToolLineages,
		getUiWebhookData,
		getUiWebhooks,
		getVersion,
		reloadToolbox,
		waitForTask,
		whoAmI,
	},
};
