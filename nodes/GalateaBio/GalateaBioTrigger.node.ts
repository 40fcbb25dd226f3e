import {
	NodeConnectionTypes,
	NodeOperationError,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';

import type { Problem } from '../shared/problem';
import { receive } from '../shared/webhook';
import { api } from './api';
import { deliveries, webhookSecret } from './deliveries';

export class GalateaBioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GalateaBio Trigger',
		name: 'galateaBioTrigger',
		icon: { light: 'file:../../icons/galateabio.svg', dark: 'file:../../icons/galateabio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a file is validated or an order has finished',
		eventTriggerDescription: 'Send a test message under Integrations > Webhooks in GalateaBio',
		activationMessage: 'GalateaBio now starts this workflow, once the production URL stands under Integrations > Webhooks.',
		defaults: { name: 'GalateaBio Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'galateaBioApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [
			{
				displayName: 'Copy the webhook URL above and add it in GalateaBio under Integrations > Webhooks, once for each event. An administrator of your organization can do that.',
				name: 'setUp',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{ name: 'File Validated', value: 'fileValidated', description: 'The validation of a file has ended, well or not' },
					{ name: 'Order Finished', value: 'orderFinished', description: 'An order is completed or has failed' },
				],
				default: ['orderFinished'],
			},
		],
	};

	webhookMethods = {
		default: {
			/** The URL is entered by hand; what can be checked on activation is that deliveries can be told to be genuine. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const credential = await this.getCredentials(api.credential);
				const secret = await webhookSecret(this, credential).catch((cause: Problem) => cause);
				if (typeof secret === 'string') return true;
				throw new NodeOperationError(this.getNode(), secret?.message ?? 'Your profile shows no webhook secret', {
					description: secret?.description ?? 'Put the secret shown under Integrations > Webhooks into the GalateaBio credential',
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this, deliveries);
	}
}
