import type { Handler } from '../context.mts';
import { notFound } from '../errors.mts';
import { labflowsOf, labflowView, stateView } from '../labflows.mts';
import { whole } from '../lists.mts';
import { projectOf } from '../projects.mts';
import { wordOf } from '../validation.mts';

const list: Handler = (call, context) => {
	const project = projectOf(call, context);
	const wanted = wordOf(call.query, 'scope', ['system', 'org', 'project']);
	return whole(context, labflowsOf(context.state, project).filter(({ scope }) => wanted === undefined || scope === wanted), labflowView);
};

const get: Handler = (call, context) => {
	const labflow = labflowsOf(context.state, projectOf(call, context)).find(({ id }) => id === call.params.id);
	if (!labflow) throw notFound('Labflow');
	return labflowView(labflow);
};

const getOfOrder: Handler = (call, context) => {
	const { params, query } = call;
	const order = context.state.find('orders', projectOf(call, context).id, params.id, query.lookup);
	if (order.labflowId === null) throw notFound('Labflow of this order');
	return stateView(order, context.clock);
};

export const LABFLOW_CALLS: Record<string, Handler> = {
	'GET /miner/labflows': list,
	'GET /miner/labflows/{id}': get,
	'GET /miner/orders/{id}/labflow': getOfOrder,
};
