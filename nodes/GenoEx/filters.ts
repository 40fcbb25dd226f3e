import { clock } from '../shared/clock';
import { choice, choices, day, loadedChoice, loadedChoices, type Values } from '../shared/field';
import type { Json } from '../shared/operation';
import { Problem } from '../shared/problem';
import { BOTH_GENDERS } from './parameters';

const listOf = (noun: string, load: string) => loadedChoices(noun, { load, default: [] as string[], hint: 'All that you may see when left empty' });

/** The filters that genotypes and permissions share; lists are always sent, and an empty one means all. */
export const animalFilters = {
	breeds: listOf('Breed', 'getBreeds'),
	countries: listOf('Country', 'getCountries'),
	arrays: listOf('Array', 'getArrays'),
	gender: loadedChoice('Gender', { load: 'getGenders', default: BOTH_GENDERS }),
};

const CHECKS = [
	{ name: 'Call Rate', value: 'call_rate' },
	{ name: 'Frequency', value: 'frequency' },
	{ name: 'Pedigree', value: 'pedigree' },
];

/** The checks in the order in which the API lists them. */
const ORDER = ['frequency', 'pedigree', 'call_rate'];

/** The nine filters of an extraction. */
export const extractionFilters = {
	...animalFilters,
	orgs: listOf('Organization', 'getOrgs'),
	extractionType: choice('Genotypes', [
		{ name: 'All Genotypes', value: 'a', description: 'Every genotype of an animal' },
		{ name: 'Best Genotype per Animal', value: 'b', description: 'The one with the highest call rate' },
	], { default: 'b' }),
	quality: choice('Quality Filter', [
		{ name: 'Ignore Quality Checks', value: 'ignore', description: 'Genotypes whatever their checks say' },
		{ name: 'Pass All Checks', value: 'all', description: 'Genotypes that pass frequency, pedigree and call rate' },
		{ name: 'Pass Selected Checks', value: 'selected', description: 'Genotypes that pass the checks you choose' },
	], { place: 'none', default: 'all' }),
	checks: choices('Checks to Pass', CHECKS, { place: 'none', default: [] as string[], shownFor: { quality: ['selected'] } }),
	uploadedFrom: day('Uploaded From', { collection: 'Filters', description: 'First day of the upload' }),
	uploadedUntil: day('Uploaded Until', { collection: 'Filters', description: 'Last day of the upload' }),
};

/** Before the service existed: the first day when none is given. */
const FIRST_DAY = '2000-01-01';
const DAY = 86_400_000;

/**
 * The parameters of an extraction, all nine always: what a missing one means is not documented. Throws a Problem for
 * a selection that makes no sense.
 */
export function extractionParameters(values: Values<typeof extractionFilters>): Json {
	const { breeds, countries, gender, extractionType, arrays, orgs } = values;
	const start = values.uploadedFrom ?? FIRST_DAY;
	const end = values.uploadedUntil ?? new Date(clock.now() + DAY).toISOString().slice(0, 10);
	if (start > end) throw new Problem('"Uploaded From" is after "Uploaded Until"', { description: `No genotype was uploaded from ${start} until ${end}. Change one of them` });
	return { breeds, countries, gender, extraction_type: extractionType, arrays, orgs, date_start: start, date_end: end, quality_criteria: qualityCriteria(values) };
}

/** null ignores the checks; an empty text would mean all of them, so it is never sent. */
function qualityCriteria({ quality, checks }: Pick<Values<typeof extractionFilters>, 'quality' | 'checks'>): string | null {
	if (quality === 'ignore') return null;
	const wanted = quality === 'selected' ? ORDER.filter((check) => checks.includes(check)) : ORDER;
	if (wanted.length > 0) return wanted.join(',');
	throw new Problem('"Checks to Pass" is empty', { description: 'Choose at least one check, or another "Quality Filter"' });
}
