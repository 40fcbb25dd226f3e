import { animalNumber, breed, country, recordType, sex, uuid } from './columns';
import { UUID, type Column, type Format } from './format';

const organization: Column = { name: 'organization', label: 'Organization', rule: /^[^\s,]+$/, wants: 'the code of an organization' };
const laboratory: Column = { name: 'laboratory', label: 'Laboratory', rule: /\S/, wants: 'the name of a laboratory' };
const sampleId: Column = { name: 'sample_id', label: 'Sample ID', rule: /\S/, wants: 'an ID, or the word Missing', missing: 'Missing' };
const additional: Column = { name: 'additional', label: 'Additional', rule: /^$/, wants: 'empty', missing: '' };
const array: Column = { name: 'array', label: 'Array', rule: /^[1-9]\d*_[A-Za-z]$/, wants: 'a number of SNPs and a letter, such as 54609_a' };
const genotypes: Column = { name: 'genotypes', label: 'Genotypes', rule: /^[0125]+$/, wants: 'made of the digits 0, 1, 2 and 5' };

/** Genotypes: one line for each, with all its digits (0 = BB, 1 = AB, 2 = AA, 5 = unknown). */
export const format706: Format = {
	code: '706',
	columns: [recordType('706'), breed, country, sex, animalNumber, organization, uuid, laboratory, sampleId, additional, array, genotypes],
	// the provider's manual says the first, its page about the format perhaps the second
	innerNames: ['genotypes.csv', '706_file.csv'],
	oldLayouts: [
		{ about: 'of August 2020, without an organization', matches: (fields) => UUID.test(fields[5] ?? '') },
		{ about: 'of October 2020, with an array without its letter', matches: (fields) => fields.length === 12 && /^\d+$/.test(fields[10]) },
	],
	disagreement: (record) =>
		record.genotypes.length === Number.parseInt(String(record.array), 10) ? undefined : '"Genotypes" does not have as many digits as "Array" has SNPs',
};
