import type { IDataObject } from 'n8n-workflow';

import { choice, flag, locator, text } from '../../../shared/field';
import { deleted, program, request, type Resource } from '../../../shared/operation';
import { slices } from '../../../shared/pages';
import { historyOf, ID_PLACEHOLDER } from '../../fields';
import { oneFolder } from '../../libraries';
import { permissions } from '../../permissions';

const description = text('Description');

const create = request({
	name: 'Create',
	action: 'Create library folder',
	description: 'Make a folder in a folder of a data library',
	request: 'POST api/folders/{folderId}',
	fields: { ...oneFolder, name: text('Name', { required: true, placeholder: 'e.g. Run 7' }), description },
});

const get = request({
	name: 'Get',
	action: 'Get library folder',
	description: 'Retrieve a folder of a data library, with its path',
	request: 'GET api/folders/{folderId}',
	fields: oneFolder,
});

const getContents = request({
	name: 'Get Contents',
	action: 'Get contents of library folder',
	description: 'Retrieve a list of the folders and datasets that stand right in a folder',
	request: 'GET api/folders/{folderId}/contents',
	pages: slices(500, (answer) => (answer as IDataObject).folder_contents),
	fields: {
		...oneFolder,
		includeDeleted: flag('Include Deleted', { description: 'Whether to list what is deleted, too' }),
		orderBy: choice('Order By', ['Description', 'Name', 'Size', 'Type', 'Update Time'].map((name) => ({ name, value: name.toLowerCase().replace(' ', '_') }))),
		searchText: text('Search', { description: 'Words in the name' }),
		sortDesc: flag('Sort Descending', { description: 'Whether to begin with the last of the order' }),
	},
});

const update = request({
	name: 'Update',
	action: 'Update library folder',
	description: 'Change name or description of a folder',
	request: 'PUT api/folders/{folderId}',
	fields: { ...oneFolder, description, name: text('Name') },
});

const remove = request({
	name: 'Delete',
	action: 'Delete library folder',
	description: 'Remove a folder; it can be brought back',
	request: 'DELETE api/folders/{folderId}',
	fields: oneFolder,
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete library folder',
	description: 'Bring a deleted folder back',
	request: 'DELETE api/folders/{folderId}?undelete=true',
	fields: oneFolder,
});

const importFromHistory = program({
	name: 'Import From History',
	action: 'Import from history to library folder',
	description: 'Copy a dataset of a history, or those of a list, into a folder',
	fields: {
		...oneFolder,
		what: choice('Import', [{ name: 'Dataset', value: 'dataset' }, { name: 'Dataset Collection', value: 'datasetCollection', description: 'A list without lists in it' }], { place: 'none', default: 'dataset' }),
		historyId: historyOf('dataset or the collection'),
		datasetId: locator('Dataset', { list: 'searchDatasets', place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, shownFor: { what: ['dataset'] }, description: 'One of your datasets' }),
		collectionId: locator('Dataset Collection', { list: 'searchCollections', place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, shownFor: { what: ['datasetCollection'] }, description: 'One of your collections' }),
		message: text('Message', { place: 'none', description: 'A note on the datasets' }),
	},
	async run({ connection, values: { folderId, datasetId, collectionId, message } }) {
		// the field that is not shown has no value
		const body = { from_hda_id: datasetId, from_hdca_id: collectionId, ldda_message: message };
		const answer = (await connection.send('POST api/folders/{folderId}/contents', { path: { folderId }, body })) as IDataObject | IDataObject[];
		return [answer].flat().map((json) => ({ json }));
	},
});

export const libraryFolder: Resource = {
	name: 'Library Folder',
	operations: {
		create,
		delete: remove,
		get,
		getContents,
		importFromHistory,
		undelete,
		update,
		...permissions({
			noun: 'library folder',
			path: 'api/folders/{folderId}/permissions',
			fields: oneFolder,
			rights: { add: 'add_library_item_role_list', modify: 'modify_folder_role_list', manage: 'manage_folder_role_list' },
		}),
	},
};
