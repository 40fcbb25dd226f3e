import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Clock } from './clock.mts';
import { addControl } from './control.mts';
import { Faults, spoilAnswer, spoilRequest, spoilsAnswer } from './faults.mts';
import type { Fault } from './faults.mts';
import { Journal, withoutSecrets } from './journal.mts';
import type { JournalEntry } from './journal.mts';

declare module 'fastify' {
	interface FastifyRequest {
		entry: JournalEntry;
		fault: Fault | undefined;
		/** texts of the request that a fault may echo, secrets included; gone with the request */
		sent: Record<string, string> | undefined;
	}
	interface FastifyContextConfig {
		/** the path exists, but not with this verb */
		otherVerb?: boolean;
		/** the call as the journal names it, where one call has several addresses */
		call?: string;
	}
}

/** What every simulator is made of. */
export interface Kit {
	app: FastifyInstance;
	clock: Clock;
	journal: Journal;
	faults: Faults;
}

/** What every provider's `start` takes. */
export interface StartOptions {
	/** default 127.0.0.1 */
	host?: string;
	/** default 0: any free port */
	port?: number;
	/** factor on the provider's real delays; each provider has its own default */
	pace?: number;
}

interface KitOptions {
	prefix: string;
	onReset: () => void;
	callOf?: (method: string, path: string) => string | undefined;
	headers?: string[];
}

const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Makes a server with clock, journal, faults and the control routes, ready to take a provider's routes.
 *
 * @param prefix path prefix of the provider's API, which the journal's routes leave out
 * @param onReset puts the provider's own state back to its seeds
 * @param callOf tells which call a request is, where the server's own routes do not
 * @param headers names, in lower case, of headers that the journal tells
 */
export function createKit({ prefix, onReset, callOf, headers }: KitOptions): Kit {
	const app = fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		// a provider that takes "1" for 1 would have to say so
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
	});
	const kit = { app, clock: new Clock(), journal: new Journal(), faults: new Faults() };
	acceptEmptyJson(app);
	watch(kit, prefix, callOf, headers);
	addControl(kit, onReset);
	return kit;
}

/** Opens the port and returns the server's address without a path. */
export async function listen(app: FastifyInstance, { host = '127.0.0.1', port = 0 }: StartOptions): Promise<string> {
	return await app.listen({ host, port });
}

/**
 * Answers every verb that a path does not have. To be called before the routes are added; they
 * must be added before `refuse` is called.
 *
 * @param answer fastify handler that answers the wrong verb
 */
export function otherVerbs(app: FastifyInstance, answer: (request: FastifyRequest) => never) {
	const known = new Map<string, { verbs: Set<string>; config: object | undefined }>();
	app.addHook('onRoute', ({ url, method, config }) => {
		const path = known.get(url) ?? { verbs: new Set(), config };
		for (const verb of [method].flat()) path.verbs.add(verb);
		known.set(url, path);
	});
	return function refuse(pathPrefix: string): void {
		for (const [url, { verbs, config }] of [...known]) {
			const method = VERBS.filter((verb) => !verbs.has(verb));
			const onRequest = async (request: FastifyRequest) => answer(request);
			app.route({ method, url: url.slice(pathPrefix.length), config: { ...config, otherVerb: true }, onRequest, handler: onRequest });
		}
	};
}

// clients send `Content-Type: application/json` with an empty DELETE
function acceptEmptyJson(app: FastifyInstance): void {
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
		try {
			done(null, text === '' ? undefined : JSON.parse(text as string));
		} catch (error) {
			done(Object.assign(error as Error, { statusCode: 400 }), undefined);
		}
	});
}

// the proxy in front of a service takes a body whole before the service can refuse it
async function readToTheEnd(raw: IncomingMessage): Promise<void> {
	if (raw.readableEnded || raw.destroyed) return;
	raw.resume();
	await finished(raw).catch(() => undefined);
}

/** Those of a request's headers that are to be told, secrets replaced. */
function told({ headers }: FastifyRequest, names: string[]): JournalEntry['headers'] {
	const sent = names.filter((name) => headers[name] !== undefined);
	return withoutSecrets(Object.fromEntries(sent.map((name) => [name, String(headers[name])]))) as JournalEntry['headers'];
}

function watch({ app, clock, journal, faults }: Kit, prefix: string, callOf: KitOptions['callOf'], headers: KitOptions['headers']): void {
	const templates = new Map<string, string>();

	function routeOf({ method, routeOptions }: FastifyRequest): string | null {
		const { url, config } = routeOptions;
		if (url === undefined || config.otherVerb) return null;
		if (config.call !== undefined) return config.call;
		const key = `${method} ${url}`;
		let template = templates.get(key);
		if (template === undefined) {
			template = `${method} ${url.slice(prefix.length).replace(/:(\w+)/g, '{$1}')}`;
			templates.set(key, template);
		}
		return template;
	}

	app.decorateRequest('entry', null as never);
	app.decorateRequest('fault', undefined);
	app.decorateRequest('sent', undefined);

	app.addHook('onRequest', (request, reply, done) => {
		const { method, url } = request;
		if (url.startsWith('/simulator/')) return done();
		const authorized = request.headers.authorization !== undefined;
		const route = callOf ? (callOf(method, url.split('?')[0]) ?? null) : routeOf(request);
		request.entry = journal.open({ at: clock.timestamp(), method, url, route, authorized });
		if (headers) request.entry.headers = told(request, headers);
		const fault = faults.take(method, request.entry.path);
		if (!fault) return done();
		request.entry.fault = fault.kind;
		if (spoilsAnswer(fault)) {
			request.fault = fault;
			return done();
		}
		void spoilRequest(fault, reply).then((goesOn) => goesOn && done());
	});

	// before validation: a refused body is worth recording too, but in that of an unknown call a secret could be anywhere
	app.addHook('preValidation', (request, _reply, done) => {
		if (request.entry && request.entry.route !== null && request.body !== undefined) request.entry.body = withoutSecrets(request.body);
		done();
	});

	app.addHook('onSend', async ({ raw }) => await readToTheEnd(raw));

	app.addHook('onSend', (request, reply, payload, done) => {
		const { entry, fault } = request;
		if (!entry) return done(null, payload);
		if (fault?.kind !== 'cut') entry.status = reply.statusCode;
		if (!fault) return done(null, payload);
		void spoilAnswer(fault, reply, payload).then((spoilt) => {
			entry.status = reply.statusCode;
			done(null, spoilt);
		});
	});

	app.addHook('onClose', async () => clock.reset());
}
