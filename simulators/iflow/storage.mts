import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import { rangeOf, streamOf } from '../shared/content.mts';
import { Spool } from '../shared/spool.mts';
import type { Objects } from './objects.mts';
import { sendStorageError, StorageError } from './storage-errors.mts';

/** Seconds that a signed address is good for (contract, section 6). */
export const LIFETIME_S = 900;

interface Signed {
	method: string;
	bucket: string;
	key: string;
	/** of an upload; empty for a download */
	contentType: string;
}

type Query = Record<string, string | undefined>;

/** The storage behind the service: addresses that are signed for one thing each, and what answers there. */
export class Storage {
	readonly objects: Objects;
	private readonly clock: Clock;
	private readonly secret = randomBytes(32);
	/** milliseconds since 1970; what was signed before counts as expired */
	private expired = -Infinity;

	constructor({ objects, clock }: { objects: Objects; clock: Clock }) {
		this.objects = objects;
		this.clock = clock;
	}

	reset(): void {
		this.expired = -Infinity;
		this.objects.reset();
	}

	/** Ends all addresses there are. */
	expire(): void {
		this.expired = this.clock.now();
	}

	/** A signed address. @param base scheme and host as the caller knows them */
	address(base: string, signed: Signed): string {
		const at = this.clock.now();
		const query = new URLSearchParams({ 'X-Sim-Date': String(at), 'X-Sim-Expires': String(LIFETIME_S), 'X-Sim-Signature': this.sign(signed, at) });
		const path = [signed.bucket, ...signed.key.split('/')].map(encodeURIComponent).join('/');
		return `${base}/storage/${path}?${query.toString()}`;
	}

	addRoutes(app: FastifyInstance): void {
		app.register(
			async (storage) => {
				storage.setErrorHandler(async (error: Error, _request, reply) => sendStorageError(reply, error));
				// bodies go to files, piece by piece
				storage.removeAllContentTypeParsers();
				storage.addContentTypeParser('*', (_request, _body, done) => done(null));
				const url = '/:bucket/*';
				storage.get(url, { config: { call: 'GET /storage/{bucket}/{+key}' } }, async (request, reply) => this.give(this.check(request), request, reply));
				storage.put(url, { config: { call: 'PUT /storage/{bucket}/{+key}' } }, async (request, reply) => await this.take(this.check(request), request, reply));
				storage.route({ method: ['POST', 'PATCH', 'DELETE', 'HEAD'], url, config: { otherVerb: true }, handler: async (request) => this.check(request) });
			},
			{ prefix: '/storage' },
		);
	}

	/** What a request asks for, if its address allows it (contract, section 12, 16); throws StorageError. */
	private check({ method, params, query, headers }: FastifyRequest): Signed {
		if (headers.authorization !== undefined || headers['x-project-id'] !== undefined) throw new StorageError('InvalidArgument', 'Only one auth mechanism allowed');
		const { bucket, '*': key } = params as { bucket: string; '*': string };
		const { 'X-Sim-Date': at = '', 'X-Sim-Signature': signature = '' } = query as Query;
		const signed = { method, bucket, key, contentType: method === 'PUT' ? (headers['content-type'] ?? '') : '' };
		const [own, sent] = [Buffer.from(this.sign(signed, Number(at))), Buffer.from(signature)];
		if (own.length !== sent.length || !timingSafeEqual(own, sent)) throw new StorageError('SignatureDoesNotMatch');
		if (Number(at) <= this.expired || Number(at) + LIFETIME_S * 1000 < this.clock.now()) throw new StorageError('ExpiredToken');
		return signed;
	}

	private give({ bucket, key }: Signed, { headers }: FastifyRequest, reply: FastifyReply) {
		const { content, contentType, modifiedAt } = this.objects.get(bucket, key);
		reply.headers({ 'accept-ranges': 'bytes', 'last-modified': new Date(modifiedAt).toUTCString() }).type(contentType);
		const range = rangeOf(headers.range, content.length);
		if (range === undefined) return reply.header('content-length', content.length).send(streamOf(content));
		const [start, end] = range;
		if (start >= content.length) throw new StorageError('InvalidRange');
		reply.headers({ 'content-range': `bytes ${start}-${end - 1}/${content.length}`, 'content-length': end - start });
		return reply.code(206).send(streamOf(content, start, end));
	}

	private async take({ bucket, key, contentType }: Signed, { raw, headers }: FastifyRequest, reply: FastifyReply) {
		if (headers['content-length'] === undefined) throw new StorageError('MissingContentLength');
		const content = new Spool();
		try {
			for await (const piece of raw as AsyncIterable<Buffer>) content.write(piece, content.length);
		} catch (error) {
			content.close();
			throw error;
		}
		this.objects.put(bucket, key, { content, contentType });
		return reply.code(200).send();
	}

	private sign({ method, bucket, key, contentType }: Signed, at: number): string {
		return createHmac('sha256', this.secret).update(JSON.stringify([method, bucket, key, contentType, at])).digest('hex');
	}
}
