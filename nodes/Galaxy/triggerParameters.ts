import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { choice, flag, list, locator, text, type Fields } from '../shared/field';
import { ID_PLACEHOLDER } from './fields';

/** Events by their values, as the editor names them. */
export const EVENT_NAMES: Record<string, string> = {
	collectionFailed: 'Dataset Collection Failed',
	collectionReady: 'Dataset Collection Ready',
	datasetFailed: 'Dataset Failed',
	datasetReady: 'Dataset Ready',
	historyCreated: 'History Created',
	historyStateChanged: 'History State Changed',
	jobFinished: 'Job Finished',
	libraryDatasetAdded: 'Library Dataset Added',
	invocationFinished: 'Workflow Run Finished',
};

const DESCRIPTIONS: Record<string, string> = {
	collectionFailed: 'All datasets of a collection have ended, and some have failed',
	collectionReady: 'All datasets of a collection can be used',
	datasetFailed: 'The job that makes a dataset has failed, or its data is lost',
	datasetReady: 'A dataset can be used',
	historyCreated: 'You have a new history',
	historyStateChanged: 'A history has finished, has failed or waits for you',
	invocationFinished: 'All jobs of a run of a workflow have ended, well or not',
	jobFinished: 'A job has ended, well or not',
	libraryDatasetAdded: 'A folder of a data library has a new dataset',
};

const ITEMS = ['collectionFailed', 'collectionReady', 'datasetFailed', 'datasetReady'];
const show = (...events: string[]) => ({ shownFor: { event: events } });

const shown = {
	historyId: locator('History', { list: 'searchHistories', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'All of your histories when left empty', ...show(...ITEMS, 'invocationFinished', 'jobFinished') }),
	workflowId: locator('Workflow', { list: 'searchWorkflows', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'All workflows when left empty', ...show('invocationFinished') }),
	folderId: text('Folder ID', { required: true, placeholder: 'e.g. F5a1cff6882ddb5b2', description: 'Of a folder in a data library, with its leading F', ...show('libraryDatasetAdded') }),
	outcome: choice('Outcome', [
		{ name: 'Any', value: 'any' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Succeeded', value: 'succeeded' },
	], { place: 'none', default: 'any', ...show('historyStateChanged', 'invocationFinished', 'jobFinished') }),
};

const watchedHistory = locator('History', { list: 'searchHistories', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'The history to watch', ...show('historyStateChanged') });

/** The fields of the collection, each shown for some events. */
const options = {
	extensions: list('Datatypes', { placeholder: 'e.g. vcf,bam', description: 'Comma-separated list of the only datatypes that count', ...show('datasetFailed', 'datasetReady') }),
	full: flag('Full Details', { description: 'Whether to give out what the job printed, too', ...show('jobFinished') }),
	hidden: flag('Hidden Items', { description: 'Whether items count that are hidden in the history', ...show(...ITEMS) }),
	name: text('Name Contains', show(...ITEMS)),
	outputs: flag('Include Outputs', { description: 'Whether to give out the inputs and outputs of the run, too', ...show('invocationFinished') }),
	tag: text('Tag', show(...ITEMS)),
	toolIds: list('Tool IDs', { placeholder: 'e.g. cat1', description: 'Comma-separated list of the only tools whose jobs count', ...show('jobFinished') }),
} satisfies Fields;

const named = (name: string, property: Omit<INodeProperties, 'name'>): INodeProperties => ({ ...property, name });

/** A collection has those of its fields that are for the chosen event: n8n hides the others. */
export const triggerParameters: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		required: true,
		options: Object.entries(EVENT_NAMES).map(([value, name]) => ({ name, value, description: DESCRIPTIONS[value] })),
		default: 'invocationFinished',
	},
	...Object.entries(shown).map(([name, { property }]) => named(name, property)),
	named('historyId', watchedHistory.property),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { event: [...ITEMS, 'invocationFinished', 'jobFinished'] } },
		options: Object.entries(options)
			.map(([name, { property: { displayOptions, ...property } }]) => named(name, { ...property, displayOptions: { show: { '/event': displayOptions?.show?.event ?? [] } } }))
			.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	},
];

/** What the collection of options holds, typed; throws a Problem that names the field. */
export function readFields(given: IDataObject, timezone: string): IDataObject {
	return Object.fromEntries(Object.entries(options).map(([name, field]) => [name, field.read(given[name], { timezone })])) as IDataObject;
}
