import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, notFound, success, unauthorized } from '../errors.mts';
import { body } from '../schemas.mts';

interface Login {
	Body: { email: string; password: string };
}
interface WithToken {
	Body: { refresh_token: string };
}

const text = { type: 'string', minLength: 1 };
const device_uuid = { type: 'string' };

/** Log-in, registration and password (first-generation client). */
export function accountRoutes(app: FastifyInstance, { state, sessions }: Context): void {
	const open = { config: { public: true } };
	const withToken = { ...open, schema: { body: body({ refresh_token: text, empty: { type: 'string' } }, ['refresh_token']) } };
	const find = (email: string) => state.users.find((user) => user.email === email);

	app.post<Login>('/login', { ...open, schema: { body: body({ email: text, password: text, device_uuid }, ['email', 'password']) } }, async (request) => {
		const user = find(request.body.email);
		if (!user || user.password !== request.body.password || user.confirmId !== null) throw unauthorized();
		return success({ refresh_token: sessions.open(user) });
	});

	app.post<WithToken>('/logout', withToken, async (request) => {
		sessions.close(request.body.refresh_token);
		return success();
	});

	app.post<WithToken>('/auth', withToken, async (request) => success({ access_token: sessions.access(request.body.refresh_token) }));

	app.post<{ Body: Login['Body'] & { name?: string } }>(
		'/register',
		{ ...open, schema: { body: body({ email: text, password: text, name: { type: 'string' }, device_uuid }, ['email', 'password']) } },
		async ({ body: { email, password, name = '' } }) => {
			if (find(email)) throw badRequest('The e-mail address is taken.');
			state.addUser({ email, password, name, apiKey: randomUUID(), confirmId: randomUUID() });
			return success({}, 'Please confirm your e-mail address.');
		},
	);

	app.put<{ Params: { confirm_id: string } }>('/confirm/:confirm_id', open, async ({ params }) => {
		const user = state.users.find(({ confirmId }) => confirmId === params.confirm_id);
		if (!user) throw notFound();
		user.confirmId = null;
		return success();
	});

	const passwords = { password: text, new_password: text, new_password_confirm: text };
	app.put<{ Body: Record<keyof typeof passwords, string> }>('/password', { schema: { body: body({ ...passwords, device_uuid }, Object.keys(passwords)) } }, async (request) => {
		const { body: given, legacyUser: user } = request;
		if (given.password !== user.password) throw badRequest('The current password is wrong.');
		if (given.new_password !== given.new_password_confirm) throw badRequest('The new passwords differ.');
		user.password = given.new_password;
		sessions.closeAll(user);
		return success({ refresh_token: sessions.open(user) });
	});

	// says the same whether there is such a user or not
	app.post('/password/forgot', { ...open, schema: { body: body({ email: text }) } }, async () => success({}, 'A mail is on its way.'));
}
