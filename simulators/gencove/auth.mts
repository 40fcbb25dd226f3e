import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { ApiError, invalidToken, unauthorized } from './errors.mts';
import type { User } from './records.mts';
import type { State } from './state.mts';

// the service publishes no lifetimes
const ACCESS_MS = 30 * 60_000;
const REFRESH_MS = 24 * 3_600_000;

/** An API key and what its owner decided about it. */
export interface ApiKey {
	id: string;
	userId: string;
	name: string;
	key: string;
	createdAt: number;
	/** milliseconds since 1970 */
	expiresAt: number | null;
	/** CIDR; kept, not enforced */
	ipRanges: string[];
	revoked: boolean;
}

interface Token {
	userId: string;
	ends: number;
}

/** Who may call: owners of API keys, and users who logged in. */
export class Sessions {
	readonly keys: ApiKey[] = [];
	private readonly state: State;
	private readonly clock: Clock;
	private readonly seeds: Array<{ userId: string; key: string }>;
	private readonly access = new Map<string, Token>();
	private readonly refresh = new Map<string, Token>();

	constructor(state: State, clock: Clock, seeds: Array<{ userId: string; key: string }>) {
		this.state = state;
		this.clock = clock;
		this.seeds = seeds;
		this.reset();
	}

	/** Leaves only the keys of the start. */
	reset(): void {
		this.access.clear();
		this.refresh.clear();
		this.keys.length = 0;
		for (const { userId, key } of this.seeds) this.addKey({ userId, key, name: 'Simulated key' });
	}

	addKey({ userId, name, key = randomBytes(24).toString('base64url'), expiresAt = null, ipRanges = [] }: Pick<ApiKey, 'userId' | 'name'> & Partial<ApiKey>): ApiKey {
		const added: ApiKey = { id: randomUUID(), userId, name, key, createdAt: this.clock.now(), expiresAt, ipRanges, revoked: false };
		this.keys.push(added);
		return added;
	}

	/**
	 * Logs in.
	 *
	 * @param code of the second factor, or a backup code; both are the user's `otp` here
	 */
	logIn({ email, password, code }: { email: string; password: string; code: string | undefined }): { refresh: string; access: string } {
		const user = this.state.users.find((one) => one.email === email.toLowerCase() && one.password === password && one.active);
		if (!user) throw unauthorized('No active account found with the given credentials');
		if (user.otp !== null && code === undefined) throw new ApiError(401, { otp_token: ['Please enter your OTP token.'] });
		if (user.otp !== null && code !== user.otp) throw new ApiError(401, { otp_token: ['Invalid OTP token. Please make sure you entered it correctly.'] });
		return { refresh: this.issue(this.refresh, user.id, REFRESH_MS), access: this.issue(this.access, user.id, ACCESS_MS) };
	}

	/** A new access token; the refresh token stays good. */
	renew(refresh: string): { access: string } {
		return { access: this.issue(this.access, this.tokenOf(this.refresh, refresh, 'refresh').userId, ACCESS_MS) };
	}

	/** @throws ApiError when it is neither an access nor a refresh token that is good */
	verify(token: string): void {
		this.tokenOf(this.access.has(token) ? this.access : this.refresh, token, 'refresh');
	}

	logOut(refresh: string): void {
		this.tokenOf(this.refresh, refresh, 'refresh');
		this.refresh.delete(refresh);
	}

	/** Ends tokens before their time. */
	expire({ access, refresh }: { access: boolean; refresh: boolean }): void {
		if (access) this.access.clear();
		if (refresh) this.refresh.clear();
	}

	/**
	 * @returns the user that an Authorization header stands for
	 * @throws ApiError when it is missing, wrong or expired
	 */
	check(authorization: string | undefined): User {
		const [scheme, secret] = (authorization ?? '').split(/ (.*)/s);
		if (scheme === 'Bearer') return this.user(this.tokenOf(this.access, secret, 'access').userId);
		if (scheme !== 'Api-Key') throw unauthorized('Authentication credentials were not provided.');
		const key = this.keys.find((one) => one.key === secret && !one.revoked && (one.expiresAt ?? Infinity) > this.clock.now());
		if (!key) throw new ApiError(this.state.settings.wrongKeyStatus, { detail: 'Incorrect authentication credentials.' });
		return this.user(key.userId);
	}

	private user(id: string): User {
		const user = this.state.users.find((one) => one.id === id && one.active);
		if (!user) throw unauthorized('User is inactive or deleted.');
		return user;
	}

	private issue(tokens: Map<string, Token>, userId: string, lifetime: number): string {
		const token = randomBytes(32).toString('base64url');
		tokens.set(token, { userId, ends: this.clock.now() + lifetime });
		return token;
	}

	private tokenOf(tokens: Map<string, Token>, text: string, kind: 'access' | 'refresh'): Token {
		const token = tokens.get(text);
		if (!token || token.ends <= this.clock.now()) throw invalidToken(kind);
		return token;
	}
}
