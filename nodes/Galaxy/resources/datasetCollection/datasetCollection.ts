import type { IDataObject } from 'n8n-workflow';

import { choice, flag, text } from '../../../shared/field';
import { deleted, program, request, type Resource } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { pages } from '../../api';
import { contentFilters, contentOrder } from '../../contentFilters';
import { collection, collectionSummary as simplify, historyWithCollection, readCollection } from '../../datasets';
import { historyId, oneCollection, tags, views } from '../../fields';
import { copy, copyWithNewDbkey } from './copying';
import { create } from './create';
import { download, downloadWhenPrepared } from './download';
import { getElement, getElements } from './elements';
import { instanceType } from './fields';

const get = request({
	name: 'Get',
	action: 'Get dataset collection',
	description: 'Retrieve a collection with the states of its datasets',
	request: 'GET api/dataset_collections/{collectionId}',
	simplify,
	fields: { ...oneCollection, instanceType, view: choice('View', [{ name: 'With Elements', value: 'element' }, { name: 'Without Elements', value: 'collection' }], { place: 'query', description: 'Whether to give out its elements, too; turn "Simplify" off to see them' }) },
});

/** The filters that collections have, too. */
const { createdAfter, createdBefore, updatedAfter, updatedBefore, deleted: isDeleted, itemIds, name, numberFrom, numberTo, otherFilters, tag, visible } = contentFilters;

const getAll = request({
	name: 'Get Many',
	action: 'Get many dataset collections',
	description: 'Retrieve a list of the collections in a history',
	request: 'GET api/histories/{historyId}/contents?v=dev&q=history_content_type&qv=dataset_collection',
	pages,
	simplify,
	fields: { historyId, createdAfter, createdBefore, updatedAfter, updatedBefore, deleted: isDeleted, itemIds, name, numberFrom, numberTo, otherFilters, tag, visible, ...contentOrder, ...views },
});

const update = program({
	name: 'Update',
	action: 'Update dataset collection',
	description: 'Change name, tags or notes of a collection, or hide it',
	simplify,
	fields: {
		...oneCollection,
		annotation: text('Annotation', { description: 'A note on what it is about' }),
		deleted: flag('Deleted', { description: 'Whether it is deleted; false brings it back' }),
		name: text('Name'),
		tags: tags(),
		visible: flag('Visible', { description: 'Whether it is shown in the history' }),
		...views,
	},
	async run({ connection, values: { collectionId, annotation, deleted: isDeleted, name, tags: given, visible, view, keys } }) {
		const body = { annotation, deleted: isDeleted, name, tags: given, visible };
		if (Object.values(body).every((value) => value === undefined)) throw new Problem('Nothing is to be changed', { description: 'Give at least one field of the collection' });
		await connection.send('PUT api/dataset_collections/{collectionId}', { path: { collectionId }, body, query: { view, keys } });
		// the answer holds what was changed, and nothing else (contract, section 6.4)
		return { json: await readCollection(connection, collectionId) };
	},
});

const remove = program({
	name: 'Delete',
	action: 'Delete dataset collection',
	description: 'Remove a collection; its datasets stay, hidden, unless they are to go with it',
	destructive: true,
	fields: {
		...oneCollection,
		recursive: flag('Datasets Too', { place: 'none', default: false, description: 'Whether to remove the datasets of the collection, too' }),
		purge: flag('Purge', { place: 'none', default: false, description: 'Whether to remove the data for good' }),
		stopJob: flag('Stop Job', { place: 'none', description: 'Whether to stop the job that makes it, when nothing else of the job is left' }),
	},
	async run({ connection, values }) {
		const { collectionId, recursive, purge, stopJob } = values;
		const path = { history: await historyWithCollection(connection, values), collection: collectionId };
		await connection.send('DELETE api/histories/{history}/contents/dataset_collections/{collection}', { path, query: { recursive, purge, stop_job: stopJob } });
		return { json: { ...deleted(), purged: purge } };
	},
});

const getAttributes = request({
	name: 'Get Attributes',
	action: 'Get attributes of dataset collection',
	description: 'Retrieve the types and the reference genomes of its datasets',
	request: 'GET api/dataset_collections/{collectionId}/attributes',
	fields: { ...oneCollection, instanceType },
});

const getSuitableConverters = request({
	name: 'Get Suitable Converters',
	action: 'Get suitable converters of dataset collection',
	description: 'Retrieve a list of the tools that convert all its datasets into another type',
	request: 'GET api/dataset_collections/{collectionId}/suitable_converters',
	fields: { ...oneCollection, instanceType },
});

const waitFor = program({
	name: 'Wait',
	action: 'Wait for dataset collection',
	description: 'Wait until a collection is built and all its datasets are ready, or have failed',
	effect: 'read',
	simplify,
	watch: collection,
	alwaysWaits: true,
	fields: oneCollection,
	run: async ({ connection, values }) => ({ json: (await readCollection(connection, values.collectionId)) as IDataObject }),
});

export const datasetCollection: Resource = {
	name: 'Dataset Collection',
	operations: { create, get, getAll, update, delete: remove, copy, copyWithNewDbkey, download, downloadWhenPrepared, getAttributes, getElement, getElements, getSuitableConverters, wait: waitFor },
};
