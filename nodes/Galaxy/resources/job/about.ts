import type { IDataObject } from 'n8n-workflow';

import { choice, locator, number, text } from '../../../shared/field';
import { program, request, type Operation } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { historyOf, ID_PLACEHOLDER, jobId } from '../../fields';
import { textOf } from '../../running/texts';

export const getInputs = request({
	name: 'Get Inputs',
	action: 'Get inputs of job',
	description: 'Retrieve the datasets that went into a job',
	request: 'GET api/jobs/{jobId}/inputs',
	fields: { jobId },
});

export const getOutputs = request({
	name: 'Get Outputs',
	action: 'Get outputs of job',
	description: 'Retrieve the datasets and collections that a job has made',
	request: 'GET api/jobs/{jobId}/outputs',
	fields: { jobId },
});

const hdaLdda = choice('Kind of Datasets', [{ name: 'Of Histories', value: 'hda' }, { name: 'Of Libraries', value: 'ldda' }], { description: 'Where the datasets of the job stand' });

export const getParameters = request({
	name: 'Get Parameters',
	action: 'Get parameters of job',
	description: 'Retrieve what a job was run with, in the words of the form of the tool',
	request: 'GET api/jobs/{jobId}/parameters_display',
	fields: { jobId, hdaLdda },
});

export const getMetrics = request({
	name: 'Get Metrics',
	action: 'Get metrics of job',
	description: 'Retrieve how long a job ran and what it used, one item for each; the server may hide it',
	request: 'GET api/jobs/{jobId}/metrics',
	fields: { jobId, hdaLdda },
});

const written = (name: string, call: string, what: string): Operation =>
	program({
		name: `Get ${name}`,
		action: `Get ${call} of job`,
		description: `Retrieve what a job has written ${what}`,
		effect: 'read',
		fields: { jobId: { ...jobId, place: 'none' as const } },
		run: async ({ connection, values: { jobId: id } }) => ({ json: { job_id: id, text: (await textOf(connection, `GET api/jobs/{id}/${call}`, { path: { id } })).text } }),
	});

export const getStdout = written('Stdout', 'stdout', 'to its output');
export const getStderr = written('Stderr', 'stderr', 'about its errors');

const position = (stream: string) => number(`${stream} Position`, { place: 'query', default: 0, min: 0, whole: true, description: 'The first character to read, counted from 0' });
const length = (stream: string) => number(`${stream} Length`, { place: 'query', default: 50_000, min: 0, whole: true, description: 'How many characters to read at the most' });

export const getConsoleOutput = request({
	name: 'Get Console Output',
	action: 'Get console output of job',
	description: 'Retrieve what a running job has written so far, where the server shows it',
	request: 'GET api/jobs/{jobId}/console_output',
	fields: { jobId, stdoutPosition: position('Stdout'), stdoutLength: length('Stdout'), stderrPosition: position('Stderr'), stderrLength: length('Stderr') },
});

export const getCommonProblems = request({
	name: 'Get Common Problems',
	action: 'Get common problems of job',
	description: 'Retrieve whether inputs of a job are empty, or stand there twice',
	request: 'GET api/jobs/{jobId}/common_problems',
	fields: { jobId },
});

export const reportError = request({
	name: 'Report Error',
	action: 'Report error of job',
	description: 'Tell those who run the server of a job that failed',
	request: 'POST api/jobs/{jobId}/error',
	fields: {
		jobId,
		historyId: historyOf('dataset'),
		datasetId: locator('Dataset', { list: 'searchDatasets', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A dataset that the job was to make, chosen from the history or by its ID' }),
		email: text('Email', { placeholder: 'e.g. name@lab.org', description: 'Where an answer is to go; to your own address when left empty' }),
		message: text('Message'),
	},
	unwrap: reported,
});

/** With status 200 Galaxy tells that it could not send the report. */
function reported({ messages }: { messages: Array<[text: string, level: string]> }): IDataObject[] {
	const failed = messages.filter(([, level]) => level === 'danger').map(([message]) => message);
	if (failed.length > 0) throw new Problem(`Galaxy did not report the error: ${failed.join('. ')}`, { description: 'Tell the administrator of the server by other means' });
	return messages.map(([message, level]) => ({ message, level }));
}

export const getDestinationParameters = request({
	name: 'Get Destination Parameters',
	action: 'Get destination parameters of job',
	description: 'Retrieve where and how the server runs a job, administrators only',
	request: 'GET api/jobs/{jobId}/destination_params',
	fields: { jobId },
});
