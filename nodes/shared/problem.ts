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

/**
 * Replaces every secret in a text, in the forms in which servers and proxies echo it: as it is, inside JSON,
 * URL-encoded and base64.
 */
export function scrub(text: string, secrets: Iterable<string>): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length < SHORTEST_SECRET) continue;
		const forms = [
			secret,
			JSON.stringify(secret).slice(1, -1),
			encodeURIComponent(secret),
			Buffer.from(secret, 'utf8').toString('base64'),
			Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, ''),
		];
		for (const form of forms) clean = clean.split(form).join('***');
	}
	return clean;
}
