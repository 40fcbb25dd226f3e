import type { IDataObject } from 'n8n-workflow';

import { optionsOf, type Fields } from '../shared/field';
import type { Json } from '../shared/operation';
import { place } from '../shared/place';
import { api } from './api';
import { filterChoice, filterChoices, filterFlag, filterList, filterNumber, filterText, filterTimes, ordering, otherFilters } from './filters';

const STATES = optionsOf('deferred', 'discarded', 'empty', 'error', 'failed_metadata', 'new', 'ok', 'paused', 'queued', 'running', 'setting_metadata', 'upload');

/**
 * The filters of datasets and collections, wherever they are listed. Galaxy knows a filter by annotation, too, but
 * answers it with an error of its own (seen with 26.1.2).
 */
export const contentFilters = {
	...filterTimes,
	contentType: filterChoice('Content Type', 'history_content_type', [{ name: 'Dataset', value: 'dataset' }, { name: 'Dataset Collection', value: 'dataset_collection' }]),
	deleted: filterFlag('Deleted', 'deleted', 'Whether to take deleted items, or those that are not; both without this filter'),
	extensions: filterList('Extensions', 'extension-in', 'Comma-separated list of datatypes, such as bam,bed'),
	genomeBuild: filterText('Genome Build', 'genome_build'),
	itemIds: filterList('Type IDs', 'type_id-in', 'Comma-separated list of type and ID: dataset-5a1cff6882ddb5b2'),
	name: filterText('Name Contains', 'name-contains'),
	numberFrom: filterNumber('Number From', 'hid-ge'),
	numberTo: filterNumber('Number To', 'hid-le'),
	otherFilters,
	purged: filterFlag('Purged', 'purged', 'Whether to take items whose data is gone for good, or the others'),
	relatedTo: filterNumber('Related to Number', 'related'),
	states: filterChoices('States', 'state-in', STATES),
	tag: filterText('Tag', 'tag'),
	tool: filterText('Tool ID Contains', 'tool_id-contains'),
	visible: filterFlag('Visible', 'visible', 'Whether to take visible items, or hidden ones; both without this filter'),
};

export const contentOrder = ordering(['Created', 'create_time'], ['Extension', 'extension'], ['Name', 'name'], ['Number', 'hid'], ['Size', 'size'], ['Updated', 'update_time']);

/** The query of given values of filters, for operations that put their requests together themselves. */
export const queryOf = (fields: Fields, values: IDataObject): Record<string, Json | undefined> => place(fields, values, 'GET', api.spelling).query;

/** The same fields in a collection "Filters", for operations that are no lists. */
export const inFilters = <F extends Fields>(fields: F): F => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, collection: 'Filters' }])) as F;
