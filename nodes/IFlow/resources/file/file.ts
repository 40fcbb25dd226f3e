import { choice, flag, list, number, text } from '../../../shared/field';
import { deleted, program, request, type Resource } from '../../../shared/operation';
import { answered } from '../../answered';
import { extraFields } from '../../extraFields';
import { inProject, projectId, sampleId } from '../../fields';
import { newPath, objectPath, path } from '../../paths';
import { download as fetchFile } from '../../transfers';
import { getAll } from './list';
import { upload, uploadToSample } from './upload';

const PLACEHOLDER = 'e.g. samples/p-001/uploads/reads_R1.fastq.gz';

const filePath = path('Path', objectPath, { place: 'query', required: true, placeholder: PLACEHOLDER, description: 'Path of the file within the project' });

const download = program({
	name: 'Download',
	action: 'Download file',
	description: 'Download a file of any size',
	effect: 'read',
	filesOut: true,
	fields: { projectId, path: { ...filePath, place: 'none' as const } },
	run: async (call) => await fetchFile(call as never, call.values.path, inProject(call.values)),
});

const getDownloadUrl = request({
	name: 'Get Download URL',
	action: 'Get download URL of file',
	description: 'Retrieve a link that is good for 15 minutes; whoever has it can read the file',
	request: 'GET files/files/download-url',
	secretOutput: true,
	fields: { projectId, path: filePath },
});

const getUploadUrl = request({
	name: 'Get Upload URL',
	action: 'Get upload URL of file',
	description: 'Retrieve a link that is good for 15 minutes; whoever has it can write the file, by PUT with the same content type',
	request: 'POST files/files/upload-url',
	// makes nothing but the link
	repeat: 'safe',
	secretOutput: true,
	fields: {
		projectId,
		path: path('Path', newPath, { required: true, placeholder: PLACEHOLDER, description: 'Path that the file gets within the project' }),
		contentType: text('Content Type', { default: 'application/octet-stream', placeholder: 'e.g. application/gzip', description: 'What kind of file it is' }),
	},
});

const places = {
	projectId,
	sourcePath: path('Source Path', objectPath, { required: true, placeholder: PLACEHOLDER, description: 'Path of the file within the project' }),
	destPath: path('Destination Path', newPath, { required: true, placeholder: PLACEHOLDER, description: 'Path that it gets, with its name' }),
	extraFields,
};

const copy = request({ name: 'Copy', action: 'Copy file', description: 'Put a file into another place, too', request: 'POST files/files/copy', fields: places });

const move = request({ name: 'Move', action: 'Move file', description: 'Put a file into another place, or give it another name', request: 'POST files/files/move', destructive: true, fields: places });

const remove = request({
	name: 'Delete',
	action: 'Delete file',
	description: 'Remove a file for good',
	request: 'DELETE files/files',
	destructive: true,
	fields: { projectId, path: filePath },
	unwrap: (answer: unknown, { path: gone }) => answered({ ...deleted(), path: gone }, answer),
});

const registerUpload = request({
	name: 'Register Upload',
	action: 'Register upload of file',
	description: 'List a file on the page of a sample that was uploaded in another way',
	request: 'POST miner/files/register-upload',
	fields: {
		projectId,
		sampleId: { ...sampleId, place: 'body' as const, property: { ...sampleId.property, description: 'From the list, or by its UUID' } },
		filename: text('File Name', { required: true, placeholder: 'e.g. reads_R1.fastq.gz', description: 'Name of the file in the folder of the sample' }),
		onConflict: choice('If It Is There Already', [
			{ name: 'Replace It', value: 'overwrite' },
			{ name: 'Skip', value: 'skip' },
		], { default: 'overwrite' }),
		tags: list('Tags', { placeholder: 'e.g. fastq_1', description: 'Comma-separated list of what the file is to pipelines' }),
		sizeBytes: number('Size', { min: 0, whole: true, description: 'Bytes of the file' }),
		dryRun: flag('Only Try', { description: 'Whether to find out what would be done, and do nothing' }),
		extraFields,
	},
});

export const file: Resource = { name: 'File', operations: { copy, delete: remove, download, getAll, getDownloadUrl, getUploadUrl, move, registerUpload, upload, uploadToSample } };
