import { randomUUID } from 'node:crypto';
import type { Context } from './context.mts';
import { orderOf } from './fixture.mts';
import type { Entity, Run } from './records.mts';
import { PIPELINE_SEEDS, PROJECTS, USERS } from './seeds.mts';

/** How many of each to add, and to which project. */
export interface Wanted {
	project_id?: string;
	orders?: number;
	subjects?: number;
	/** of a new subject, or of the one that is added with them */
	samples?: number;
	runs?: number;
	/** of the orders, or of the runs */
	status?: string;
}

/** Adds many at once; answers their ids in the order in which they were made. */
export function addSeeds({ state, clock, runs: lifecycle }: Context, { project_id: projectId = PROJECTS.empty, orders = 0, subjects = 0, samples = 0, runs = 0, status }: Wanted): Record<string, string[]> {
	const begin = (name: string, map: { size: number }) => ({ id: randomUUID(), projectId, displayId: `${name}-${map.size + 1}`, at: clock.now() });
	const entity = (name: string, map: { size: number }): Entity => {
		const { at, ...begun } = begin(name, map);
		return { ...begun, tags: [], properties: {}, createdAt: at, updatedAt: at, createdBy: USERS.person.id };
	};
	const many = <One extends Entity>(number: number, map: Map<string, One>, make: (index: number) => One): string[] =>
		Array.from({ length: number }, (_, index) => {
			const one = make(index);
			map.set(one.id, one);
			return one.id;
		});

	const subjectIds = many(samples > 0 ? Math.max(1, subjects) : subjects, state.subjects, () => entity('SEED-P', state.subjects));
	return {
		orders: many(orders, state.orders, () => orderOf(begin('SEED-O', state.orders), { status: status ?? 'created' })),
		subjects: subjectIds,
		samples: many(samples, state.samples, (index) => ({ ...entity('SEED-S', state.samples), subjectId: subjectIds[index % subjectIds.length] })),
		runs: many(runs, state.runs, (): Run => {
			const base = { ...entity('seed-r', state.runs), pipelineId: PIPELINE_SEEDS[0].id, orderId: null, params: {}, profile: null, callbackUrl: null, base: '', errorMessage: null };
			const run: Run = { ...base, status: 'queued', startedAt: null, finishedAt: null };
			void lifecycle.move(run, status ?? 'succeeded');
			return run;
		}),
	};
}
