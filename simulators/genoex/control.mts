import type { FastifyInstance } from 'fastify';
import type { Context } from './context.mts';
import type { Outcome } from './records.mts';
import { TERMINAL } from './records.mts';
import { settingsSchema } from './settings.mts';
import type { Settings } from './settings.mts';

const outcomesBody = {
	type: 'array',
	items: {
		type: 'object',
		additionalProperties: false,
		properties: { status: { enum: TERMINAL }, error: { type: 'string' }, error_list: { type: 'array' } },
	},
};
const seedBody = {
	type: 'object',
	additionalProperties: false,
	required: ['genotypes', 'snps'],
	properties: { genotypes: { type: 'integer', minimum: 1, maximum: 100_000 }, snps: { type: 'integer', minimum: 1, maximum: 1_000_000 } },
};

/** The routes under `/simulator/genoex/`. */
export function addProviderControl(app: FastifyInstance, { state, now }: Context): void {
	app.get('/settings', async () => state.settings);

	app.post<{ Body: Partial<Settings> }>('/settings', { schema: { body: settingsSchema } }, async ({ body }) => {
		state.settings = { ...state.settings, ...body };
		return state.settings;
	});

	app.post<{ Body: Array<Partial<Outcome>> }>('/outcomes', { schema: { body: outcomesBody } }, async ({ body }, reply) => {
		state.outcomes.push(...body);
		return reply.code(204).send();
	});

	app.post<{ Body: { genotypes: number; snps: number } }>('/seed', { schema: { body: seedBody } }, async ({ body: { genotypes, snps } }) => ({
		array: state.seed(genotypes, snps, now()),
	}));

	app.get('/jobs', async () =>
		[...state.jobs.values()].map(({ id, kind, organization, history, outcome, result }) => ({
			id,
			kind,
			organization,
			history: history.map(({ status, at }) => ({ status, at: new Date(at).toISOString() })),
			outcome: outcome ?? null,
			result_size: result?.length ?? null,
		})),
	);
}
