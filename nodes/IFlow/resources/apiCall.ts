import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { choice, flag, json, text } from '../../shared/field';
import { program, request, type Json, type Resource } from '../../shared/operation';
import { NO_PROJECT, PROJECT } from '../api';
import { projectId } from '../fields';

/** All services of iFlow, also those of which no calls are documented. */
const SERVICES: INodePropertyOptions[] = [
	{ name: 'Admin', value: 'admin', description: 'Organizations, projects, users' },
	{ name: 'Audit', value: 'audit', description: 'Who has changed what' },
	{ name: 'Compute', value: 'compute', description: 'Pipelines and runs' },
	{ name: 'Files', value: 'files', description: 'Files of projects' },
	{ name: 'Miner', value: 'miner', description: 'Orders, subjects and samples' },
	{ name: 'Report', value: 'report', description: 'Reports and their signature' },
	{ name: 'VCF', value: 'vcf', description: 'Variants' },
];

const METHODS: INodePropertyOptions[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name }));

const customCall = program({
	name: 'Custom Call',
	action: 'Make custom call',
	description: 'Send a request of your own to a service of iFlow, with the log-in of the credential',
	destructive: true,
	fields: {
		projectId,
		// its host gets the log-in: one of the list, whatever an expression gives
		service: choice('Service', SERVICES, { place: 'none', default: 'miner' }),
		method: choice('Method', METHODS, { place: 'none', default: 'GET' }),
		path: text('Path', { place: 'none', required: true, placeholder: 'e.g. orders/ORD-12/samples', description: 'What stands behind /api/v1 in the address' }),
		query: json('Query', { place: 'none', placeholder: 'e.g. { "limit": 10 }', description: 'Parameters of the address, by their names' }),
		body: json('Body', { place: 'none', placeholder: 'e.g. { "status": "review" }', description: 'JSON that is sent', personal: true }),
		withProject: flag('Name the Project', { place: 'none', default: true, description: 'Whether to tell iFlow the project, which most calls need' }),
	},
	async run({ connection, values, personal }) {
		const { service: chosen, method, withProject } = values;
		const path = values.path.replace(/^\/?(api\/v1\/)?/, '');
		const answer = await connection.send(`${method} ${chosen}/{+path}`, {
			path: { path },
			query: (values.query ?? {}) as Record<string, Json>,
			headers: { [PROJECT]: withProject ? values.projectId : NO_PROJECT },
			body: values.body as Json | undefined,
			personal,
		});
		if (Array.isArray(answer)) return (answer as IDataObject[]).map((json) => ({ json }));
		return { json: typeof answer === 'object' && answer !== null ? (answer as IDataObject) : answer ? { data: answer as string } : { success: true } };
	},
});

const getOpenApiSchema = request({
	name: 'Get OpenAPI Schema',
	action: 'Get schema of service',
	description: 'Retrieve the description of all calls of a service, as the server itself gives it',
	request: 'GET {service}/openapi.json',
	anonymous: true,
	fields: { service: choice('Service', SERVICES, { place: 'path', default: 'miner' }) },
});

export const apiCall: Resource = { name: 'API', operations: { customCall, getOpenApiSchema } };
