import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isShared, SHARE_LEVELS } from '../access.mts';
import type { Share } from '../access.mts';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { choice, email, list, readBody, uuid } from '../fields.mts';
import { page } from '../pages.mts';
import { find } from '../state.mts';

type ById = { Params: { project_share_id: string } };

const newShare = { project: uuid(), shared_with_user_emails: list(email()), share_level: choice(SHARE_LEVELS) };

/** Projects that are shown to users of other organizations. Only in the specification. */
export function projectShareRoutes(api: FastifyInstance, { state, views, access }: Context): void {
	const view = (share: Share) => ({
		id: share.id,
		project: share.projectId,
		shared_with_org: null,
		shared_with_org_name: null,
		shared_with_user_email: share.withEmail,
		shared_by_user_email: share.byEmail,
		share_level: share.level,
		last_status: views.status(share.history.at(-1)!),
	});

	function findShare({ params }: FastifyRequest<ById>): Share {
		const share = access.shares.find(({ id }) => id === params.project_share_id.toLowerCase());
		if (!share) throw notFound();
		return share;
	}

	api.get('/project-shares/', async (request) => page(request, access.shares.toReversed(), view));

	// a share for each address; the answer has room for one only, and shows the first
	api.post('/project-shares/', async (request, reply) => {
		const { project: id, shared_with_user_emails: emails, share_level: level } = readBody(request.body, newShare);
		const project = find(state.projects, id, () => invalid({ project: [`Invalid pk "${id}" - object does not exist.`] }));
		const shares = emails.map((withEmail) => access.share(project, { withEmail, byEmail: request.gencoveUser.email, level }));
		return reply.code(201).send(view(shares[0]));
	});

	api.get<ById>('/project-shares/:project_share_id', async (request) => view(findShare(request)));

	api.post<ById>('/project-share-revoke/:project_share_id', async (request, reply) => {
		const share = findShare(request);
		const { id } = readBody(request.body, { id: uuid() });
		if (id !== share.id || !isShared(share)) throw invalid({ id: ['Project share cannot be revoked.'] });
		access.unshare(share, 'revoked', state.projects);
		return reply.code(201).send({ id });
	});

	api.post('/project-share-exit/', async (request) => {
		const { project_ids } = readBody(request.body, { project_ids: list(uuid()) });
		const shares = project_ids.map((id) => access.shares.find((share) => share.projectId === id && share.withEmail === request.gencoveUser.email && isShared(share)));
		if (shares.includes(undefined)) throw invalid({ project_ids: ['All projects must be shared with you.'] });
		for (const share of shares) access.unshare(share!, 'exited', state.projects);
		return { project_ids };
	});
}
