import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import { everyRow } from '../api';
import { jobOutcome } from '../states';
import { times, withoutZone, type Wanted } from './event';

const OPEN = ['new', 'resubmitted', 'upload', 'waiting', 'queued', 'running', 'paused', 'stop'];

/** Jobs that have ended; those that pause may still go on. */
export function jobs({ historyId, outcome, more }: Wanted): Changes {
	const query = { history_id: historyId, tool_id: more.toolIds as string[] | undefined, order_by: 'update_time' };
	return {
		...times,
		since: (connection, time) => everyRow(connection, 'GET api/jobs', { query: { ...query, date_range_min: withoutZone(time) } }),
		open: (connection) => everyRow(connection, 'GET api/jobs', { query: { ...query, state: OPEN } }),
		async verdict(_connection, { state }) {
			if (state === 'paused') return 'open';
			const ended = jobOutcome(String(state));
			if (ended === 'running') return 'open';
			return outcome === 'any' || outcome === ended ? 'told' : 'untold';
		},
		give: async (connection, row) => ({
			json: more.full === true ? ((await connection.send('GET api/jobs/{id}', { path: { id: row.id }, query: { full: true } })) as IDataObject) : row,
		}),
	};
}
