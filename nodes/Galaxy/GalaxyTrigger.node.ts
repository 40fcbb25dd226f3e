import { NodeConnectionTypes, type IDataObject, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { pollChanges, type Changes } from '../shared/changes';
import { nodeError } from '../shared/nodeError';
import { isLocator } from '../shared/perform';
import type { Problem } from '../shared/problem';
import { api } from './api';
import { collections, datasets } from './events/datasets';
import type { Wanted } from './events/event';
import { newHistories, pollHistory } from './events/histories';
import { invocations } from './events/invocations';
import { jobs } from './events/jobs';
import { libraryDatasets } from './events/libraryDatasets';
import { locators } from './locators';
import { EVENT_NAMES, readFields, triggerParameters } from './triggerParameters';

/** What each event looks at; a history's state is looked at in a way of its own. */
const EVENTS: Record<string, (wanted: Wanted) => Changes> = {
	collectionFailed: (wanted) => collections(wanted, 'failed'),
	collectionReady: (wanted) => collections(wanted, 'ready'),
	datasetFailed: (wanted) => datasets(wanted, 'failed'),
	datasetReady: (wanted) => datasets(wanted, 'ready'),
	historyCreated: () => newHistories,
	invocationFinished: invocations,
	jobFinished: jobs,
	libraryDatasetAdded: libraryDatasets,
};

export class GalaxyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Galaxy Trigger',
		name: 'galaxyTrigger',
		icon: { light: 'file:../../icons/galaxy.svg', dark: 'file:../../icons/galaxy.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: `={{ (${JSON.stringify(EVENT_NAMES)})[$parameter["event"]] }}`,
		description: 'Starts the workflow when a run of a workflow, a job or a dataset of a Galaxy server has come to its end',
		eventTriggerDescription: 'Fetch the newest one that there is',
		activationMessage: 'Galaxy is now asked at the poll times; what has ended before starts nothing.',
		defaults: { name: 'Galaxy Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'galaxyApi', required: true }],
		properties: triggerParameters,
	};

	methods = { listSearch: { searchHistories: locators.searchHistories, searchWorkflows: locators.searchWorkflows } };

	async poll(this: IPollFunctions) {
		const event = this.getNodeParameter('event') as string;
		const wanted = wantedOf(this);
		if (event === 'historyStateChanged') return await pollHistory(this, wanted.historyId, wanted.outcome);
		return await pollChanges(this, api, EVENTS[event](wanted));
	}
}

function wantedOf(context: IPollFunctions): Wanted {
	// n8n extracts the values of fields that are shown alone
	const given = (name: string) => {
		const raw = context.getNodeParameter(name, '');
		return String(isLocator(raw) ? raw.value : raw).trim() || undefined;
	};
	try {
		return {
			historyId: given('historyId'),
			workflowId: given('workflowId'),
			folderId: given('folderId'),
			outcome: context.getNodeParameter('outcome', 'any') as Wanted['outcome'],
			more: readFields(context.getNodeParameter('options', {}) as IDataObject, context.getTimezone()),
		};
	} catch (cause) {
		throw nodeError(context.getNode(), cause as Problem);
	}
}
