import { choice, choices, flag, locator, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { EVENTS } from '../events';
import { ID_PLACEHOLDER, projectId, projectOf } from '../fields';

const list = { list: 'searchSubscriptions', idPlaceholder: ID_PLACEHOLDER };
const subscriptionId = locator('Subscription', { ...list, place: 'path', required: true, description: 'Chosen from the subscriptions of the project, or by its ID' });
const oneSubscription = { projectId: projectOf('subscription'), subscriptionId };

const create = request({
	name: 'Create',
	action: 'Create subscription',
	description: 'Have events of a project sent to a webhook or by email; Gencove Trigger can do this by itself',
	request: 'POST project-subscriptions/{projectId}',
	fields: {
		projectId,
		target: text('Target', { required: true, placeholder: 'e.g. https://n8n.example.org/webhook/...', description: 'URL of a webhook, or an email address' }),
		eventTypes: choices('Event Types', EVENTS, { wire: 'event_types', required: true }),
		name: text('Name', { placeholder: 'e.g. Results to the archive' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get subscription',
	description: 'Retrieve a subscription by its ID',
	request: 'GET project-subscription-details/{subscriptionId}',
	fields: oneSubscription,
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many subscriptions',
	description: 'Retrieve a list of the subscriptions of a project',
	request: 'GET project-subscriptions/{projectId}',
	pages,
	fields: { projectId },
});

const remove = request({
	name: 'Delete',
	action: 'Delete subscription',
	description: 'Have no more events sent to its target',
	request: 'DELETE project-subscription-details/{subscriptionId}',
	destructive: true,
	fields: oneSubscription,
	unwrap: deleted,
});

const createSecret = request({
	name: 'Create Secret',
	action: 'Create secret of subscription',
	description: 'Make a new secret that signs the messages; the one before is worth nothing from then on',
	request: 'POST project-subscription-secret/{subscriptionId}',
	destructive: true,
	secretOutput: true,
	fields: oneSubscription,
});

const sendTest = request({
	name: 'Send Test',
	action: 'Send test of subscription',
	description: 'Have a test message sent to the target',
	request: 'POST project-subscription-test/{subscriptionId}',
	fields: {
		...oneSubscription,
		eventType: choice('Event Type', EVENTS, { wire: 'event_type', description: 'What the message tells of' }),
		retry: flag('Retry', { description: 'Whether the message is repeated when the target does not take it' }),
	},
});

const getEventTypes = request({
	name: 'Get Event Types',
	action: 'Get event types of subscriptions',
	description: 'Retrieve what subscriptions can be made for',
	request: 'GET project-subscription-event-types/',
	pages,
	fields: {},
});

const getNotifications = request({
	name: 'Get Notifications',
	action: 'Get notifications of subscription',
	description: 'Retrieve a list of what was sent to the target, and how that answered',
	request: 'GET project-subscription-notifications/{subscriptionId}',
	pages,
	fields: oneSubscription,
});

const getNotification = request({
	name: 'Get Notification',
	action: 'Get notification of subscription',
	description: 'Retrieve what was sent at one time, with the answer and a link to the message',
	request: 'GET notifications/{notificationId}',
	fields: {
		projectId: projectOf('notification'),
		subscriptionId: locator('Subscription', { ...list, place: 'none', default: '', description: 'Needed only to choose the notification from a list' }),
		notificationId: locator('Notification', { list: 'searchNotifications', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from those of the subscription, or by its ID' }),
	},
});

export const subscription: Resource = {
	name: 'Subscription',
	operations: { create, createSecret, delete: remove, get, getAll, getEventTypes, getNotification, getNotifications, sendTest },
};
