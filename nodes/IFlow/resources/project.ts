import type { IDataObject } from 'n8n-workflow';

import { flag, locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { ORGANIZATION_PLACEHOLDER, PROJECT_PLACEHOLDER } from '../fields';
import { whole } from '../pages';

const projectId = locator('Project', { list: 'searchProjects', place: 'path', required: true, idPlaceholder: PROJECT_PLACEHOLDER, description: 'One of the projects that you may see' });

const getAll = request({
	name: 'Get Many',
	action: 'Get many projects',
	description: 'Retrieve a list of projects that you may see',
	request: 'GET admin/projects',
	pages: whole,
	fields: { orgId: locator('Organization', { list: 'searchOrganizations', idPlaceholder: ORGANIZATION_PLACEHOLDER, description: 'Projects of this organization alone' }) },
});

const get = request({ name: 'Get', action: 'Get project', description: 'Retrieve a project with its bucket', request: 'GET admin/projects/{projectId}', fields: { projectId } });

/** Words that name a value which opens nothing by itself. */
const OPEN = /^(backend|bucket_name|prefix|region|endpoint|type|expires_at)$/;

/** The same with dots for every value that may open the storage. */
function masked(value: unknown, name = ''): unknown {
	if (Array.isArray(value)) return value.map((entry) => masked(entry, name));
	if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, masked(entry, key)]));
	return value === null || OPEN.test(name) ? value : '•••';
}

const getCredentials = request({
	name: 'Get Credentials',
	action: 'Get credentials of project',
	description: 'Retrieve what opens the storage of a project; most users may not',
	request: 'GET admin/projects/{projectId}/credentials',
	secretOutput: true,
	fields: { projectId, includeSecrets: flag('Include Secrets', { place: 'none', description: 'Whether to give out the secrets themselves. They then stand in the data of the execution, where everybody reads them who may see it.' }) },
	unwrap: (answer: IDataObject, { includeSecrets }) => (includeSecrets ? answer : masked(answer)),
});

export const project: Resource = { name: 'Project', operations: { get, getAll, getCredentials } };
