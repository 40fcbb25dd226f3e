import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { json, readBody } from '../fields.mts';
import { page, Query } from '../pages.mts';
import { listedSamples } from '../samples-query.mts';
import { find } from '../state.mts';

type ById = { Params: { sample_id: string } };

/** Samples of a project, and one by one with its quality controls and metadata. */
export function sampleRoutes(api: FastifyInstance, { state, views, clock }: Context): void {
	const own = ({ params }: FastifyRequest<ById>) => find(state.samples, params.sample_id);

	api.get<{ Params: { project_id: string } }>('/project-samples/:project_id', async (request) => {
		const samples = state.samplesOf(find(state.projects, request.params.project_id));
		return page(request, listedSamples(new Query(request.query), samples), (sample) => views.listedSample(sample));
	});

	api.get<ById>('/samples/:sample_id', async (request) => views.sample(own(request), request));

	api.get<ById>('/sample-quality-controls/:sample_id', async (request) => page(request, own(request).qualityControls, (one) => views.qualityControl(one)));

	api.get<ById>('/sample-metadata/:sample_id', async (request) => ({ metadata: own(request).metadata }));

	api.post<ById>('/sample-metadata/:sample_id', async (request, reply) => {
		const sample = own(request);
		const { metadata } = readBody(request.body, { metadata: json() });
		sample.metadata = metadata;
		sample.modifiedAt = clock.now();
		return reply.code(201).send({ metadata });
	});
}
