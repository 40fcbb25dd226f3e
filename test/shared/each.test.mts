import { each } from '../../nodes/shared/each.ts';

const turn = async () => await new Promise<void>((done) => setImmediate(done));

/** Work that takes some turns for each entry, as many as the entry says, and what happened in which order. */
function watched() {
	const events: string[] = [];
	const seen = { now: 0, most: 0 };
	const work = async (turns: number) => {
		events.push(`begin ${turns}`);
		seen.most = Math.max(seen.most, ++seen.now);
		for (let i = 0; i < turns; i++) await turn();
		seen.now--;
		events.push(`end ${turns}`);
	};
	return { events, seen, work };
}

it('does nothing for no entries', async () => {
	const { events, work } = watched();
	await each([], 4, work);
	expect(events).toEqual([]);
});

it('works one after the other, in their order', async () => {
	const { events, work } = watched();
	await each([3, 1, 2], 1, work);
	expect(events).toEqual(['begin 3', 'end 3', 'begin 1', 'end 1', 'begin 2', 'end 2']);
});

it.each([2, 3, 16])('works on %i at once, begun in their order, each one once', async (atOnce) => {
	const { events, seen, work } = watched();
	const entries = Array.from({ length: 40 }, (_none, i) => i);
	await each(entries, atOnce, async (i) => await work(i % 5));
	expect(seen).toEqual({ now: 0, most: atOnce });
	expect(events.filter((event) => event.startsWith('begin'))).toEqual(entries.map((i) => `begin ${i % 5}`));
	expect(events).toHaveLength(80);
});

it('begins no more than there are entries', async () => {
	const { seen, work } = watched();
	await each([1, 2], 16, work);
	expect(seen.most).toBe(2);
});

it('begins the next one as soon as one has ended', async () => {
	const { events, work } = watched();
	await each([9, 1, 2], 2, work);
	expect(events).toEqual(['begin 9', 'begin 1', 'end 1', 'begin 2', 'end 2', 'end 9']);
});

describe('when one fails', () => {
	const failing = (...bad: number[]) => {
		const { events, work } = watched();
		return {
			events,
			work: async (turns: number) => {
				await work(turns);
				if (bad.includes(turns)) throw new Error(`no ${turns}`);
			},
		};
	};

	it('begins no further one, waits for those under way, and throws', async () => {
		const { events, work } = failing(1);
		await expect(each([5, 1, 3, 4], 2, work)).rejects.toThrow('no 1');
		expect(events).toEqual(['begin 5', 'begin 1', 'end 1', 'end 5']);
	});

	it('throws what failed first', async () => {
		const { work } = failing(1, 2, 3);
		await expect(each([3, 1, 2], 3, work)).rejects.toThrow('no 1');
	});

	it('throws at the last one too', async () => {
		const { work } = failing(2);
		await expect(each([1, 2], 1, work)).rejects.toThrow('no 2');
	});
});
