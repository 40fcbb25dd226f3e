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
	/** The service is out of reach, or busy: later it may answer. */
	readonly passing: boolean;

	constructor(message: string, more: { description?: string; status?: number; uncertain?: boolean; passing?: boolean } = {}) {
		super(message);
		this.name = 'Problem';
		this.description = more.description;
		this.status = more.status;
		this.uncertain = more.uncertain ?? false;
		this.passing = more.passing ?? false;
	}
}

/** Shortest text that is worth hiding: shorter ones would tear holes into every sentence. */
const SHORTEST_SECRET = 4;

const json = (text: string) => JSON.stringify(text).slice(1, -1);

/** How a secret may stand in what a server or a proxy echoes: as it is, in JSON of several kinds, in JSON inside JSON. */
function spellings(secret: string): string[] {
	const inJson = [json(secret), asciiJson(secret).slice(1, -1), secret.replaceAll('\\', '\\\\')];
	return [secret, ...inJson, ...inJson.map(json)];
}

/** All forms of a secret: each spelling, also in a path, in a query, and base64. */
function formsOf(secret: string): string[] {
	return [...new Set(spellings(secret).flatMap(encoded))];
}

function encoded(text: string): string[] {
	const base64 = Buffer.from(text, 'utf8').toString('base64');
	return [
		text,
		// half a character cannot be encoded
		encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')),
		new URLSearchParams({ text }).toString().slice('text='.length),
		base64,
		base64.replace(/=+$/, ''),
	];
}

/** Texts in base64: a whole request may be echoed so. */
const BASE64 = /[\w+/-]{16,}={0,2}/g;

function hidesOne(run: string, secrets: string[]): boolean {
	const text = Buffer.from(run, 'base64').toString('utf8');
	return secrets.flatMap(spellings).some((spelling) => text.includes(spelling));
}

/** JSON in which every character that is not ASCII is escaped: what cannot be misread whatever the character set. */
export function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Replaces every secret in a text, in all its forms; the longest first, so that no piece of a form is left. */
export function scrub(text: string, secrets: Iterable<string>): string {
	const hidden = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
	const forms = hidden.flatMap(formsOf).sort((a, b) => b.length - a.length);
	const clean = forms.reduce((rest, form) => rest.split(form).join('***'), text);
	return clean.replace(BASE64, (run) => (hidesOne(run, hidden) ? '***' : run));
}

/** Characters of an answer that is searched for base64, too: longer ones are data. */
const LONGEST_ECHO = 1 << 16;

/** Whether a text holds one of the secrets in one of their forms. */
export function holdsAny(text: string, secrets: readonly string[]): boolean {
	if (secrets.flatMap(formsOf).some((form) => text.includes(form))) return true;
	return text.length <= LONGEST_ECHO && scrub(text, secrets) !== text;
}

/** A copy of JSON with every secret replaced in its texts. */
export function scrubbed(value: unknown, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return scrub(value, secrets);
	if (Array.isArray(value)) return value.map((entry) => scrubbed(entry, secrets));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, entry]) => [scrub(name, secrets), scrubbed(entry, secrets)]));
}
