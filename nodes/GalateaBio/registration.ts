import type { IHookFunctions } from 'n8n-workflow';

import { nodeError } from '../shared/nodeError';
import { Problem } from '../shared/problem';
import { Connection } from '../shared/request';
import { senderHost } from './address';
import { api } from './api';
import { webhookSecret } from './deliveries';
import { organizationPath } from './resources/organization';
import { ACTIONS, removeWebhooks, setWebhook, subscriptions } from './subscriptions';

const RETRIES = 5;

const isAutomatic = (hook: IHookFunctions) => hook.getNodeParameter('registration') === 'automatic';
const wantedActions = (hook: IHookFunctions) => (hook.getNodeParameter('events') as string[]).map((event) => ACTIONS[event]);

/**
 * The life cycle of the webhook at the service. Registered by hand, all that can be checked on activation is that
 * deliveries can be told to be genuine. Registered by the node, by calls that the service's docs do not show, the
 * webhooks of others always stay.
 */
export const registration = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		try {
			await needSigning(this);
			if (!isAutomatic(this)) return true;
			const { connection, path, url } = await open(this);
			const ours = (await subscriptions(connection, path)).filter(({ remote_endpoint }) => remote_endpoint === url);
			return wantedActions(this).every((action) => ours.some(({ webhook_action }) => webhook_action === action));
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
	},

	async create(this: IHookFunctions): Promise<boolean> {
		try {
			const { connection, path, url } = await open(this);
			for (const action of wantedActions(this)) {
				await setWebhook(connection, path, { id: null, webhook_action: action, remote_endpoint: url, max_retries_count: RETRIES, save_error_in_notifications: true });
			}
			return true;
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		if (!isAutomatic(this)) return true;
		try {
			const { connection, path, url } = await open(this);
			if (await removeWebhooks(connection, path, url)) return true;
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
		this.logger.warn('GalateaBio kept the webhook: remove it under Integrations > Webhooks');
		return true;
	},
};

/** Deliveries can be told to be genuine; throws a Problem that says what is missing. */
async function needSigning(hook: IHookFunctions): Promise<void> {
	const credential = await hook.getCredentials(api.credential);
	const secret = await webhookSecret(hook, credential, true);
	senderHost(credential);
	if (secret) return;
	throw new Problem('Your profile shows no webhook secret', {
		description: 'Put the secret shown under Integrations > Webhooks into the GalateaBio credential',
	});
}

async function open(hook: IHookFunctions) {
	const connection = await Connection.open(hook, api);
	return { connection, path: await organizationPath(connection, undefined), url: String(hook.getNodeWebhookUrl('default')) };
}
