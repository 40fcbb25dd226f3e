import type { INodeProperties } from 'n8n-workflow';

import { EVENTS, LEGACY_EVENTS } from './events';
import { projectId } from './fields';

const onlyFor = (...registrations: string[]) => ({ displayOptions: { show: { registration: registrations } } });

const { displayName, ...projectProperty } = projectId.property;

/** The parameters of the trigger. */
export const triggerParameters: INodeProperties[] = [
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{ name: 'By Hand', value: 'manual', description: 'You add the webhook URL to a project in Gencove' },
			{ name: 'By Hand, Legacy Format', value: 'legacy', description: 'You add the webhook URL to a project of the first generation' },
			{ name: 'By This Node', value: 'automatic', description: 'The node subscribes when the workflow is published, and unsubscribes afterwards' },
		],
		default: 'automatic',
		description: 'How Gencove learns the webhook URL',
	},
	{
		displayName: 'Copy the webhook URL above and add it in Gencove to the project, as a subscription with a secret. Put the secret into "Webhook Secret" of the credential.',
		name: 'setUp',
		type: 'notice',
		default: '',
		...onlyFor('manual'),
	},
	{
		displayName: 'Set the webhook URL at a project of the first generation, with "Legacy > Update Project" of the Gencove node. Its messages are not signed, so show the URL to nobody. What they tell of is read again from Gencove, and only that is handed on; a message that names no project starts nothing.',
		name: 'setUpLegacy',
		type: 'notice',
		default: '',
		...onlyFor('legacy'),
	},
	{ displayName, name: 'projectId', ...projectProperty, ...onlyFor('automatic') },
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: EVENTS,
		default: ['analysis_complete_v2'],
		...onlyFor('automatic', 'manual'),
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: LEGACY_EVENTS,
		default: ['project_sample_results_ready'],
		...onlyFor('legacy'),
	},
	{
		displayName: 'Fetch Sample Details',
		name: 'fetchSampleDetails',
		type: 'boolean',
		default: false,
		description: 'Whether to read each sample from Gencove and give out an item for each, with its files; by default an item is an event with IDs only',
		...onlyFor('automatic', 'manual'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		...onlyFor('automatic', 'manual'),
		options: [
			{
				displayName: 'Maximum Age (Seconds)',
				name: 'maximumAge',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 300,
				description: 'Refuse messages that were signed longer ago, which also refuses late repetitions if Gencove keeps their signature; 0 accepts any age',
			},
		],
	},
];
