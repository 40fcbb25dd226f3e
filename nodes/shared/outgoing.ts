import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Api, Json, Outgoing } from './operation';
import { multipart, type Multipart } from './transfer';

/** What every request is sent with. */
export const COMMON = { returnFullResponse: true, disableFollowRedirect: true, sendCredentialsOnCrossOriginRedirect: false } as const;

/** n8n's HTTP client unpacks what comes packed, and keeps the packed length: a whole file would look broken off. */
export const UNPACKED = { 'accept-encoding': 'identity' };

/** ms until an answer must have begun, and until a file must, which a service may have to make first. */
const TIMEOUT = 60_000;
export const TIMEOUT_OF_FILES = 600_000;

/** The address of a request with its query. */
export function urlOf(api: Api, credential: ICredentialDataDecryptedObject, { path, query }: Outgoing): string {
	const url = new URL(api.address(credential, path));
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined) continue;
		const entries = Array.isArray(value) ? (api.lists === 'comma' ? [value.join(',')] : value) : [value];
		for (const entry of entries) url.searchParams.append(name, typeof entry === 'object' ? JSON.stringify(entry) : String(entry));
	}
	return url.href;
}

/** What the user, or the credential, wants of every request. */
interface Wishes {
	/** ms. */
	timeout?: number;
	ignoreSsl: boolean;
	allowedDomains: string | undefined;
}

/** A request as n8n's HTTP client takes it. */
export function httpOptions(outgoing: Outgoing, url: string, encoding: 'text' | 'stream', { timeout, ignoreSsl, allowedDomains }: Wishes): IHttpRequestOptions {
	const { method, headers, body, parts } = outgoing;
	const isUpload = parts.length > 0 || body instanceof Uint8Array || (isMultipart(body) && body.files > 0);
	const isJsonBody = isJson(body) && parts.length === 0;
	return {
		method,
		url,
		encoding,
		headers: { accept: 'application/json, */*;q=0.5', ...(encoding === 'stream' && UNPACKED), ...headers, ...(isJsonBody && { 'content-type': 'application/json' }) },
		body: payload(body, parts),
		...COMMON,
		timeout: isUpload ? 0 : (timeout ?? (encoding === 'stream' ? TIMEOUT_OF_FILES : TIMEOUT)),
		skipSslCertificateValidation: ignoreSsl,
		// n8n renews a log-in on 401 only where that status still is an error
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		allowedDomains,
	};
}

const isMultipart = (body: Outgoing['body']): body is Multipart => typeof body === 'object' && body !== null && Symbol.toStringTag in body && 'stream' in body;

const isJson = (body: Outgoing['body']): body is Json => body !== undefined && !(body instanceof Uint8Array) && !isMultipart(body);

function payload(body: Outgoing['body'], parts: Outgoing['parts']): IHttpRequestOptions['body'] {
	if (parts.length > 0) {
		const texts = Object.entries((body ?? {}) as Record<string, Json>).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
		return multipart(Object.fromEntries(texts) as Record<string, string>, parts) as unknown as Buffer;
	}
	return isJson(body) ? JSON.stringify(body) : (body as unknown as Buffer | undefined);
}
