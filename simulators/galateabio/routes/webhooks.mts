import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, notFound } from '../errors.mts';
import { WEBHOOK_ACTIONS } from '../records.mts';
import type { WebhookAction } from '../records.mts';
import { idParams, uuid } from '../schemas.mts';

/** An entry of the list that is posted. */
interface Posted {
	id: string | null;
	webhook_action: WebhookAction;
	remote_endpoint: string;
	max_retries_count: number;
	save_error_in_notifications: boolean;
}

const postedSchema = {
	type: 'array',
	items: {
		type: 'object',
		required: ['id', 'webhook_action', 'remote_endpoint', 'max_retries_count', 'save_error_in_notifications'],
		properties: {
			id: { anyOf: [uuid, { type: 'null' }] },
			webhook_action: { enum: WEBHOOK_ACTIONS },
			remote_endpoint: { type: 'string', minLength: 1, pattern: '^https?://' },
			max_retries_count: { type: 'integer', minimum: 1, maximum: 10 },
			save_error_in_notifications: { type: 'boolean' },
		},
	},
};

/** Subscriptions to webhooks. The docs know only the web pages for it; these calls are in the specification. */
export function webhookRoutes(app: FastifyInstance, { state, views, webhooks }: Context): void {
	const admin = { config: { admin: true }, schema: { params: idParams('organization_id', 'webhook_id') } };

	app.get('/notification/webhook-actions', async () =>
		WEBHOOK_ACTIONS.map((value) => ({ name: capitalized(value.replaceAll('_', ' ')), value })),
	);

	app.get('/organizations/:organization_id/webhooks-info', admin, async () => state.subscriptions.map((one) => views.webhook(one)));

	// Whether the list that is posted replaces the whole list is not published. Here entries with an id replace the one
	// that has it, those without are added, and the others stay, unless the control routes ask for the other reading.
	app.post<{ Body: Posted[] }>(
		'/organizations/:organization_id/webhooks-info',
		{ ...admin, schema: { ...admin.schema, body: postedSchema } },
		async ({ body }, reply) => {
			const known = new Set(state.subscriptions.map(({ id }) => id));
			const given = body.map((entry) => ({ ...taken(entry), id: entry.id?.toLowerCase() }));
			if (!given.every(({ id }) => id === undefined || known.has(id))) throw badRequest();
			const set = given.map((entry) => state.addSubscription(entry));
			if (state.webhooksReplace) state.subscriptions = set;
			return reply.code(202).send(set.map((one) => views.webhook(one)));
		},
	);

	app.post<{ Params: { webhook_id: string } }>('/organizations/:organization_id/webhooks/:webhook_id/test', admin, async ({ params }, reply) => {
		const subscription = state.subscriptions.find(({ id }) => id === params.webhook_id.toLowerCase());
		if (!subscription) throw notFound();
		// accepted, and sent in its own time
		void webhooks.sendTestTo(subscription);
		return reply.code(202).send(views.webhook(subscription));
	});

	app.post('/organizations/:organization_id/generate-webhooks-secret', admin, async () => {
		state.organization.webhooksSecret = randomBytes(24).toString('base64');
		return { webhooks_secret: state.organization.webhooksSecret };
	});
}

// unknown fields are ignored
function taken({ webhook_action, remote_endpoint, max_retries_count, save_error_in_notifications }: Posted) {
	return { webhook_action, remote_endpoint, max_retries_count, save_error_in_notifications };
}

const capitalized = (text: string) => text[0].toUpperCase() + text.slice(1);
