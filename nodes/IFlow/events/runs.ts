import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../shared/request';
import { PROJECT } from '../api';
import { isUuid } from '../names';
import { everyRow } from '../pages';
import { outcomeOf, outputsOf } from '../runs';
import type { Listed } from './listed';
import type { Wanted } from './wanted';

const isOver = (status: unknown) => outcomeOf(status) !== 'running';

/** Runs of the project, the newest first; those of an order are a list of their own. */
async function* rowsOf(connection: Connection, { projectId, orderId, pipelineId }: Wanted): AsyncGenerator<IDataObject> {
	const headers = { [PROJECT]: projectId };
	const order = orderId === undefined || isUuid(orderId) ? orderId : String(((await connection.send('GET miner/orders/{orderId}', { path: { orderId }, headers })) as IDataObject).id);
	for await (const row of everyRow(connection, 'GET compute/runs', { headers })) {
		if ((order === undefined || row.order_id === order) && (pipelineId === undefined || row.pipeline_id === pipelineId)) yield row;
	}
}

function runs(wanted: Wanted): Omit<Listed, 'isTold'> {
	const headers = { [PROJECT]: wanted.projectId };
	return {
		rows: (connection) => rowsOf(connection, wanted),
		newestFirst: true,
		idOf: ({ id }) => String(id),
		mark: ({ status }) => String(status),
		time: ({ created_at: began }) => (began ? String(began) : undefined),
		isOpen: (status) => !isOver(status),
		// runs take hours; those that are older are followed one by one
		days: 2,
		reread: async (connection, id) => (await connection.send('GET compute/runs/{id}', { path: { id }, headers })) as IDataObject,
	};
}

export const runCreated = (wanted: Wanted): Listed => ({ ...runs(wanted), isOpen: () => false, isTold: (_row, before) => before === undefined });

/** A run that was not there at the last poll has changed when it is no longer queued. */
export const runStatusChanged = (wanted: Wanted): Listed => ({
	...runs(wanted),
	isTold: ({ status }, before) => status !== (before ?? 'queued'),
	give: async (_connection, row, before) => ({ ...row, previous_status: before ?? null }),
});

export const runFinished = (wanted: Wanted): Listed => ({
	...runs(wanted),
	isTold: ({ status }, before) => isOver(status) && !isOver(before) && (wanted.outcomes.length === 0 || wanted.outcomes.includes(String(status))),
	// lists tell less of a run than the run itself
	async give(connection, { id }) {
		const headers = { [PROJECT]: wanted.projectId };
		const run = (await connection.send('GET compute/runs/{id}', { path: { id }, headers })) as IDataObject;
		return wanted.includeOutputs && run.status === 'succeeded' ? { ...run, outputs: (await outputsOf(connection, id, headers)).outputs } : run;
	},
});
