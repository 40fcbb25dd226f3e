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
}

/** How long a delivery is remembered, ms, and how many of a trigger's at the most: services repeat what was answered too late. */
const REMEMBERED_FOR = 10 * 60_000;
const REMEMBERED = 10_000;

/** Hashes of the bodies that each trigger has handed on, with the time: kept by the process, the oldest first. */
const memories = new Map<string, Map<string, number>>();

/**
 * Receives a delivery: 401 when it is not genuine, 422 when it cannot be read, else 200 and at most one execution.
 * A delivery that comes twice, at the same moment too, starts one execution in this process.
 */
export async function receive(webhook: IWebhookFunctions, deliveries: Deliveries): Promise<IWebhookResponseData> {
	const body = rawBody(webhook);
	if (!body || !(await isGenuine(webhook, deliveries, body))) return refuse(webhook, 401, 'Unauthorized');
	const events = deliveries.events(parsed(body));
	if (!events) return refuse(webhook, 422, 'Incorrect webhook payload.');
	const wanted = events.filter((event) => deliveries.wanted(webhook, event));
	const isRepeated = !events.every((event) => deliveries.isTest(event)) && seenBefore(webhook, body);
	if (wanted.length === 0 || isRepeated) return { webhookResponse: '' };
	return { webhookResponse: '', workflowData: [wanted.map((json) => ({ json }))] };
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

function seenBefore(webhook: IWebhookFunctions, body: Buffer): boolean {
	const now = clock.now();
	const trigger = triggerId(webhook);
	const memory = memories.get(trigger) ?? new Map<string, number>();
	memories.set(trigger, memory);
	for (const [hash, time] of memory) {
		if (now - time < REMEMBERED_FOR && memory.size <= REMEMBERED) break;
		memory.delete(hash);
	}
	const hash = createHash('sha256').update(body).digest('base64');
	if (memory.has(hash)) return true;
	memory.set(hash, now);
	forgetUnlessTaken(webhook, () => memory.delete(hash));
	return false;
}

/** n8n may not be able to begin the execution, and answers with an error then: the service sends the delivery again. */
function forgetUnlessTaken(webhook: IWebhookFunctions, forget: () => void): void {
	const response = webhook.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode >= 400) forget();
	});
}
