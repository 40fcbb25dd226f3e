import { createHash } from 'node:crypto';
import { signatureOf } from '../../simulators/gencove/s3/signature.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

/** Keys for the storage, as the service gives them. */
export interface StorageKeys {
	access_key: string;
	secret_key: string;
	token: string;
}

interface Signing {
	body?: Buffer;
	headers?: Record<string, string>;
	region?: string;
	/** milliseconds since 1970 */
	at?: number;
}

/** Headers of a request line such as `PUT /bucket/key`, with its signature; what is signed can be told to be wrong. */
export function signedHeaders(endpoint: string, keys: StorageKeys, line: string, { body, headers = {}, region = 'us-east-1', at = Date.now() }: Signing = {}): Record<string, string> {
	const [method, url] = line.split(' ');
	const date = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
	const hash = createHash('sha256').update(body ?? '').digest('hex');
	const own: Record<string, string> = { 'x-amz-content-sha256': hash, 'x-amz-date': date, 'x-amz-security-token': keys.token, ...headers };
	const names = ['host', ...Object.keys(own)].sort();
	const claim = { day: date.slice(0, 8), region, signedHeaders: names, date, lifetime: undefined };
	const signature = signatureOf({ method, url, headers: { ...own, host: new URL(endpoint).host } }, claim, keys.secret_key);
	return { ...own, authorization: `AWS4-HMAC-SHA256 Credential=${keys.access_key}/${claim.day}/${region}/s3/aws4_request, SignedHeaders=${names.join(';')}, Signature=${signature}` };
}

/** Sends a request line, signed. */
export async function s3(endpoint: string, keys: StorageKeys, line: string, options: Signing = {}): Promise<Answer> {
	return await send(endpoint, line, { body: options.body, headers: signedHeaders(endpoint, keys, line, options) });
}

/** The text of an element of an XML answer. */
export const inXml = ({ text }: Answer, name: string): string | undefined => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(text)?.[1];
