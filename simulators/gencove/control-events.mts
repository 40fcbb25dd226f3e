import type { FastifyInstance } from 'fastify';
import type { Context } from './context.mts';
import { EVENT_TYPE_KEYS, storagePayload } from './events.mts';
import type { EventType } from './events.mts';

const eventsBody = {
	type: 'object',
	required: ['events'],
	additionalProperties: false,
	properties: {
		project_id: { type: ['string', 'null'] },
		events: {
			type: 'array',
			minItems: 1,
			items: {
				type: 'object',
				required: ['event_type'],
				additionalProperties: false,
				properties: { event_type: { enum: EVENT_TYPE_KEYS }, payload: { type: 'object' } },
			},
		},
	},
};

interface WithEvents {
	Body: { project_id?: string | null; events: Array<{ event_type: EventType; payload?: object }> };
}

/** The control routes of what leaves the service by itself: webhooks and mails. */
export function addEventControl(app: FastifyInstance, { state, webhooks, accounts }: Context): void {
	/** Sends events in one body to who subscribed to them; without a project to the subscriptions of all. */
	app.post<WithEvents>('/events', { schema: { body: eventsBody } }, async ({ body: { project_id = null, events } }, reply) => {
		const happened = events.map(({ event_type: type, payload = storagePayload(state.organization.id) }) => ({ type, payload }));
		await webhooks.emitTogether(project_id, happened);
		return reply.code(204).send();
	});

	app.get('/deliveries', async () => [...state.notifications.values()]);

	app.get('/mails', async () => accounts.mails);
}
