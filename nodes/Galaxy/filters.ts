import type { INodePropertyOptions } from 'n8n-workflow';

import { choice, choices, flag, list, moment, number, text } from '../shared/field';
import type { Json } from '../shared/operation';

/** Marks a wire name as one of Galaxy's filters: 'q:name-contains'. */
const MARK = 'q:';

const wire = (filter: string) => ({ place: 'query' as const, wire: `${MARK}${filter}` });

/** Galaxy wants filters as pairs by their positions: q=name-contains&qv=run (contract, section 2, "Property filters"). */
export function withFilters(query: Record<string, Json>): Record<string, Json> {
	const plain = Object.entries(query).filter(([name]) => !name.startsWith(MARK));
	const filters = Object.entries(query).filter(([name, value]) => name.startsWith(MARK) && value !== undefined);
	const pairs = [...(query[ANY.wire] === undefined ? [] : pairsOf(query[ANY.wire] as string[])), ...filters.filter(([name]) => name !== ANY.wire).map(([name, value]) => [name.slice(MARK.length), filterValue(name, value)])];
	if (pairs.length === 0) return Object.fromEntries(plain);
	return { ...Object.fromEntries(plain), q: pairs.map(([name]) => name), qv: pairs.map(([, value]) => value) };
}

/** Yes and no are written as in Python, times without a zone, lists with commas. */
function filterValue(name: string, value: Json): string {
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	const written = Array.isArray(value) ? value.join(',') : String(value);
	return /_time-/.test(name) ? written.replace(/Z$/, '') : written;
}

const ANY = wire('');

/** 'name-like=%x%' in parts. */
const pairsOf = (filters: string[]) => filters.map((filter) => {
	const [name, ...value] = filter.split('=');
	return [name.trim(), value.join('=').trim()];
});

/** A filter that no field stands for. */
export const otherFilters = list('Other Filters', { ...ANY, placeholder: 'e.g. name-like=%bam%', description: 'Comma-separated list of filters in Galaxy\'s own words: attribute-operator=value' });

export const filterText = (label: string, filter: string, description?: string) => text(label, { ...wire(filter), description });
export const filterFlag = (label: string, filter: string, description: string) => flag(label, { ...wire(filter), description });
export const filterMoment = (label: string, filter: string) => moment(label, wire(filter));
export const filterNumber = (label: string, filter: string) => number(label, { ...wire(filter), min: 1, whole: true });
export const filterList = (label: string, filter: string, description: string) => list(label, { ...wire(filter), description });
export const filterChoice = (label: string, filter: string, options: INodePropertyOptions[]) => choice(label, options, wire(filter));
export const filterChoices = (label: string, filter: string, options: INodePropertyOptions[]) => choices(label, options, wire(filter));

/** When something was made and last changed. */
export const filterTimes = {
	createdAfter: filterMoment('Created After', 'create_time-ge'),
	createdBefore: filterMoment('Created Before', 'create_time-le'),
	updatedAfter: filterMoment('Updated After', 'update_time-ge'),
	updatedBefore: filterMoment('Updated Before', 'update_time-le'),
};

/** The order of a list by one of these columns: 'name-asc'. */
export const ordering = (...columns: Array<[name: string, column: string]>) => ({
	order: choice('Order By', columns.flatMap(([name, column]) => [
		{ name: `${name} (Ascending)`, value: `${column}-asc` },
		{ name: `${name} (Descending)`, value: `${column}-dsc` },
	]), { place: 'query' }),
});
