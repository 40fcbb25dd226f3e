import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { locators } from './locators';
import { mappings } from './mappings';
import { optionLists } from './optionLists';
import { galaxy } from './provider';

export class Galaxy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Galaxy',
		name: 'galaxy',
		icon: { light: 'file:../../icons/galaxy.svg', dark: 'file:../../icons/galaxy.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send data to a Galaxy server, run tools and workflows on it, and fetch the results',
		defaults: { name: 'Galaxy' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'galaxyApi', required: true }],
		properties: describe(galaxy),
	};

	methods = { listSearch: locators, loadOptions: optionLists, resourceMapping: mappings };

	async execute(this: IExecuteFunctions) {
		return await execute(this, galaxy);
	}
}
