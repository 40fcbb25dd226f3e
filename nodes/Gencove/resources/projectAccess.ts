import type { IDataObject } from 'n8n-workflow';

import { choice, flag, list, locator, optionsOf } from '../../shared/field';
import { deleted, program, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { asList, ID_PLACEHOLDER, projectId, projectOf } from '../fields';
import { projectRole, searchUser, userIn } from '../people';

const getUsers = request({
	name: 'Get Users',
	action: 'Get users of project',
	description: 'Retrieve a list of the users who have access to a project, with their roles',
	request: 'GET project-users/{projectId}',
	pages,
	fields: {
		projectId,
		onlyExplicitRoles: flag('Only Explicit Roles', { wire: 'only_explicit_roles', description: 'Whether to leave out users whose access comes from their role in the organization' }),
		search: searchUser,
	},
});

const addUser = request({
	name: 'Add User',
	action: 'Add user to project',
	description: 'Give a user a role in a project',
	request: 'POST project-users/{projectId}',
	fields: { projectId, userId: userIn('body'), role: projectRole },
});

const getOrganizationUsers = request({
	name: 'Get Organization Users',
	action: 'Get organization users for project',
	description: 'Retrieve a list of the users of the organization who could be added to a project',
	request: 'GET project-organization-users/{projectId}',
	pages,
	fields: { projectId, search: searchUser },
});

const oneRole = {
	projectId: projectOf('role'),
	roleId: locator('Role of User', { list: 'searchRolesInProject', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen by the user who has it, or by its ID' }),
};

const getRole = request({
	name: 'Get Role',
	action: 'Get role of user of project',
	description: 'Retrieve a role that a user has in a project',
	request: 'GET project-roles/{roleId}',
	fields: oneRole,
});

const deleteRole = request({
	name: 'Delete Role',
	action: 'Delete role of user of project',
	description: 'Take a role in a project away from a user',
	request: 'DELETE project-roles/{roleId}',
	destructive: true,
	fields: oneRole,
	unwrap: deleted,
});

const getManyShares = request({
	name: 'Get Many Shares',
	action: 'Get many shares of projects',
	description: 'Retrieve a list of the projects that are shared with other organizations',
	request: 'GET project-shares/',
	pages,
	fields: {},
});

const createShare = request({
	name: 'Create Share',
	action: 'Create share of project',
	description: 'Share a project with users of other organizations',
	request: 'POST project-shares/',
	fields: {
		projectId: { ...projectId, place: 'body' as const, wire: 'project' },
		emails: list('Emails', { wire: 'shared_with_user_emails', required: true, placeholder: 'e.g. name@lab.org', description: 'Comma-separated list of email addresses' }),
		shareLevel: choice('Share Level', optionsOf('analyst', 'viewer'), { wire: 'share_level', default: 'viewer', description: 'What they may do in the project' }),
	},
});

const shareId = locator('Share', { list: 'searchShares', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen by the project and the user whom it is shared with, or by its ID' });

const getShare = request({
	name: 'Get Share',
	action: 'Get share of project',
	description: 'Retrieve a share of a project by its ID',
	request: 'GET project-shares/{shareId}',
	fields: { shareId },
});

const revokeShare = program({
	name: 'Revoke Share',
	action: 'Revoke share of project',
	description: 'Take the access to a project back from a user of another organization',
	destructive: true,
	fields: { shareId: { ...shareId, place: 'none' as const } },
	// the ID stands in the path and in the body
	run: async ({ connection, values: { shareId: id } }) => ({ json: ((await connection.send('POST project-share-revoke/{id}', { path: { id }, body: { id } })) as IDataObject | undefined) ?? { success: true } }),
});

const exitShares = request({
	name: 'Exit Share',
	action: 'Exit share of project',
	description: 'Give up your access to a project of another organization',
	request: 'POST project-share-exit/',
	destructive: true,
	fields: { projectId: asList(projectId, 'project_ids') },
});

export const projectAccess: Resource = {
	name: 'Project Access',
	operations: { addUser, createShare, deleteRole, exitShares, getManyShares, getOrganizationUsers, getRole, getShare, getUsers, revokeShare },
};
