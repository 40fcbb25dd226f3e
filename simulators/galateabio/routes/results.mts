import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { sendFile } from '../download.mts';
import { badRequest, notFound, unprocessable } from '../errors.mts';
import { JSON_RESULT_TYPES, LEGACY_RESULT_TYPES, PDF_REPORT_TYPES, RESULT_LABELS } from '../families.mts';
import type { ResultType } from '../families.mts';
import { page, Query } from '../query.mts';
import { current } from '../records.mts';
import type { Order, Report } from '../records.mts';
import { availableResults, remakeReports, reportPeriod, resultFile, resultRows } from '../results.mts';
import { idParams } from '../schemas.mts';
import { reportStatus } from '../views.mts';

interface ByOrder {
	Params: { order_id: string };
}

const REPORT_TYPES = ['ANCESTRY', 'PRS_CLINICAL', ...PDF_REPORT_TYPES];

/** Results of orders: files, JSON, PDF reports and samples (GalateaBio docs, Results). */
export function resultRoutes(app: FastifyInstance, { state, views, lifecycle }: Context): void {
	const schema = { params: idParams('order_id') };

	function find(id: string): Order {
		const order = state.orders.get(id.toLowerCase());
		if (!order) throw notFound();
		return order;
	}

	app.get<ByOrder>('/data/results/:order_id/download', { schema }, async (request, reply) => {
		const query = new Query(request.query);
		const type = query.choice('result_type', [...Object.keys(RESULT_LABELS), ...LEGACY_RESULT_TYPES]) as ResultType | undefined;
		const reportId = query.id('pdf_request_id');
		if (type === undefined || (reportId !== undefined && type !== 'PDF_REPORT')) throw badRequest();
		const order = find(request.params.order_id);
		if (!availableResults(order).includes(type)) throw notFound();
		if (reportId === undefined) return sendFile(reply, await resultFile(order, type));
		const report = order.reports.find(({ id, failed }) => id === reportId && !failed);
		if (!report) throw notFound();
		return sendFile(reply, { fileName: report.fileName, contentType: 'application/pdf', content: report.content });
	});

	// without a type the answer is an object by type; its shape is invented as that of the rows is
	app.get<ByOrder>('/data/results/:order_id/json', { schema }, async (request) => {
		const asked = new Query(request.query).choice('result_type', JSON_RESULT_TYPES);
		const order = find(request.params.order_id);
		const available = JSON_RESULT_TYPES.filter((type) => availableResults(order).includes(type));
		if (asked === undefined ? available.length === 0 : !available.includes(asked)) throw notFound();
		if (asked !== undefined) return resultRows(order, asked);
		return Object.fromEntries(available.map((type) => [type, resultRows(order, type)]));
	});

	app.get<ByOrder>('/data/results/:order_id/pdf_report', { schema }, async (request) => {
		const query = new Query(request.query, unprocessable);
		const requestVersion = query.integer('request_version');
		const reportVersion = query.text('report_version');
		const sampleId = query.text('sample_id');
		const type = query.choice('report_type', REPORT_TYPES);
		const latest = query.flag('latest');
		const order = find(request.params.order_id);
		const reports = reportStatus(order) === undefined ? [] : order.reports.filter(
			(report) =>
				(requestVersion === undefined || report.requestVersion === requestVersion) &&
				(reportVersion === undefined || report.reportVersion === reportVersion) &&
				(sampleId === undefined || report.sample.sampleId === sampleId) &&
				(type === undefined || report.type === type) &&
				(!latest || isLatest(report, order)),
		);
		return page(request, reports, (report) => views.report(report, order), query);
	});

	// only in the specification: "regenerate PDF report for order if reports are failed"
	app.post<ByOrder>('/data/results/:order_id/request_pdf', { schema }, async (request) => {
		const order = find(request.params.order_id);
		if (current(order) !== 'Reports failed') throw unprocessable();
		const failed = reportPeriod(order);
		lifecycle.remakeReports(order);
		await remakeReports(order, failed);
		return { detail: `Request PDF report for ${order.id}` };
	});

	// not in the provider's specification; the vendor's client calls it
	app.get<ByOrder>('/data/results/:order_id/samples', { schema }, async (request) => {
		const order = find(request.params.order_id);
		if (!availableResults(order).includes('SUMMARY_SUPERSET')) throw notFound();
		return order.samples.map(({ id, sampleId }) => ({ id, sample_id: sampleId }));
	});
}

function isLatest(report: Report, order: Order): boolean {
	return !order.reports.some(
		(other) => other.sample === report.sample && other.type === report.type && other.requestVersion > report.requestVersion,
	);
}
