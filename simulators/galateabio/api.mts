import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { otherVerbs } from '../shared/server.mts';
import type { Context } from './context.mts';
import { forbidden, notFound, notJson, sendError, wrongVerb } from './errors.mts';
import type { User } from './records.mts';
import { accountRoutes } from './routes/account.mts';
import { creditRoutes } from './routes/credits.mts';
import { fileRoutes } from './routes/files.mts';
import { notificationRoutes } from './routes/notifications.mts';
import { orderRoutes } from './routes/orders.mts';
import { resultRoutes } from './routes/results.mts';
import { sessionRoutes } from './routes/session.mts';
import { sftpRoutes } from './routes/sftp.mts';
import { tagRoutes } from './routes/tags.mts';
import { webhookRoutes } from './routes/webhooks.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** who asks; not set on public routes */
		user: User;
	}
	interface FastifyContextConfig {
		/** needs no Authorization header */
		public?: boolean;
		/** for administrators of the organization only */
		admin?: boolean;
	}
}

export const PREFIX = '/api/v1';

/** Bytes from which on an upload is refused; the docs say "under 50 MB" (GalateaBio docs, Upload a file). */
export const UPLOAD_LIMIT = 52_428_800;

const ROUTES = [
	sessionRoutes,
	accountRoutes,
	fileRoutes,
	orderRoutes,
	resultRoutes,
	tagRoutes,
	webhookRoutes,
	sftpRoutes,
	notificationRoutes,
	creditRoutes,
];

/** The provider's API: all routes, and what is common to them. */
export function addApi(app: FastifyInstance, context: Context): void {
	const { id: organizationId } = context.state.organization;
	app.decorateRequest('user', null as never);
	app.setNotFoundHandler(async (_request, reply) => sendError(reply, notFound()));
	app.register(
		async (api) => {
			api.setErrorHandler(async (error: FastifyError, _request, reply) => sendError(reply, error));
			// one byte more than allowed marks a file as truncated, and the rest of it is dropped
			await api.register(multipart, { limits: { fileSize: UPLOAD_LIMIT - 1 }, throwFileSizeLimit: false });
			const refuseOtherVerbs = otherVerbs(api, ({ method }) => {
				throw wrongVerb(method);
			});
			api.addHook('onRequest', (request, _reply, done) => done(refusal(request, context)));
			api.addHook('preHandler', ({ params }, _reply, done) => {
				const { organization_id: id } = params as { organization_id?: string };
				done(id === undefined || id.toLowerCase() === organizationId ? undefined : notFound());
			});
			for (const add of ROUTES) add(api, context);
			refuseOtherVerbs(PREFIX);
		},
		{ prefix: PREFIX },
	);
}

function refusal(request: FastifyRequest, { sessions }: Context): Error | undefined {
	const { headers, routeOptions } = request;
	if (!takesJson(headers.accept)) return notJson();
	if (routeOptions.config.public) return undefined;
	try {
		request.user = sessions.check(headers.authorization);
		return routeOptions.config.admin && request.user.role !== 'OrgAdmin' ? forbidden() : undefined;
	} catch (error) {
		return error as Error;
	}
}

function takesJson(accept = '*/*'): boolean {
	return accept.split(',').some((range) => {
		const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
		return ['*/*', 'application/*', 'application/json'].includes(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
	});
}
