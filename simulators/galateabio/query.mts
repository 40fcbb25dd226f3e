import { badRequest, invalidPage } from './errors.mts';
import type { ApiError } from './errors.mts';

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const DEFAULT_PAGE_SIZE = 10;
const LARGEST_PAGE_SIZE = 1000;

/** Typed access to a request's query; unknown parameters are ignored, ill-typed ones refused. */
export class Query {
	readonly raw: Record<string, string | string[]>;
	private readonly refusal: () => ApiError;

	constructor(raw: unknown, refusal: () => ApiError = badRequest) {
		this.raw = raw as Record<string, string | string[]>;
		this.refusal = refusal;
	}

	/** Of a repeated parameter the last. Empty counts as absent. */
	text(name: string): string | undefined {
		return [this.raw[name]].flat().at(-1) || undefined;
	}

	/** Comma-separated, repeated, or both; empty when absent. */
	list(name: string): string[] {
		return [this.raw[name] ?? []].flat().flatMap((value) => value.split(',')).filter((value) => value !== '');
	}

	ids(name: string): string[] {
		const ids = this.list(name);
		if (!ids.every((id) => UUID.test(id))) throw this.refusal();
		return ids.map((id) => id.toLowerCase());
	}

	id(name: string): string | undefined {
		const id = this.text(name);
		if (id !== undefined && !UUID.test(id)) throw this.refusal();
		return id?.toLowerCase();
	}

	/** `true` and `false` in any case. */
	flag(name: string): boolean {
		const value = this.text(name)?.toLowerCase() ?? 'false';
		if (value !== 'true' && value !== 'false') throw this.refusal();
		return value === 'true';
	}

	integer(name: string): number | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		if (!/^\d+$/.test(value)) throw this.refusal();
		return Number(value);
	}

	choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
		const value = this.text(name);
		if (value !== undefined && !choices.includes(value as T)) throw this.refusal();
		return value as T | undefined;
	}

	/** A list of which every item is one of the choices. */
	choices<T extends string>(name: string, choices: readonly T[]): T[] {
		const values = this.list(name) as T[];
		if (!values.every((value) => choices.includes(value))) throw this.refusal();
		return values;
	}

	/**
	 * Whether a time lies within `min_date` and `max_date`, days in UTC, both included.
	 *
	 * @returns a test for milliseconds since 1970
	 */
	period(): (at: number) => boolean {
		const [first, last] = ['min_date', 'max_date'].map((name) => {
			const day = this.text(name);
			if (day === undefined) return undefined;
			if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !isDay(day)) throw this.refusal();
			return Date.parse(day);
		});
		return (at) => at >= (first ?? -Infinity) && at < (last ?? Infinity) + 86_400_000;
	}
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isDay(text: string): boolean {
	const time = Date.parse(text);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * The provider's envelope around one page of rows.
 *
 * @param request gives `page`, `page_size` and the address that `next` and `previous` repeat
 */
export function page<Row>(
	request: { query: unknown; url: string; host: string; protocol: string },
	rows: Row[],
	view: (row: Row) => unknown,
	query = new Query(request.query),
) {
	const size = Math.min(query.integer('page_size') ?? DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE);
	if (size < 1) throw badRequest();
	const asked = query.text('page') ?? '1';
	const number = Number(asked);
	const last = Math.max(1, Math.ceil(rows.length / size));
	if (!/^\d+$/.test(asked) || number < 1 || number > last) throw invalidPage();
	const link = (target: number) => {
		const url = new URL(request.url, `${request.protocol}://${request.host}`);
		url.searchParams.set('page', String(target));
		return url.href;
	};
	return {
		count: rows.length,
		next: number < last ? link(number + 1) : null,
		previous: number > 1 ? link(number - 1) : null,
		results: rows.slice((number - 1) * size, number * size).map(view),
	};
}
