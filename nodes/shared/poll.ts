import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { nodeError } from './nodeError';
import type { Api } from './operation';
import type { Problem } from './problem';
import { Connection } from './request';
import type { Look, Watch } from './wait';

/** A list of things that begin and end some time later, as a polling trigger looks at it. */
export interface Ending {
	/** All things that began at or after a time of the service; all that there are without one. */
	since(connection: Connection, time: string | undefined): AsyncIterable<IDataObject>;
	/** When a thing began, in the service's own time, ISO 8601. */
	began(row: IDataObject): string;
	/** Whether it has ended, well or not. */
	hasEnded(row: IDataObject): boolean;
}

/** What a poll leaves for the next one. */
interface State extends IDataObject {
	/** Nothing that began before this is open any more, in the service's time. */
	since?: string;
	/** What was handed on, or had ended before the trigger was switched on: ID and when it began, while it can come again. */
	done: Record<string, string>;
}

/**
 * What has ended since the last poll. The first poll only notes what there is; a manual run gives the newest one and
 * notes nothing. Times are the service's own throughout: a clock that is wrong here loses nothing.
 */
export async function poll(context: IPollFunctions, api: Api, ending: Ending): Promise<INodeExecutionData[][] | null> {
	try {
		const connection = await Connection.open(context, api);
		if (context.getMode() === 'manual') return items(await newest(connection, ending));
		const known = context.getWorkflowStaticData('node') as { state?: State };
		const { ended, state } = await look(connection, ending, known.state);
		const isFirst = known.state === undefined;
		known.state = state;
		return isFirst ? null : items(ended);
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}

const items = (rows: IDataObject[]) => (rows.length === 0 ? null : [rows.map((json) => ({ json }))]);

async function newest(connection: Connection, { since, began, hasEnded }: Ending): Promise<IDataObject[]> {
	let found: IDataObject | undefined;
	for await (const row of since(connection, undefined)) {
		if (hasEnded(row) && (found === undefined || began(row) > began(found))) found = row;
	}
	return found ? [found] : [];
}

const DAY = 86_400_000;

/** The day so many days before a moment, YYYY-MM-DD. */
const daysBefore = (time: string, days: number) => new Date(Date.parse(time) - days * DAY).toISOString().slice(0, 10);

/**
 * Days before the oldest open thing that are asked for: lists know days, and services do not tell of which time zone,
 * nor whether the first one counts. One day more may come, and is remembered.
 */
const DAYS_ASKED = 2;
const DAYS_REMEMBERED = 3;

/** Reads on from the oldest thing that was still open, so one that ends late is not missed. */
async function look(connection: Connection, { since, began, hasEnded }: Ending, before: State | undefined): Promise<{ ended: IDataObject[]; state: State }> {
	const done = { ...before?.done };
	const ended: IDataObject[] = [];
	let oldestOpen: string | undefined;
	let latest = before?.since;
	for await (const row of since(connection, before?.since && daysBefore(before.since, DAYS_ASKED))) {
		const time = began(row);
		if (latest === undefined || time > latest) latest = time;
		if (!hasEnded(row)) {
			if (oldestOpen === undefined || time < oldestOpen) oldestOpen = time;
			continue;
		}
		if (!(String(row.id) in done)) ended.push(row);
		done[String(row.id)] = time;
	}
	const from = oldestOpen ?? latest;
	const kept = Object.entries(done).filter(([, time]) => from !== undefined && time.slice(0, 10) >= daysBefore(from, DAYS_REMEMBERED));
	ended.sort((a, b) => began(a).localeCompare(began(b)));
	return { ended, state: { since: from, done: Object.fromEntries(kept) } };
}

/**
 * Those of some named launches that have ended since the last poll, each once; a launch that had ended before counts
 * too, since nothing would tell of it later. A manual run shows all as they are now and notes nothing. A launch that
 * cannot be looked at does not keep the others back; throws n8n's node error when none of those that are open can.
 *
 * @param named launches by their IDs, in the form that `watch` looks at
 * @param wanted whether the user wants to hear of an end
 */
export async function pollNamed(context: IPollFunctions, api: Api, watch: Watch, named: Map<string, IDataObject>, wanted: (look: Look) => boolean): Promise<INodeExecutionData[][] | null> {
	const isManual = context.getMode() === 'manual';
	const told = context.getWorkflowStaticData('node') as { ended?: Record<string, string> };
	const before = isManual ? {} : { ...told.ended };
	const ended: Record<string, string> = {};
	const rows: IDataObject[] = [];
	const problems: Problem[] = [];
	let looks = 0;
	try {
		const connection = await Connection.open(context, api);
		for (const [id, launch] of named) {
			if (id in before) {
				ended[id] = before[id];
				continue;
			}
			looks += 1;
			const look = await watch.look(connection, launch).catch((cause: Problem) => cause);
			if (look instanceof Error) {
				problems.push(look);
				continue;
			}
			const isEnded = look.outcome !== 'running';
			if (isEnded) ended[id] = look.state;
			if (isManual || (isEnded && wanted(look))) rows.push({ ...look.json, finished: isEnded, succeeded: look.outcome === 'succeeded' });
		}
		if (problems.length > 0 && problems.length === looks) throw problems[0];
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
	if (!isManual) told.ended = ended;
	return items(rows);
}
