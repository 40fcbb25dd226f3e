import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import { rangeOf, streamOf } from '../shared/content.mts';
import type { StoredFile } from './records.mts';
import type { State } from './state.mts';
import type { Caller } from './views.mts';

// the lifetime is not published; an hour is what S3 gives
const LIFETIME_S = 3600;
const BUCKET = '/gencove-simulated-files';

interface Download {
	Params: { id: string; name: string };
	Querystring: Record<string, string | undefined>;
}

/** Presigned addresses of files, and the storage behind them: it asks for no credential, and reads none. */
export class Downloads {
	private readonly state: State;
	private readonly clock: Clock;
	private readonly key = randomBytes(32);

	constructor(state: State, clock: Clock) {
		this.state = state;
		this.clock = clock;
	}

	/** The address of a file, good for an hour from now. */
	address({ id, name }: StoredFile, { protocol, host }: Caller): string {
		const path = `${BUCKET}/${id}/${encodeURIComponent(name)}`;
		const seconds = Math.floor(this.clock.now() / 1000);
		const query = new URLSearchParams({
			'response-content-disposition': `attachment; filename=${name}`,
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Date': new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, ''),
			'X-Amz-Expires': String(LIFETIME_S),
			'X-Amz-Signature': this.sign(id, seconds),
		});
		return `${protocol}://${host}${path}?${query.toString()}`;
	}

	addRoutes(app: FastifyInstance): void {
		app.get<Download>(`${BUCKET}/:id/:name`, async (request, reply) => this.answer(request, reply));
	}

	private answer({ params: { id }, query, headers }: FastifyRequest<Download>, reply: FastifyReply) {
		const file = this.state.file(id);
		if (!file || !this.isGood(file, query)) return denied(reply);
		const { content } = file;
		const disposition = query['response-content-disposition'];
		if (disposition !== undefined) reply.header('content-disposition', disposition);
		reply.headers({ 'accept-ranges': 'bytes', etag: `"${id.replaceAll('-', '')}-${content.length}"` }).type('binary/octet-stream');
		const range = rangeOf(headers.range, content.length);
		if (range === undefined) return reply.header('content-length', content.length).send(streamOf(content));
		const [start, end] = range;
		if (start >= content.length) return outOfRange(reply, content.length);
		return reply
			.code(206)
			.headers({ 'content-range': `bytes ${start}-${end - 1}/${content.length}`, 'content-length': end - start })
			.send(streamOf(content, start, end));
	}

	private isGood({ id, expired }: StoredFile, query: Download['Querystring']): boolean {
		const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query['X-Amz-Date'] ?? '') ?? [];
		const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
		if (expired || this.state.settings.urlsExpired || query['X-Amz-Signature'] !== this.sign(id, signed)) return false;
		return signed + LIFETIME_S > this.clock.now() / 1000;
	}

	private sign(id: string, seconds: number): string {
		return createHmac('sha256', this.key).update(`${id} ${seconds}`).digest('hex');
	}
}

const denied = (reply: FastifyReply) =>
	reply.code(403).type('application/xml').send('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');

const outOfRange = (reply: FastifyReply, length: number) =>
	reply
		.code(416)
		.header('content-range', `bytes */${length}`)
		.type('application/xml')
		.send('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidRange</Code><Message>The requested range is not satisfiable</Message></Error>');
