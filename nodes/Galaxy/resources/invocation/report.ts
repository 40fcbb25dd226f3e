import { text } from '../../../shared/field';
import { program, request, type OutputItem } from '../../../shared/operation';
import { invocationId } from '../../fields';

const getReport = request({
	name: 'Get Report',
	action: 'Get report of invocation',
	description: 'Retrieve the report on a run of a workflow, with its text in Markdown',
	request: 'GET api/invocations/{invocationId}/report',
	simplify: ['title', 'markdown', 'invocation_markdown', 'generate_time', 'generate_version', 'username', 'errors'],
	fields: { invocationId },
});

const downloadReportPdf = request({
	name: 'Download Report PDF',
	action: 'Download report of invocation as PDF',
	description: 'Fetch the report on a run of a workflow as PDF, where the server can make one',
	request: 'GET api/invocations/{invocationId}/report.pdf',
	fields: { invocationId },
	file: ({ invocationId: id }) => ({ name: `galaxy-report-${id}.pdf`, mimeType: 'application/pdf' }),
});

const getMetrics = request({
	name: 'Get Metrics',
	action: 'Get metrics of invocation',
	description: 'Retrieve what the jobs of a run needed: time, memory, processors',
	request: 'GET api/invocations/{invocationId}/metrics',
	fields: { invocationId },
});

const reportError = program({
	name: 'Report Error',
	action: 'Report error of invocation',
	description: 'Tell the administrators of the server about a run that failed',
	fields: {
		invocationId,
		message: text('Message', { required: true, description: 'What went wrong' }),
		email: text('Email', { placeholder: 'e.g. name@example.org', description: 'Where the answer goes; your own address by default' }),
	},
	async run({ connection, values: { invocationId: id, message, email } }) {
		return { json: ((await connection.send('POST api/invocations/{id}/error', { path: { id }, body: { invocation_id: id, message, email } })) as OutputItem['json'] | undefined) ?? { success: true } };
	},
});

export const reports = { downloadReportPdf, getMetrics, getReport, reportError };
