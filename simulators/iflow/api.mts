import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { otherVerbs } from '../shared/server.mts';
import { addressesOf } from './addresses.mts';
import type { Address } from './addresses.mts';
import type { Context, Handler } from './context.mts';
import { noSuchPath, sendError, wrongVerb } from './errors.mts';
import type { User } from './records.mts';
import { CALLS } from './routes/index.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** who asks; not set where the call looks at its token itself */
		iflowUser: User;
	}
}

// takes another token than the others
const OWN_CHECK = 'POST /compute/pipelines';

/** The services and the gateway: all calls at all their addresses, and what is common to them. */
export function addApi(app: FastifyInstance, context: Context): void {
	app.decorateRequest('iflowUser', null as never);
	app.setNotFoundHandler(async (_request, reply) => sendError(reply, noSuchPath()));
	app.register(async (api) => {
		api.setErrorHandler(async (error: FastifyError, _request, reply) => sendError(reply, error));
		// what is no JSON is not what a call wants, and it says so itself
		api.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text === '' ? undefined : text));
		const refuseOtherVerbs = otherVerbs(api, () => {
			throw wrongVerb();
		});
		for (const [call, handle] of Object.entries(CALLS)) {
			for (const address of addressesOf(call)) addCall(api, context, { call, handle, address });
		}
		refuseOtherVerbs('');
	});
}

function addCall(api: FastifyInstance, context: Context, { call, handle, address: { method, url, layout, saysAnalyses } }: { call: string; handle: Handler; address: Address }): void {
	const { access, state } = context;
	const isOfRuns = call.includes('/compute/runs');

	async function onRequest(request: FastifyRequest): Promise<void> {
		request.sent = { token: request.headers.authorization ?? '' };
		const { runsWord } = state.settings;
		if (isOfRuns && layout === 'services' && runsWord !== 'both' && (runsWord === 'analyses') !== saysAnalyses) throw noSuchPath();
		if (call !== OWN_CHECK) request.iflowUser = access.check(request.headers.authorization);
	}

	async function carryOut(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const { params, query, headers, body, protocol, host, iflowUser: user } = request as FastifyRequest<{ Params: Record<string, string>; Querystring: Record<string, string> }>;
		const answer = await handle({ user, layout, saysAnalyses, params, query, headers, body, base: `${protocol}://${host}`, reply }, context);
		if (answer !== undefined) return answer;
		return reply.code(204).send();
	}

	api.route({ method, url, config: { call }, onRequest, handler: carryOut });
}
