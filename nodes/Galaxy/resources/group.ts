import { flag, id, list, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { groupId, ID_PLACEHOLDER, roleId, userId } from '../fields';

const deletedGroupId = id('Group ID', { placeholder: ID_PLACEHOLDER, description: 'ID of a deleted group' });

const members = {
	userIds: list('User IDs', { placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the users in the group' }),
	roleIds: list('Role IDs', { placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the roles that its users have' }),
};

const create = request({
	name: 'Create',
	action: 'Create group',
	description: 'Make a group of users (administrators only)',
	request: 'POST api/groups',
	fields: {
		name: text('Name', { required: true, placeholder: 'e.g. Sequencing Lab' }),
		...members,
		autoCreateRole: flag('Create Role', { description: 'Whether to make a role of the same name for the group' }),
	},
	// a list of one
	unwrap: ([made]: object[]) => made,
});

const get = request({
	name: 'Get',
	action: 'Get group',
	description: 'Retrieve a group (administrators only)',
	request: 'GET api/groups/{groupId}',
	fields: { groupId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many groups',
	description: 'Retrieve a list of the groups that are not deleted (administrators only)',
	request: 'GET api/groups',
	pages: wholeList,
	fields: {},
});

const update = request({
	name: 'Update',
	action: 'Update group',
	description: 'Change the name of a group, or replace its users or roles (administrators only)',
	request: 'PUT api/groups/{groupId}',
	fields: { groupId, name: text('Name'), ...members },
});

const remove = request({
	name: 'Delete',
	action: 'Delete group',
	description: 'Remove a group; it can be brought back until it is purged (administrators only)',
	request: 'DELETE api/groups/{groupId}',
	destructive: true,
	fields: { groupId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete group',
	description: 'Bring a deleted group back (administrators only)',
	request: 'POST api/groups/{deletedGroupId}/undelete',
	fields: { deletedGroupId },
});

const purge = request({
	name: 'Purge',
	action: 'Purge group',
	description: 'Remove a deleted group for good (administrators only)',
	request: 'POST api/groups/{deletedGroupId}/purge',
	destructive: true,
	fields: { deletedGroupId },
	unwrap: deleted,
});

const getRoles = request({
	name: 'Get Roles',
	action: 'Get roles of group',
	description: 'Retrieve the roles that the users of a group have (administrators only)',
	request: 'GET api/groups/{groupId}/roles',
	fields: { groupId },
});

const getRole = request({
	name: 'Get Role',
	action: 'Get role of group',
	description: 'Retrieve a role if the group has it (administrators only)',
	request: 'GET api/groups/{groupId}/roles/{roleId}',
	fields: { groupId, roleId },
});

const addRole = request({
	name: 'Add Role',
	action: 'Add role to group',
	description: 'Give a role to the users of a group (administrators only)',
	request: 'PUT api/groups/{groupId}/roles/{roleId}',
	fields: { groupId, roleId },
});

const removeRole = request({
	name: 'Remove Role',
	action: 'Remove role from group',
	description: 'Take a role from the users of a group (administrators only)',
	request: 'DELETE api/groups/{groupId}/roles/{roleId}',
	fields: { groupId, roleId },
});

const getUsers = request({
	name: 'Get Users',
	action: 'Get users of group',
	description: 'Retrieve the users in a group (administrators only)',
	request: 'GET api/groups/{groupId}/users',
	fields: { groupId },
});

const getUser = request({
	name: 'Get User',
	action: 'Get user of group',
	description: 'Retrieve a user if the group has them (administrators only)',
	request: 'GET api/groups/{groupId}/users/{userId}',
	fields: { groupId, userId },
});

const addUser = request({
	name: 'Add User',
	action: 'Add user to group',
	description: 'Put a user into a group (administrators only)',
	request: 'PUT api/groups/{groupId}/users/{userId}',
	fields: { groupId, userId },
});

const removeUser = request({
	name: 'Remove User',
	action: 'Remove user from group',
	description: 'Take a user out of a group (administrators only)',
	request: 'DELETE api/groups/{groupId}/users/{userId}',
	fields: { groupId, userId },
});

export const group: Resource = {
	name: 'Group',
	operations: { addRole, addUser, create, delete: remove, get, getAll, getRole, getRoles, getUser, getUsers, purge, removeRole, removeUser, undelete, update },
};
