import type { IDataObject } from 'n8n-workflow';

import { locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { ORGANIZATION_PLACEHOLDER, PROJECT_PLACEHOLDER } from '../fields';

const whoAmI = request({ name: 'Who Am I', action: 'Get user of token', description: 'Retrieve the user whom the token belongs to, with role, organizations and projects', request: 'GET admin/users/whoami', fields: {} });

const getDefaultContext = request({
	name: 'Get Default Context',
	action: 'Get default context of user',
	description: 'Retrieve the project that iFlow opens for you',
	request: 'GET admin/users/me/default-context',
	fields: {},
});

const setDefaultContext = request({
	name: 'Set Default Context',
	action: 'Set default context of user',
	description: 'Choose the project that iFlow opens for you',
	request: 'PUT admin/users/me/default-context',
	repeat: 'safe',
	fields: {
		chosenProjectId: locator('Project', { list: 'searchProjects', wire: 'project_id', required: true, idPlaceholder: PROJECT_PLACEHOLDER, description: 'One of the projects that you may see' }),
		orgId: locator('Organization', { list: 'searchOrganizations', idPlaceholder: ORGANIZATION_PLACEHOLDER, description: 'The organization of the project, where iFlow asks for it' }),
	},
	unwrap: (answer: IDataObject | undefined, { chosenProjectId }) => answer ?? { project_id: chosenProjectId },
});

export const user: Resource = { name: 'User', operations: { getDefaultContext, setDefaultContext, whoAmI } };
