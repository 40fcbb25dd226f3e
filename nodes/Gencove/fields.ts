import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { choice, json, list, locator, moment, optionsOf, text, type Field, type Reading } from '../shared/field';

export const ID_PLACEHOLDER = 'e.g. 3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b';

export const projectId = locator('Project', { list: 'searchProjects', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A project of your organization, or one shared with it' });

/** The project of a thing that Gencove lists by project alone. */
export const projectOf = (noun: string) => locator('Project', { list: 'searchProjects', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: `Needed only to choose the ${noun} from a list` });

const sample = locator('Sample', { list: 'searchSamples', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from the samples of the project, or by its ID' });

/** One sample, and the project among whose samples it can be chosen. */
export const oneSample = { projectId: projectOf('sample'), sampleId: sample };

export const capability = locator('Pipeline Capability', {
	list: 'searchCapabilities',
	wire: 'pipeline_capabilities',
	required: true,
	idPlaceholder: ID_PLACEHOLDER,
	description: 'What the pipeline does with the samples of the project',
});

export const sampleIds = list('Sample IDs', { place: 'body', wire: 'sample_ids', required: true, description: 'Comma-separated list of IDs' });

/** Any JSON; it replaces what was there. */
export const metadata = json('Metadata', { place: 'body', description: 'Any JSON, kept with the samples' });

/** The project that samples are imported into, and what is kept with them: null where nothing is given, as Gencove's own client sends it. */
export const imported = {
	project: { ...projectId, place: 'body' as const, wire: 'project_id' },
	metadata: { ...metadata, read: (raw: unknown, reading: Reading) => metadata.read(raw, reading) ?? null } as Field<IDataObject | IDataObject[] | null, 'body'>,
};

/** The filters of samples, wherever samples are listed or counted. */
export const sampleFilters = {
	archiveStatus: choice('Archive Status', optionsOf('all', 'archived', 'available', 'restore_requested'), { wire: 'archive_status' }),
	createdAfter: moment('Created After', { wire: 'created_after' }),
	createdBefore: moment('Created Before', { wire: 'created_before' }),
	hiddenStatus: choice('Hidden Status', optionsOf('all', 'hidden', 'visible'), { wire: 'hidden_status' }),
	modifiedAfter: moment('Modified After', { wire: 'modified_after' }),
	modifiedBefore: moment('Modified Before', { wire: 'modified_before' }),
	search: text('Search', { description: 'Part of an ID, of a client ID or of the metadata' }),
	status: choice('Status', optionsOf('all', 'completed', 'failed', 'running', 'succeeded'), { description: 'Completed are those that have ended, well or not' }),
};

const sortOrder = choice('Sort Order', [{ name: 'Ascending', value: 'asc' }, { name: 'Descending', value: 'desc' }], { wire: 'sort_order' });

/** The order of a list by one of these columns, which have names of their own. */
export const sortingBy = (columns: INodePropertyOptions[]) => ({ sortBy: choice('Sort By', columns, { wire: 'sort_by' }), sortOrder });

/** The order of a list by one of these columns. */
export const sorting = (...columns: string[]) => sortingBy(optionsOf(...columns));

/** One thing for a call that takes several: sent as a list of one. */
export function asList<T>(field: Field<T>, wire: string): Field<T[], 'body'> {
	return { ...field, place: 'body', wire, unshown: [], read: (raw: unknown, reading: Reading) => [field.read(raw, reading)] };
}
