import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { nodeError } from '../shared/nodeError';
import { isLocator } from '../shared/perform';
import type { Problem } from '../shared/problem';
import { credentials } from './authentication';
import { pollListed, type Listed } from './events/listed';
import { runCreated, runFinished, runStatusChanged } from './events/runs';
import { fileAppeared, orderCreated, orderStatusChanged, orderUpdated, sampleCreated, subjectCreated } from './events/things';
import type { Wanted } from './events/wanted';
import { locators } from './locators';
import { EVENT_NAMES, readFields, triggerParameters } from './triggerParameters';

/** What each event looks at. */
const EVENTS: Record<string, (wanted: Wanted) => Listed> = { fileAppeared, orderCreated, orderStatusChanged, orderUpdated, runCreated, runFinished, runStatusChanged, sampleCreated, subjectCreated };

const { searchOrders, searchPipelines, searchProjects } = locators;

export class IFlowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iFlow Trigger',
		name: 'iFlowTrigger',
		icon: { light: 'file:../../icons/iflow.svg', dark: 'file:../../icons/iflow.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: `={{ (${JSON.stringify(EVENT_NAMES)})[$parameter["event"]] }}`,
		description: 'Starts the workflow when a run of iFlow has ended, an order has changed, or something new is there',
		eventTriggerDescription: 'Fetch the newest one that there is',
		activationMessage: 'iFlow is now asked at the poll times; what was there before starts nothing.',
		defaults: { name: 'iFlow Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: triggerParameters,
	};

	methods = { listSearch: { searchOrders, searchPipelines, searchProjects } };

	async poll(this: IPollFunctions) {
		const event = this.getNodeParameter('event') as string;
		const wanted = wantedOf(this);
		const { projectId, pipelineId, orderId, folder, recursive } = wanted;
		return await pollListed(this, JSON.stringify({ event, projectId, pipelineId, orderId, folder, recursive }), EVENTS[event](wanted));
	}
}

function wantedOf(context: IPollFunctions): Wanted {
	// n8n extracts the values of fields that are shown alone
	const given = (name: string) => {
		const raw = context.getNodeParameter(name, null as never) as unknown;
		return isLocator(raw) ? raw.value : raw;
	};
	try {
		const wanted = readFields(given, context.getTimezone());
		return { ...wanted, pipelineId: wanted.pipelineId || undefined, orderId: wanted.orderId || undefined } as unknown as Wanted;
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}
