import type { IDataObject } from 'n8n-workflow';

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
	const row = answer.results?.find((candidate) => candidate.id === id.toLowerCase());
	if (row) return row;
	throw new Problem(`GalateaBio has no ${noun} with the ID ${id}`, { status: 404 });
}
