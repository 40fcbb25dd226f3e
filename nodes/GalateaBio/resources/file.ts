import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { clearable, day, flag, inputFile, list, locator, text } from '../../shared/field';
import { deleted, program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { InputFile } from '../../shared/transfer';
import type { Watch } from '../../shared/wait';
import { created, inLowerCase, pages, rowWithId } from '../api';
import { ID_PLACEHOLDER } from '../placeholders';
import { findBySftpPath, uploadBySftp } from '../sftp';
import { fileLook } from '../states';

/** The most useful fields of a file. */
const simplify = ['id', 'src_file_name', 'status', 'check_information', 'sample_alias', 'genome_type', 'amount_of_samples', 'file_size_bytes', 'orders_count', 'created_at'];

const fileId = inLowerCase(locator('File', { list: 'searchFiles', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'The genotype file' }));

/** A file as it is now. The list matches names too, and hides nothing, so deleted files are found. */
const look: Watch['look'] = async (connection, { id }) => {
	const answer = (await connection.send('GET data/files', { query: { file: String(id) } })) as { results: IDataObject[] };
	return fileLook(rowWithId(answer, String(id), 'file'));
};

const validation: Watch = { noun: 'file', end: 'Validation', look };

const getAll = request({
	name: 'Get Many',
	action: 'Get many files',
	description: 'Retrieve a list of genotype files',
	request: 'GET data/files',
	pages,
	simplify,
	fields: {
		onlyAcceptable: flag('Only Acceptable', { wire: 'only_acceptable', description: 'Whether to leave out files that are deleted or not acceptable' }),
		search: text('File ID or Name', { wire: 'file' }),
		fileIds: list('File IDs', { wire: 'files_ids', description: 'Comma-separated list of IDs' }),
		uploadedFrom: day('Uploaded From', { wire: 'min_date', description: 'First day of the upload' }),
		uploadedUntil: day('Uploaded Until', { wire: 'max_date', description: 'Last day of the upload' }),
		organizationNames: list('Organization Names', { wire: 'org_names', description: 'Comma-separated list of names' }),
		showVirtual: flag('Show Virtual', { wire: 'show_virtual', description: 'Whether to include files that others have supplied' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get file',
	description: 'Retrieve a genotype file by its ID',
	request: 'GET data/files',
	simplify,
	fields: { fileId: { ...fileId, place: 'query', wire: 'file' } },
	unwrap: (answer: { results: IDataObject[] }, { fileId: id }) => rowWithId(answer, String(id), 'file'),
});

/** The docs take files "under 50 MB" and leave open which MB: bytes from which on an upload may be refused, and from which on it is. */
const MAY_BE_TOO_LARGE = 50_000_000;
const TOO_LARGE = 52_428_800;

/** Warns of a file that the service may refuse; throws a Problem for one that it surely does. */
function checkSize(context: IExecuteFunctions, { name, size = 0 }: InputFile): void {
	if (size >= TOO_LARGE) throw new Problem(`"${name}" is too large (${size} bytes)`, { description: 'GalateaBio takes files below 50 MB here. Send larger ones by SFTP' });
	if (size < MAY_BE_TOO_LARGE) return;
	context.addExecutionHints({ type: 'warning', location: 'outputPane', message: `"${name}" has ${size} bytes: GalateaBio promises to take files under 50 MB only. Send such files by SFTP` });
}

const upload = program({
	name: 'Upload',
	action: 'Upload file',
	description: 'Send a genotype file of up to 50 MB',
	simplify,
	watch: validation,
	fields: {
		inputField: inputFile('Input Data Field Name', { required: true, placeholder: 'e.g. data', hint: 'The name of the input field that holds the file to upload' }),
	},
	async run({ connection, context, values, inputFile: open }) {
		const file = await open(values.inputField);
		checkSize(context, file);
		return { json: created(await connection.send('POST data/files/upload', { parts: [{ name: 'file', file }] }), 'file') };
	},
});

const download = request({
	name: 'Download',
	action: 'Download file',
	description: 'Fetch the content of a genotype file',
	request: 'GET data/files/{fileId}/download',
	fields: { fileId },
	file: ({ fileId: id }) => ({ name: `${id}.zip`, mimeType: 'application/octet-stream' }),
});

const waitForValidation = program({
	name: 'Wait for Validation',
	action: 'Wait for validation of file',
	description: 'Wait until a file is checked, which takes 2 to 5 minutes',
	effect: 'read',
	fields: { fileId: { ...fileId, place: 'none' } },
	watch: validation,
	alwaysWaits: true,
	simplify,
	run: async ({ values }) => ({ json: { id: values.fileId } }),
});

const update = request({
	name: 'Update',
	action: 'Update file',
	description: 'Give the sample of a file another name, or none',
	request: 'PUT data/files/{fileId}',
	simplify,
	fields: { fileId, sampleAlias: clearable('Sample Alias', { wire: 'sample_alias', description: 'The name of the sample; left empty, the name is taken away' }) },
});

const remove = request({
	name: 'Delete',
	action: 'Delete file',
	description: 'Remove a genotype file',
	request: 'DELETE data/files/{fileId}',
	destructive: true,
	fields: { fileId },
	unwrap: deleted,
});

export const file: Resource = {
	name: 'File',
	operations: { delete: remove, download, findBySftpPath, get, getAll, update, upload, uploadBySftp, waitForValidation },
};
