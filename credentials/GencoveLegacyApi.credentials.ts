import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { LEGACY_ADDRESS_EXPRESSION } from '../nodes/Gencove/legacy/address';

export class GencoveLegacyApi implements ICredentialType {
	name = 'gencoveLegacyApi';

	displayName = 'Gencove Legacy API';

	icon = { light: 'file:../icons/gencove.svg', dark: 'file:../icons/gencove.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/gencove.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production' },
				{ name: 'Staging', value: 'staging' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://rest.gencove.com',
			description: 'Address of the API; only its host counts',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{ displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', description: 'Key of the first generation, 36 characters' },
	];

	/** A function, since n8n evaluates expressions anew for each request. */
	authenticate = async ({ apiKey }: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => ({
		...request,
		headers: { ...request.headers, Authorization: `GENCOVE-API-KEY ${String(apiKey)}` },
	});

	test: ICredentialTestRequest = { request: { baseURL: LEGACY_ADDRESS_EXPRESSION, url: '/welcome-api-key' } };
}
