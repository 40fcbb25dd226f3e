import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, notFound } from '../errors.mts';
import { page, Query } from '../query.mts';

/** What the provider tells a user; only in the specification. */
export function notificationRoutes(app: FastifyInstance, { state, views }: Context): void {
	app.get('/notification', async (request) => {
		const query = new Query(request.query);
		const watched = query.text('watched') === undefined ? undefined : query.flag('watched');
		const notifications = state.notifications.filter(
			(one) => one.userId === request.user.id && (watched === undefined || one.watched === watched),
		);
		return page(request, notifications.reverse(), (one) => views.notification(one));
	});

	app.put('/notification/watch', async ({ query: raw, user }, reply) => {
		const query = new Query(raw);
		const [id, all] = [query.id('notification_id'), query.flag('watch_all')];
		if (id === undefined && !all) throw badRequest();
		const meant = state.notifications.filter((one) => one.userId === user.id && (all || one.id === id));
		if (meant.length === 0 && !all) throw notFound();
		for (const one of meant) one.watched = true;
		return reply.send();
	});
}
