import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/shared/clock.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import type { Connection } from '../../nodes/shared/request.ts';
import { wait, type Look, type WaitOptions, type Watch } from '../../nodes/shared/wait.ts';

const MINUTE = 60_000;
const realClock = { ...clock };

/** Pauses so far, ms; the clock stands still but for them. */
let pauses: number[];
let now: number;
beforeEach(() => {
	pauses = [];
	now = 1_000_000;
	clock.now = () => now;
	clock.sleep = async (ms) => {
		pauses.push(ms);
		now += ms;
	};
});
afterEach(() => Object.assign(clock, realClock));

const connection = { api: {} } as Connection;
const launched = (...ids: string[]): IDataObject[] => ids.map((id) => ({ id }));

/** Looks that are given one after the other for each launch; the last one stays. */
function service(looks: Record<string, Array<Partial<Look> | Error>>) {
	const seen: Array<{ id: string; launch: IDataObject; at: number }> = [];
	const watch: Watch = {
		noun: 'order',
		end: 'Completion',
		async look(_connection, launch) {
			const id = String(launch.id);
			const nth = seen.filter((one) => one.id === id).length;
			seen.push({ id, launch, at: now });
			const look = looks[id][Math.min(nth, looks[id].length - 1)];
			if (look instanceof Error) throw look;
			return { json: { id, nth }, state: 'Working', outcome: 'running', ...look };
		},
	};
	return { watch, seen };
}

const RUNNING = { outcome: 'running' } as const;
const GOOD = { outcome: 'succeeded', state: 'Done' } as const;
const BAD = { outcome: 'failed', state: 'QC failed', reason: 'Too few reads' } as const;

const options = (more: Partial<WaitOptions> = {}): WaitOptions => ({ limit: 30 * MINUTE, onLimit: 'error', onFailure: 'error', ...more });

it('gives the ends in the order of the launches, whichever ends first', async () => {
	const { watch } = service({ a: [RUNNING, RUNNING, GOOD], b: [GOOD], c: [RUNNING, GOOD] });
	const ends = await wait(connection, watch, launched('a', 'b', 'c'), options(), 16);
	expect(ends).toEqual([
		{ json: { id: 'a', nth: 2, finished: true, succeeded: true } },
		{ json: { id: 'b', nth: 0, finished: true, succeeded: true } },
		{ json: { id: 'c', nth: 1, finished: true, succeeded: true } },
	]);
	expect(pauses).toEqual([5000, 7500]);
});

it('looks before it pauses, and does not pause after the last end', async () => {
	const { watch, seen } = service({ a: [GOOD] });
	await wait(connection, watch, launched('a'), options(), 16);
	expect([seen.length, pauses]).toEqual([1, []]);
});

it('has nothing to do for no launches', async () => {
	expect(await wait(connection, service({}).watch, [], options(), 16)).toEqual([]);
	expect(pauses).toEqual([]);
});

it('pauses longer each time, up to a minute', async () => {
	const { watch } = service({ a: [...Array<typeof RUNNING>(10).fill(RUNNING), GOOD] });
	await wait(connection, watch, launched('a'), options(), 16);
	expect(pauses).toEqual([5000, 7500, 11_250, 16_875, 25_312.5, 37_968.75, 56_953.125, 60_000, 60_000, 60_000]);
});

it('looks at each open launch once a round, and no more at one that has ended', async () => {
	const { watch, seen } = service({ a: [GOOD], b: [RUNNING, RUNNING, GOOD] });
	await wait(connection, watch, launched('a', 'b'), options(), 16);
	expect(seen.map(({ id }) => id)).toEqual(['a', 'b', 'b', 'b']);
});

it('hands the last look on to the next one', async () => {
	const { watch, seen } = service({ a: [RUNNING, RUNNING, GOOD] });
	await wait(connection, watch, launched('a'), options(), 16);
	expect(seen.map(({ launch }) => launch)).toEqual([{ id: 'a' }, { id: 'a', nth: 0 }, { id: 'a', nth: 1 }]);
});

it.each([1, 3])('looks at %i at once at the most', async (atOnce) => {
	let looking = 0;
	let most = 0;
	const look: Watch['look'] = async (_connection, json) => {
		most = Math.max(most, ++looking);
		await new Promise((done) => setImmediate(done));
		looking--;
		return { json, ...GOOD };
	};
	await wait(connection, { noun: 'order', end: 'Completion', look }, launched('a', 'b', 'c', 'd', 'e'), options(), atOnce);
	expect(most).toBe(atOnce);
});

describe('a look that fails', () => {
	const named = (id: string) => expect.objectContaining({
		message: `The order ${id} could not be followed to its end: No such order`,
		description: 'Check it. The order itself goes on at the service: wait for it by its ID, instead of starting another one',
		status: 404,
	});

	it('ends its launch with a problem that names it, and does not stop the others', async () => {
		const problem = new Problem('No such order', { status: 404, description: 'Check it' });
		const { watch, seen } = service({ a: [RUNNING, GOOD], b: [RUNNING, problem], c: [problem] });
		const ends = await wait(connection, watch, launched('a', 'b', 'c'), options(), 1);
		expect(ends).toEqual([
			{ json: { id: 'a', nth: 1, finished: true, succeeded: true } },
			{ json: { id: 'b', nth: 0 }, problem: named('b') },
			{ json: { id: 'c' }, problem: named('c') },
		]);
		expect(seen).toHaveLength(5);
	});

	it('is borne twice in a row where the service is out of reach for a while, and not a third time', async () => {
		const away = new Problem('No answer', { passing: true });
		const { watch } = service({ a: [away, away, RUNNING, away, away, GOOD], b: [RUNNING, away, away, away, GOOD] });
		const [a, b] = await wait(connection, watch, launched('a', 'b'), options(), 16);
		expect(a).toMatchObject({ json: { succeeded: true } });
		expect(b).toMatchObject({ problem: { message: 'The order b could not be followed to its end: No answer' } });
	});
});

describe('a bad end', () => {
	it('is a problem that names launch, state and reason', async () => {
		const { watch } = service({ a: [BAD], b: [GOOD] });
		const [bad, good] = await wait(connection, watch, launched('a', 'b'), options(), 16);
		expect(bad).toEqual({ json: { id: 'a', nth: 0, finished: true, succeeded: false }, problem: expect.any(Problem) });
		expect(bad).toHaveProperty('problem.message', 'The order a ended as "QC failed"');
		expect(bad).toHaveProperty('problem.description', 'Too few reads');
		expect(good).not.toHaveProperty('problem');
	});

	it('says what to do where the service gives no reason', async () => {
		const { watch } = service({ a: [{ ...BAD, reason: undefined }] });
		const [bad] = await wait(connection, watch, launched('a'), options(), 16);
		expect(bad).toHaveProperty('problem.description', expect.stringContaining('"If It Does Not Succeed"'));
	});

	it('is given out where the user wants it', async () => {
		const { watch } = service({ a: [BAD] });
		expect(await wait(connection, watch, launched('a'), options({ onFailure: 'return' }), 16)).toEqual([{ json: { id: 'a', nth: 0, finished: true, succeeded: false } }]);
	});

	it('of something without an ID is told by its noun', async () => {
		const { watch } = service({ undefined: [{ ...BAD, json: { name: 'x' } }] });
		expect((await wait(connection, watch, [{}], options(), 16))[0]).toHaveProperty('problem.message', 'The order ended as "QC failed"');
	});
});

describe('the limit', () => {
	const { watch } = service({ a: [RUNNING], b: [RUNNING, GOOD] });

	it('is kept to the millisecond, with a last look at its end', async () => {
		const { watch: busy, seen } = service({ a: [RUNNING] });
		const limit = 10 * MINUTE;
		await wait(connection, busy, launched('a'), options({ limit }), 16);
		expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(limit);
		expect(seen.at(-1)?.at).toBe(1_000_000 + limit);
		expect(seen).toHaveLength(pauses.length + 1);
	});

	it('gives a problem with state and ID for what has not ended, and the others as they are', async () => {
		const [open, done] = await wait(connection, watch, launched('a', 'b'), options({ limit: 2 * MINUTE }), 16);
		expect(open).toMatchObject({ json: { id: 'a', finished: false, succeeded: false } });
		expect(open).toHaveProperty('problem.message', 'The order a is still "Working" after 2 minutes');
		expect(open).toHaveProperty('problem.description', expect.stringContaining('"Wait Limit"'));
		expect(done).toMatchObject({ json: { id: 'b', finished: true, succeeded: true } });
	});

	it('gives out what has not ended where the user wants it', async () => {
		const { watch: busy } = service({ a: [RUNNING] });
		const [open] = await wait(connection, busy, launched('a'), options({ limit: MINUTE, onLimit: 'return' }), 16);
		expect(open).toEqual({ json: { id: 'a', nth: expect.any(Number), finished: false, succeeded: false } });
	});

	it.each([['running', RUNNING, false], ['ended', GOOD, true]] as const)('of 0 is one look at what is %s, without a pause', async (_name, look, finished) => {
		const { watch: one, seen } = service({ a: [look] });
		const ends = await wait(connection, one, launched('a'), options({ limit: 0, onLimit: 'return' }), 16);
		expect(ends).toEqual([{ json: { id: 'a', nth: 0, finished, succeeded: finished } }]);
		expect([seen.length, pauses]).toEqual([1, []]);
	});

	it('counts the time that the looks take', async () => {
		const slow: Watch['look'] = async (_connection, json) => {
			now += 50_000;
			return { json, state: 'Working', outcome: 'running' };
		};
		await wait(connection, { noun: 'order', end: 'Completion', look: slow }, launched('a'), options({ limit: MINUTE, onLimit: 'return' }), 16);
		expect(pauses).toEqual([5000]);
	});
});

describe('a cancel', () => {
	it('ends the waiting in the pause, which gets the signal', async () => {
		const abort = new AbortController();
		const { watch, seen } = service({ a: [RUNNING] });
		clock.sleep = async (_ms, signal) => {
			expect(signal).toBe(abort.signal);
			abort.abort();
		};
		await wait({ signal: abort.signal, api: {} } as Connection, watch, launched('a'), options(), 16);
		expect(seen.length).toBeLessThanOrEqual(2);
	});

	it('before the first pause is seen', async () => {
		const { watch } = service({ a: [RUNNING] });
		await wait({ signal: AbortSignal.abort(), api: {} } as Connection, watch, launched('a'), options(), 16);
		expect(pauses).toEqual([]);
	});
});
