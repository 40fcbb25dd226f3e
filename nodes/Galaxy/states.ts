import type { IDataObject } from 'n8n-workflow';

import type { Look } from '../shared/wait';

export type Outcome = Look['outcome'];

/** Jobs and tools answer quickly: as often as Galaxy's own client looks at most. */
export const PAUSES = { first: 1_000, longest: 10_000 };

/** Pausing states never end by themselves (contract, section 9, 6). */
export const PAUSED_REASON = 'It is paused and does not go on by itself: an input failed, or the disk quota is used up. Mend that, then resume it';

/** States of jobs that have ended well, and otherwise (contract, section 3). All others go on. */
const JOB_SUCCEEDED = ['ok', 'skipped', 'stopped'];
const JOB_FAILED = ['error', 'failed', 'deleted', 'deleting', 'paused'];

/** The same for datasets; what is `deferred` is fetched when it is needed. */
const DATASET_SUCCEEDED = ['ok', 'empty', 'deferred', 'failed_metadata'];
const DATASET_FAILED = ['error', 'discarded', 'paused'];

const outcomeOf = (succeeded: string[], failed: string[]) => (state: string): Outcome =>
	succeeded.includes(state) ? 'succeeded' : failed.includes(state) ? 'failed' : 'running';

export const jobOutcome = outcomeOf(JOB_SUCCEEDED, JOB_FAILED);
export const datasetOutcome = outcomeOf(DATASET_SUCCEEDED, DATASET_FAILED);

/** Of several: as long as one runs all run, and one that failed fails all. */
export function together(outcomes: Outcome[]): Outcome {
	return outcomes.find((one) => one === 'running') ?? outcomes.find((one) => one === 'failed') ?? 'succeeded';
}

/** How a collection stands: as long as it is being built its datasets are not all there (contract, section 3). */
export function collectionState({ populated_state: built, elements_states: states }: IDataObject): Pick<Look, 'state' | 'outcome'> {
	if (built !== 'ok') return { state: String(built), outcome: built === 'failed' ? 'failed' : 'running' };
	const found = Object.keys((states ?? {}) as IDataObject).filter((state) => Number((states as IDataObject)[state]) > 0);
	const outcomes = found.map(datasetOutcome);
	const outcome = together(outcomes);
	// the state that decides, of those that its datasets have
	return { state: found.find((_state, i) => outcomes[i] === outcome) ?? 'ok', outcome };
}

export type HistoryVerdict = 'empty' | 'running' | 'blocked' | 'failed' | 'finished';

/**
 * What the datasets of a history, counted by their states (`state_details`), say of it as a whole. Galaxy's own one word
 * does not describe mixed histories reliably (contract, section 3).
 */
export function verdictOf(counts: Readonly<Record<string, number>>): HistoryVerdict {
	const some = (...states: string[]) => states.some((state) => (counts[state] ?? 0) > 0);
	if (some('new', 'upload', 'queued', 'running', 'setting_metadata')) return 'running';
	if (some('paused')) return 'blocked';
	if (some('error', 'failed_metadata', 'discarded')) return 'failed';
	return some('ok', 'empty', 'deferred') ? 'finished' : 'empty';
}
