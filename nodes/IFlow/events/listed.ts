import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { nodeError } from '../../shared/nodeError';
import type { Problem } from '../../shared/problem';
import { Connection } from '../../shared/request';
import { api } from '../api';

/** A list of things of iFlow as a trigger looks at it: each has a mark, and what happens shows in the marks. */
export interface Listed {
	rows(connection: Connection): AsyncIterable<IDataObject>;
	/** The rows come with the newest first: those that are older than what counts are not read. */
	newestFirst?: true;
	idOf(row: IDataObject): string;
	/** What may change of a thing: its status, or when it was last changed. */
	mark(row: IDataObject): string;
	/** When it began or last changed, in the service's own time; undefined where it is not told. */
	time(row: IDataObject): string | undefined;
	/** Whether its mark may still change, however old it is. */
	isOpen(mark: string): boolean;
	/** Days for which a thing that is not open is kept in mind. */
	days: number;
	/** Whether to tell of it; `before` is its mark at the last poll, undefined for what was not there. */
	isTold(row: IDataObject, before: string | undefined): boolean;
	/** One that is open and no longer among the rows that are read; undefined when it is gone. */
	reread?(connection: Connection, id: string): Promise<IDataObject>;
	/** The item; by default the row. */
	give?(connection: Connection, row: IDataObject, before: string | undefined): Promise<IDataObject>;
}

/** What a poll leaves for the next one. */
interface State extends IDataObject {
	/** What was looked at: of another list nothing is known. */
	of: string;
	marks: Record<string, string>;
	/** The latest time that was seen. */
	since?: string;
}

/** A thing with what it was before. */
interface Told {
	row: IDataObject;
	before: string | undefined;
}

const DAY = 86_400_000;
const daysBefore = (time: string, days: number) => new Date(Date.parse(time) - days * DAY).toISOString();

/**
 * What has happened since the last poll, each change once. The first poll only notes what there is; a manual run gives
 * the newest thing that fits and notes nothing. `of` tells which list it is: where the user has chosen another one, it begins anew. Times are the service's own: a clock that is wrong here loses nothing.
 * What fails keeps what was known.
 */
export async function pollListed(context: IPollFunctions, of: string, listed: Listed): Promise<INodeExecutionData[][] | null> {
	try {
		const connection = await Connection.open(context, api);
		if (context.getMode() === 'manual') return await items(connection, listed, await newest(connection, listed));
		const known = context.getWorkflowStaticData('node') as { state?: State };
		const before = known.state?.of === of ? known.state : undefined;
		const { told, state } = await look(connection, listed, before ?? { of, marks: {} });
		const found = before && (await items(connection, listed, told));
		known.state = state;
		return found ?? null;
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}

async function items(connection: Connection, { give }: Listed, told: Told[]): Promise<INodeExecutionData[][] | null> {
	const found: INodeExecutionData[] = [];
	for (const { row, before } of told) found.push({ json: give ? await give(connection, row, before) : row });
	return found.length === 0 ? null : [found];
}

async function newest(connection: Connection, { rows, isTold, time, newestFirst }: Listed): Promise<Told[]> {
	let found: IDataObject | undefined;
	for await (const row of rows(connection)) {
		if (!isTold(row, undefined)) continue;
		if (found === undefined || (time(row) ?? '') > (time(found) ?? '')) found = row;
		if (newestFirst) break;
	}
	return found ? [{ row: found, before: undefined }] : [];
}

async function look(connection: Connection, listed: Listed, { of, marks, since }: State): Promise<{ told: Told[]; state: State }> {
	const { idOf, mark, time, isOpen, days } = listed;
	const from = since && daysBefore(since, days);
	const told: Told[] = [];
	const seen = new Map<string, { mark: string; time: string | undefined }>();
	let latest = since;
	const judge = (row: IDataObject) => {
		const id = idOf(row);
		const at = time(row);
		// a row that comes twice, because another one was put before it, is the same one
		if (seen.has(id)) return;
		seen.set(id, { mark: mark(row), time: at });
		if (at !== undefined && (latest === undefined || at > latest)) latest = at;
		const before = marks[id];
		// what was settled long ago is no longer kept in mind
		const isForgotten = before === undefined && from !== undefined && at !== undefined && at < from;
		if (!isForgotten && before !== mark(row) && listed.isTold(row, before)) told.push({ row, before });
	};
	for await (const row of listed.rows(connection)) {
		const at = time(row);
		if (listed.newestFirst && from !== undefined && at !== undefined && at < from) break;
		judge(row);
	}
	const left = listed.reread ? Object.keys(marks).filter((id) => !seen.has(id) && isOpen(marks[id])) : [];
	for (const id of left) {
		const row = await listed.reread?.(connection, id).catch(ifGone);
		if (row) judge(row);
	}
	told.sort((a, b) => (time(a.row) ?? '').localeCompare(time(b.row) ?? ''));
	const oldest = latest && daysBefore(latest, days);
	const kept = [...seen].filter(([, one]) => isOpen(one.mark) || one.time === undefined || oldest === undefined || one.time >= oldest);
	return { told, state: { of, marks: Object.fromEntries(kept.map(([id, one]) => [id, one.mark])), ...(latest && { since: latest }) } };
}

/** What was removed cannot change any more. */
function ifGone(cause: Problem): undefined {
	if (cause.status === 404) return undefined;
	throw cause;
}
