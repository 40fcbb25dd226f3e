import { choice, id, list, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER, roleId } from '../fields';

const deletedRoleId = id('Role ID', { placeholder: ID_PLACEHOLDER, description: 'ID of a deleted role' });

const create = request({
	name: 'Create',
	action: 'Create role',
	description: 'Make a role for users and groups (administrators only)',
	request: 'POST api/roles',
	fields: {
		name: text('Name', { required: true, placeholder: 'e.g. Cohort 7' }),
		description: text('Description', { required: true, placeholder: 'e.g. May see the data of cohort 7' }),
		userIds: list('User IDs', { placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the users who have the role' }),
		groupIds: list('Group IDs', { placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the groups whose users have the role' }),
		roleType: choice('Role Type', [
			{ name: 'Access to Data', value: 'admin' },
			{ name: 'Make Tools of Their Own', value: 'user_tool_create' },
			{ name: 'Run Tools of Users', value: 'user_tool_execute' },
		], { description: 'What the role is for' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get role',
	description: 'Retrieve a role by its ID, also a deleted one (administrators only)',
	request: 'GET api/roles/{roleId}',
	fields: { roleId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many roles',
	description: 'Retrieve a list of the roles that you can see',
	request: 'GET api/roles',
	pages,
	fields: { search: text('Search', { description: 'Words in the name or the description' }) },
});

const remove = request({
	name: 'Delete',
	action: 'Delete role',
	description: 'Remove a role; it can be brought back until it is purged (administrators only)',
	request: 'DELETE api/roles/{roleId}',
	destructive: true,
	fields: { roleId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete role',
	description: 'Bring a deleted role back (administrators only)',
	request: 'POST api/roles/{deletedRoleId}/undelete',
	fields: { deletedRoleId },
});

const purge = request({
	name: 'Purge',
	action: 'Purge role',
	description: 'Remove a deleted role and all permissions by it for good (administrators only)',
	request: 'POST api/roles/{deletedRoleId}/purge',
	destructive: true,
	fields: { deletedRoleId },
	unwrap: deleted,
});

export const role: Resource = { name: 'Role', operations: { create, delete: remove, get, getAll, purge, undelete } };
