import type { FastifyRequest } from 'fastify';
import { S3Error } from './errors.mts';
import type { Storage } from './storage.mts';

/**
 * Lets in who may do this: keys for uploads put below their prefix, Explorer's keys do everything in the
 * organization's bucket, and read the shared one.
 *
 * @throws S3Error
 */
export function checkAccess({ keys, buckets }: Storage, { method, raw, headers }: FastifyRequest, bucket: string, key: string): void {
	const { uploadsBelow } = keys.check({ method, url: raw.url!, headers });
	const reads = method === 'GET' || method === 'HEAD';
	const may = uploadsBelow === undefined ? bucket === buckets.own || (bucket === buckets.shared && reads) : bucket === buckets.uploads && !reads && key.startsWith(uploadsBelow);
	if (!may) throw new S3Error('AccessDenied');
}
