import type { IDataObject } from 'n8n-workflow';

import { choice, flag, id, list, text } from '../../../shared/field';
import { deleted, program, request, type Resource } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { historyId, ID_PLACEHOLDER, tags } from '../../fields';
import { checkFolder, oneLibraryDataset } from '../../libraries';
import { permissions, PUBLIC_OR_PRIVATE } from '../../permissions';
import { createCollection } from './collection';
import { importFromServerDirectory } from './serverImport';
import { upload } from './upload';

/** The most useful fields of a library dataset. */
const simplify = ['id', 'name', 'state', 'file_ext', 'file_size', 'genome_build', 'folder_id', 'parent_library_id', 'tags', 'update_time'];

const get = request({
	name: 'Get',
	action: 'Get library dataset',
	description: 'Retrieve a dataset of a data library',
	request: 'GET api/libraries/datasets/{libraryDatasetId}',
	simplify,
	fields: oneLibraryDataset,
});

const getVersion = request({
	name: 'Get Version',
	action: 'Get version of library dataset',
	description: 'Retrieve an earlier version of a dataset of a data library',
	request: 'GET api/libraries/datasets/{libraryDatasetId}/versions/{lddaId}',
	fields: { ...oneLibraryDataset, lddaId: id('Version ID', { placeholder: ID_PLACEHOLDER, description: 'What the dataset had as "ldda_id" when that version was the last one' }) },
});

const update = request({
	name: 'Update',
	action: 'Update library dataset',
	description: 'Change name, type, tags or notes of a dataset of a data library',
	request: 'PATCH api/libraries/datasets/{libraryDatasetId}',
	simplify,
	fields: {
		...oneLibraryDataset,
		fileExt: text('File Type', { placeholder: 'e.g. bed', description: 'The datatype as Galaxy calls it; with "auto" Galaxy finds it out' }),
		genomeBuild: text('Genome Build', { placeholder: 'e.g. hg38' }),
		miscInfo: text('Information', { description: 'What is shown as the information of the dataset' }),
		name: text('Name'),
		tags: tags(),
	},
});

const remove = program({
	name: 'Delete',
	action: 'Delete library dataset',
	description: 'Remove a dataset of a data library; it can be brought back until it is purged',
	destructive: true,
	fields: { ...oneLibraryDataset, purge: flag('Purge', { place: 'none', default: false, description: 'Whether to remove the data for good, where nothing else uses them' }) },
	async run({ connection, values: { libraryId, libraryDatasetId, purge } }) {
		if (purge) {
			const library = libraryId || (await libraryWith(connection, libraryDatasetId));
			await connection.send('DELETE api/libraries/{library}/contents/{libraryDatasetId}', { path: { library, libraryDatasetId }, body: { purge } });
		} else {
			await connection.send('DELETE api/libraries/datasets/{libraryDatasetId}', { path: { libraryDatasetId } });
		}
		return { json: deleted() };
	},
});

async function libraryWith(connection: Connection, libraryDatasetId: string): Promise<string> {
	const { parent_library_id: library } = (await connection.send('GET api/libraries/datasets/{libraryDatasetId}', { path: { libraryDatasetId } })) as IDataObject;
	return String(library);
}

const undelete = request({
	name: 'Undelete',
	action: 'Undelete library dataset',
	description: 'Bring a deleted dataset of a data library back',
	request: 'DELETE api/libraries/datasets/{libraryDatasetId}?undelete=true',
	simplify,
	fields: oneLibraryDataset,
});

const copyToHistory = program({
	name: 'Copy To History',
	action: 'Copy library dataset to history',
	description: 'Put a dataset of a data library into a history, where tools can use it',
	simplify: ['id', 'name', 'hid', 'history_id', 'state', 'file_ext', 'file_size', 'genome_build', 'tags', 'update_time'],
	fields: { historyId, ...oneLibraryDataset },
	async run({ connection, values: { historyId: history, libraryDatasetId } }) {
		const answer = await connection.send('POST api/histories/{history}/contents/datasets', { path: { history }, body: { source: 'library', content: libraryDatasetId } });
		return { json: answer as IDataObject };
	},
});

const download = program({
	name: 'Download',
	action: 'Download library datasets',
	description: 'Fetch datasets and whole folders of data libraries, in an archive or one as it is',
	effect: 'read',
	filesOut: true,
	fields: {
		libraryDatasetIds: list('Library Dataset IDs', { place: 'none', default: [], placeholder: ID_PLACEHOLDER, description: 'Comma-separated list' }),
		folderIds: list('Folder IDs', { place: 'none', default: [], placeholder: 'e.g. F5a1cff6882ddb5b2', description: 'Comma-separated list of folders to fetch with all that is in them' }),
		archiveFormat: choice('Format', [
			{ name: 'One File as It Is', value: 'uncompressed' },
			{ name: 'ZIP', value: 'zip' },
		], { place: 'none', default: 'zip' }),
	},
	async run({ download: fetch, values: { libraryDatasetIds, folderIds, archiveFormat } }) {
		folderIds.forEach(checkFolder);
		if (libraryDatasetIds.length + folderIds.length === 0) throw new Problem('Nothing to download is named', { description: 'Give "Library Dataset IDs" or "Folder IDs"' });
		if (archiveFormat === 'uncompressed' && (libraryDatasetIds.length !== 1 || folderIds.length > 0)) throw new Problem('Only one dataset at once comes as it is', { description: 'Give one ID in "Library Dataset IDs" and no folder, or set "Format" to ZIP' });
		const query = { ld_ids: libraryDatasetIds, folder_ids: folderIds };
		const fallback = archiveFormat === 'zip' ? { name: 'selected_library_files.zip', mimeType: 'application/zip' } : { name: libraryDatasetIds[0], mimeType: 'application/octet-stream' };
		return await fetch('GET api/libraries/datasets/download/{archiveFormat}', { path: { archiveFormat }, query }, fallback);
	},
});

export const libraryDataset: Resource = {
	name: 'Library Dataset',
	operations: {
		copyToHistory,
		createCollection,
		delete: remove,
		download,
		get,
		getVersion,
		importFromServerDirectory,
		undelete,
		update,
		upload,
		...permissions({
			noun: 'library dataset',
			path: 'api/libraries/datasets/{libraryDatasetId}/permissions',
			fields: oneLibraryDataset,
			rights: { access: 'access_dataset_roles', modify: 'modify_item_roles', manage: 'manage_dataset_roles' },
			more: PUBLIC_OR_PRIVATE,
		}),
	},
};
