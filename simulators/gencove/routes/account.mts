import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { page, Query } from '../pages.mts';
import { matchesUser } from '../users.mts';

/** The user who asks, the organization and its users. */
export function accountRoutes(api: FastifyInstance, { state, views }: Context): void {
	api.get('/user/', async ({ gencoveUser: user }) => views.user(user));

	api.get('/organization/', async () => views.organization());

	api.get('/organization-users/', async (request) => {
		const users = state.users.filter((user) => matchesUser(user, new Query(request.query).text('search')));
		return page(request, users, (user) => views.organizationUser(user));
	});
}
