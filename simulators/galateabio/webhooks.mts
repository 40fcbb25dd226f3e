import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { Delivery, Subscription, WebhookAction } from './records.mts';
import type { State } from './state.mts';

// the provider publishes no pauses between retries; each is twice as long as the one before
const FIRST_PAUSE_MS = 30_000;

// real milliseconds until a receiver counts as silent
const TIMEOUT_MS = 10_000;

/** Fields of a delivery's body, in the order they are sent. */
export type Payload = Record<string, string>;

const TEST_PAYLOADS: Record<WebhookAction, Payload> = {
	source_file_validation_completed: {
		new_status: 'VALID',
		source_file_id: '11111111-1111-1111-1111-111111111111',
		source_file_name: 'test_message_source_file_validated.vcf.gz',
	},
	order_moved_to_completed_state: {
		order_id: '22222222-2222-2222-2222-222222222222',
		new_status: 'COMPLETED',
		source_file_id: '33333333-3333-3333-3333-333333333333',
		source_file_name: 'test_message_order_completed.vcf.gz',
	},
};

/**
 * The value of `X-Octopod-Signature`: base64 of HMAC-SHA256 over the sender's host name followed by
 * the raw body, nothing in between (GalateaBio docs, Webhooks).
 *
 * @param secret as shown by the provider; its UTF-8 bytes are the key, it is not decoded
 * @param senderHost host name of the API, `api.galatea.bio` in production
 */
export function signature(secret: string, senderHost: string, body: string | Buffer): string {
	return createHmac('sha256', secret).update(senderHost).update(body).digest('base64');
}

/** Sends the provider's webhooks and repeats them until a receiver answers 2xx. */
export class Webhooks {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly senderHost: string;
	private readonly pace: number;

	constructor({ clock, state, senderHost, pace }: { clock: Clock; state: State; senderHost: string; pace: number }) {
		this.clock = clock;
		this.state = state;
		this.senderHost = senderHost;
		this.pace = pace;
	}

	/** Sends an event to all who subscribed to it; resolves after the first attempt of each. */
	async send(action: WebhookAction, payload: Payload): Promise<Delivery[]> {
		const subscriptions = this.state.subscriptions.filter((one) => one.webhook_action === action);
		return await Promise.all(subscriptions.map(async (one) => await this.deliver(one, payload)));
	}

	/** Sends the message that the provider's test button sends, to all who subscribed to its action. */
	async sendTest(action: WebhookAction): Promise<Delivery[]> {
		return await this.send(action, TEST_PAYLOADS[action]);
	}

	/** Sends the test message to one subscriber. */
	async sendTestTo(subscription: Subscription): Promise<Delivery> {
		return await this.deliver(subscription, TEST_PAYLOADS[subscription.webhook_action]);
	}

	private async deliver({ id: webhook_id, createdAt: _, ...subscription }: Subscription, payload: Payload): Promise<Delivery> {
		const body = spaced(payload);
		const signed = signature(this.state.organization.webhooksSecret, this.senderHost, body);
		const delivery: Delivery = { id: randomUUID(), webhook_id, ...subscription, body, signature: signed, attempts: [], state: 'under way' };
		this.state.deliveries.push(delivery);
		await this.attempt(delivery);
		return delivery;
	}

	private async attempt(delivery: Delivery): Promise<void> {
		const { remote_endpoint, body, signature: signed, attempts, max_retries_count } = delivery;
		const at = this.clock.timestamp();
		const answer = await post(remote_endpoint, body, signed);
		attempts.push({ at, ...answer });
		// a reset came in between
		if (!this.state.deliveries.includes(delivery)) return;
		if (answer.status !== undefined && answer.status >= 200 && answer.status < 300) {
			delivery.state = 'delivered';
		} else if (attempts.length > max_retries_count) {
			delivery.state = 'given up';
			if (delivery.save_error_in_notifications) this.state.notify('send_webhook_failed', failureOf(delivery));
		} else {
			const pause = FIRST_PAUSE_MS * 2 ** (attempts.length - 1) * this.pace;
			this.clock.after(pause, async () => await this.attempt(delivery));
		}
	}
}

function failureOf({ webhook_action, remote_endpoint, attempts }: Delivery): string {
	const { status, error } = attempts[attempts.length - 1];
	return `Webhook ${webhook_action} was not delivered to ${remote_endpoint}: ${status === undefined ? error : `status ${status}`}`;
}

async function post(url: string, body: string, signed: string): Promise<{ status?: number; error?: string }> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-octopod-signature': signed },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		await response.arrayBuffer();
		return { status: response.status };
	} catch (error) {
		const { message, cause } = error as Error;
		return { error: cause instanceof Error ? `${message}: ${cause.message}` : message };
	}
}

// spaces after colons and commas: a receiver that signs its own serialization instead of the raw body must fail
function spaced(payload: Payload): string {
	return `{${Object.entries(payload).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`;
}
