import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IWebhookFunctions } from 'n8n-workflow';

import { receive } from '../shared/webhook';
import { deliveries } from './deliveries';
import { registration } from './registration';

export class GalateaBioTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GalateaBio Trigger',
		name: 'galateaBioTrigger',
		icon: { light: 'file:../../icons/galateabio.svg', dark: 'file:../../icons/galateabio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].map((event) => ({ fileValidated: "File Validated", orderFinished: "Order Finished" })[event]).join(", ") }}',
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
				displayOptions: { show: { registration: ['manual'] } },
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
			{
				displayName: 'Registration',
				name: 'registration',
				type: 'options',
				options: [
					{ name: 'By Hand', value: 'manual', description: 'You add the webhook URL in GalateaBio' },
					{
						name: 'By This Node',
						value: 'automatic',
						description: 'The node adds its URL when the workflow is published, and removes it afterwards; the credential must be an administrator\'s',
					},
				],
				default: 'manual',
				description: 'How GalateaBio learns the webhook URL',
			},
		],
	};

	webhookMethods = { default: registration };

	async webhook(this: IWebhookFunctions) {
		return await receive(this, deliveries);
	}
}
