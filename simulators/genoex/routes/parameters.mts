import { GENDERS } from '../catalogue.mts';
import type { Handler } from '../context.mts';
import { success } from '../envelope.mts';
import { checkParameters } from '../parameters.mts';
import { visibleTo } from '../permissions.mts';

const distinct = (values: string[]): string[] => [...new Set(values)].sort();

/** `gde_get_parameters`: the values that filters can have, from the genotypes that the organisation may fetch. */
export const getParameters: Handler = ({ login, parameters }, { state }) => {
	checkParameters(parameters, [], state);
	const genotypes = visibleTo(login.organization, state);
	return success('', {
		breeds: distinct(genotypes.map(({ breed }) => breed)),
		countries: distinct(genotypes.map(({ country }) => country)),
		orgs: distinct(genotypes.map(({ organization }) => organization)),
		gender: GENDERS.filter((gender) => gender === 'BOTH' || genotypes.some(({ sex }) => sex === gender)),
		arrays: distinct(genotypes.map(({ array }) => array.alias)),
	});
};
