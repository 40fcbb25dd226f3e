import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../shared/request';
import { incomplete } from './api';

/** The service's names of the events that webhooks are sent for, by those of the trigger. */
export const ACTIONS: Record<string, string> = {
	fileValidated: 'source_file_validation_completed',
	orderFinished: 'order_moved_to_completed_state',
};

/** One entry of an organization's webhooks; without an ID it is a new one. */
export type Subscription = {
	id: string | null;
	webhook_action: string;
	remote_endpoint: string;
	max_retries_count: number;
	save_error_in_notifications: boolean;
};

type OrganizationPath = { organizationId: string };

/** All webhooks of an organization. */
export async function subscriptions(connection: Connection, path: OrganizationPath): Promise<Subscription[]> {
	return (await connection.send('GET organizations/{organizationId}/webhooks-info', { path })) as Subscription[];
}

/**
 * Adds or changes a webhook. Whether the call replaces the whole set is not documented, so the others are always
 * sent along: they stay in both cases.
 */
export async function setWebhook(connection: Connection, path: OrganizationPath, wanted: Subscription): Promise<IDataObject[]> {
	const others = (await subscriptions(connection, path)).filter(({ id }) => id !== wanted.id);
	const known = others.find(({ webhook_action, remote_endpoint }) => webhook_action === wanted.webhook_action && remote_endpoint === wanted.remote_endpoint);
	const kept = others.filter((other) => other !== known).map(entry);
	const body = [...kept, entry({ ...wanted, id: wanted.id ?? known?.id ?? null })];
	const after = await connection.send('POST organizations/{organizationId}/webhooks-info', { path, body });
	if (!Array.isArray(after)) throw incomplete('list of webhooks');
	return (after as Subscription[]).filter(({ webhook_action, remote_endpoint }) => webhook_action === wanted.webhook_action && remote_endpoint === wanted.remote_endpoint);
}

/**
 * Takes away the webhooks to a URL, by sending all others. Gives whether they are gone: the service has no call to
 * delete one, and may only add and change.
 */
export async function removeWebhooks(connection: Connection, path: OrganizationPath, url: string): Promise<boolean> {
	const all = await subscriptions(connection, path);
	const others = all.filter(({ remote_endpoint }) => remote_endpoint !== url);
	if (others.length === all.length) return true;
	await connection.send('POST organizations/{organizationId}/webhooks-info', { path, body: others.map(entry) });
	return (await subscriptions(connection, path)).every(({ remote_endpoint }) => remote_endpoint !== url);
}

/** The keys that the call takes, without what the service adds. */
const entry = ({ id, webhook_action, remote_endpoint, max_retries_count, save_error_in_notifications }: Subscription): Subscription => ({
	id,
	webhook_action,
	remote_endpoint,
	max_retries_count,
	save_error_in_notifications,
});
