import type { IDataObject } from 'n8n-workflow';

import type { Carried } from '../shared/operation';
import { rows, type FetchPage, type Pages } from '../shared/pages';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';

/** Rows of a page, the fewest that are asked for, and those of the one page that is asked for where there are no others. */
const PAGE = 100;
const FEWEST = 20;
const ALL_AT_ONCE = 1000;

interface List {
	rows: IDataObject[];
	/** How many there are, where the answer tells. */
	total: number;
}

/** The rows of a list: an array, or the first array in an envelope. Throws a Problem where there is none. */
export function listIn(answer: unknown): List {
	if (Array.isArray(answer)) return { rows: answer as IDataObject[], total: Infinity };
	const envelope = (answer ?? {}) as Record<string, unknown>;
	const found = [envelope.items, envelope.data, envelope.results, ...Object.values(envelope)].find(Array.isArray);
	if (found) return { rows: found as IDataObject[], total: Number(envelope.total ?? envelope.count ?? envelope.total_count ?? Infinity) };
	throw new Problem('The list came in a form that is not known', { description: 'It is no list' });
}

/** Asks for a page; where the service finds its limit too high, for half of it. */
async function fetchPage(fetch: FetchPage, limit: number, offset: number): Promise<List & { limit: number }> {
	const answer = await fetch({ limit, ...(offset > 0 && { offset }) }).catch((cause: Problem) => {
		if (cause.status !== 422 || !/limit/.test(cause.message) || limit <= FEWEST) throw cause;
	});
	if (answer !== undefined) return { ...listIn(answer), limit };
	return await fetchPage(fetch, Math.max(FEWEST, Math.floor(limit / 2)), offset);
}

/**
 * The lists of iFlow: 'limit', and 'offset', which not every server knows (contract, section 9). One that gives the same rows
 * again is asked for all of them at once. Throws a Problem where even that does not show the end.
 */
export const pages: Pages = async function* (fetch, wanted, skip = 0) {
	const seen = new Set<unknown>();
	let limit = Math.min(wanted, PAGE);
	for (let offset = skip * limit; ; ) {
		const page = await fetchPage(fetch, limit, offset);
		limit = page.limit;
		const isKnown = page.rows.length > 0 && page.rows.every(({ id }) => seen.has(id));
		if (isKnown) {
			yield await atOnce(fetch);
			return;
		}
		for (const { id } of page.rows) seen.add(id);
		offset += page.rows.length;
		// a server may give fewer rows than it was asked for; it is believed when it tells how many there are
		const isFull = page.total === Infinity ? page.rows.length >= limit : page.rows.length > 0;
		const hasNext = isFull && offset < page.total;
		yield { rows: page.rows, hasNext };
		if (!hasNext) return;
	}
};

async function atOnce(fetch: FetchPage) {
	const { rows: found, limit } = await fetchPage(fetch, ALL_AT_ONCE, 0);
	if (found.length < limit) return { rows: found, hasNext: false };
	throw new Problem('The list cannot be read to its end', { description: `This iFlow gives its first ${found.length} rows alone. Narrow the filters, or switch "Return All" off` });
}

/** A list that comes whole. */
export const whole: Pages = async function* (fetch) {
	yield { rows: listIn(await fetch({})).rows, hasNext: false };
};

/** All rows of a list, one page of them in memory. */
export function everyRow(connection: Connection, line: string, { path, query, headers }: Pick<Carried, 'path' | 'query' | 'headers'> = {}): AsyncGenerator<IDataObject> {
	return rows(pages(async (page) => await connection.send(line, { path, query: { ...query, ...page }, headers }), Infinity), Infinity);
}
