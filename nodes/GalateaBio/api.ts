import type { IDataObject } from 'n8n-workflow';

import type { Field, Place } from '../shared/field';
import type { Api } from '../shared/operation';
import { pageNumbers } from '../shared/pages';
import { Problem } from '../shared/problem';
import { apiAddress } from './address';

/** GalateaBio's "Octopod API v1". */
export const api: Api = {
	service: 'GalateaBio',
	credential: 'galateaBioApi',
	address: apiAddress,
	lists: 'comma',
	refusal: (body) => {
		const { detail } = (body ?? {}) as IDataObject;
		return typeof detail === 'string' ? detail : undefined;
	},
};

/** Every list of the API: `page` and `page_size`, envelope { count, next, previous, results }. */
export const pages = pageNumbers({ page: 'page', size: 'page_size' });

/**
 * The API has no call for one file or one order: its lists can be asked for an ID, and give everything in which it
 * occurs. This takes the row that has it.
 */
export function rowWithId(answer: { results?: IDataObject[] }, id: string, noun: string): IDataObject {
	const row = answer.results?.find((candidate) => candidate.id === id);
	if (row) return row;
	throw new Problem(`GalateaBio has no ${noun} with the ID ${id}`, { status: 404 });
}

/** A field for an ID, which is read as the service writes it: its lists find no other spelling. */
export const inLowerCase = <P extends Place | undefined>(field: Field<string, P>): Field<string, P> => ({ ...field, read: (raw, reading) => field.read(raw, reading).toLowerCase() });

/** A write that was answered by less than it must give; whether it was done is not known. */
export const incomplete = (missing: string) =>
	new Problem(`GalateaBio sent an incomplete answer: it has no ${missing}`, {
		uncertain: true,
		description: 'It was not sent again. Look at the service whether it was done, before you run the node again',
	});

/** The object in an answer, alone or in an array; undefined where there is none. */
export function objectIn(answer: unknown): IDataObject | undefined {
	const [first] = [answer].flat();
	return typeof first === 'object' && first !== null ? (first as IDataObject) : undefined;
}

/** What a write gives out, a single text as { value }; throws a Problem that names it when the answer holds nothing of it. */
export function given(answer: unknown, what: string): IDataObject {
	const found = typeof answer === 'string' && answer !== '' ? { value: answer } : objectIn(answer);
	if (found && Object.keys(found).length > 0) return found;
	throw incomplete(what);
}

/**
 * The thing that a write has made, with its `id`: for orders the docs show an array and an object, the specification
 * an `order_id`. Throws a Problem when the answer has no ID.
 */
export function created(answer: unknown, noun: string): IDataObject {
	const made = objectIn(answer);
	const id = made?.id || made?.order_id;
	if (typeof id === 'string') return { ...made, id };
	throw incomplete(`ID of the ${noun}`);
}
