import { choice, flag, locator, number, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { REPORTS } from '../models';
import { ID_PLACEHOLDER } from '../placeholders';
import { orderId } from './order';

const getAll = request({
	name: 'Get Many',
	action: 'Get many PDF reports',
	description: 'Retrieve a list of the reports of an order',
	request: 'GET data/results/{orderId}/pdf_report',
	pages,
	simplify: ['id', 'status', 'sample_id', 'order_id', 'report_type', 'report_version', 'request_version', 'pdf_file_name', 'file_size_bytes', 'completed_at'],
	fields: {
		orderId,
		latest: flag('Latest', { description: 'Whether to return only the newest version of each report' }),
		reportType: choice('Report Type', REPORTS, { wire: 'report_type' }),
		reportVersion: text('Report Version', { wire: 'report_version' }),
		requestVersion: number('Request Version', { wire: 'request_version', min: 0, whole: true, description: 'Rises when reports are requested again' }),
		sampleId: text('Sample ID', { wire: 'sample_id' }),
	},
});

const download = request({
	name: 'Download',
	action: 'Download PDF report',
	description: 'Fetch one report as a PDF file',
	request: 'GET data/results/{orderId}/download?result_type=PDF_REPORT',
	fields: {
		orderId,
		reportId: locator('Report', { list: 'searchReports', place: 'query', wire: 'pdf_request_id', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A report of the order' }),
	},
	file: ({ reportId }) => ({ name: `${reportId}.pdf`, mimeType: 'application/pdf' }),
});

const downloadAll = request({
	name: 'Download All',
	action: 'Download all PDF reports',
	description: 'Fetch all reports of an order as a ZIP file',
	request: 'GET data/results/{orderId}/download?result_type=PDF_REPORT',
	fields: { orderId },
	file: ({ orderId: order }) => ({ name: `${order}.zip`, mimeType: 'application/zip' }),
});

const regenerate = request({
	name: 'Regenerate',
	action: 'Regenerate PDF reports',
	description: 'Have the reports of an order made again that have failed',
	request: 'POST data/results/{orderId}/request_pdf',
	fields: { orderId },
	unwrap: (_answer: unknown, { orderId: order }) => ({ id: order, requested: true }),
});

export const pdfReport: Resource = { name: 'PDF Report', operations: { download, downloadAll, getAll, regenerate } };
