import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { nodeError } from './nodeError';
import type { Api, OutputItem } from './operation';
import type { Problem } from './problem';
import { Connection } from './request';

/** Things that come to an end, in a list that can be asked for what has changed since a time of the service. */
export interface Changes {
	/** What has changed at or after a time, ISO 8601; without one all that there is, the newest first. */
	since(connection: Connection, time: string | undefined): AsyncIterable<IDataObject>;
	/** What has not come to its end yet. */
	open(connection: Connection): AsyncIterable<IDataObject>;
	/** When a thing began and when it last changed, in the service's own time, ISO 8601. */
	began(row: IDataObject): string;
	changed(row: IDataObject): string;
	/** Whether it goes on, is to be told of, or has ended in a way that nobody asked for. */
	verdict(connection: Connection, row: IDataObject): Promise<Verdict>;
	/** Reads an open thing anew, where its end does not count as a change of it. */
	reread?(connection: Connection, id: string): Promise<IDataObject>;
	/** What is handed on, by default the row. */
	give?(connection: Connection, row: IDataObject): Promise<OutputItem>;
}

export type Verdict = 'open' | 'told' | 'untold';

/** What a poll leaves for the next one. */
interface State extends IDataObject {
	/** When the last change was that is known, in the service's time. */
	since?: string;
	/** The same when the trigger was switched on: what began before it counts only if it was open then. */
	begun?: string;
	open: string[];
	/** What has ended, the last 2,000 of them, the oldest first. */
	ended: string[];
}

/** Changes may become visible a little late, and in another order, ms. */
const OVERLAP = 60_000;

/** Ends that are kept in mind: a thing that is renamed later shows as changed again. */
const REMEMBERED = 2_000;

/** Rows that a manual run looks at to find one that has ended. */
const LOOKED_AT = 500;

/**
 * What has come to its end since the last poll. The first poll only notes what there is; a manual run gives the newest
 * one and notes nothing. Times are the service's own throughout: a clock that is wrong here loses nothing.
 */
export async function pollChanges(context: IPollFunctions, api: Api, changes: Changes): Promise<INodeExecutionData[][] | null> {
	try {
		const connection = await Connection.open(context, api);
		const give = async (rows: IDataObject[]) => await given(connection, changes, rows);
		if (context.getMode() === 'manual') return await give(await newest(connection, changes));
		const known = context.getWorkflowStaticData('node') as { state?: State };
		if (known.state === undefined) {
			known.state = await begin(connection, changes);
			return null;
		}
		const { rows, state } = await look(connection, changes, known.state);
		const items = await give(rows);
		known.state = state;
		return items;
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}

async function given(connection: Connection, { give }: Changes, rows: IDataObject[]): Promise<INodeExecutionData[][] | null> {
	const items: INodeExecutionData[] = [];
	for (const json of rows) items.push(give ? { ...(await give(connection, json)) } : { json });
	return items.length === 0 ? null : [items];
}

async function newest(connection: Connection, changes: Changes): Promise<IDataObject[]> {
	let looked = 0;
	for await (const row of changes.since(connection, undefined)) {
		if ((await changes.verdict(connection, row)) === 'told') return [row];
		if (++looked === LOOKED_AT) break;
	}
	return [];
}

async function begin(connection: Connection, { since, open, changed }: Changes): Promise<State> {
	const ids: string[] = [];
	for await (const row of open(connection)) ids.push(String(row.id));
	for await (const row of since(connection, undefined)) return { since: changed(row), begun: changed(row), open: ids, ended: [] };
	return { open: ids, ended: [] };
}

const before = (time: string) => new Date(Date.parse(time) - OVERLAP).toISOString();

async function look(connection: Connection, changes: Changes, { since, begun, ...known }: State): Promise<{ rows: IDataObject[]; state: State }> {
	const open = new Set(known.open);
	const ended = new Set(known.ended);
	const rows: IDataObject[] = [];
	const seen = new Set<string>();
	let latest = since;
	const judge = async (row: IDataObject) => {
		const id = String(row.id);
		seen.add(id);
		if (ended.has(id) || !(open.has(id) || begun === undefined || changes.began(row) >= begun)) return;
		const verdict = await changes.verdict(connection, row);
		if (verdict === 'open') return open.add(id);
		open.delete(id);
		ended.add(id);
		if (verdict === 'told') rows.push(row);
	};
	for await (const row of changes.since(connection, since && before(since))) {
		const time = changes.changed(row);
		if (latest === undefined || time > latest) latest = time;
		await judge(row);
	}
	const unseen = changes.reread ? [...open].filter((id) => !seen.has(id)) : [];
	for (const id of unseen) {
		const row = await changes.reread?.(connection, id).catch(ifGone);
		if (row === undefined) open.delete(id);
		else await judge(row);
	}
	rows.sort((a, b) => changes.changed(a).localeCompare(changes.changed(b)));
	return { rows, state: { since: latest, begun, open: [...open], ended: [...ended].slice(-REMEMBERED) } };
}

/** What was removed has no end to tell of. */
function ifGone(cause: Problem): undefined {
	if (cause.status === 404) return undefined;
	throw cause;
}
