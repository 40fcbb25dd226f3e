import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, list, locator, number, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { ID_PLACEHOLDER, tags, workflowId } from '../../fields';
import { instance, simplify, withId } from './fields';

const ids = (label: string, description: string) => list(label, { placeholder: ID_PLACEHOLDER, description: `Comma-separated list of ${description}` });
const names = (label: string, noun: string) => list(label, { placeholder: 'e.g. reads,reference', description: `Comma-separated list of names for the ${noun} given, in the same order` });

const extractFromJobs = request({
	name: 'Extract From Jobs',
	action: 'Extract workflow from jobs',
	description: 'Make a workflow of jobs that have run, with their inputs',
	request: 'POST api/workflows/extract',
	fields: {
		workflowName: text('Workflow Name', { required: true }),
		jobIds: list('Job IDs', { default: [], placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the jobs that become steps' }),
		datasetCollectionNames: names('Collection Names', 'collections'),
		datasetNames: names('Dataset Names', 'datasets'),
		hdaIds: ids('Dataset IDs', 'datasets that become inputs'),
		hdcaIds: ids('Collection IDs', 'dataset collections that become inputs'),
		implicitCollectionJobsIds: ids('Mapped Job IDs', 'groups of jobs that ran over a collection and become one step'),
	},
});

const update = request({
	name: 'Update',
	action: 'Update workflow',
	description: 'Change name, tags or notes of a workflow, or its steps',
	request: 'PUT api/workflows/{workflowId}',
	simplify,
	fields: {
		workflowId,
		allowMissingTools: flag('Allow Missing Tools', { description: 'Whether the new definition may use tools that the server does not have' }),
		annotation: text('Annotation', { description: 'A note on what it is about' }),
		exactTools: flag('Exact Tools', { description: 'Whether the new definition needs exactly the versions of tools that it names' }),
		fillDefaults: flag('Fill Defaults', { description: 'Whether settings that the new definition leaves out get their defaults' }),
		fromToolForm: flag('From Tool Form', { description: 'Whether settings of the new definition are written as the forms of the tools have them' }),
		hidden: flag('Hidden', { description: 'Whether it is left out of lists' }),
		importable: flag('Importable', { description: 'Whether others may import it by its link' }),
		instance,
		name: text('Name'),
		published: flag('Published', { description: 'Whether all users of the server see it' }),
		showInToolPanel: flag('Show in Tool Panel', { description: 'Whether it stands among the tools' }),
		tags: tags(),
		workflow: json('Definition', { description: 'Content of a .ga file; makes a new version of the workflow' }),
	},
	unwrap: (answer: IDataObject, { workflowId: id }) => withId(answer, id),
});

const refactor = request({
	name: 'Refactor',
	action: 'Refactor workflow',
	description: 'Change a workflow by actions of Galaxy, such as an upgrade of all its tools',
	request: 'PUT api/workflows/{workflowId}/refactor',
	fields: {
		workflowId,
		actions: json('Actions', { required: true, placeholder: 'e.g. [{ "action_type": "upgrade_all_steps" }]', description: 'List of actions; others are update_name, update_annotation, update_license, upgrade_tool, remove_unlabeled_workflow_outputs' }),
		dryRun: flag('Dry Run', { default: false, description: 'Whether to tell only what would be done' }),
		instance,
		style: choice('Style', [{ name: 'Editor', value: 'editor' }, { name: 'Export (GA)', value: 'ga' }, { name: 'Format 2', value: 'format2' }, { name: 'Instance', value: 'instance' }], { description: 'How the workflow is written in the answer' }),
		version: number('Version', { min: 0, whole: true, description: 'Number of the version to change, from 0; the newest by default' }),
	},
});

const buildModule = request({
	name: 'Build Module',
	action: 'Build module of workflow',
	description: 'Retrieve the model of one step, as editors of workflows need it',
	request: 'POST api/workflows/build_module',
	effect: 'read',
	fields: {
		type: choice('Type', [
			{ name: 'Dataset Collection Input', value: 'data_collection_input' },
			{ name: 'Dataset Input', value: 'data_input' },
			{ name: 'Parameter Input', value: 'parameter_input' },
			{ name: 'Pause', value: 'pause' },
			{ name: 'Pick Value', value: 'pick_value' },
			{ name: 'Subworkflow', value: 'subworkflow' },
			{ name: 'Tool', value: 'tool' },
		], { default: 'tool' }),
		contentId: text('Content ID', { placeholder: ID_PLACEHOLDER, description: 'ID of the workflow inside, for a subworkflow' }),
		inputs: json('Inputs', { description: 'Settings as the form of the step has them' }),
		toolId: locator('Tool', { list: 'searchTools', idPlaceholder: 'e.g. cat1' }),
		toolState: json('Tool State', { description: 'Settings as a workflow keeps them' }),
		toolVersion: text('Tool Version', { placeholder: 'e.g. 1.0.0' }),
	},
});

export const changes = { buildModule, extractFromJobs, refactor, update };
