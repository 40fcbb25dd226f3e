import { countryOf, ORGANIZATIONS } from './catalogue.mts';
import { idErrors } from './file706.mts';
import { Findings } from './findings.mts';
import { animalOf } from './records.mts';
import type { Genotype } from './records.mts';

/**
 * Reads the lines of a 711 file (GenoEx file 711: 7 fields).
 *
 * @param find the genotype of a UUID, those that came in the same submission included
 * @returns with whom each genotype is shared from now on, by UUID
 */
export async function read711(lines: AsyncIterable<string>, organization: string, find: (uuid: string) => Genotype | undefined) {
	const findings = new Findings();
	const shared = new Map<string, string[]>();
	let number = 0;
	for await (const line of lines) {
		const fields = line.split(';');
		const errors = errorsOf(fields, organization, find, shared);
		findings.add(++number, errors);
		if (errors.length === 0) shared.set(fields[5].toLowerCase(), organizationsIn(fields[6]));
	}
	if (number === 0) findings.add(1, ['the file has no records']);
	return { shared, errors: findings.list };
}

function errorsOf(fields: string[], organization: string, find: (uuid: string) => Genotype | undefined, seen: Map<string, string[]>): string[] {
	if (fields.length !== 7) return [`7 fields are expected, ${fields.length} came`];
	const [type, breed, nation, sex, number, uuid, organizations] = fields;
	const genotype = find(uuid.toLowerCase());
	const own = genotype?.organization === organization;
	const rules: Array<[holds: boolean, text: string]> = [
		[type === '711', 'the record type must be 711'],
		[genotype !== undefined, 'no genotype has this UUID'],
		[genotype === undefined || own, 'the genotype belongs to another organisation'],
		[!own || animalOf(genotype) === breed + countryOf(nation) + sex + number, 'the genotype is of another animal'],
		[!seen.has(uuid.toLowerCase()), 'the UUID came before in this file'],
		[organizationsIn(organizations).every((one) => ORGANIZATIONS.includes(one)), 'an organisation is not known'],
	];
	return [...rules.filter(([holds]) => !holds).map(([, text]) => text), ...idErrors({ sex, number, uuid })];
}

const organizationsIn = (text: string): string[] => (text === '' ? [] : text.split(','));
