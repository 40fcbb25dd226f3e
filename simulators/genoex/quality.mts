import type { Genotype } from './records.mts';

export const CHECKS = ['frequency', 'pedigree', 'call_rate'] as const;
export type Check = (typeof CHECKS)[number];

/** The lowest share of known SNPs that passes; the service does not tell its own. */
export const LOWEST_CALL_RATE = 0.8;

/**
 * Whether a genotype passes a check. Frequency and pedigree need more than a simulator knows, so a sample ID
 * that contains `fails-frequency` or `fails-pedigree` fails them.
 */
export function passes({ callRate, sample }: Genotype, check: Check): boolean {
	return check === 'call_rate' ? callRate >= LOWEST_CALL_RATE : !sample.includes(`fails-${check}`);
}

/** Share of digits other than 5, which stands for unknown. */
export function callRateOf(digits: string): number {
	let unknown = 0;
	for (let at = digits.indexOf('5'); at >= 0; at = digits.indexOf('5', at + 1)) unknown++;
	return 1 - unknown / digits.length;
}
