import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { nodeError } from './nodeError';
import type { Api, Json } from './operation';
import type { Pages } from './pages';
import { Problem } from './problem';
import { Connection } from './request';

/** What is chosen in another field of the node; throws a Problem that names it when nothing is. */
export type Chosen = (name: string, label: string) => string;

/** What is given in another field of the node; undefined when it is empty. */
export type Given = (name: string) => string | undefined;

/** A searchable list of the editor: one paged request, or rows got in another way and searched here. */
interface Listing {
	/** The list's request, one page of which is shown at a time. */
	line?: string;
	pages?: Pages;
	query?: Record<string, Json>;
	/** Values for the names in the braces of the line, from what is chosen in other fields. */
	path?(chosen: Chosen): Record<string, string>;
	/** Headers of the request, from what is given in other fields. */
	headers?(given: Given): Record<string, string>;
	/** The list's own search parameter. */
	search?: string;
	/** All rows, where there is no paged request. */
	rows?(connection: Connection, chosen: Chosen): Promise<IDataObject[]>;
	/** Rows to show; all by default. */
	keep?(row: IDataObject): boolean;
	label(row: IDataObject): string;
	/** What is chosen with a row; its `id` by default. */
	value?(row: IDataObject): string;
}

type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** Entries of a list that are shown at once. */
const SHOWN = 50;

/** Makes the search function of a locator. An error is thrown in the service's words, never an empty list shown. */
export function searchList(api: Api, listing: Listing): ListSearch {
	return async function (filter, paginationToken) {
		try {
			const connection = await Connection.open(this, api);
			const chosen: Chosen = (name, label) => chosenIn(this, name, label);
			if (listing.rows) return { results: entries(listing, await listing.rows(connection, chosen), filter) };
			const headers = listing.headers?.((name) => givenIn(this, name));
			return await page(connection, listing, { filter, path: listing.path?.(chosen), headers, skipped: Number(paginationToken ?? 0) });
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
	};
}

/** What is chosen in another field of the node; throws a Problem that names it when nothing is. */
export function chosenIn(context: ILoadOptionsFunctions, name: string, label: string): string {
	const value = givenIn(context, name);
	if (value !== undefined) return value;
	throw new Problem(`"${label}" is empty`, { description: `Choose "${label}" first` });
}

function givenIn(context: ILoadOptionsFunctions, name: string): string | undefined {
	const value = context.getCurrentNodeParameter(name, { extractValue: true });
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The first page after `skipped` pages that has something to show; the token of the next one is its number. Where the
 * service has no search of its own, the rows are searched here.
 */
async function page(
	connection: Connection,
	listing: Listing,
	{ filter, skipped, ...addressed }: { filter?: string; path?: Record<string, string>; headers?: Record<string, string>; skipped: number },
): Promise<INodeListSearchResult> {
	const query = { ...listing.query, ...(filter && listing.search && { [listing.search]: filter }) };
	const fetch = async (more: Record<string, Json>) => await connection.send(listing.line as string, { ...addressed, query: { ...query, ...more } });
	let seen = skipped;
	for await (const { rows, hasNext } of (listing.pages as Pages)(fetch, SHOWN, skipped)) {
		seen += 1;
		const results = entries(listing, rows, listing.search ? '' : filter);
		if (results.length > 0 || !hasNext) return { results, ...(hasNext && { paginationToken: String(seen) }) };
	}
	return { results: [] };
}

function entries({ label, keep, value }: Listing, found: IDataObject[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	return found
		.filter((row) => keep?.(row) ?? true)
		.map((row) => ({ name: label(row), value: value ? value(row) : String(row.id) }))
		.filter(({ name }) => name.toLowerCase().includes(wanted));
}
