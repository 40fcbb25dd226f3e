import type { IDataObject } from 'n8n-workflow';

import { choice } from '../../shared/field';
import { program, type Resource } from '../../shared/operation';
import { readParameters } from '../parameters';

const ALL = 'all';

const get = program({
	name: 'Get',
	action: 'Get parameters',
	description: 'Retrieve the values that the filters take, as far as your organization may see them',
	effect: 'read',
	fields: {
		list: choice('Return', [
			{ name: 'All Lists', value: ALL, description: 'One item with all lists' },
			{ name: 'Arrays', value: 'arrays', description: 'One item for each' },
			{ name: 'Breeds', value: 'breeds', description: 'One item for each' },
			{ name: 'Countries', value: 'countries', description: 'One item for each' },
			{ name: 'Genders', value: 'gender', description: 'One item for each' },
			{ name: 'Organizations', value: 'orgs', description: 'One item for each' },
		], { default: ALL }),
	},
	async run({ connection, values }) {
		const lists = await readParameters(connection);
		if (values.list === ALL) return { json: lists };
		return ((lists[values.list] ?? []) as string[]).map((value): { json: IDataObject } => ({ json: { value } }));
	},
});

export const parameter: Resource = { name: 'Parameter', operations: { get } };
