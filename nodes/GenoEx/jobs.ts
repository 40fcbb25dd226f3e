import type { IDataObject } from 'n8n-workflow';

import type { Look, Watch } from '../shared/wait';
import { needed } from './api';

/** Lines of a job's error list that a message shows, and characters of each. */
const LINES_SHOWN = 20;
const CHARACTERS_SHOWN = 500;

/** FINISHED and FAILED are the only states that are documented; every other one means that the job goes on. */
export function outcomeOf(state: string): Look['outcome'] {
	const word = state.trim().toUpperCase();
	return word === 'FINISHED' ? 'succeeded' : word === 'FAILED' ? 'failed' : 'running';
}

/** Why a job failed: its error, and the start of its list of errors. */
function reasonOf({ error, error_list: list }: IDataObject): string | undefined {
	const lines = (Array.isArray(list) ? list : []).map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)).slice(0, CHARACTERS_SHOWN));
	const more = lines.length - LINES_SHOWN;
	const shown = [...(error ? [String(error)] : []), ...lines.slice(0, LINES_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
	return shown.length === 0 ? undefined : shown.join('\n');
}

/** A job as it is now; what the launch knows of it is kept. */
const look: Watch['look'] = async (connection, launch) => {
	const answer = (await connection.send('POST gde_job_status', { body: { job_id: String(launch.job_id) }, repeat: 'safe' })) as IDataObject;
	const state = needed(answer, 'job_status');
	// n8n's "Retry On Fail" takes any text in a field named "error" for a failure, an empty one too
	return { json: { ...launch, ...answer, error: answer.error || null, job_id: launch.job_id }, state: state || 'unknown', outcome: outcomeOf(state), reason: reasonOf(answer) };
};

const watch = (seconds: number): Watch => ({ noun: 'job', end: 'Completion', every: seconds * 1000, look });

/** The paces that the service asks for (GDE API manual v1.2). */
export const submissionJob = watch(60);
export const extractionJob = watch(15);
