import type { IDataObject } from 'n8n-workflow';

import { choice, flag, text } from '../../../shared/field';
import { deleted, program, request, type Resource } from '../../../shared/operation';
import { pages } from '../../api';
import { workflowId } from '../../fields';
import { sharing } from '../../sharing';
import { inputsOf } from '../../workflows/inputs';
import { launch } from '../../workflows/runs';
import { download } from './download';
import { changes } from './edit';
import { instance, listed, simplify, version } from './fields';
import { importWorkflow } from './import';

const get = request({
	name: 'Get',
	action: 'Get workflow',
	description: 'Retrieve a workflow with its inputs and steps',
	request: 'GET api/workflows/{workflowId}',
	simplify,
	fields: { workflowId, instance, legacy: flag('Legacy Form', { description: 'Whether steps are written as in older releases' }), version },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many workflows',
	description: 'Retrieve a list of your workflows',
	request: 'GET api/workflows',
	pages,
	simplify,
	fields: {
		...listed,
		search: text('Search', { placeholder: 'e.g. rna tag:urgent', description: 'Words of the name, or name:, tag:, user: and is: with a value' }),
		skipStepCounts: flag('Skip Step Counts', { description: 'Whether to leave out how many steps each has, which is quicker' }),
		sortBy: choice('Order By', [{ name: 'Created', value: 'create_time' }, { name: 'Name', value: 'name' }, { name: 'Updated', value: 'update_time' }]),
		sortDesc: flag('Descending', { description: 'Whether the last one comes first' }),
	},
});

const getMissingTools = request({
	name: 'Get Missing Tools',
	action: 'Get missing tools of workflows',
	description: 'Retrieve which tools your workflows need and the server does not have',
	request: 'GET api/workflows?missing_tools=true',
	fields: listed,
});

const getMenu = request({
	name: 'Get Menu',
	action: 'Get workflow menu',
	description: 'Retrieve the workflows that can stand among the tools, and whether they do',
	request: 'GET api/workflows/menu',
	simplify: ['id', 'name', 'owner', 'show_in_tool_panel', 'number_of_steps', 'tags', 'published', 'update_time', 'tools', 'workflows'],
	fields: { ...listed, missingTools: flag('Missing Tools', { description: 'Whether to list the tools that are missing, in place of the workflows' }) },
	unwrap: ({ workflows }: { workflows: IDataObject[] }) => workflows,
});

const getInputs = program({
	name: 'Get Inputs',
	action: 'Get inputs of workflow',
	description: 'Retrieve what a workflow has to be given: one item for each input',
	effect: 'read',
	fields: { workflowId, instance, version },
	run: async ({ connection, values: { workflowId: id, ...which } }) => (await inputsOf(connection, { id, ...which })).map((input) => ({ json: { ...input } as IDataObject })),
});

const getVersions = request({
	name: 'Get Versions',
	action: 'Get versions of workflow',
	description: 'Retrieve the versions of a workflow, with their numbers',
	request: 'GET api/workflows/{workflowId}/versions',
	fields: { workflowId, instance },
});

const getCounts = request({
	name: 'Get Counts',
	action: 'Get counts of workflow',
	description: 'Retrieve how many runs of a workflow are in which state',
	request: 'GET api/workflows/{workflowId}/counts',
	fields: { workflowId, instance },
});

const remove = request({
	name: 'Delete',
	action: 'Delete workflow',
	description: 'Remove a workflow; "Undelete" brings it back',
	request: 'DELETE api/workflows/{workflowId}',
	fields: { workflowId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete workflow',
	description: 'Bring a deleted workflow back',
	request: 'POST api/workflows/{workflowId}/undelete',
	fields: { workflowId },
});

const run = launch({ name: 'Run', action: 'Run workflow', description: 'Start a workflow with its inputs, and wait for the results if wanted' });

export const workflow: Resource = {
	name: 'Workflow',
	operations: {
		delete: remove,
		download,
		get,
		getAll,
		getCounts,
		getInputs,
		getMenu,
		getMissingTools,
		getVersions,
		import: importWorkflow,
		run,
		undelete,
		...changes,
		...sharing('workflow', 'api/workflows/{workflowId}', { workflowId }),
	},
};
