import { choice, flag, secret, text } from '../../../shared/field';
import { request, type Resource } from '../../../shared/operation';
import { pages } from '../../api';
import { deletedUserId, userId } from '../../fields';
import { addCustomBuild, deleteCustomBuild, getCustomBuilds } from './builds';
import { addFavorite, removeFavorite } from './favorites';
import { getInformation, setInformation } from './information';
import { createApiKey, deleteApiKey, getApiKey, getPasswordForm, setPassword } from './logIn';
import { getDefaultPermissions, setDefaultPermissions } from './permissions';
import { getToolboxFilters, setToolboxFilters } from './toolboxFilters';
import { getObjectStoreUsage, getUsage, recalculateDiskUsage } from './usage';

/** The most useful fields of a user. */
const simplify = ['id', 'username', 'email', 'is_admin', 'deleted', 'purged', 'nice_total_disk_usage', 'total_disk_usage', 'quota', 'quota_percent'];

const username = { placeholder: 'e.g. ada', description: 'The public name: lower-case letters, digits, dots, hyphens and underscores' } as const;

const create = request({
	name: 'Create',
	action: 'Create user',
	description: 'Make an account (administrators only)',
	request: 'POST api/users',
	fields: {
		logIn: choice('Log-In', [
			{ name: 'By Galaxy', value: 'local' },
			{ name: 'By the Web Server in Front of It', value: 'remote' },
		], { place: 'none', default: 'local', description: 'Who checks the password of the user' }),
		remoteUserEmail: text('Email', { required: true, placeholder: 'e.g. ada@example.org', shownFor: { logIn: ['remote'] } }),
		email: text('Email', { required: true, placeholder: 'name@email.com', shownFor: { logIn: ['local'] } }),
		username: text('Username', { required: true, ...username, shownFor: { logIn: ['local'] } }),
		password: secret('Password', { required: true, description: 'With six characters or more', shownFor: { logIn: ['local'] } }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve a user by their ID, others than yourself as an administrator',
	request: 'GET api/users/{userId}',
	simplify,
	fields: { userId, deleted: flag('Deleted', { description: 'Whether the user is deleted' }) },
});

const getCurrent = request({
	name: 'Get Current',
	action: 'Get current user',
	description: 'Retrieve the user of the credential',
	request: 'GET api/users/current',
	simplify,
	fields: {},
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of users: of yourself alone, unless you are an administrator or the server shows the others',
	request: 'GET api/users',
	pages,
	fields: {
		deleted: flag('Deleted', { description: 'Whether to list deleted users, or those that are not' }),
		email: text('Email Contains', { wire: 'f_email', placeholder: 'name@email.com' }),
		search: text('Email or Username Contains', { wire: 'f_any' }),
		username: text('Username Contains', { wire: 'f_name' }),
	},
});

const update = request({
	name: 'Update',
	action: 'Update user',
	description: 'Change name or state of an account',
	request: 'PUT api/users/{userId}',
	simplify,
	fields: {
		userId,
		active: flag('Active', { description: 'Whether the email address counts as confirmed (administrators only)' }),
		deleted: flag('Deleted', { place: 'query', description: 'Whether the user is deleted' }),
		preferredObjectStoreId: text('Preferred Object Store ID', { description: 'Where the server is to keep new datasets' }),
		username: text('Username', username),
	},
});

const remove = request({
	name: 'Delete',
	action: 'Delete user',
	description: 'Close an account; it can be brought back until it is purged (administrators only)',
	request: 'DELETE api/users/{userId}',
	destructive: true,
	simplify,
	fields: { userId },
});

const purge = request({
	name: 'Purge',
	action: 'Purge user',
	description: 'Remove a deleted user with all of their data for good (administrators only)',
	request: 'DELETE api/users/{userId}?purge=true',
	destructive: true,
	simplify,
	fields: { userId: deletedUserId },
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete user',
	description: 'Open a deleted account again (administrators only)',
	request: 'POST api/users/deleted/{userId}/undelete',
	simplify,
	fields: { userId: deletedUserId },
});

const getRoles = request({
	name: 'Get Roles',
	action: 'Get roles of user',
	description: 'Retrieve the roles that a user has (administrators only)',
	request: 'GET api/users/{userId}/roles',
	fields: { userId },
});

const sendActivationEmail = request({
	name: 'Send Activation Email',
	action: 'Send activation email to user',
	description: 'Send the link again by which a user confirms their email address (administrators only)',
	request: 'POST api/users/{userId}/send_activation_email',
	fields: { userId },
});

export const user: Resource = {
	name: 'User',
	operations: {
		addCustomBuild,
		addFavorite,
		create,
		createApiKey,
		delete: remove,
		deleteApiKey,
		deleteCustomBuild,
		get,
		getAll,
		getApiKey,
		getCurrent,
		getCustomBuilds,
		getDefaultPermissions,
		getInformation,
		getObjectStoreUsage,
		getPasswordForm,
		getRoles,
		getToolboxFilters,
		getUsage,
		purge,
		recalculateDiskUsage,
		removeFavorite,
		sendActivationEmail,
		setDefaultPermissions,
		setInformation,
		setPassword,
		setToolboxFilters,
		undelete,
		update,
	},
};
