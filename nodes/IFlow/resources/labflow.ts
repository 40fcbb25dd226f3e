import { choice, locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { projectId } from '../fields';
import { whole } from '../pages';

const labflowId = locator('Labflow', { list: 'searchLabflows', place: 'path', required: true, idPlaceholder: 'e.g. 8f0e6f0c-2f0b-4a0e-9a5b-0d3e1c7f1a10', description: 'One of the labflows that your project may use' });

const get = request({ name: 'Get', action: 'Get labflow', description: 'Retrieve a labflow with its stages and the ways between them', request: 'GET miner/labflows/{labflowId}', fields: { projectId, labflowId } });

const SCOPES = [
	{ name: 'Organization', value: 'org' },
	{ name: 'Project', value: 'project' },
	{ name: 'System', value: 'system', description: 'Those that every organization has' },
];

const getAll = request({
	name: 'Get Many',
	action: 'Get many labflows',
	description: 'Retrieve a list of labflows, the stages that orders go through',
	request: 'GET miner/labflows',
	pages: whole,
	fields: { projectId, scope: choice('Scope', SCOPES, { description: 'Whose labflows they are' }) },
});

export const labflow: Resource = { name: 'Labflow', operations: { get, getAll } };
