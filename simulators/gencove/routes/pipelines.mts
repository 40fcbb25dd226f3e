import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { notFound } from '../errors.mts';
import { page, Query, sorted } from '../pages.mts';

/** Pipelines and what they can do. */
export function pipelineRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.get('/pipeline/', async (request) => {
		const pipelines = sorted(new Query(request.query), state.pipelines, { created: ({ createdAt }) => createdAt });
		return page(request, pipelines, (pipeline) => views.pipeline(pipeline));
	});

	api.get<{ Params: { pipeline_id: string } }>('/pipeline/:pipeline_id', async ({ params }) => {
		const pipeline = state.pipelines.find(({ id }) => id === params.pipeline_id.toLowerCase());
		if (!pipeline) throw notFound();
		return views.pipelineDetails(pipeline);
	});

	api.get('/pipeline-capabilities/', async (request) => {
		const ids = new Query(request.query).list('search').map((id) => id.toLowerCase());
		const capabilities = state.capabilities.filter(({ id }) => ids.length === 0 || ids.includes(id));
		return page(request, capabilities, (capability) => views.capability(capability));
	});

	api.get<{ Params: { pipeline_capabilities_id: string } }>('/pipeline-capabilities/:pipeline_capabilities_id', async ({ params }) => {
		const capability = state.capabilities.find(({ id }) => id === params.pipeline_capabilities_id.toLowerCase());
		if (!capability) throw notFound();
		return views.capability(capability);
	});
}
