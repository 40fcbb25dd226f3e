import type { IDataObject } from 'n8n-workflow';

import { flag, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { dataset, datasetSummary, historyWith } from '../../datasets';
import { oneDataset, views } from '../../fields';
import { hdaLdda } from './fields';

export const getConverted = request({
	name: 'Get Converted',
	action: 'Get converted datasets of dataset',
	description: 'Retrieve which other types of a dataset are there, with the IDs of those datasets',
	request: 'GET api/datasets/{datasetId}/converted',
	fields: oneDataset,
});

export const convert = request({
	name: 'Convert',
	action: 'Convert dataset',
	description: 'Get a dataset in another type, which Galaxy makes where it is not there. To users who were never in the web interface Galaxy answers with an error: for them use "Tool > Convert Dataset".',
	request: 'GET api/datasets/{datasetId}/converted/{fileType}',
	// it starts a job (contract, section 9, 48)
	effect: 'write',
	simplify: datasetSummary,
	watch: dataset,
	fields: { ...oneDataset, fileType: text('File Type', { place: 'path', required: true, placeholder: 'e.g. csv', description: 'The type to convert to, in Galaxy\'s words' }), ...views },
});

export const getProvenance = program({
	name: 'Get Provenance',
	action: 'Get provenance of dataset',
	description: 'Retrieve the tool, the job and the parameters that made a dataset',
	effect: 'read',
	fields: { ...oneDataset, follow: flag('Follow', { place: 'none', description: 'Whether to tell also how the inputs were made, and theirs' }) },
	async run({ connection, values }) {
		const path = { history: await historyWith(connection, values), dataset: values.datasetId };
		return { json: (await connection.send('GET api/histories/{history}/contents/{dataset}/provenance', { path, query: { follow: values.follow } })) as IDataObject };
	},
});

export const getInheritanceChain = request({
	name: 'Get Inheritance Chain',
	action: 'Get inheritance chain of dataset',
	description: 'Retrieve a list of the datasets that it is a copy of',
	request: 'GET api/datasets/{datasetId}/inheritance_chain',
	pages: wholeList,
	fields: { ...oneDataset, hdaLdda },
});

export const getParameters = request({
	name: 'Get Parameters',
	action: 'Get parameters of dataset',
	description: 'Retrieve the parameters of the job that made a dataset, as Galaxy shows them',
	request: 'GET api/datasets/{datasetId}/parameters_display',
	fields: { ...oneDataset, hdaLdda },
});

export const getToolReport = request({
	name: 'Get Tool Report',
	action: 'Get tool report of dataset',
	description: 'Retrieve the report that a tool has written into a dataset, as Markdown',
	request: 'GET api/datasets/{datasetId}/report',
	fields: oneDataset,
});
