import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Access } from './access.mts';
import { USERS } from './seeds.mts';
import type { State } from './state.mts';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
// none of these is published
const DEVICE_SECONDS = 300;
const INTERVAL_SECONDS = 1;

/** A code that waits to be changed for a token. */
interface Waiting {
	clientId: string;
	redirectUri?: string;
	challenge?: string;
}

type Form = Record<string, string | undefined>;

/** A refusal in the shape of OAuth, which is not that of the services. */
class OAuthError extends Error {
	readonly code: string;

	constructor(code: string, description: string) {
		super(description);
		this.code = code;
	}
}

/** The identity provider: code, device and refresh grants, for one person (contract, section 2.2). */
export class Identity {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly access: Access;
	private readonly codes = new Map<string, Waiting>();
	/** when a device was begun, and whether it has asked already */
	private readonly devices = new Map<string, { clientId: string; at: number; asked: boolean }>();

	constructor({ clock, state, access }: { clock: Clock; state: State; access: Access }) {
		this.clock = clock;
		this.state = state;
		this.access = access;
	}

	reset(): void {
		this.codes.clear();
		this.devices.clear();
	}

	addRoutes(app: FastifyInstance): void {
		app.register(
			async (oauth) => {
				oauth.removeAllContentTypeParsers();
				oauth.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(text as string))));
				oauth.setErrorHandler(async (error: Error, _request, reply) => refuse(reply, error));
				oauth.get<{ Querystring: Form }>('/authorize', { config: { call: 'GET /identity/oauth/v2/authorize' } }, async ({ query }, reply) => reply.redirect(this.authorize(query)));
				oauth.post<{ Body: Form }>('/device_authorization', { config: { call: 'POST /identity/oauth/v2/device_authorization' } }, async ({ body, protocol, host }) => this.beginDevice(body ?? {}, `${protocol}://${host}`));
				oauth.post<{ Body: Form }>('/token', { config: { call: 'POST /identity/oauth/v2/token' } }, async ({ body, headers }) => this.tokens({ ...clientIn(headers.authorization), ...body }));
			},
			{ prefix: '/oauth/v2' },
		);
	}

	/** The person agrees at once; gives the address to go back to. */
	private authorize({ response_type, client_id, redirect_uri, state, code_challenge }: Form): string {
		if (response_type !== 'code' || !client_id || !redirect_uri) throw new OAuthError('invalid_request', 'response_type, client_id and redirect_uri are needed');
		const code = randomBytes(16).toString('hex');
		this.codes.set(code, { clientId: client_id, redirectUri: redirect_uri, challenge: code_challenge });
		const target = new URL(redirect_uri);
		target.searchParams.set('code', code);
		if (state !== undefined) target.searchParams.set('state', state);
		return target.href;
	}

	private beginDevice({ client_id }: Form, base: string): object {
		if (!client_id) throw new OAuthError('invalid_request', 'client_id is needed');
		const code = randomBytes(16).toString('hex');
		this.devices.set(code, { clientId: client_id, at: this.clock.now(), asked: false });
		const address = `${base}/device`;
		return { device_code: code, user_code: 'SIMU-LATE', verification_uri: address, verification_uri_complete: `${address}?user_code=SIMU-LATE`, expires_in: DEVICE_SECONDS, interval: INTERVAL_SECONDS };
	}

	private tokens(form: Form): object {
		if (form.grant_type === 'authorization_code') this.checkCode(form);
		else if (form.grant_type === DEVICE_GRANT) this.checkDevice(form);
		else if (form.grant_type === 'refresh_token') this.checkRefresh(form);
		else throw new OAuthError('unsupported_grant_type', 'This grant is not supported');
		const { tokenSeconds } = this.state.settings;
		const access_token = this.access.issue('oidc', USERS.person, tokenSeconds);
		return { access_token, token_type: 'Bearer', expires_in: tokenSeconds, refresh_token: this.access.issue('refresh', USERS.person) };
	}

	private checkCode({ code = '', client_id, redirect_uri, code_verifier = '' }: Form): void {
		const waiting = this.codes.get(code);
		this.codes.delete(code);
		const challenge = createHash('sha256').update(code_verifier).digest('base64url');
		const fits = waiting?.clientId === client_id && waiting?.redirectUri === redirect_uri && (waiting?.challenge === undefined || waiting.challenge === challenge);
		if (!waiting || !fits) throw new OAuthError('invalid_grant', 'The code is not valid');
	}

	// the first question always comes too early
	private checkDevice({ device_code = '', client_id }: Form): void {
		const device = this.devices.get(device_code);
		if (device?.clientId !== client_id || !device) throw new OAuthError('invalid_grant', 'The device code is not valid');
		if (device.at + DEVICE_SECONDS * 1000 < this.clock.now()) throw new OAuthError('expired_token', 'The device code has expired');
		const { device: does } = this.state.settings;
		if (does === 'deny') throw new OAuthError('access_denied', 'The person has refused');
		if (!device.asked || does === 'wait') {
			device.asked = true;
			throw new OAuthError('authorization_pending', 'The person has not agreed yet');
		}
		this.devices.delete(device_code);
	}

	private checkRefresh({ refresh_token = '' }: Form): void {
		if (!refresh_token.startsWith('refresh-') || !this.access.userOf(refresh_token)) throw new OAuthError('invalid_grant', 'The refresh token is not valid');
		this.access.revoke(refresh_token);
	}
}

/** The client of a Basic header, as n8n sends it. */
function clientIn(authorization = ''): Form {
	const [, encoded] = /^Basic (.+)$/.exec(authorization) ?? [];
	return encoded === undefined ? {} : { client_id: decodeURIComponent(Buffer.from(encoded, 'base64').toString().split(':')[0]) };
}

function refuse(reply: FastifyReply, error: Error) {
	const code = error instanceof OAuthError ? error.code : 'invalid_request';
	return reply.code(400).send({ error: code, error_description: error.message });
}
