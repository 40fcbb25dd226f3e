import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** An answer of the service: status, headers with lower-case names, and the body as it was asked for. */
export interface Answer<Body = unknown> {
	status: number;
	headers: Record<string, string | undefined>;
	body: Body;
}

/** A request that got no answer. */
export interface Silence {
	/** Node's error code: ECONNREFUSED, ETIMEDOUT... */
	code?: string;
	message: string;
	/** What n8n says to do about it, where it does. */
	description?: string;
}

export const isAnswered = (heard: Answer | Silence): heard is Answer => 'status' in heard;

/** n8n's full response, or what its HTTP client threw, in one form. n8n's own error is dropped: it may hold the request. */
export async function heard(request: Promise<unknown>): Promise<Answer | Silence> {
	try {
		const { statusCode, headers, body } = (await request) as IN8nHttpFullResponse;
		return { status: statusCode, headers: headers as Answer['headers'], body };
	} catch (cause) {
		const error = cause as {
			message: string;
			description?: string | null;
			code?: string;
			cause?: { code?: string; response?: { status: number; headers: Answer['headers']; data: unknown } };
		};
		const refused = error.cause?.response;
		// a good status in an error is that of an answer that broke off
		if (refused && refused.status >= 300) return { status: refused.status, headers: refused.headers, body: refused.data };
		return { code: error.cause?.code ?? error.code, message: error.message, description: error.description ?? undefined };
	}
}

/** The content of an answer: JSON, the text where it is none, undefined for nothing. */
export function parsed(body: unknown): unknown {
	if (typeof body !== 'string' || body === '') return undefined;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}

/** Whether an answer in JSON ends in its middle: what stands between has cut it, and not told. */
export function isCut({ headers, body }: Answer): boolean {
	if (typeof body !== 'string' || !/^application\/json\b/i.test(headers['content-type'] ?? '')) return false;
	const text = body.trim();
	return /^[[{]/.test(text) && text.at(-1) !== (text.startsWith('[') ? ']' : '}');
}
