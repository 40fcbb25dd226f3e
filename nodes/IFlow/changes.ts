import type { IDataObject } from 'n8n-workflow';

import type { Fields } from '../shared/field';
import type { Carried, Method } from '../shared/operation';
import { place } from '../shared/place';
import { Problem } from '../shared/problem';
import { api } from './api';
import type { OwnId } from './names';

/** What a program's request carries of its values, each at its place. */
export const carried = (fields: Fields, values: IDataObject, method: Method) => ({ ...place(fields, values, method, api.spelling), path: values });

/**
 * What the request of a change carries: the fields that were given and no others, and a new ID under both names that
 * servers know it by (contract, section 5). Throws a Problem when nothing is given.
 */
export function changes(fields: Fields, values: IDataObject, { method, ownId }: { method: Method; ownId: OwnId }): Carried & { body: IDataObject } {
	const { body, ...more } = carried(fields, values, method);
	if (body === undefined) throw new Problem('Nothing is to be changed', { description: 'Add a field under "Additional Fields"' });
	const given = body as IDataObject;
	return { ...more, body: { ...(given.display_id !== undefined && { [ownId]: given.display_id }), ...given } as never };
}
