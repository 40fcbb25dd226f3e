import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance } from 'fastify';
import { otherVerbs } from '../shared/server.mts';
import type { Context } from './context.mts';
import { notFound, sendError, wrongVerb } from './errors.mts';
import type { User } from './records.mts';
import { ROUTES } from './routes/index.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** who asks; not set on public routes */
		gencoveUser: User;
	}
	interface FastifyContextConfig {
		/** needs no Authorization header */
		public?: boolean;
	}
}

const PREFIX = '/api/v2';

/** The service's API, second generation: all routes, and what is common to them. */
export function addApi(app: FastifyInstance, context: Context): void {
	app.decorateRequest('gencoveUser', null as never);
	app.setNotFoundHandler(async (_request, reply) => sendError(reply, notFound()));
	// fastify adds a charset, which the vendor's client does not take
	app.addHook('onSend', async (_request, reply) => {
		const [type] = String(reply.getHeader('content-type')).split(';');
		if (['application/json', 'text/csv'].includes(type)) reply.header('content-type', type);
	});
	app.register(
		async (api) => {
			api.setErrorHandler(async (error: FastifyError, _request, reply) => sendError(reply, error));
			await api.register(multipart);
			const allowed = allowHeaders(api);
			const refuseOtherVerbs = otherVerbs(api, ({ method }) => {
				throw wrongVerb(method);
			});
			api.addHook('onRequest', async (request, reply) => {
				reply.header('allow', allowed.get(request.routeOptions.url!));
				const { public: isPublic, otherVerb } = request.routeOptions.config;
				if (!isPublic && !otherVerb) request.gencoveUser = context.sessions.check(request.headers.authorization);
			});
			for (const add of ROUTES) add(api, context);
			refuseOtherVerbs(PREFIX);
		},
		{ prefix: PREFIX },
	);
}

// every answer says which verbs its path has
function allowHeaders(api: FastifyInstance): Map<string, string> {
	const verbs = new Map<string, Set<string>>();
	const headers = new Map<string, string>();
	api.addHook('onRoute', ({ url, method, config }) => {
		if (config && 'otherVerb' in config) return;
		const own = verbs.get(url) ?? new Set();
		for (const verb of [method].flat()) own.add(verb);
		verbs.set(url, own);
		const shown = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((verb) => own.has(verb));
		headers.set(url, [...shown, ...(own.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '));
	});
	return headers;
}
