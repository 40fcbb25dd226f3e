import { current } from './records.mts';
import type { Batch, Project, Sample } from './records.mts';

/** Statuses in which a sample stays; the service may have more. */
const ENDS = ['succeeded', 'failed', 'failed qc', 'canceled', 'disabled'];

/** Whether a sample's analysis has ended, well or not. */
export const isDone = (sample: Sample): boolean => ENDS.includes(current(sample));

/** What each word of the filter `status` lets pass; a failed quality control counts as failed. */
export const STATUS_FILTERS: Record<string, (sample: Sample) => boolean> = {
	all: () => true,
	completed: isDone,
	succeeded: (sample) => current(sample) === 'succeeded',
	failed: (sample) => ['failed', 'failed qc'].includes(current(sample)),
	running: (sample) => !isDone(sample),
};

/** Status of a sample's archive; null when the service tells none. */
export const archiveStatus = ({ archive }: Sample): string | null => archive?.at(-1)?.status ?? null;

/** How an analysis ends: what the sample's client id asks for, else well. */
export function sampleOutcome({ clientId }: Sample): string {
	if (clientId.includes('qc-fails')) return 'failed qc';
	return clientId.includes('analysis-fails') ? 'failed' : 'succeeded';
}

export const batchOutcome = ({ name }: Batch): string => (name.includes('batch-fails') ? 'failed' : 'succeeded');
export const mergeOutcome = ({ name }: Project): string => (name.includes('merge-fails') ? 'failed' : 'succeeded');
