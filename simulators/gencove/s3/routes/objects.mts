import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rangeOf, streamOf } from '../../../shared/content.mts';
import { checkAccess } from '../access.mts';
import { element, escaped, S3Error, sendXml } from '../errors.mts';
import { isFrozen, restore, restoreHeader, storageClass } from '../archive.mts';
import type { StoredObject } from '../objects.mts';
import { receive, receiveText } from '../receive.mts';
import type { Storage } from '../storage.mts';
import { readTags } from '../xml.mts';

const COPY_PIECE = 1024 * 1024;

interface ByKey {
	Params: { '*': string };
	Querystring: Record<string, string | undefined>;
}

/** What can be done with one object (as the S3 API has it): put whole or in parts, read, copy, tag, restore, delete. */
export function objectRoutes(app: FastifyInstance, storage: Storage, bucket: string): void {
	const { objects, clock } = storage;
	const path = `/${bucket}/*`;
	const keyOf = (request: FastifyRequest<ByKey>): string => {
		const key = request.params['*'];
		checkAccess(storage, request, bucket, key);
		return key;
	};
	const typeOf = ({ headers }: FastifyRequest) => headers['content-type'] ?? 'binary/octet-stream';

	app.put<ByKey>(path, async (request, reply) => {
		const [key, { uploadId, partNumber, tagging }] = [keyOf(request), request.query];
		if (uploadId !== undefined) return await putPart(request, reply, key, uploadId, Number(partNumber));
		if (tagging !== undefined) {
			objects.get(bucket, key).tags = readTags(await receiveText(request));
			return reply.send();
		}
		const source = request.headers['x-amz-copy-source'];
		if (source !== undefined) return copy(request, reply, key, decodeURIComponent(String(source)));
		const content = objects.newSpool();
		const sum = await receive(request, (piece, offset) => content.write(piece, offset)).catch((error: Error) => {
			content.close();
			throw error;
		});
		const etag = `"${sum.toString('hex')}"`;
		objects.put(bucket, key, { content, etag, modifiedAt: clock.now(), contentType: typeOf(request) });
		storage.arrived(bucket, key);
		return reply.header('etag', etag).send();
	});

	app.post<ByKey>(path, async (request, reply) => {
		const [key, query] = [keyOf(request), request.query];
		if (query.uploads !== undefined) {
			const id = objects.begin(bucket, key, typeOf(request));
			return sendXml(reply, 'InitiateMultipartUploadResult', element('Bucket', bucket), element('Key', escaped(key)), element('UploadId', id));
		}
		if (query.restore !== undefined) return reply.code(restore(objects.get(bucket, key), await receiveText(request), clock)).send();
		if (query.uploadId === undefined) throw new S3Error('MethodNotAllowed');
		const multipart = objects.multipart(bucket, key, query.uploadId);
		const { content, etag } = multipart.join(partsIn(await receiveText(request)));
		objects.put(bucket, key, { content, etag, modifiedAt: clock.now(), contentType: multipart.contentType });
		objects.end(multipart.id, false);
		storage.arrived(bucket, key);
		return sendXml(reply, 'CompleteMultipartUploadResult', element('Bucket', bucket), element('Key', escaped(key)), element('ETag', escaped(etag)));
	});

	app.delete<ByKey>(path, async (request, reply) => {
		const [key, { uploadId, tagging }] = [keyOf(request), request.query];
		if (uploadId !== undefined) objects.end(objects.multipart(bucket, key, uploadId).id, true);
		else if (tagging !== undefined) objects.get(bucket, key).tags = {};
		else objects.delete(bucket, key);
		return reply.code(204).send();
	});

	app.route<ByKey>({
		method: ['GET', 'HEAD'],
		url: path,
		handler: async (request, reply) => {
			const object = objects.get(bucket, keyOf(request));
			if (request.query.tagging !== undefined) {
				const tags = Object.entries(object.tags).map(([name, value]) => element('Tag', element('Key', escaped(name)), element('Value', escaped(value))));
				return sendXml(reply, 'Tagging', element('TagSet', ...tags));
			}
			const { content, etag, modifiedAt, contentType } = object;
			reply.headers({ etag, 'last-modified': new Date(modifiedAt).toUTCString(), 'accept-ranges': 'bytes', ...restoreHeader(object, clock) }).type(contentType);
			if (storageClass(object) !== 'STANDARD') reply.header('x-amz-storage-class', storageClass(object));
			if (request.method === 'HEAD') return reply.header('content-length', content.length).send();
			if (isFrozen(object, clock)) throw new S3Error('InvalidObjectState');
			const range = rangeOf(request.headers.range, content.length);
			if (range && range[0] >= content.length) throw new S3Error('InvalidRange');
			const [start, end] = range ?? [0, content.length];
			if (range) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${content.length}`);
			return reply.header('content-length', end - start).send(streamOf(content, start, end));
		},
	});

	async function putPart(request: FastifyRequest<ByKey>, reply: FastifyReply, key: string, uploadId: string, number: number) {
		const multipart = objects.multipart(bucket, key, uploadId);
		const source = request.headers['x-amz-copy-source'];
		if (source !== undefined) return copyPart(request, reply, multipart, number, decodeURIComponent(String(source)));
		const length = Number(request.headers['content-length']);
		const offset = multipart.reserve(length);
		const sum = await receive(request, (piece, place) => multipart.spool.write(piece, offset + place));
		const etag = `"${sum.toString('hex')}"`;
		multipart.put(number, { offset, length, etag });
		return reply.header('etag', etag).send();
	}

	/** A part that is a range of another object. */
	function copyPart({ headers }: FastifyRequest<ByKey>, reply: FastifyReply, multipart: ReturnType<typeof objects.multipart>, number: number, source: string) {
		const { content } = readable(source);
		const [start, end] = rangeOf(headers['x-amz-copy-source-range'] as string | undefined, content.length) ?? [0, content.length];
		const [offset, md5] = [multipart.reserve(end - start), createHash('md5')];
		for (let at = start; at < end; ) {
			const piece = content.read(at, Math.min(COPY_PIECE, end - at));
			md5.update(piece);
			multipart.spool.write(piece, offset + at - start);
			at += piece.length;
		}
		const etag = `"${md5.digest('hex')}"`;
		multipart.put(number, { offset, length: end - start, etag });
		return sendXml(reply, 'CopyPartResult', element('LastModified', new Date(clock.now()).toISOString()), element('ETag', escaped(etag)));
	}

	/** The object that a copy reads. */
	function readable(source: string): StoredObject {
		const [from, ...rest] = source.replace(/^\//, '').split('/');
		if (from !== storage.buckets.own && from !== storage.buckets.shared) throw new S3Error('AccessDenied');
		const object = objects.get(from, rest.join('/'));
		if (isFrozen(object, clock)) throw new S3Error('InvalidObjectState');
		return object;
	}

	function copy(request: FastifyRequest<ByKey>, reply: FastifyReply, key: string, source: string) {
		const object = readable(source);
		const tags = request.headers['x-amz-tagging-directive'] === 'REPLACE' ? Object.fromEntries(new URLSearchParams(String(request.headers['x-amz-tagging'] ?? ''))) : object.tags;
		const modifiedAt = clock.now();
		objects.put(bucket, key, { ...object, tags, restored: null, modifiedAt });
		return sendXml(reply, 'CopyObjectResult', element('LastModified', new Date(modifiedAt).toISOString()), element('ETag', escaped(object.etag)));
	}
}

const partsIn = (xml: string) =>
	[...xml.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part]) => {
		const etag = /<ETag>(?:"|&quot;|&#34;)?([^<&"]*)(?:"|&quot;|&#34;)?<\/ETag>/.exec(part)?.[1];
		return { number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]), etag: `"${etag}"` };
	});
