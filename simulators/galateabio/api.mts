import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { otherVerbs } from '../shared/server.mts';
import type { Context } from './context.mts';
import { notFound, notJson, sendError, wrongVerb } from './errors.mts';
import { accountRoutes } from './routes/account.mts';
import { fileRoutes } from './routes/files.mts';
import { orderRoutes } from './routes/orders.mts';
import { resultRoutes } from './routes/results.mts';
import { sessionRoutes } from './routes/session.mts';
import { tagRoutes } from './routes/tags.mts';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** needs no Authorization header */
		public?: boolean;
	}
}

export const PREFIX = '/api/v1';

/** Bytes from which on an upload is refused; the docs say "under 50 MB" (GalateaBio docs, Upload a file). */
export const UPLOAD_LIMIT = 52_428_800;

/** The provider's API: all routes, and what is common to them. */
export function addApi(app: FastifyInstance, context: Context): void {
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
			for (const add of [sessionRoutes, accountRoutes, fileRoutes, orderRoutes, resultRoutes, tagRoutes]) add(api, context);
			refuseOtherVerbs(PREFIX);
		},
		{ prefix: PREFIX },
	);
}

function refusal({ headers, routeOptions }: FastifyRequest, { sessions }: Context): Error | undefined {
	if (!takesJson(headers.accept)) return notJson();
	if (routeOptions.config.public) return undefined;
	try {
		sessions.check(headers.authorization);
		return undefined;
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
