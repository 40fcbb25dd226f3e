import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, list, text } from '../../shared/field';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import type { Watch } from '../../shared/wait';
import { PAUSES } from '../states';
import { errorsOf, lookAt, type Run } from './looks';

/** A run of a tool: what Galaxy answers when it has started it. */
export const toolRun: Watch = { noun: 'tool run', end: 'Completion', pauses: PAUSES, look: async (connection, run) => await lookAt(connection, run as Run) };

/** A job with its datasets: { id }. */
export const jobWithOutputs: Watch = {
	noun: 'job',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { id }) {
		const { json: { jobs: [found] }, ...look } = await lookAt(connection, { jobs: [{ id }] });
		return { ...look, json: found };
	},
};

/** A request for a run, until Galaxy has made jobs of it and these have ended. */
export const runRequest: Watch = {
	noun: 'tool request',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, launch) {
		// what has been submitted does not change any more
		const request = launch.state === 'submitted' ? launch : { ...launch, ...((await connection.send('GET api/tool_requests/{id}', { path: { id: launch.id } })) as IDataObject) };
		const { state, state_message: message } = request as { state?: unknown; state_message?: IDataObject | null };
		if (state === 'failed') return { json: request, state, outcome: 'failed', reason: message ? String(message.err_msg ?? JSON.stringify(message)) : undefined };
		if (state !== 'submitted') return { json: request, state: String(state), outcome: 'running' };
		return await lookAt(connection, request as Run);
	},
};

/** Throws a Problem when Galaxy has started nothing, which it tells inside a good answer (contract, section 9, 22). */
export function started(run: Run): Run {
	if (run.jobs.length > 0 || (run.errors ?? []).length === 0) return run;
	throw new Problem(`Galaxy did not run the tool: ${errorsOf(run)}`, { description: 'Check the inputs' });
}

/** Starts a run; the answer comes when its jobs are made. */
export async function start(connection: Connection, body: IDataObject): Promise<{ json: Run }> {
	return { json: started((await connection.send('POST api/tools', { body: body as never })) as Run) };
}

export const inputFormat = choice('Input Format', [
	{ name: 'Flat', value: 'legacy', description: 'By names such as queries_0|input2' },
	{ name: 'Nested', value: '21.01', description: 'Repeats are lists, conditionals and sections are objects' },
], { place: 'none', default: '21.01', description: 'How inputs within repeats, conditionals and sections are written' });

const given = json('Inputs', {
	place: 'none',
	default: {},
	placeholder: 'e.g. { "input1": "5a1cff6882ddb5b2", "lines": 10 }',
	description: 'Values by the names of the inputs, which Tool > Get Inputs tells. Datasets and collections are given by their IDs, or as objects with src and ID. An input for one dataset that gets several, or a collection (src "hdca"), runs the tool on each of them.',
});

/** The inputs of a tool; some tools have none. */
export const inputs = { ...given, property: { ...given.property, default: '{}' } };

export const toolVersion = text('Tool Version', { placeholder: 'e.g. 1.0.2', description: 'The newest one when left empty' });

export const toolUuid = text('Tool UUID', { description: 'Of a tool that a user has defined on the server' });

/** What may be said of every run. */
export const runFields = {
	credentialsContext: json('Credentials', { place: 'none', description: 'Which of your credentials of other services the tool is to use: a list of objects, as Galaxy has it in "credentials_context"' }),
	dataManagerMode: choice('Data Manager Mode', [
		{ name: 'Bundle', value: 'bundle', description: 'Make a dataset of the reference data' },
		{ name: 'Dry Run', value: 'dry_run', description: 'Change nothing on the server' },
		{ name: 'Populate', value: 'populate', description: 'Add the reference data to the server' },
	], { place: 'none', description: 'Of tools that make reference data, administrators only' }),
	preferredObjectStoreId: text('Preferred Object Store ID', { place: 'none', description: 'Where the server is to keep the new datasets' }),
	remapJobId: text('Remap Job ID', { place: 'none', placeholder: 'e.g. 5a1cff6882ddb5b2', description: 'A failed job that this run takes the place of: jobs that wait for its datasets get the new ones' }),
	sendEmail: flag('Send Email', { place: 'none', description: 'Whether Galaxy is to send an email to you when the jobs have ended' }),
	tags: list('Tags', { place: 'none', placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list of tags for the new datasets' }),
	toolUuid: { ...toolUuid, place: 'none' as const },
	toolVersion: { ...toolVersion, place: 'none' as const },
	useCachedJob: flag('Use Cached Job', { place: 'none', description: 'Whether to take over the results of an equal job that has run before' }),
};
