import type { IDataObject } from 'n8n-workflow';

import { clock } from './clock';
import { each } from './each';
import { Problem } from './problem';
import { idOf } from './operation';
import type { Connection } from './request';

/** What one look at a launch tells. States that are not known count as `running`. */
export interface Look {
	/** The launch as the service shows it now. */
	json: IDataObject;
	/** The service's own word for its state. */
	state: string;
	outcome: 'running' | 'succeeded' | 'failed';
	/** Why it failed, in the service's words. */
	reason?: string;
}

/** How the end of something that runs at the service is seen. */
export interface Watch {
	/** The service's word for it: 'order'. */
	noun: string;
	/** The word for a good end, for the label of the switch: 'Completion'. */
	end: string;
	/** ms between two looks, where the service wants a fixed pace; by default the pauses grow. */
	every?: number;
	/** ms: the first pause between two looks and the longest, where what runs is quicker or slower than most; 5 s and a minute by default. */
	pauses?: { first: number; longest: number };
	/** Looks at one launch; `launch` is what the operation, or the last look, gave. */
	look(connection: Connection, launch: IDataObject): Promise<Look>;
}

/** What the user wants of the waiting. */
export interface WaitOptions {
	/** ms. */
	limit: number;
	onLimit: 'error' | 'return';
	onFailure: 'error' | 'return';
}

/** What waiting adds to a launch: whether it has ended, and whether it has ended well. */
export const ENDING_FIELDS = ['finished', 'succeeded'] as const;

/** Pauses between two looks, in ms, and how they grow. */
const PAUSES = { first: 5_000, longest: 60_000 };
const GROWTH = 1.5;

/** Looks that may fail in a row before a launch is given up: each has been tried several times already. */
const FAILED_LOOKS = 3;

/** What became of a launch: its last look, or why it could not be seen. */
export type Ended = { json: IDataObject } | { problem: Problem; json: IDataObject };

/**
 * Waits until all launches have ended or the limit is reached. All are looked at in rounds, each once a round and
 * `atOnce` at the same time, with growing pauses between the rounds. Returns the ends in the order of the launches;
 * a launch that cannot be looked at, three times in a row or for good, ends with a Problem that names it and does not
 * stop the others. On cancel it returns early.
 */
export async function wait(
	connection: Connection,
	watch: Watch,
	launches: IDataObject[],
	options: WaitOptions,
	atOnce: number,
): Promise<Ended[]> {
	const started = clock.now();
	const { first, longest } = watch.pauses ?? PAUSES;
	const ends: Array<Ended | undefined> = launches.map(() => undefined);
	const failures = launches.map(() => 0);
	const last: Look[] = launches.map((json) => ({ json, state: 'unknown', outcome: 'running' }));
	for (let pause = first; ; pause = watch.every ?? Math.min(pause * GROWTH, longest)) {
		const open = launches.map((_launch, i) => i).filter((i) => ends[i] === undefined);
		await each(open, atOnce, async (i) => {
			const look = await watch.look(connection, last[i].json).catch((cause: Problem) => cause);
			if (look instanceof Error) {
				failures[i] += 1;
				if (failures[i] === FAILED_LOOKS || !look.passing) ends[i] = { problem: lost(titleOf(connection, watch, last[i].json), watch, look), json: last[i].json };
				return;
			}
			failures[i] = 0;
			last[i] = look;
			if (look.outcome !== 'running') ends[i] = ended(titleOf(connection, watch, look.json), watch, look, options);
		});
		const waited = clock.now() - started;
		const running = ends.some((end) => end === undefined);
		if (!running || connection.signal?.aborted) break;
		if (waited >= options.limit) break;
		await clock.sleep(Math.min(pause, options.limit - waited), connection.signal);
	}
	return launches.map((_launch, i) => ends[i] ?? unfinished(connection, watch, last[i], options));
}

const duration = (ms: number) => (ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(ms / 60_000)} minutes`);

/** What was started goes on, whatever became of the look at it. */
const lost = (title: string, { noun }: Watch, { message, description = '', ...more }: Problem) =>
	new Problem(`${title} could not be followed to its end: ${message}`, { ...more, description: `${description && `${description}. `}The ${noun} itself goes on at the service: wait for it by its ID, instead of starting another one` });

/** "The order 123". */
export function titleOf({ api }: Connection, { noun }: Watch, json: IDataObject): string {
	const id = idOf(api, json);
	return `The ${noun}${id === undefined ? '' : ` ${id}`}`;
}

function ended(title: string, watch: Watch, look: Look, { onFailure }: WaitOptions): Ended {
	const json = { ...look.json, finished: true, succeeded: look.outcome === 'succeeded' };
	if (look.outcome === 'succeeded' || onFailure === 'return') return { json };
	const problem = new Problem(`${title} ended as "${look.state}"`, {
		description: look.reason ?? `Look at the ${watch.noun} at the service. To go on with it all the same, set "If It Does Not Succeed" to "Return It"`,
	});
	return { json, problem };
}

function unfinished(connection: Connection, watch: Watch, look: Look, { onLimit, limit }: WaitOptions): Ended {
	const json = { ...look.json, finished: false, succeeded: false };
	if (onLimit === 'return') return { json };
	const byId = idOf(connection.api, look.json) === undefined ? '' : 'Wait for it by its ID, or ';
	const problem = new Problem(`${titleOf(connection, watch, look.json)} is still "${look.state}" after ${duration(limit)}`, {
		description: `It goes on at the service. ${byId}${byId ? 'raise' : 'Raise'} "Wait Limit"`,
	});
	return { json, problem };
}
