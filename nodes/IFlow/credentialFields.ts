import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

import { PATTERN, PROJECTS_EXPRESSION } from './address';

const ofOwnServer = { displayOptions: { show: { environment: ['custom'] } } };

/** Which iFlow it is. */
export const environment: INodeProperties[] = [
	{
		displayName: 'Environment',
		name: 'environment',
		type: 'options',
		options: [
			{ name: 'Development', value: 'development', description: 'The services at flow.labpgx.com' },
			{ name: 'Other', value: 'custom', description: 'An installation of your own' },
			{ name: 'Production', value: 'production', description: 'The services at iflow.intelliseq.com' },
			{ name: 'Staging', value: 'staging', description: 'The services at stg.iflow.intelliseq.com' },
		],
		default: 'production',
	},
	{ displayName: 'Domain', name: 'domain', type: 'string', default: '', placeholder: 'e.g. iflow.example.org', description: 'What the addresses of all its services end with', ...ofOwnServer },
	{ displayName: 'Address Pattern', name: 'urlTemplate', type: 'string', default: PATTERN, description: 'How the address of a service is made of its name and the domain', ...ofOwnServer },
];

/** Where in it the work is done, and how it is addressed. */
export const project: INodeProperties[] = [
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
];

/** The list of projects needs no project, and every token may read it (contract, section 2.4). */
export const credentialTest: ICredentialTestRequest = {
	request: { url: PROJECTS_EXPRESSION, disableFollowRedirect: true },
	rules: [{ type: 'responseSuccessBody', properties: { key: 'id', value: undefined, message: 'This is not the API of iFlow, or the token may see no project' } }],
};
