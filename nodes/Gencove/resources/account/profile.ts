import type { IDataObject } from 'n8n-workflow';

import { choice, secret, text } from '../../../shared/field';
import { deleted, request } from '../../../shared/operation';
import { pages } from '../../api';

export const getMfaStatus = request({
	name: 'Get MFA Status',
	action: 'Get MFA status of account',
	description: 'See whether you log in with a second factor',
	request: 'GET mfa-status/',
	fields: {},
});

export const setUpMfa = request({
	name: 'Set Up MFA',
	action: 'Set up MFA of account',
	description: 'Begin to use a second factor, which "Validate MFA" makes count',
	request: 'POST mfa-setup/',
	secretOutput: true,
	fields: {
		deviceType: choice('Device Type', [{ name: 'Code Generator', value: 'generator', description: 'An app that shows codes' }, { name: 'YubiKey', value: 'yubikey' }], { wire: 'device_type', default: 'generator' }),
	},
});

export const validateMfa = request({
	name: 'Validate MFA',
	action: 'Validate MFA of account',
	description: 'Make the second factor count by a code of it; gives codes for when it is lost',
	request: 'POST mfa-validate/',
	secretOutput: true,
	fields: { code: secret('Code', { wire: 'token', required: true, description: 'That the device shows now' }) },
});

export const disableMfa = request({
	name: 'Disable MFA',
	action: 'Disable MFA of account',
	description: 'Log in without a second factor from now on',
	request: 'DELETE mfa-disable/',
	destructive: true,
	fields: {},
	unwrap: deleted,
});

const provider = text('Provider', { required: true, placeholder: 'e.g. basespace', description: 'Its name as "Get Social Providers" gives it' });

export const getSocialProviders = request({
	name: 'Get Social Providers',
	action: 'Get social providers of account',
	description: 'Retrieve a list of the services that an account can be linked to, such as BaseSpace',
	request: 'GET social-providers/',
	pages,
	fields: { providerName: text('Name', { wire: 'name', placeholder: 'e.g. basespace' }) },
});

export const socialSignUp = request({
	name: 'Link Social Account',
	action: 'Link social account',
	description: 'Link your account to one at another service, such as BaseSpace',
	request: 'POST social-signup/',
	fields: { provider, authorizationCode: secret('Code', { wire: 'code', required: true, description: 'That the service gave when access was allowed' }) },
	// the code comes back with it
	unwrap: ({ provider: linked }: IDataObject) => ({ provider: linked }),
});

export const socialDisconnect = request({
	name: 'Unlink Social Account',
	action: 'Unlink social account',
	description: 'Take away the link between your account and one at another service',
	request: 'POST social-disconnect/',
	destructive: true,
	fields: { provider },
});

export const getBillingPortalLink = request({
	name: 'Get Billing Portal Link',
	action: 'Get billing portal link of account',
	description: 'Make a link to the page with the bills, which is open to everybody who has it',
	request: 'POST billing-portal/',
	effect: 'read',
	secretOutput: true,
	fields: {},
});
