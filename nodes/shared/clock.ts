import { sleep } from 'n8n-workflow';

/** Longest single nap, in ms: older n8n versions cannot interrupt a sleep, so a cancel is noticed after this time. */
const NAP = 1000;

/** Time, chance and pauses of the engine. Tests replace these methods, so that no test waits. */
export const clock = {
	/** Milliseconds since 1970. */
	now: (): number => Date.now(),

	/** 0 <= x < 1. */
	random: (): number => Math.random(),

	/** Pauses for `ms` milliseconds; returns early when `signal` is aborted. */
	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		for (let left = ms; left > 0 && !signal?.aborted; left -= NAP) await sleep(Math.min(left, NAP));
	},

	/** Acts after `ms` milliseconds, unless n8n has ended by then. */
	after(ms: number, act: () => void): void {
		AbortSignal.timeout(ms).addEventListener('abort', act);
	},
};
