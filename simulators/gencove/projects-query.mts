import { Query, sorted } from './pages.mts';
import type { Project } from './records.mts';
import type { State } from './state.mts';
import { isDone } from './statuses.mts';

/** Projects of the whole organization that a list's filters let pass, in its order; hidden ones only when they are asked for. */
export function listedProjects(query: Query, state: State): Project[] {
	const hidden = query.choice('hidden_status', ['visible', 'hidden', 'all']) ?? 'visible';
	const status = query.choice('status', ['all', 'completed', 'running']) ?? 'all';
	const [search, locked, shared] = [query.text('search')?.toLowerCase() ?? '', query.flag('locked'), query.flag('shared')];
	const projects = [...state.projects.values()].filter(
		(project) =>
			(hidden === 'all' || project.hidden === (hidden === 'hidden')) &&
			(locked ?? project.locked) === project.locked &&
			(shared ?? project.shared) === project.shared &&
			(project.id === search || project.name.toLowerCase().includes(search)) &&
			(status === 'all' || state.samplesOf(project).every(isDone) === (status === 'completed')),
	);
	return sorted(query, projects, {
		created: ({ createdAt }) => createdAt,
		modified: ({ modifiedAt }) => modifiedAt,
		name: ({ name }) => name,
		pipeline_capabilities: ({ capability }) => capability,
		sample_count: (project) => state.samplesOf(project).length,
	});
}
