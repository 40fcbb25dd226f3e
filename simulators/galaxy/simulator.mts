import replyFrom from '@fastify/reply-from';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen, type StartOptions } from '../shared/server.mts';
import type { GalaxyInfo } from './server/server.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** the body as it came, where it is no JSON */
		bytes: Buffer | undefined;
	}
}

/** A real Galaxy, with a journal and faults in front of it. */
export interface Running {
	info: GalaxyInfo & { provider: 'galaxy'; control: string };
	app: FastifyInstance;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

/** bytes; the largest body that passes through */
const LARGEST_BODY = 64 << 20;

interface Call {
	method: string;
	path: string;
}

/** Puts the front before a Galaxy that runs. */
export async function start({ galaxy, ...options }: StartOptions & { galaxy: GalaxyInfo }): Promise<Running> {
	const { calls } = JSON.parse(readFileSync(join(import.meta.dirname, 'calls.json'), 'utf8')) as { calls: Call[] };
	const { app, clock, journal, faults } = createKit({ prefix: '', onReset: () => undefined, callOf: matcher(calls) });
	await app.register(replyFrom, { base: galaxy.url, disableRequestLogging: true, undici: { connections: 16, pipelining: 0, headersTimeout: 600_000 } });
	takeAnyBody(app);
	app.all('/*', { bodyLimit: LARGEST_BODY }, async (request, reply) => {
		await reply.from(request.url, request.bytes ? { body: request.bytes, contentType: request.headers['content-type'] } : {});
		return reply;
	});
	const url = await listen(app, options);
	return { info: { ...galaxy, url, provider: 'galaxy', control: `${url}/simulator` }, app, clock, journal, faults, close: async () => await app.close() };
}

/** Finds the call that a request is: the one with most of its path spelt out. */
function matcher(calls: Call[]): (method: string, path: string) => string | undefined {
	const patterns = calls.map(({ method, path }) => {
		const pattern = path.replace(/[.+]/g, '\\$&').replace(/\{(\w+)\}/g, (_braces, name) => (name === 'tool_id' ? '.+' : '[^/]+'));
		return { route: `${method} ${path}`, method, pattern: new RegExp(`^${pattern}$`), spelt: path.replace(/\{\w+\}/g, '').length };
	});
	const specificFirst = patterns.sort((a, b) => b.spelt - a.spelt);
	return (method, path) => specificFirst.find((one) => one.method === method && one.pattern.test(path))?.route;
}

/** Keeps what is no JSON as it came; of a form the journal gets the texts, and names and sizes of the files, of bytes their number. */
function takeAnyBody(app: FastifyInstance): void {
	app.decorateRequest('bytes', undefined);
	app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY }, async (request: FastifyRequest, body: Buffer) => {
		request.bytes = body;
		const type = String(request.headers['content-type']);
		return type.startsWith('multipart/form-data') ? await inForm(body, type) : { size: body.length };
	});
}

async function inForm(body: Buffer, type: string): Promise<object> {
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
	const texts: Record<string, unknown> = {};
	const files: object[] = [];
	for (const [name, value] of form) {
		if (typeof value === 'string') texts[name] = value.startsWith('[') || value.startsWith('{') ? JSON.parse(value) : value;
		else files.push({ name, filename: value.name, size: value.size });
	}
	return { ...texts, files };
}
