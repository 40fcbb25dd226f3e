/** One request as it arrived, and how it was answered. Holds no secrets and no file contents. */
export interface JournalEntry {
	index: number;
	/** time of arrival on the simulator's clock, ISO 8601 */
	at: string;
	method: string;
	/** method and path template, `GET /data/files/{source_file_id}/download`; null when no such call exists */
	route: string | null;
	path: string;
	query: Record<string, string[]>;
	/** whether an Authorization header came with it */
	authorized: boolean;
	/** those of its headers that the provider wants told, in lower case, secrets replaced; only where it names some */
	headers?: Record<string, string>;
	/** JSON as parsed, secrets replaced; of multipart the parts' names, file names and sizes in bytes */
	body?: unknown;
	/** null while the request is under way, and when the connection was cut without an answer */
	status: number | null;
	/** kind of the fault that was injected */
	fault?: string;
}

const LIMIT = 100_000;
const SECRET = /pass(word|phrase)|token|secret|api_?key|^mfa_session|^(refresh|access|pw)$/i;

/** Copies a JSON value, with passwords, tokens and keys replaced by `***`. */
export function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? '***' : withoutSecrets(inner)]),
	);
}

function readQuery(search: string): Record<string, string[]> {
	const query: Record<string, string[]> = {};
	if (search === '') return query;
	for (const [name, value] of new URLSearchParams(search)) {
		(query[name] ??= []).push(SECRET.test(name) ? '***' : value);
	}
	return query;
}

/** All requests a simulator got, oldest first, bounded to the last 100,000. */
export class Journal {
	private entries: JournalEntry[] = [];
	private next = 0;

	/**
	 * Opens the entry of a request that just arrived; body and status are set on it later.
	 *
	 * @param url path and query as sent
	 */
	open(request: { at: string; method: string; url: string; route: string | null; authorized: boolean }): JournalEntry {
		const { at, method, url, route, authorized } = request;
		const mark = url.indexOf('?');
		const entry: JournalEntry = {
			index: this.next++,
			at,
			method,
			route,
			path: mark < 0 ? url : url.slice(0, mark),
			query: readQuery(mark < 0 ? '' : url.slice(mark + 1)),
			authorized,
			status: null,
		};
		this.entries.push(entry);
		if (this.entries.length > LIMIT) this.entries.shift();
		return entry;
	}

	/**
	 * @param index of the first entry wanted
	 * @returns the entries from there on, and the index to ask for next time
	 */
	since(index = 0): { entries: JournalEntry[]; next: number } {
		const first = this.entries[0]?.index ?? this.next;
		return { entries: this.entries.slice(Math.max(0, index - first)), next: this.next };
	}

	/** Forgets the entries; the numbering goes on. */
	clear(): void {
		this.entries = [];
	}
}
