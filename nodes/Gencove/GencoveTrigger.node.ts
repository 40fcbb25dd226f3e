import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IWebhookFunctions } from 'n8n-workflow';

import { receive } from '../shared/webhook';
import { deliveries } from './deliveries';
import { EVENT_NAMES } from './events';
import { legacyDeliveries } from './legacy/deliveries';
import { locators } from './locators';
import { registration } from './registration';
import { triggerParameters } from './triggerParameters';

const legacyFormat = { registration: ['legacy'] };

export class GencoveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Gencove Trigger',
		name: 'gencoveTrigger',
		icon: { light: 'file:../../icons/gencove.svg', dark: 'file:../../icons/gencove.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ $parameter["events"].map((event) => (${JSON.stringify(EVENT_NAMES)})[event]).join(", ") }}`,
		description: 'Starts the workflow when the analysis of samples has ended, samples are restored or a report is ready',
		eventTriggerDescription: 'Have a test message sent: "Subscription > Send Test" of the Gencove node, or in Gencove itself',
		activationMessage: 'Gencove now starts this workflow; where you register by hand, once the production URL is added to the project.',
		defaults: { name: 'Gencove Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'gencoveApi', required: true, displayOptions: { hide: legacyFormat } },
			{ name: 'gencoveLegacyApi', required: true, displayOptions: { show: legacyFormat } },
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerParameters,
	};

	methods = { listSearch: { searchProjects: locators.searchProjects } };

	webhookMethods = { default: registration };

	async webhook(this: IWebhookFunctions) {
		return await receive(this, this.getNodeParameter('registration') === 'legacy' ? legacyDeliveries : deliveries);
	}
}
