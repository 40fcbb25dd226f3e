import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { PATTERN, PROJECTS_EXPRESSION } from '../nodes/IFlow/address';

const ofOwnServer = { displayOptions: { show: { environment: ['custom'] } } };

export class IFlowApi implements ICredentialType {
	name = 'iFlowApi';

	displayName = 'iFlow API';

	icon = { light: 'file:../icons/iflow.svg', dark: 'file:../icons/iflow.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/iflow.md#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Development', value: 'development', description: 'Flow.labpgx.com' },
				{ name: 'Other', value: 'custom', description: 'An installation of your own' },
				{ name: 'Production', value: 'production', description: 'Iflow.intelliseq.com' },
				{ name: 'Staging', value: 'staging', description: 'Stg.iflow.intelliseq.com' },
			],
			default: 'production',
		},
		{ displayName: 'Domain', name: 'domain', type: 'string', default: '', placeholder: 'e.g. iflow.example.org', description: 'What the addresses of all its services end with', ...ofOwnServer },
		{ displayName: 'Address Pattern', name: 'urlTemplate', type: 'string', default: PATTERN, description: 'How the address of a service is made of its name and the domain', ...ofOwnServer },
		{ displayName: 'Access Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'In the Admin Console of iFlow under Account > CLI Tokens' },
		{ displayName: 'Project ID', name: 'projectId', type: 'string', default: '', placeholder: 'e.g. 0f2d6c1e-3c55-4a0e-8f0e-6f0c2f0b7e01', description: 'The project to work in; each operation may choose another one' },
		{
			displayName: 'Addresses',
			name: 'apiLayout',
			type: 'options',
			options: [
				{ name: 'One for Each Service', value: 'services', description: 'For example files.iflow.intelliseq.com' },
				{ name: 'One for All Services', value: 'gateway', description: 'For example api.iflow.intelliseq.com, as the command-line client of iFlow has it' },
			],
			default: 'services',
		},
		{
			displayName: 'Word for Runs',
			name: 'runsPath',
			type: 'options',
			options: [
				{ name: 'Analyses', value: 'analyses' },
				{ name: 'Find Out', value: 'auto' },
				{ name: 'Runs', value: 'runs' },
			],
			default: 'auto',
			description: 'What the server calls runs in its addresses',
			displayOptions: { show: { apiLayout: ['services'] } },
		},
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
