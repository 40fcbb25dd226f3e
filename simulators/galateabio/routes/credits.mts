import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { CREDIT_SERVICES } from '../credits.mts';
import type { Credits } from '../credits.mts';
import { FAMILIES } from '../families.mts';
import type { Family } from '../families.mts';
import { page, Query } from '../query.mts';

/** Credits of organizations, and what those of the own one were spent on; only in the specification. */
export function creditRoutes(app: FastifyInstance, { views, credits, otherCredits }: Context): void {
	const isMeant = ({ organizationId }: Credits, ids: string[]) => ids.length === 0 || ids.includes(organizationId);

	app.get('/credit/balance', async (request) => {
		const ids = new Query(request.query).ids('orgs_ids');
		return page(request, [credits, ...otherCredits].filter((one) => isMeant(one, ids)), (one) => views.balance(one));
	});

	app.get('/credit/ledger', async (request) => {
		const query = new Query(request.query);
		const organizations = query.ids('orgs_ids');
		const orderId = query.id('order_id');
		const services = query.choices('credit_service_types', CREDIT_SERVICES);
		const families = query.choices('model_api_names', Object.keys(FAMILIES) as Family[]);
		const full = query.flag('show_full');
		const inPeriod = query.period();
		const entries = credits.ledger.filter(
			({ order, service, at }) =>
				isMeant(credits, organizations) &&
				(orderId === undefined || order?.id === orderId) &&
				(services.length === 0 || services.includes(service)) &&
				(families.length === 0 || (order !== null && families.includes(order.model.model_api_name))) &&
				// "show full ledger", says the specification; here the rest is what no order was charged
				(full || order !== null || services.includes(service)) &&
				inPeriod(at),
		);
		return page(request, entries.reverse(), (entry) => views.ledgerEntry(entry));
	});
}
