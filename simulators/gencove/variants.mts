import { createHash } from 'node:crypto';

/** Contigs of GRCh38 that have variants here, with their names. */
export const CHROMOSOMES = [...Array.from({ length: 22 }, (_, index) => `chr${index + 1}`), 'chrX', 'chrY', 'chrM'];

/** A variant lies at every thousandth position, up to this many on each chromosome. */
const PER_CHROMOSOME = 1000;
const SPACING = 1000;
const BASES = 'ACGT';

/** A variant of a sample's imputed VCF; genotype fields are texts, as in the file (specification, GenomicVariant). */
export interface Variant {
	chromosome: string;
	position: number;
	rsid: string | null;
	ref: string;
	alt: string[];
	genotype: Record<string, string>;
	genotype_confidence: number;
	quality: number;
	info: Record<string, unknown>;
}

/** The variants of a sample in a range of positions, both ends included. They are computed, not kept. */
export function variantsBetween(sampleId: string, chromosome: string, start: number, end: number): Variant[] {
	const first = Math.max(1, Math.ceil(start / SPACING));
	const last = Math.min(PER_CHROMOSOME, Math.floor(end / SPACING));
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => variant(sampleId, chromosome, first + index));
}

/** The variant with a name such as `rs11005`: chromosome 11, the fifth; undefined when there is none. */
export function variantNamed(sampleId: string, rsid: string): Variant | undefined {
	const number = Number(/^rs(\d{1,7})$/.exec(rsid)?.[1]) - 1;
	const chromosome = CHROMOSOMES[Math.floor(number / PER_CHROMOSOME) - 1];
	return chromosome === undefined ? undefined : variant(sampleId, chromosome, (number % PER_CHROMOSOME) + 1);
}

function variant(sampleId: string, chromosome: string, number: number): Variant {
	const [site] = createHash('sha256').update(`${chromosome} ${number}`).digest();
	const [call] = createHash('sha256').update(`${sampleId} ${chromosome} ${number}`).digest();
	const dosage = call % 3;
	return {
		chromosome,
		position: number * SPACING,
		rsid: `rs${(CHROMOSOMES.indexOf(chromosome) + 1) * PER_CHROMOSOME + number}`,
		ref: BASES[site % 4],
		alt: [BASES[(site + 1) % 4]],
		genotype: { GT: ['0|0', '0|1', '1|1'][dosage], DS: String(dosage), GP: ['0.98,0.02,0', '0.01,0.98,0.01', '0,0.02,0.98'][dosage], RC: '1', AC: '0', DP: '1' },
		genotype_confidence: 0.98,
		quality: 30,
		info: { AF: (site % 100) / 100 },
	};
}
