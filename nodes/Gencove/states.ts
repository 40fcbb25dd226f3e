import type { IDataObject } from 'n8n-workflow';

import type { Look, Watch } from '../shared/wait';

/** States in which an analysis has ended well. */
const SUCCEEDED = ['succeeded', 'success'];

/** States in which it has ended otherwise; "failed qc" is written with a blank or an underscore. All others go on: new ones may be added. */
const FAILED = ['failed', 'failed qc', 'canceled', 'cancelled', 'disabled'];

export function outcomeOf(status: string): Look['outcome'] {
	const state = status.toLowerCase().replace(/_/g, ' ').trim();
	if (SUCCEEDED.includes(state)) return 'succeeded';
	return FAILED.includes(state) ? 'failed' : 'running';
}

/** What a look at a thing with a `last_status` tells. */
export function lookAt(json: IDataObject): Look {
	const { status, note } = (json.last_status ?? {}) as { status?: string; note?: string };
	const state = status ?? 'unknown';
	return { json, state, outcome: outcomeOf(state), reason: note || undefined };
}

/** The analysis of a sample. */
export const analysis: Watch = {
	noun: 'sample',
	end: 'Completion',
	look: async (connection, { id }) => lookAt((await connection.send('GET samples/{id}', { path: { id } })) as IDataObject),
};
