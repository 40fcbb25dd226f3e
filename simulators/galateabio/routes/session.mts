import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, unauthorized } from '../errors.mts';
import type { User } from '../records.mts';
import { body } from '../schemas.mts';
import { randomToken } from '../state.mts';

const text = { type: 'string', minLength: 1 };

/** Login, renewal and logout (GalateaBio docs, Authentication), and the second factor (specification). */
export function sessionRoutes(app: FastifyInstance, { state, sessions, secondFactor }: Context): void {
	const loggedIn = (user: User) => ({ ...sessions.open(user), websocket_access: randomToken() });

	app.post<{ Body: { email: string; password: string } }>(
		'/users/auth',
		{ config: { public: true }, schema: { body: body({ email: text, password: text }) } },
		async (request) => {
			const user = state.users.find(({ email, password }) => email === request.body.email && password === request.body.password);
			if (!user) throw unauthorized();
			// what a login with a second factor answers is not published: this much follows from the next call
			return user.code === undefined ? loggedIn(user) : { mfa_session_id: secondFactor.begin(user) };
		},
	);

	app.post<{ Body: { code: number; mfa_session_id: string } }>(
		'/users/confirm',
		{ config: { public: true }, schema: { body: body({ code: { type: 'integer' }, mfa_session_id: text }) } },
		async (request) => loggedIn(secondFactor.confirm(request.body.mfa_session_id, request.body.code)),
	);

	app.post<{ Body: { mfa_session_id: string } }>(
		'/users/request-new-code',
		{ config: { public: true }, schema: { body: body({ mfa_session_id: text }) } },
		async (request) => {
			secondFactor.renew(request.body.mfa_session_id);
			return { status: 'Ok' };
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
