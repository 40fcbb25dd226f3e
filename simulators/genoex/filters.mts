import { countryOf } from './catalogue.mts';
import { CHECKS, passes } from './quality.mts';
import type { Check } from './quality.mts';
import { animalOf } from './records.mts';
import type { Genotype } from './records.mts';

/** The filters that both downloads have; an empty list lets everything through. */
export interface AnimalFilter {
	breeds: string[];
	countries: string[];
	gender: string;
	/** aliases */
	arrays: string[];
}

/** All filters of `gde_extraction`. */
export interface GenotypeFilter extends AnimalFilter {
	orgs: string[];
	extraction_type: 'a' | 'b';
	/** first and last day of the upload, in UTC, both included */
	date_start: string;
	date_end: string;
	quality_criteria: string | null;
}

const among = (values: string[], value: string): boolean => values.length === 0 || values.includes(value);

/** Whether a genotype is of the animals and arrays that are wanted. */
export function fits({ breed, country, sex, array }: Genotype, { breeds, countries, gender, arrays }: AnimalFilter): boolean {
	return among(breeds, breed) && among(countries.map(countryOf), country) && (gender === 'BOTH' || gender === sex) && among(arrays, array.alias);
}

/** The genotypes that an extraction holds, of those that the organisation may fetch. */
export function select(genotypes: Genotype[], filter: GenotypeFilter): Genotype[] {
	const { orgs, date_start, date_end, extraction_type } = filter;
	const checks = checksOf(filter.quality_criteria);
	const wanted = genotypes.filter((genotype) => {
		const day = new Date(genotype.uploadedAt).toISOString().slice(0, 10);
		return fits(genotype, filter) && among(orgs, genotype.organization) && date_start <= day && day <= date_end && checks.every((check) => passes(genotype, check));
	});
	return extraction_type === 'a' ? wanted : bestOfEachAnimal(wanted);
}

// null ignores the checks, and "" asks for all of them (GenoEx API manual, quality_criteria)
function checksOf(criteria: string | null): readonly Check[] {
	if (criteria === null) return [];
	return criteria === '' ? CHECKS : (criteria.split(',') as Check[]);
}

function bestOfEachAnimal(genotypes: Genotype[]): Genotype[] {
	const best = new Map<string, Genotype>();
	for (const genotype of genotypes) {
		const animal = animalOf(genotype);
		const before = best.get(animal);
		if (!before || genotype.callRate > before.callRate) best.set(animal, genotype);
	}
	return [...best.values()];
}
