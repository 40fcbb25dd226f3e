import { choice, id, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { userId } from '../../fields';

const key = id('Key', { placeholder: 'e.g. lambda1', description: 'The short name of the genome, by which datasets refer to it' });

export const getCustomBuilds = request({
	name: 'Get Custom Builds',
	action: 'Get custom builds of user',
	description: 'Retrieve the reference genomes that a user has added',
	request: 'GET api/users/{userId}/custom_builds',
	fields: { userId },
});

export const addCustomBuild = request({
	name: 'Add Custom Build',
	action: 'Add custom build of user',
	description: 'Add a reference genome that the server does not have, by the lengths of its chromosomes',
	request: 'PUT api/users/{userId}/custom_builds/{key}',
	fields: {
		userId,
		key,
		name: text('Name', { required: true, placeholder: 'e.g. Phage Lambda' }),
		lengthType: choice('Lengths From', [
			{ name: 'Content of a Length File', value: 'file' },
			{ name: 'FASTA Dataset', value: 'fasta' },
			{ name: 'Text', value: 'text' },
		], { wire: 'len|type', default: 'text', description: 'Where the lengths of the chromosomes are' }),
		lengths: text('Lengths', { wire: 'len|value', required: true, placeholder: 'e.g. chr1 248956422', description: 'A line for each chromosome with its name and its length, or the ID of the FASTA dataset' }),
	},
});

export const deleteCustomBuild = request({
	name: 'Delete Custom Build',
	action: 'Delete custom build of user',
	description: 'Remove a reference genome that a user has added',
	request: 'DELETE api/users/{userId}/custom_builds/{key}',
	destructive: true,
	fields: { userId, key },
	unwrap: ({ message }: { message: string }) => ({ deleted: true, message }),
});
