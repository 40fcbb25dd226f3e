import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { otherVerbs } from '../../shared/server.mts';
import type { Context } from './context.mts';
import { notFound, sendError, wrongVerb } from './errors.mts';
import type { User } from './records.mts';
import { accountRoutes } from './routes/account.mts';
import { generalRoutes } from './routes/general.mts';
import { PROJECT_KINDS, projectRoutes } from './routes/projects.mts';
import { sampleRoutes } from './routes/samples.mts';
import { uploadRoutes } from './routes/uploads.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** who asks generation 1; not set on public routes */
		legacyUser: User;
	}
	interface FastifyContextConfig {
		/** needs no Authorization header */
		public?: boolean;
	}
}

/** The API of generation 1: no prefix, no trailing slash. */
export function addApi(app: FastifyInstance, context: Context): void {
	app.decorateRequest('legacyUser', null as never);
	app.setNotFoundHandler(async (_request, reply) => sendError(reply, notFound()));
	app.register(async (api) => {
		api.setErrorHandler(async (error: FastifyError, _request, reply) => sendError(reply, error));
		// pictures, and what should be JSON and is not: a body that is not looked at
		api.addContentTypeParser('*', (_request, _body, done) => done(null));
		const refuseOtherVerbs = otherVerbs(api, ({ method }) => {
			throw wrongVerb(method);
		});
		api.addHook('onRequest', (request, _reply, done) => {
			if (!request.routeOptions.config.public) request.legacyUser = context.sessions.check(request.headers.authorization);
			done();
		});
		generalRoutes(api);
		accountRoutes(api, context);
		for (const kind of PROJECT_KINDS) projectRoutes(api, context, kind);
		sampleRoutes(api, context);
		uploadRoutes(api);
		refuseOtherVerbs('');
	});
	context.rawData.addStorage(app);
}

/** Address of the server as the caller wrote it. */
export const originOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
