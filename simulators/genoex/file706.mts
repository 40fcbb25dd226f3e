import type { Spool } from '../shared/spool.mts';
import { BREEDS, COUNTRIES, LABORATORIES, snpsOf } from './catalogue.mts';
import { Findings } from './findings.mts';
import { callRateOf } from './quality.mts';
import type { Genotype } from './records.mts';
import type { State } from './state.mts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Says what an id's parts have wrong; both formats have them. */
export function idErrors({ sex, number, uuid }: { sex: string; number: string; uuid: string }): string[] {
	return [
		...(/^[MF]$/.test(sex) ? [] : ['the sex must be M or F']),
		...(/^[0-9A-Z]{12}$/i.test(number) ? [] : ['the animal number must have 12 letters and digits']),
		...(UUID.test(uuid) ? [] : ['the UUID has the wrong form']),
	];
}

/**
 * Reads the lines of a 706 file (GenoEx file 706: 12 fields).
 *
 * @param digits where the digits of the genotypes go
 */
export async function read706(lines: AsyncIterable<string>, { organization, state, now, digits }: { organization: string; state: State; now: number; digits: Spool }) {
	const findings = new Findings();
	const genotypes = new Map<string, Genotype>();
	let number = 0;
	for await (const line of lines) {
		const fields = line.split(';');
		const errors = errorsOf(fields, { organization, state, seen: genotypes });
		findings.add(++number, errors);
		if (errors.length > 0) continue;
		const genotype = genotypeOf(fields, { state, now, digits });
		genotypes.set(genotype.uuid, genotype);
	}
	if (number === 0) findings.add(1, ['the file has no records']);
	return { genotypes, errors: findings.list };
}

function errorsOf(fields: string[], { organization, state, seen }: { organization: string; state: State; seen: Map<string, Genotype> }): string[] {
	if (fields.length !== 12) return [`12 fields are expected, ${fields.length} came`];
	const [type, breed, country, sex, number, sender, uuid, laboratory, sample, additional, code, digits] = fields;
	const array = state.arrays.find((one) => one.code === code);
	const known = state.genotypes.get(uuid.toLowerCase());
	const rules: Array<[holds: boolean, text: string]> = [
		[type === '706', 'the record type must be 706'],
		[BREEDS.includes(breed), 'the breed is not known'],
		[COUNTRIES.includes(country), 'the country is not known'],
		[sender === organization, `the organisation must be ${organization}`],
		[!seen.has(uuid.toLowerCase()), 'the UUID came before in this file'],
		[known === undefined || known.organization === organization, 'the UUID belongs to another organisation'],
		[LABORATORIES.includes(laboratory), 'the laboratory is not known'],
		[/^[\x20-\x7e]+$/.test(sample), 'the sample ID must be ASCII text, or Missing'],
		[additional === '', 'field 10 must be empty'],
		[array !== undefined, 'the array is not known'],
		[array === undefined || digits.length === snpsOf(array), `the array has ${array && snpsOf(array)} SNPs, the genotype ${digits.length}`],
		[/^[0125]*$/.test(digits), 'the genotype may hold 0, 1, 2 and 5 only'],
	];
	return [...rules.filter(([holds]) => !holds).map(([, text]) => text), ...idErrors({ sex, number, uuid })];
}

function genotypeOf(fields: string[], { state, now, digits: spool }: { state: State; now: number; digits: Spool }): Genotype {
	const [, breed, country, sex, number, organization, uuid, laboratory, sample, , code, digits] = fields.map(ownCopy);
	const at = spool.length;
	spool.write(Buffer.from(digits, 'latin1'), at);
	const { length } = digits;
	const key = uuid.toLowerCase();
	return {
		uuid: key,
		breed,
		country,
		sex,
		number,
		organization,
		laboratory,
		sample,
		array: state.arrays.find((one) => one.code === code)!,
		callRate: callRateOf(digits),
		uploadedAt: now,
		// sent again, a genotype stays shared with whom it was
		sharedWith: state.genotypes.get(key)?.sharedWith ?? [],
		digits: () => spool.read(at, length).toString('latin1'),
	};
}

// a part of a string keeps the whole string in memory, here a line with all its digits
function ownCopy(text: string): string {
	return Buffer.from(text, 'latin1').toString('latin1');
}
