import { choice, flag, list, locator, type Field, type Reading, type Spec } from '../shared/field';

export const ID_PLACEHOLDER = 'e.g. 5a1cff6882ddb5b2';

const existing = (label: string, search: string, description: string) => locator(label, { list: search, place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description });

export const historyId = existing('History', 'searchHistories', 'One of your histories, or one by its ID');

/** The history of a thing that is addressed without one. */
export const historyOf = (noun: string, shownFor?: Spec<string>['shownFor']) => locator('History', { list: 'searchHistories', place: 'none', default: '', shownFor, idPlaceholder: ID_PLACEHOLDER, description: `Needed only to choose the ${noun} from a list` });

export const oneDataset = { historyId: historyOf('dataset'), datasetId: existing('Dataset', 'searchDatasets', 'Chosen from the datasets of the history, or by its ID') };

export const oneCollection = { historyId: historyOf('collection'), collectionId: existing('Dataset Collection', 'searchCollections', 'Chosen from the collections of the history, or by its ID') };

export const workflowId = existing('Workflow', 'searchWorkflows', 'One of your workflows, or one by its ID');

export const invocationId = existing('Invocation', 'searchInvocations', 'A run of a workflow, from the last ones or by its ID');

/** The invocation of a step that is addressed without one. */
export const optionalInvocationId = locator('Invocation', { list: 'searchInvocations', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'Needed only to choose the step from a list' });

export const stepId = existing('Step', 'searchInvocationSteps', 'A step of the invocation, or one by its ID');

export const jobId = existing('Job', 'searchJobs', 'One of your last jobs, or one by its ID');

/** IDs of tools hold slashes: a path of them has {+toolId}. */
export const toolId = locator('Tool', { list: 'searchTools', place: 'path', required: true, idPlaceholder: 'e.g. toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17.5', description: 'A tool of the server, by name or by its full ID' });

export const libraryId = existing('Library', 'searchLibraries', 'A data library of the server');

export const pageId = existing('Page', 'searchPages', 'One of your pages, or one by its ID');

export const visualizationId = existing('Visualization', 'searchVisualizations', 'One of your visualizations, or one by its ID');

export const userId = existing('User', 'searchUsers', 'Yourself, or any user for administrators');

export const deletedUserId = existing('User', 'searchDeletedUsers', 'A deleted user');

export const groupId = existing('Group', 'searchGroups', 'A group of users');

export const roleId = existing('Role', 'searchRoles', 'A role, which says who may do what with datasets');

export const quotaId = existing('Quota', 'searchQuotas', 'A disk quota of the server');

export const deletedQuotaId = existing('Quota', 'searchDeletedQuotas', 'A deleted disk quota');

export const optionalDeletedQuotaId = locator('Quota', { list: 'searchDeletedQuotas', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'All of them when left empty' });

export const formId = existing('Form', 'searchForms', 'A form of the server, also a deleted one');

/** A field of a list whose entries go out in one text, with commas between. */
export function commas<P extends Field['place']>(field: Field<string[] | undefined, P>): Field<string | undefined, P> {
	return { ...field, unshown: undefined, read: (raw: unknown, reading: Reading) => field.read(raw, reading)?.join(',') };
}

/** A switch of a list that is off where it is not given, but that Galaxy would take for on. */
export function offUnlessGiven(label: string, description: string): Field<boolean, 'query'> {
	const made = flag(label, { place: 'query', description });
	return { ...made, unshown: false, read: (raw, reading) => made.read(raw, reading) ?? false };
}

/** How much of a thing is given out: a view of Galaxy's, or certain fields alone. */
export const views = {
	view: choice('View', [{ name: 'Detailed', value: 'detailed' }, { name: 'Summary', value: 'summary' }], { place: 'query', description: 'How much to give out of each' }),
	keys: commas(list('Fields', { place: 'query', placeholder: 'e.g. name,state', description: 'Comma-separated list of the only fields to give out; turn "Simplify" off to see all of them' })),
};

/** The new tags of a thing, in the place of those that it has. */
export const tags = (spec: Spec<string[]> = {}) => list('Tags', { placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list; they replace the tags that are there', ...spec });
