import type { FastifyInstance } from 'fastify';
import { ROLES } from '../access.mts';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { choice, flag, optional, readBody, text, uuid } from '../fields.mts';
import type { User } from '../records.mts';
import { ownersOnly, userWith } from '../users.mts';
import { roleId } from '../views.mts';

const name = text({ longest: 254 });
const newRole = { user: uuid(), role: choice(Object.keys(ROLES.organization) as Array<User['role']>) };

/** What owners change in the organization and its users. Only in the specification. */
export function memberRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.patch('/organization/', async (request) => {
		ownersOnly(request.gencoveUser);
		state.organization.name = readBody(request.body, { name: optional(name) }).name ?? state.organization.name;
		return views.organization();
	});

	api.post('/organization-users/', async (request, reply) => {
		ownersOnly(request.gencoveUser);
		const { user: id, role } = readBody(request.body, newRole);
		const user = userWith(state, id, () => invalid({ user: [`Invalid pk "${id}" - object does not exist.`] }));
		user.role = role;
		return reply.code(201).send({ id: roleId(user.id), name: role });
	});

	api.patch<{ Params: { user_id: string } }>('/organization-users/:user_id', async (request) => {
		ownersOnly(request.gencoveUser);
		const user = userWith(state, request.params.user_id);
		const given = readBody(request.body, { is_active: optional(flag()), name: optional(name) });
		user.active = given.is_active ?? user.active;
		user.name = given.name ?? user.name;
		return views.organizationUser(user);
	});

	api.get<{ Params: { role_id: string } }>('/organization-roles/:role_id', async ({ params }) => {
		const user = state.users.find(({ id }) => roleId(id) === params.role_id.toLowerCase());
		if (!user) throw notFound();
		return { id: roleId(user.id), name: user.role };
	});
}
