import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { flag, integer, list, nullable, optional, readBody, uuid } from '../fields.mts';
import { page } from '../pages.mts';
import type { ExplorerInstance } from '../records.mts';
import { find } from '../state.mts';

const instance_ids = list(uuid(), { most: 100 });
const hours = integer({ least: 0 });

/** Explorer: instances that start and stop, and keys for its storage. */
export function explorerRoutes(api: FastifyInstance, { state, views, storage, lifecycle }: Context): void {
	const instancesIn = (ids: string[]): ExplorerInstance[] => ids.map((id) => find(state.instances, id));

	api.get('/explorer-instances/', async (request) => page(request, [...state.instances.values()], (instance) => views.instance(instance)));

	api.post('/explorer-start-instances/', async ({ body }, reply) => {
		const instances = instancesIn(readBody(body, { instance_ids }).instance_ids);
		const wrong = instances.find(({ status }) => status !== 'stopped');
		if (wrong) throw invalid({ instance_ids: [`Instance ${wrong.id} is not in stopped status. Cannot be started.`] });
		for (const instance of instances) lifecycle.turn(instance, true);
		return reply.code(202).send();
	});

	api.post('/explorer-stop-instances/', async ({ body }, reply) => {
		const instances = instancesIn(readBody(body, { instance_ids }).instance_ids);
		const wrong = instances.find(({ status }) => status === 'stopped');
		if (wrong) throw invalid({ instance_ids: [`Instance ${wrong.id} is already in stopped status.`] });
		for (const instance of instances) lifecycle.turn(instance, false);
		return reply.code(202).send();
	});

	api.post('/explorer-instances-inactivity-stop/', async ({ body }, reply) => {
		const given = readBody(body, { instance_ids, stop_after_inactivity_hours: nullable(hours) });
		for (const instance of instancesIn(given.instance_ids)) instance.stopAfterInactivityHours = given.stop_after_inactivity_hours;
		return reply.code(202).send();
	});

	api.get('/explorer-instances-inactivity-stop-organization/', async () => ({
		explorer_override_stop_after_inactivity_hours: state.organization.explorerOverrideInactivity,
		explorer_stop_after_inactivity_hours: state.organization.explorerInactivityHours,
	}));

	api.post('/explorer-instances-inactivity-stop-organization/', async ({ body }, reply) => {
		const given = readBody(body, { explorer_override_stop_after_inactivity_hours: flag(), explorer_stop_after_inactivity_hours: hours });
		state.organization.explorerOverrideInactivity = given.explorer_override_stop_after_inactivity_hours;
		state.organization.explorerInactivityHours = given.explorer_stop_after_inactivity_hours;
		return reply.code(202).send();
	});

	// the vendor's client no longer uses it
	api.post('/explorer-access-url/', async ({ body }, reply) => {
		const { id } = readBody(body, { id: uuid(), access_token_expiration: optional(integer({ least: 1, most: 86_400 })) });
		find(state.instances, id);
		return reply.code(202).send({ url: `https://explorer.example.org/${id}/signin?access_token=${randomBytes(24).toString('base64url')}` });
	});

	api.post('/explorer-data-credentials/', async () => ({ ...storage.keys.issue(), region_name: state.settings.region }));

	api.post('/explorer-shell-session-credentials/', async ({ body }) => {
		const instance = find(state.instances, readBody(body, { instance_id: uuid() }).instance_id);
		return {
			...storage.keys.issue(),
			region_name: state.settings.region,
			ec2_instance_id: `i-${instance.id.replaceAll('-', '').slice(0, 17)}`,
			shell_session_ssm_document_name: 'simulated-shell-session',
			network_activity_ssm_document_name: 'simulated-network-activity',
		};
	});
}
