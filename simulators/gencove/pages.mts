/** A request, as far as lists look at it. */
export interface ListRequest {
	query: unknown;
	url: string;
	host: string;
	protocol: string;
}

// the service's own default is not known; its largest page is 200
const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 200;

/**
 * The envelope around one page of rows. Its links are absolute, with the parameters of the request in the order of
 * the alphabet; `previous` of the second page has no `offset` (recording projects/test_list_pipelines__not_empty).
 */
export function page<Row>(request: ListRequest, rows: Row[], view: (row: Row) => unknown) {
	const query = new Query(request.query);
	const limit = Math.min(query.number('limit') || DEFAULT_LIMIT, LARGEST_LIMIT);
	const offset = query.number('offset') ?? 0;
	const link = (target: number) => {
		const { origin, pathname, searchParams } = new URL(request.url, `${request.protocol}://${request.host}`);
		searchParams.set('limit', String(limit));
		searchParams.set('offset', String(target));
		if (target <= 0) searchParams.delete('offset');
		searchParams.sort();
		return `${origin}${pathname}?${searchParams.toString()}`;
	};
	return {
		meta: {
			count: rows.length,
			next: offset + limit < rows.length ? link(offset + limit) : null,
			previous: offset > 0 ? link(offset - limit) : null,
		},
		results: rows.slice(offset, offset + limit).map(view),
	};
}

/** Access to a request's query. The service ignores what it does not know, and ill-typed values too. */
export class Query {
	private readonly raw: Record<string, string | string[] | undefined>;

	constructor(raw: unknown) {
		this.raw = raw as Record<string, string | string[] | undefined>;
	}

	/** Of a repeated parameter the last. Empty counts as absent. */
	text(name: string): string | undefined {
		return [this.raw[name]].flat().at(-1) || undefined;
	}

	number(name: string): number | undefined {
		const value = this.text(name);
		return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
	}

	/**
	 * One of some words. The vendor's client writes an enumeration's name before the word
	 * (`SampleAssignmentStatus.ALL`); words that are not known count as absent.
	 */
	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const word = this.text(name)?.split('.').at(-1)?.toLowerCase();
		return choices.find((one) => one === word);
	}

	/** Comma-separated; empty when absent. */
	list(name: string): string[] {
		return (this.text(name) ?? '').split(',').filter((one) => one !== '');
	}

	flag(name: string): boolean | undefined {
		const value = this.text(name)?.toLowerCase();
		return value === 'true' ? true : value === 'false' ? false : undefined;
	}

	/** Milliseconds since 1970 of an ISO 8601 text. */
	time(name: string): number | undefined {
		const time = Date.parse(this.text(name) ?? '');
		return Number.isNaN(time) ? undefined : time;
	}
}

/**
 * Sorts rows by what `sort_by` names, `sort_order` descending unless it says `asc`. Rows that are equal stay in order.
 *
 * @param keys what each word of `sort_by` stands for; the first one is the default
 */
export function sorted<Row>(query: Query, rows: Row[], keys: Record<string, (row: Row) => number | string>): Row[] {
	const key = keys[query.choice('sort_by', Object.keys(keys)) ?? Object.keys(keys)[0]];
	const direction = query.choice('sort_order', ['asc', 'desc']) === 'asc' ? 1 : -1;
	return rows.toSorted((a, b) => direction * compared(key(a), key(b)));
}

const compared = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
