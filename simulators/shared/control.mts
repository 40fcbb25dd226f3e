import type { FastifyInstance } from 'fastify';
import { faultSchema } from './faults.mts';
import type { Fault } from './faults.mts';
import type { Kit } from './server.mts';

const faultsBody = { anyOf: [faultSchema, { type: 'array', items: faultSchema }] };
const clockBody = {
	type: 'object',
	additionalProperties: false,
	minProperties: 1,
	properties: { hold: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' }, advance: { type: 'number', minimum: 0 } },
};
const sinceQuery = { type: 'object', properties: { since: { type: 'string', pattern: '^\\d+$' } } };

/** The routes under `/simulator/` that are the same for every provider. */
export function addControl(kit: Pick<Kit, 'app' | 'clock' | 'journal' | 'faults'>, onReset: () => void): void {
	const { clock, journal, faults } = kit;
	const routes = async (app: FastifyInstance) => {
		app.get<{ Querystring: { since?: string } }>('/journal', { schema: { querystring: sinceQuery } }, async ({ query }) =>
			journal.since(Number(query.since ?? 0)),
		);
		app.delete('/journal', async (_request, reply) => {
			journal.clear();
			return reply.code(204).send();
		});
		app.post('/reset', async (_request, reply) => {
			clock.reset();
			journal.clear();
			faults.clear();
			onReset();
			return reply.code(204).send();
		});
		app.get('/clock', async () => ({ now: clock.timestamp() }));
		app.post<{ Body: { hold?: string; advance?: number } }>('/clock', { schema: { body: clockBody } }, async ({ body }) => {
			if (body.hold !== undefined) clock.hold(Date.parse(body.hold));
			if (body.advance !== undefined) await clock.advance(body.advance);
			return { now: clock.timestamp() };
		});
		app.post<{ Body: Fault | Fault[] }>('/faults', { schema: { body: faultsBody } }, async ({ body }, reply) => {
			for (const fault of [body].flat()) faults.add(fault);
			return reply.code(204).send();
		});
		app.delete('/faults', async (_request, reply) => {
			faults.clear();
			return reply.code(204).send();
		});
	};
	kit.app.register(routes, { prefix: '/simulator' });
}
