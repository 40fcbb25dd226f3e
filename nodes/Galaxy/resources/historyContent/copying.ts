import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { place } from '../../../shared/place';
import { api } from '../../api';
import { historyId, ID_PLACEHOLDER, views } from '../../fields';
import { simplify } from './fields';

/** What can be put into a history, and of which type it is there. */
const TYPES: Record<string, string> = { hda: 'dataset', hdca: 'dataset_collection', library: 'dataset', library_folder: 'dataset', new_collection: 'dataset_collection' };

const ofExisting = { required: true as const, shownFor: { copyFrom: ['hda', 'hdca', 'library', 'library_folder'] } };
const ofNew = { required: true as const, shownFor: { copyFrom: ['new_collection'] } };

const fields = {
	historyId,
	copyFrom: choice('Copy From', [
		{ name: 'Dataset', value: 'hda' },
		{ name: 'Dataset Collection', value: 'hdca' },
		{ name: 'Library Dataset', value: 'library' },
		{ name: 'Library Folder', value: 'library_folder', description: 'All datasets in it' },
		{ name: 'New Collection', value: 'new_collection', description: 'A collection that is made of datasets' },
	], { wire: 'source', default: 'hda', description: 'What to put into the history' }),
	content: text('Source ID', { ...ofExisting, placeholder: ID_PLACEHOLDER, description: 'ID of what is copied' }),
	collectionType: text('Collection Type', { ...ofNew, placeholder: 'e.g. list:paired' }),
	elementIdentifiers: json('Elements', { ...ofNew, description: 'List of objects with name, src (hda, ldda or hdca), the ID of that, and tags; a nested collection has the src new_collection, collection_type and element_identifiers' }),
	columnDefinitions: json('Column Definitions', { description: 'Of a new sample sheet: list of its columns, each with name, type and optional' }),
	copyElements: flag('Copy Elements', { description: 'Whether a collection gets copies of its datasets, or shows those that are there' }),
	dbkey: text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome of the datasets in a copied collection' }),
	hideSourceItems: flag('Hide Source Items', { description: 'Whether to hide the datasets that a new collection is made of' }),
	name: text('Name', { description: 'Of a new collection' }),
	recordFields: json('Record Fields', { wire: 'fields', description: 'Of a new record: list of its fields, each with name and type' }),
	rows: json('Rows', { description: 'Of a new sample sheet: the values of its columns for each element' }),
	...views,
};

export const copyIntoHistory = program({
	name: 'Copy Into History',
	action: 'Copy into history content',
	description: 'Put a dataset or a collection of another history or a library into a history',
	simplify,
	fields,
	async run({ connection, values }) {
		const type = TYPES[values.copyFrom];
		const { query, body } = place(fields, values as IDataObject, 'POST', api.spelling);
		const line = 'POST api/histories/{historyId}/contents/{type}s';
		const made = (await connection.send(line, { path: { ...values, type }, query, body: { ...(body as Record<string, string>), type } })) as IDataObject | IDataObject[];
		return [made].flat().map((one) => ({ json: one }));
	},
});
