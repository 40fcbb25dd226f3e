import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';
import { nodeError } from '../../shared/nodeError';
import { Problem } from '../../shared/problem';
import { Connection } from '../../shared/request';
import { api, everyRow } from '../api';
import { verdictOf, type HistoryVerdict } from '../states';
import { times } from './event';

/** New histories. */
export const newHistories: Changes = {
	...times,
	// what is new is told of once, however often it changes
	changed: times.began,
	since: (connection, time) => everyRow(connection, 'GET api/histories', { query: { 'q:create_time-ge': time, order: 'create_time-dsc', view: 'detailed' } }),
	async *open() {},
	verdict: async () => 'told',
};

/** The verdicts that the user wants to hear of. */
const WANTED: Record<string, HistoryVerdict[]> = { any: ['running', 'finished', 'failed', 'blocked', 'empty'], failed: ['failed', 'blocked'], succeeded: ['finished'] };

/**
 * Whether the state of a history has changed since the last poll, in a way that is wanted. The first poll notes its
 * state; a manual run shows it.
 */
export async function pollHistory(context: IPollFunctions, historyId: string | undefined, outcome: string): Promise<INodeExecutionData[][] | null> {
	try {
		if (historyId === undefined) throw new Problem('"History" is empty', { description: 'Choose the history to watch' });
		const connection = await Connection.open(context, api);
		const history = (await connection.send('GET api/histories/{historyId}', { path: { historyId }, query: { keys: 'id,name,state,state_details,update_time' } })) as IDataObject;
		const verdict = verdictOf(history.state_details as Record<string, number>);
		const known = context.getWorkflowStaticData('node') as { history?: string; verdict?: string };
		const previous = known.history === historyId ? known.verdict : undefined;
		const json = { ...history, verdict, previousVerdict: previous ?? null };
		if (context.getMode() === 'manual') return [[{ json }]];
		Object.assign(known, { history: historyId, verdict });
		return previous !== undefined && previous !== verdict && WANTED[outcome].includes(verdict) ? [[{ json }]] : null;
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}
