import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { unauthorized } from './errors.mts';
import type { User } from './records.mts';

// the provider publishes no figure
const LIFETIME_MS = 10 * 60_000;

/** Logins whose password was right and whose code is still to come. The code of an account is always the same. */
export class SecondFactor {
	private readonly clock: Clock;
	private readonly begun = new Map<string, { user: User; ends: number }>();

	constructor(clock: Clock) {
		this.clock = clock;
	}

	reset(): void {
		this.begun.clear();
	}

	/** @returns the provider's `mfa_session_id` */
	begin(user: User): string {
		const id = randomUUID();
		this.begun.set(id, { user, ends: this.clock.now() + LIFETIME_MS });
		return id;
	}

	/** Sends the code again: its time begins anew. */
	renew(id: string): void {
		this.begun.set(id, { user: this.find(id), ends: this.clock.now() + LIFETIME_MS });
	}

	/** Ends the login if the code is right. @returns who logged in */
	confirm(id: string, code: number): User {
		const user = this.find(id);
		if (code !== user.code) throw unauthorized();
		this.begun.delete(id);
		return user;
	}

	private find(id: string): User {
		const login = this.begun.get(id);
		if (!login || login.ends <= this.clock.now()) throw unauthorized();
		return login.user;
	}
}
