import type { IDataObject } from 'n8n-workflow';

import { flag, json, loadedChoice, locator, text } from '../../shared/field';
import { deleted, program, request, type OutputItem, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER, visualizationId } from '../fields';
import { sharedList, sharing } from '../sharing';

const genomeBuild = text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome that it shows' });

const config = { placeholder: 'e.g. {"dataset_id": "5a1cff6882ddb5b2"}', description: 'What it shows and how, as its type wants it' } as const;

const create = request({
	name: 'Create',
	action: 'Create visualization',
	description: 'Save a visualization of data',
	request: 'POST api/visualizations',
	fields: {
		type: loadedChoice('Type', { load: 'getVisualizationPlugins', required: true }),
		title: text('Title', { required: true, placeholder: 'e.g. Coverage of Run 7', description: 'With three characters or more' }),
		config: json('Config', { required: true, ...config }),
		annotation: text('Annotation', { description: 'A note on what it is about' }),
		dbkey: genomeBuild,
		slug: text('Slug', { placeholder: 'e.g. run-7', description: 'The short name in its link: lower-case letters, digits and hyphens' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get visualization',
	description: 'Retrieve a visualization with its newest revision',
	request: 'GET api/visualizations/{visualizationId}',
	simplify: ['id', 'title', 'type', 'user_id', 'dbkey', 'slug', 'annotation', 'latest_revision', 'revisions', 'tags'],
	fields: { visualizationId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many visualizations',
	description: 'Retrieve a list of your visualizations',
	request: 'GET api/visualizations',
	pages,
	simplify: ['id', 'title', 'type', 'username', 'annotation', 'tags', 'update_time', 'published', 'importable', 'deleted'],
	fields: {
		...sharedList('visualizations'),
	},
});

const importOne = program({
	name: 'Import',
	action: 'Import visualization',
	description: 'Copy a visualization of another user, who has enabled its link',
	fields: { importId: locator('Visualization', { list: 'searchOthersVisualizations', place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'One that is published or shared with you, or one by its ID' }) },
	async run({ connection, values: { importId } }) {
		// a type must be there, but that of the original counts
		return { json: (await connection.send('POST api/visualizations', { query: { import_id: importId }, body: { type: 'import' } })) as OutputItem['json'] };
	},
});

const update = request({
	name: 'Update',
	action: 'Update visualization',
	description: 'Change a visualization; the change becomes a new revision',
	request: 'PUT api/visualizations/{visualizationId}',
	fields: { visualizationId, config: json('Config', config), dbkey: genomeBuild, title: text('Title', { description: 'With three characters or more' }) },
	// nothing comes when it was like that before
	unwrap: (answer: IDataObject | null, { visualizationId: id }) => answer ?? { id },
});

const remove = program({
	name: 'Delete',
	action: 'Delete visualization',
	description: 'Remove a visualization, which cannot be brought back',
	destructive: true,
	fields: { visualizationId },
	async run({ connection, values }) {
		await connection.send('PUT api/visualizations/{visualizationId}', { path: values, body: { deleted: true } });
		return { json: deleted() };
	},
});

const getPlugins = request({
	name: 'Get Types',
	action: 'Get types of visualization',
	description: 'Retrieve a list of the types of visualizations that the server offers',
	request: 'GET api/plugins',
	fields: {
		forDatasetId: text('Dataset ID', { wire: 'dataset_id', placeholder: ID_PLACEHOLDER, description: 'A dataset that they are to show' }),
		embeddable: flag('Embeddable', { description: 'Whether to list only what can be put into a page' }),
	},
});

const getPlugin = request({
	name: 'Get Type',
	action: 'Get type of visualization',
	description: 'Retrieve a type of visualization, with the datasets of a history that it can show',
	request: 'GET api/plugins/{plugin}',
	fields: {
		plugin: loadedChoice('Type', { load: 'getVisualizationPlugins', place: 'path', required: true }),
		historyId: locator('History', { list: 'searchHistories', place: 'query', idPlaceholder: ID_PLACEHOLDER, description: 'The history whose datasets are to be listed' }),
	},
});

export const visualization: Resource = {
	name: 'Visualization',
	operations: { create, delete: remove, get, getAll, getPlugin, getPlugins, import: importOne, update, ...sharing('visualization', 'api/visualizations/{visualizationId}', { visualizationId }) },
};
