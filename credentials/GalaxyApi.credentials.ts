import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { ADDRESS_EXPRESSION } from '../nodes/Galaxy/address';
import { logIn } from '../nodes/Galaxy/logIn';

const onlyFor = (authentication: string) => ({ displayOptions: { show: { authentication: [authentication] } } });

export class GalaxyApi implements ICredentialType {
	name = 'galaxyApi';

	displayName = 'Galaxy API';

	icon = { light: 'file:../icons/galaxy.svg', dark: 'file:../icons/galaxy.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/galaxy.md#credentials';

	properties: INodeProperties[] = [
		{ displayName: 'Server', name: 'url', type: 'string', default: 'https://usegalaxy.org', placeholder: 'e.g. https://usegalaxy.eu', description: 'Address of the Galaxy server, as in the browser' },
		{
			displayName: 'Log In With',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'User and Password', value: 'password' },
				{ name: 'Access Token', value: 'accessToken', description: 'Of an identity provider that the server accepts (OpenID Connect)' },
			],
			default: 'apiKey',
		},
		{ displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', description: 'In Galaxy under User > Preferences > Manage API Key', ...onlyFor('apiKey') },
		{ displayName: 'User', name: 'username', type: 'string', placeholder: 'e.g. ada or ada@example.org', default: '', description: 'Email address or name of the user', ...onlyFor('password') },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', ...onlyFor('password') },
		{ displayName: 'Access Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, default: '', ...onlyFor('accessToken') },
		{ displayName: 'Run As User ID', name: 'runAs', type: 'string', default: '', description: 'Only for users whom the server lets act for others: ID of the user to act for' },
		{ displayName: 'Session Token', name: 'sessionToken', type: 'hidden', typeOptions: { expirable: true, password: true }, default: '' },
	];

	/** A function, since n8n evaluates expressions anew for each request. */
	authenticate = async ({ authentication, accessToken, apiKey, runAs, sessionToken }: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...request,
		headers: {
			...request.headers,
			...(authentication === 'accessToken' ? { Authorization: `Bearer ${String(accessToken)}` } : { 'x-api-key': String(authentication === 'password' ? sessionToken : apiKey) }),
			...(runAs ? { 'run-as': String(runAs) } : {}),
		},
	});

	/** Without a key Galaxy answers, too, but without the ID of a user (contract, section 1). */
	test: ICredentialTestRequest = {
		request: { baseURL: ADDRESS_EXPRESSION, url: '/api/users/current' },
		rules: [{ type: 'responseSuccessBody', properties: { key: 'id', value: undefined, message: 'Galaxy answers, but knows no user by this credential: check the key or token' } }],
	};

	/** Logs in where the credential has a user and a password; n8n calls it without a key, and again on 401. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return credentials.authentication === 'password' ? { ...(await logIn(this, credentials)) } : {};
	}
}
