import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { forbidden, invalid } from '../errors.mts';
import { list, readBody, uuid } from '../fields.mts';
import type { Project, Sample } from '../records.mts';
import { find } from '../state.mts';
import { archiveStatus, isDone } from '../statuses.mts';

type ById = { Params: { project_id: string } };

const MOST_CANCELED = 20;
const NOT_IN_PROJECT = 'All sample ids must be part of the current project.';

/** What happens to several samples of a project at once; one that does not fit refuses all. */
export function projectSamplesRoutes(api: FastifyInstance, { state, views, lifecycle }: Context): void {
	const own = ({ params }: FastifyRequest<ById>) => find(state.projects, params.project_id, forbidden);

	/** @param empty whether an empty list stands for all that fit */
	function samplesIn(request: FastifyRequest<ById>, { fits = () => true, refusal = () => NOT_IN_PROJECT, empty = false, most = Infinity }: { fits?: (sample: Sample) => boolean; refusal?: (wrong: string[]) => string; empty?: boolean; most?: number } = {}): { project: Project; samples: Sample[] } {
		const project = own(request);
		const { sample_ids: ids } = readBody(request.body, { sample_ids: list(uuid(), { empty, most }) });
		const fitting = new Map(state.samplesOf(project).filter(fits).map((sample) => [sample.id, sample]));
		if (ids.length === 0) return { project, samples: [...fitting.values()] };
		const wrong = ids.filter((id) => !fitting.has(id));
		if (wrong.length > 0) throw invalid({ sample_ids: [refusal(wrong)] });
		return { project, samples: [...new Set(ids)].map((id) => fitting.get(id)!) };
	}

	// a DELETE with a body
	api.delete<ById>('/project-delete-samples/:project_id', async (request, reply) => {
		state.deleteSamples(samplesIn(request).samples);
		return reply.code(204).send();
	});

	for (const [verb, hidden] of [['hide', true], ['unhide', false]] as const) {
		api.post<ById>(`/project-${verb}-samples/:project_id`, async (request, reply) => {
			for (const sample of samplesIn(request).samples) sample.hidden = hidden;
			return reply.code(204).send();
		});
	}

	api.post<ById>('/project-cancel-samples/:project_id', async (request) => {
		const { samples } = samplesIn(request, { fits: (sample) => !isDone(sample), refusal: (wrong) => `Invalid sample IDs: ${wrong.join(', ')}`, most: MOST_CANCELED });
		lifecycle.cancel(samples);
		return { message: `${samples.length} sample(s) analysis canceled successfully` };
	});

	api.post<ById>('/project-restore-samples/:project_id', async (request, reply) => {
		const refusal = () => 'All sample ids must be part of the current project and in archived status.';
		const { project, samples } = samplesIn(request, { fits: (sample) => archiveStatus(sample) === 'archived', refusal, empty: true });
		const { id, createdAt } = lifecycle.restore(project.id, samples);
		if (!state.settings.restoreBody) return reply.code(202).send();
		return reply.code(202).send({ restore_group_id: id, created: views.time(createdAt) });
	});
}
