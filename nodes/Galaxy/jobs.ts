import type { IDataObject } from 'n8n-workflow';

import type { Watch } from '../shared/wait';
import { jobOutcome, PAUSED_REASON, PAUSES } from './states';

/** Characters of a job's output that a message shows: the end tells most. */
const SHOWN = 500;

/** A job: { id }. */
export const job: Watch = {
	noun: 'job',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, launch) {
		const found = (await connection.send('GET api/jobs/{id}', { path: { id: launch.id }, query: { full: true } })) as IDataObject;
		const state = String(found.state);
		return { json: found, state, outcome: jobOutcome(state), reason: state === 'paused' ? PAUSED_REASON : String(found.stderr ?? '').trim().slice(-SHOWN) || undefined };
	},
};
