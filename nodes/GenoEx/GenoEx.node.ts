import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { optionLists } from './parameters';
import { genoEx } from './provider';

export class GenoEx implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GenoEx',
		name: 'genoEx',
		icon: { light: 'file:../../icons/genoex.svg', dark: 'file:../../icons/genoex.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Exchange genotypes of cattle by Interbull\'s GenoEx-GDE: submit, extract and download',
		defaults: { name: 'GenoEx' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		// files are parsed and built without the service
		credentials: [{ name: 'genoExApi', required: true, displayOptions: { hide: { resource: ['file'] } } }],
		properties: describe(genoEx),
	};

	methods = { loadOptions: optionLists };

	async execute(this: IExecuteFunctions) {
		return await execute(this, genoEx);
	}
}
