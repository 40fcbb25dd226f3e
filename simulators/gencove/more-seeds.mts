import { randomUUID } from 'node:crypto';
import { Made } from '../shared/content.mts';
import type { Context } from './context.mts';
import { filesOf } from './files.mts';
import { CAPABILITIES, PROJECTS, qualityControlsOf, USER_ID } from './seeds.mts';
import { uploadAt } from './uploads.mts';

/** How many more of each; the samples go to `project_id` (the empty project) and stand in `status` (`succeeded`). */
export interface Wanted {
	projects?: number;
	samples?: number;
	uploads?: number;
	pipelines?: number;
	project_id?: string;
	status?: string;
}

/** Adds what large lists are made of. Answers the ids. */
export function addSeeds({ state, clock }: Context, { projects = 0, samples = 0, uploads = 0, pipelines = 0, project_id: projectId = PROJECTS.empty, status = 'succeeded' }: Wanted): Record<string, string[]> {
	const now = clock.now();
	const numbers = (length: number) => Array.from({ length }, (_, index) => String(index + 1).padStart(6, '0'));

	const newProjects = numbers(projects).map((number) => {
		const project = { ...state.projects.get(PROJECTS.cattle)!, id: randomUUID(), name: `Seeded ${number}`, createdAt: now, modifiedAt: now, files: [], manifests: [], mergeJob: null };
		state.projects.set(project.id, project);
		return project.id;
	});

	const newSamples = numbers(samples).map((number) => {
		const sample = state.addSample(state.projects.get(projectId)!, { clientId: `SEED-${number}`, metadata: null, status });
		sample.qualityControls = qualityControlsOf(status);
		sample.files = filesOf(sample, status === 'succeeded', false);
		return sample.id;
	});

	const content = new Made(() => Buffer.from('Simulated reads\n'));
	const newUploads = numbers(uploads).map((number) => {
		const upload = uploadAt(state, `gncv://seeded-${now}/SEED-${number}_R1.fastq.gz`, USER_ID, now);
		upload.content = content;
		upload.history.push(state.step('succeeded'));
		return upload.id;
	});

	const newPipelines = numbers(pipelines).map((number) => {
		const pipeline = { id: randomUUID(), version: `seeded-${number}`, createdAt: now, capabilities: CAPABILITIES.map(({ id }) => id) };
		state.pipelines.push(pipeline);
		return pipeline.id;
	});

	return { projects: newProjects, samples: newSamples, uploads: newUploads, pipelines: newPipelines };
}
