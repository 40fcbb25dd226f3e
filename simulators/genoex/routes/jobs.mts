import type { Call, Context, Handler } from '../context.mts';
import { Refusal, success } from '../envelope.mts';
import { checkParameters } from '../parameters.mts';
import { current } from '../records.mts';
import type { Job } from '../records.mts';

const LABELS = { upload: 'GDE upload', extraction: 'GDE extraction' };

/** The job that a call names; those of other organisations do not exist for it. */
export function findJob({ login, parameters }: Call, { state }: Context): Job {
	checkParameters(parameters, ['job_id'], state);
	const job = state.jobs.get(parameters.job_id as string);
	if (job?.organization !== login.organization) throw new Refusal('the job is not known');
	return job;
}

/** `gde_job_status`: where an upload or an extraction stands. That a job failed is no failure of this call. */
export const getJobStatus: Handler = (call, context) => {
	const job = findJob(call, context);
	const { status, at } = current(job);
	const { error, error_list } = job.outcome ?? { error: '', error_list: [] };
	// the time of day has no zone; here it is UTC
	const status_time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
	return success(LABELS[job.kind], { job_id: job.id, job_status: status, status_time, error, error_list });
};
