import { createHash, createHmac } from 'node:crypto';

/** A request as far as it is signed (Signature Version 4 of AWS). */
export interface Signable {
	method: string;
	/** path and query as sent */
	url: string;
	headers: Record<string, string | string[] | undefined>;
}

/** What a request says of its signature, in its Authorization header or in its query. */
export interface Claim {
	keyId: string;
	/** YYYYMMDD */
	day: string;
	region: string;
	signedHeaders: string[];
	signature: string;
	/** YYYYMMDDTHHMMSSZ */
	date: string;
	token: string | undefined;
	/** seconds that an address is good for; undefined of a header */
	lifetime: number | undefined;
}

/** @returns undefined when it is not signed at all; null when what it says cannot be read */
export function claimOf({ url, headers }: Signable): Claim | undefined | null {
	const query = new URLSearchParams(url.split('?')[1] ?? '');
	if (query.has('X-Amz-Signature')) {
		const [keyId, day, region] = (query.get('X-Amz-Credential') ?? '').split('/');
		const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
		return { keyId, day, region, signedHeaders, signature: query.get('X-Amz-Signature')!, date: query.get('X-Amz-Date') ?? '', token: query.get('X-Amz-Security-Token') ?? undefined, lifetime: Number(query.get('X-Amz-Expires')) };
	}
	if (headers.authorization === undefined) return undefined;
	const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
	const [, keyId, day, region, signedHeaders, signature] = form.exec(String(headers.authorization)) ?? [];
	if (keyId === undefined) return null;
	const text = (name: string) => headers[name] as string | undefined;
	return { keyId, day, region, signedHeaders: signedHeaders.split(';'), signature, date: text('x-amz-date') ?? '', token: text('x-amz-security-token'), lifetime: undefined };
}

/** The signature that a request should have. */
export function signatureOf(request: Signable, { day, region, signedHeaders, date, lifetime }: Pick<Claim, 'day' | 'region' | 'signedHeaders' | 'date' | 'lifetime'>, secret: string): string {
	const payload = lifetime === undefined ? String(request.headers['x-amz-content-sha256']) : 'UNSIGNED-PAYLOAD';
	const scope = `${day}/${region}/s3/aws4_request`;
	const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical(request, signedHeaders, payload))].join('\n');
	const key = ['s3', 'aws4_request'].reduce((before, word) => hmac(before, word), hmac(hmac(`AWS4${secret}`, day), region));
	return createHmac('sha256', key).update(toSign).digest('hex');
}

/** The text of which a signature holds the hash. */
export function canonical({ method, url, headers }: Signable, signedHeaders: string[], payload: string): string {
	const [path, search = ''] = url.split(/\?(.*)/s);
	const query = search.split('&').filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='));
	const pairs = query.map((pair) => pair.split(/=(.*)/s).slice(0, 2)).map(([name, value = '']) => `${encoded(name)}=${encoded(value)}`);
	const lines = signedHeaders.map((name) => `${name}:${[headers[name]].flat().join(',').trim().replace(/ +/g, ' ')}\n`);
	return [method, path.split('/').map(encoded).join('/'), pairs.sort().join('&'), lines.join(''), signedHeaders.join(';'), payload].join('\n');
}

// what came encoded in one way or another, encoded as RFC 3986 has it
const encoded = (text: string): string => encodeURIComponent(decodeURIComponent(text)).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
