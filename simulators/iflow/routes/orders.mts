import { rename } from '../changes.mts';
import type { Call, Context, Handler } from '../context.mts';
import { conflict, forbidden } from '../errors.mts';
import { emptyFields } from '../fixture.mts';
import { labflowFor } from '../labflows.mts';
import { hasIn, page } from '../lists.mts';
import { generationOf, isForAdmins, maySucceed, wordIn } from '../order-states.mts';
import { editable, projectOf } from '../projects.mts';
import type { Order, OrderFields } from '../records.mts';
import { checkBody, wordOf } from '../validation.mts';

const find = ({ params, query }: Call, { state }: Context, projectId: string): Order => state.find('orders', projectId, params.id, query.lookup);

const list: Handler = (call, context) => {
	const { state, views } = context;
	const { id } = projectOf(call, context);
	const generation = generationOf(state.settings);
	const status = wordOf(call.query, 'status', generation.statuses);
	const priority = wordOf(call.query, 'priority', generation.priorities);
	const fits = (order: Order) => (status === undefined || wordIn(generation, order.status) === wordIn(generation, status)) && (priority === undefined || order.fields.priority === priority);
	return page(call, context, state.in('orders', id).filter((order) => fits(order) && hasIn(order.displayId, call.query.search)), views.order);
};

const text = { type: 'text' } as const;

/** Checks a body; gives its fields under the names of the newest generation, absent ones empty. */
function read({ body }: Call, { state }: Context): { displayId: string | undefined; fields: OrderFields; tags: string[]; properties: Record<string, unknown> } {
	const { priorities, priority } = generationOf(state.settings);
	const { display_id, order_id, name, indication, clinical_indication, tags, properties, ...fields } = checkBody(body, {
		display_id: text,
		order_id: text,
		name: text,
		mode: { ...text, values: ['hereditary', 'somatic'] },
		priority: { ...text, values: priorities },
		accession_number: text,
		external_id: text,
		description: text,
		clinical_indication: text,
		indication: text,
		test_type: text,
		ordering_provider: text,
		ordering_facility: text,
		received_date: { type: 'date' },
		due_date: { type: 'date' },
		tags: { type: 'texts' },
		properties: { type: 'object' },
	});
	return {
		displayId: display_id || order_id || name || undefined,
		fields: { ...emptyFields(priority), ...fields, priority: fields.priority ?? priority, clinical_indication: clinical_indication ?? indication ?? null },
		tags: tags ?? [],
		properties: properties ?? {},
	};
}

const create: Handler = (call, context) => {
	const { state, views } = context;
	const project = editable(call, context);
	const { displayId = state.newDisplayId('orders', project.id), fields, ...rest } = read(call, context);
	const entity = state.newEntity('orders', { projectId: project.id, displayId, by: call.user, ...rest });
	const order: Order = { ...entity, status: 'created', fields, samples: new Map(), labflowId: labflowFor(state, project)?.id ?? null, lastTransition: null };
	state.orders.set(order.id, order);
	call.reply.code(201);
	return views.order(order);
};

const get: Handler = (call, context) => context.views.order(find(call, context, projectOf(call, context).id));

/** Replaces all that can be written (contract, section 12, 12); the status is none of it. */
const update: Handler = (call, context) => {
	const { state, views } = context;
	const project = editable(call, context);
	const { displayId, ...written } = read(call, context);
	const order = find(call, context, project.id);
	if (displayId) rename(context, 'orders', order, displayId);
	Object.assign(order, written);
	state.touch(order);
	return views.order(order);
};

/** Deletes an order; its samples and runs stay. */
const remove: Handler = (call, context) => {
	const { state } = context;
	const order = find(call, context, editable(call, context).id);
	if (order.status === 'completed') throw conflict('A completed order cannot be deleted');
	state.orders.delete(order.id);
	return state.settings.deleteBody ? { id: order.id, deleted: true } : undefined;
};

const transition: Handler = (call, context) => {
	const { state, views, clock } = context;
	const { settings } = state;
	const project = editable(call, context);
	const { status } = checkBody(call.body, { status: { type: 'text', required: true, values: generationOf(settings).statuses }, comment: text });
	const order = find(call, context, project.id);
	if (isForAdmins(status) && call.user.roles[project.id] !== 'project_admin') throw forbidden(`Only administrators of the project may set ${status}`);
	if (!maySucceed(settings, order.status, status)) throw conflict(`Cannot change order status from ${order.status} to ${status}`);
	order.lastTransition = { from: order.status, to: status, at: clock.now(), by: call.user.id };
	order.status = status;
	state.touch(order);
	return views.order(order);
};

export const ORDER_CALLS: Record<string, Handler> = {
	'GET /miner/orders': list,
	'POST /miner/orders': create,
	'GET /miner/orders/{id}': get,
	'PUT /miner/orders/{id}': update,
	'DELETE /miner/orders/{id}': remove,
	'POST /miner/orders/{id}/transition': transition,
};
