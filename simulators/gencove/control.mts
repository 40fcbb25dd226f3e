import type { FastifyInstance } from 'fastify';
import type { Context } from './context.mts';
import { addEventControl } from './control-events.mts';
import { settingsSchema } from './settings.mts';
import type { Settings } from './settings.mts';

/** The routes under `/simulator/gencove/`: what the service's own staff, web pages and luck do. */
export function addProviderControl(app: FastifyInstance, context: Context): void {
	const { state } = context;
	addEventControl(app, context);

	app.get('/settings', async () => state.settings);

	app.post<{ Body: Partial<Settings> }>('/settings', { schema: { body: settingsSchema } }, async ({ body }) => {
		state.settings = { ...state.settings, ...body };
		return state.settings;
	});
}
