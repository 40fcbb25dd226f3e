import type { IDataObject } from 'n8n-workflow';

import { Kept } from '../shared/kept';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import type { Look, Watch } from '../shared/wait';
import { PAUSES, type Outcome } from './states';

/** Servers are not reconfigured while an execution runs, ms. */
const KEPT_FOR = 600_000;

const queues = new Kept<Connection, boolean>(KEPT_FOR, new WeakMap());

/**
 * Whether the server has workers for long tasks. Without them many calls answer as usual and nothing ever happens
 * (contract, section 2, "Asynchronous patterns").
 */
export async function hasTaskQueue(connection: Connection): Promise<boolean> {
	return await queues.get(connection, async () => {
		const { enable_celery_tasks: isOn } = (await connection.send('GET api/configuration', { query: { keys: 'enable_celery_tasks' } })) as IDataObject;
		return isOn === true;
	});
}

/** Throws a Problem where the server has no workers for long tasks. */
export async function needTaskQueue(connection: Connection): Promise<void> {
	if (await hasTaskQueue(connection)) return;
	throw new Problem('This Galaxy server has no workers for long tasks', { description: 'Ask its administrator to switch them on ("enable_celery_tasks")' });
}

/** An unknown task is one that waits. */
export const taskOutcome = (state: string): Outcome => (state === 'SUCCESS' ? 'succeeded' : state === 'FAILURE' ? 'failed' : 'running');

/** How a task stands, and why it failed. */
async function stateOf(connection: Connection, id: unknown): Promise<Omit<Look, 'json'>> {
	const state = String(await connection.send('GET api/tasks/{id}/state', { path: { id } }));
	const outcome = taskOutcome(state);
	if (outcome !== 'failed') return { state, outcome };
	const { result } = (await connection.send('GET api/tasks/{id}/result', { path: { id } })) as IDataObject;
	return { state, outcome, reason: result ? String(result) : undefined };
}

/** A task: what the calls give that start one, { id, ignored, name, queue }. */
export const task: Watch = {
	noun: 'task',
	end: 'Completion',
	pauses: PAUSES,
	look: async (connection, json) => ({ json, ...(await stateOf(connection, json.id)) }),
};

/** A file that a task prepares: { storage_request_id, task }. */
export const preparedFile: Watch = {
	noun: 'file',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, json) {
		const isReady = await connection.send('GET api/short_term_storage/{id}/ready', { path: { id: json.storage_request_id } });
		// when its task has failed it is never ready, or ready to give the error out
		const { state, outcome, reason } = await stateOf(connection, (json.task as IDataObject).id);
		if (outcome === 'failed') return { json, state, outcome, reason };
		return isReady === true ? { json, state: 'ready', outcome: 'succeeded' } : { json, state, outcome: 'running' };
	},
};

/** The request for a file that was prepared; it may be read again for about a day. */
export const preparedFileOf = ({ storage_request_id: id }: IDataObject) => ['GET api/short_term_storage/{id}', { path: { id } }] as const;
