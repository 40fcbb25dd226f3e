import { choice, flag, json, number, optionsOf, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { asList, capability, projectId, sampleFilters, sorting } from '../fields';
import { downloadFile } from './projectFiles';

/** The most useful fields of a project. */
export const simplify = ['id', 'name', 'description', 'sample_count', 'pipeline_capabilities', 'organization_name', 'created', 'modified', 'hidden', 'files'];

const description = text('Description');
const modifications = json('Modifications', { wire: 'project_modifications', description: 'Changes to the analysis: a list of objects with key and value' });

const create = request({
	name: 'Create',
	action: 'Create project',
	description: 'Make a project, which holds samples and how they are analyzed',
	request: 'POST projects/',
	simplify,
	fields: { name: text('Name', { required: true }), capability, description, modifications },
});

const get = request({
	name: 'Get',
	action: 'Get project',
	description: 'Retrieve a project by its ID, with its files',
	request: 'GET projects/{projectId}',
	simplify,
	fields: { projectId },
});

/** The filters of projects, wherever projects are listed. */
export const projectFilters = {
	hiddenStatus: sampleFilters.hiddenStatus,
	permission: choice('Permission', [
		{ name: 'Add Samples', value: 'project_samples_add' },
		{ name: 'Import BaseSpace Biosamples', value: 'basespace_biosamples_import' },
	], { wire: 'additional_permission', description: 'Projects in which you may do this' }),
	search: text('Search', { description: 'Part of the name' }),
	...sorting('created', 'modified', 'name', 'pipeline_capabilities', 'sample_count'),
	status: choice('Status', optionsOf('all', 'completed', 'running')),
};

const getAll = request({
	name: 'Get Many',
	action: 'Get many projects',
	description: 'Retrieve a list of projects',
	request: 'GET projects/',
	pages,
	simplify,
	fields: {
		...projectFilters,
		locked: flag('Locked', { description: 'Whether to list locked projects, or those that are not' }),
		shared: flag('Shared', { description: 'Whether to list projects that are shared, or those that are not' }),
	},
});

const update = request({
	name: 'Update',
	action: 'Update project',
	description: 'Change name, description or analysis of a project',
	request: 'PATCH projects/{projectId}',
	simplify,
	fields: { projectId, name: text('Name'), description, capabilityId: text('Pipeline Capability ID', { wire: 'pipeline_capabilities' }), modifications },
});

const oneProject = { projectId: asList(projectId, 'project_ids') };

const remove = request({
	name: 'Delete',
	action: 'Delete project',
	description: 'Remove a project with all of its samples',
	request: 'DELETE projects-delete/',
	destructive: true,
	fields: oneProject,
	unwrap: deleted,
});

const hide = request({
	name: 'Hide',
	action: 'Hide project',
	description: 'Leave a project out of lists',
	request: 'POST projects-hide/',
	fields: oneProject,
});

const unhide = request({
	name: 'Unhide',
	action: 'Unhide project',
	description: 'Show a hidden project in lists again',
	request: 'POST projects-unhide/',
	fields: oneProject,
});

const getStats = request({
	name: 'Get Stats',
	action: 'Get stats of project',
	description: 'Count the samples of a project by status, and the reasons of failures',
	request: 'GET project-stats/{projectId}',
	fields: { projectId, ...sampleFilters },
});

const getQcTypes = request({
	name: 'Get QC Types',
	action: 'Get QC types of project',
	description: 'Retrieve the quality controls that the samples of a project go through',
	request: 'GET project-qc-types/{projectId}',
	pages,
	fields: { projectId },
});

const getQcHistogram = request({
	name: 'Get QC Histogram',
	action: 'Get QC histogram of project',
	description: 'Count the samples of a project by their values of a quality control',
	request: 'GET project-quality-control-histogram/{projectId}',
	fields: {
		projectId,
		qcType: text('QC Type', { wire: 'qc_type', required: true, placeholder: 'e.g. effective_coverage' }),
		results: number('Number of Results', { wire: 'number_of_results', min: 1, whole: true, description: 'How many results the histogram is made of' }),
		...sampleFilters,
	},
});

export const project: Resource = {
	name: 'Project',
	operations: { create, delete: remove, downloadFile, get, getAll, getQcHistogram, getQcTypes, getStats, hide, unhide, update },
};
