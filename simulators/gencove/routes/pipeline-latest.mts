import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';

/** The newest pipeline. Only in the specification. */
export function pipelineLatestRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.get('/pipeline-latest/', async () => views.pipelineDetails(state.pipelines.toSorted((a, b) => b.createdAt - a.createdAt)[0]));
}
