import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ADDRESS_EXPRESSION } from '../nodes/Gencove/address';
import { logIn } from '../nodes/Gencove/logIn';

const onlyFor = (name: string, value: string) => ({ displayOptions: { show: { [name]: [value] } } });

export class GencoveApi implements ICredentialType {
	name = 'gencoveApi';

	displayName = 'Gencove API';

	icon = { light: 'file:../icons/gencove.svg', dark: 'file:../icons/gencove.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/gencove.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'European Union', value: 'europe' },
				{ name: 'Development', value: 'development' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'production',
		},
		{ displayName: 'Base URL', name: 'url', type: 'string', default: '', placeholder: 'e.g. https://api.gencove.com', description: 'Address of the API; only its host counts', ...onlyFor('environment', 'custom') },
		{
			displayName: 'Log In With',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Email and Password', value: 'password' },
			],
			default: 'apiKey',
		},
		{ displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', ...onlyFor('authentication', 'apiKey') },
		{ displayName: 'Email', name: 'email', type: 'string', placeholder: 'name@email.com', default: '', ...onlyFor('authentication', 'password') },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', ...onlyFor('authentication', 'password') },
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for Gencove Trigger with a subscription made by hand: the secret that Gencove shows for it; several with commas between',
		},
		{ displayName: 'Access Token', name: 'accessToken', type: 'hidden', typeOptions: { expirable: true, password: true }, default: '' },
		{ displayName: 'Refresh Token', name: 'refreshToken', type: 'hidden', typeOptions: { password: true }, default: '' },
		{ displayName: 'Storage Endpoint', name: 's3Endpoint', type: 'string', default: '', placeholder: 'e.g. https://s3.example.org', description: 'Only for uploads through a storage of your own instead of Amazon S3' },
	];

	/** A function, since n8n evaluates expressions anew for each request. */
	authenticate = async ({ authentication, accessToken, apiKey }: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: authentication === 'password' ? `Bearer ${String(accessToken)}` : `Api-Key ${String(apiKey)}` },
	});

	test: ICredentialTestRequest = { request: { baseURL: ADDRESS_EXPRESSION, url: '/user/' } };

	/** Logs in where the credential has an email and a password; n8n calls it without a token, and again on 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return credentials.authentication === 'password' ? { ...(await logIn(this, credentials)) } : {};
	}
}
