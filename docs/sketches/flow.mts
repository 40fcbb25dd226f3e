import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { text } from '../../nodes/shared/field.ts';
import { request } from '../../nodes/shared/operation.ts';

// api.ts: the first word of a path is the service; the layout of the credential makes an address of it
export function address({ domain, layout }: ICredentialDataDecryptedObject, path: string): string {
	const [service, ...rest] = path.split('/');
	if (layout === 'services') return `https://${service}.${String(domain)}/api/v1/${rest.join('/')}`;
	const renamed = rest.join('/').replace(/^orgs\b/, 'organizations').replace(/^runs\b/, 'analyses');
	return `https://api.${String(domain)}/${renamed}`;
}

// resources/run.ts: one declaration for both layouts, with a project that an operation may override
export const get = request({
	name: 'Get', action: 'Get run', description: 'Retrieve a run with its state',
	request: 'GET compute/runs/{runId}',
	fields: {
		runId: text('Run ID', { place: 'path', required: true }),
		projectId: text('Project ID', { place: 'header', wire: 'X-Project-ID', description: 'The project of the credential when left empty' }),
	},
});
