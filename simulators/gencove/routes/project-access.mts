import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ROLES } from '../access.mts';
import type { ProjectRole } from '../access.mts';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { choice, readBody, uuid } from '../fields.mts';
import { page, Query } from '../pages.mts';
import type { User } from '../records.mts';
import { find } from '../state.mts';
import { matchesUser, userWith } from '../users.mts';

type ById = { Params: { project_id: string; role_id: string; applies_to: string } };

const newRole = { user: uuid(), role: choice(Object.keys(ROLES.project)) };

/** Users of a project and their roles in it. Only in the specification. */
export function projectAccessRoutes(api: FastifyInstance, { state, views, access }: Context): void {
	const own = ({ params }: FastifyRequest<ById>) => find(state.projects, params.project_id);
	const roleView = ({ id, name }: ProjectRole) => ({ id, name });

	function findRole({ params }: FastifyRequest<ById>): ProjectRole {
		const role = access.roles.find(({ id }) => id === params.role_id.toLowerCase());
		if (!role) throw notFound();
		return role;
	}

	api.get<ById>('/project-users/:project_id', async (request) => {
		const project = own(request);
		const query = new Query(request.query);
		const roleOf = (user: User) => access.roles.find((role) => role.projectId === project.id && role.userId === user.id);
		const users = state.users.filter((user) => matchesUser(user, query.text('search')) && (!query.flag('only_explicit_roles') || roleOf(user)));
		return page(request, users, (user) => {
			const { has_mfa_device: _, ...shown } = views.organizationUser(user);
			const role = roleOf(user);
			return { ...shown, roles: role ? { ...shown.roles, project: roleView(role) } : shown.roles };
		});
	});

	api.post<ById>('/project-users/:project_id', async (request, reply) => {
		const project = own(request);
		const { user: userId, role } = readBody(request.body, newRole);
		const user = userWith(state, userId, () => invalid({ user: [`Invalid pk "${userId}" - object does not exist.`] }));
		return reply.code(201).send(roleView(access.addRole(project, user.id, role)));
	});

	api.get<ById>('/project-organization-users/:project_id', async (request) => {
		own(request);
		const users = state.users.filter((user) => matchesUser(user, new Query(request.query).text('search')));
		return page(request, users, (user) => views.organizationUser(user));
	});

	api.get<ById>('/project-roles/:role_id', async (request) => roleView(findRole(request)));

	api.delete<ById>('/project-roles/:role_id', async (request, reply) => {
		const role = findRole(request);
		access.roles = access.roles.filter((other) => other !== role);
		return reply.code(204).send();
	});

	api.get<ById>('/roles/:applies_to', async (request) => {
		const { applies_to: scope } = request.params;
		if (!Object.hasOwn(ROLES, scope)) throw notFound();
		return page(request, Object.entries(ROLES[scope as keyof typeof ROLES]), ([name, permissions]) => ({ name, permissions }));
	});
}
