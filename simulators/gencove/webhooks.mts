import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { send } from '../shared/deliver.mts';
import { bodyOf, OLD_FORMAT, samplesPayload, storagePayload } from './events.mts';
import type { Event, EventType } from './events.mts';
import type { Notification, Subscription } from './records.mts';
import { signatureHeader } from './signature.mts';
import type { State } from './state.mts';

// the service publishes neither number nor pauses of its retries; each pause is twice as long as the one before
const FIRST_PAUSE_MS = 30_000;

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Sends the service's webhooks, signs them, and repeats them until a receiver answers 2xx. */
export class Webhooks {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly pace: number;

	constructor({ clock, state, pace }: { clock: Clock; state: State; pace: number }) {
		this.clock = clock;
		this.state = state;
		this.pace = pace;
	}

	/**
	 * Tells of something that happened all who subscribed to it; resolves after the first attempt of each.
	 *
	 * @param projectId null: something of the whole organization, told to the subscriptions of all projects
	 */
	async emit(projectId: string | null, type: EventType, payload: object): Promise<void> {
		await this.emitTogether(projectId, [{ type, payload }]);
	}

	/** Tells of several things in one body. */
	async emitTogether(projectId: string | null, happened: Array<{ type: EventType; payload: object }>): Promise<void> {
		const events = happened.map(({ type, payload }) => this.event(type, payload));
		const inOldFormat = events.flatMap((event) => (OLD_FORMAT[event.event_type] === undefined ? [] : [{ ...event, event_type: OLD_FORMAT[event.event_type]! }]));
		const subscriptions = [...this.state.subscriptions.values()].filter((one) => projectId === null || one.projectId === projectId);
		await Promise.all(
			subscriptions.map(async (subscription) => {
				const wanted = ({ event_type }: Event) => subscription.eventTypes.includes(event_type);
				// an old body holds one event
				const bodies = [events.filter(wanted), ...inOldFormat.filter(wanted).map((event) => [event])];
				for (const some of bodies) if (some.length > 0) await this.notify(subscription, some, this.state.settings.webhookRetries);
			}),
		);
	}

	/** Sends an event that tells of nothing. @param type by default the first that the subscription is for */
	async sendTest(subscription: Subscription, type: EventType = subscription.eventTypes[0] as EventType, retry = false): Promise<void> {
		const event = this.event(type, this.testPayload(type, subscription.projectId));
		await this.notify(subscription, [event], retry ? this.state.settings.webhookRetries : 0);
	}

	private testPayload(type: EventType, projectId: string): object {
		if (type.startsWith('explorer_')) return storagePayload(this.state.organization.id);
		const project = { id: projectId };
		if (type.startsWith('batch_')) return { project, batch: { id: NOBODY, name: 'test', batch_type: 'test', last_status: { status: 'succeeded' } } };
		return { ...samplesPayload(projectId, []), samples: [{ id: NOBODY, client_id: 'test', last_status: { status: 'succeeded' } }] };
	}

	private event(event_type: EventType, payload: object): Event {
		return { event_id: randomUUID(), event_type, timestamp: this.clock.timestamp(), payload };
	}

	private async notify({ id, protocol }: Subscription, events: Event[], retries: number): Promise<void> {
		const notification: Notification = {
			id: randomUUID(),
			subscriptionId: id,
			eventType: events[0].event_type,
			createdAt: this.clock.now(),
			body: bodyOf(events),
			attempts: [],
			state: 'under way',
			responseStatus: null,
			responseMessage: null,
		};
		this.state.notifications.set(notification.id, notification);
		// a mail has no answer
		if (protocol === 'email') notification.state = 'delivered';
		else await this.attempt(notification, retries, undefined);
	}

	/** @param signed header of the attempt before; made anew where retries are signed anew */
	private async attempt(notification: Notification, retriesLeft: number, signed: string | undefined): Promise<void> {
		// a reset came in between, or the subscription was deleted
		const subscription = this.state.subscriptions.get(notification.subscriptionId);
		if (!subscription || !this.state.notifications.has(notification.id)) return;
		const signature = (this.state.settings.webhookResigned ? undefined : signed) ?? this.sign(subscription, notification.body);
		const at = this.clock.timestamp();
		const { status, message, error } = await send(subscription.target, notification.body, signature === undefined ? {} : { 'gencove-signature': signature });
		notification.attempts.push({ at, signature: signature ?? null, status, error });
		notification.responseStatus = status ?? null;
		notification.responseMessage = message ?? error ?? null;
		if (status !== undefined && status >= 200 && status < 300) {
			notification.state = 'delivered';
		} else if (retriesLeft === 0) {
			notification.state = 'given up';
		} else {
			const pause = FIRST_PAUSE_MS * 2 ** (notification.attempts.length - 1) * this.pace;
			this.clock.after(pause, async () => await this.attempt(notification, retriesLeft - 1, signature));
		}
	}

	// without a secret there is nothing to sign with
	private sign({ secret }: Subscription, body: string): string | undefined {
		if (secret === null) return undefined;
		return signatureHeader(secret, Math.floor(this.clock.now() / 1000), body, this.state.settings.signedText);
	}
}
