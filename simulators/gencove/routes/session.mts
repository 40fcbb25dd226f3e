import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { optional, readBody, text } from '../fields.mts';

const open = { config: { public: true } };

/** Tokens in exchange for e-mail and password. */
export function sessionRoutes(api: FastifyInstance, { sessions }: Context): void {
	api.post('/jwt-create/', open, async ({ body }) => {
		const { email, password, otp_token, backup_token } = readBody(body, { email: text(), password: text(), otp_token: optional(text()), backup_token: optional(text()) });
		return sessions.logIn({ email, password, code: otp_token ?? backup_token });
	});

	// with a wrong API key the vendor's client sends null here, and wants JSON back
	api.post('/jwt-refresh/', open, async ({ body }) => sessions.renew(readBody(body, { refresh: text() }).refresh));
}
