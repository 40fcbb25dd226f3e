import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { authentication, credentials } from './authentication';
import { locators } from './locators';
import { mappings } from './mappings';
import { iFlow } from './provider';

export class IFlow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iFlow',
		name: 'iFlow',
		icon: { light: 'file:../../icons/iflow.svg', dark: 'file:../../icons/iflow.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Handle subjects, samples and orders of iFlow (Intelliseq, labPGx), run its pipelines, and move files',
		defaults: { name: 'iFlow' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials,
		properties: [authentication, ...describe(iFlow)],
	};

	methods = { listSearch: locators, resourceMapping: mappings };

	async execute(this: IExecuteFunctions) {
		return await execute(this, iFlow);
	}
}
