import type { IDataObject } from 'n8n-workflow';

import { choice, flag, list, number, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { itemFields, itemsOf, someItems } from '../../contentItems';
import { historyId, ID_PLACEHOLDER } from '../../fields';
import { materialized, startMaterializing } from '../../materializing';

export const copyContents = program({
	name: 'Copy Contents',
	action: 'Copy contents of history',
	description: 'Copy datasets and collections of a history into other histories, or into a new one',
	fields: {
		historyId,
		...itemFields,
		copyTo: choice('Copy To', [{ name: 'Existing Histories', value: 'existing' }, { name: 'New History', value: 'new' }], { place: 'none', default: 'existing' }),
		targetHistoryIds: list('Target Histories', { required: true, shownFor: { copyTo: ['existing'] }, placeholder: 'e.g. 5a1cff6882ddb5b2,c9468fdb6dc5c5f1', description: 'Comma-separated list of history IDs' }),
		targetHistoryName: text('Name of New History', { required: true, shownFor: { copyTo: ['new'] } }),
	},
	async run({ connection, values: { historyId: id, targetHistoryIds, targetHistoryName, ...items } }) {
		const body = { source_content: someItems(itemsOf(items, 'type')), target_history_ids: targetHistoryIds, target_history_name: targetHistoryName };
		return { json: (await connection.send('POST api/histories/{id}/copy_contents', { path: { id }, body })) as IDataObject };
	},
});

export const materialize = program({
	name: 'Materialize',
	action: 'Materialize dataset into history',
	description: 'Let Galaxy fetch the data of a deferred dataset, of which only the address is known, into a new dataset of a history',
	fields: {
		historyId,
		source: choice('Source', [{ name: 'Dataset', value: 'hda' }, { name: 'Library Dataset', value: 'ldda' }], { place: 'none', default: 'hda', description: 'What the deferred dataset is' }),
		content: text('Dataset ID', { required: true, placeholder: ID_PLACEHOLDER }),
	},
	watch: materialized,
	run: async ({ connection, values: { historyId: id, source, content } }) =>
		({ json: await startMaterializing(connection, id, { source, content }, 'POST api/histories/{historyId}/materialize', { source, content }) }),
});

export const getCitations = request({
	name: 'Get Citations',
	action: 'Get citations of history',
	description: 'Retrieve what to cite for the tools that were used in a history',
	request: 'GET api/histories/{historyId}/citations',
	pages: wholeList,
	fields: { historyId },
});

const seed = (label: string, description: string) => choice(label, [
	{ name: 'Collection', value: 'hdca' },
	{ name: 'Dataset', value: 'hda' },
	{ name: 'Tool Request', value: 'tool_request' },
], { description });

export const getGraph = request({
	name: 'Get Graph',
	action: 'Get graph of history',
	description: 'Retrieve which datasets of a history were made from which',
	request: 'GET api/histories/{historyId}/graph',
	fields: {
		historyId,
		depth: number('Depth', { min: 1, max: 20, whole: true, description: 'Steps away from the start' }),
		direction: choice('Direction', [
			{ name: 'Backward', value: 'backward', description: 'What the start was made from' },
			{ name: 'Both', value: 'both' },
			{ name: 'Forward', value: 'forward', description: 'What was made from the start' },
		], { description: 'Where to go from the start' }),
		includeDeleted: flag('Include Deleted', { description: 'Whether to take deleted datasets, too' }),
		mostNodes: number('Most Nodes', { wire: 'limit', min: 1, max: 2000, whole: true, description: 'How many datasets at the most' }),
		seedId: text('Start ID', { placeholder: ID_PLACEHOLDER, description: 'What the graph is drawn around; give "Start Type", too' }),
		seedSrc: seed('Start Type', 'What "Start ID" is of'),
		seedScopeId: text('Window ID', { placeholder: ID_PLACEHOLDER, description: 'Item that the part of a large history is taken around; give "Window Type", too' }),
		seedScopeSrc: choice('Window Type', [{ name: 'Collection', value: 'hdca' }, { name: 'Dataset', value: 'hda' }], { description: 'What "Window ID" is of' }),
	},
});

export const getToolRequests = request({
	name: 'Get Tool Requests',
	action: 'Get tool requests of history',
	description: 'Retrieve the tool runs that were asked for in a history',
	request: 'GET api/histories/{historyId}/tool_requests',
	pages: wholeList,
	fields: { historyId },
});

export const getCustomBuildsMetadata = request({
	name: 'Get Custom Builds Metadata',
	action: 'Get custom builds metadata of history',
	description: 'Retrieve what a genome of your own can be made from: FASTA datasets of a history, and installed genomes',
	request: 'GET api/histories/{historyId}/custom_builds_metadata',
	fields: { historyId },
});
