import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { locators } from './locators';
import { galateaBio } from './provider';
import { testSftp } from './sftp';

export class GalateaBio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GalateaBio',
		name: 'galateaBio',
		icon: { light: 'file:../../icons/galateabio.svg', dark: 'file:../../icons/galateabio.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Order ancestry and risk analyses of genotype files and fetch their reports',
		defaults: { name: 'GalateaBio' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'galateaBioApi', required: true },
			{ name: 'galateaBioSftpApi', required: true, displayOptions: { show: { resource: ['file'], operation: ['uploadBySftp'] } }, testedBy: 'testSftp' },
		],
		// tokens and keys that the service gives out are shown to nobody
		sensitiveOutputFields: ['access', 'refresh', 'websocket_access', 'mfa_session_id', 'api_key', 'webhooks_secret', 'secret'],
		properties: describe(galateaBio),
	};

	methods = { listSearch: locators, credentialTest: { testSftp } };

	async execute(this: IExecuteFunctions) {
		return await execute(this, galateaBio);
	}
}
