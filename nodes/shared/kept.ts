import { clock } from './clock';

/** How long a failure is kept, ms: many who ask at once must not become a flood of calls, and soon after it is tried anew. */
const FAILURE_KEPT_FOR = 5_000;

/** A result, and until when it counts, ms since 1970: without an end while it is being made. */
interface Entry<Result> {
	result: Promise<Result>;
	until: number;
}

/** Where the results stand: a Map, or a WeakMap for those that go away with what they belong to. */
interface Entries<Key, Result> {
	get(key: Key): Entry<Result> | undefined;
	set(key: Key, entry: Entry<Result>): unknown;
	delete(key: Key): unknown;
}

/** Results that are made once for all who ask, and kept for a while; what fails is kept for 5 s at the most. */
export class Kept<Key, Result> {
	/** @param duration how long a result is kept from the time that it is there, ms */
	constructor(
		private readonly duration: number,
		private readonly entries: Entries<Key, Result> = new Map<Key, Entry<Result>>(),
	) {}

	/** What is kept under a key, or else what `make` gives from now on; throws what `make` throws. */
	async get(key: Key, make: () => Promise<Result>): Promise<Result> {
		this.dropOld();
		const known = this.entries.get(key);
		if (known && known.until > clock.now()) return await known.result;
		const entry: Entry<Result> = { result: make(), until: Infinity };
		const keepFor = (ms: number) => () => void (entry.until = clock.now() + ms);
		entry.result.then(keepFor(this.duration), keepFor(Math.min(this.duration, FAILURE_KEPT_FOR)));
		this.entries.set(key, entry);
		return await entry.result;
	}

	/** From now on the key has no result: the next who asks has it made. */
	forget(key: Key): void {
		this.entries.delete(key);
	}

	private dropOld(): void {
		if (!(this.entries instanceof Map)) return;
		const entries = this.entries as Map<Key, Entry<Result>>;
		for (const [key, { until }] of entries) if (until <= clock.now()) entries.delete(key);
	}
}
