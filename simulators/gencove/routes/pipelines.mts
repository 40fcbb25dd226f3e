import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { page, Query } from '../pages.mts';

/** Pipelines and what they can do. */
export function pipelineRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.get('/pipeline-capabilities/', async (request) => {
		const ids = new Query(request.query).list('search').map((id) => id.toLowerCase());
		const capabilities = state.capabilities.filter(({ id }) => ids.length === 0 || ids.includes(id));
		return page(request, capabilities, (capability) => views.capability(capability));
	});
}
