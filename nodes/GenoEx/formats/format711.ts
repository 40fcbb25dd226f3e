import { animalNumber, breed, country, recordType, sex, uuid } from './columns';
import type { Column, Format } from './format';

const nation: Column = { ...country, rule: /^(?:[A-Z]{3}|840)$/, wants: '3 capital letters, or 840' };
const organizations: Column = { name: 'organizations', label: 'Organizations', rule: /^(?:[^\s,]+(?:,[^\s,]+)*)?$/, wants: 'a list of codes of organizations, separated by commas', missing: '', list: true };

/** Sharing permissions: which organizations may download a genotype of a file 706. */
export const format711: Format = {
	code: '711',
	columns: [recordType('711'), breed, nation, sex, animalNumber, uuid, organizations],
	innerNames: ['711_file.csv'],
	oldLayouts: [{ about: 'of before version 1.1, with an array before the organizations', matches: (fields) => fields.length === 8 && /^\d+(?:_[A-Za-z])?$/.test(fields[6]) }],
};
