import type { FastifyInstance } from 'fastify';
import { success } from '../errors.mts';

const PUBLIC = { config: { public: true } };

/** What needs no data of a user, and the check of an API key. */
export function generalRoutes(app: FastifyInstance): void {
	app.get('/', PUBLIC, async () => success({}, 'Welcome to the simulated Gencove.'));
	app.get('/health', PUBLIC, async () => success({}, 'The backend is healthy.'));
	app.get('/frontend_version_min', PUBLIC, async () => success({ frontend_version_min: '1.0.0' }));
	app.get('/welcome-api-key', async ({ legacyUser: { name } }) => ({ message: `Welcome, ${name}.`, message_details: 'The API key is good.' }));
}
