import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { choices, flag, locator, optionsOf, type Fields } from '../shared/field';
import { authentication } from './authentication';
import { PROJECT_PLACEHOLDER } from './fields';
import { folderPath, path } from './paths';
import { STATUSES } from './resources/order/fields';
import { outcomeOf, STATUSES as OF_RUNS } from './runs';

/** Events by their values, as the editor names them. */
export const EVENT_NAMES: Record<string, string> = {
	fileAppeared: 'File Appeared',
	orderCreated: 'Order Created',
	orderStatusChanged: 'Order Status Changed',
	orderUpdated: 'Order Updated',
	runCreated: 'Run Created',
	runFinished: 'Run Finished',
	runStatusChanged: 'Run Status Changed',
	sampleCreated: 'Sample Created',
	subjectCreated: 'Subject Created',
};

const DESCRIPTIONS: Record<string, string> = {
	fileAppeared: 'A folder has a new file, or one has changed',
	orderCreated: 'There is a new order',
	orderStatusChanged: 'An order has another status',
	orderUpdated: 'Anything of an order has changed',
	runCreated: 'There is a new run',
	runFinished: 'A run has succeeded, failed or was cancelled',
	runStatusChanged: 'A run has another status',
	sampleCreated: 'There is a new sample',
	subjectCreated: 'There is a new subject',
};

const OF_A_RUN = ['runCreated', 'runFinished', 'runStatusChanged'];
const shown = (...events: string[]) => ({ place: 'none' as const, shownFor: { event: events } });

export const project = locator('Project', { list: 'searchProjects', place: 'none', default: '', idPlaceholder: PROJECT_PLACEHOLDER, description: 'Left empty, the project of the credential' });

const ENDS: INodePropertyOptions[] = optionsOf(...OF_RUNS.filter((status) => outcomeOf(status) !== 'running'));

/** The fields of the trigger, by the events that have them. */
export const fields = {
	projectId: project,
	folder: path('Folder', folderPath, { default: '/', placeholder: 'e.g. uploads/', description: 'The folder to watch; / is the whole project', ...shown('fileAppeared') }),
	recursive: flag('Recursive', { default: false, description: 'Whether to watch all folders below, too', ...shown('fileAppeared') }),
	outcomes: choices('Outcomes', ENDS, { default: [], hint: 'All outcomes when left empty', ...shown('runFinished') }),
	pipelineId: locator('Pipeline', { list: 'searchPipelines', default: '', idPlaceholder: 'e.g. 33333333-aaaa-4bbb-8ccc-000000000002', description: 'Runs of this pipeline alone; all pipelines when left empty', ...shown(...OF_A_RUN) }),
	orderId: locator('Order', { list: 'searchOrders', default: '', idPlaceholder: 'e.g. ORD-12', description: 'Runs for this order alone; all runs when left empty', ...shown(...OF_A_RUN) }),
	includeOutputs: flag('Include Outputs', { default: false, description: 'Whether to give out what came out of a run, too', ...shown('runFinished') }),
	from: choices('From Statuses', STATUSES, { default: [], hint: 'Any status when left empty', ...shown('orderStatusChanged') }),
	to: choices('To Statuses', STATUSES, { default: [], hint: 'Any status when left empty', ...shown('orderStatusChanged') }),
} satisfies Fields;

export const triggerParameters: INodeProperties[] = [
	authentication,
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		required: true,
		options: Object.entries(EVENT_NAMES).map(([value, name]) => ({ name, value, description: DESCRIPTIONS[value] })),
		default: 'runFinished',
	},
	...Object.entries(fields as Fields).map(([name, { property }]) => ({ ...property, name })),
];

/** What the user has set, typed; throws a Problem that names the field. `given` has the raw values by their names, null where they are not shown. */
export const readFields = (given: (name: string) => unknown, timezone: string): IDataObject =>
	Object.fromEntries(
		Object.entries(fields as Fields).map(([name, field]) => {
			const raw = given(name);
			return [name, raw === null ? field.unshown : field.read(raw, { timezone })];
		}),
	) as IDataObject;
