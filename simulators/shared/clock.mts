interface Timer {
	due: number;
	run: () => unknown;
}

// setTimeout takes at most 2^31 - 1 ms
const LONGEST_SLEEP = 2_000_000_000;

/**
 * The time of a simulator. Real time goes on; `advance` adds to it, so a test need not wait.
 */
export class Clock {
	private offset = 0;
	private held = false;
	private timers: Timer[] = [];
	private sleep: NodeJS.Timeout | undefined;
	private advancing: Promise<unknown> = Promise.resolve();

	/** Milliseconds since 1970, with fractions down to the microsecond. */
	now(): number {
		return (this.held ? 0 : performance.timeOrigin + performance.now()) + this.offset;
	}

	/** Stops the clock at a time, in milliseconds since 1970; from then on only `advance` moves it. */
	hold(at: number): void {
		this.held = true;
		this.offset = at;
		this.sleepUntilNext();
	}

	/** ISO 8601 in UTC with microseconds and `Z`, of now or of the given milliseconds. */
	timestamp(at: number = this.now()): string {
		const milliseconds = Math.floor(at);
		const microseconds = Math.floor((at - milliseconds) * 1000);
		return new Date(milliseconds).toISOString().slice(0, -1) + String(microseconds).padStart(3, '0') + 'Z';
	}

	/**
	 * Runs a function when the clock has moved on by `ms`.
	 *
	 * @param run may return a promise; `advance` waits for it
	 * @returns a function that takes the appointment back
	 */
	after(ms: number, run: () => unknown): () => void {
		const timer = { due: this.now() + ms, run };
		const next = this.timers.findIndex((other) => other.due > timer.due);
		this.timers.splice(next < 0 ? this.timers.length : next, 0, timer);
		this.sleepUntilNext();
		return () => {
			this.timers = this.timers.filter((other) => other !== timer);
		};
	}

	/**
	 * Moves the clock forward and runs all that becomes due, in order, each at its own time.
	 * What such a run appoints within the same stretch runs too.
	 *
	 * @returns the time afterwards, in milliseconds since 1970
	 */
	async advance(ms: number): Promise<number> {
		const advanced = this.advancing.then(async () => {
			const target = this.now() + ms;
			for (let timer = this.timers[0]; timer && timer.due <= target; timer = this.timers[0]) {
				this.moveTo(timer.due);
				this.timers.shift();
				await timer.run();
			}
			this.moveTo(target);
			this.sleepUntilNext();
			return this.now();
		});
		this.advancing = advanced.catch(() => undefined);
		return await advanced;
	}

	/** Back to real time, with no appointments. */
	reset(): void {
		this.held = false;
		this.offset = 0;
		this.timers = [];
		clearTimeout(this.sleep);
	}

	private moveTo(time: number): void {
		this.offset += Math.max(0, time - this.now());
	}

	private sleepUntilNext(): void {
		clearTimeout(this.sleep);
		if (this.held || this.timers.length === 0) return;
		const ms = Math.min(Math.max(0, Math.ceil(this.timers[0].due - this.now())), LONGEST_SLEEP);
		this.sleep = setTimeout(() => this.runDue(), ms);
		// the listening server keeps the process alive, not its clock
		this.sleep.unref();
	}

	private runDue(): void {
		while (this.timers.length > 0 && this.timers[0].due <= this.now()) void this.timers.shift()!.run();
		this.sleepUntilNext();
	}
}
