import type { IDataObject } from 'n8n-workflow';

import { flag, json, locator, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { ID_PLACEHOLDER, jobId } from '../../fields';
import { checkedInputs } from '../../running/inputs';
import { jobWithOutputs, start, toolRun, toolVersion } from '../../running/runs';
import { simplify } from './lists';

const oneJob = { jobId: { ...jobId, place: 'none' as const } };

export const wait = program({
	name: 'Wait',
	action: 'Wait for job',
	description: 'Wait until a job has ended and its datasets are there',
	effect: 'read',
	watch: jobWithOutputs,
	alwaysWaits: true,
	simplify,
	fields: oneJob,
	run: async ({ values: { jobId: id } }) => ({ json: { id } }),
});

export const cancel = request({
	name: 'Cancel',
	action: 'Cancel job',
	description: 'Stop a job; "canceled" is false where it had ended before',
	request: 'DELETE api/jobs/{jobId}',
	destructive: true,
	fields: { jobId, message: text('Message', { place: 'body', description: 'Why; it is shown with the datasets of the job' }) },
	unwrap: (canceled: boolean, { jobId: id }) => ({ id, canceled }),
});

export const resume = program({
	name: 'Resume',
	action: 'Resume job',
	description: 'Let a paused job go on, when its inputs have been mended',
	watch: jobWithOutputs,
	simplify,
	fields: oneJob,
	async run({ connection, values: { jobId: id } }) {
		await connection.send('PUT api/jobs/{id}/resume', { path: { id } });
		// Galaxy answers the same when nothing goes on
		return { json: (await connection.send('GET api/jobs/{id}', { path: { id } })) as IDataObject };
	},
});

export const rerun = program({
	name: 'Rerun',
	action: 'Rerun job',
	description: 'Run a tool once more as in a job, with other inputs where you give some',
	watch: toolRun,
	fields: {
		...oneJob,
		historyId: locator('History', { list: 'searchHistories', place: 'none', idPlaceholder: ID_PLACEHOLDER, description: 'Where the new datasets get; where those of the job are when left empty' }),
		inputs: json('Inputs', { place: 'none', placeholder: 'e.g. { "lines": 20 }', description: 'The inputs that are to be others, nested; whole repeats, conditionals and sections take the place of those of the job' }),
		remap: flag('Remap', { place: 'none', description: 'Whether jobs that wait for datasets of the failed job go on with the new ones' }),
		toolVersion: { ...toolVersion, place: 'none' as const, property: { ...toolVersion.property, description: 'That of the job when left empty' } },
		useCachedJob: flag('Use Cached Job', { place: 'none', description: 'Whether to take over the results of an equal job that has run before' }),
	},
	async run({ connection, values: { jobId: id, historyId, inputs: others, remap, toolVersion: version, useCachedJob } }) {
		if (Array.isArray(others)) throw new Problem('"Inputs" is a list', { description: 'Give an object: the names of the inputs with their values' });
		const form = (await connection.send('GET api/jobs/{id}/build_for_rerun', { path: { id }, query: { tool_version: version } })) as IDataObject;
		if (remap && !form.job_remap) throw new Problem('No other job waits for datasets of this one', { description: 'Switch "Remap" off, or choose a failed job whose datasets others wait for' });
		const tool = { toolId: String(form.id), toolVersion: String(form.version) };
		const { inputs } = await checkedInputs(connection, tool, { ...(form.state_inputs as IDataObject), ...others }, '21.01');
		return await start(connection, {
			history_id: historyId ?? form.history_id,
			tool_id: tool.toolId,
			tool_version: tool.toolVersion,
			inputs: { ...inputs, ...(remap && { rerun_remap_job_id: id }) },
			input_format: '21.01',
			use_cached_job: useCachedJob,
		});
	},
});

export const getLock = request({
	name: 'Get Job Lock',
	action: 'Get job lock',
	description: 'Retrieve whether the server starts jobs, administrators only',
	request: 'GET api/job_lock',
	fields: {},
});

export const setLock = request({
	name: 'Set Job Lock',
	action: 'Set job lock',
	description: 'Let the server start no more jobs, of no user, or start them again, administrators only',
	request: 'PUT api/job_lock',
	destructive: true,
	fields: { active: flag('Locked', { default: true, description: 'Whether to start no more jobs; what runs goes on' }) },
});
