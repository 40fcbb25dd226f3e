import type { FastifyInstance } from 'fastify';
import { success } from '../errors.mts';

// seconds after which the client asks again; the list tells how often it may
const BACKOFF_S = [0.1, 0.2, 0.4];

/** The upload area of generation 1: credentials that take a while to be made, and where to put files. */
export function uploadRoutes(app: FastifyInstance): void {
	app.get('/credentials/upload', async ({ legacyUser: user }, reply) => {
		user.credentialRequests++;
		if (user.credentialRequests === 1) return reply.code(202).send(success({ backoff_s: BACKOFF_S }, 'The credentials are being made.'));
		return success({ credentials: { access_key: 'SIMULATEDLEGACYKEY', secret_key: 'simulated-secret-key', token: 'simulated-session-token' } });
	});

	app.get('/paths/upload', async ({ legacyUser: { id } }) => success({ paths: { upload: `s3://simulated-legacy-uploads/${id}/` } }));
}
