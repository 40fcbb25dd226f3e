import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { PROJECTS_EXPRESSION } from '../nodes/IFlow/address';
import { environment, project } from '../nodes/IFlow/credentialFields';

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

	/** The list of projects needs no project, and every token may read it (contract, section 2.4). */
	test: ICredentialTestRequest = {
		request: { url: PROJECTS_EXPRESSION, disableFollowRedirect: true },
		rules: [{ type: 'responseSuccessBody', properties: { key: 'id', value: undefined, message: 'This is not the API of iFlow, or the token may see no project' } }],
	};
}
