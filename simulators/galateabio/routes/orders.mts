import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { servicesOf } from '../credits.mts';
import { badRequest, notFound, unprocessable } from '../errors.mts';
import { FAMILIES } from '../families.mts';
import type { Family } from '../families.mts';
import { page, Query } from '../query.mts';
import { current, familyOf } from '../records.mts';
import type { Order } from '../records.mts';
import { makeReports } from '../results.mts';
import { body, idParams, uuid } from '../schemas.mts';
import { CANCELABLE, ORDER_STATUSES, STATUS_GROUPS } from '../statuses.mts';
import { checkSubmission, submissionSchema } from '../submission.mts';
import type { Submission } from '../submission.mts';
import { genomeType } from '../views.mts';

/** Orders: list, submission, tags and cancellation (GalateaBio docs, Orders). */
export function orderRoutes(app: FastifyInstance, { state, views, lifecycle, credits }: Context): void {
	app.get('/exec/orders', async (request) => {
		const query = new Query(request.query);
		const [ids, tags, organizations] = [query.ids('orders_ids'), query.ids('tags_ids'), query.list('org_names')];
		const status = query.choice('status', ORDER_STATUSES);
		const group = query.choice('status_group', Object.keys(STATUS_GROUPS));
		const type = query.choice('type', ['GNT', 'WGS', 'EXTERNAL']);
		const family = query.choice('model_api_name', Object.keys(FAMILIES) as Family[]);
		const modelName = query.text('model_name');
		const inPeriod = query.period();
		const orders = [...state.orders.values()].reverse().filter(
			(order) =>
				(ids.length === 0 || ids.includes(order.id)) &&
				(tags.length === 0 || tags.some((id) => order.tags.has(id))) &&
				(organizations.length === 0 || organizations.includes(state.organization.name)) &&
				(status === undefined || status === current(order)) &&
				(group === undefined || STATUS_GROUPS[group].includes(current(order))) &&
				(type === undefined || type === orderType(order)) &&
				(family === undefined || family === familyOf(order)) &&
				(modelName === undefined || modelName === order.model.model_name) &&
				inPeriod(order.history[0].at),
		);
		return page(request, matching(orders, query.text('filter')), (order) => views.listedOrder(order));
	});

	app.post<{ Body: Submission }>('/exec/orders', { schema: { body: submissionSchema } }, async (request, reply) => {
		const { tags_ids: tags = [], pdf_report_types: types, pdf_metadata: metadata } = request.body;
		const { file, model } = checkSubmission(request.body, state);
		const services = servicesOf(model, genomeType(file), types ?? []);
		if (!credits.pays(services)) throw unprocessable();
		const order = state.addOrder({ file, model, submittedBy: request.user, tags: tags.map((id) => id.toLowerCase()), pdfMetadata: metadata ?? undefined });
		credits.spend(services, order);
		order.reports = await makeReports(order, types ?? []);
		lifecycle.proceed(order);
		return reply.code(201).send([views.submittedOrder(order)]);
	});

	app.patch<{ Params: { order_id: string }; Body: { tags_ids: string[] } }>(
		'/exec/orders/:order_id',
		{ schema: { params: idParams('order_id'), body: body({ tags_ids: { type: 'array', items: uuid } }) } },
		async (request) => {
			const order = state.orders.get(request.params.order_id.toLowerCase());
			const tags = request.body.tags_ids.map((id) => id.toLowerCase());
			if (!order || !tags.every((id) => state.tags.has(id))) throw notFound();
			order.tags = new Set(tags);
			return views.changedOrder(order);
		},
	);

	app.post<{ Body: { order_id: string } }>('/exec/cancel', { schema: { body: body({ order_id: uuid }) } }, async (request) => {
		const order = state.orders.get(request.body.order_id.toLowerCase());
		if (!order || !CANCELABLE.includes(current(order))) throw badRequest();
		lifecycle.cancel(order);
		return { details: `Request to cancel execution id ${order.id} accepted` };
	});
}

function orderType(order: Order): string {
	return order.file.virtual ? 'EXTERNAL' : genomeType(order.file);
}

// an exact id comes first and alone, for the vendor's client takes the first row
function matching(orders: Order[], text: string | undefined): Order[] {
	if (text === undefined) return orders;
	const exact = orders.filter((order) => order.id === text);
	if (exact.length > 0) return exact;
	return orders.filter((order) => order.file.id === text || order.file.name.toLowerCase().includes(text.toLowerCase()));
}
