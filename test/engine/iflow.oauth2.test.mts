import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { IFlowOAuth2Api } from '../../credentials/IFlowOAuth2Api.credentials.ts';
import type { RunOf } from './engine.mts';
import { Bench, byId } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const TOKEN = 'POST /identity/oauth/v2/token';
const CLIENT = { client_id: 'n8n-of-a-lab', redirect_uri: 'https://n8n.example.org/rest/oauth2-credential/callback' };
/** Past the life of an access token, ms. */
const LATER = 3_700_000;

/** A credential that was connected: with the tokens that the identity provider gave for a person. */
async function connected(changes: ICredentialDataDecryptedObject = {}): Promise<NonNullable<RunOf['credential']>> {
	const { identityUrl, urlTemplate, projectId } = bench.simulator.info;
	const accessTokenUrl = `${identityUrl}/oauth/v2/token`;
	const asked = await fetch(`${identityUrl}/oauth/v2/authorize?${new URLSearchParams({ response_type: 'code', ...CLIENT }).toString()}`, { redirect: 'manual' });
	const code = new URL(asked.headers.get('location') as string).searchParams.get('code') as string;
	const answer = await fetch(accessTokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code, ...CLIENT }) });
	const data = { environment: 'custom', domain: '', urlTemplate, apiLayout: 'services', runsPath: 'auto', projectId, grantType: 'pkce', clientId: CLIENT.client_id, clientSecret: '', accessTokenUrl, scope: 'openid', authentication: 'body', oauthTokenData: (await answer.json()) as IDataObject, ...changes };
	bench.simulator.journal.clear();
	return { type: new IFlowOAuth2Api(), data: data as ICredentialDataDecryptedObject };
}

const tokensOf = ({ oauthTokenData }: ICredentialDataDecryptedObject) => oauthTokenData as unknown as { access_token: string; refresh_token: string };
const run = async (credential: NonNullable<RunOf['credential']>, operation: [resource: string, operation: string, parameters?: IDataObject], more: Partial<RunOf> = {}) =>
	await bench.run(operation[0], operation[1], { authentication: 'oAuth2', ...operation[2] }, { credential, ...more });

it.each(['services', 'gateway'])('the node works as the person who has logged in, with %s', async (apiLayout) => {
	const { outputs, stored } = await run(await connected({ apiLayout }), ['user', 'whoAmI']);
	expect(outputs[0][0].json).toMatchObject({ email: 'person@example.org', is_machine_user: false });
	expect(bench.arrived().map(({ route, authorized }) => [route, authorized])).toEqual([['GET /admin/users/whoami', true]]);
	expect(stored).not.toHaveProperty('accessToken');
});

it('with an access token chosen, that is what is sent', async () => {
	const other = { iFlowOAuth2Api: (await connected()).data };
	const [who] = await bench.json('user', 'whoAmI', { authentication: 'accessToken' }, { moreCredentials: other });
	expect(who).toMatchObject({ email: 'n8n@machine.example.org', is_machine_user: true });
});

it('a token that has expired is renewed once, also for many items and for writes', async () => {
	const credential = await connected();
	await bench.simulator.clock.advance(LATER);
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const { outputs, error, stored } = await run(credential, ['order', 'get', { orderId: byId('CASE-17') }], { items });
	expect(error).toBeUndefined();
	expect(outputs[0]).toHaveLength(20);
	expect(bench.arrived(TOKEN)).toHaveLength(1);
	expect(tokensOf(stored).access_token).not.toBe(tokensOf(credential.data).access_token);

	await bench.simulator.clock.advance(LATER);
	const created = await run({ ...credential, data: stored }, ['subject', 'create', { additionalFields: { displayId: 'P-100' } }]);
	expect(created.outputs[0][0].json).toMatchObject({ subject_id: 'P-100' });
	// the first one was refused before anything was done
	expect(bench.arrived('POST /miner/subjects').map(({ status }) => status)).toEqual([401, 201]);
});

it('a log-in that has ended is told, with what to do', async () => {
	const credential = await connected();
	const { refresh_token } = tokensOf(credential.data);
	await fetch(String(credential.data.accessTokenUrl), { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token, client_id: CLIENT.client_id }) });
	await bench.simulator.clock.advance(LATER);
	const { error } = await run(credential, ['subject', 'create']);
	expect(error).toMatchObject({ message: 'The credential "iFlowOAuth2Api" needs to be reconnected.', description: expect.stringContaining('Open the credential and reconnect it') });
	expect(bench.arrived('POST /miner/subjects').map(({ status }) => status)).toEqual([401]);
});

it('a token that is refused without having expired is told, with what to do', async () => {
	bench.simulator.faults.add({ kind: 'status', status: 401, path: '/orders', body: { detail: 'Invalid or expired token' }, times: 10 });
	const { error } = await run(await connected(), ['order', 'getAll']);
	expect(error).toMatchObject({ message: 'iFlow did not accept the credential: Invalid or expired token', description: expect.stringContaining('connect it anew where it logs in by OAuth2') });
	// renewed once, which does not help
	expect(bench.arrived(TOKEN)).toHaveLength(1);
});

it.each([
	['is down', { kind: 'status', status: 503 }, 'iFlow is not able to answer now (status 503): Fault on demand'],
	['does not know n8n', { kind: 'status', status: 400, body: { error: 'invalid_client', error_description: 'client is unknown' } }, 'Client authentication failed'],
	['answers with a page', { kind: 'html', status: 200 }, 'Expected JSON response from OAuth2 token endpoint'],
	['closes the connection', { kind: 'cut' }, 'iFlow cannot be reached after 4 tries (the connection was closed)'],
] as const)('an identity provider that %s is told', async (_how, fault, message) => {
	const credential = await connected();
	await bench.simulator.clock.advance(LATER);
	bench.simulator.faults.add({ ...fault, path: '/oauth/v2/token', times: 10 });
	const { error } = await run(credential, ['order', 'getAll']);
	expect(error?.message).toContain(message);
	expect(error?.message.length).toBeLessThan(600);
});

it('a credential that nobody has logged in with is told before anything is sent', async () => {
	const { error } = await run(await connected({ oauthTokenData: undefined as never }), ['order', 'getAll']);
	expect(error).toMatchObject({ message: 'The iFlow credential is not connected', description: 'Open it in n8n and log in' });
	expect(bench.arrived()).toEqual([]);
});

describe('the tokens stand nowhere', () => {
	/** Bodies that hold the token as it was sent. */
	const ECHOES = [{ detail: 'refused {{token}}' }, { detail: { headers: { authorization: '{{token}}' } } }, { items: [{ id: '1', name: '{{token}}' }] }, '<html>{{token}}</html>', 'not known: {{token}}'];

	it.each([200, 400, 401, 403, 422, 500])('when they come back with status %i, the first ones and the renewed ones', async (status) => {
		for (const later of [0, LATER]) {
			for (const form of ['raw', 'json', 'base64', 'url'] as const) {
				for (const body of ECHOES) {
					await bench.reset();
					const credential = await connected();
					await bench.simulator.clock.advance(later);
					// of an old token the refusal has to come first, so that n8n renews it
					bench.simulator.faults.add({ kind: 'echo', status, body, form, path: '/orders', skip: later === 0 ? 0 : 1, times: 1000 });
					for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
						// the engine of the tests throws when it finds one
						const { error, outputs } = await run(credential, ['order', 'getAll'], { settings: { onError } });
						expect(error ?? outputs[0]).toBeDefined();
					}
					expect(bench.arrived(TOKEN).length > 0).toBe(later > 0 || status === 401);
				}
			}
		}
	});
});
