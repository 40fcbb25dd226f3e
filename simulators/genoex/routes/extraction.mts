import { zipText } from '../../shared/zip.mts';
import type { Handler } from '../context.mts';
import { sendZip } from '../download.mts';
import { Refusal, success } from '../envelope.mts';
import { select } from '../filters.mts';
import type { GenotypeFilter } from '../filters.mts';
import { line706, linesIn } from '../formats.mts';
import { FINISHED } from '../jobs.mts';
import { ANIMAL_FILTERS, checkParameters, GENOTYPE_FILTERS } from '../parameters.mts';
import { visibleTo } from '../permissions.mts';
import { findJob } from './jobs.mts';

/** `gde_extraction`: starts a job that selects genotypes and zips them. */
export const extract: Handler = ({ login, parameters }, { state, jobs }) => {
	checkParameters(parameters, [...ANIMAL_FILTERS, ...GENOTYPE_FILTERS], state);
	const job = jobs.start('extraction', login.organization, async ({ organization }) => {
		const genotypes = select(visibleTo(organization, state), parameters as unknown as GenotypeFilter);
		const zip = state.keep(await zipText({ name: 'genotypes.csv', pieces: () => linesIn(genotypes, line706) }, state.settings.extractionSize));
		return { outcome: FINISHED, commit: () => (job.result = zip) };
	});
	return success('job started', { job_id: job.id });
};

/** `gde_download`: the zip of an extraction, the same bytes each time. */
export const download: Handler = (call, context, reply) => {
	const { result } = findJob(call, context);
	if (!result) throw new Refusal('the job is no finished extraction');
	return sendZip(reply, result.stream(), result.length, context.state.settings);
};
