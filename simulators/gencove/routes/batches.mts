import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { forbidden, invalid } from '../errors.mts';
import { list, readBody, text, uuid } from '../fields.mts';
import { page } from '../pages.mts';
import type { Batch } from '../records.mts';
import { find } from '../state.mts';

type ById = { Params: { project_id: string } };

// the service makes several batches of many samples; of how many is not published
const LARGEST = 384;

/** Batches: reports over samples of a project. */
export function batchRoutes(api: FastifyInstance, { state, views, lifecycle }: Context): void {
	const own = ({ params }: FastifyRequest<ById>, otherwise?: () => Error) => find(state.projects, params.project_id, otherwise);
	const typesOf = (capabilityId: string) => state.capabilities.find(({ id }) => id === capabilityId)!.batchTypes;

	api.get<ById>('/project-batch-types/:project_id', async (request) => page(request, typesOf(own(request).capability), (key) => ({ key, description: '' })));

	// newest first
	api.get<ById>('/project-batches/:project_id', async (request) => {
		const { id } = own(request);
		const batches = [...state.batches.values()].filter(({ projectId }) => projectId === id).reverse();
		return page(request, batches, (batch) => views.batch(batch, request));
	});

	api.post<ById>('/project-batches/:project_id', async (request, reply) => {
		const project = own(request, forbidden);
		const { name, batch_type: batchType, sample_ids } = readBody(request.body, { name: text({ longest: 254 }), batch_type: text(), sample_ids: list(uuid(), { empty: true }) });
		if (!typesOf(project.capability).includes(batchType)) throw invalid({ batch_type: [`"${batchType}" is not a valid choice.`] });
		const there = state.samplesOf(project).map(({ id }) => id);
		if (!sample_ids.every((id) => there.includes(id))) throw invalid({ sample_ids: ['All sample ids must be part of the current project.'] });
		const wanted = sample_ids.length === 0 ? there : sample_ids;
		if (wanted.length === 0) throw invalid({ sample_ids: ['No samples found in project.'] });
		const batches: Batch[] = [];
		for (let first = 0; first < wanted.length; first += LARGEST) {
			batches.push({ id: randomUUID(), projectId: project.id, name, batchType, sampleIds: wanted.slice(first, first + LARGEST), history: [state.step('queued')], files: [] });
		}
		for (const batch of batches) {
			state.batches.set(batch.id, batch);
			lifecycle.produce(batch);
		}
		return reply.code(201).send({ meta: { count: batches.length }, results: batches.map((batch) => views.newBatch(batch)) });
	});

	api.get<{ Params: { batch_id: string } }>('/batches/:batch_id', async (request) => {
		const batch = find(state.batches, request.params.batch_id);
		return { ...views.batch(batch, request), sample_ids: batch.sampleIds };
	});
}
