import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credentialTest, environment, project } from '../nodes/IFlow/credentialFields';

export class IFlowApi implements ICredentialType {
	name = 'iFlowApi';

	displayName = 'iFlow API';

	icon = { light: 'file:../icons/iflow.svg', dark: 'file:../icons/iflow.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/iflow.md#credentials';

	properties: INodeProperties[] = [
		...environment,
		{ displayName: 'Access Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'In the Admin Console of iFlow under Account > CLI Tokens' },
		...project,
		{ displayName: 'Internal Token', name: 'internalToken', type: 'string', typeOptions: { password: true }, default: '', description: 'Needed by operators alone, to create pipelines' },
	];

	/** A pasted "Bearer" is not part of the token. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '={{ "Bearer " + String($credentials.accessToken).trim().replace(/^Bearer\\s+/i, "") }}' } },
	};

	test = credentialTest;
}
