import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { Problem } from '../../shared/problem';
import { Connection } from '../../shared/request';
import type { Deliveries } from '../../shared/webhook';
import { eventsIn, isChosen } from '../events';
import { legacyApi, within } from './api';

/** Sent when a webhook URL is set, to see whether somebody answers; it tells of nothing. */
const TEST = 'test';

const isId = (value: unknown) => (typeof value === 'string' || typeof value === 'number') && /^\d+$/.test(String(value));

/**
 * The item of an event: what the service itself says of the sample, or of the project, that the event names. Undefined
 * where it names none, or one that the service does not know, and for an event that is no text.
 */
async function confirmed(webhook: IWebhookFunctions, { event, data }: IDataObject): Promise<IDataObject[] | undefined> {
	if (typeof event !== 'string') return undefined;
	if (event === TEST) return [{ event }];
	const { project_id: project, sample_id: sample } = (data ?? {}) as IDataObject;
	if (!isId(project) || !(sample === undefined || isId(sample))) return undefined;
	const [line, name] = sample === undefined ? ['GET projects/{project}', 'project'] : ['GET projects/{project}/samples/{sample}', 'sample'];
	const connection = await Connection.open(webhook, legacyApi);
	const answer = await connection.send(line, { path: { project, sample } }).catch((cause: Problem) => {
		if (cause.status !== 404) throw cause;
	});
	return answer === undefined ? undefined : [{ event, project_id: project, ...(within(name)(answer) as IDataObject) }];
}

/**
 * The first generation signs nothing: the secret is the address of the webhook, and what an event tells of is read
 * again before anything is handed on.
 */
export const legacyDeliveries: Deliveries = {
	genuine: () => Promise.resolve(true),
	events: eventsIn,
	wanted: (webhook, event) => isChosen(event, webhook.getNodeParameter('events') as string[]),
	isTest: ({ event }) => event === TEST,
	items: confirmed,
};
