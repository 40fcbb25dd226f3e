import type { Clock } from '../shared/clock.mts';
import type { Job, Outcome } from './records.mts';
import type { State } from './state.mts';

// the provider's own times are not known; its manual advises to ask once a minute, and every 15 seconds
const DURATION_MS = { upload: 120_000, extraction: 30_000 };

/** What a job came to; `commit` is what takes effect if it does not fail. */
export interface Done {
	outcome: Outcome;
	commit?: () => void;
}

export const FINISHED: Outcome = { status: 'FINISHED', error: '', error_list: [] };

/** A job that found its input wrong. */
export function failed(error: string, error_list: unknown[] = []): Done {
	return { outcome: { status: 'FAILED', error, error_list } };
}

/** Starts jobs and moves them through their statuses on the clock. */
export class Jobs {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly pace: number;

	constructor({ clock, state, pace }: { clock: Clock; state: State; pace: number }) {
		this.clock = clock;
		this.state = state;
		this.pace = pace;
	}

	/** Starts a job; its work is done at its end. @param work gets the job */
	start(kind: Job['kind'], organization: string, work: (job: Job) => Promise<Done>): Job {
		const { intermediateStates } = this.state.settings;
		const [first, ...others] = intermediateStates;
		const job: Job = { id: this.state.newJobId(), kind, organization, history: [{ status: first, at: this.clock.now() }] };
		this.state.jobs.set(job.id, job);
		const wanted = this.state.outcomes.shift();
		const duration = DURATION_MS[kind] * this.pace;
		others.forEach((status, index) => this.clock.after((duration * (index + 1)) / intermediateStates.length, () => this.move(job, status)));
		this.clock.after(duration, async () => await this.end(job, work, wanted));
		return job;
	}

	private async end(job: Job, work: (job: Job) => Promise<Done>, wanted: Partial<Outcome> | undefined): Promise<void> {
		const { outcome, commit } = await work(job).catch((error: Error) => failed(`internal error: ${error.message}`));
		// a reset came between
		if (this.state.jobs.get(job.id) !== job) return;
		job.outcome = outcome.status === 'FAILED' ? outcome : { ...outcome, ...wanted };
		if (job.outcome.status === 'FINISHED') commit?.();
		this.move(job, job.outcome.status);
	}

	private move(job: Job, status: string): void {
		job.history.push({ status, at: this.clock.now() });
	}
}
