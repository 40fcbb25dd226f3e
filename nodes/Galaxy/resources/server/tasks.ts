import { id } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { preparedFileOf, task, taskOutcome } from '../../tasks';

const taskId = id('Task ID', { placeholder: 'e.g. 52e59131-4921-44cc-a036-f703fb9f284c', description: 'The ID that the operation gave out which started the task' });

const storageRequestId = id('Storage Request ID', { placeholder: 'e.g. edc6fe00-80e6-4143-af2a-b41c46cee69a', description: 'The ID that the operation gave out which had the file prepared' });

export const getTaskState = request({
	name: 'Get Task State',
	action: 'Get state of task on server',
	description: 'Retrieve how a long task stands, which is PENDING also for one that the server does not know',
	request: 'GET api/tasks/{taskId}/state',
	fields: { taskId },
	unwrap: (state: string, { taskId: of }) => ({ id: of, state, finished: taskOutcome(state) !== 'running', succeeded: taskOutcome(state) === 'succeeded' }),
});

export const getTaskResult = request({
	name: 'Get Task Result',
	action: 'Get result of task on server',
	description: 'Retrieve what came of a long task: its result, or why it failed',
	request: 'GET api/tasks/{taskId}/result',
	fields: { taskId },
});

export const waitForTask = program({
	name: 'Wait for Task',
	action: 'Wait for task on server',
	description: 'Wait until a long task has ended',
	effect: 'read',
	fields: { taskId },
	watch: task,
	alwaysWaits: true,
	run: async ({ values }) => ({ json: { id: values.taskId } }),
});

export const getShortTermStorage = request({
	name: 'Get Prepared File State',
	action: 'Get state of prepared file on server',
	description: 'Retrieve whether a file that was prepared can be downloaded; it never can when its task failed',
	request: 'GET api/short_term_storage/{storageRequestId}/ready',
	fields: { storageRequestId },
	unwrap: (ready: boolean, { storageRequestId: of }) => ({ storage_request_id: of, ready }),
});

export const downloadShortTermStorage = program({
	name: 'Download Prepared File',
	action: 'Download prepared file from server',
	description: 'Fetch a file that was prepared; the server keeps it for about a day',
	effect: 'read',
	fields: { storageRequestId },
	filesOut: true,
	run: async ({ download, values }) => await download(...preparedFileOf({ storage_request_id: values.storageRequestId }), { name: 'galaxy-export', mimeType: 'application/octet-stream' }),
});
