import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ROLES } from '../access.mts';
import type { Invitation } from '../access.mts';
import type { Context } from '../context.mts';
import { forbidden, notFound, refused } from '../errors.mts';
import { choice, email, optional, readBody } from '../fields.mts';
import { page, Query } from '../pages.mts';
import { ownersOnly } from '../users.mts';

type ById = { Params: { invitation_id: string; token: string } };

const newInvitation = { email: email(), role: optional(choice(Object.keys(ROLES.organization))) };

/** Invitations into the organization, and those of others to its users. Only in the specification. */
export function invitationRoutes(api: FastifyInstance, { state, views, access, accounts }: Context): void {
	const own = () => access.invitations.filter(({ organization }) => organization.id === state.organization.id);

	function common(invitation: Invitation) {
		const { id, at, actor } = invitation.history.at(-1)!;
		return {
			last_status: { id, status: access.statusOf(invitation), created: views.time(at), actor: { id: actor.id, name: actor.name } },
			expires: views.time(invitation.expiresAt),
			role: invitation.role,
		};
	}
	const view = (invitation: Invitation) => ({ id: invitation.id, email: invitation.email, ...common(invitation) });
	const detailsView = (invitation: Invitation) => ({ token: invitation.token, ...common(invitation), organization: invitation.organization });

	function findByToken({ params }: FastifyRequest<ById>): Invitation {
		const invitation = access.invitations.find(({ token }) => token === params.token);
		if (!invitation) throw notFound();
		return invitation;
	}

	api.get('/invitations/', async (request) => {
		const status = new Query(request.query).choice('status', ['pending', 'accepted', 'expired', 'revoked']);
		return page(request, own().filter((one) => status === undefined || access.statusOf(one) === status).reverse(), view);
	});

	api.post('/invitations/', async (request, reply) => {
		const { gencoveUser: actor } = request;
		ownersOnly(actor);
		const { email: to, role = 'member' } = readBody(request.body, newInvitation);
		const { id, name } = state.organization;
		const invitation = access.invite({ email: to.toLowerCase(), role, organization: { id, name }, actor });
		accounts.mail({ to: invitation.email, about: 'invitation', token: invitation.token });
		return reply.code(201).send(view(invitation));
	});

	api.delete<ById>('/invitations/:invitation_id', async (request, reply) => {
		ownersOnly(request.gencoveUser);
		const invitation = own().find(({ id }) => id === request.params.invitation_id.toLowerCase());
		if (!invitation || access.statusOf(invitation) !== 'pending') throw notFound();
		access.decide(invitation, 'revoked', request.gencoveUser);
		return reply.code(204).send();
	});

	api.get<ById>('/invitations-token/:token', async (request) => detailsView(findByToken(request)));

	// organization and role may be sent back as they came; they are not changed by it
	api.patch<ById>('/invitations-token/:token', async (request) => {
		const invitation = findByToken(request);
		const { gencoveUser: user } = request;
		if (invitation.email !== user.email) throw forbidden();
		if (access.statusOf(invitation) !== 'pending') throw refused('Invitation is no longer pending.');
		access.decide(invitation, 'accepted', user);
		return detailsView(invitation);
	});
}
