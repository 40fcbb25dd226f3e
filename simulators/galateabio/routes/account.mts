import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { Query } from '../query.mts';
import { idParams } from '../schemas.mts';

/** The user, the organization within it (GalateaBio docs, Account), the organization's models, and API keys (specification). */
export function accountRoutes(app: FastifyInstance, { state, views, sessions }: Context): void {
	const params = idParams('organization_id');

	app.get('/users/me', async ({ user }) => views.user(user));

	app.get('/organizations/:organization_id/models', { schema: { params } }, async ({ query }) => {
		const hide = new Query(query).flag('hide_deprecated');
		return state.organization.models
			.filter((model) => !(hide && model.deprecated))
			.map(({ model_name, model_api_name }) => ({ model_name, model_api_name }));
	});

	// the specification has only the status; the key speaks for the user who asked for it, and earlier keys stay good
	app.post('/organizations/:organization_id/generate-api-key', { config: { admin: true }, schema: { params } }, async ({ user }, reply) =>
		reply.code(201).send({ api_key: sessions.addKey(user) }),
	);
}
