import type { Api } from '../shared/operation';
import { offsets } from '../shared/pages';
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
