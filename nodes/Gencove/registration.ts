import type { IHookFunctions } from 'n8n-workflow';

import { nodeError } from '../shared/nodeError';
import { Problem } from '../shared/problem';
import { Connection } from '../shared/request';
import { api } from './api';
import { secretsIn, type Registered } from './deliveries';
import { EVENTS, LEGACY_EVENTS } from './events';
import { legacyApi } from './legacy/api';
import { isFor, newSecret, subscribe, subscriptionsTo, unsubscribe } from './subscriptions';

/** The most characters of a name that Gencove takes. */
const LONGEST_NAME = 255;

const kept = (hook: IHookFunctions) => hook.getWorkflowStaticData('node') as Registered;
const registrationOf = (hook: IHookFunctions) => hook.getNodeParameter('registration') as 'automatic' | 'legacy' | 'manual';

/**
 * The life cycle of the subscription at Gencove. One that the node makes is known again by its address and its events;
 * those to other addresses are never touched. For one made by hand, all that can be done is to see that its deliveries
 * can be told to be genuine.
 */
export const registration = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		return await explained(this, async () => {
			checkEvents(this);
			if (registrationOf(this) !== 'automatic') return await isReady(this);
			const { connection, projectId, target, events } = await open(this);
			const { subscriptionId, secret } = kept(this);
			const ours = (await subscriptionsTo(connection, projectId, target)).find((one) => isFor(one, events));
			return ours !== undefined && ours.id === subscriptionId && secret !== undefined;
		});
	},

	async create(this: IHookFunctions): Promise<boolean> {
		return await explained(this, async () => {
			const { connection, projectId, target, events } = await open(this);
			const found = await subscriptionsTo(connection, projectId, target);
			const ours = found.find((one) => isFor(one, events));
			// the events of a subscription cannot be changed
			for (const { id } of found.filter((one) => one !== ours)) await unsubscribe(connection, id);
			const name = `n8n ${this.getWorkflow().name ?? ''}`.trim().slice(0, LONGEST_NAME);
			const id = ours?.id ?? (await subscribe(connection, projectId, { name, target, event_types: events }));
			const secret = await newSecret(connection, id).catch(async (cause: Problem) => {
				await unsubscribe(connection, id).catch(() => {});
				throw cause;
			});
			Object.assign(kept(this), { subscriptionId: id, secret });
			return true;
		});
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		if (registrationOf(this) !== 'automatic') return true;
		return await explained(this, async () => {
			const { subscriptionId } = kept(this);
			const { connection, projectId, target } = await open(this);
			const ids = subscriptionId ? [subscriptionId] : (await subscriptionsTo(connection, projectId, target)).map(({ id }) => id);
			for (const id of ids) await unsubscribe(connection, id);
			delete kept(this).subscriptionId;
			delete kept(this).secret;
			return true;
		});
	},
};

/** Both generations have events of their own, and the node keeps what was chosen when the kind of registration is changed. */
function checkEvents(hook: IHookFunctions): void {
	const offered = (registrationOf(hook) === 'legacy' ? LEGACY_EVENTS : EVENTS).map(({ value }) => value);
	if ((hook.getNodeParameter('events') as string[]).some((event) => offered.includes(event))) return;
	throw new Problem('"Trigger On" has none of the events that there are', { description: 'Choose the events anew: the first generation of Gencove has others' });
}

/** Turns a Problem into n8n's error. */
async function explained<T>(hook: IHookFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		throw nodeError(hook.getNode(), cause as Problem);
	}
}

/** Registered by hand; throws a Problem when deliveries could not be told to be genuine: by a secret, or by reading again what they tell of. */
async function isReady(hook: IHookFunctions): Promise<true> {
	if (registrationOf(hook) === 'legacy') {
		await (await Connection.open(hook, legacyApi)).send('GET welcome-api-key');
		return true;
	}
	if (secretsIn((await hook.getCredentials(api.credential)).webhookSecret).length > 0) return true;
	throw new Problem('The Gencove credential holds no webhook secret', {
		description: 'Put the secret of the subscription, which Gencove shows when it is made, into "Webhook Secret" of the credential',
	});
}

async function open(hook: IHookFunctions) {
	const projectId = String(hook.getNodeParameter('projectId', undefined, { extractValue: true }) ?? '').trim();
	if (projectId === '') throw new Problem('"Project" is empty', { description: 'Choose the project whose events start the workflow' });
	const events = hook.getNodeParameter('events') as string[];
	return { connection: await Connection.open(hook, api), projectId, target: String(hook.getNodeWebhookUrl('default')), events };
}
