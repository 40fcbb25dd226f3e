import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/clock.mts';
import { unauthorized } from './errors.mts';
import type { User } from './records.mts';
import type { State } from './state.mts';

// the service publishes no lifetime
const ACCESS_MS = 15 * 60_000;

/** Who may call: owners of an API key (`GENCOVE-API-KEY ...`), and users who logged in (`JWT ...`). */
export class Sessions {
	private readonly state: State;
	private readonly clock: Clock;
	private readonly refreshTokens = new Map<string, number>();
	private readonly accessTokens = new Map<string, { user: number; ends: number }>();

	constructor(state: State, clock: Clock) {
		this.state = state;
		this.clock = clock;
	}

	reset(): void {
		this.refreshTokens.clear();
		this.accessTokens.clear();
	}

	/** A refresh token of a new session. */
	open(user: User): string {
		const token = randomUUID();
		this.refreshTokens.set(token, user.id);
		return token;
	}

	/** Ends one session. @throws ApiError when there is none with that token */
	close(refreshToken: string): void {
		if (!this.refreshTokens.delete(refreshToken)) throw unauthorized();
	}

	/** Ends all sessions of a user, as a change of the password does. */
	closeAll(user: User): void {
		for (const [token, id] of this.refreshTokens) if (id === user.id) this.refreshTokens.delete(token);
		for (const [token, { user: id }] of this.accessTokens) if (id === user.id) this.accessTokens.delete(token);
	}

	/** An access token for a refresh token, which stays good. @throws ApiError when it is not good */
	access(refreshToken: string): string {
		const user = this.refreshTokens.get(refreshToken);
		if (user === undefined) throw unauthorized();
		const token = randomUUID();
		this.accessTokens.set(token, { user, ends: this.clock.now() + ACCESS_MS });
		return token;
	}

	/** The user that an Authorization header stands for. @throws ApiError when it is missing, unknown or expired */
	check(authorization = ''): User {
		const [scheme, secret] = authorization.split(' ');
		const user = this.state.users.find((one) => (scheme === 'JWT' ? one.id === this.userOf(secret) : scheme === 'GENCOVE-API-KEY' && one.apiKey === secret));
		if (!user) throw unauthorized();
		return user;
	}

	private userOf(accessToken: string): number | undefined {
		const token = this.accessTokens.get(accessToken);
		return token && token.ends > this.clock.now() ? token.user : undefined;
	}
}
