import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { createHmac } from 'node:crypto';

import { clock } from '../shared/clock';
import { Problem } from '../shared/problem';
import { Connection } from '../shared/request';
import { sameSignature, type Deliveries } from '../shared/webhook';
import { senderHost } from './address';
import { api } from './api';
import { ownOrganization } from './resources/organization';

const SIGNATURE = 'x-octopod-signature';

/** The messages of the test buttons under Integrations > Webhooks are about these (GalateaBio docs, "Webhooks"). */
const TEST_FILES = new Set(['11111111-1111-1111-1111-111111111111', '33333333-3333-3333-3333-333333333333']);

/**
 * Base64 of HMAC-SHA256 over the sender's host name and the raw body, one after the other, with the secret as it
 * is written (GalateaBio docs, "Webhooks").
 */
export function signatureOf(secret: string, host: string, body: Buffer): string {
	return createHmac('sha256', Buffer.from(secret, 'utf8')).update(host, 'utf8').update(body).digest('base64');
}

/** What deliveries to a trigger are signed with. */
interface Signing {
	secret: string | undefined;
	host: string;
}

/** How long it is used before it is read again, ms: a flood of deliveries, forged ones too, must not become a flood of reads. */
const KEPT_FOR = 60_000;

const kept = new Map<string, { signing: Promise<Signing>; time: number }>();

/**
 * The secret of the organization's webhooks, from the credential or else from the profile, and the host that signs
 * with it; read once a minute at the most, or at once where it has to be `fresh`. Throws where the credential cannot
 * be read, and a Problem when webhooks are switched off for the organization.
 */
export async function signingOf(context: IHookFunctions | IWebhookFunctions, fresh = false): Promise<Signing> {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const known = kept.get(trigger);
	if (!fresh && known && clock.now() - known.time < KEPT_FOR) return await known.signing;
	const signing = read(context);
	kept.set(trigger, { signing, time: clock.now() });
	return await signing;
}

async function read(context: IHookFunctions | IWebhookFunctions): Promise<Signing> {
	const credential = await context.getCredentials(api.credential);
	const secret = credential.webhookSecret ? String(credential.webhookSecret) : await secretOfProfile(context);
	return { secret, host: senderHost(credential) };
}

async function secretOfProfile(context: IHookFunctions | IWebhookFunctions): Promise<string | undefined> {
	const organization = await ownOrganization(await Connection.open(context, api));
	if (organization.webhooks_enabled === false) {
		throw new Problem('Webhooks are switched off for your organization', { description: 'Ask GalateaBio to switch them on' });
	}
	return organization.webhooks_secret ? String(organization.webhooks_secret) : undefined;
}

/** The two messages that GalateaBio sends: they differ by `order_id`. */
const isEvent = (body: unknown): body is IDataObject => {
	const { source_file_id, new_status, source_file_name, order_id = '' } = (body ?? {}) as IDataObject;
	return [source_file_id, new_status, source_file_name, order_id].every((value) => typeof value === 'string') && source_file_id !== '';
};

/** Signed, without a time in it: what comes twice within some minutes counts once, but for the test messages. */
export const deliveries: Deliveries = {
	async genuine(webhook, body) {
		const given = webhook.getHeaderData()[SIGNATURE];
		if (typeof given !== 'string' || given === '') return false;
		const { secret, host } = await signingOf(webhook);
		return secret ? sameSignature(given, signatureOf(secret, host, body)) : false;
	},
	events: (body) => (isEvent(body) ? [{ ...body, event: body.order_id === undefined ? 'fileValidated' : 'orderFinished' }] : undefined),
	wanted: (webhook, { event }) => (webhook.getNodeParameter('events') as string[]).includes(String(event)),
	isTest: ({ source_file_id }) => TEST_FILES.has(String(source_file_id)),
};
