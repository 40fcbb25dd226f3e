import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../shared/clock';
import type { Deliveries } from '../shared/webhook';
import { api } from './api';
import { sampleItems } from './details';
import { eventsIn, isChosen } from './events';
import { signatureIn, signedText, type Signature } from './signature';

/** What the trigger keeps of the subscription that it made. */
export interface Registered {
	subscriptionId?: string;
	secret?: string;
}

/** The secrets that may have signed a delivery: that of the node's own subscription, or those of the credential. */
async function secretsOf(webhook: IWebhookFunctions): Promise<string[]> {
	if (webhook.getNodeParameter('registration') === 'automatic') {
		const { secret } = webhook.getWorkflowStaticData('node') as Registered;
		return secret ? [secret] : [];
	}
	return secretsIn((await webhook.getCredentials(api.credential)).webhookSecret);
}

/** The secrets in the field of the credential, with commas between. */
export const secretsIn = (field: unknown): string[] => String(field ?? '').split(',').map((secret) => secret.trim()).filter((secret) => secret !== '');

/** Whether the user wants only younger deliveries. A clock may be ahead, so a time to come counts in the same way. */
function isTooOld(webhook: IWebhookFunctions, { time }: Signature): boolean {
	const { maximumAge = 0 } = webhook.getNodeParameter('options', {}) as { maximumAge?: number };
	return maximumAge > 0 && !(Math.abs(clock.now() / 1000 - Number(time)) <= maximumAge);
}

/** Signed, with a time in it that repeated deliveries may keep: its age counts only where the user says so. */
export const deliveries: Deliveries = {
	async genuine(webhook, body) {
		const signature = signatureIn(webhook.getHeaderData()['gencove-signature']);
		if (!signature || isTooOld(webhook, signature)) return false;
		const texts = (await secretsOf(webhook)).map((secret) => signedText(signature, secret, body));
		if (texts.includes('python')) webhook.logger.info('Gencove signed the Python text of a delivery, not its raw body');
		return texts.some((text) => text !== undefined);
	},
	events: eventsIn,
	wanted: (webhook, event) => isChosen(event, webhook.getNodeParameter('events') as string[]),
	isTest: () => false,
	idOf: ({ event_id: id }) => (typeof id === 'string' && id !== '' ? id : undefined),
	items: async (webhook, event) => (webhook.getNodeParameter('fetchSampleDetails', false) ? await sampleItems(webhook, event) : [event]),
};
