import type { IDataObject } from 'n8n-workflow';

import { json, text } from '../../../shared/field';
import { program, request, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { userId } from '../../fields';
import { filledIn, type Input } from '../../formModel';

export const getInformation = request({
	name: 'Get Information',
	action: 'Get information of user',
	description: 'Retrieve the form with email address, name, addresses and preferences of a user',
	request: 'GET api/users/{userId}/information/inputs',
	// preferences may be keys of other services
	secretOutput: true,
	fields: { userId },
});

/** The form of another type of user, by its label or its ID. */
function ofType(inputs: Input[], wanted: string): Input[] {
	const types = inputs.find(({ name }) => name === 'info')?.test_param?.data ?? [];
	const type = types.find(({ label, value }) => label === wanted || value === wanted);
	if (!type) throw new Problem(`The server has no user type "${wanted}"`, { description: types.length === 0 ? 'It has none at all' : `Give one of: ${types.map(({ label }) => label).join(', ')}` });
	return inputs.map((input) => (input.test_param && input.name === 'info' ? { ...input, test_param: { ...input.test_param, value: type.value } } : input));
}

/** The form with these addresses in the place of those that are there. */
function withAddresses(inputs: Input[], addresses: IDataObject[]): Input[] {
	const fields = inputs.find(({ name }) => name === 'address')?.inputs ?? [];
	const names = fields.map(({ name }) => name);
	const unknown = addresses.flatMap((address) => Object.keys(address)).find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Problem(`An address has no "${unknown}"`, { description: names.length === 0 ? 'The server keeps no addresses' : `It has: ${names.join(', ')}` });
	const cache = addresses.map((address) => fields.map((field) => ({ ...field, value: address[field.name] })));
	return inputs.map((input) => (input.name === 'address' ? { ...input, cache } : input));
}

export const setInformation = program({
	name: 'Set Information',
	action: 'Set information of user',
	description: 'Change email address, name, addresses or preferences of a user; what is not given stays as it is',
	fields: {
		userId,
		addresses: json('Addresses', { placeholder: 'e.g. [{"desc": "Lab", "city": "Berlin"}]', description: 'JSON list of postal addresses in the place of those that are there, with desc, name, institution, address, city, state, postal_code, country and phone' }),
		email: text('Email', { placeholder: 'name@email.com' }),
		otherValues: json('Other Values', { placeholder: 'e.g. {"dropbox|token": "..."}', description: 'JSON object with further values of the form by their names: section|field' }),
		userType: text('User Type', { description: 'One of the types of users that the server has forms for' }),
		username: text('Username', { placeholder: 'e.g. ada' }),
	},
	async run({ connection, values: { userId: id, addresses, email, otherValues, userType, username } }) {
		const { inputs } = (await connection.send('GET api/users/{id}/information/inputs', { path: { id } })) as { inputs: Input[] };
		const typed = userType === undefined ? inputs : ofType(inputs, userType);
		const form = addresses === undefined ? typed : withAddresses(typed, [addresses].flat());
		const given = { ...(email !== undefined && { email }), ...(username !== undefined && { username }), ...(otherValues as IDataObject) };
		return { json: (await connection.send('PUT api/users/{id}/information/inputs', { path: { id }, body: filledIn(form, given) as Record<string, string> })) as OutputItem['json'] };
	},
});
