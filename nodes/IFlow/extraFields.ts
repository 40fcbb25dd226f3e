import type { IDataObject } from 'n8n-workflow';

import { json, type Field } from '../shared/field';
import { Problem } from '../shared/problem';

/** A JSON object; throws a Problem for a list and for a single value. */
export function object<P extends Field['place']>(made: Field<IDataObject | IDataObject[] | undefined, P>): Field<IDataObject | undefined, P> {
	return {
		...made,
		unshown: undefined,
		read(raw, reading) {
			const value = made.read(raw, reading);
			if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))) return value;
			throw new Problem(`"${made.label}" is no object`, { description: 'Give names with values in braces, for example { "panel": "cardio" }' });
		},
	};
}

/**
 * Fields of the body that the node has none for, or that a server calls otherwise (contract, section 0, rule 2): the last
 * one of the fields of a write, so that it counts over all others.
 */
export const extraFields = object(json('More Fields (JSON)', {
	place: 'body',
	wire: '',
	personal: true,
	placeholder: 'e.g. { "panel": "cardio" }',
	description: 'Fields of the request that are not offered here, under the names that iFlow gives them. They count over all others; null empties a field.',
}));

/** The free keys of a thing: before the fields that stand for single ones of them, which count over it. */
export const properties = object(json('Properties', {
	place: 'body',
	personal: true,
	placeholder: 'e.g. { "panel": "cardio" }',
	description: 'An object with names and values of your own; those that have a field of their own here are added to it',
}));
