import { setTimeout as pause } from 'node:timers/promises';
import { zipText } from '../../shared/zip.mts';
import type { Handler } from '../context.mts';
import { sendZip } from '../download.mts';
import { fits } from '../filters.mts';
import type { AnimalFilter } from '../filters.mts';
import { line711, linesIn } from '../formats.mts';
import { ANIMAL_FILTERS, checkParameters, GENOTYPE_FILTERS } from '../parameters.mts';
import { ownedBy } from '../permissions.mts';

/** `gde_download_711`: with whom the organisation shares its own genotypes, in the same answer. */
export const downloadAccess: Handler = async ({ login, parameters }, { state }, reply) => {
	const { accessStrict, accessDelay } = state.settings;
	checkParameters(parameters, ANIMAL_FILTERS, state, accessStrict ? [] : GENOTYPE_FILTERS);
	await pause(accessDelay);
	const genotypes = ownedBy(login.organization, state).filter((genotype) => fits(genotype, parameters as unknown as AnimalFilter));
	const zip = await zipText({ name: '711_file.csv', pieces: () => linesIn(genotypes, line711) });
	const content = zip.stream().on('close', () => zip.close());
	return sendZip(reply, content, zip.length, state.settings);
};
