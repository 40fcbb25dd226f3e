import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { JournalEntry } from '../../simulators/shared/journal.mts';
import { merged, shapeOf, type Shape } from './shape.mts';

/** What the tests have seen of one operation. */
export interface Seen {
	/** Calls that it makes, in their order. */
	routes: string[];
	/** Shape of its output items as they come by default. */
	shape?: Shape;
	/** Names of the tests that ran it. */
	tests: string[];
}

/** What a test file reached of a provider, for `npm run coverage` and for the pages and schemas made from it. */
export class Coverage {
	private readonly operations: Record<string, Seen> = {};
	private readonly parameters = new Map<string, Set<string>>();
	private readonly provider: string;

	constructor(provider: string) {
		this.provider = provider;
	}

	/** An operation ran without an error: its output items, if they came as they do by default, and its requests. */
	executed(resource: string, operation: string, items: IDataObject[] | undefined, entries: JournalEntry[]): void {
		const seen = (this.operations[`${resource}.${operation}`] ??= { routes: [], tests: [] });
		for (const { route } of entries) if (route !== null && !seen.routes.includes(route)) seen.routes.push(route);
		const test = String(expect.getState().currentTestName);
		if (!seen.tests.includes(test)) seen.tests.push(test);
		for (const item of items ?? []) seen.shape = seen.shape ? merged(seen.shape, shapeOf(item)) : shapeOf(item);
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
		const content = { provider: this.provider, operations: this.operations, parameters };
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
