import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createHash, timingSafeEqual } from 'node:crypto';

import { clock } from './clock';

/** How a service's deliveries are told to be its own, and what is in them. */
export interface Deliveries {
	/** Whether the raw bytes were signed by the service. Called before anything is parsed; what throws counts as not genuine. */
	genuine(webhook: IWebhookFunctions, body: Buffer): Promise<boolean>;
	/** The events in a genuine body; undefined when it has none of the shapes that the service sends. */
	events(body: unknown): IDataObject[] | undefined;
	/** Whether the user wants the event to start the workflow. */
	wanted(webhook: IWebhookFunctions, event: IDataObject): boolean;
	/** The service's own test messages are alike every time, and each of them counts. */
	isTest(event: IDataObject): boolean;
	/** What the service calls an event, for services that may repeat it in another body: it counts once, however late it comes again. */
	idOf?(event: IDataObject): string | undefined;
	/**
	 * The items of an event, where more than the event itself is to be handed on. Undefined: the service knows nothing of
	 * what the event tells, so it is not genuine. What throws makes the service send the delivery again.
	 */
	items?(webhook: IWebhookFunctions, event: IDataObject): Promise<IDataObject[] | undefined>;
}

/** How long a body is remembered, ms: services repeat what was answered too late. */
const REMEMBERED_FOR = 10 * 60_000;

/** How many deliveries, or events with an ID, of a trigger are remembered at the most. */
const REMEMBERED = 10_000;

/** Marks of what each trigger has handed on, with the time until which they count: kept by the process, the oldest first. */
const memories = new Map<string, Map<string, number>>();

/**
 * Receives a delivery: 401 when it is not genuine, 422 when it cannot be read, 503 when its items cannot be got now,
 * else 200 and at most one execution. What comes twice, at the same moment too, starts one execution in this process.
 */
export async function receive(webhook: IWebhookFunctions, deliveries: Deliveries): Promise<IWebhookResponseData> {
	const body = rawBody(webhook);
	if (!body || !(await isGenuine(webhook, deliveries, body))) return refuse(webhook, 401, 'Unauthorized');
	const events = deliveries.events(parsed(body));
	if (!events) return refuse(webhook, 422, 'Incorrect webhook payload.');
	const wanted = events.filter((event) => deliveries.wanted(webhook, event));
	const fresh = events.every((event) => deliveries.isTest(event)) ? wanted : notSeen(webhook, deliveries, body, wanted);
	if (fresh.length === 0) return { webhookResponse: '' };
	return await handOn(webhook, deliveries, fresh);
}

/** Starts an execution with the items of events. */
async function handOn(webhook: IWebhookFunctions, { items = async (_webhook, event) => [event] }: Deliveries, events: IDataObject[]): Promise<IWebhookResponseData> {
	const rows: IDataObject[] = [];
	try {
		for (const event of events) {
			const more = await items(webhook, event);
			if (!more) return refuse(webhook, 401, 'Unauthorized');
			rows.push(...more);
		}
	} catch (cause) {
		webhook.logger.warn(`A delivery could not be handed on: ${(cause as Error).message}`);
		return refuse(webhook, 503, 'Service Unavailable');
	}
	return { webhookResponse: '', ...(rows.length > 0 && { workflowData: [rows.map((json) => ({ json }))] }) };
}

/** What throws is not genuine: n8n would start an execution that shows the error. */
async function isGenuine(webhook: IWebhookFunctions, deliveries: Deliveries, body: Buffer): Promise<boolean> {
	try {
		return await deliveries.genuine(webhook, body);
	} catch (cause) {
		webhook.logger.warn(`Whether a delivery is genuine could not be told: ${(cause as Error).message}`);
		return false;
	}
}

/** Compares two signatures in a time that does not tell where they differ. */
export function sameSignature(given: string, right: string): boolean {
	const [a, b] = [given, right].map((text) => Buffer.from(text, 'utf8'));
	return a.length === b.length && timingSafeEqual(a, b);
}

function rawBody(webhook: IWebhookFunctions): Buffer | undefined {
	const { rawBody: bytes } = webhook.getRequestObject() as unknown as { rawBody?: unknown };
	return Buffer.isBuffer(bytes) && bytes.length > 0 ? bytes : undefined;
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

function refuse(webhook: IWebhookFunctions, status: number, words: string): IWebhookResponseData {
	webhook.getResponseObject().status(status).send(words).end();
	return { noWebhookResponse: true };
}

/** A trigger is known by workflow and node; a manual test of it has a memory of its own. */
const triggerId = (webhook: IWebhookFunctions) => `${webhook.getWorkflow().id}/${webhook.getNode().id}/${webhook.getMode()}`;

/** The events that were not handed on before; from now on they count as handed on. */
function notSeen(webhook: IWebhookFunctions, { idOf }: Deliveries, body: Buffer, events: IDataObject[]): IDataObject[] {
	const now = clock.now();
	const trigger = triggerId(webhook);
	const memory = memories.get(trigger) ?? new Map<string, number>();
	memories.set(trigger, memory);
	const hash = createHash('sha256').update(body).digest('base64');
	const marks = events.map((event) => idOf?.(event) ?? hash);
	const isFresh = marks.map((mark) => (memory.get(mark) ?? 0) <= now);
	const freshMarks = new Set(marks.filter((_mark, i) => isFresh[i]));
	for (const mark of freshMarks) {
		// what is marked anew becomes the youngest
		memory.delete(mark);
		memory.set(mark, mark === hash ? now + REMEMBERED_FOR : Infinity);
	}
	for (const mark of memory.keys()) {
		if (memory.size <= REMEMBERED) break;
		memory.delete(mark);
	}
	forgetUnlessTaken(webhook, () => freshMarks.forEach((mark) => memory.delete(mark)));
	return events.filter((_event, i) => isFresh[i]);
}

/** n8n may not be able to begin the execution, and answers with an error then: the service sends the delivery again. */
function forgetUnlessTaken(webhook: IWebhookFunctions, forget: () => void): void {
	const response = webhook.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode >= 400) forget();
	});
}
