import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { each } from '../shared/each';
import { AT_ONCE } from '../shared/operation';
import type { Problem } from '../shared/problem';
import { Connection } from '../shared/request';
import { api } from './api';

/**
 * An item for each sample that an event tells of: the sample as Gencove shows it, with ID, type and time of the event;
 * the event itself where it tells of none. A sample that cannot be read comes as the event has it, with the reason: no
 * event may get lost.
 */
export async function sampleItems(webhook: IWebhookFunctions, event: IDataObject): Promise<IDataObject[]> {
	const { payload, data, ...told } = event;
	const { samples } = (payload ?? data ?? {}) as { samples?: unknown };
	if (!Array.isArray(samples) || samples.length === 0) return [event];
	const connection = await Connection.open(webhook, api);
	const items: IDataObject[] = [];
	await each(samples as Array<IDataObject | string>, AT_ONCE, async (sample, i) => {
		// not all events are documented: some may name the IDs alone
		items[i] = { ...told, ...(await details(connection, typeof sample === 'string' ? { id: sample } : sample)) };
	});
	return items;
}

async function details(connection: Connection, sample: IDataObject): Promise<IDataObject> {
	try {
		return (await connection.send('GET samples/{id}', { path: sample })) as IDataObject;
	} catch (cause) {
		return { ...sample, error: (cause as Problem).message };
	}
}
