import { flag, text } from '../../../shared/field';
import { deleted, program, request, type OutputItem, type Resource } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { folderIn, libraryId, placeInLibrary } from '../../libraries';
import { permissions, PUBLIC } from '../../permissions';
import { ID_PLACEHOLDER } from '../../fields';

/** The most useful fields of a library. */
const simplify = ['id', 'name', 'description', 'synopsis', 'root_folder_id', 'create_time', 'deleted', 'public', 'can_user_add', 'can_user_modify'];

const description = text('Description', { description: 'What the library holds' });
const synopsis = text('Synopsis', { description: 'The same in a few words' });

const create = request({
	name: 'Create',
	action: 'Create library',
	description: 'Make a data library, from which users take datasets (administrators only)',
	request: 'POST api/libraries',
	simplify,
	fields: { name: text('Name', { required: true, placeholder: 'e.g. Reference Genomes' }), description, synopsis },
});

const get = request({
	name: 'Get',
	action: 'Get library',
	description: 'Retrieve a data library by its ID',
	request: 'GET api/libraries/{libraryId}',
	simplify,
	fields: { libraryId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many libraries',
	description: 'Retrieve a list of the data libraries that you can see',
	request: 'GET api/libraries',
	pages: wholeList,
	simplify,
	fields: { deleted: flag('Deleted', { description: 'Whether to list deleted libraries, which only administrators see, or those that are not' }) },
});

const update = request({
	name: 'Update',
	action: 'Update library',
	description: 'Change name or description of a data library (administrators only)',
	request: 'PATCH api/libraries/{libraryId}',
	simplify,
	fields: { libraryId, description, name: text('Name'), synopsis },
});

const remove = request({
	name: 'Delete',
	action: 'Delete library',
	description: 'Remove a data library; it can be brought back (administrators only)',
	request: 'DELETE api/libraries/{libraryId}',
	fields: { libraryId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete library',
	description: 'Bring a deleted data library back (administrators only)',
	request: 'DELETE api/libraries/{libraryId}?undelete=true',
	simplify,
	fields: { libraryId },
});

const getAllContents = request({
	name: 'Get All Contents',
	action: 'Get contents of library',
	description: 'Retrieve a list of the folders and datasets of a data library, at all depths',
	request: 'GET api/libraries/{libraryId}/contents',
	pages: wholeList,
	fields: { libraryId },
});

const getContent = request({
	name: 'Get Content',
	action: 'Get content of library',
	description: 'Retrieve a folder or a dataset of a data library',
	request: 'GET api/libraries/{libraryId}/contents/{contentId}',
	fields: { libraryId, contentId: text('Content ID', { place: 'path', required: true, placeholder: ID_PLACEHOLDER, description: 'ID of a dataset, or of a folder, which begins with F' }) },
});

const createFolder = program({
	name: 'Create Folder',
	action: 'Create folder in library',
	description: 'Make a folder at the top of a data library, or in one of its folders',
	fields: { ...placeInLibrary, name: text('Name', { required: true, placeholder: 'e.g. Run 7' }), description: text('Description') },
	async run({ connection, values }) {
		const { libraryId: library, name, description: about } = values;
		const body = { folder_id: await folderIn(connection, values), create_type: 'folder', name, description: about };
		// Galaxy answers with a list of one
		const [made] = (await connection.send('POST api/libraries/{library}/contents', { path: { library }, body })) as Array<OutputItem['json']>;
		return { json: made };
	},
});

export const library: Resource = {
	name: 'Library',
	operations: {
		create,
		createFolder,
		delete: remove,
		get,
		getAll,
		getAllContents,
		getContent,
		undelete,
		update,
		...permissions({
			noun: 'library',
			path: 'api/libraries/{libraryId}/permissions',
			fields: { libraryId },
			rights: { access: 'access_library_role_list', add: 'add_library_item_role_list', modify: 'modify_library_role_list', manage: 'manage_library_role_list' },
			more: PUBLIC,
		}),
	},
};
