import { number, secret, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { given } from '../api';

/** The tokens that these give out are secrets; the credential of the node does all of this by itself. */
const logIn = request({
	name: 'Log In',
	action: 'Log in',
	description: 'Get tokens for an email and a password, for calls outside this node',
	request: 'POST users/auth',
	anonymous: true,
	secretOutput: true,
	fields: { email: text('Email', { required: true, placeholder: 'e.g. name@lab.org' }), password: secret('Password', { required: true }) },
});

const refreshToken = secret('Refresh Token', { required: true });
const accessToken = secret('Access Token', { required: true, description: 'The access token of the same session; it may have expired' });

/** These calls belong to the session that their own tokens stand for, whatever the credential of the node is. */
const asSession = (token: string) => ({ anonymous: true, headers: { authorization: `Bearer ${token}` } });

const refresh = program({
	name: 'Refresh',
	action: 'Refresh session',
	description: 'Get new tokens for old ones',
	secretOutput: true,
	fields: { refreshToken, accessToken },
	async run({ connection, values, personal }) {
		const body = { refresh: values.refreshToken, access: values.accessToken };
		return { json: given(await connection.send('POST users/refresh', { ...asSession(values.accessToken), body, personal }), 'tokens') };
	},
});

const logOut = program({
	name: 'Log Out',
	action: 'Log out',
	description: 'End a session, so that its tokens are worth nothing',
	fields: { refreshToken, accessToken },
	async run({ connection, values, personal }) {
		await connection.send('POST users/logout', { ...asSession(values.accessToken), body: { refresh: values.refreshToken }, personal });
		return { json: { loggedOut: true } };
	},
});

const mfaSessionId = secret('Session ID', { wire: 'mfa_session_id', required: true, description: 'The mfa_session_id that "Log In" gave' });

const confirm = request({
	name: 'Confirm',
	action: 'Confirm log in',
	description: 'Finish a log-in with the code of the second factor',
	request: 'POST users/confirm',
	anonymous: true,
	secretOutput: true,
	fields: { mfaSessionId, code: number('Code', { required: true, whole: true, min: 0 }) },
});

const requestNewCode = request({
	name: 'Request New Code',
	action: 'Request new code',
	description: 'Have another code of the second factor sent',
	request: 'POST users/request-new-code',
	anonymous: true,
	fields: { mfaSessionId },
	unwrap: () => ({ requested: true }),
});

export const session: Resource = { name: 'Session', operations: { confirm, logIn, logOut, refresh, requestNewCode } };
