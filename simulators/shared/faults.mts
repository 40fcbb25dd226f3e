import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

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
	 */
	kind: 'status' | 'html' | 'delay' | 'cut' | 'truncate';
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	ms?: number;
	/** true: the request takes effect, only its answer is spoilt; `truncate` always does so */
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
		kind: { enum: ['status', 'html', 'delay', 'cut', 'truncate'] },
		status: { type: 'integer', minimum: 200, maximum: 599 },
		body: {},
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		ms: { type: 'integer', minimum: 0 },
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
	return fault.after === true || fault.kind === 'truncate';
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
 * @returns the body to send instead; never returns when the connection was closed
 */
export async function spoilAnswer(fault: Fault, reply: FastifyReply, payload: unknown): Promise<unknown> {
	if (fault.kind === 'delay') {
		await pause(fault.ms ?? 0);
		return payload;
	}
	if (fault.kind === 'truncate') {
		await sendHalf(reply, payload);
		return await new Promise(() => {});
	}
	if (payload instanceof Readable) payload.destroy();
	if (fault.kind === 'cut') {
		reply.raw.destroy();
		return await new Promise(() => {});
	}
	reply.removeHeader('content-disposition');
	return replacement(fault, reply);
}

// a stream has announced its length, as every file has
async function sendHalf(reply: FastifyReply, payload: unknown): Promise<void> {
	const body = payload instanceof Readable ? payload : [Buffer.from((payload ?? '') as string | Buffer)];
	const length = Array.isArray(body) ? body[0].length : Number(reply.getHeader('content-length'));
	let left = Math.floor(length / 2);
	reply.raw.writeHead(reply.statusCode, { ...reply.getHeaders(), 'content-length': length } as never);
	reply.raw.flushHeaders();
	for await (const piece of body as AsyncIterable<Buffer>) {
		await new Promise((resolve) => reply.raw.write(piece.subarray(0, left), resolve));
		left -= piece.length;
		if (left <= 0) break;
	}
	reply.raw.destroy();
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
