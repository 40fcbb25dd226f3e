import { createHash, createHmac } from 'node:crypto';

/** Keys to a storage, as Gencove hands them out for some hours. */
export interface StorageKeys {
	access_key: string;
	secret_key: string;
	token: string;
	/** ISO 8601. */
	expiry_time: string;
}

/** A request to the storage that is to be signed. */
export interface StorageRequest {
	method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
	host: string;
	/** Encoded by `encoded`, with a slash in front. */
	path: string;
	query: Record<string, string>;
	/** Headers of the request that begin with x-amz-. */
	headers?: Record<string, string>;
	/** SHA-256 of the body in hexadecimal digits, or UNSIGNED. */
	payload: string;
}

/** In the place of the hash of a body that is streamed; only over https. */
export const UNSIGNED = 'UNSIGNED-PAYLOAD';

const ALGORITHM = 'AWS4-HMAC-SHA256';

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();

/** RFC 3986: all but letters, digits and - . _ ~. */
const encodedPart = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The key of an object as a path; slashes stay. */
export const encoded = (key: string): string => key.split('/').map(encodedPart).join('/');

/** A query as Amazon signs it: sorted by name. It goes out in the same form. */
export function queryText(query: Record<string, string>): string {
	return Object.entries(query)
		.map(([name, value]) => [encodedPart(name), encodedPart(value)])
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map((pair) => pair.join('='))
		.join('&');
}

/** Date and time as Amazon writes them: 20260319T105552Z. */
const stampOf = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** The headers that sign a request (AWS Signature Version 4, service s3). `time` in ms since 1970. */
export function signedHeaders(request: StorageRequest, keys: StorageKeys, region: string, time: number): Record<string, string> {
	const stamp = stampOf(time);
	const own: Record<string, string> = { ...request.headers, 'x-amz-content-sha256': request.payload, 'x-amz-date': stamp, 'x-amz-security-token': keys.token };
	const { scope, names, signature } = sign(request, { ...own, host: request.host }, queryText(request.query), keys, region, stamp);
	return { ...own, authorization: `${ALGORITHM} Credential=${keys.access_key}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}

/** The query of an address that anyone may read from for some seconds (a presigned URL). */
export function presignedQuery(request: Omit<StorageRequest, 'payload'>, keys: StorageKeys, region: string, time: number, seconds: number): string {
	const stamp = stampOf(time);
	const query = {
		...request.query,
		'X-Amz-Algorithm': ALGORITHM,
		'X-Amz-Credential': `${keys.access_key}/${scopeOf(stamp, region)}`,
		'X-Amz-Date': stamp,
		'X-Amz-Expires': String(seconds),
		'X-Amz-Security-Token': keys.token,
		'X-Amz-SignedHeaders': 'host',
	};
	const { signature } = sign({ ...request, payload: UNSIGNED }, { host: request.host }, queryText(query), keys, region, stamp);
	return `${queryText(query)}&X-Amz-Signature=${signature}`;
}

const scopeOf = (stamp: string, region: string) => `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;

function sign({ method, path, payload }: StorageRequest, headers: Record<string, string>, query: string, keys: StorageKeys, region: string, stamp: string) {
	const sorted = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
	const names = sorted.map(([name]) => name).join(';');
	const canonical = [method, path, query, ...sorted.map(([name, value]) => `${name}:${value.trim()}`), '', names, payload].join('\n');
	const scope = scopeOf(stamp, region);
	const key = [stamp.slice(0, 8), region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${keys.secret_key}`);
	const signature = hmac(key, [ALGORITHM, stamp, scope, sha256(canonical)].join('\n')).toString('hex');
	return { scope, names, canonical, signature };
}
