import type { IDataObject } from 'n8n-workflow';

import { flag, id, number, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import type { Connection } from '../../../shared/request';
import { everyRow } from '../../api';
import { readCollection } from '../../datasets';
import { ID_PLACEHOLDER, oneCollection } from '../../fields';
import { instanceType } from './fields';

interface Branch {
	collectionId: string;
	/** Of the collection inside it whose elements are read. */
	parentId: unknown;
	/** Names of the elements that lead there. */
	names: string[];
}

/** The elements of a collection, page by page; where wanted those of the collections in it, in their place. */
async function* elementsOf(connection: Connection, { collectionId, parentId, names }: Branch, kind: string | undefined, isDeep: boolean): AsyncGenerator<IDataObject> {
	const path = { collectionId, parentId };
	for await (const element of everyRow(connection, 'GET api/dataset_collections/{collectionId}/contents/{parentId}', { path, query: { instance_type: kind } })) {
		const found = [...names, String(element.element_identifier)];
		const within = element.object as IDataObject;
		if (isDeep && element.element_type === 'dataset_collection') yield* elementsOf(connection, { collectionId, parentId: within.id, names: found }, kind, isDeep);
		else yield { ...element, path: found.join('/') };
	}
}

export const getElements = program({
	name: 'Get Elements',
	action: 'Get elements of dataset collection',
	description: 'Retrieve the datasets of a collection, with those of collections in it where wanted',
	effect: 'read',
	simplify: ['id', 'path', 'element_identifier', 'element_index', 'element_type', 'object'],
	fields: {
		...oneCollection,
		isDeep: flag('Of Inner Collections', { place: 'none', default: true, description: 'Whether to give out the datasets in collections in it, instead of those collections' }),
		returnAll: flag('Return All', { place: 'none', default: false, description: 'Whether to return all results or only up to a given limit' }),
		limit: number('Limit', { place: 'none', default: 50, min: 1, shownFor: { returnAll: [false] }, description: 'Max number of results to return' }),
		parentId: text('Inner Collection ID', { place: 'none', placeholder: ID_PLACEHOLDER, description: 'Of a collection in it, whose elements alone are wanted: the ID of the "object" of an element' }),
		instanceType,
	},
	async run({ connection, values: { collectionId, returnAll, limit, isDeep, parentId, instanceType: kind } }) {
		// elements are listed by another ID than that of the collection in the history
		const parent = parentId || (await readCollection(connection, collectionId)).collection_id;
		const found: Array<{ json: IDataObject }> = [];
		for await (const json of elementsOf(connection, { collectionId, parentId: parent, names: [] }, kind, isDeep)) {
			found.push({ json });
			if (!returnAll && found.length >= limit) break;
		}
		return found;
	},
});

export const getElement = request({
	name: 'Get Element',
	action: 'Get element of dataset collection',
	description: 'Retrieve one element of a collection by its own ID',
	request: 'GET api/dataset_collection_element/{elementId}',
	fields: { elementId: id('Element ID', { placeholder: ID_PLACEHOLDER, description: 'As "Get Elements" shows it' }) },
});
