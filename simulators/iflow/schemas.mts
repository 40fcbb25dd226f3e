import type { FastifyInstance } from 'fastify';
import { addressesOf, SERVICES } from './addresses.mts';
import { CALLS } from './routes/index.mts';

/** Adds what each service and the gateway tell of themselves, at the root of their hosts and to everybody (contract, section 1). */
export function addSchemas(app: FastifyInstance): void {
	for (const service of [...SERVICES, 'api']) {
		app.get(`/${service}/openapi.json`, { config: { call: 'GET /*/openapi.json' } }, async () => ({ openapi: '3.1.0', info: { title: `${service}-service`, version: '1.0.0' }, paths: pathsOf(service) }));
	}
}

function pathsOf(service: string): object {
	const paths: Record<string, Record<string, object>> = {};
	for (const { method, url } of Object.keys(CALLS).flatMap(addressesOf)) {
		if (!url.startsWith(`/${service}/`)) continue;
		const path = url.slice(service.length + 1).replace(/:(\w+)/g, '{$1}');
		paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: { 200: { description: 'Successful Response' } } } };
	}
	return paths;
}
