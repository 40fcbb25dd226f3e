import type { FastifyInstance } from 'fastify';
import type { Context } from './context.mts';
import { addEventControl } from './control-events.mts';
import { addStateControl } from './control-states.mts';
import { addSeeds } from './more-seeds.mts';
import type { Wanted } from './more-seeds.mts';
import { settingsSchema } from './settings.mts';
import type { Settings } from './settings.mts';

const count = { type: 'integer', minimum: 0, maximum: 100_000 };
const seedBody = { type: 'object', additionalProperties: false, properties: { projects: count, samples: count, uploads: { ...count, maximum: 10_000 }, pipelines: count, project_id: { type: 'string' }, status: { type: 'string' } } };
const flag = { type: 'boolean' };
const expireBody = { type: 'object', additionalProperties: false, properties: { access: flag, refresh: flag, storage: flag } };

/** The routes under `/simulator/gencove/`: what the service's own staff, web pages and luck do. */
export function addProviderControl(app: FastifyInstance, context: Context): void {
	const { state, sessions, storage } = context;
	addEventControl(app, context);
	addStateControl(app, context);

	app.get('/settings', async () => state.settings);

	app.post<{ Body: Partial<Settings> }>('/settings', { schema: { body: settingsSchema } }, async ({ body }) => {
		state.settings = { ...state.settings, ...body };
		return state.settings;
	});

	app.post<{ Body: Wanted }>('/seed', { schema: { body: seedBody } }, async ({ body }) => addSeeds(context, body));

	/** Ends the access tokens there are, the refresh tokens, and the keys for the storage, as wanted. */
	app.post<{ Body: { access?: boolean; refresh?: boolean; storage?: boolean } }>('/expire', { schema: { body: expireBody } }, async ({ body }, reply) => {
		sessions.expire({ access: body.access ?? false, refresh: body.refresh ?? false });
		if (body.storage) storage.keys.expire();
		return reply.code(204).send();
	});

	/** What lies in the storage, and how many uploads in parts are under way. */
	app.get('/storage', async () => ({
		under_way: storage.objects.underWay,
		objects: Object.values(storage.buckets).flatMap((bucket) => storage.objects.in(bucket).map(([key, { content, etag, tags }]) => ({ bucket, key, size: content.length, etag, tags }))),
	}));
}
