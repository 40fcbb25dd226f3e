/**
 * What went wrong, in words for the person who draws the workflow. Everything in the engine and in the providers
 * throws this; `execute` makes n8n's errors out of it.
 */
export class Problem extends Error {
	/** What to do about it. */
	readonly description?: string;
	/** HTTP status of the answer, where there was one. */
	readonly status?: number;
	/** A write that may have arrived: it must not be sent again. */
	readonly uncertain: boolean;

	constructor(message: string, more: { description?: string; status?: number; uncertain?: boolean } = {}) {
		super(message);
		this.name = 'Problem';
		this.description = more.description;
		this.status = more.status;
		this.uncertain = more.uncertain ?? false;
	}
}

/** Shortest text that is worth hiding: shorter ones would tear holes into every sentence. */
const SHORTEST_SECRET = 4;

/** The forms in which servers and proxies echo a secret: as it is, inside JSON, in a path, in a query, and base64. */
function formsOf(secret: string): string[] {
	const base64 = Buffer.from(secret, 'utf8').toString('base64');
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		// half a character cannot be encoded
		encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd')),
		new URLSearchParams({ secret }).toString().slice('secret='.length),
		base64,
		base64.replace(/=+$/, ''),
	];
}

/** Replaces every secret in a text, in all its forms; the longest first, so that no piece of a form is left. */
export function scrub(text: string, secrets: Iterable<string>): string {
	const forms = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf);
	return forms.sort((a, b) => b.length - a.length).reduce((clean, form) => clean.split(form).join('***'), text);
}
