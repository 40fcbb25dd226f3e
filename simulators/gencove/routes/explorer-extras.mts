import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { readBody, uuid } from '../fields.mts';
import { page } from '../pages.mts';
import { find } from '../state.mts';

const SESSION_S = 43_200;
const MONTHS = 3;

/** Costs of Explorer, and its session in a browser. Only in the specification. */
export function explorerExtraRoutes(api: FastifyInstance, { state, views, clock }: Context): void {
	// a report for each of the last months; only the current one still changes
	api.get('/explorer-cost-reporting/', async (request) => {
		const today = new Date(clock.now());
		const day = (month: number, date: number) => new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + month, date)).toISOString().slice(0, 10);
		return page(request, Array.from({ length: MONTHS }, (_, index) => index), (ago) => ({
			id: `f0000000-0000-4000-8000-${day(-ago, 1).replaceAll('-', '').padStart(12, '0')}`,
			start_date: day(-ago, 1),
			end_date: day(1 - ago, 0),
			report_amount: (12.5 * (ago + 1)).toFixed(2),
			is_current_report: ago === 0,
			report_is_finalized: ago > 0,
			last_updated: views.time(clock.now()),
			files: [],
		}));
	});

	api.post('/explorer-session-start/', async ({ body }, reply) => {
		const { id } = readBody(body, { id: uuid() });
		const instance = find(state.instances, id, () => invalid({ id: [`Instance ${id} does not exist.`] }));
		if (instance.status !== 'running') throw invalid({ id: [`Instance ${id} is not in running status.`] });
		reply.header('set-cookie', `user_session=${randomBytes(24).toString('base64url')}; Path=/; HttpOnly; Max-Age=${SESSION_S}`);
		return reply.code(202).send({ explorer_url: `https://${id}.explorer.example.org/`, expires_in: SESSION_S });
	});
}
