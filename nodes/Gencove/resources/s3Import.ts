import { choice, locator, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER, imported } from '../fields';

const { project, metadata } = imported;

const s3Uri = text('S3 URI', { wire: 's3_uri', required: true, placeholder: 'e.g. s3://bucket/plate7/', description: 'Bucket and folder; Gencove reads them by the role that you set' });

const importOnce = request({
	name: 'Import',
	action: 'Import reads from S3',
	description: 'Make samples of the files in a bucket, which starts their analysis',
	request: 'POST s3-uri-import/',
	fields: {
		projectId: project,
		s3Uri,
		inputFormat: choice('Input Format', [
			{ name: 'Autodetect', value: 'autodetect' },
			{ name: 'CRAM', value: 'cram' },
			{ name: 'FASTQ', value: 'fastq' },
		], { wire: 'input_format', default: 'autodetect', description: 'What the files are' }),
		metadata,
	},
});

const createAutoimport = request({
	name: 'Create Autoimport',
	action: 'Create autoimport from S3',
	description: 'Have files imported from now on, as soon as they come into a bucket; gives the topic that the bucket has to notify. The same again changes the metadata.',
	request: 'POST s3-uri-autoimport/',
	fields: { projectId: project, s3Uri, metadata },
});

const getManyAutoimports = request({
	name: 'Get Many Autoimports',
	action: 'Get many autoimports from S3',
	description: 'Retrieve a list of what is imported by itself',
	request: 'GET s3-uri-autoimport/',
	pages,
	fields: {},
});

const deleteAutoimport = request({
	name: 'Delete Autoimport',
	action: 'Delete autoimport from S3',
	description: 'Have no more files imported by themselves; what was imported stays',
	request: 'DELETE s3-uri-autoimport/{autoimportId}',
	destructive: true,
	fields: { autoimportId: locator('Autoimport', { list: 'searchS3Autoimports', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen by its S3 URI, or by its ID' }) },
	unwrap: deleted,
});

const getRole = request({
	name: 'Get Role',
	action: 'Get role for imports from S3',
	description: 'Retrieve the role by which Gencove reads your buckets',
	request: 'GET s3-role/',
	fields: {},
});

const setRole = request({
	name: 'Set Role',
	action: 'Set role for imports from S3',
	description: 'Name the role by which Gencove may read your buckets',
	request: 'POST s3-role/',
	fields: { roleArn: text('Role ARN', { wire: 'role_arn', required: true, placeholder: 'e.g. arn:aws:iam::123456789012:role/gencove-read', description: 'A role in your AWS account that trusts Gencove, with the external ID' }) },
});

const deleteRole = request({
	name: 'Delete Role',
	action: 'Delete role for imports from S3',
	description: 'Have Gencove forget the role; imports can read your buckets no more',
	request: 'DELETE s3-role/',
	destructive: true,
	fields: {},
	unwrap: deleted,
});

const getExternalId = request({
	name: 'Get External ID',
	action: 'Get external ID for imports from S3',
	description: 'Retrieve the ID that your role in AWS has to ask Gencove for',
	request: 'GET s3-external-id/',
	fields: {},
});

const createExternalId = request({
	name: 'Create External ID',
	action: 'Create external ID for imports from S3',
	description: 'Have the ID made that your role in AWS has to ask Gencove for; one made before may count no more',
	request: 'POST s3-external-id/',
	destructive: true,
	fields: {},
});

export const s3Import: Resource = {
	name: 'S3 Import',
	operations: { createAutoimport, createExternalId, deleteAutoimport, deleteRole, getExternalId, getManyAutoimports, getRole, import: importOnce, setRole },
};
