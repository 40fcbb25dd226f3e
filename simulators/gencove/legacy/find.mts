import { notFound } from './errors.mts';
import type { Project, Sample, User } from './records.mts';
import type { State } from './state.mts';

/** The project with an id, if it is the user's own. @throws ApiError */
export function findProject(state: State, id: string, user: User): Project {
	const project = state.projects.find((one) => String(one.id) === id && one.owner === user.id);
	if (!project) throw notFound();
	return project;
}

/** The sample with an id in a project. @throws ApiError */
export function findSample(state: State, id: string, project: Project): Sample {
	const sample = state.samplesOf(project).find((one) => String(one.id) === id);
	if (!sample) throw notFound();
	return sample;
}
