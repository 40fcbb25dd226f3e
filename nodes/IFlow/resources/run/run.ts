import type { IDataObject } from 'n8n-workflow';

import { choice, flag, optionsOf } from '../../../shared/field';
import { program, request, type Resource } from '../../../shared/operation';
import { answered } from '../../answered';
import { orderId, projectId, runId } from '../../fields';
import { pages, whole } from '../../pages';
import { projectIn } from '../../pipelines';
import { noOutputs, simplify, STATUSES, watch, type Output } from '../../runs';
import { downloadOutput } from './download';
import { submit } from './submit';

const getAll = request({
	name: 'Get Many',
	action: 'Get many runs',
	description: 'Retrieve a list of runs, the newest first',
	request: 'GET compute/runs',
	pages,
	simplify,
	fields: { projectId, status: choice('Status', optionsOf(...STATUSES), { description: 'Where the server can choose by it' }) },
});

const get = request({ name: 'Get', action: 'Get run', description: 'Retrieve a run with its status', request: 'GET compute/runs/{runId}', simplify, fields: { projectId, runId } });

const getByOrder = request({
	name: 'Get Many by Order',
	action: 'Get many runs by order',
	description: 'Retrieve a list of the runs that were done for an order',
	request: 'GET compute/runs/by-order/{orderId}',
	pages: whole,
	simplify,
	fields: { projectId, orderId },
});

const getOutputs = request({
	name: 'Get Outputs',
	action: 'Get outputs of run',
	description: 'Retrieve what came out of a run: values, and files with their addresses',
	request: 'GET compute/runs/{runId}/outputs',
	fields: {
		projectId,
		runId,
		eachOutput: flag('One Item for Each Output', { place: 'none', default: false, description: 'Whether to give out an item for each output in place of one for the run' }),
		failWithout: flag('Fail Without Outputs', { place: 'none', description: 'Whether the item fails when the run has no outputs, with the reason that iFlow gives' }),
	},
	unwrap(answer: { outputs?: Output[]; message?: string | null }, { eachOutput, failWithout }) {
		const { outputs = [], message } = answer;
		if (failWithout && outputs.length === 0) throw noOutputs(message);
		return eachOutput ? outputs : answer;
	},
});

const cancel = request({
	name: 'Cancel',
	action: 'Cancel run',
	description: 'Stop a run that has not ended; it stays in the list as cancelled',
	request: 'DELETE compute/runs/{runId}',
	destructive: true,
	fields: { projectId, runId },
	unwrap: (answer: unknown, { runId: id }) => answered({ success: true, id }, answer),
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of run',
	description: 'Wait until a run has ended',
	effect: 'read',
	simplify,
	fields: { projectId, runId },
	watch,
	alwaysWaits: true,
	run: async ({ connection, values }) => ({ json: { id: values.runId, project_id: projectIn(values.projectId, connection.credential) } as IDataObject }),
});

export const run: Resource = { name: 'Run', operations: { cancel, downloadOutput, get, getAll, getByOrder, getOutputs, submit, waitForCompletion } };
