import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { locators } from './locators';
import { optionLists } from './optionLists';
import { gencove } from './provider';

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
		credentials: [{ name: 'gencoveApi', required: true }],
		properties: describe(gencove),
	};

	methods = { listSearch: locators, loadOptions: optionLists };

	async execute(this: IExecuteFunctions) {
		return await execute(this, gencove);
	}
}
