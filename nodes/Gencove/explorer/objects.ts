import type { IDataObject } from 'n8n-workflow';

import { each } from '../../shared/each';
import { AT_ONCE, type OutputItem } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { entriesAt, type Entry } from './listing';
import { storageOf, type Place } from './storage';

/** What is done with one object; gives what its item tells besides the path. */
type Work = (object: Place, entry: Entry) => Promise<IDataObject>;

const isFolderKey = (key: string) => key === '' || key.endsWith('/');

/** A folder by its key; the place itself where it is one already. */
const asFolder = (place: Place): Place => (isFolderKey(place.key) ? place : { ...place, key: `${place.key}/` });

/** What a path of a file names; throws a Problem for that of a folder. */
export async function fileAt(connection: Connection, path: string): Promise<Place> {
	const place = await storageOf(connection).place(path);
	if (!isFolderKey(place.key)) return place;
	throw new Problem(`"${path}" is a folder`, { description: 'Give the path of a file, or switch "Everything Below" on where there is such a field' });
}

/**
 * Does something with the object at a path, or with each of all that are below it, and gives an item for each. Throws a
 * Problem when one of them fails; it says how many were done before.
 */
export async function withObjects(connection: Connection, path: string, isFolder: boolean, work: Work): Promise<OutputItem[]> {
	const place = isFolder ? asFolder(await storageOf(connection).place(path)) : await fileAt(connection, path);
	const items: OutputItem[] = [];
	const one = async (entry: Entry, i: number) => {
		const object = { ...place, key: entry.key };
		items[i] = { json: { path: place.pathOf(entry.key), ...(await work(object, entry)) } };
	};
	if (!isFolder) {
		await one({ key: place.key, type: 'file' }, 0);
		return items;
	}
	await each(entriesAt(place, true), AT_ONCE, one).catch((cause: Problem) => {
		const done = items.filter((item) => item !== undefined).length;
		throw done === 0 ? cause : new Problem(cause.message, { ...cause, description: `${cause.description ?? ''}. ${done} objects were done before` });
	});
	if (items.length > 0) return items;
	throw new Problem(`There is nothing below "${path}"`, { description: 'Check "Path"' });
}

/** A refusal of the storage, with what to do where it means that the object is in the archive. */
export const explainedFor = (path: string) => (cause: Problem): Promise<never> =>
	Promise.reject(/storage class/.test(cause.message) ? new Problem(`"${path}" is in the archive`, { status: cause.status, description: 'Have it brought back with "Restore Data" first, which takes up to two days' }) : cause);
