import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

const chosenBy = (authentication: string) => ({ displayOptions: { show: { authentication: [authentication] } } });

/** The credentials of a node of iFlow. */
export const credentials: INodeCredentialDescription[] = [
	{ name: 'iFlowApi', required: true, ...chosenBy('accessToken') },
	{ name: 'iFlowOAuth2Api', required: true, ...chosenBy('oAuth2') },
];

/** Which of them is used. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Access Token', value: 'accessToken' },
		{ name: 'OAuth2', value: 'oAuth2', description: 'Needs n8n to be registered at the identity provider of iFlow' },
	],
	default: 'accessToken',
};
