import type { Clock } from '../shared/clock.mts';
import { noCredentials, unauthorized } from './errors.mts';
import type { User } from './records.mts';
import { randomToken } from './state.mts';

// the provider publishes no lifetimes
const ACCESS_MS = 15 * 60_000;
const REFRESH_MS = 24 * 3_600_000;

interface Session {
	user: User;
	access: string;
	refresh: string;
	accessEnds: number;
	refreshEnds: number;
}

/** The bearer tokens that are good: API keys, and the access tokens of logins. */
export class Sessions {
	private readonly users: User[];
	private readonly clock: Clock;
	private readonly byKey = new Map<string, User>();
	private readonly byAccess = new Map<string, Session>();
	private readonly byRefresh = new Map<string, Session>();

	constructor(users: User[], clock: Clock) {
		this.users = users;
		this.clock = clock;
		this.reset();
	}

	/** Leaves only the keys that the users have from the start. */
	reset(): void {
		this.byKey.clear();
		for (const user of this.users) {
			if (user.apiKey !== undefined) this.byKey.set(user.apiKey, user);
		}
		this.byAccess.clear();
		this.byRefresh.clear();
	}

	/** A further API key for a user; the others stay good. */
	addKey(user: User): string {
		const key = randomToken();
		this.byKey.set(key, user);
		return key;
	}

	/** Tokens of a new session. */
	open(user: User): { refresh: string; access: string } {
		const now = this.clock.now();
		const session = { user, access: randomToken(), refresh: randomToken(), accessEnds: now + ACCESS_MS, refreshEnds: now + REFRESH_MS };
		this.byAccess.set(session.access, session);
		this.byRefresh.set(session.refresh, session);
		return { refresh: session.refresh, access: session.access };
	}

	/**
	 * @returns the user that an Authorization header stands for
	 * @throws ApiError when it is missing, wrong or expired
	 */
	check(authorization: string | undefined): User {
		const token = bearer(authorization);
		const keyed = this.byKey.get(token);
		if (keyed) return keyed;
		const session = this.byAccess.get(token);
		if (!session || session.accessEnds <= this.clock.now()) throw unauthorized();
		return session.user;
	}

	/**
	 * New tokens for old ones, which end at once. The access token may have expired.
	 *
	 * @param tokens both must be of the same session, and the header must carry the access token
	 */
	renew(authorization: string | undefined, tokens: { refresh: string; access: string }): { refresh: string; access: string } {
		const session = this.byRefresh.get(tokens.refresh);
		const good = bearer(authorization) === tokens.access && session?.access === tokens.access;
		if (!good || session.refreshEnds <= this.clock.now()) throw unauthorized();
		this.end(session);
		return this.open(session.user);
	}

	/** @returns whether there was such a session */
	close(refresh: string): boolean {
		const session = this.byRefresh.get(refresh);
		if (session) this.end(session);
		return session !== undefined;
	}

	private end(session: Session): void {
		this.byAccess.delete(session.access);
		this.byRefresh.delete(session.refresh);
	}
}

function bearer(authorization: string | undefined): string {
	if (!authorization?.startsWith('Bearer ')) throw noCredentials();
	return authorization.slice('Bearer '.length);
}
