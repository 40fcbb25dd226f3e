import type { IDataObject } from 'n8n-workflow';

import type { Api, Carried } from '../shared/operation';
import { offsets, rows } from '../shared/pages';
import type { Connection } from '../shared/request';
import { apiAddress } from './address';
import { refusal } from './refusal';

/** Gencove's API v2. */
export const api: Api = {
	service: 'Gencove',
	credential: 'gencoveApi',
	address: apiAddress,
	lists: 'comma',
	// as Gencove's own client sends them
	prepare: (outgoing) => (outgoing.method === 'POST' && outgoing.body === undefined && outgoing.parts.length === 0 ? { ...outgoing, body: {} } : outgoing),
	refusal,
};

/** Every list of the API; 200 rows are the most that a page holds. */
export const pages = offsets(200);

/** All rows of a list, one page of them in memory. */
export function everyRow(connection: Connection, line: string, { path, query }: Pick<Carried, 'path' | 'query'> = {}): AsyncGenerator<IDataObject> {
	return rows(pages(async (page) => await connection.send(line, { path, query: { ...query, ...page } }), Infinity), Infinity);
}
