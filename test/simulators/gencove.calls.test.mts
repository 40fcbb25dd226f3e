/** Every call of calls.json has a route, and every route a call: of both generations of Gencove. */
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { addApi } from '../../simulators/gencove/api.mts';
import calls from '../../simulators/gencove/calls.json';
import type { Context } from '../../simulators/gencove/context.mts';
import { addApi as addLegacyApi } from '../../simulators/gencove/legacy/api.mts';
import type { Context as LegacyContext } from '../../simulators/gencove/legacy/context.mts';
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { send } from './http.mts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';

interface Call {
	method: string;
	path: string;
	legacy?: boolean;
	public?: boolean;
}

const all = calls.calls as Call[];
const routeOf = ({ method, path }: Call) => `${method} ${path}`;
const second = all.filter(({ legacy }) => !legacy);
const first = all.filter(({ legacy }) => legacy);

/** What an API adds to a server, as calls.json writes it; the answers to wrong verbs left out. */
async function routesOf(add: (app: FastifyInstance) => void): Promise<string[]> {
	const app = fastify({ exposeHeadRoutes: false });
	const routes: string[] = [];
	app.addHook('onRoute', ({ method, url, config }) => {
		if (!config?.otherVerb) routes.push(`${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`);
	});
	add(app);
	await app.ready();
	return routes;
}

it.each<[string, Call[], number, (app: FastifyInstance) => void]>([
	['second', second, 151, (app) => addApi(app, {} as Context)],
	['first', first, 41, (app) => addLegacyApi(app, { rawData: { addStorage: () => undefined } } as unknown as LegacyContext)],
])('the %s generation has a route for each call, and a call for each route', async (_name, known, count, add) => {
	expect(new Set(known.map(routeOf)).size).toBe(count);
	expect((await routesOf(add)).toSorted()).toEqual(known.map(routeOf).toSorted());
});

describe('a call', () => {
	let simulator: Running;

	beforeAll(async () => (simulator = await start()));
	afterAll(async () => await simulator.close());

	const lineOf = ({ method, path }: Call) => `${method} ${path.replace(/\{\w+\}/g, UNKNOWN)}`;

	it.each(second.map((call) => [routeOf(call), call] as const))('%s arrives, and asks for the key', async (route, call) => {
		// tokens can be had, and accounts be made, by people who have none yet
		const isOpen = call.public || /\/(user-(register|activate|activate-resend|password-reset|password-reset-confirm))\/$/.test(call.path);
		expect((await send(simulator.info.url, lineOf(call))).status === 401).toBe(!isOpen);
		const headers = { authorization: `Api-Key ${simulator.info.apiKey}` };
		const answer = await send(simulator.info.url, lineOf(call), { headers });
		expect(answer.status).not.toBe(405);
		expect(simulator.journal.since().entries.at(-1)).toMatchObject({ route, authorized: true });
		expect(answer.headers.get('allow')!.split(', ')).toEqual(expect.arrayContaining(second.filter(({ path }) => path === call.path).map(({ method }) => method)));
	});

	it.each(first.map((call) => [routeOf(call), call] as const))('%s arrives', async (route, call) => {
		const headers = { authorization: `GENCOVE-API-KEY ${simulator.info.legacy.apiKey}` };
		expect((await send(simulator.info.legacy.url, lineOf(call), { headers })).status).not.toBe(405);
		expect(simulator.legacy.journal.since().entries.at(-1)).toMatchObject({ route, authorized: true });
	});

	it.each(second.map((call) => [lineOf(call)]))('%s: another slash is another path', async (line) => {
		const other = line.endsWith('/') ? line.slice(0, -1) : `${line}/`;
		expect((await send(simulator.info.url, other, { headers: { authorization: `Api-Key ${simulator.info.apiKey}` } })).status).toBe(404);
		expect(simulator.journal.since().entries.at(-1)!.route).toBeNull();
	});
});
