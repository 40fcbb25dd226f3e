import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../shared/request';
import type { Watch } from '../../shared/wait';
import { job } from '../jobs';
import { jobOutcome, PAUSED_REASON, PAUSES, together, type Outcome } from '../states';

/** The most useful fields of an invocation; `jobs` are counts by state, which only waiting adds. */
export const simplify = ['id', 'state', 'workflow_id', 'history_id', 'update_time', 'outputs', 'output_collections', 'output_values', 'jobs', 'messages'];

/** How many jobs of an invocation are in which state. */
export type Counts = Record<string, number>;

export const sumOf = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** How many of the jobs have this outcome. */
export const countOf = (counts: Counts, outcome: Outcome) => Object.entries(counts).reduce((sum, [state, count]) => sum + (jobOutcome(state) === outcome ? count : 0), 0);

/** An invocation with the counts of its jobs. */
export async function withCounts(connection: Connection, id: unknown): Promise<{ found: IDataObject; jobs: Counts }> {
	const found = (await connection.send('GET api/invocations/{id}', { path: { id } })) as IDataObject;
	const { states } = (await connection.send('GET api/invocations/{id}/jobs_summary', { path: { id } })) as { states?: Counts };
	return { found, jobs: states ?? {} };
}

/**
 * How an invocation stands (contract, section 3): what is completed has ended well only if all its jobs have. Servers
 * before 26.0 know no better state than `scheduled`; there it is over when all jobs are, and are as many as at the look
 * before.
 */
export function outcomeOf({ state, steps }: IDataObject, jobs: Counts, before?: Counts): Outcome {
	const word = String(state);
	if (word === 'failed' || word === 'cancelled') return 'failed';
	const ofJobs = together(Object.keys(jobs).map(jobOutcome));
	if (word === 'completed') return ofJobs === 'succeeded' ? 'succeeded' : 'failed';
	const isSettled = before !== undefined && sumOf(before) === sumOf(jobs) && ((steps ?? []) as IDataObject[]).every((step) => step.state && step.state !== 'new');
	return word === 'scheduled' && isSettled ? ofJobs : 'running';
}

/** Why an invocation failed: its own messages, and what the first job that failed wrote. */
async function reasonOf(connection: Connection, { id, messages }: IDataObject, jobs: Counts): Promise<string | undefined> {
	const told = ((messages ?? []) as IDataObject[]).map(({ reason, details }) => [String(reason).replace(/_/g, ' '), details].filter(Boolean).join(': '));
	const [failed] = (await connection.send('GET api/jobs', { query: { invocation_id: String(id), state: ['error', 'failed'], limit: 1 } })) as IDataObject[];
	if (failed) {
		const { reason } = await job.look(connection, { id: failed.id });
		told.push(`Job ${String(failed.id)} of the tool "${String(failed.tool_id)}" failed${reason ? `: ${reason}` : ''}`);
	} else if ('paused' in jobs) told.push(PAUSED_REASON);
	return told.length === 0 ? undefined : told.join('. ');
}

/** Words for a good end of the invocation itself, whatever its jobs did. */
const GOOD = ['completed', 'scheduled'];

/** An invocation: { id }. */
export const invocation: Watch = {
	noun: 'invocation',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, launch) {
		const { found, jobs } = await withCounts(connection, launch.id);
		const outcome = outcomeOf(found, jobs, launch.jobs as Counts | undefined);
		const reason = outcome === 'failed' ? await reasonOf(connection, found, jobs) : undefined;
		const state = String(found.state);
		return { json: { ...found, jobs }, state: outcome === 'failed' && GOOD.includes(state) ? `${state}, with jobs that failed` : state, outcome, reason };
	},
};
