import type { IDataObject } from 'n8n-workflow';

import { choice, choices, flag, list, locator, moment, optionsOf, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { pages } from '../../api';
import { ID_PLACEHOLDER, jobId, toolId } from '../../fields';
import { checkedInputs, type InputFormat } from '../../running/inputs';
import { inputFormat, inputs } from '../../running/runs';

/** The most useful fields of a job. */
export const simplify = ['id', 'tool_id', 'state', 'exit_code', 'create_time', 'update_time', 'history_id', 'outputs', 'stdout', 'stderr'];

const STATES = optionsOf('deleted', 'deleting', 'error', 'failed', 'new', 'ok', 'paused', 'queued', 'resubmitted', 'running', 'skipped', 'stop', 'stopped', 'upload', 'waiting');

export const get = request({
	name: 'Get',
	action: 'Get job',
	description: 'Retrieve a job by its ID',
	request: 'GET api/jobs/{jobId}',
	simplify,
	fields: { jobId, full: flag('Full', { description: 'Whether to give out what it has written, and its messages, too' }) },
});

export const getAll = request({
	name: 'Get Many',
	action: 'Get many jobs',
	description: 'Retrieve a list of your jobs, the last ones first',
	request: 'GET api/jobs',
	pages,
	simplify,
	fields: {
		dateRangeMax: moment('Updated Before'),
		dateRangeMin: moment('Updated After'),
		historyId: locator('History', { list: 'searchHistories', idPlaceholder: ID_PLACEHOLDER }),
		implicitCollectionJobsId: text('Implicit Collection Jobs ID', { placeholder: ID_PLACEHOLDER, description: 'The jobs of a tool that was run on each dataset of a collection' }),
		invocationId: locator('Invocation', { list: 'searchInvocations', idPlaceholder: ID_PLACEHOLDER }),
		orderBy: choice('Order By', [{ name: 'Created', value: 'create_time' }, { name: 'Updated', value: 'update_time' }]),
		search: text('Search', { placeholder: 'e.g. tool_id:cat1', description: 'Words in tool, runner, handler or user; a word with a colon before it searches there alone' }),
		states: choices('States', STATES, { wire: 'state' }),
		toolIds: list('Tool IDs', { wire: 'tool_id', placeholder: 'e.g. cat1,Filter1', description: 'Comma-separated list' }),
		toolIdsLike: list('Tool IDs Like', { wire: 'tool_id_like', placeholder: 'e.g. %bwa%', description: 'Comma-separated list of parts of IDs: % stands for any letters' }),
		toolRequestId: text('Tool Request ID', { placeholder: ID_PLACEHOLDER, description: 'The jobs of a tool that was run by an async request' }),
		userDetails: flag('User Details', { description: 'Whether to give out email addresses and the IDs of the runner, administrators only; turn "Simplify" off to see them' }),
		userId: locator('User', { list: 'searchUsers', idPlaceholder: ID_PLACEHOLDER, description: 'Whose jobs to list; those of others as an administrator' }),
		view: choice('View', [{ name: 'Administrator', value: 'admin_job_list', description: 'With handler and runner, of all users' }, { name: 'Usual', value: 'collection' }], { description: 'How much to give out of each' }),
		workflowId: locator('Workflow', { list: 'searchWorkflows', idPlaceholder: ID_PLACEHOLDER }),
	},
});

export const findEquivalent = program({
	name: 'Find Equivalent',
	action: 'Find equivalent jobs',
	description: 'Find a job of yours that has run the same tool on the same inputs, so that its results can be used again',
	effect: 'read',
	simplify,
	fields: {
		toolId: { ...toolId, place: 'none' as const },
		inputs,
		inputFormat,
		historyId: locator('History', { list: 'searchHistories', place: 'none', idPlaceholder: ID_PLACEHOLDER, description: 'Where the job must have run' }),
		state: choice('State', STATES, { place: 'none', description: 'The state of the job; ok when left empty' }),
	},
	async run({ connection, values: { toolId: id, inputs: given, inputFormat: format, historyId: history, state } }) {
		// this call takes flat names alone
		const { flat } = await checkedInputs(connection, { toolId: id }, given, format as InputFormat);
		const found = (await connection.send('POST api/jobs/search', { body: { tool_id: id, inputs: flat as never, history_id: history, state }, repeat: 'safe' })) as IDataObject[];
		return found.map((json) => ({ json }));
	},
});

