import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { credentialTest, environment, project } from '../nodes/IFlow/credentialFields';

/** For who has registered n8n at iFlow's identity provider, Zitadel (contract, section 2.2). */
export class IFlowOAuth2Api implements ICredentialType {
	name = 'iFlowOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'iFlow OAuth2 API';

	icon = { light: 'file:../icons/iflow.svg', dark: 'file:../icons/iflow.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/iflow.md#credentials';

	properties: INodeProperties[] = [
		...environment,
		{ displayName: 'Identity Provider', name: 'issuer', type: 'string', default: 'https://zitadel.iflow.intelliseq.com', description: 'Where users log in; one for all environments of Intelliseq' },
		...project,
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: '={{ $self.issuer.replace(/\\/+$/, "") }}/oauth/v2/authorize', required: true },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: '={{ $self.issuer.replace(/\\/+$/, "") }}/oauth/v2/token', required: true },
		// the services see the roles of a user in the token alone
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: 'openid profile email offline_access urn:zitadel:iam:org:projects:roles' },
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];

	test = credentialTest;
}
