import type { IDataObject } from 'n8n-workflow';

import { flag, json, text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { folderIn, placeInLibrary } from '../../libraries';

export const createCollection = program({
	name: 'Create Collection',
	action: 'Create collection in library',
	description: 'Make a collection of datasets in a data library; Galaxy 26.1 has a fault that refuses it',
	fields: {
		...placeInLibrary,
		name: text('Name', { required: true }),
		collectionType: text('Collection Type', { default: 'list', placeholder: 'e.g. list:paired' }),
		elementIdentifiers: json('Elements', { required: true, description: 'List of objects with the keys name, src (ldda for a version of a library dataset, hda for a dataset of a history) and ID in small letters' }),
		copyElements: flag('Copy Elements', { description: 'Whether the collection gets copies of the datasets' }),
		hideSourceItems: flag('Hide Source Items', { description: 'Whether to hide the datasets that the collection is made of' }),
	},
	async run({ connection, values }) {
		const { libraryId: library, name, collectionType, elementIdentifiers, copyElements, hideSourceItems } = values;
		if (!Array.isArray(elementIdentifiers)) throw new Problem('"Elements" is not a list', { description: 'Give a JSON list of objects' });
		const body = {
			folder_id: await folderIn(connection, values),
			create_type: 'collection',
			name,
			collection_type: collectionType,
			element_identifiers: elementIdentifiers as never,
			copy_elements: copyElements,
			hide_source_items: hideSourceItems,
		};
		// Galaxy answers with a list of one
		const [made] = (await connection.send('POST api/libraries/{library}/contents', { path: { library }, body })) as IDataObject[];
		return { json: made };
	},
});
