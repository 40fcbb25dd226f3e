import { list, locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { capability, ID_PLACEHOLDER, sorting } from '../fields';

/** The most useful fields of a capability. */
const simplify = ['id', 'name', 'key', 'species', 'pipeline_category', 'private', 'merge_vcfs_enabled', 'modifications_enabled', 'supported_project_modifications', 'description_markdown'];

const get = request({
	name: 'Get',
	action: 'Get pipeline',
	description: 'Retrieve a pipeline by its ID, with what it can do',
	request: 'GET pipeline/{pipelineId}',
	fields: { pipelineId: locator('Pipeline', { list: 'searchPipelines', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A version of Gencove\'s analysis' }) },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'Retrieve a list of the versions of Gencove\'s analysis',
	request: 'GET pipeline/',
	pages,
	fields: sorting('created'),
});

const getLatest = request({
	name: 'Get Latest',
	action: 'Get latest pipeline',
	description: 'Retrieve the newest pipeline, with what it can do',
	request: 'GET pipeline-latest/',
	fields: {},
});

const getCapability = request({
	name: 'Get Capability',
	action: 'Get capability of pipeline',
	description: 'Retrieve by its ID one of the things that pipelines can do: species, coverage and modifications',
	request: 'GET pipeline-capabilities/{capability}',
	simplify,
	fields: { capability: { ...capability, place: 'path' as const, wire: undefined } },
});

const getManyCapabilities = request({
	name: 'Get Many Capabilities',
	action: 'Get many capabilities of pipelines',
	description: 'Retrieve a list of what pipelines can do, to choose from for a project',
	request: 'GET pipeline-capabilities/',
	pages,
	simplify,
	fields: { capabilityIds: list('Capability IDs', { wire: 'search', description: 'Comma-separated list of IDs' }) },
});

export const pipeline: Resource = { name: 'Pipeline', operations: { get, getAll, getCapability, getLatest, getManyCapabilities } };
