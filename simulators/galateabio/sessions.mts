import type { Clock } from '../shared/clock.mts';
import { noCredentials, unauthorized } from './errors.mts';
import { randomToken } from './state.mts';

// the provider publishes no lifetimes
const ACCESS_MS = 15 * 60_000;
const REFRESH_MS = 24 * 3_600_000;

interface Session {
	access: string;
	refresh: string;
	accessEnds: number;
	refreshEnds: number;
}

/** The bearer tokens that are good: the API key, and the access tokens of logins. */
export class Sessions {
	readonly apiKey: string;
	private readonly clock: Clock;
	private readonly byAccess = new Map<string, Session>();
	private readonly byRefresh = new Map<string, Session>();

	constructor(apiKey: string, clock: Clock) {
		this.apiKey = apiKey;
		this.clock = clock;
	}

	reset(): void {
		this.byAccess.clear();
		this.byRefresh.clear();
	}

	open(): { refresh: string; access: string } {
		const now = this.clock.now();
		const session = { access: randomToken(), refresh: randomToken(), accessEnds: now + ACCESS_MS, refreshEnds: now + REFRESH_MS };
		this.byAccess.set(session.access, session);
		this.byRefresh.set(session.refresh, session);
		return { refresh: session.refresh, access: session.access };
	}

	/** Refuses an Authorization header that is missing, wrong or expired. */
	check(authorization: string | undefined): void {
		const token = bearer(authorization);
		if (token === this.apiKey) return;
		const session = this.byAccess.get(token);
		if (!session || session.accessEnds <= this.clock.now()) throw unauthorized();
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
		return this.open();
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
