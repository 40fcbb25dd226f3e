import type { IDataObject } from 'n8n-workflow';

import { choice, list } from '../../../shared/field';
import { program } from '../../../shared/operation';
import type { Connection } from '../../../shared/request';
import type { Look, Watch } from '../../../shared/wait';
import { historyId } from '../../fields';
import { PAUSED_REASON, PAUSES, verdictOf, type HistoryVerdict } from '../../states';

const KEYS = 'id,name,state,state_details,state_ids,size';

/** A history as it stands, what its datasets say of it together, and the IDs of those that failed. */
interface Status {
	json: IDataObject;
	verdict: HistoryVerdict;
	failed: string[];
}

async function statusOf(connection: Connection, id: unknown): Promise<Status> {
	const history = (await connection.send('GET api/histories/{id}', { path: { id }, query: { keys: KEYS } })) as IDataObject;
	const counts = history.state_details as Record<string, number>;
	const ids = history.state_ids as Record<string, string[]>;
	const statesThatAre = (verdict: HistoryVerdict) => Object.keys(counts).filter((state) => verdictOf({ [state]: counts[state] }) === verdict);
	const sum = (states: string[]) => states.reduce((found, state) => found + counts[state], 0);
	const all = sum(Object.keys(counts));
	const running = sum(statesThatAre('running'));
	const failed = statesThatAre('failed').flatMap((state) => ids[state]);
	const ends = { finished: running === 0, failed: failed.length > 0, paused: sum(statesThatAre('blocked')) > 0, percentComplete: all === 0 ? 100 : Math.floor((100 * (all - running)) / all) };
	return { json: { ...history, ...ends }, verdict: verdictOf(counts), failed };
}

export const getStatus = program({
	name: 'Get Status',
	action: 'Get status of history',
	description: 'Retrieve how many datasets of a history are in which state, and whether all are finished',
	effect: 'read',
	fields: { historyId },
	run: async ({ connection, values }) => ({ json: (await statusOf(connection, values.historyId)).json }),
});

const OUTCOMES: Record<HistoryVerdict, Look['outcome']> = { empty: 'succeeded', running: 'running', blocked: 'failed', failed: 'failed', finished: 'succeeded' };

/** All datasets of a history, until none of them is being made any more. */
const datasets: Watch = {
	noun: 'history',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { id }) {
		const { json, verdict, failed } = await statusOf(connection, id);
		const reason = verdict === 'blocked' ? PAUSED_REASON : `These datasets failed: ${failed.join(', ')}`;
		return { json, state: verdict, outcome: OUTCOMES[verdict], reason };
	},
};

export const waitUntilFinished = program({
	name: 'Wait Until Finished',
	action: 'Wait until history is finished',
	description: 'Wait until no dataset of a history is being made any more',
	effect: 'read',
	fields: { historyId },
	watch: datasets,
	alwaysWaits: true,
	run: async ({ values }) => ({ json: { id: values.historyId } }),
});

export const getJobsSummary = program({
	name: 'Get Jobs Summary',
	action: 'Get jobs summary of history',
	description: 'Retrieve how many jobs of runs are in which state',
	effect: 'read',
	fields: {
		historyId,
		ids: list('IDs', { required: true, placeholder: 'e.g. 5a1cff6882ddb5b2,c9468fdb6dc5c5f1', description: 'Comma-separated list of what to sum up, all of one type' }),
		idType: choice('ID Type', [
			{ name: 'Job', value: 'Job' },
			{ name: 'Jobs of a Mapped Collection', value: 'ImplicitCollectionJobs' },
			{ name: 'Workflow Invocation', value: 'WorkflowInvocation' },
		], { default: 'Job', description: 'What the IDs are of' }),
	},
	async run({ connection, values: { historyId: id, ids, idType } }) {
		// one type for each ID
		const query = { ids: ids.join(','), types: ids.map(() => idType).join(',') };
		const found = (await connection.send('GET api/histories/{id}/jobs_summary', { path: { id }, query })) as IDataObject[];
		return found.map((json) => ({ json }));
	},
});
