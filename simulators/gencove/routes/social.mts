import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { choice, readBody, text } from '../fields.mts';
import { page, Query } from '../pages.mts';

const PROVIDERS = ['basespace'];

/** Accounts at other services, and the address of the page with the bills. Only in the specification. */
export function socialRoutes(api: FastifyInstance, { views, accounts }: Context): void {
	api.get('/social-providers/', async (request) => {
		const wanted = new Query(request.query).text('name');
		const { social } = accounts.of(request.gencoveUser);
		return page(request, PROVIDERS.filter((name) => wanted === undefined || name === wanted), (name) => ({
			name,
			authorization_uri: `https://${name}.example.org/oauth/authorize?response_type=code`,
			accounts: social
				.filter(({ provider }) => provider === name)
				.map(({ id, accountId, at }) => ({ id, created: views.time(at), social_account_id: accountId, auth_time: views.time(at) })),
		}));
	});

	api.post('/social-signup/', async ({ body, gencoveUser: user }) => {
		const given = readBody(body, { provider: choice(PROVIDERS), code: text() });
		accounts.connect(user, given.provider);
		return given;
	});

	api.post('/social-disconnect/', async ({ body, gencoveUser: user }) => {
		const { provider } = readBody(body, { provider: choice(PROVIDERS) });
		const account = accounts.of(user);
		const left = account.social.filter((one) => one.provider !== provider);
		if (left.length === account.social.length) throw invalid({ provider: ['Social account is not connected.'] });
		account.social = left;
		return { provider };
	});

	api.post('/billing-portal/', async ({ gencoveUser: { id } }, reply) => reply.code(201).send({ billing_portal_url: `https://billing.example.org/session/${id}` }));
}
