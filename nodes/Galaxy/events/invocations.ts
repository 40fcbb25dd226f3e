import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import { slices } from '../../shared/pages';
import type { Connection } from '../../shared/request';
import { jobOutcome, together, type Outcome } from '../states';
import { listed, times, until, type Wanted } from './event';

/** Galaxy gives a hundred at the most. */
const hundreds = slices(100);

/**
 * How a run of a workflow stands. `scheduled` says that all jobs are made, and `completed` that none goes on: how they
 * ended is told by the jobs (contract, section 3, "wait for invocation").
 */
async function outcomeOf(connection: Connection, { id, state }: IDataObject): Promise<{ outcome: Outcome; states: IDataObject }> {
	if (state === 'failed' || state === 'cancelled') return { outcome: 'failed', states: {} };
	if (state !== 'completed' && state !== 'scheduled') return { outcome: 'running', states: {} };
	const { states } = (await connection.send('GET api/invocations/{id}/jobs_summary', { path: { id } })) as { states: IDataObject };
	const jobs = together(Object.keys(states).map(jobOutcome));
	// what has completed does not go on, whatever its jobs say
	return { outcome: jobs === 'running' && state === 'completed' ? 'failed' : jobs, states };
}

/** Runs of workflows that have ended. */
export function invocations({ historyId, workflowId, outcome: wanted, more }: Wanted): Changes {
	const query = { workflow_id: workflowId, history_id: historyId, sort_by: 'update_time', sort_desc: true };
	const list = (connection: Connection, ended: boolean) => listed(connection, 'GET api/invocations', { query: { ...query, include_terminal: ended }, by: hundreds });
	const outcomes = new Map<unknown, { outcome: Outcome; states: IDataObject }>();
	return {
		...times,
		since: (connection, time) => until(list(connection, true), time),
		async *open(connection) {
			for await (const row of list(connection, false)) if ((await outcomeOf(connection, row)).outcome === 'running') yield row;
		},
		async verdict(connection, row) {
			const found = await outcomeOf(connection, row);
			outcomes.set(row.id, found);
			if (found.outcome === 'running') return 'open';
			return wanted === 'any' || wanted === found.outcome ? 'told' : 'untold';
		},
		reread: async (connection, id) => (await connection.send('GET api/invocations/{id}', { path: { id } })) as IDataObject,
		async give(connection, row) {
			const { outcome, states } = outcomes.get(row.id) ?? (await outcomeOf(connection, row));
			const whole = more.outputs === true ? ((await connection.send('GET api/invocations/{id}', { path: { id: row.id } })) as IDataObject) : row;
			return { json: { ...whole, outcome: row.state === 'cancelled' ? 'cancelled' : outcome === 'failed' ? 'failed' : 'success', jobStates: states } };
		},
	};
}
