import { ARRAYS } from './catalogue.mts';
import { callRateOf } from './quality.mts';
import type { Genotype, Login } from './records.mts';

// the same at each start, so that a credential saved in n8n stays good; with all that forms, JSON and URLs escape
export const LOGIN: Login = { username: 'user@orga.example.org', password: 'p;w"ä\\-simulated-genoex', organization: 'ORGA' };
export const COLLEAGUE: Login = { username: 'colleague@orga.example.org', password: 'simulated-genoex-colleague', organization: 'ORGA' };
export const OTHERS: Login[] = [
	{ username: 'user@orgb.example.org', password: 'simulated-genoex-orgb', organization: 'ORGB' },
	{ username: 'user@orgc.example.org', password: 'simulated-genoex-orgc', organization: 'ORGC' },
];

type Row = [organization: string, animal: string, array: 0 | 1, digits: string, day: string, sample: string, sharedWith: string[]];

// ORGA: four animals, the first with two genotypes; each of the others fails one check
const ROWS: Row[] = [
	['ORGA', 'BSWITAM000000T00001', 0, '012012210210', '2025-03-01', 'S0001', ['ORGB']],
	['ORGA', 'BSWITAM000000T00001', 1, '01201221021001255120', '2025-03-02', 'S0002', ['ORGB', 'ORGC']],
	['ORGA', 'HOLNLDF000000T00002', 0, '222222222222', '2025-03-03', 'S0003 fails-frequency', []],
	['ORGA', 'HOLDEUM000000T00003', 1, '20120122102100125120', '2025-03-04', 'S0004 fails-pedigree', []],
	['ORGA', 'JERUSAF000000T00004', 0, '055512550255', '2025-03-05', 'Missing', []],
	['ORGB', 'HOLFRAF000000T00005', 0, '102210012021', '2025-03-06', 'S0006', ['ORGA']],
	['ORGB', 'RDCSWEM000000T00006', 1, '11201221021001201120', '2025-03-07', 'S0007', ['ORGA']],
	['ORGC', 'GUEAUSF000000T00007', 0, '210012210120', '2025-03-08', 'S0008', []],
];

/** The genotypes that every start begins with. */
export function seededGenotypes(): Genotype[] {
	return ROWS.map(([organization, animal, array, digits, day, sample, sharedWith], number) => ({
		uuid: `00000000-0000-4000-8000-0000000000${String(number + 1).padStart(2, '0')}`,
		...animalParts(animal),
		organization,
		laboratory: 'Sim Lab',
		sample,
		array: ARRAYS[array],
		callRate: callRateOf(digits),
		uploadedAt: Date.parse(`${day}T12:00:00Z`),
		sharedWith,
		digits: () => digits,
	}));
}

function animalParts(animal: string) {
	return { breed: animal.slice(0, 3), country: animal.slice(3, 6), sex: animal[6], number: animal.slice(7) };
}

const DIGITS = '0120211001220112005';

/**
 * Genotypes of ORGA, one animal each, on one array: the same digits, rotated by one more for each of them.
 *
 * @param first number of the first animal
 */
export function syntheticGenotypes({ count, snps, first, at }: { count: number; snps: number; first: number; at: number }): Genotype[] {
	const pattern = DIGITS.repeat(Math.ceil(snps / DIGITS.length)).slice(0, snps);
	const callRate = callRateOf(pattern);
	const array = { code: `${snps}_s`, alias: `${snps}_s` };
	return Array.from({ length: count }, (_, index) => {
		const number = String(first + index);
		const turn = index % snps;
		return {
			uuid: `10000000-0000-4000-8000-${number.padStart(12, '0')}`,
			breed: 'SIM',
			country: 'CHE',
			sex: index % 2 === 0 ? 'F' : 'M',
			number: `S${number.padStart(11, '0')}`,
			organization: 'ORGA',
			laboratory: 'Sim Lab',
			sample: 'Missing',
			array,
			callRate,
			uploadedAt: at,
			sharedWith: [],
			digits: () => pattern.slice(turn) + pattern.slice(0, turn),
		};
	});
}
