import type { IDataObject } from 'n8n-workflow';

import { choice, flag, locator, number } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { pages } from '../../api';
import { asList, ID_PLACEHOLDER } from '../../fields';

const instance = locator('Instance', { list: 'searchInstances', place: 'body', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A computer of Explorer' });
const oneInstance = { instanceId: asList(instance, 'instance_ids') };

export const getManyInstances = request({
	name: 'Get Many Instances',
	action: 'Get many instances of explorer',
	description: 'Retrieve a list of your computers in Explorer, with their states',
	request: 'GET explorer-instances/',
	pages,
	fields: {},
});

export const startInstances = request({
	name: 'Start Instance',
	action: 'Start instance of explorer',
	description: 'Start a computer of Explorer that is stopped',
	request: 'POST explorer-start-instances/',
	fields: oneInstance,
});

export const stopInstances = request({
	name: 'Stop Instance',
	action: 'Stop instance of explorer',
	description: 'Stop a computer of Explorer; what runs on it ends',
	request: 'POST explorer-stop-instances/',
	destructive: true,
	fields: oneInstance,
});

const STOPS = [
	{ name: 'After Some Hours', value: 'hours', description: 'When nobody has used it for so long' },
	{ name: 'As the Organization Says', value: 'organization' },
	{ name: 'Never', value: 'never' },
];

export const setInactivityStop = program({
	name: 'Set Inactivity Stop',
	action: 'Set inactivity stop of instance of explorer',
	description: 'Tell when a computer of Explorer that nobody uses stops by itself',
	fields: {
		instanceId: instance,
		stop: choice('Stop', STOPS, { place: 'none', default: 'organization' }),
		hours: number('Hours', { place: 'none', default: 3, min: 1, whole: true, shownFor: { stop: ['hours'] } }),
	},
	async run({ connection, values: { instanceId, stop, hours } }) {
		const wanted: Record<string, number | null> = { hours, organization: null, never: 0 };
		const body = { instance_ids: [instanceId], stop_after_inactivity_hours: wanted[stop] };
		return { json: ((await connection.send('POST explorer-instances-inactivity-stop/', { body })) || { success: true }) as IDataObject };
	},
});

export const getOrganizationInactivity = request({
	name: 'Get Organization Inactivity',
	action: 'Get organization inactivity of explorer',
	description: 'Retrieve when the computers of your organization that nobody uses stop by themselves',
	request: 'GET explorer-instances-inactivity-stop-organization/',
	fields: {},
});

export const setOrganizationInactivity = request({
	name: 'Set Organization Inactivity',
	action: 'Set organization inactivity of explorer',
	description: 'Tell when the computers of your organization that nobody uses stop by themselves',
	request: 'POST explorer-instances-inactivity-stop-organization/',
	fields: {
		stopAfterHours: number('Stop After Hours', { wire: 'explorer_stop_after_inactivity_hours', default: 3, min: 0, whole: true, description: 'Hours without use; 0 for never' }),
		override: flag('Override', { wire: 'explorer_override_stop_after_inactivity_hours', default: false, description: 'Whether this counts for all computers, whatever their users say' }),
	},
});

export const getAccessUrl = request({
	name: 'Get Access URL',
	action: 'Get access URL of instance of explorer',
	description: 'Make a link that opens a computer of Explorer to everybody who has it; Gencove may take this call away',
	request: 'POST explorer-access-url/',
	secretOutput: true,
	fields: {
		instanceId: { ...instance, wire: 'id' },
		expiresIn: number('Expires In', { wire: 'access_token_expiration', min: 1, max: 86_400, whole: true, description: 'Seconds until the link is good no more' }),
	},
	// under a name that can be hidden everywhere: other links are no secrets
	unwrap: ({ url, ...rest }: IDataObject) => ({ ...rest, access_url: url }),
});

export const getDataCredentials = request({
	name: 'Get Data Credentials',
	action: 'Get data credentials of explorer',
	description: 'Get keys to the storage of Explorer that are good for some hours, for calls outside this node',
	request: 'POST explorer-data-credentials/',
	effect: 'read',
	secretOutput: true,
	fields: {},
});

export const getCostReports = request({
	name: 'Get Cost Reports',
	action: 'Get cost reports of explorer',
	description: 'Retrieve a list of what Explorer has cost, month by month',
	request: 'GET explorer-cost-reporting/',
	pages,
	fields: {},
});
