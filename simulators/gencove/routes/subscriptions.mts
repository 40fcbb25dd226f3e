import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Made } from '../../shared/content.mts';
import type { Context } from '../context.mts';
import { EVENT_TYPE_KEYS, EVENT_TYPES } from '../events.mts';
import { checked, choice, flag, list, nullable, optional, readBody, text, wrong } from '../fields.mts';
import { newFile } from '../files.mts';
import { page } from '../pages.mts';
import type { Notification, Subscription } from '../records.mts';
import { find } from '../state.mts';

interface ById {
	Params: { project_id: string; subscription_id: string; notification_id: string };
}

const isMail = (target: string): boolean => /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(target);

// the protocol follows from the target
const target = checked(text({ longest: 255 }), (value) => {
	if (!isMail(value) && !/^https?:\/\/[^\s/]+/.test(value)) throw wrong('Enter a valid URL or email address.');
});
const newSubscription = { name: optional(text({ longest: 255, blank: true })), target, event_types: list(choice(EVENT_TYPE_KEYS)) };
const newTest = { event_type: optional(nullable(choice(EVENT_TYPE_KEYS))), retry: optional(flag()) };

/** Subscriptions to events of a project, and what was sent to them. */
export function subscriptionRoutes(api: FastifyInstance, { state, views, webhooks, clock }: Context): void {
	const view = (one: Subscription) => ({
		id: one.id,
		name: one.name,
		project: one.projectId,
		target: one.target,
		protocol: one.protocol,
		event_types: one.eventTypes,
		has_secret: one.secret !== null,
	});
	const notificationView = ({ id, createdAt, responseStatus, eventType }: Notification) => ({
		id,
		created: views.time(createdAt),
		response_status: responseStatus,
		notification_event_type: eventType,
	});

	api.get('/project-subscription-event-types/', async (request) => page(request, Object.entries(EVENT_TYPES), ([key, description]) => ({ key, description })));

	api.get<ById>('/project-subscriptions/:project_id', async (request) => {
		const { id } = find(state.projects, request.params.project_id);
		return page(request, [...state.subscriptions.values()].filter(({ projectId }) => projectId === id), view);
	});

	api.post<ById>('/project-subscriptions/:project_id', async (request, reply) => {
		const { id: projectId } = find(state.projects, request.params.project_id);
		const { name, target: to, event_types: eventTypes } = readBody(request.body, newSubscription);
		const subscription: Subscription = {
			id: randomUUID(),
			projectId,
			name: name || `Subscription ${views.time(clock.now())}`,
			target: to,
			protocol: isMail(to) ? 'email' : 'webhook',
			eventTypes: [...new Set(eventTypes)],
			secret: null,
			createdAt: clock.now(),
		};
		state.subscriptions.set(subscription.id, subscription);
		return reply.code(201).send({ id: subscription.id, name: subscription.name, target: to, event_types: subscription.eventTypes });
	});

	api.get<ById>('/project-subscription-details/:subscription_id', async ({ params }) => view(find(state.subscriptions, params.subscription_id)));

	api.delete<ById>('/project-subscription-details/:subscription_id', async ({ params }, reply) => {
		state.subscriptions.delete(find(state.subscriptions, params.subscription_id).id);
		return reply.code(204).send();
	});

	// each call makes a new one; 32 characters (specification, SubscriptionSecret)
	api.post<ById>('/project-subscription-secret/:subscription_id', async ({ params }) => {
		const subscription = find(state.subscriptions, params.subscription_id);
		subscription.secret = randomBytes(16).toString('hex');
		return { secret: subscription.secret };
	});

	api.post<ById>('/project-subscription-test/:subscription_id', async (request, reply) => {
		const subscription = find(state.subscriptions, request.params.subscription_id);
		const { event_type: type, retry } = readBody(request.body, newTest);
		// accepted, and sent in its own time
		void webhooks.sendTest(subscription, type ?? undefined, retry);
		return reply.code(202).send();
	});

	api.get<ById>('/project-subscription-notifications/:subscription_id', async (request) => {
		const { id } = find(state.subscriptions, request.params.subscription_id);
		const notifications = [...state.notifications.values()].filter(({ subscriptionId }) => subscriptionId === id).reverse();
		return page(request, notifications, notificationView);
	});

	api.get<ById>('/notifications/:notification_id', async (request) => {
		const notification = find(state.notifications, request.params.notification_id);
		// those of a subscription that was deleted went with it
		find(state.subscriptions, notification.subscriptionId);
		const payload = newFile(notification.id, 'payload', { id: notification.id, name: `${notification.id}.json`, content: new Made(() => Buffer.from(notification.body)) });
		state.looseFiles.set(payload.id, payload);
		return { ...notificationView(notification), response_message: notification.responseMessage, payload_url: views.file(payload, request).download_url };
	});
}
