import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.mts';
import { S3Error } from './errors.mts';
import { claimOf, signatureOf } from './signature.mts';
import type { Signable } from './signature.mts';

// not published
const LIFETIME_MS = 3_600_000;
// of S3
const SKEW_MS = 15 * 60_000;

/** Keys for the storage that are good for an hour. */
export interface Key {
	id: string;
	secret: string;
	token: string;
	ends: number;
	/** what they open: uploads below this prefix; undefined: Explorer's buckets */
	uploadsBelow: string | undefined;
}

/** The keys that were given out, and who may come in with them. */
export class Keys {
	private readonly clock: Clock;
	private readonly region: () => string;
	private readonly byId = new Map<string, Key>();

	/** @param region that the storage is in */
	constructor(clock: Clock, region: () => string) {
		this.clock = clock;
		this.region = region;
	}

	reset(): void {
		this.byId.clear();
	}

	/** New keys, as the service answers them. @param uploadsBelow the prefix that they open; without it they are Explorer's */
	issue(uploadsBelow?: string) {
		const id = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
		const key: Key = { id, secret: randomBytes(30).toString('base64'), token: randomBytes(96).toString('base64'), ends: this.clock.now() + LIFETIME_MS, uploadsBelow };
		this.byId.set(id, key);
		const expiry_time = this.clock.timestamp(key.ends).replace(/\.\d+Z$/, '+00:00');
		return { version: 1, access_key: id, secret_key: key.secret, token: key.token, expiry_time };
	}

	find(id: string): Key | undefined {
		return this.byId.get(id);
	}

	/** Ends all keys there are. */
	expire(): void {
		for (const key of this.byId.values()) key.ends = this.clock.now();
	}

	/**
	 * Who a request comes from. How old it may be is judged by real time, which its sender knows; the lifetime of keys
	 * by the simulator's clock.
	 *
	 * @throws S3Error
	 */
	check(request: Signable): Key {
		const claim = claimOf(request);
		if (claim === undefined) throw new S3Error('AccessDenied');
		if (claim === null) throw new S3Error('InvalidArgument');
		const key = this.byId.get(claim.keyId);
		if (!key) throw new S3Error('InvalidAccessKeyId');
		if (claim.region !== this.region()) throw new S3Error('AuthorizationHeaderMalformed', this.region());
		if (claim.token !== key.token) throw new S3Error('InvalidToken');
		if (claim.signature !== signatureOf(request, claim, key.secret)) throw new S3Error('SignatureDoesNotMatch');
		const age = Date.now() - Date.parse(claim.date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
		if (claim.lifetime !== undefined && age > claim.lifetime * 1000) throw new S3Error('AccessDenied');
		if (claim.lifetime === undefined && !(Math.abs(age) <= SKEW_MS)) throw new S3Error('RequestTimeTooSkewed');
		if (key.ends <= this.clock.now()) throw new S3Error('ExpiredToken');
		return key;
	}
}
