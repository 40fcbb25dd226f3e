import type { Batch, Sample } from './records.mts';
import { current } from './records.mts';

/** What a subscription can be told of, with the service's own descriptions (specification, `EventTypeEnum`). */
export const EVENT_TYPES = {
	analysis_complete_v2: 'submitted project samples have completed analysis',
	batch_final_report_complete_v2: 'created subset of variants batch',
	samples_restored: 'samples are restored from archive',
	analysis_complete: 'legacy: submitted project samples have completed analysis - uses old event format',
	batch_final_report: 'legacy: created subset of variants batch - uses old event format',
	explorer_s3_hot_storage_exceeded: 'Explorer S3 hot storage threshold exceeded',
	explorer_s3_cold_storage_exceeded: 'Explorer S3 cold storage threshold exceeded',
};

export type EventType = keyof typeof EVENT_TYPES;
export const EVENT_TYPE_KEYS = Object.keys(EVENT_TYPES) as EventType[];

/** The event that is sent in the old format to those who subscribed to it. */
export const OLD_FORMAT: Partial<Record<EventType, EventType>> = {
	analysis_complete_v2: 'analysis_complete',
	batch_final_report_complete_v2: 'batch_final_report',
};

const isOld = (type: EventType): boolean => Object.values(OLD_FORMAT).includes(type);

/** One event, as its element of the body has it (Gencove docs, Event notifications). */
export interface Event {
	event_id: string;
	event_type: EventType;
	timestamp: string;
	payload: object;
}

/** Payload of events about samples. */
export const samplesPayload = (projectId: string, samples: Sample[]) => ({
	project: { id: projectId },
	samples: samples.map((sample) => ({ id: sample.id, client_id: sample.clientId, last_status: { status: current(sample) } })),
});

/** Payload of events about a batch; its shape is not published. */
export const batchPayload = (batch: Batch) => ({
	project: { id: batch.projectId },
	batch: { id: batch.id, name: batch.name, batch_type: batch.batchType, last_status: { status: current(batch) } },
});

/** Payload of events about the storage of Explorer; its shape is not published. */
export const storagePayload = (organizationId: string) => ({ organization: { id: organizationId }, threshold_bytes: 1_000_000_000_000, used_bytes: 1_000_000_000_001 });

/**
 * The body of a webhook: an array of events, or, in the old format, one object with `event` and `data`.
 *
 * @param events all of one format
 */
export function bodyOf(events: Event[]): string {
	const [{ event_type, payload }] = events;
	return spaced(isOld(event_type) ? { event: event_type, data: payload } : events);
}

// blanks after colons and commas: a receiver that signs its own serialization in place of the raw body must fail
function spaced(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	return `{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`).join(', ')}}`;
}
