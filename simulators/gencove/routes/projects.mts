import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { flag, list, object, optional, readBody, text, uuid } from '../fields.mts';
import { page, Query } from '../pages.mts';
import { listedProjects } from '../projects-query.mts';
import type { Modification, Project } from '../records.mts';
import { find } from '../state.mts';

type ById = { Params: { project_id: string } };

const description = optional(text({ blank: true }));
const project_modifications = optional(list(object({ key: text(), value: flag() }), { empty: true }));

/** Projects: list, one by one, and what changes them. */
export function projectRoutes(api: FastifyInstance, { state, views, clock }: Context): void {
	const own = ({ params }: FastifyRequest<ById>) => find(state.projects, params.project_id);

	api.get('/projects/', async (request) => page(request, listedProjects(new Query(request.query), state), (project) => views.project(project)));

	api.post('/projects/', async (request, reply) => {
		const given = readBody(request.body, { name: text({ longest: 254 }), pipeline_capabilities: uuid(), description, project_modifications });
		const project: Project = {
			id: randomUUID(),
			name: given.name,
			description: given.description ?? '',
			createdAt: clock.now(),
			modifiedAt: clock.now(),
			hidden: false,
			locked: false,
			shared: false,
			capability: knownCapability(given.pipeline_capabilities),
			modifications: modificationsOf(given.pipeline_capabilities, given.project_modifications),
			files: [],
			manifests: [],
			mergeJob: null,
		};
		state.projects.set(project.id, project);
		return reply.code(201).send(views.project(project));
	});

	api.get<ById>('/projects/:project_id', async (request) => views.projectDetails(own(request), request));

	api.patch<ById>('/projects/:project_id', async (request) => {
		const project = own(request);
		const given = readBody(request.body, { name: optional(text({ longest: 254 })), pipeline_capabilities: optional(uuid()), description, project_modifications });
		project.name = given.name ?? project.name;
		project.description = given.description ?? project.description;
		if (given.pipeline_capabilities !== undefined) project.capability = knownCapability(given.pipeline_capabilities);
		project.modifications = modificationsOf(project.capability, given.project_modifications, project.modifications);
		project.modifiedAt = clock.now();
		return views.projectDetails(project, request);
	});

	function knownCapability(id: string): string {
		// a plain text, not a list (recording projects/test_create_project__no_pipeline_capability)
		if (!state.capabilities.some((one) => one.id === id)) throw invalid({ pipeline_capabilities: `Pipeline capability ${id} does not exist.` });
		return id;
	}

	// those that the capability has; what was given wins over what was there, and that over the capability's own
	function modificationsOf(capability: string, given: Modification[] = [], before: Modification[] = []): Modification[] {
		const { modifications } = state.capabilities.find(({ id }) => id === capability)!;
		return modifications.map((one) => [...given, ...before].find(({ key }) => key === one.key) ?? one);
	}
}
