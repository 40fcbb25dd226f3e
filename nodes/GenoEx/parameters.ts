import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { Kept } from '../shared/kept';
import { optionList } from '../shared/options';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { api } from './api';

/** The lists of values that the filters take, by their names in the answer. */
export const LISTS = ['arrays', 'breeds', 'countries', 'gender', 'orgs'] as const;
export type ListName = (typeof LISTS)[number];

/** The lists of the editor, for 5 minutes: the service advises to keep them for a while. */
const kept = new Kept<string, IDataObject>(5 * 60_000);

/** All lists, fresh. Throws a Problem when one is missing. */
export async function readParameters(connection: Connection): Promise<IDataObject> {
	const answer = (await connection.send('POST gde_get_parameters', { repeat: 'safe' })) as IDataObject;
	const missing = LISTS.filter((name) => !Array.isArray(answer[name]));
	if (missing.length === 0) return answer;
	throw new Problem(`GenoEx sent an incomplete answer: it has no "${missing.join('", "')}"`, { description: 'Run it again; if it stays so, ask genoex@slu.se' });
}

/** All lists, one call for all fields of the editor and for some minutes. */
async function keptParameters(connection: Connection): Promise<IDataObject> {
	const key = createHash('sha256').update(JSON.stringify(connection.credential)).digest('base64');
	return await kept.get(key, async () => await readParameters(connection));
}

async function valuesOf(connection: Connection, name: ListName): Promise<INodePropertyOptions[]> {
	const values = (await keptParameters(connection))[name] as string[];
	return [...values].sort().map((value) => ({ name: value, value }));
}

/** Sent when nothing is chosen. */
export const BOTH_GENDERS = 'BOTH';

/** An empty value is the one that the editor has at first. */
const GENDERS: INodePropertyOptions[] = [
	{ name: 'Both', value: '' },
	{ name: 'Female', value: 'F' },
	{ name: 'Male', value: 'M' },
];

/** The three that are documented, and what else the service has; the three alone when it cannot be asked. */
async function genders(connection: Connection): Promise<INodePropertyOptions[]> {
	const served = await valuesOf(connection, 'gender').catch((): INodePropertyOptions[] => []);
	const known = [BOTH_GENDERS, ...GENDERS.map(({ value }) => value)];
	return [...GENDERS, ...served.filter(({ value }) => !known.includes(value))];
}

/** The options that the editor loads. */
export const optionLists = {
	getArrays: optionList(api, async (connection) => await valuesOf(connection, 'arrays')),
	getBreeds: optionList(api, async (connection) => await valuesOf(connection, 'breeds')),
	getCountries: optionList(api, async (connection) => await valuesOf(connection, 'countries')),
	getGenders: optionList(api, genders),
	getOrgs: optionList(api, async (connection) => await valuesOf(connection, 'orgs')),
};
