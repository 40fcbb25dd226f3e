import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Api } from '../../nodes/shared/operation.ts';
import { poll, type Ending } from '../../nodes/shared/poll.ts';

const api = { credential: 'any' } as Api;
const DAY = 86_400_000;

/** A service whose lists know days of its own time zone, so many hours ahead of UTC; `exclusive`: from the next day on. */
function service(ahead: number, exclusive: boolean) {
	const rows: Array<IDataObject & { began: string; done: boolean }> = [];
	const dayOf = (time: string) => new Date(Date.parse(time) + ahead * 3_600_000).toISOString().slice(0, 10);
	const ending: Ending = {
		async *since(_connection, time) {
			const first = time?.slice(0, 10);
			for (const row of rows) if (first === undefined || (exclusive ? dayOf(row.began) > first : dayOf(row.began) >= first)) yield { ...row };
		},
		began: ({ began }) => String(began),
		hasEnded: ({ done }) => done === true,
	};
	return { rows, ending };
}

function trigger(ending: Ending) {
	const data = {};
	const context = { getCredentials: async () => ({}), getMode: () => 'trigger', getWorkflowStaticData: () => data, getNode: () => ({ parameters: {} }) } as unknown as IPollFunctions;
	return { data, next: async () => ((await poll(context, api, ending))?.[0] ?? []).map(({ json }) => json.id) };
}

describe.each([[-5], [0], [9], [14]])('a service whose days begin %i hours before those of UTC', (ahead) => {
	it.each([[false], [true]])('is told of each end once (first day left out: %s)', async (exclusive) => {
		const { rows, ending } = service(ahead, exclusive);
		const begin = Date.parse('2026-03-10T02:00:00Z');
		// one a quarter of a day, each ends a day after it began; those of the first week before the trigger is switched on
		for (let i = 0; i < 28; i++) rows.push({ id: i, began: new Date(begin - 7 * DAY + i * (DAY / 4)).toISOString(), done: i < 24 });
		const { next } = trigger(ending);
		expect(await next()).toEqual([]);
		const told: unknown[] = [];
		for (let i = 28; i < 68; i++) {
			rows.push({ id: i, began: new Date(begin - 7 * DAY + i * (DAY / 4)).toISOString(), done: false });
			rows[i - 4].done = true;
			told.push(...(await next()));
		}
		expect(told).toEqual(Array.from({ length: 40 }, (_none, i) => i + 24));
	});
});

it('remembers some days, and not all that ever was', async () => {
	const { rows, ending } = service(0, false);
	const { data, next } = trigger(ending);
	for (let i = 0; i < 400; i++) {
		rows.push({ id: i, began: new Date(Date.parse('2026-01-01T02:00:00Z') + i * DAY).toISOString(), done: true });
		if (i % 20 === 0) await next();
	}
	expect(Object.keys((data as { state: { done: object } }).state.done).length).toBeLessThan(25);
});
