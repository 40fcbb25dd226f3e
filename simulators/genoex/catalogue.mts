/**
 * What the service knows, as its "System Data" lists it: the codes that files may use. Public values as far as pages
 * name any (wiki.interbull.org), arrays and laboratory of the fixture are invented.
 */
export const BREEDS = ['BSW', 'GUE', 'HOL', 'JER', 'RDC', 'SIM'];

export const COUNTRIES = ['AUS', 'AUT', 'BEL', 'CAN', 'CHE', 'CZE', 'DEU', 'DNK', 'ESP', 'FIN', 'FRA', 'GBR', 'IRL', 'ISR', 'ITA', 'JPN', 'NLD', 'NOR', 'NZL', 'POL', 'SVN', 'SWE', 'USA', 'ZAF'];

export const ORGANIZATIONS = ['ORGA', 'ORGB', 'ORGC'];

export const LABORATORIES = ['Sim Lab', 'Weatherbys Ireland'];

/** `BOTH` in a filter is either sex. */
export const GENDERS = ['BOTH', 'F', 'M'];

/** A genotyping array. Files name it by its code, filters and lists by its alias. */
export interface SnpArray {
	/** `<number of SNPs>_<letter>` */
	code: string;
	alias: string;
}

/** The arrays known from the start: one whose alias differs from its code. */
export const ARRAYS: readonly SnpArray[] = [
	{ code: '12_a', alias: '12_a' },
	{ code: '20_b', alias: '20_b' },
	{ code: '54609_a', alias: 'Sim BovineSNP50' },
];

/** SNPs on an array, from its code. */
export const snpsOf = ({ code }: SnpArray): number => Number.parseInt(code, 10);

/** The same country in an animal's id (GenoEx file 711, field 3): `840` is the USA. */
export const countryOf = (nation: string): string => (nation === '840' ? 'USA' : nation);
