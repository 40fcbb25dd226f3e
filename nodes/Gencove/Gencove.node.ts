import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { locators } from './locators';
import { optionLists } from './optionLists';
import { gencove } from './provider';

/** The first generation of the API has a credential of its own. */
const ofLegacy = { resource: ['legacy'] };

export class Gencove implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gencove',
		name: 'gencove',
		icon: { light: 'file:../../icons/gencove.svg', dark: 'file:../../icons/gencove.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Upload reads of low-pass sequencing, follow their analysis and fetch the results',
		defaults: { name: 'Gencove' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'gencoveApi', required: true, displayOptions: { hide: ofLegacy } },
			{ name: 'gencoveLegacyApi', required: true, displayOptions: { show: ofLegacy } },
		],
		// keys, tokens and links that open something to everybody are shown to nobody
		sensitiveOutputFields: ['access_key', 'access_url', 'api_key', 'backup_tokens', 'billing_portal_url', 'config_url', 'presigned_url', 'secret', 'secret_key', 'token'],
		properties: describe(gencove),
	};

	methods = { listSearch: locators, loadOptions: optionLists };

	async execute(this: IExecuteFunctions) {
		return await execute(this, gencove);
	}
}
