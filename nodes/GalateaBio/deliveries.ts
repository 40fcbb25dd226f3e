import type { ICredentialDataDecryptedObject, IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { createHmac } from 'node:crypto';

import { Kept } from '../shared/kept';
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

/** By trigger, for a minute, as they were read from the profiles: forged deliveries must not become a flood of calls. */
const secrets = new Kept<string, string | undefined>(60_000);

/**
 * The secret of the organization's webhooks: from the credential, else from the profile, which is read once a minute
 * at the most, or at once where it has to be `fresh`. Throws a Problem when webhooks are switched off for the
 * organization.
 */
export async function webhookSecret(
	context: IHookFunctions | IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	fresh = false,
): Promise<string | undefined> {
	if (credential.webhookSecret) return String(credential.webhookSecret);
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	if (fresh) secrets.forget(trigger);
	return await secrets.get(trigger, async () => await secretOfProfile(context));
}

/** What a delivery is signed with; throws where the credential or the profile cannot be read. */
async function signing(webhook: IWebhookFunctions): Promise<{ secret: string | undefined; host: string }> {
	const credential = await webhook.getCredentials(api.credential);
	return { secret: await webhookSecret(webhook, credential), host: senderHost(credential) };
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
		const { secret, host } = await signing(webhook);
		return secret ? sameSignature(given, signatureOf(secret, host, body)) : false;
	},
	events: (body) => (isEvent(body) ? [{ ...body, event: body.order_id === undefined ? 'fileValidated' : 'orderFinished' }] : undefined),
	wanted: (webhook, { event }) => (webhook.getNodeParameter('events') as string[]).includes(String(event)),
	isTest: ({ source_file_id }) => TEST_FILES.has(String(source_file_id)),
};
