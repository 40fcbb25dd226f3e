import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ADDRESS_EXPRESSION, apiAddress } from '../nodes/GalateaBio/address';

const onlyFor = (name: string, value: string) => ({ displayOptions: { show: { [name]: [value] } } });

export class GalateaBioApi implements ICredentialType {
	name = 'galateaBioApi';

	displayName = 'GalateaBio API';

	icon = { light: 'file:../icons/galateabio.svg', dark: 'file:../icons/galateabio.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/galateabio.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.galatea.bio',
			description: 'Address of the API, with or without /api/v1',
			...onlyFor('environment', 'custom'),
		},
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
		{ displayName: 'Access Token', name: 'accessToken', type: 'hidden', typeOptions: { expirable: true, password: true }, default: '' },
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for the trigger: the secret shown under Integrations > Webhooks. Left empty, it is read from your profile.',
		},
		{
			displayName: 'Webhook Sender Host',
			name: 'senderHost',
			type: 'string',
			default: '',
			placeholder: 'e.g. api.galatea.bio',
			description: 'Only for the trigger: the host name that signs the webhooks. Left empty, it is the host of the API.',
		},
	];

	/** A function, since n8n evaluates expressions anew for each request: that took half of the time of a batch. */
	authenticate = async ({ authentication, accessToken, apiKey }: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: `Bearer ${String(authentication === 'password' ? accessToken : apiKey)}` },
	});

	test: ICredentialTestRequest = { request: { baseURL: ADDRESS_EXPRESSION, url: '/users/me' } };

	/** Logs in where the credential has an email and a password; n8n calls it without a token, and again on 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		if (credentials.authentication !== 'password') return {};
		const { email, password } = credentials;
		const url = apiAddress(credentials, 'users/auth');
		const answer = (await this.helpers.httpRequest({ method: 'POST', url, body: { email, password }, json: true, disableFollowRedirect: true })) as { access?: string };
		if (!answer.access) throw new Error('The log-in wants a second factor: use an API key in the GalateaBio credential');
		return { accessToken: answer.access };
	}
}
