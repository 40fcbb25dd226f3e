import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { User } from './records.mts';

/** A mail that the service would have sent. */
export interface Mail {
	to: string;
	about: 'activation' | 'password reset' | 'invitation';
	uid?: string;
	token: string;
}

/** What the service knows of a user beyond the record: all of it only in the specification. */
export interface Account {
	config: Record<string, unknown>;
	roleArn: string | null;
	externalId: string | null;
	/** a second factor that was begun and not yet confirmed */
	deviceType: 'generator' | 'yubikey' | null;
	social: Array<{ id: string; provider: string; accountId: string; at: number }>;
	firstMile: Partial<Record<'role_arn' | 'external_id' | 's3_bucket' | 's3_prefix', string>>;
}

/** The life cycle of users, and what belongs to each of them. */
export class Accounts {
	mails: Mail[] = [];
	private readonly clock: Clock;
	private readonly accounts = new Map<string, Account>();
	/** tokens that were mailed and not yet used, by user and subject */
	private readonly tokens = new Map<string, string>();

	constructor(clock: Clock) {
		this.clock = clock;
	}

	reset(): void {
		this.mails = [];
		this.accounts.clear();
		this.tokens.clear();
	}

	of({ id }: User): Account {
		let account = this.accounts.get(id);
		if (!account) {
			account = { config: {}, roleArn: null, externalId: null, deviceType: null, social: [], firstMile: {} };
			this.accounts.set(id, account);
		}
		return account;
	}

	connect(user: User, provider: string): void {
		const account = this.of(user);
		account.social = [...account.social.filter((one) => one.provider !== provider), { id: randomUUID(), provider, accountId: `simulated-${provider}-account`, at: this.clock.now() }];
	}

	mail(mail: Mail): void {
		this.mails.push(mail);
	}

	/** Mails a token, in place of an earlier one about the same. */
	mailToken({ id, email }: User, about: 'activation' | 'password reset'): void {
		const token = randomBytes(16).toString('hex');
		this.tokens.set(`${about} ${id}`, token);
		this.mail({ to: email, about, uid: uidOf(id), token });
	}

	/** Whether a token is the one that was mailed; it is good once. */
	takeToken({ id }: User, about: 'activation' | 'password reset', token: string): boolean {
		const key = `${about} ${id}`;
		return this.tokens.get(key) === token && this.tokens.delete(key);
	}
}

/** A user's id as the addresses in mails have it. */
export const uidOf = (userId: string): string => Buffer.from(userId).toString('base64url');
