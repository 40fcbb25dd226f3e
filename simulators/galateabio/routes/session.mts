import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, unauthorized } from '../errors.mts';
import { body } from '../schemas.mts';
import { randomToken } from '../state.mts';

const text = { type: 'string', minLength: 1 };

/** Login, renewal and logout (GalateaBio docs, Authentication). */
export function sessionRoutes(app: FastifyInstance, { state, sessions }: Context): void {
	app.post<{ Body: { email: string; password: string } }>(
		'/users/auth',
		{ config: { public: true }, schema: { body: body({ email: text, password: text }) } },
		async (request) => {
			const { email, password } = state.user;
			if (request.body.email !== email || request.body.password !== password) throw unauthorized();
			return { ...sessions.open(), websocket_access: randomToken() };
		},
	);

	// public as far as the usual check goes: an expired access token must do here
	app.post<{ Body: { refresh: string; access: string } }>(
		'/users/refresh',
		{ config: { public: true }, schema: { body: body({ refresh: text, access: text }) } },
		async ({ headers, body: tokens }) => sessions.renew(headers.authorization, tokens),
	);

	app.post<{ Body: { refresh: string } }>('/users/logout', { schema: { body: body({ refresh: text }) } }, async (request) => {
		if (!sessions.close(request.body.refresh)) throw badRequest();
		return [{ status: 'Ok' }];
	});
}
