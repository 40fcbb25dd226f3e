import type { FastifyInstance } from 'fastify';
import type { Context } from './context.mts';
import { notFound } from './errors.mts';
import { body } from './schemas.mts';

/** The routes under `/simulator/gencove-legacy/`: what the laboratory and the mail do. */
export function addLegacyControl(app: FastifyInstance, { state, webhooks }: Context): void {
	const fields = { project_id: { type: 'integer' }, external_id: { type: 'string' } };
	app.post<{ Body: { project_id: number; external_id: string } }>('/samples', { schema: { body: body(fields) } }, async (request) => {
		const project = state.projects.find(({ id }) => id === request.body.project_id);
		if (!project) throw notFound();
		return state.addSample(project, request.body.external_id, null);
	});

	app.post<{ Params: { id: string } }>('/samples/:id/results', async ({ params }) => {
		const sample = state.samples.find(({ id }) => String(id) === params.id);
		if (!sample) throw notFound();
		state.addResults(sample);
		await webhooks.resultsReady(state.projects.find(({ id }) => id === sample.project)!, sample);
		return sample;
	});

	app.get('/deliveries', async () => state.deliveries);

	/** What the mails after registrations hold. */
	app.get('/mails', async () => state.users.flatMap(({ email, confirmId }) => (confirmId === null ? [] : [{ email, confirm_id: confirmId }])));
}
