import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { forbidden, notFound, refused } from '../errors.mts';
import { current } from '../records.mts';
import type { Project } from '../records.mts';
import { find } from '../state.mts';

type ById = { Params: { project_id: string } };

/** The merging of the VCF files of a project into one; the refusals are those that the vendor's client knows. */
export function mergedVcfRoutes(api: FastifyInstance, { state, views, lifecycle, clock }: Context): void {
	function checkAble({ capability }: Project): void {
		if (!state.capabilities.find(({ id }) => id === capability)!.mergeVcfs) throw refused('You attempted to merge VCFs for a project that cannot do that');
	}

	api.get<ById>('/project-merge-vcfs/:project_id', async ({ params }) => {
		const project = find(state.projects, params.project_id);
		checkAble(project);
		if (project.mergeJob === null) throw notFound();
		return views.mergeJob(project.mergeJob);
	});

	api.post<ById>('/project-merge-vcfs/:project_id', async ({ params, gencoveUser: user }, reply) => {
		const project = find(state.projects, params.project_id, forbidden);
		checkAble(project);
		const { id, mergeJob } = project;
		if (mergeJob && current(mergeJob) === 'running') throw refused(`Merge VCFs for project ${id} is already running`);
		if (mergeJob?.upToDate) throw refused(`Merged VCF file for project ${id} is up-to-date`);
		const samples = state.samplesOf(project);
		if (samples.length === 0) throw refused('No samples found in project');
		if (samples.length < 2) throw refused(`Project ${id} should have at least 2 samples`);
		if (!samples.some(({ files }) => files.some(({ fileType }) => fileType === 'impute-vcf'))) throw refused(`Samples of project ${id} must have impute VCF files associated`);
		project.mergeJob = { id: randomUUID(), userId: user.id, createdAt: clock.now(), history: [state.step('running')], upToDate: false };
		lifecycle.merge(project);
		return reply.code(201).send(views.mergeJob(project.mergeJob));
	});
}
