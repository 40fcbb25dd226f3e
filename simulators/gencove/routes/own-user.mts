import type { FastifyInstance } from 'fastify';
import type { ApiKey } from '../auth.mts';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { checked, flag, list, nullable, optional, readBody, text, wrong } from '../fields.mts';
import { page, Query } from '../pages.mts';
import { listedProjects } from '../projects-query.mts';
import { userWith } from '../users.mts';

const DAY = 24 * 3_600_000;

const name = text({ longest: 50 });
const subnet = checked(text(), (value) => {
	const [, address, bits] = /^([\d.]+|[\da-f:]+)\/(\d{1,3})$/i.exec(value) ?? [];
	if (address === undefined || Number(bits) > (address.includes(':') ? 128 : 32)) throw wrong(`${value} is not a valid subnet in CIDR notation.`);
});
const ip_range = optional(nullable(list(subnet, { empty: true })));
const day = checked(text(), (value) => {
	if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value))) throw wrong('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.');
});

/** What users do with their own records: name, API keys, configuration. Only in the specification. */
export function ownUserRoutes(api: FastifyInstance, { state, sessions, views, accounts, clock }: Context): void {
	const prefix = (key: ApiKey) => key.key.slice(0, 8);
	const ranges = ({ ipRanges }: ApiKey) => (ipRanges.length === 0 ? null : ipRanges);
	// the last day on which it is good
	const expiry = ({ expiresAt }: ApiKey) => (expiresAt === null ? null : new Date(expiresAt - DAY).toISOString().slice(0, 10));
	const keyView = (key: ApiKey) => ({
		revoked: key.revoked,
		id: key.id,
		name: key.name,
		prefix: prefix(key),
		expiry_date: expiry(key),
		has_expired: (key.expiresAt ?? Infinity) <= clock.now(),
		ip_range: ranges(key),
	});

	for (const method of ['PUT', 'PATCH']) {
		api.route({
			method,
			url: '/user/',
			handler: async ({ body, gencoveUser: user }) => {
				user.name = readBody(body, { name: optional(text({ longest: 254, blank: true })) }).name ?? user.name;
				return views.user(user);
			},
		});
	}

	api.get<{ Params: { user_id: string } }>('/user-projects/:user_id', async (request) => {
		userWith(state, request.params.user_id);
		return page(request, listedProjects(new Query(request.query), state), (project) => views.project(project));
	});

	api.get('/user-api-keys/', async (request) => page(request, sessions.keys.filter(({ userId, revoked }) => userId === request.gencoveUser.id && !revoked), keyView));

	// the only answer with the key itself
	api.post('/user-api-keys/', async ({ body, gencoveUser: { id: userId } }, reply) => {
		const given = readBody(body, { name, expiry_date: optional(nullable(day)), ip_range });
		const expiresAt = given.expiry_date ? Date.parse(given.expiry_date) + DAY : null;
		const key = sessions.addKey({ userId, name: given.name, expiresAt, ipRanges: given.ip_range ?? [] });
		return reply.code(201).send({ expiry_date: expiry(key), id: key.id, key: key.key, name: key.name, prefix: prefix(key), ip_range: ranges(key) });
	});

	api.patch<{ Params: { api_key_id: string } }>('/user-api-keys/:api_key_id', async ({ params, body, gencoveUser: user }) => {
		const key = sessions.keys.find(({ id, userId, revoked }) => id === params.api_key_id.toLowerCase() && userId === user.id && !revoked);
		if (!key) throw notFound();
		const given = readBody(body, { revoked: optional(flag()), name: optional(name), ip_range });
		key.name = given.name ?? key.name;
		if (given.ip_range !== undefined) key.ipRanges = given.ip_range ?? [];
		key.revoked = given.revoked ?? false;
		return keyView(key);
	});

	api.get('/user-config/', async ({ gencoveUser: user }) => accounts.of(user).config);

	api.patch('/user-config/', async ({ body, gencoveUser: user }) => {
		if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid({ non_field_errors: ['Invalid data. Expected a dictionary.'] });
		const account = accounts.of(user);
		account.config = { ...account.config, ...body };
		return account.config;
	});
}
