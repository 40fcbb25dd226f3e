import { Query, sorted } from './pages.mts';
import { current } from './records.mts';
import type { Sample } from './records.mts';
import { archiveStatus, STATUS_FILTERS } from './statuses.mts';

/** The filters that all lists of samples share; without `hidden_status` hidden ones are left out. */
export function filteredSamples(query: Query, samples: Sample[]): Sample[] {
	const search = query.text('search')?.toLowerCase();
	const hasStatus = STATUS_FILTERS[query.choice('status', Object.keys(STATUS_FILTERS)) ?? 'all'];
	const archive = query.choice('archive_status', ['available', 'archived', 'restore_requested', 'restored']);
	const hidden = query.choice('hidden_status', ['visible', 'hidden', 'all']) ?? 'visible';
	const isWithin = (at: number, name: string) => at >= (query.time(`${name}_after`) ?? -Infinity) && at <= (query.time(`${name}_before`) ?? Infinity);
	return samples.filter(
		(sample) =>
			hasStatus(sample) &&
			(archive === undefined || isArchived(sample, archive)) &&
			(hidden === 'all' || sample.hidden === (hidden === 'hidden')) &&
			(search === undefined || holds(sample, search)) &&
			isWithin(sample.createdAt, 'created') &&
			isWithin(sample.modifiedAt, 'modified'),
	);
}

/** Filters as above, in the order that `sort_by` and `sort_order` ask for. */
export function listedSamples(query: Query, samples: Sample[]): Sample[] {
	return sorted(query, filteredSamples(query, samples), {
		modified: ({ modifiedAt }) => modifiedAt,
		created: ({ createdAt }) => createdAt,
		status: current,
		client_id: ({ clientId }) => clientId,
		id: ({ id }) => id,
	});
}

// restored samples are available again
function isArchived(sample: Sample, wanted: string): boolean {
	const status = archiveStatus(sample);
	return status === wanted || (wanted === 'available' && status === 'restored');
}

function holds({ id, clientId, metadata }: Sample, search: string): boolean {
	return id === search || clientId.toLowerCase().includes(search) || (metadata !== null && JSON.stringify(metadata).toLowerCase().includes(search));
}
