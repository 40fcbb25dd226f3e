import { flag, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { legacyApi, listIn, within } from '../legacy/api';
import { projectId, sampleId } from '../legacy/fields';
import { getRawData } from '../legacy/rawData';

const checkApiKey = request({
	name: 'Check API Key',
	action: 'Check legacy API key',
	description: 'See whether the first generation of Gencove takes the API key',
	request: 'GET welcome-api-key',
	fields: {},
});

const listProjects = request({
	name: 'List Projects',
	action: 'List legacy projects',
	description: 'Retrieve the projects that the API key sees',
	request: 'GET projects',
	pages: listIn('projects'),
	fields: {},
});

const getProject = request({
	name: 'Get Project',
	action: 'Get legacy project',
	description: 'Retrieve a project by its number',
	request: 'GET projects/{legacyProjectId}',
	fields: { legacyProjectId: projectId },
	unwrap: within('project'),
});

const changeable = {
	discoverable: flag('Discoverable', { description: 'Whether others can find the project' }),
	enabled: flag('Enabled', { description: 'Whether the project is open; only then events are sent' }),
	webhookUrl: text('Webhook URL', { wire: 'webhook_url', placeholder: 'e.g. https://n8n.example.org/webhook/...', description: 'Where events of the project are sent; it must take a test event at once' }),
};

const createProject = request({
	name: 'Create Project',
	action: 'Create legacy project',
	description: 'Make a project',
	request: 'POST projects',
	fields: {
		name: text('Name', { required: true }),
		href: text('Website', { required: true, placeholder: 'e.g. https://lab.example.org', description: 'Page that tells of the project' }),
		description: text('Description', { required: true }),
		...changeable,
	},
	unwrap: within('project'),
});

const updateProject = request({
	name: 'Update Project',
	action: 'Update legacy project',
	description: 'Change a project, or where its events are sent',
	request: 'PUT projects/{legacyProjectId}',
	fields: {
		legacyProjectId: projectId,
		description: text('Description'),
		href: text('Website', { placeholder: 'e.g. https://lab.example.org', description: 'Page that tells of the project' }),
		name: text('Name'),
		subsidyEnabled: flag('Subsidy Enabled', { wire: 'subsidy_enabled', description: 'Whether the project pays for who joins it' }),
		...changeable,
	},
	unwrap: within('project'),
});

const getProjectStats = request({
	name: 'Get Project Stats',
	action: 'Get stats of legacy project',
	description: 'Retrieve the numbers of a project',
	request: 'GET projects/{legacyProjectId}/stats',
	fields: { legacyProjectId: projectId },
});

const listSamples = request({
	name: 'List Samples',
	action: 'List legacy samples',
	description: 'Retrieve the samples of a project',
	request: 'GET projects/{legacyProjectId}/samples',
	pages: listIn('samples'),
	fields: { legacyProjectId: projectId },
});

const getSample = request({
	name: 'Get Sample',
	action: 'Get legacy sample',
	description: 'Retrieve a sample by its number',
	request: 'GET projects/{legacyProjectId}/samples/{legacySampleId}',
	fields: { legacyProjectId: projectId, legacySampleId: sampleId },
	unwrap: within('sample'),
});

export const legacy: Resource = {
	name: 'Legacy',
	api: legacyApi,
	operations: { checkApiKey, createProject, getProject, getProjectStats, getRawData, getSample, listProjects, listSamples, updateProject },
};
