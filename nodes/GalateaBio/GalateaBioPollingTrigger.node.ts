import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { poll } from '../shared/poll';
import { api } from './api';
import { endings } from './endings';

export class GalateaBioPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GalateaBio Polling Trigger',
		name: 'galateaBioPollingTrigger',
		icon: { light: 'file:../../icons/galateabio.svg', dark: 'file:../../icons/galateabio.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ ({ fileValidated: "File Validated", orderFinished: "Order Finished" })[$parameter["event"]] }}',
		description: 'Starts the workflow when a file is validated or an order has finished, without a public address of n8n',
		eventTriggerDescription: 'Fetch the newest file or order that has ended',
		activationMessage: 'GalateaBio is now asked at the poll times; what has ended before starts nothing.',
		defaults: { name: 'GalateaBio Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'galateaBioApi', required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				required: true,
				options: [
					{ name: 'File Validated', value: 'fileValidated', description: 'The validation of a file has ended, well or not' },
					{ name: 'Order Finished', value: 'orderFinished', description: 'An order is completed, has failed or was canceled' },
				],
				default: 'orderFinished',
			},
		],
	};

	async poll(this: IPollFunctions) {
		return await poll(this, api, endings[this.getNodeParameter('event') as string]);
	}
}
