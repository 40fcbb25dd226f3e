import type { IDataObject } from 'n8n-workflow';

import { choice, flag, list, text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { contentFilters, inFilters, queryOf } from '../../contentFilters';
import { itemFields, itemsOf, someItems } from '../../contentItems';
import { historyId, views } from '../../fields';
import { needTaskQueue } from '../../tasks';
import { simplify } from './fields';

const what = choice('What to Do', [
	{ name: 'Add Tags', value: 'add_tags' },
	{ name: 'Change Datatype', value: 'change_datatype' },
	{ name: 'Change Genome Build', value: 'change_dbkey' },
	{ name: 'Delete', value: 'delete' },
	{ name: 'Hide', value: 'hide' },
	{ name: 'Purge', value: 'purge', description: 'Remove the data for good' },
	{ name: 'Remove Tags', value: 'remove_tags' },
	{ name: 'Undelete', value: 'undelete' },
	{ name: 'Unhide', value: 'unhide' },
], { default: 'add_tags', place: 'none' });

const shownFor = (...values: string[]) => ({ required: true as const, place: 'none' as const, shownFor: { bulkOperation: values } });

interface Done {
	success_count: number;
	errors: Array<{ error: string; item: IDataObject }>;
}

export const bulkOperation = program({
	name: 'Bulk Operation',
	action: 'Change many items of history content',
	description: 'Do the same with many datasets and collections of a history: with those given by their IDs, with those that pass filters, or with all',
	destructive: true,
	fields: {
		historyId,
		bulkOperation: what,
		tags: list('Tags', { ...shownFor('add_tags', 'remove_tags'), placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list' }),
		datatype: text('Datatype', { ...shownFor('change_datatype'), placeholder: 'e.g. bam' }),
		dbkey: text('Genome Build', { ...shownFor('change_dbkey'), placeholder: 'e.g. hg38', description: 'A reference genome that the server knows' }),
		allItems: flag('All Items', { default: false, place: 'none', description: 'Whether to do it with everything that is in the history' }),
		...itemFields,
		...inFilters(contentFilters),
	},
	async run({ connection, values }) {
		const { historyId: id, bulkOperation: operation, allItems, tags, datatype, dbkey } = values;
		const query = queryOf(contentFilters, values);
		const items = itemsOf(values, 'history_content_type');
		checkChoice({ 'All Items': allItems, 'Dataset IDs and Collection IDs': items.length > 0, Filters: Object.keys(query).length > 0 });
		if (operation === 'change_datatype') await needTaskQueue(connection);
		const params = { add_tags: { tags }, remove_tags: { tags }, change_datatype: { datatype }, change_dbkey: { dbkey } }[operation];
		const body = { operation, items: items.length > 0 ? items : undefined, params: params && { type: operation, ...params } };
		const done = (await connection.send('PUT api/histories/{id}/contents/bulk', { path: { id }, query, body })) as Done;
		if (done.success_count === 0 && done.errors.length > 0) throw new Problem(`Nothing was done: ${done.errors[0].error}`, { description: `This was said of the first of ${done.errors.length} items. Check "What to Do" and the items` });
		return { json: done as object as IDataObject };
	},
});

/** Exactly one way of choosing: no items and no filters mean everything to Galaxy, and filters beside items nothing. */
function checkChoice(ways: Record<string, boolean>): void {
	const given = Object.keys(ways).filter((way) => ways[way]);
	if (given.length === 1) return;
	if (given.length === 0) throw new Problem('It is not said with which items', { description: 'Give IDs or filters, or switch "All Items" on' });
	throw new Problem(`The items are chosen in several ways: ${given.join(', ')}`, { description: 'Use one of them' });
}

export const batchUpdate = program({
	name: 'Batch Update',
	action: 'Hide or delete many items of history content',
	description: 'Hide, show, delete or bring back several datasets and collections of a history; gives them out as they are then',
	simplify,
	fields: {
		historyId,
		...itemFields,
		deleted: flag('Deleted', { description: 'Whether they are deleted; false brings them back' }),
		visible: flag('Visible', { description: 'Whether they are shown in the history' }),
		...views,
	},
	async run({ connection, values: { historyId: id, datasetIds, collectionIds, deleted, visible, ...query } }) {
		const items = someItems(itemsOf({ datasetIds, collectionIds }, 'history_content_type'));
		if (deleted === undefined && visible === undefined) throw new Problem('Nothing is to be changed', { description: 'Add "Deleted" or "Visible"' });
		const changed = (await connection.send('PUT api/histories/{id}/contents', { path: { id }, query, body: { items, deleted, visible } })) as IDataObject[];
		return changed.map((json) => ({ json }));
	},
});
