import type { IDataObject } from 'n8n-workflow';

import { flag, locator, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { collectionSummary, historyWithCollection } from '../../datasets';
import { ID_PLACEHOLDER, oneCollection } from '../../fields';

export const copy = program({
	name: 'Copy',
	action: 'Copy dataset collection',
	description: 'Put a copy of a collection into a history',
	simplify: collectionSummary,
	fields: {
		...oneCollection,
		targetHistoryId: locator('Target History', { list: 'searchHistories', noun: 'history', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, description: 'Where the copy goes; the same history when left empty' }),
		copyElements: flag('Copy Elements', { place: 'none', description: 'Whether it gets copies of the datasets, too, as by default, or shows those that are there' }),
		dbkey: text('Genome Build', { place: 'none', placeholder: 'e.g. hg38', description: 'Another reference genome for the datasets of the copy' }),
	},
	async run({ connection, values }) {
		const history = values.targetHistoryId || (await historyWithCollection(connection, values));
		const body = { source: 'hdca', content: values.collectionId, copy_elements: values.copyElements, dbkey: values.dbkey };
		return { json: (await connection.send('POST api/histories/{history}/contents/dataset_collections', { path: { history }, body })) as IDataObject };
	},
});

export const copyWithNewDbkey = request({
	name: 'Copy With New Dbkey',
	action: 'Copy dataset collection with new dbkey',
	description: 'Make a copy with another reference genome in your current history of the web interface; where you have none, use "Copy"',
	request: 'POST api/dataset_collections/{collectionId}/copy',
	fields: { ...oneCollection, dbkey: text('Genome Build', { required: true, placeholder: 'e.g. hg38' }) },
});
