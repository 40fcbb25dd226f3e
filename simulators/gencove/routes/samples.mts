import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { page, Query } from '../pages.mts';
import { listedSamples } from '../samples-query.mts';
import { find } from '../state.mts';

/** Samples of a project, and one by one. */
export function sampleRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.get<{ Params: { project_id: string } }>('/project-samples/:project_id', async (request) => {
		const samples = state.samplesOf(find(state.projects, request.params.project_id));
		return page(request, listedSamples(new Query(request.query), samples), (sample) => views.listedSample(sample));
	});

	api.get<{ Params: { sample_id: string } }>('/samples/:sample_id', async (request) => views.sample(find(state.samples, request.params.sample_id), request));
}
