import type { Call, Context } from './context.mts';
import { integerOf } from './validation.mts';

// rows of an answer to a request without `limit`
const DEFAULT_LIMIT = 100;

/**
 * The rows of a list that a request asks for, with `limit` and `offset` (contract, section 9).
 *
 * @param rows all that there are, in their order
 * @param wrapped whether the list has its total beside it also where the settings want bare arrays
 */
export function page<Row>({ query }: Call, { state }: Context, rows: Row[], view: (row: Row) => object, wrapped = false): object {
	const { offset: mode, maxLimit, listShape } = state.settings;
	const limit = integerOf(query, 'limit', { least: 1, most: maxLimit }) ?? Math.min(DEFAULT_LIMIT, maxLimit);
	const asked = integerOf(query, 'offset', { least: 0 }) ?? 0;
	const offset = mode === 'honoured' ? asked : 0;
	const items = rows.slice(offset, offset + limit).map(view);
	return wrapped || listShape === 'wrapped' ? { items, total: rows.length } : items;
}

/** All rows of a list that has no pages. */
export function whole<Row>({ state }: Context, rows: Row[], view: (row: Row) => object): object {
	const items = rows.map(view);
	return state.settings.listShape === 'wrapped' ? { items, total: rows.length } : items;
}

/** Whether a display id has a text in it, in any case; true without a text. */
export const hasIn = (displayId: string, search: string | undefined): boolean => displayId.toLowerCase().includes((search ?? '').toLowerCase());
