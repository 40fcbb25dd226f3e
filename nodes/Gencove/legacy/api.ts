import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/operation';
import { wholeList, type Pages } from '../../shared/pages';
import { legacyAddress } from './address';

/** The first generation of Gencove's API: whole numbers for IDs, and a text for the user in every answer. */
export const legacyApi: Api = {
	service: 'Gencove Legacy',
	credential: 'gencoveLegacyApi',
	address: legacyAddress,
	lists: 'comma',
	idField: 'project_id',
	refusal(body) {
		const { message, message_details: details } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
		const said = [message, details].filter((words) => typeof words === 'string' && words !== '');
		return said.length === 0 ? undefined : said.join(' ');
	},
};

/** The part of an answer that is the result; all of it where that is not there, since not every answer is documented. */
export const within = (name: string) => (answer: unknown): unknown => (answer as IDataObject | undefined)?.[name] ?? answer;

/** A list inside an answer; it comes whole. */
export const listIn = (name: string): Pages => (fetch, wanted, skip) => wholeList(async (query) => within(name)(await fetch(query)), wanted, skip);
