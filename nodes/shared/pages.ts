import type { IDataObject } from 'n8n-workflow';

import type { Json } from './operation';
import { Problem } from './problem';

/** Fetches one page: the answer to the list's request with these entries added to its query. */
export type FetchPage = (query: Record<string, Json>) => Promise<unknown>;

export interface Page {
	rows: IDataObject[];
	/** Whether the service says that more follow. */
	hasNext: boolean;
}

/**
 * A paging style: yields pages, one held at a time. `wanted` is how many rows are asked for; `skip` pages are left out
 * at the start, for a list that is shown page by page.
 */
export type Pages = (fetch: FetchPage, wanted: number, skip?: number) => AsyncGenerator<Page>;

/** Rows asked for at once when all are wanted. */
const PAGE_SIZE = 100;

/**
 * Page numbers from 1 in an envelope { count, next, results }. Ends where `next` is null or the page is empty;
 * `next` itself is never followed, since it may name another host. `sizes.most` is the largest page that the
 * service is known to give.
 */
export function pageNumbers(names: { page: string; size: string; most?: number }): Pages {
	return async function* (fetch, wanted, skip = 0) {
		const size = Math.min(wanted, names.most ?? PAGE_SIZE);
		for (let page = 1 + skip; ; page++) {
			const answer = (await fetch({ [names.page]: page, [names.size]: size })) as { results?: IDataObject[]; next?: unknown };
			if (!Array.isArray(answer?.results)) throw unknownForm();
			const hasNext = Boolean(answer.next) && answer.results.length > 0;
			yield { rows: answer.results, hasNext };
			if (!hasNext) return;
		}
	};
}

const unknownForm = () => new Problem('The list came in a form that is not known', { description: 'It holds no "results"' });

/**
 * `limit` and `offset` in an envelope { meta: { next }, results }, as Django's services have it. Ends where `next` is
 * null or the page is empty; only the offset is taken out of `next`, which may name another host. `most` is the
 * largest page that the service gives.
 */
export function offsets(most: number): Pages {
	return async function* (fetch, wanted, skip = 0) {
		const limit = Math.min(wanted, most);
		for (let offset = skip * limit; ; ) {
			const { results, meta } = ((await fetch({ limit, offset })) ?? {}) as { results?: IDataObject[]; meta?: { next?: string | null } };
			if (!Array.isArray(results)) throw unknownForm();
			const hasNext = Boolean(meta?.next) && results.length > 0;
			yield { rows: results, hasNext };
			if (!hasNext) return;
			offset = Number(/[?&]offset=(\d+)/.exec(String(meta?.next))?.[1] ?? offset + results.length);
		}
	};
}

/**
 * `limit` and `offset` with bare arrays for answers, or with an envelope that `within` opens. Ends at a page that is not
 * full. `most` is the largest page that is asked for.
 */
export function slices(most: number, within: (answer: unknown) => unknown = (answer) => answer): Pages {
	return async function* (fetch, wanted, skip = 0) {
		const limit = Math.min(wanted, most);
		for (let offset = skip * limit; ; offset += limit) {
			const found = within(await fetch({ limit, offset }));
			if (!Array.isArray(found)) throw new Problem('The list came in a form that is not known', { description: 'It is no list' });
			const hasNext = found.length >= limit;
			yield { rows: found as IDataObject[], hasNext };
			if (!hasNext) return;
		}
	};
}

/** A list that comes whole, as a bare array. */
export const wholeList: Pages = async function* (fetch) {
	const answer = await fetch({});
	if (!Array.isArray(answer)) throw new Problem('The list came in a form that is not known', { description: 'It is no list' });
	yield { rows: answer as IDataObject[], hasNext: false };
};

/** The same pages with these rows alone. */
export async function* only(pages: AsyncGenerator<Page>, keep: (row: IDataObject) => boolean): AsyncGenerator<Page> {
	for await (const page of pages) yield { ...page, rows: page.rows.filter(keep) };
}

/** How many pages in a row may bring nothing new before the list counts as endless: rows move while one reads. */
const STALE_PAGES = 2;

/**
 * The rows of all pages, `wanted` at most; no page is fetched that is not needed. A row whose `id` came before is
 * dropped, and a list that gives the same rows again and again ends with a Problem.
 */
export async function* rows(pages: AsyncGenerator<Page>, wanted: number): AsyncGenerator<IDataObject> {
	const seen = new Set<unknown>();
	let given = 0;
	let stale = 0;
	for await (const { rows: page } of pages) {
		// rows without an id cannot be told apart, so they are all handed on and the page itself is the mark
		const marks = page.map((row) => row?.id ?? page);
		const pageMark = page.length > 0 && marks[0] === page ? JSON.stringify(page) : undefined;
		const fresh = page.filter((_row, i) => marks[i] === page || !seen.has(marks[i]));
		const nothingNew = pageMark === undefined ? fresh.length === 0 : seen.has(pageMark);
		// an empty page tells nothing either way
		if (page.length > 0) stale = nothingNew ? stale + 1 : 0;
		if (stale === STALE_PAGES) {
			throw new Problem('The list does not come to an end', {
				description: 'The service gave the same rows again and again. Narrow the filters, or switch "Return All" off',
			});
		}
		if (pageMark !== undefined) seen.add(pageMark);
		for (const row of fresh) {
			if (row?.id !== undefined) seen.add(row.id);
			yield row;
			if (++given >= wanted) return;
		}
	}
}
