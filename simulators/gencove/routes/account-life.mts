import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { uidOf } from '../accounts.mts';
import type { Context } from '../context.mts';
import { ApiError, invalid } from '../errors.mts';
import { checked, email, optional, readBody, text, wrong } from '../fields.mts';
import type { User } from '../records.mts';

const password = checked(text(), (value) => {
	if (value.length < 8) throw wrong('This password is too short. It must contain at least 8 characters.');
});
const newUser = { email: email(), password, name: optional(text({ longest: 254, blank: true })), invitation_token: optional(text({ longest: 32 })), organization_name: optional(text({ longest: 254 })) };
const open = { config: { public: true } };

/** From registration to a new password; the texts are those of the library Djoser. Only in the specification. */
export function accountLifeRoutes(api: FastifyInstance, { state, sessions, access, accounts, clock }: Context): void {
	const byEmail = (address: string) => state.users.find((user) => user.email === address.toLowerCase());

	function byUid(uid: string): User {
		const user = state.users.find(({ id }) => uidOf(id) === uid);
		if (!user) throw invalid({ uid: ["Invalid user id or user doesn't exist."] });
		return user;
	}

	function checkPassword(user: User, given: string): void {
		if (given !== user.password) throw invalid({ current_password: ['Invalid password.'] });
	}

	api.post('/jwt-verify/', async ({ body }) => {
		sessions.verify(readBody(body, { token: text() }).token);
		return {};
	});

	api.post('/jwt-logout/', async ({ body }) => {
		sessions.logOut(readBody(body, { refresh: text() }).refresh);
		return {};
	});

	// all users are of the one organization there is
	api.post('/user-register/', open, async ({ body }, reply) => {
		const given = readBody(body, newUser);
		if (byEmail(given.email)) throw invalid({ email: ['user with this email address already exists.'] });
		const invitation = access.invitations.find(({ token }) => token === given.invitation_token);
		if (given.invitation_token !== undefined && (!invitation || access.statusOf(invitation) !== 'pending')) throw invalid({ invitation_token: ['Invalid invitation token.'] });
		const user: User = { id: randomUUID(), email: given.email.toLowerCase(), password: given.password, name: given.name ?? '', createdAt: clock.now(), active: false, otp: null, role: 'member' };
		state.users.push(user);
		if (invitation) access.decide(invitation, 'accepted', user);
		accounts.mailToken(user, 'activation');
		return reply.code(201).send({ email: user.email, id: user.id, name: user.name });
	});

	api.post('/user-activate/', open, async ({ body }) => {
		const { uid, token } = readBody(body, { uid: text(), token: text() });
		const user = byUid(uid);
		if (user.active) throw new ApiError(403, { detail: 'Stale token for given user.' });
		if (!accounts.takeToken(user, 'activation', token)) throw invalid({ token: ['Invalid token for given user.'] });
		user.active = true;
		return {};
	});

	// these two say the same whether there is such a user or not
	api.post('/user-activate-resend/', open, async ({ body }) => {
		const given = readBody(body, { email: email() });
		const user = byEmail(given.email);
		if (user && !user.active) accounts.mailToken(user, 'activation');
		return given;
	});

	api.post('/user-password-reset/', open, async ({ body }) => {
		const given = readBody(body, { email: email() });
		const user = byEmail(given.email);
		if (user?.active) accounts.mailToken(user, 'password reset');
		return given;
	});

	api.post('/user-password-reset-confirm/', open, async ({ body }) => {
		const { uid, token, new_password } = readBody(body, { uid: text(), token: text(), new_password: password });
		const user = byUid(uid);
		if (!accounts.takeToken(user, 'password reset', token)) throw invalid({ token: ['Invalid token for given user.'] });
		user.password = new_password;
		return {};
	});

	api.post('/user-password-set/', async ({ body, gencoveUser: user }) => {
		const { current_password, new_password } = readBody(body, { current_password: text(), new_password: password });
		checkPassword(user, current_password);
		user.password = new_password;
		return {};
	});

	api.post('/user-change-email/', async ({ body, gencoveUser: user }) => {
		const { current_password, new_email } = readBody(body, { current_password: text(), new_email: email() });
		checkPassword(user, current_password);
		if (byEmail(new_email)) throw invalid({ new_email: ['user with this email address already exists.'] });
		user.email = new_email.toLowerCase();
		return { new_email };
	});
}
