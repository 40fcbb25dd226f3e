import type { IDataObject } from 'n8n-workflow';

import { flag, list, text, type Values } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { historyId, ID_PLACEHOLDER } from '../../fields';

/** What was made in a history, as it can become a step of a workflow. */
interface Step {
	id: string | null;
	step_type: string;
	/** Whether Galaxy itself would take it. */
	checked: boolean;
	outputs: Array<{ hid: number; name: string; history_content_type: string }>;
}

export const getExtractionSummary = request({
	name: 'Get Extraction Summary',
	action: 'Get extraction summary of history',
	description: 'Retrieve what of a history can become a workflow: its jobs and its inputs',
	request: 'GET api/histories/{historyId}/extraction_summary',
	fields: { historyId },
});

const shownFor = { allSteps: [false] };

const numbers = (label: string, noun: string) => list(label, { default: [], place: 'none', shownFor, placeholder: 'e.g. 1,2', description: `Comma-separated list of the numbers in the history of the ${noun} that become inputs` });
const names = (label: string, noun: string) => list(label, { default: [], place: 'none', shownFor, placeholder: 'e.g. reads,reference', description: `Comma-separated list of names for these inputs, in the same order; those of the ${noun} when left empty` });

const parts = {
	jobIds: list('Job IDs', { default: [], shownFor, placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the jobs that become steps' }),
	datasetHids: numbers('Dataset Numbers', 'datasets'),
	datasetNames: names('Dataset Names', 'datasets'),
	datasetCollectionHids: numbers('Collection Numbers', 'collections'),
	datasetCollectionNames: names('Collection Names', 'collections'),
};

export const extractWorkflow = program({
	name: 'Extract Workflow',
	action: 'Extract workflow from history',
	description: 'Make a workflow of the jobs in a history',
	fields: {
		historyId,
		workflowName: text('Workflow Name', { required: true }),
		allSteps: flag('All Steps', { default: true, place: 'none', description: 'Whether to take all jobs and inputs that can be part of a workflow, or those given by you' }),
		...parts,
	},
	async run({ connection, values: { historyId: id, workflowName, allSteps, ...chosen } }) {
		const path = { id };
		const steps = allSteps ? allOf((await connection.send('GET api/histories/{id}/extraction_summary', { path })) as { jobs: Step[] }) : givenOf(chosen);
		if (steps.job_ids.length === 0) throw new Problem('There is no job to make a workflow of', { description: allSteps ? 'Run a tool in the history first' : 'Give "Job IDs", or switch "All Steps" on' });
		return { json: (await connection.send('POST api/histories/{id}/extract_workflow', { path, body: { workflow_name: workflowName, ...steps } })) as IDataObject };
	},
});

/** What Galaxy itself would take. */
function allOf({ jobs }: { jobs: Step[] }) {
	const taken = jobs.filter(({ checked }) => checked);
	const inputs = (type: string) => taken.filter(({ step_type }) => step_type !== 'tool').flatMap(({ outputs }) => outputs).filter((output) => output.history_content_type === type);
	const datasets = inputs('dataset');
	const collections = inputs('dataset_collection');
	return {
		job_ids: taken.filter(({ step_type }) => step_type === 'tool').map(({ id }) => String(id)),
		dataset_hids: datasets.map(({ hid }) => hid),
		dataset_names: datasets.map(({ name }) => name),
		dataset_collection_hids: collections.map(({ hid }) => hid),
		dataset_collection_names: collections.map(({ name }) => name),
	};
}

function givenOf({ jobIds, datasetHids, datasetNames, datasetCollectionHids, datasetCollectionNames }: Values<typeof parts>) {
	return {
		job_ids: jobIds,
		...inputsOf('dataset', 'Dataset', datasetHids, datasetNames),
		...inputsOf('dataset_collection', 'Collection', datasetCollectionHids, datasetCollectionNames),
	};
}

/** Numbers in the history with the names that they get: 'dataset_hids' and 'dataset_names'. */
function inputsOf(prefix: string, label: string, hids: string[], given: string[]): Record<string, number[] | string[] | undefined> {
	if (hids.some((hid) => !/^\d+$/.test(hid))) throw new Problem(`"${label} Numbers" are not all numbers`, { description: 'Give the numbers that the history shows before the names, not IDs' });
	if (given.length > 0 && given.length !== hids.length) throw new Problem(`"${label} Names" are not as many as "${label} Numbers"`, { description: 'Give a name for each number; the names must differ' });
	return { [`${prefix}_hids`]: hids.map(Number), [`${prefix}_names`]: given.length > 0 ? given : undefined };
}
