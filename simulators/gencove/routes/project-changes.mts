import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { forbidden } from '../errors.mts';
import { list, readBody, uuid } from '../fields.mts';
import type { Project } from '../records.mts';
import { find } from '../state.mts';

/** What happens to several projects at once; one that is not there refuses all. */
export function projectChangeRoutes(api: FastifyInstance, { state }: Context): void {
	const projectsIn = (body: unknown): Project[] => readBody(body, { project_ids: list(uuid()) }).project_ids.map((id) => find(state.projects, id, forbidden));

	// a DELETE with a body
	api.delete('/projects-delete/', async ({ body }, reply) => {
		for (const project of projectsIn(body)) state.deleteProject(project);
		return reply.code(204).send();
	});

	for (const [path, hidden] of [['/projects-hide/', true], ['/projects-unhide/', false]] as const) {
		api.post(path, async ({ body }, reply) => {
			for (const project of projectsIn(body)) project.hidden = hidden;
			return reply.code(204).send();
		});
	}
}
