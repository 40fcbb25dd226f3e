import type { IDataObject } from 'n8n-workflow';

import { flag, json, locator, text } from '../../../shared/field';
import { program, request, type Resource } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { pages } from '../../api';
import { contentFilters, contentOrder } from '../../contentFilters';
import { dataset as ready, datasetSummary as simplify, readDataset } from '../../datasets';
import { ID_PLACEHOLDER, oneDataset, tags, views } from '../../fields';
import { convert, getConverted, getInheritanceChain, getParameters, getProvenance, getToolReport } from './derived';
import { download, downloadExtraFile, downloadMetadataFile, getExtraFiles, getPreview, getText } from './content';
import { hdaLdda } from './fields';
import { deleteMany, remove, undelete } from './removal';
import { getData, getExtendedMetadata, getRows, setExtendedMetadata } from './data';
import { setPermissions } from './permissions';
import { computeHash, getStorage, materialize, setObjectStore, validateMetadata } from './storage';
import { upload } from './upload';

const get = request({
	name: 'Get',
	action: 'Get dataset',
	description: 'Retrieve a dataset with its state, also a deleted one',
	request: 'GET api/datasets/{datasetId}',
	simplify,
	fields: { ...oneDataset, hdaLdda, ...views },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many datasets',
	description: 'Search the datasets of your histories, or of one; administrators search those of every user',
	request: 'GET api/datasets',
	pages,
	simplify: ['id', 'name', 'hid', 'history_id', 'history_content_type', 'state', 'extension', 'genome_build', 'tags', 'update_time'],
	fields: { historyId: locator('History', { list: 'searchHistories', place: 'query', idPlaceholder: ID_PLACEHOLDER, description: 'The one history to search' }), ...contentFilters, ...contentOrder, ...views },
});

const settings = {
	annotation: text('Annotation', { description: 'A note on what it is about' }),
	datatype: text('Datatype', { placeholder: 'e.g. bam', description: 'The right type of the data, in Galaxy\'s words; a job sets it' }),
	genomeBuild: text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome' }),
	name: text('Name'),
	tags: tags(),
	visible: flag('Visible', { description: 'Whether it is shown in the history' }),
};

const update = program({
	name: 'Update',
	action: 'Update dataset',
	description: 'Change name, type, tags or notes of a dataset, or hide it',
	simplify,
	watch: ready,
	fields: { ...oneDataset, ...settings, metadata: json('Metadata', { place: 'none', description: 'Object with the metadata of its type, for example {"columns": 3}' }), ...views },
	async run({ connection, values: { datasetId, annotation, datatype, genomeBuild, name, tags: given, visible, metadata, view, keys } }) {
		const more = Object.fromEntries(Object.entries((metadata ?? {}) as IDataObject).map(([key, value]) => [`metadata_${key.replace(/^metadata_/, '')}`, value]));
		const body = { annotation, datatype, genome_build: genomeBuild, name, tags: given, visible, ...(more as Record<string, string>) };
		if (Object.values(body).every((value) => value === undefined)) throw new Problem('Nothing is to be changed', { description: 'Give at least one field of the dataset' });
		return { json: (await connection.send('PUT api/datasets/{datasetId}', { path: { datasetId }, body, query: { view, keys } })) as IDataObject };
	},
});

const waitFor = program({
	name: 'Wait',
	action: 'Wait for dataset',
	description: 'Wait until a dataset is ready, or has failed',
	effect: 'read',
	simplify,
	watch: ready,
	alwaysWaits: true,
	fields: oneDataset,
	run: async ({ connection, values }) => ({ json: await readDataset(connection, values.datasetId) }),
});

export const dataset: Resource = {
	name: 'Dataset',
	operations: {
		upload,
		get,
		getAll,
		update,
		delete: remove,
		deleteMany,
		undelete,
		download,
		downloadExtraFile,
		downloadMetadataFile,
		getExtraFiles,
		getPreview,
		getText,
		getRows,
		getData,
		getExtendedMetadata,
		setExtendedMetadata,
		convert,
		getConverted,
		getInheritanceChain,
		getParameters,
		getProvenance,
		getToolReport,
		computeHash,
		getStorage,
		materialize,
		setObjectStore,
		validateMetadata,
		setPermissions,
		wait: waitFor,
	},
};
