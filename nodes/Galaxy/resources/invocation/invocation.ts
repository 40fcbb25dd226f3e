import type { IDataObject } from 'n8n-workflow';

import { choice, flag, locator } from '../../../shared/field';
import { program, request, type Resource } from '../../../shared/operation';
import { slices } from '../../../shared/pages';
import { ID_PLACEHOLDER, invocationId } from '../../fields';
import { countOf, invocation as completion, outcomeOf, simplify, sumOf, withCounts } from '../../workflows/invocations';
import { launch } from '../../workflows/runs';
import { exporting } from './export';
import { getOutputs } from './outputs';
import { reports } from './report';
import { getRequest, rerun } from './rerun';
import { steps } from './step';

/** How much of an invocation is given out. */
const details = {
	legacyJobState: flag('State of Jobs as State of Steps', { place: 'query', description: 'Whether steps have the state of their jobs, as older servers gave it' }),
	stepDetails: flag('Step Details', { place: 'query', description: 'Whether to give out jobs and outputs of each step; turn "Simplify" off to see them' }),
};

const create = launch({ name: 'Create', action: 'Create invocation', description: 'Run a workflow; the same as "Run" of a workflow' });

const get = request({
	name: 'Get',
	action: 'Get invocation',
	description: 'Retrieve a run of a workflow with its state and outputs',
	request: 'GET api/invocations/{invocationId}',
	simplify,
	fields: { invocationId, ...details },
});

const narrowed = (label: string, list: string) => locator(label, { list, idPlaceholder: ID_PLACEHOLDER });

const getAll = request({
	name: 'Get Many',
	action: 'Get many invocations',
	description: 'Retrieve a list of runs of workflows',
	request: 'GET api/invocations',
	// Galaxy gives a hundred at the most
	pages: slices(100),
	simplify,
	fields: {
		historyId: narrowed('History', 'searchHistories'),
		includeNestedInvocations: flag('Include Nested', { description: 'Whether to list runs of workflows inside of workflows, too; they are listed by default' }),
		includeTerminal: flag('Include Finished', { description: 'Whether to list runs that have ended, too; they are listed by default' }),
		instance: flag('Workflow ID Is of a Version', { description: 'Whether "Workflow" is the ID of a version, as invocations name it' }),
		jobId: narrowed('Job', 'searchJobs'),
		sortBy: choice('Order By', [{ name: 'Created', value: 'create_time' }, { name: 'Updated', value: 'update_time' }]),
		sortDesc: flag('Descending', { description: 'Whether the last one comes first' }),
		stepDetails: details.stepDetails,
		userId: locator('User', { list: 'searchUsers', idPlaceholder: ID_PLACEHOLDER, description: 'Whose runs to list; those of others administrators only' }),
		view: choice('View', [{ name: 'Collection', value: 'collection' }, { name: 'Element', value: 'element' }], { description: 'How much to give out of each: "Element" has inputs and outputs, too' }),
		workflowId: narrowed('Workflow', 'searchWorkflows'),
	},
});

const getSummary = program({
	name: 'Get Summary',
	action: 'Get summary of invocation',
	description: 'Retrieve how far a run of a workflow is: its state and how many of its jobs have ended',
	effect: 'read',
	fields: { invocationId },
	async run({ connection, values: { invocationId: id } }) {
		const { found, jobs } = await withCounts(connection, id);
		const [total, failed] = [sumOf(jobs), countOf(jobs, 'failed')];
		// without a second look only a server of today tells the end for certain
		const outcome = outcomeOf(found, jobs);
		const ended = total - countOf(jobs, 'running');
		const percent = outcome !== 'running' ? 100 : total === 0 ? 0 : Math.floor((100 * ended) / total);
		return { json: { id, state: found.state, jobs, total, ended, failed, percent, finished: outcome !== 'running', succeeded: outcome === 'succeeded' } as IDataObject };
	},
});

const wait = program({
	name: 'Wait',
	action: 'Wait for invocation',
	description: 'Wait until a run of a workflow has ended, with all its jobs',
	effect: 'read',
	simplify,
	fields: { invocationId },
	watch: completion,
	alwaysWaits: true,
	run: async ({ values: { invocationId: id } }) => ({ json: { id } }),
});

const getCompletion = request({
	name: 'Get Completion',
	action: 'Get completion of invocation',
	description: 'Retrieve when a run of a workflow was complete, and how its jobs have ended',
	request: 'GET api/invocations/{invocationId}/completion',
	fields: { invocationId },
	// nothing comes as long as it runs
	unwrap: (answer: IDataObject | null) => answer ?? { completion_time: null, job_state_summary: {}, hooks_executed: [] },
});

const cancel = request({
	name: 'Cancel',
	action: 'Cancel invocation',
	description: 'Stop a run of a workflow with its jobs; what is there already stays',
	request: 'DELETE api/invocations/{invocationId}',
	destructive: true,
	simplify,
	fields: { invocationId, ...details },
});

export const invocation: Resource = {
	name: 'Invocation',
	operations: { cancel, create, get, getAll, getCompletion, getOutputs, getRequest, getSummary, rerun, wait, ...exporting, ...reports, ...steps },
};
