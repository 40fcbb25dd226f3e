import { BREEDS, COUNTRIES, GENDERS, ORGANIZATIONS } from './catalogue.mts';
import { Refusal } from './envelope.mts';
import { CHECKS } from './quality.mts';
import type { State } from './state.mts';

interface Kind {
	/** what a value must be, in words */
	what: string;
	holds: (value: unknown, state: State) => boolean;
}

const oneOf = (...values: string[]): Kind => ({ what: `must be one of ${values.join(', ')}`, holds: (value) => values.includes(value as string) });

const listOf = (what: string, known: (state: State) => string[]): Kind => ({
	what: `must be a list of known ${what}`,
	holds: (value, state) => Array.isArray(value) && value.every((one) => known(state).includes(one)),
});

const day: Kind = {
	what: 'must be a day as YYYY-MM-DD',
	holds: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value),
};

const KINDS = {
	job_id: { what: 'must be a text', holds: (value) => typeof value === 'string' },
	breeds: listOf('breeds', () => BREEDS),
	countries: listOf('countries', () => [...COUNTRIES, '840']),
	gender: oneOf(...GENDERS),
	arrays: listOf('arrays', ({ arrays }) => arrays.map(({ alias }) => alias)),
	orgs: listOf('organisations', () => ORGANIZATIONS),
	extraction_type: oneOf('a', 'b'),
	date_start: day,
	date_end: day,
	quality_criteria: {
		what: `must be null or some of ${CHECKS.join(', ')}, with commas between`,
		holds: (value) => value === null || value === '' || (typeof value === 'string' && value.split(',').every((name) => (CHECKS as readonly string[]).includes(name))),
	},
} satisfies Record<string, Kind>;

type Name = keyof typeof KINDS;

/** The filters of both downloads. */
export const ANIMAL_FILTERS = ['breeds', 'countries', 'gender', 'arrays'] as const;
/** The filters that only `gde_extraction` has. */
export const GENOTYPE_FILTERS = ['orgs', 'extraction_type', 'date_start', 'date_end', 'quality_criteria'] as const;

/**
 * Checks that exactly the named parameters are there, each of its kind.
 *
 * @param ignored parameters that may come besides, and mean nothing
 * @throws Refusal that names the first one that is missing, wrong or not known
 */
export function checkParameters(parameters: Record<string, unknown>, names: readonly Name[], state: State, ignored: readonly string[] = []): void {
	for (const name of names) {
		const kind: Kind = KINDS[name];
		if (!Object.hasOwn(parameters, name)) throw new Refusal(`the parameter ${name} is missing`);
		if (!kind.holds(parameters[name], state)) throw new Refusal(`the parameter ${name} ${kind.what}`);
	}
	const unknown = Object.keys(parameters).find((name) => ![...names, ...ignored].includes(name));
	if (unknown !== undefined) throw new Refusal(`the parameter ${unknown} is not known here`);
	if (String(parameters.date_start) > String(parameters.date_end)) throw new Refusal('date_start is after date_end');
}

