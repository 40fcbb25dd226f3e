import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { page, Query } from '../pages.mts';
import { find } from '../state.mts';
import { CHROMOSOMES, variantNamed, variantsBetween } from '../variants.mts';
import type { Variant } from '../variants.mts';

type BySample = { Params: { sample_id: string } };

const LONGEST_SPAN = 100_000;
const MOST_NAMES = 50;
const PARAMETERS = ['chromosome', 'position', 'start_position', 'end_position', 'rsid'];

/** The three ways to ask, each with the parameters that must be there, and no others. */
const MODES = [['chromosome', 'position'], ['chromosome', 'start_position', 'end_position'], ['rsid']];

/** Variants of a sample, by position, by range or by name. Only in the specification. */
export function sampleVariantRoutes(api: FastifyInstance, { state }: Context): void {
	api.get<BySample>('/sample-genomic-variants/:sample_id', async (request) => {
		const sample = find(state.samples, request.params.sample_id);
		const variants = wanted(request, sample.id);
		if (!sample.files.some(({ fileType }) => fileType === 'impute-vcf')) throw notFound();
		return page(request, variants, (variant) => variant);
	});
}

function wanted(request: FastifyRequest<BySample>, sampleId: string): Variant[] {
	const query = new Query(request.query);
	const given = PARAMETERS.filter((name) => query.text(name) !== undefined);
	if (!MODES.some((mode) => mode.length === given.length && mode.every((name) => given.includes(name)))) {
		throw invalid({ non_field_errors: ['Provide exactly one of: chromosome and position, chromosome with start_position and end_position, or rsid.'] });
	}
	if (given.includes('rsid')) {
		const names = query.list('rsid');
		if (names.length > MOST_NAMES) throw invalid({ rsid: [`At most ${MOST_NAMES} rsIDs are allowed.`] });
		return names.flatMap((name) => variantNamed(sampleId, name) ?? []);
	}
	const chromosome = query.text('chromosome')!;
	if (!CHROMOSOMES.includes(chromosome)) throw invalid({ chromosome: [`"${chromosome}" is not a valid choice.`] });
	const [start, end] = given.includes('position') ? [number('position'), number('position')] : [number('start_position'), number('end_position')];
	if (end < start || end - start > LONGEST_SPAN) throw invalid({ non_field_errors: [`The range must not be negative, nor longer than ${LONGEST_SPAN}.`] });
	return variantsBetween(sampleId, chromosome, start, end);

	function number(name: string): number {
		const value = query.number(name);
		if (value === undefined || value < 1) throw invalid({ [name]: ['A valid integer is required.'] });
		return value;
	}
}
