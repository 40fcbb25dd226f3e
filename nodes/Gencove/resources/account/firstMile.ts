import { inputFile, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { ID_PLACEHOLDER } from '../../fields';

/** First-mile: Gencove takes what sequencers write into a bucket of the laboratory. */
export const getFirstMileS3Role = request({
	name: 'Get First-Mile S3 Role',
	action: 'Get first mile S3 role of account',
	description: 'Retrieve where Gencove looks for the runs of your sequencers',
	request: 'GET firstmile-s3-role-element/',
	fields: {},
});

export const setFirstMileS3Role = request({
	name: 'Set First-Mile S3 Role',
	action: 'Set first mile S3 role of account',
	description: 'Tell where Gencove looks for the runs of your sequencers',
	request: 'POST firstmile-s3-role-element/',
	fields: {
		externalId: text('External ID', { wire: 'external_id', placeholder: ID_PLACEHOLDER, description: 'That the role demands' }),
		roleArn: text('Role ARN', { wire: 'role_arn', placeholder: 'e.g. arn:aws:iam::123456789012:role/gencove', description: 'Role of your AWS account that may read the bucket' }),
		bucket: text('S3 Bucket', { wire: 's3_bucket', placeholder: 'e.g. lab-runs' }),
		prefix: text('S3 Prefix', { wire: 's3_prefix', placeholder: 'e.g. novaseq/' }),
	},
});

export const validateFirstMileSamplesheet = request({
	name: 'Validate First-Mile Sample Sheet',
	action: 'Validate first mile sample sheet of account',
	description: 'See whether Gencove can read an Illumina sample sheet; what is wrong comes as an error',
	request: 'POST firstmile-validate-illumina-samplesheet/',
	effect: 'read',
	fields: { inputField: inputFile('Input Data Field Name', { wire: 'illumina_samplesheet', required: true, placeholder: 'e.g. data', hint: 'The name of the input field that holds the sample sheet' }) },
	unwrap: () => ({ valid: true }),
});
