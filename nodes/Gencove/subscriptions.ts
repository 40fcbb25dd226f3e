import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { everyRow } from './api';

/** A subscription to events of a project. */
export interface Subscription extends IDataObject {
	id: string;
	target: string;
	protocol: string;
	event_types: Array<string | { key: string }>;
}

/** The subscriptions of a project that send webhooks to an address. */
export async function subscriptionsTo(connection: Connection, projectId: string, target: string): Promise<Subscription[]> {
	const found: Subscription[] = [];
	for await (const row of everyRow(connection, 'GET project-subscriptions/{projectId}', { path: { projectId } })) {
		if (row.target === target && row.protocol === 'webhook') found.push(row as Subscription);
	}
	return found;
}

/** Whether a subscription is for these events and no others. */
export function isFor({ event_types: types }: Subscription, events: string[]): boolean {
	const keys = new Set(types.map((type) => (typeof type === 'string' ? type : type.key)));
	return keys.size === new Set(events).size && events.every((event) => keys.has(event));
}

/** Makes a subscription; gives its ID. */
export async function subscribe(connection: Connection, projectId: string, body: { name: string; target: string; event_types: string[] }): Promise<string> {
	return ((await connection.send('POST project-subscriptions/{projectId}', { path: { projectId }, body })) as Subscription).id;
}

/** A new secret of a subscription; the one before is worth nothing from then on. */
export async function newSecret(connection: Connection, id: string): Promise<string> {
	return ((await connection.send('POST project-subscription-secret/{id}', { path: { id } })) as { secret: string }).secret;
}

/** Deletes a subscription; one that is gone already is fine. */
export async function unsubscribe(connection: Connection, id: string): Promise<void> {
	await connection.send('DELETE project-subscription-details/{id}', { path: { id } }).catch((cause: Problem) => {
		if (cause.status !== 404) throw cause;
	});
}
