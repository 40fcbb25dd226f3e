import type { IDataObject } from 'n8n-workflow';

import { locator, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import type { Watch } from '../../../shared/wait';
import { ID_PLACEHOLDER, userId } from '../../fields';
import { task } from '../../tasks';

export const getUsage = program({
	name: 'Get Usage',
	action: 'Get usage of user',
	description: 'Retrieve how much disk space a user takes of each quota',
	effect: 'read',
	fields: { userId, label: text('Quota Source Label', { description: 'The only storage to tell of, where the server has several with quotas of their own' }) },
	async run({ connection, values: { userId: id, label } }) {
		const found = label === undefined ? await connection.send('GET api/users/{id}/usage', { path: { id } }) : await connection.send('GET api/users/{id}/usage/{label}', { path: { id, label } });
		return [found as IDataObject].flat().map((json) => ({ json }));
	},
});

export const getObjectStoreUsage = request({
	name: 'Get Object Store Usage',
	action: 'Get object store usage of user',
	description: 'Retrieve how much disk space a user takes in each storage that users can choose',
	request: 'GET api/users/{userId}/objectstore_usage',
	fields: { userId },
});

/** A server without workers for long tasks has counted before it answers. */
const recalculation: Watch = {
	...task,
	look: async (connection, json) => (json.id === undefined ? { json, state: 'done', outcome: 'succeeded' } : await task.look(connection, json)),
};

export const recalculateDiskUsage = program({
	name: 'Recalculate Disk Usage',
	action: 'Recalculate disk usage of user',
	description: 'Have the disk space counted again that a user takes',
	watch: recalculation,
	fields: {
		otherUserId: locator('User', { list: 'searchUsers', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'Yourself when left empty; others as an administrator' }),
	},
	async run({ connection, values: { otherUserId } }) {
		const id = otherUserId === '' ? 'current' : otherUserId;
		const started = (await connection.send('PUT api/users/{id}/recalculate_disk_usage', { path: { id } })) as IDataObject | undefined;
		return { json: started ?? { success: true } };
	},
});
