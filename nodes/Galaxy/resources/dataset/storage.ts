import type { IDataObject } from 'n8n-workflow';

import { choice, locator, optionsOf, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { historyWith, readDataset } from '../../datasets';
import { oneDataset } from '../../fields';
import { materialized, startMaterializing } from '../../materializing';
import { needTaskQueue, task } from '../../tasks';
import { hdaLdda } from './fields';

export const getStorage = request({
	name: 'Get Storage',
	action: 'Get storage of dataset',
	description: 'Retrieve where and how the server keeps a dataset',
	request: 'GET api/datasets/{datasetId}/storage',
	simplify: ['object_store_id', 'name', 'description', 'percent_used', 'dataset_state', 'hashes', 'sources', 'shareable', 'private', 'relocatable'],
	fields: { ...oneDataset, hdaLdda },
});

export const setObjectStore = request({
	name: 'Set Object Store',
	action: 'Set object store of dataset',
	description: 'Let the server keep a dataset elsewhere. Galaxy says yes to stores that it does not know, too: check it with "Get Storage".',
	request: 'PUT api/datasets/{datasetId}/object_store_id',
	fields: { ...oneDataset, objectStoreId: locator('Object Store', { list: 'searchObjectStores', place: 'body', required: true, idPlaceholder: 'e.g. fast_disk', description: 'Another place on the same device' }) },
});

export const computeHash = program({
	name: 'Compute Hash',
	action: 'Compute hash of dataset',
	description: 'Have the server compute the checksum of a dataset; after waiting it is given out among its hashes',
	watch: task,
	fields: {
		...oneDataset,
		hashFunction: choice('Hash Function', optionsOf('MD5', 'SHA-1', 'SHA-256', 'SHA-512'), { default: 'MD5' }),
		extraFilesPath: text('Extra File', { placeholder: 'e.g. images/plot.png', description: 'Path of a file beside the main one, to compute the checksum of that' }),
		hdaLdda,
	},
	async run({ connection, values: { datasetId, hashFunction, extraFilesPath, hdaLdda: kind } }) {
		await needTaskQueue(connection);
		const body = { hash_function: hashFunction, extra_files_path: extraFilesPath };
		return { json: (await connection.send('PUT api/datasets/{datasetId}/hash', { path: { datasetId }, query: { hda_ldda: kind }, body })) as IDataObject };
	},
	async finish({ connection, values }, ended) {
		const { datasetId, hdaLdda: kind } = values as { datasetId: string; hdaLdda?: string };
		const { hashes } = await readDataset(connection, datasetId, kind === undefined ? {} : { hda_ldda: kind });
		return { json: { ...ended, dataset_id: datasetId, hashes } };
	},
});

export const validateMetadata = program({
	name: 'Validate Metadata',
	action: 'Validate metadata of dataset',
	description: 'Have the server check whether a dataset is what its type says',
	fields: oneDataset,
	async run({ connection, values }) {
		const path = { history: await historyWith(connection, values), dataset: values.datasetId };
		await connection.send('PUT api/histories/{history}/contents/{dataset}/validate', { path });
		// the answer itself is empty
		const { id, name, validated_state: state, validated_state_message: message } = await readDataset(connection, values.datasetId);
		return { json: { id, name, validated_state: state, validated_state_message: message } };
	},
});

export const materialize = program({
	name: 'Materialize',
	action: 'Materialize dataset',
	description: 'Fetch the data of a deferred dataset, of which Galaxy knows the address alone, into a new one',
	watch: materialized,
	fields: oneDataset,
	async run({ connection, values }) {
		const { state, history_id: home } = await readDataset(connection, values.datasetId, { keys: 'state,history_id' });
		if (state !== 'deferred') throw new Problem(`The dataset is not deferred: it is "${String(state)}"`, { description: 'Only datasets of which Galaxy knows the address alone can be fetched' });
		const line = 'POST api/histories/{historyId}/contents/datasets/{datasetId}/materialize';
		return { json: await startMaterializing(connection, values.historyId || String(home), { source: 'hda', content: values.datasetId }, line) };
	},
});
