import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { JournalEntry } from '../../simulators/shared/journal.mts';

/** What a test file reached of a provider, for `npm run coverage`. */
export class Coverage {
	private readonly operations = new Set<string>();
	private readonly parameters = new Map<string, Set<string>>();
	private readonly provider: string;

	constructor(provider: string) {
		this.provider = provider;
	}

	/** An operation ran without an error. */
	executed(resource: string, operation: string): void {
		this.operations.add(`${resource}.${operation}`);
	}

	/** Requests that the node sent: their calls, and the names of their parameters. */
	sent(entries: JournalEntry[]): void {
		for (const { route, query, body } of entries) {
			if (route === null) continue;
			const names = this.parameters.get(route) ?? new Set<string>();
			this.parameters.set(route, names);
			for (const name of [...Object.keys(query), ...(route.match(/\w+(?=\})/g) ?? []), ...bodyNames(body)]) names.add(name);
		}
	}

	/** Leaves the result where `npm run coverage` looks for it. */
	write(): void {
		const folder = join('.build', 'coverage');
		mkdirSync(folder, { recursive: true });
		const file = basename(expect.getState().testPath as string, '.test.mts');
		const parameters = Object.fromEntries([...this.parameters].map(([route, names]) => [route, [...names]]));
		const content = { provider: this.provider, operations: [...this.operations], parameters };
		writeFileSync(join(folder, `${this.provider}-${file}.json`), JSON.stringify(content));
	}
}

/** Names in a JSON body, nested ones with dots, those inside a list like those of one entry; files as `file:name`. */
function bodyNames(body: unknown, before = ''): string[] {
	if (Array.isArray(body)) return body.flatMap((entry) => bodyNames(entry, before));
	if (typeof body !== 'object' || body === null) return [];
	if ('filename' in body && 'name' in body) return [`file:${String(body.name)}`];
	return Object.entries(body).flatMap(([name, value]) => [`${before}${name}`, ...bodyNames(value, `${before}${name}.`)]);
}
