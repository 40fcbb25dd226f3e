import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { choice, flag, json, list, locator, number, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { carried } from '../changes';
import { extraFields, properties } from '../extraFields';
import { inProject, orgId, pipelineId, projectId, PROJECT_PLACEHOLDER } from '../fields';
import { whole } from '../pages';
import { definitionsOf, pipelineOf } from '../pipelines';

/** The most useful fields of a pipeline. */
const simplify = ['id', 'name', 'slug', 'version', 'description', 'execution_mode', 'default_profile', 'scope', 'is_active', 'properties'];

const slug = text('Slug', { place: 'path', required: true, placeholder: 'e.g. demo-reporter', description: 'Name of the pipeline in addresses' });

const getAll = request({
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'Retrieve a list of pipelines that the project may use',
	request: 'GET compute/pipelines',
	pages: whole,
	simplify,
	fields: { projectId, orgId },
});

const get = request({ name: 'Get', action: 'Get pipeline', description: 'Retrieve a pipeline in one version', request: 'GET compute/pipelines/{pipelineId}', simplify, fields: { projectId, pipelineId, orgId } });

const getBySlug = request({
	name: 'Get by Slug',
	action: 'Get pipeline by slug',
	description: 'Retrieve the newest version of a pipeline, or another one',
	request: 'GET compute/pipelines/slug/{slug}',
	simplify,
	fields: { projectId, slug, pipelineVersion: locator('Version', { list: 'searchSlugVersions', wire: 'version', idPlaceholder: 'e.g. 1.2.0', description: 'The newest one when left empty' }), orgId },
});

const getVersions = request({
	name: 'Get Versions',
	action: 'Get versions of pipeline',
	description: 'Retrieve a list of the versions of a pipeline, the newest first',
	request: 'GET compute/pipelines/slug/{slug}/versions',
	pages: whole,
	simplify,
	fields: { projectId, slug, orgId },
});

const getInputsAndOutputs = program({
	name: 'Get Inputs and Outputs',
	action: 'Get inputs and outputs of pipeline',
	description: 'Retrieve what a pipeline takes and what comes out of it',
	effect: 'read',
	fields: {
		projectId,
		pipelineId: { ...pipelineId, place: 'none' as const, property: { ...pipelineId.property, description: 'From the list, by its UUID, or by its slug, which means the newest version' } },
		variant: number('Variant', { place: 'none', min: 1, whole: true, description: 'Which set of inputs, where the pipeline has several; its own default when left empty' }),
		orgId,
	},
	async run({ connection, values }) {
		const headers = inProject(values);
		const pipeline = await pipelineOf(connection, values, headers);
		return { json: await definitionsOf(connection, pipeline, values, headers) };
	},
});

const SOURCES: INodePropertyOptions[] = [
	{ name: 'GitHub', value: 'github' },
	{ name: 'GitLab', value: 'gitlab' },
	{ name: 'Nf-Core', value: 'nfcore' },
];

const MODES: INodePropertyOptions[] = [
	{ name: 'Container Entrypoint', value: 'container_entrypoint' },
	{ name: 'Direct Nextflow', value: 'direct_nextflow' },
	{ name: 'Direct WDL', value: 'direct_wdl' },
	{ name: 'Nextflow WDL', value: 'nextflow_wdl' },
];

const SCOPES: INodePropertyOptions[] = [
	{ name: 'Global', value: 'global' },
	{ name: 'Organization', value: 'org' },
	{ name: 'Project', value: 'project' },
];

const isOf = (pipeline: string) => ({ wire: `properties.${pipeline}` });

const creation = {
	name: text('Name', { required: true, placeholder: 'e.g. Demo Reporter' }),
	slug: { ...slug, place: 'body' as const },
	version: text('Version', { default: '1.0.0', description: 'There is one pipeline of a slug and a version' }),
	sourceType: choice('Source Type', SOURCES, { default: 'gitlab' }),
	sourceUrl: text('Source URL', { required: true, placeholder: 'e.g. https://gitlab.com/lab/pipelines/-/raw/main/reporter.wdl', description: 'Address of the WDL or Nextflow file' }),
	properties,
	description: text('Description'),
	executionMode: choice('Execution Mode', MODES),
	defaultProfile: text('Default Profile', { description: 'Profile of Nextflow that runs use' }),
	defaultContainerImage: text('Default Container Image', { placeholder: 'e.g. registry.example.org/cromwell:87' }),
	scope: choice('Scope', SCOPES, { description: 'Who may use the pipeline' }),
	orgId: { ...orgId, property: { ...orgId.property, description: 'The organization that it is for, where the scope is one' } },
	ofProjectId: locator('Project', { list: 'searchProjects', wire: 'project_id', idPlaceholder: PROJECT_PLACEHOLDER, description: 'The project that it is for, where the scope is one' }),
	tags: list('Tags', { placeholder: 'e.g. panel,report', description: 'Comma-separated list' }),
	sourceInProperties: text('Source URL in Properties', { ...isOf('source_url'), description: 'The address as the web page shows it' }),
	defaultVariant: number('Default Variant', { ...isOf('default_variant'), min: 1, whole: true, description: 'Which set of inputs it has, where it has several' }),
	metaUrl: text('Meta URL', { ...isOf('meta_url'), description: 'Address of the file that describes its inputs and outputs' }),
	author: text('Author', isOf('author')),
	copyright: text('Copyright', isOf('copyright')),
	tag: text('Tag of the Source', isOf('tag')),
	versionHistory: json('Version History', { ...isOf('version_history'), description: 'List of the versions with what has changed' }),
	force: flag('Replace', { description: 'Whether to replace a pipeline of the same slug and version' }),
	extraFields,
};

/** Operators have a token of their own for it, which the gateway never takes (contract, section 4.1). */
const create = program({
	name: 'Create',
	action: 'Create pipeline',
	description: 'Register a pipeline; operators of iFlow may, with the internal token of the credential',
	simplify,
	fields: creation,
	async run({ connection, values, personal }) {
		const token = String(connection.credential.internalToken ?? '').trim();
		const { body } = carried(creation, values, 'POST');
		const own = token === '' ? {} : { headers: { 'X-Internal-Token': token }, anonymous: true };
		const made = await connection.send('POST @compute/pipelines', { body, personal, ...own }).catch((cause: Problem) => {
			const { status, message } = cause;
			if (token !== '' || (status !== 401 && status !== 403)) throw cause;
			throw new Problem(message, { status, description: 'Give "Internal Token" in the iFlow credential: the access token of a user may not register pipelines' });
		});
		return { json: made as IDataObject };
	},
});

export const pipeline: Resource = { name: 'Pipeline', operations: { create, get, getAll, getBySlug, getInputsAndOutputs, getVersions } };
