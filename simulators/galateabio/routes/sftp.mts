import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { notFound, unprocessable } from '../errors.mts';
import { body, idParams } from '../schemas.mts';
import type { SftpUser } from '../sftp.mts';

interface ByUser {
	Params: { sftp_user_id: string; ssh_key_id: string };
}
interface WithKey {
	Body: { ssh_public_body_key?: string };
}

const USERS = '/organizations/:organization_id/sftp_users';

/** Users of the SFTP server and their keys; only in the specification. */
export function sftpRoutes(app: FastifyInstance, { sftp, views }: Context): void {
	const key = { ssh_public_body_key: { type: 'string', minLength: 1 } };
	const params = idParams('organization_id', 'sftp_user_id', 'ssh_key_id');
	const admin = { config: { admin: true }, schema: { params } };
	const view = (user: SftpUser) => views.sftpUser(user, sftp.connectionHint(user));

	function find(id: string): SftpUser {
		const user = sftp.users.find((one) => one.id === id.toLowerCase());
		if (!user) throw notFound();
		return user;
	}

	app.get(USERS, admin, async () => sftp.users.map(view));

	// the key is optional here: it can follow by the next call
	app.post<WithKey>(USERS, { ...admin, schema: { params, body: body(key, []) } }, async ({ body: { ssh_public_body_key: text } }) => {
		const user = sftp.newUser();
		if (text !== undefined && !sftp.addKey(user, text)) throw unprocessable();
		sftp.users.push(user);
		return view(user);
	});

	app.delete<ByUser>(`${USERS}/:sftp_user_id`, admin, async (request, reply) => {
		const user = find(request.params.sftp_user_id);
		sftp.users = sftp.users.filter((other) => other !== user);
		return reply.send();
	});

	app.post<ByUser & Required<WithKey>>(`${USERS}/:sftp_user_id/ssh_keys`, { ...admin, schema: { params, body: body(key) } }, async (request) => {
		const user = find(request.params.sftp_user_id);
		if (!sftp.addKey(user, request.body.ssh_public_body_key!)) throw unprocessable();
		return view(user);
	});

	app.delete<ByUser>(`${USERS}/:sftp_user_id/ssh_keys/:ssh_key_id`, admin, async (request) => {
		const user = find(request.params.sftp_user_id);
		const left = user.keys.filter(({ id }) => id !== request.params.ssh_key_id.toLowerCase());
		if (left.length === user.keys.length) throw notFound();
		user.keys = left;
		return view(user);
	});
}
