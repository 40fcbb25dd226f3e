import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Api, Carried, Json, Outgoing } from '../shared/operation';
import { rows, slices, wholeList, type Pages } from '../shared/pages';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { apiAddress } from './address';
import { withFilters } from './filters';
import { advice, refusal } from './refusal';

/** Galaxy's API, as of release 26.1. */
export const api: Api = {
	service: 'Galaxy',
	credential: 'galaxyApi',
	address: apiAddress,
	spelling: (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
	lists: 'repeat',
	prepare(outgoing, credential) {
		checkKey(credential);
		return { ...outgoing, query: withFilters(outgoing.query as Record<string, Json>) } as Outgoing;
	},
	accept: (answer) => inUtc(answer),
	refusal,
	advice,
};

/** Without a key Galaxy answers as to a stranger: with nothing, or with what is public (contract, section 9, 1). */
function checkKey({ authentication, apiKey }: ICredentialDataDecryptedObject): void {
	if (authentication !== 'apiKey' || String(apiKey ?? '').trim() !== '') return;
	throw new Problem('The Galaxy credential has no API key', { description: 'Give the key that Galaxy shows under User > Preferences > Manage API Key' });
}

/** Times of Galaxy are UTC, but do not say so (contract, section 2). */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/;
const TIME_FIELD = /(^|_)(time|date|change)$|^date_/;

/** A copy of an answer in which the times name their zone. */
function inUtc(answer: unknown, name = ''): unknown {
	if (typeof answer === 'string') return TIME_FIELD.test(name) && TIME.test(answer) ? `${answer}Z` : answer;
	if (Array.isArray(answer)) return answer.map((entry) => inUtc(entry, name));
	if (typeof answer !== 'object' || answer === null) return answer;
	return Object.fromEntries(Object.entries(answer).map(([key, entry]) => [key, inUtc(entry, key)]));
}

/** Most lists: as many rows a page as one answer should hold. */
export const pages = slices(500);

/** A list that comes whole, with entries that are no objects: `row` makes one of each. */
export const wholeListOf = <T>(row: (entry: T) => IDataObject): Pages =>
	async function* (fetch) {
		for await (const { rows: entries, hasNext } of wholeList(fetch, Infinity)) yield { rows: (entries as T[]).map(row), hasNext };
	};

/** All rows of a list, one page of them in memory; `by` says how it is paged. */
export function everyRow(connection: Connection, line: string, { path, query }: Pick<Carried, 'path' | 'query'> = {}, by = pages): AsyncGenerator<IDataObject> {
	return rows(by(async (page) => await connection.send(line, { path, query: { ...query, ...page } }), Infinity), Infinity);
}
