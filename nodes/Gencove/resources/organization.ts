import { choice, flag, locator, optionsOf, secret, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER } from '../fields';
import { invitedRole, organizationRole, searchUser, userIn } from '../people';

/** The most useful fields of an organization. */
const simplify = [
	'id',
	'name',
	'organization_type',
	'expire_uploads_period_days',
	'archive_period_days',
	'archive_restore_period_days',
	'uploads_enabled',
	'delete_samples_enabled',
	'project_sharing_enabled',
	'account_on_hold',
];

const get = request({
	name: 'Get',
	action: 'Get organization',
	description: 'Retrieve your organization, with its periods for uploads and the archive',
	request: 'GET organization/',
	simplify,
	fields: {},
});

const update = request({
	name: 'Update',
	action: 'Update organization',
	description: 'Give your organization another name',
	request: 'PATCH organization/',
	simplify,
	fields: { name: text('Name', { required: true }) },
});

const getUsers = request({
	name: 'Get Users',
	action: 'Get users of organization',
	description: 'Retrieve a list of the users of your organization, with their roles',
	request: 'GET organization-users/',
	pages,
	fields: { search: searchUser },
});

const addUserRole = request({
	name: 'Add User Role',
	action: 'Add role to user of organization',
	description: 'Give a user a role in your organization',
	request: 'POST organization-users/',
	fields: { userId: userIn('body'), role: organizationRole },
});

const updateUser = request({
	name: 'Update User',
	action: 'Update user of organization',
	description: 'Change the name of a user, or whether the user may log in',
	request: 'PATCH organization-users/{userId}',
	fields: {
		userId: userIn('path'),
		isActive: flag('Active', { wire: 'is_active', description: 'Whether the user may log in' }),
		name: text('Name'),
	},
});

const getRole = request({
	name: 'Get Role',
	action: 'Get role of user of organization',
	description: 'Retrieve a role that a user has in your organization',
	request: 'GET organization-roles/{roleId}',
	fields: { roleId: locator('Role of User', { list: 'searchRolesOfUsers', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen by the user who has it, or by its ID' }) },
});

const getManyRoles = request({
	name: 'Get Many Roles',
	action: 'Get many roles',
	description: 'Retrieve a list of the roles that there are, with what they permit',
	request: 'GET roles/{appliesTo}',
	pages,
	fields: { appliesTo: choice('Applies To', optionsOf('organization', 'project'), { place: 'path', default: 'organization', description: 'Where the roles count' }) },
});

const createInvitation = request({
	name: 'Create Invitation',
	action: 'Create invitation to organization',
	description: 'Invite someone into your organization by email',
	request: 'POST invitations/',
	fields: { email: text('Email', { required: true, placeholder: 'e.g. name@lab.org' }), role: invitedRole },
});

const getManyInvitations = request({
	name: 'Get Many Invitations',
	action: 'Get many invitations to organization',
	description: 'Retrieve a list of the invitations into your organization',
	request: 'GET invitations/',
	pages,
	fields: { status: choice('Status', optionsOf('accepted', 'all', 'expired', 'pending', 'revoked')) },
});

const deleteInvitation = request({
	name: 'Delete Invitation',
	action: 'Delete invitation to organization',
	description: 'Take back an invitation that is still pending',
	request: 'DELETE invitations/{invitationId}',
	destructive: true,
	fields: { invitationId: locator('Invitation', { list: 'searchInvitations', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'One that is still pending' }) },
	unwrap: deleted,
});

const token = secret('Token', { place: 'path', required: true, description: 'From the link in the email of the invitation' });

const getInvitationByToken = request({
	name: 'Get Invitation by Token',
	action: 'Get invitation by token',
	description: 'Retrieve an invitation that you were sent',
	request: 'GET invitations-token/{token}',
	secretOutput: true,
	fields: { token },
});

const acceptInvitationByToken = request({
	name: 'Accept Invitation by Token',
	action: 'Accept invitation by token',
	description: 'Join the organization that has invited you',
	request: 'PATCH invitations-token/{token}',
	destructive: true,
	secretOutput: true,
	fields: {
		token,
		organizationName: text('Organization Name', { wire: 'organization.name', description: 'The organization as the invitation names it' }),
		invitedAs: text('Role', { wire: 'role', description: 'The role as the invitation names it' }),
	},
});

export const organization: Resource = {
	name: 'Organization',
	operations: {
		acceptInvitationByToken,
		addUserRole,
		createInvitation,
		deleteInvitation,
		get,
		getInvitationByToken,
		getManyInvitations,
		getManyRoles,
		getRole,
		getUsers,
		update,
		updateUser,
	},
};
