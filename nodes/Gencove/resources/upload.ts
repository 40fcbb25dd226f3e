import type { IDataObject } from 'n8n-workflow';

import { choice, list, locator, optionsOf, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { everyRow, pages } from '../api';
import { assign, checkProject, sheetBelow, sheetOf, uploadsOf } from '../assignment';
import { checkSource, folderOf, readsName } from '../destinations';
import { ID_PLACEHOLDER, metadata, sorting } from '../fields';
import { Sender } from '../sending';

const uploadId = locator('Upload', { list: 'searchUploads', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A file in the upload area' });
const destinationPath = text('Destination Path', { wire: 'destination_path', required: true, placeholder: 'e.g. gncv://plate7/S1_R1.fastq.gz', description: 'Path in the upload area' });

/** The project in which uploads become samples at once. */
export const runProjectId = locator('Run in Project', { list: 'searchProjects', noun: 'project', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'Make samples of the uploads in this project, which starts their analysis; left empty, they are only uploaded' });
export const destinationFolder = text('Destination Folder', { place: 'none', placeholder: 'e.g. gncv://plate7', description: 'Folder in the upload area; a new one by default' });

const getAll = request({
	name: 'Get Many',
	action: 'Get many uploads',
	description: 'Retrieve a list of the files in the upload area',
	request: 'GET uploads/',
	pages,
	fields: {
		search: text('Search', { description: 'Part of an ID' }),
		status: choice('Status', optionsOf('failed', 'started', 'succeeded')),
	},
});

const get = request({
	name: 'Get',
	action: 'Get upload',
	description: 'Retrieve a file in the upload area by its ID',
	request: 'GET uploads/{uploadId}',
	fields: { uploadId },
});

const getSampleSheet = request({
	name: 'Get Sample Sheet',
	action: 'Get sample sheet of uploads',
	description: 'Retrieve the uploads by the samples whose reads they hold',
	request: 'GET sample-sheet/',
	pages,
	fields: {
		search: text('Path', { wire: 'search', placeholder: 'e.g. gncv://plate7/', description: 'Beginning of the path in the upload area' }),
		...sorting('created', 'modified'),
		assignment: choice('Assignment', optionsOf('all', 'assigned', 'unassigned'), { wire: 'status', description: 'Whether samples were made of them' }),
	},
});

const upload = program({
	name: 'Upload',
	action: 'Upload reads',
	description: 'Send the reads of a sample, of any size, and start its analysis if you like',
	fields: {
		inputFields: list('Input Data Field Names', { place: 'none', default: ['data'], description: 'Comma-separated list of the input fields that hold the files: the first reads, then the second ones of a pair' }),
		runProjectId,
		clientId: text('Client ID', { place: 'none', description: 'Your name of the sample; the files are named by it. By default they keep their names.' }),
		destinationFolder,
		metadata: { ...metadata, place: 'none' },
	},
	async run({ connection, values, inputFile }) {
		const { inputFields, clientId, runProjectId: projectId } = values;
		if (clientId !== undefined && inputFields.length > 2) throw new Problem('There are more than two files for one sample', { description: 'A sample has one file of reads or a pair. Leave "Client ID" empty to keep the names of the files' });
		const files = await Promise.all(inputFields.map(async (name) => await inputFile(name)));
		if (clientId !== undefined) for (const { name } of files) checkSource(name);
		const names = files.map(({ name }, i) => (clientId === undefined ? name : readsName(clientId, String(i + 1))));
		if (new Set(names).size < names.length) throw new Problem('Two of the files have the same name', { description: 'Each file needs a name of its own; with "Client ID" they are named after the sample' });
		await checkProject(connection, projectId);
		const { folder, uploads } = await new Sender(connection).send(files.map((file, i) => ({ file, name: names[i] })), folderOf(values.destinationFolder));
		const samples = projectId === '' ? [] : await run(connection, projectId, folder, uploads, values.metadata);
		return { json: { destination_folder: folder, uploads, samples } };
	},
});

/**
 * Makes samples of uploads as soon as Gencove sees them; those that samples were made of before are left alone. A Problem
 * says where the files are: they need not be sent again.
 */
export async function run(connection: Connection, projectId: string, folder: string, uploads: IDataObject[], given: unknown): Promise<IDataObject[]> {
	const ids = uploads.map(({ id }) => String(id));
	const sheet = await sheetOf(connection, folder, ids);
	return await assign(connection, projectId, sheet, given).catch((cause: Problem) => {
		const description = `${cause.description ?? ''} The files are in ${folder} and need not be sent again: use "Sample > Assign Uploads"`.trim();
		throw new Problem(cause.message, { status: cause.status, uncertain: cause.uncertain, description });
	});
}

const createSlot = request({
	name: 'Create Slot',
	action: 'Create slot for upload',
	description: 'Get the place in the storage for a file that another program sends',
	request: 'POST uploads-post-data/',
	repeat: 'safe',
	fields: { destinationPath },
});

const getPresignedForm = request({
	name: 'Get Presigned Form',
	action: 'Get presigned form for upload',
	description: 'Get the address and the fields of a form by which another program sends a file of up to 5 GiB',
	request: 'POST uploads-presigned-post-data/',
	secretOutput: true,
	fields: { destinationPath },
});

const getCredentials = request({
	name: 'Get Credentials',
	action: 'Get credentials for uploads',
	description: 'Get keys to the storage, good for some hours, for another program that sends files',
	request: 'POST upload-credentials/',
	effect: 'read',
	secretOutput: true,
	fields: {},
});

const deleteUnassigned = program({
	name: 'Delete Unassigned',
	action: 'Delete unassigned uploads',
	description: 'Remove files of which no samples were made, by their IDs or with all of a folder; their paths cannot be used again',
	destructive: true,
	fields: {
		uploadIds: list('Upload IDs', { place: 'none', default: [], description: 'Comma-separated list of IDs' }),
		path: text('Path', { place: 'none', default: '', placeholder: 'e.g. gncv://plate7', description: 'A file, or a folder with all that is in it' }),
	},
	async run({ connection, values: { uploadIds, path } }) {
		const ids = path === '' ? uploadIds : [...uploadIds, ...(await idsBelow(connection, path))];
		if (uploadIds.length === 0 && path === '') throw new Problem('Nothing is named that is to be deleted', { description: 'Give "Upload IDs" or "Path"' });
		if (ids.length > 0) await connection.send('POST uploads-delete-unassigned/', { body: { upload_ids: ids } });
		return { json: { deleted: true, upload_ids: ids } };
	},
});

/** The uploads below a path of which no samples were made: Gencove refuses all when one of them was. */
async function idsBelow(connection: Connection, path: string): Promise<string[]> {
	const folder = folderOf(path);
	const assigned = new Set((await sheetBelow(connection, folder, 'assigned')).flatMap(uploadsOf));
	const found: string[] = [];
	for await (const { id, destination_path: place } of everyRow(connection, 'GET uploads/')) {
		if ((place === folder || String(place).startsWith(`${folder}/`)) && !assigned.has(String(id))) found.push(String(id));
	}
	return found;
}

export const uploads: Resource = { name: 'Upload', operations: { createSlot, deleteUnassigned, get, getAll, getCredentials, getPresignedForm, getSampleSheet, upload } };
