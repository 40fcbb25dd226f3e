import { secret, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import type { Problem } from '../../../shared/problem';

const email = text('Email', { required: true, placeholder: 'e.g. name@email.com' });
const currentPassword = secret('Current Password', { wire: 'current_password', required: true });
const newPassword = secret('New Password', { wire: 'new_password', required: true });

export const verifyToken = program({
	name: 'Verify Token',
	action: 'Verify token of account',
	description: 'See whether an access or refresh token is still good',
	effect: 'read',
	fields: { token: secret('Token', { required: true, description: 'An access or refresh token of a log-in outside this node' }) },
	async run({ connection, values: { token }, personal }) {
		const answer = connection.send('POST jwt-verify/', { body: { token }, personal, repeat: 'safe' });
		return { json: { valid: await answer.then(() => true, isRefusalOfToken) } };
	},
});

/** A token that is not good is an answer, too; throws any other Problem. */
async function isRefusalOfToken(cause: Problem): Promise<false> {
	return cause.message.includes('token_not_valid') ? false : await Promise.reject(cause);
}

export const logout = request({
	name: 'Log Out',
	action: 'Log out of account',
	description: 'Make the tokens of a log-in outside this node worth nothing',
	request: 'POST jwt-logout/',
	destructive: true,
	fields: { refreshToken: secret('Refresh Token', { wire: 'refresh', required: true }) },
	unwrap: () => ({ loggedOut: true }),
});

export const changeEmail = request({
	name: 'Change Email',
	action: 'Change email of account',
	description: 'Change the email address with which you log in',
	request: 'POST user-change-email/',
	destructive: true,
	fields: { currentPassword, newEmail: text('New Email', { wire: 'new_email', required: true, placeholder: 'e.g. name@email.com' }) },
});

export const setPassword = request({
	name: 'Set Password',
	action: 'Set password of account',
	description: 'Change your password; a credential with the old one is worth nothing from then on',
	request: 'POST user-password-set/',
	destructive: true,
	fields: { currentPassword, newPassword },
	unwrap: () => ({ success: true }),
});

export const register = request({
	name: 'Register',
	action: 'Register account',
	description: 'Make an account, which is activated by a link that comes by email',
	request: 'POST user-register/',
	anonymous: true,
	fields: {
		email,
		password: secret('Password', { required: true }),
		fullName: text('Name', { wire: 'name' }),
		invitationToken: secret('Invitation Token', { wire: 'invitation_token', description: 'From the link in the email of an invitation' }),
		organizationName: text('Organization Name', { wire: 'organization_name', placeholder: 'e.g. Example Lab', description: 'The new organization, where there is no invitation' }),
	},
});

/** What stands in the link of an email. */
const linked = {
	uid: text('User ID in Link', { wire: 'uid', required: true, description: 'The first part of the link in the email' }),
	token: secret('Token in Link', { wire: 'token', required: true, description: 'The second part of the link in the email' }),
};

export const activate = request({
	name: 'Activate',
	action: 'Activate account',
	description: 'Activate a new account by the link that came by email',
	request: 'POST user-activate/',
	anonymous: true,
	fields: linked,
	unwrap: () => ({ activated: true }),
});

export const resendActivation = request({
	name: 'Resend Activation',
	action: 'Resend activation of account',
	description: 'Have the email with the link for a new account sent again',
	request: 'POST user-activate-resend/',
	anonymous: true,
	fields: { email },
});

export const requestPasswordReset = request({
	name: 'Request Password Reset',
	action: 'Request password reset of account',
	description: 'Have an email sent with a link for a new password',
	request: 'POST user-password-reset/',
	anonymous: true,
	fields: { email },
});

export const confirmPasswordReset = request({
	name: 'Confirm Password Reset',
	action: 'Confirm password reset of account',
	description: 'Set a new password by the link that came by email',
	request: 'POST user-password-reset-confirm/',
	anonymous: true,
	destructive: true,
	fields: { ...linked, newPassword },
	unwrap: () => ({ success: true }),
});
