import { flag, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';

const getAll = request({
	name: 'Get Many',
	action: 'Get many notifications',
	description: 'Retrieve a list of notifications, such as webhooks that could not be delivered',
	request: 'GET notification',
	pages,
	fields: { watched: flag('Watched', { description: 'Whether to return notifications that were watched, instead of new ones' }) },
});

const markWatched = request({
	name: 'Mark as Watched',
	action: 'Mark notification as watched',
	description: 'Mark one notification, or all of them, as watched',
	request: 'PUT notification/watch',
	fields: {
		notificationId: text('Notification ID', { wire: 'notification_id', place: 'query' }),
		watchAll: flag('Watch All', { wire: 'watch_all', place: 'query', description: 'Whether to mark all notifications' }),
	},
	unwrap: () => ({ watched: true }),
});

export const notification: Resource = { name: 'Notification', operations: { getAll, markWatched } };
