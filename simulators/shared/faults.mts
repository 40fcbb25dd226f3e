import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { withEcho } from './echo.mts';
import type { EchoForm } from './echo.mts';

/** A fault on demand. */
export interface Fault {
	/** which requests: method, and a part of the path or a regular expression for it; default all */
	method?: string;
	path?: string;
	/** how many requests it hits; default 1 */
	times?: number;
	/** how many matching requests it lets pass first; default 0 */
	skip?: number;
	/**
	 * - `status`: answers `status` (default 500) with `body` and `headers`
	 * - `html`: the same with an HTML page, as a proxy in front would (default 502)
	 * - `delay`: answers `ms` (real milliseconds) later
	 * - `cut`: closes the connection without an answer
	 * - `truncate`: closes the connection after half of the answer's body
	 * - `shorten`: sends half of the answer's body as if it were the whole
	 * - `stall`: pauses for `ms` (default 30,000 real milliseconds) after half of the answer's body
	 * - `echo`: as `status`, and each `{{name}}` in `body` becomes what the request sent under that name, as `form` says
	 */
	kind: 'status' | 'html' | 'delay' | 'cut' | 'truncate' | 'shorten' | 'stall' | 'echo';
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	ms?: number;
	/** of what is echoed; default `raw` */
	form?: EchoForm;
	/** true: the request takes effect, only its answer is spoilt; the kinds from `truncate` on always do so */
	after?: boolean;
}

/** JSON schema of a fault, for the control route. */
export const faultSchema = {
	type: 'object',
	required: ['kind'],
	additionalProperties: false,
	properties: {
		method: { type: 'string' },
		path: { type: 'string' },
		times: { type: 'integer', minimum: 1 },
		skip: { type: 'integer', minimum: 0 },
		kind: { enum: ['status', 'html', 'delay', 'cut', 'truncate', 'shorten', 'stall', 'echo'] },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		body: {},
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		ms: { type: 'integer', minimum: 0 },
		form: { enum: ['raw', 'json', 'base64', 'url'] },
		after: { type: 'boolean' },
	},
} as const;

interface Armed {
	fault: Fault;
	hits: (path: string) => boolean;
	skip: number;
	times: number;
}

function pathTest(text = ''): (path: string) => boolean {
	try {
		const pattern = new RegExp(text);
		return (path) => path.includes(text) || pattern.test(path);
	} catch {
		return (path) => path.includes(text);
	}
}

/** The faults that are waiting for their requests. */
export class Faults {
	private armed: Armed[] = [];

	add(fault: Fault): void {
		this.armed.push({ fault, hits: pathTest(fault.path), skip: fault.skip ?? 0, times: fault.times ?? 1 });
	}

	clear(): void {
		this.armed = [];
	}

	/** Whether some are left. */
	get areWaiting(): boolean {
		return this.armed.length > 0;
	}

	/** The fault that hits this request, if any; counts it. */
	take(method: string, path: string): Fault | undefined {
		for (const armed of this.armed) {
			const { fault } = armed;
			if (fault.method && fault.method.toUpperCase() !== method) continue;
			if (!armed.hits(path)) continue;
			if (armed.skip > 0) {
				armed.skip--;
				continue;
			}
			armed.times--;
			if (armed.times === 0) this.armed = this.armed.filter((other) => other !== armed);
			return fault;
		}
		return undefined;
	}
}

/** Whether the request is to be carried out before the fault shows. */
export function spoilsAnswer(fault: Fault): boolean {
	return fault.after === true || ['truncate', 'shorten', 'stall', 'echo'].includes(fault.kind);
}

/**
 * Carries a fault out before the request has any effect: answers in the provider's place, or waits.
 *
 * @returns whether the request goes on
 */
export async function spoilRequest(fault: Fault, reply: FastifyReply): Promise<boolean> {
	if (fault.kind === 'delay') {
		await pause(fault.ms ?? 0);
		return true;
	}
	if (fault.kind === 'cut') {
		reply.hijack();
		reply.raw.destroy();
		return false;
	}
	reply.send(replacement(fault, reply));
	return false;
}

/**
 * Carries a fault out on an answer that is ready to be sent.
 *
 * @param payload the body about to be sent
 * @returns the body to send instead; never returns when it has sent something itself, or closed the connection
 */
export async function spoilAnswer(fault: Fault, reply: FastifyReply, payload: unknown): Promise<unknown> {
	if (fault.kind === 'delay') {
		await pause(fault.ms ?? 0);
		return payload;
	}
	if (fault.kind === 'truncate' || fault.kind === 'shorten' || fault.kind === 'stall') {
		await sendInHalves(fault, reply, payload);
		return await new Promise(() => {});
	}
	// what comes from a server behind complains when it is thrown away
	if (payload instanceof Readable) payload.on('error', () => undefined).destroy();
	if (fault.kind === 'cut') {
		reply.raw.destroy();
		return await new Promise(() => {});
	}
	reply.removeHeader('content-disposition');
	if (fault.kind === 'echo') return replacement({ ...fault, body: withEcho(fault.body, reply.request.sent ?? {}, fault.form) }, reply);
	return replacement(fault, reply);
}

// a stream has announced its length, as every file has
async function sendInHalves({ kind, ms = 30_000 }: Fault, reply: FastifyReply, payload: unknown): Promise<void> {
	const body = payload instanceof Readable ? payload : [Buffer.from((payload ?? '') as string | Buffer)];
	const length = Array.isArray(body) ? body[0].length : Number(reply.getHeader('content-length'));
	const half = Math.floor(length / 2);
	reply.raw.writeHead(reply.statusCode, { ...reply.getHeaders(), 'content-length': kind === 'shorten' ? half : length } as never);
	reply.raw.flushHeaders();
	let sent = 0;
	for await (const piece of cutAt(body as AsyncIterable<Buffer>, half)) {
		if (sent === half) {
			if (kind !== 'stall') break;
			await pause(ms);
		}
		await new Promise((resolve) => reply.raw.write(piece, resolve));
		sent += piece.length;
	}
	if (kind === 'truncate') reply.raw.destroy();
	else reply.raw.end();
}

// the same bytes, one piece ending at the given place
async function* cutAt(body: AsyncIterable<Buffer>, place: number): AsyncGenerator<Buffer> {
	let left = place;
	for await (const piece of body) {
		if (left > 0 && left < piece.length) yield piece.subarray(0, left);
		yield piece.subarray(left > 0 && left < piece.length ? left : 0);
		left -= piece.length;
	}
}

function replacement(fault: Fault, reply: FastifyReply): string {
	reply.headers(fault.headers ?? {});
	if (fault.kind === 'html') {
		const status = fault.status ?? 502;
		reply.code(status).type('text/html; charset=utf-8');
		return String(fault.body ?? `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`);
	}
	reply.code(fault.status ?? 500).type('application/json; charset=utf-8');
	return typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? { detail: 'Fault on demand' });
}
