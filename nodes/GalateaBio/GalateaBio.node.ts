import { NodeConnectionTypes, type IExecuteFunctions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/describe';
import { execute } from '../shared/execute';
import { locators } from './locators';
import { galateaBio } from './provider';

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
		credentials: [{ name: 'galateaBioApi', required: true }],
		properties: describe(galateaBio),
	};

	methods = { listSearch: locators };

	async execute(this: IExecuteFunctions) {
		return await execute(this, galateaBio);
	}
}
