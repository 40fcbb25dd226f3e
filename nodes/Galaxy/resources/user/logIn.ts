import { secret } from '../../../shared/field';
import { deleted, program, request, type OutputItem } from '../../../shared/operation';
import { userId } from '../../fields';

export const getApiKey = request({
	name: 'Get API Key',
	action: 'Get API key of user',
	description: 'Retrieve the API key of a user, which is empty where there is none; the key of the credential itself is not shown',
	request: 'GET api/users/{userId}/api_key/detailed',
	secretOutput: true,
	fields: { userId },
	unwrap: (found: object | undefined) => found ?? { key: null, create_time: null },
});

export const createApiKey = request({
	name: 'Create API Key',
	action: 'Create API key of user',
	description: 'Give a user a new API key; the one before it stops working, also that of the credential',
	request: 'POST api/users/{userId}/api_key',
	destructive: true,
	secretOutput: true,
	fields: { userId },
	unwrap: (key: string) => ({ key }),
});

export const deleteApiKey = request({
	name: 'Delete API Key',
	action: 'Delete API key of user',
	description: 'Take the API key of a user away, also that of the credential',
	request: 'DELETE api/users/{userId}/api_key',
	destructive: true,
	fields: { userId },
	unwrap: deleted,
});

export const getPasswordForm = request({
	name: 'Get Password Form',
	action: 'Get password form of user',
	description: 'Retrieve what the server asks for when a password is changed',
	request: 'GET api/users/{userId}/password/inputs',
	fields: { userId },
});

export const setPassword = program({
	name: 'Set Password',
	action: 'Set password of user',
	description: 'Change the password of a user, whose present one is needed',
	destructive: true,
	fields: {
		userId,
		currentPassword: secret('Current Password', { required: true }),
		newPassword: secret('New Password', { required: true, description: 'With six characters or more' }),
	},
	async run({ connection, personal, values: { userId: id, currentPassword: current, newPassword: password } }) {
		const body = { current, password, confirm: password };
		return { json: (await connection.send('PUT api/users/{id}/password/inputs', { path: { id }, body, personal })) as OutputItem['json'] };
	},
});
