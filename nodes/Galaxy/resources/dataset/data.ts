import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, number, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { slices } from '../../../shared/pages';
import { historyWith } from '../../datasets';
import { oneDataset } from '../../fields';

/** Rows of a page; each is a list of values, an object or a text. */
const ROWS_AT_ONCE = 1_000;

function asObject(row: unknown): IDataObject {
	if (Array.isArray(row)) return { values: row };
	return typeof row === 'string' ? { line: row } : (row as IDataObject);
}

const rowsIn = (answer: unknown): unknown => {
	const { data } = answer as { data?: unknown };
	return Array.isArray(data) ? data.map(asObject) : data;
};

export const getRows = request({
	name: 'Get Rows',
	action: 'Get rows of dataset',
	description: 'Retrieve the rows of a table or the lines of a text',
	request: 'GET api/datasets/{datasetId}?data_type=raw_data',
	pages: slices(ROWS_AT_ONCE, rowsIn),
	fields: {
		...oneDataset,
		// without one Galaxy answers with an error of its own
		provider: choice('Rows As', [
			{ name: 'Columns', value: 'dataset-column', description: 'The values of a table, numbers as numbers' },
			{ name: 'Columns as Text', value: 'column' },
			{ name: 'Genomic Regions', value: 'genomic-region-dict', description: 'Chromosome, start and end, of BED and the like' },
			{ name: 'Intervals', value: 'interval-dict', description: 'Chromosome, start, end, strand and name' },
			{ name: 'Lines', value: 'line', description: 'Of any text' },
			{ name: 'Named Columns', value: 'dataset-dict', description: 'The values of a table whose columns Galaxy knows by name' },
		], { default: 'line', description: 'What to make of each row; it must suit the type of the dataset' }),
	},
});

export const getData = request({
	name: 'Get Data',
	action: 'Get data of dataset',
	description: 'Retrieve what Galaxy\'s own viewers of tracks ask for; most of it needs an index of the dataset',
	request: 'GET api/datasets/{datasetId}',
	fields: {
		...oneDataset,
		dataType: choice('Data', [
			{ name: 'Features', value: 'features', description: 'Found by "Query"' },
			{ name: 'Genome Data', value: 'genome_data', description: 'For a whole genome' },
			{ name: 'In Use', value: 'in_use_state', description: 'Whether it is used in the viewer' },
			{ name: 'Region Data', value: 'data', description: 'For a region of a chromosome' },
			{ name: 'State', value: 'state', description: 'Whether the viewer can show it' },
			{ name: 'State of Conversion', value: 'converted_datasets_state', description: 'Whether the index is there; it is made where it is not' },
			{ name: 'Track Settings', value: 'track_config' },
		], { default: 'state' }),
		chrom: text('Chromosome', { placeholder: 'e.g. chr1' }),
		dbkey: text('Genome Build', { placeholder: 'e.g. hg38' }),
		high: number('End', { min: 0, whole: true, description: 'Where the region ends' }),
		low: number('Start', { min: 0, whole: true, description: 'Where the region begins' }),
		maxVals: number('Most Values', { min: 1, whole: true }),
		mode: text('Mode', { placeholder: 'e.g. Auto', description: 'How the viewer shows it' }),
		query: text('Query', { description: 'Beginning of the name of a feature' }),
		resolution: number('Resolution', { description: 'Bases for each value' }),
		retry: flag('Retry', { description: 'Whether to make the index again where that has failed' }),
		startVal: number('First Value', { min: 0, whole: true, description: 'How many values to leave out' }),
	},
	// states are bare words
	unwrap: (answer, { dataType }) => (typeof answer === 'object' ? answer : { [String(dataType)]: answer }),
});

export const getExtendedMetadata = program({
	name: 'Get Extended Metadata',
	action: 'Get extended metadata of dataset',
	description: 'Retrieve the object that was put beside a dataset',
	effect: 'read',
	fields: oneDataset,
	async run({ connection, values }) {
		const path = { history: await historyWith(connection, values), dataset: values.datasetId };
		const found = (await connection.send('GET api/histories/{history}/contents/{dataset}/extended_metadata', { path })) as IDataObject | null | undefined;
		return { json: found ?? {} };
	},
});

export const setExtendedMetadata = program({
	name: 'Set Extended Metadata',
	action: 'Set extended metadata of dataset',
	description: 'Put an object of your own beside a dataset, in the place of the one that is there',
	fields: { ...oneDataset, extendedMetadata: json('Extended Metadata', { place: 'none', required: true, description: 'Any object' }) },
	async run({ connection, values }) {
		const path = { history: await historyWith(connection, values), dataset: values.datasetId };
		const body = values.extendedMetadata as Record<string, string>;
		await connection.send('POST api/histories/{history}/contents/{dataset}/extended_metadata', { path, body });
		return { json: { success: true } };
	},
});
