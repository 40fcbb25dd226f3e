import type { IDataObject } from 'n8n-workflow';

import type { Place } from './storage';

/** What a folder holds: a file, or a folder below it. */
export interface Entry extends IDataObject {
	key: string;
	type: 'file' | 'folder';
	size?: number;
	modified?: string;
	storageClass?: string;
}

const elements = (xml: string, name: string) => [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inner]) => inner);
const inside = (xml: string, name: string): string | undefined => elements(xml, name).at(0);

/** Keys come encoded as in a query, since XML cannot hold all characters. */
const decoded = (text = '') => decodeURIComponent(text.replace(/\+/g, ' '));

/**
 * What begins with the key of a place, a page of the storage at a time (Amazon S3, ListObjectsV2): what stands
 * directly there, or all that is below it.
 */
export async function* entriesAt({ bucket, key }: Place, isDeep: boolean): AsyncGenerator<Entry> {
	for (let token: string | undefined = ''; token !== undefined; ) {
		const query: Record<string, string> = { 'list-type': '2', 'encoding-type': 'url', prefix: key, ...(!isDeep && { delimiter: '/' }), ...(token && { 'continuation-token': token }) };
		const xml = String((await bucket.send('GET', '', { query })).body);
		for (const folder of elements(xml, 'CommonPrefixes')) yield { key: decoded(inside(folder, 'Prefix')), type: 'folder' };
		for (const content of elements(xml, 'Contents')) {
			const entry = entryIn(content);
			// an empty object may stand for the folder itself
			if (isDeep || entry.key !== key) yield entry;
		}
		token = inside(xml, 'IsTruncated') === 'true' ? inside(xml, 'NextContinuationToken') : undefined;
	}
}

function entryIn(xml: string): Entry {
	const key = decoded(inside(xml, 'Key'));
	return {
		key,
		type: key.endsWith('/') ? 'folder' : 'file',
		size: Number(inside(xml, 'Size')),
		modified: inside(xml, 'LastModified'),
		storageClass: inside(xml, 'StorageClass') ?? 'STANDARD',
	};
}
