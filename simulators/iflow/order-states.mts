import type { Settings } from './settings.mts';

/** The words of one generation of the order model (contract, sections 0 and 7.1). */
export interface Generation {
	/** those that a request may name */
	statuses: readonly string[];
	/** words of another generation for the same status */
	same: Record<string, string>;
	next: Record<string, string[]>;
	priorities: readonly string[];
	priority: string;
}

const LEGACY_PRIORITIES = ['routine', 'urgent', 'stat'];

const NEWEST: Generation = {
	statuses: ['created', 'analyzing', 'review', 'sign_off', 'completed', 'cancelled', 'reviewed', 'signed_off', 'amended'],
	same: { reviewed: 'review', ready_for_review: 'review', signed_off: 'sign_off' },
	next: {
		created: ['analyzing', 'cancelled'],
		analyzing: ['review', 'sign_off', 'cancelled'],
		review: ['sign_off', 'cancelled'],
		sign_off: ['completed', 'cancelled'],
	},
	priorities: ['low', 'medium', 'high', ...LEGACY_PRIORITIES],
	priority: 'medium',
};

const OLDEST: Generation = {
	statuses: ['created', 'analyzing', 'ready_for_review', 'reviewed', 'signed_off', 'completed', 'amended', 'cancelled'],
	same: { review: 'ready_for_review', sign_off: 'signed_off' },
	next: {
		created: ['analyzing', 'cancelled'],
		analyzing: ['ready_for_review', 'cancelled'],
		ready_for_review: ['reviewed', 'cancelled'],
		reviewed: ['signed_off', 'cancelled'],
		signed_off: ['completed', 'cancelled'],
		completed: ['amended', 'cancelled'],
		amended: ['cancelled'],
	},
	priorities: LEGACY_PRIORITIES,
	priority: 'routine',
};

export const generationOf = ({ profile }: Settings): Generation => (profile === 'gen1' ? OLDEST : NEWEST);

/** The generation's own word for a status. */
export const wordIn = ({ same }: Generation, status: string): string => same[status] ?? status;

/** Whether an order may go from one status to another. */
export function maySucceed(settings: Settings, from: string, to: string): boolean {
	const generation = generationOf(settings);
	const [before, after] = [wordIn(generation, from), wordIn(generation, to)];
	if (after === 'cancelled' && before === 'sign_off' && !settings.cancelAtSignOff) return false;
	return (generation.next[before] ?? []).includes(after);
}

/** Steps that only an administrator of the project may take (contract, section 7.1). */
export const isForAdmins = (status: string): boolean => status === 'completed' || status === 'cancelled';
