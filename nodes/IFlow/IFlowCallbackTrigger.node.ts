import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IWebhookFunctions } from 'n8n-workflow';

import { receive } from '../shared/webhook';
import { authentication, credentials } from './authentication';
import { callbacks } from './callback';
import { locators } from './locators';
import { project } from './triggerParameters';

export class IFlowCallbackTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iFlow Callback Trigger',
		name: 'iFlowCallbackTrigger',
		icon: { light: 'file:../../icons/iflow.svg', dark: 'file:../../icons/iflow.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'Run Finished',
		description: 'Starts the workflow when iFlow calls back because a run has ended',
		eventTriggerDescription: 'Submit a run with the test URL as its callback URL',
		activationMessage: 'iFlow now starts this workflow for each run that was submitted with the production URL as its callback URL.',
		defaults: { name: 'iFlow Callback Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [
			{
				displayName: 'Copy the webhook URL above and give it as "Callback URL" of "Run > Submit". What starts the workflow is the run as iFlow then shows it.',
				name: 'setUp',
				type: 'notice',
				default: '',
			},
			authentication,
			{ ...project.property, name: 'projectId', description: 'The project that the runs belong to; left empty, the project of the credential' },
			{
				displayName: 'Outcome',
				name: 'outcome',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Succeeded', value: 'succeeded' },
				],
				default: 'any',
			},
			{ displayName: 'Include Outputs', name: 'includeOutputs', type: 'boolean', default: false, description: 'Whether to give out what came out of a run, too' },
		],
	};

	methods = { listSearch: { searchProjects: locators.searchProjects } };

	/** There is nothing to register: each run is submitted with its callback URL. */
	webhookMethods = {
		default: { checkExists: async () => true, create: async () => true, delete: async () => true },
	};

	async webhook(this: IWebhookFunctions) {
		return await receive(this, callbacks);
	}
}
