import { id } from '../../shared/field';
import { program, type Resource } from '../../shared/operation';
import { submissionJob } from '../jobs';

export const jobId = id('Job ID', { place: 'body', wire: 'job_id', placeholder: 'e.g. 3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b', description: 'As Submit or Extract gave it' });

const getStatus = program({
	name: 'Get Status',
	action: 'Get status of job',
	description: 'Retrieve the state of a submission or an extraction; a failed one is no error here',
	effect: 'read',
	fields: { jobId },
	async run({ connection, values }) {
		const { json, outcome } = await submissionJob.look(connection, { job_id: values.jobId });
		return { json: { ...json, finished: outcome !== 'running', succeeded: outcome === 'succeeded' } };
	},
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of job',
	description: 'Wait until a submission or an extraction has ended',
	effect: 'read',
	fields: { jobId },
	watch: submissionJob,
	alwaysWaits: true,
	run: async ({ values }) => ({ json: { job_id: values.jobId } }),
});

export const job: Resource = { name: 'Job', operations: { getStatus, waitForCompletion } };
