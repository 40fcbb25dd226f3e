import { clock } from '../../nodes/shared/clock.ts';
import { Kept } from '../../nodes/shared/kept.ts';

const MINUTE = 60_000;
const realClock = { ...clock };

let now: number;
let made: number;
beforeEach(() => {
	now = 1_000_000;
	made = 0;
	clock.now = () => now;
});
afterEach(() => Object.assign(clock, realClock));

const make = async () => ++made;
const fail = async () => {
	made++;
	throw new Error(`failure ${made}`);
};
/** A result that is there when the test says so. */
function slowly() {
	let resolve: (result: number) => void = () => {};
	const promise = new Promise<number>((done) => (resolve = done));
	return { make: async () => (made++, await promise), resolve };
}

it('makes a result once for all who ask at the same moment, and for its time', async () => {
	const kept = new Kept<string, number>(MINUTE);
	expect(await Promise.all([kept.get('a', make), kept.get('a', make)])).toEqual([1, 1]);
	now += MINUTE - 1;
	expect(await kept.get('a', make)).toBe(1);
	now += 1;
	expect(await kept.get('a', make)).toBe(2);
});

it('keeps a result for each key', async () => {
	const kept = new Kept<string, number>(MINUTE);
	expect([await kept.get('a', make), await kept.get('b', make), await kept.get('a', make)]).toEqual([1, 2, 1]);
});

it('lets all wait for a result that takes longer than it is kept', async () => {
	const kept = new Kept<string, number>(MINUTE);
	const { make: slow, resolve } = slowly();
	const first = kept.get('a', slow);
	now += 2 * MINUTE;
	const second = kept.get('a', make);
	resolve(7);
	expect(await Promise.all([first, second])).toEqual([7, 7]);
	now += MINUTE - 1;
	expect(await kept.get('a', make)).toBe(7);
});

it('keeps a failure for 5 seconds', async () => {
	const kept = new Kept<string, number>(MINUTE);
	await expect(Promise.all([kept.get('a', fail), kept.get('a', fail)])).rejects.toThrow('failure 1');
	now += 4_999;
	await expect(kept.get('a', make)).rejects.toThrow('failure 1');
	now += 1;
	expect(await kept.get('a', make)).toBe(2);
});

it('keeps a failure no longer than a result', async () => {
	const kept = new Kept<string, number>(1_000);
	await expect(kept.get('a', fail)).rejects.toThrow('failure 1');
	now += 1_000;
	expect(await kept.get('a', make)).toBe(2);
});

it('makes what was forgotten anew', async () => {
	const kept = new Kept<string, number>(MINUTE);
	const { make: slow, resolve } = slowly();
	const before = kept.get('a', slow);
	kept.forget('a');
	expect(await kept.get('a', make)).toBe(2);
	resolve(7);
	expect(await before).toBe(7);
	expect(await kept.get('a', make)).toBe(2);
});

it('holds no old results', async () => {
	const entries = new Map<number, never>();
	const kept = new Kept<number, number>(MINUTE, entries);
	for (let key = 0; key < 1000; key++) {
		await kept.get(key, make);
		now += 1_000;
	}
	expect(entries.size).toBeLessThanOrEqual(60);
});

it('keeps results without an end for as long as what they belong to', async () => {
	const kept = new Kept<object, number>(Infinity, new WeakMap());
	const [one, other] = [{}, {}];
	await kept.get(one, make);
	now += 365 * 24 * 60 * MINUTE;
	expect([await kept.get(one, make), await kept.get(other, make)]).toEqual([1, 2]);
	await expect(kept.get({}, fail)).rejects.toThrow();
});
