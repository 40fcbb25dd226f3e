import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { notFound } from '../errors.mts';
import { Query } from '../query.mts';
import { idParams } from '../schemas.mts';

/** The user, the organization within it, and the organization's models (GalateaBio docs, Account). */
export function accountRoutes(app: FastifyInstance, { state, views }: Context): void {
	app.get('/users/me', async () => views.user());

	app.get<{ Params: { organization_id: string } }>(
		'/organizations/:organization_id/models',
		{ schema: { params: idParams('organization_id') } },
		async ({ params, query }) => {
			const { id, models } = state.organization;
			if (params.organization_id.toLowerCase() !== id) throw notFound();
			const hide = new Query(query).flag('hide_deprecated');
			return models
				.filter((model) => !(hide && model.deprecated))
				.map(({ model_name, model_api_name }) => ({ model_name, model_api_name }));
		},
	);
}
