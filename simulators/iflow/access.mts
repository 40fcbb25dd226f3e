import { randomBytes } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { unauthorized } from './errors.mts';
import type { User } from './records.mts';
import { EXPIRING_TOKEN, TOKENS, USERS } from './seeds.mts';
import type { State } from './state.mts';

interface Token {
	user: User;
	/** milliseconds since 1970; undefined: a personal access token, which lasts */
	until?: number;
}

/** Who may ask: personal access tokens, and those of the identity provider. */
export class Access {
	private readonly state: State;
	private readonly clock: Clock;
	private tokens = new Map<string, Token>();

	constructor(state: State, clock: Clock) {
		this.state = state;
		this.clock = clock;
		this.reset();
	}

	/** Back to the seeds; the token that expires begins anew. */
	reset(): void {
		this.tokens = new Map(Object.entries(TOKENS).map(([token, user]) => [token, { user }]));
		this.tokens.set(EXPIRING_TOKEN, { user: USERS.person, until: this.inSeconds(this.state.settings.tokenSeconds) });
	}

	/** A new token of the identity provider. @param prefix tells what it is for */
	issue(prefix: string, user: User, seconds?: number): string {
		const token = `${prefix}-${randomBytes(16).toString('hex')}`;
		this.tokens.set(token, { user, until: seconds === undefined ? undefined : this.inSeconds(seconds) });
		return token;
	}

	/** The user of a token that is good; undefined for any other. */
	userOf(token: string): User | undefined {
		const known = this.tokens.get(token);
		return known && (known.until ?? Infinity) > this.clock.now() ? known.user : undefined;
	}

	revoke(token: string): void {
		this.tokens.delete(token);
	}

	/** Who asks; throws ApiError 401 when nobody known does. */
	check(authorization: string | undefined): User {
		if (authorization === undefined) throw unauthorized('Not authenticated');
		const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
		if (token === undefined) throw unauthorized('Invalid authentication credentials');
		const user = this.userOf(token);
		if (!user) throw unauthorized('Invalid or expired token');
		return user;
	}

	private inSeconds(seconds: number): number {
		return this.clock.now() + seconds * 1000;
	}
}
