import type { IDataObject } from 'n8n-workflow';

import { flag, list } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { datasetSummary, readDataset } from '../../datasets';
import { ID_PLACEHOLDER, oneDataset } from '../../fields';

const purge = flag('Purge', { default: false, description: 'Whether to remove the data for good' });

export const remove = request({
	name: 'Delete',
	action: 'Delete dataset',
	description: 'Remove a dataset; it can be brought back until it is purged',
	request: 'DELETE api/datasets/{datasetId}',
	destructive: true,
	fields: { ...oneDataset, purge, stopJob: flag('Stop Job', { description: 'Whether to stop the job that makes it, when nothing else of the job is left' }) },
	unwrap: (_answer, { purge: purged }) => ({ deleted: true, purged }),
});

export const undelete = program({
	name: 'Undelete',
	action: 'Undelete dataset',
	description: 'Bring a deleted dataset back',
	simplify: datasetSummary,
	fields: oneDataset,
	async run({ connection, values: { datasetId } }) {
		// Galaxy says yes to that, too, and gives a dataset without data (contract, section 9, 58)
		const { purged } = await readDataset(connection, datasetId, { keys: 'purged' });
		if (purged === true) throw new Problem('The dataset cannot be brought back', { description: 'It was purged: its data is gone for good' });
		return { json: (await connection.send('PUT api/datasets/{datasetId}', { path: { datasetId }, body: { deleted: false } })) as IDataObject };
	},
});

interface Batch {
	success_count: number;
	errors: Array<{ id?: unknown; error_message?: unknown }> | null;
}

const ids = (label: string, description: string) => list(label, { default: [], place: 'none', placeholder: `${ID_PLACEHOLDER},c9468fdb6dc5c5f1`, description });

export const deleteMany = program({
	name: 'Delete Many',
	action: 'Delete many datasets',
	description: 'Remove several datasets at once',
	destructive: true,
	fields: { datasetIds: ids('Dataset IDs', 'Comma-separated list of IDs of datasets in histories'), libraryDatasetIds: ids('Library Dataset IDs', 'Comma-separated list of IDs of datasets in libraries: what they have as "ldda_id"'), purge },
	async run({ connection, values: { datasetIds, libraryDatasetIds, purge: purged } }) {
		const datasets = [...datasetIds.map((id) => ({ id, src: 'hda' })), ...libraryDatasetIds.map((id) => ({ id, src: 'ldda' }))];
		if (datasets.length === 0) throw new Problem('No dataset is given', { description: 'Give "Dataset IDs" or "Library Dataset IDs"' });
		const { success_count: count, errors } = (await connection.send('DELETE api/datasets', { body: { datasets, purge: purged } })) as Batch;
		// with status 200 Galaxy tells what it could not do
		if (errors && errors.length > 0) {
			throw new Problem(`Galaxy did not delete ${errors.length} of ${datasets.length} datasets: ${errors.map(({ error_message: message }) => String(message)).join('. ')}`, { description: `${count} datasets are deleted. Check the IDs of the others` });
		}
		return { json: { deleted: true, count, purged } };
	},
});
