import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkAccess } from '../access.mts';
import { storageClass } from '../archive.mts';
import { element, escaped, S3Error, sendXml } from '../errors.mts';
import { receiveText } from '../receive.mts';
import type { Storage } from '../storage.mts';
import { allOf, textOf } from '../xml.mts';

const LARGEST_PAGE = 1000;

interface InBucket {
	Querystring: Record<string, string | undefined>;
}

/** What can be done with a bucket: list what is in it, and delete several things at once. */
export function bucketRoutes(app: FastifyInstance, storage: Storage, bucket: string): void {
	for (const path of [`/${bucket}`, `/${bucket}/`]) {
		app.get<InBucket>(path, async (request, reply) => {
			checkAccess(storage, request, bucket, '');
			if (request.query['list-type'] !== '2') throw new S3Error('NotImplemented');
			return sendXml(reply, 'ListBucketResult', ...list(request));
		});

		app.post<InBucket>(path, async (request, reply) => {
			if (request.query.delete === undefined) throw new S3Error('MethodNotAllowed');
			checkAccess(storage, request, bucket, '');
			const keys = allOf(await receiveText(request), 'Object').map((object) => textOf(object, 'Key') ?? '');
			for (const key of keys) storage.objects.delete(bucket, key);
			return sendXml(reply, 'DeleteResult', ...keys.map((key) => element('Deleted', element('Key', escaped(key)))));
		});
	}

	// version 2 of the list; a token to go on is the last key of the page before
	function list({ query }: FastifyRequest<InBucket>): string[] {
		const { prefix = '', delimiter = '', 'max-keys': asked, 'continuation-token': token = '', 'start-after': after = '' } = query;
		const most = Math.min(Number(asked ?? LARGEST_PAGE), LARGEST_PAGE);
		const encoded = (text: string) => (query['encoding-type'] === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : escaped(text));
		const begin = token === '' ? after : Buffer.from(token, 'base64url').toString();
		const rows: Array<{ last: string; xml: string }> = [];
		for (const [key, object] of storage.objects.in(bucket)) {
			if (!key.startsWith(prefix) || key <= begin) continue;
			const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
			const folder = end < 0 ? undefined : key.slice(0, end + delimiter.length);
			const before = rows.at(-1);
			if (folder !== undefined && before?.xml === element('CommonPrefixes', element('Prefix', encoded(folder)))) before.last = key;
			else if (folder !== undefined) rows.push({ last: key, xml: element('CommonPrefixes', element('Prefix', encoded(folder))) });
			else rows.push({ last: key, xml: element('Contents', element('Key', encoded(key)), element('LastModified', new Date(object.modifiedAt).toISOString()), element('ETag', escaped(object.etag)), element('Size', String(object.content.length)), element('StorageClass', storageClass(object))) });
		}
		const page = rows.slice(0, most);
		const next = rows.length > most ? element('NextContinuationToken', Buffer.from(page.at(-1)!.last).toString('base64url')) : '';
		const encoding = query['encoding-type'] === 'url' ? element('EncodingType', 'url') : '';
		return [element('Name', bucket), element('Prefix', encoded(prefix)), element('Delimiter', encoded(delimiter)), encoding, element('KeyCount', String(page.length)), element('MaxKeys', String(most)), element('IsTruncated', String(rows.length > most)), next, ...page.map(({ xml }) => xml)];
	}
}
