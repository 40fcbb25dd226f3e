import type { FastifyInstance } from 'fastify';
import { Made, Pattern } from '../shared/content.mts';
import type { Context } from './context.mts';
import { addSeeds } from './more-seeds.mts';
import type { Wanted } from './more-seeds.mts';
import type { Labflow } from './records.mts';
import { PROJECTS } from './seeds.mts';
import { settingsSchema } from './settings.mts';
import type { Settings } from './settings.mts';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const count = { type: 'integer', minimum: 0, maximum: 100_000 };
const body = (properties: object, required: string[] = []) => ({ schema: { body: { type: 'object', additionalProperties: false, properties, required } } });

/** The routes under `/simulator/iflow/`: what the service's own staff, web pages and luck do. */
export function addProviderControl(app: FastifyInstance, context: Context): void {
	const { state, storage, views } = context;
	addMoves(app, context);

	app.get('/settings', async () => state.settings);

	app.post<{ Body: Partial<Settings> }>('/settings', { schema: { body: settingsSchema } }, async ({ body: changes }) => {
		state.settings = { ...state.settings, ...changes };
		return state.settings;
	});

	/** Adds orders, subjects, samples and runs; the project is the empty one unless another is named. */
	app.post<{ Body: Wanted }>('/seed', body({ project_id: text, orders: count, subjects: count, samples: count, runs: count, status: text }), async ({ body: wanted }) => addSeeds(context, wanted));

	/** Puts an object in place: a text, or that many bytes that need no room. */
	app.post<{ Body: { project_id?: string; path: string; size?: number; text?: string; content_type?: string } }>(
		'/objects',
		body({ project_id: text, path: text, size: { type: 'integer', minimum: 0 }, text, content_type: text }, ['path']),
		async ({ body: { project_id = PROJECTS.main, path, size, text: written = '', content_type = 'application/octet-stream' } }, reply) => {
			const { bucket, prefix } = state.projects.get(project_id)!;
			const content = size === undefined ? new Made(() => Buffer.from(written)) : new Pattern(size);
			storage.objects.put(bucket, prefix + path, { content, contentType: content_type });
			return reply.code(204).send();
		},
	);

	app.get<{ Querystring: { project_id?: string } }>('/objects', async ({ query: { project_id = PROJECTS.main } }) =>
		storage.objects.below(state.projects.get(project_id)!, '').map(([path, { content, contentType, modifiedAt }]) => ({ path, size: content.length, content_type: contentType, modified_at: views.time(modifiedAt) })),
	);

	app.get('/callbacks', async () => state.callbacks);

	/** Ends the signed addresses there are. */
	app.post('/expire', async (_request, reply) => {
		storage.expire();
		return reply.code(204).send();
	});

	app.post<{ Body: Labflow }>('/labflows', body({ id: text, name: text, version: { type: 'integer' }, scope: { enum: ['system', 'org', 'project'] }, ownerId: textOrNull, is_immutable: { type: 'boolean' } }, ['id', 'name', 'version', 'scope', 'ownerId', 'is_immutable']), async ({ body: labflow }, reply) => {
		state.labflows.set(labflow.id, labflow);
		return reply.code(204).send();
	});
}

/** Puts single things where a test wants them. */
function addMoves(app: FastifyInstance, { state, runs, views }: Context): void {
	/** A run into a status, where it stays; results and the callback follow. */
	app.post<{ Params: { id: string }; Body: { status: string; error_message?: string } }>('/runs/:id', body({ status: text, error_message: text }, ['status']), async ({ params, body: { status, error_message } }) => {
		const run = state.findIn('runs', [...state.projects.values()], params.id);
		await runs.move(run, status, error_message);
		return views.run(run);
	});

	/** An order into a status, or onto another labflow. */
	app.post<{ Params: { id: string }; Body: { status?: string; labflow_id?: string | null } }>('/orders/:id', body({ status: text, labflow_id: textOrNull }), async ({ params, body: { status, labflow_id } }) => {
		const order = state.findIn('orders', [...state.projects.values()], params.id);
		if (status !== undefined) order.status = status;
		if (labflow_id !== undefined) order.labflowId = labflow_id;
		state.touch(order);
		return views.order(order);
	});

	/** How a project shows its bucket. */
	app.post<{ Params: { id: string }; Body: { bucket_name?: string | null } }>('/projects/:id', body({ bucket_name: textOrNull }, ['bucket_name']), async ({ params, body: { bucket_name = null } }) => {
		const project = state.projects.get(params.id)!;
		project.shownBucket = bucket_name;
		return views.project(project);
	});
}
