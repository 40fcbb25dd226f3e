import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { notFound } from '../errors.mts';
import { page, Query } from '../query.mts';
import type { Tag } from '../records.mts';
import { body, idParams } from '../schemas.mts';

interface ById {
	Params: { tag_id: string };
}
interface Named {
	Body: { name: string };
}

/** Tags of orders (GalateaBio docs, Tags). Names need not be unique. */
export function tagRoutes(app: FastifyInstance, { state, views }: Context): void {
	const params = idParams('tag_id');
	const named = body({ name: { type: 'string', minLength: 1 } });

	function find(id: string): Tag {
		const tag = state.tags.get(id.toLowerCase());
		if (!tag) throw notFound();
		return tag;
	}

	app.get('/exec/tags', async (request) => {
		const name = new Query(request.query).text('name')?.toLowerCase() ?? '';
		const tags = [...state.tags.values()].filter((tag) => tag.name.toLowerCase().includes(name));
		return page(request, tags.reverse(), (tag) => views.tag(tag));
	});

	app.get<ById>('/exec/tags/:tag_id', { schema: { params } }, async (request) => views.tag(find(request.params.tag_id)));

	app.post<Named>('/exec/tags', { schema: { body: named } }, async (request, reply) => {
		return reply.code(201).send(views.tag(state.addTag(request.body.name)));
	});

	app.put<ById & Named>('/exec/tags/:tag_id', { schema: { params, body: named } }, async (request) => {
		const tag = find(request.params.tag_id);
		tag.name = request.body.name;
		return views.tag(tag);
	});

	app.delete<ById>('/exec/tags/:tag_id', { schema: { params } }, async (request, reply) => {
		const { id } = find(request.params.tag_id);
		state.tags.delete(id);
		for (const order of state.orders.values()) order.tags.delete(id);
		return reply.send();
	});
}
