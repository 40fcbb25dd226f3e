import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, locator, mapper, number, text } from '../../shared/field';
import { program, type Json, type Operation } from '../../shared/operation';
import { place } from '../../shared/place';
import { Problem } from '../../shared/problem';
import { api } from '../api';
import { ID_PLACEHOLDER, workflowId } from '../fields';
import { inputsOf } from './inputs';
import { invocation, simplify } from './invocations';
import { prepared } from './values';

const shownFor = (mode: string) => ({ inputsMode: [mode] });

const EXAMPLE = '{ "Reads": "5a1cff6882ddb5b2", "Lines": 10 }';

/** Where the results of a run go. */
export const target = {
	historyId: locator('History', { list: 'searchHistories', default: '', place: 'body', idPlaceholder: ID_PLACEHOLDER, description: 'Where the results go; a new history when left empty' }),
	newHistoryName: text('New History Name', { description: 'Name of the new history, where none is chosen' }),
};

/** Throws a Problem when the results are to go to several places. */
export function checkTarget({ historyId, newHistoryName, history }: { historyId: string; newHistoryName?: string; history?: string }): void {
	if ([historyId, newHistoryName, history].filter(Boolean).length < 2) return;
	throw new Problem('The results can go to one history only', { description: 'Either choose "History", or give a name for a new one' });
}

const fields = {
	workflowId,
	inputsMode: choice('Specify Inputs', [
		{ name: 'Using Fields Below', value: 'fields', description: 'A field for each input of the workflow' },
		{ name: 'Using JSON', value: 'json', description: 'All inputs at once, by their labels' },
		{ name: 'Using Dataset Map', value: 'map', description: 'The older form, for data alone' },
	], { place: 'none', default: 'fields' }),
	workflowInputs: mapper('Inputs', {
		load: 'workflowInputs',
		noun: 'input',
		dependsOn: ['workflowId.value', 'additionalFields.version', 'additionalFields.instance'],
		place: 'none',
		default: {},
		shownFor: shownFor('fields'),
		description: 'IDs of datasets and collections, and values; of several datasets, comma-separated, each gets a run of its own',
	}),
	inputsJson: json('Inputs (JSON)', { place: 'none', required: true, shownFor: shownFor('json'), placeholder: `e.g. ${EXAMPLE}`, description: 'Values by the labels of the inputs, or by the numbers of their steps, from 0, where they have no label; data by its ID, or as src and ID' }),
	dsMap: json('Dataset Map', { required: true, shownFor: shownFor('map'), description: 'Data by the numbers of the steps, from 0, each with src and ID' }),
	...target,
	allowToolStateCorrections: flag('Allow Tool State Corrections', { description: 'Whether Galaxy may mend settings of tools that no longer fit' }),
	effectiveOutputs: json('Effective Outputs', { description: 'Which outputs count as results, in place of those that the workflow marks; Galaxy takes it from its own calls alone' }),
	history: text('History in Older Form', { placeholder: 'e.g. hist_id=5a1cff6882ddb5b2', description: 'Where the results go, as hist_id= with an ID, or as the name of a new history' }),
	instance: flag('ID Is of a Version', { description: 'Whether the ID is the one of a version of the workflow, as invocations name it' }),
	legacy: flag('Legacy Step IDs', { description: 'Whether steps are named by the IDs of the database, as in the older form' }),
	noAddToHistory: flag('Do Not Add Inputs to History', { description: 'Whether to leave inputs of other histories out of the history with the results' }),
	onComplete: json('On Completion', { placeholder: 'e.g. [{ "send_notification": {} }]', description: 'What Galaxy does when the invocation has ended' }),
	parameters: json('Step Parameters', { placeholder: 'e.g. { "3": { "lineNum": 10 } }', description: 'Settings of tools in the place of those in the workflow, by the numbers of the steps, from 0' }),
	parametersNormalized: flag('Step Parameters Are Normalized', { description: 'Whether nested settings are written as name|inner name' }),
	preferredIntermediateObjectStoreId: text('Preferred Object Store for Intermediate Results'),
	preferredObjectStoreId: text('Preferred Object Store'),
	preferredOutputsObjectStoreId: text('Preferred Object Store for Outputs'),
	replacementParams: json('Replacement Parameters', { placeholder: 'e.g. { "sample": "NA12878" }', description: 'Texts for the names in braces that the workflow gives to its results' }),
	requireExactToolVersions: flag('Require Exact Tool Versions', { description: 'Whether to refuse the run when a tool is there in another version only; refused by default' }),
	resourceParams: json('Resource Parameters', { description: 'What the server asks about the computers to use' }),
	scheduler: text('Scheduler', { description: 'Which scheduler of the server plans the run' }),
	useCachedJob: flag('Use Cached Jobs', { description: 'Whether to take results of earlier jobs that had the same inputs and settings' }),
	version: number('Version', { min: 0, whole: true, description: 'Number of the version to run, from 0; the newest by default' }),
};

/** The operation that runs a workflow, under the names that a resource gives it. */
export const launch = (names: Pick<Operation, 'name' | 'action' | 'description'>) =>
	program({
		...names,
		simplify,
		fields,
		watch: invocation,
		async run({ connection, values }) {
			checkTarget(values);
			const { workflowId: id, inputsMode, version, instance } = values;
			const given = (inputsMode === 'json' ? values.inputsJson : values.workflowInputs) as IDataObject;
			const inputs = inputsMode === 'map' ? {} : prepared(await inputsOf(connection, { id, version, instance }), given);
			const { body } = place(fields, { ...values, historyId: values.historyId || undefined, noAddToHistory: values.noAddToHistory || undefined } as IDataObject, 'POST', api.spelling);
			const answer = await connection.send('POST api/workflows/{id}/invocations', { path: { id }, body: { ...(body as Record<string, Json>), ...inputs } });
			// one for each of several datasets
			return [answer as IDataObject].flat().map((json) => ({ json }));
		},
	});
