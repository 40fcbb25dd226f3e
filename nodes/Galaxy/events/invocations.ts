import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import { slices } from '../../shared/pages';
import type { Connection } from '../../shared/request';
import { everyRow } from '../api';
import { outcomeOf, withCounts } from '../workflows/invocations';
import { times, until, type Wanted } from './event';

/** Galaxy gives a hundred at the most. */
const hundreds = slices(100);

/** States in which no end is in sight: to look closer would cost requests. */
const BEGINNING = ['new', 'ready', 'requires_materialization', 'cancelling'];

/** How a run of a workflow stands. Between two polls its jobs do not become more when all of its steps are made. */
async function standing(connection: Connection, { id, state }: IDataObject) {
	if (BEGINNING.includes(String(state))) return { outcome: 'running' as const, found: {}, jobs: {} };
	const { found, jobs } = await withCounts(connection, id);
	return { outcome: outcomeOf(found, jobs, jobs), found, jobs };
}

/** Runs of workflows that have ended. */
export function invocations({ historyId, workflowId, outcome: wanted, more }: Wanted): Changes {
	const query = { workflow_id: workflowId, history_id: historyId, sort_by: 'update_time', sort_desc: true };
	const list = (connection: Connection, ended: boolean) => everyRow(connection, 'GET api/invocations', { query: { ...query, include_terminal: ended } }, hundreds);
	const ends = new Map<unknown, Awaited<ReturnType<typeof standing>>>();
	return {
		...times,
		since: (connection, time) => until(list(connection, true), time),
		async *open(connection) {
			for await (const row of list(connection, false)) if ((await standing(connection, row)).outcome === 'running') yield row;
		},
		async verdict(connection, row) {
			const now = await standing(connection, row);
			if (now.outcome === 'running') return 'open';
			ends.set(row.id, now);
			return wanted === 'any' || wanted === now.outcome ? 'told' : 'untold';
		},
		reread: async (connection, id) => (await connection.send('GET api/invocations/{id}', { path: { id } })) as IDataObject,
		async give(_connection, row) {
			const { outcome, found, jobs } = ends.get(row.id) as Awaited<ReturnType<typeof standing>>;
			const word = row.state === 'cancelled' ? 'cancelled' : outcome === 'failed' ? 'failed' : 'success';
			return { json: { ...(more.outputs === true ? found : row), outcome: word, jobStates: jobs } };
		},
	};
}
