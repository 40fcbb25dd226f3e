import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

/** What a subscription can be for (OpenAPI document of API v2, `EventTypeEnum`). */
export const EVENTS: INodePropertyOptions[] = [
	{ name: 'Analysis Complete', value: 'analysis_complete_v2', description: 'The analysis of samples has ended, well or not' },
	{ name: 'Analysis Complete (Old Format)', value: 'analysis_complete', description: 'The same, told as an object with event and data' },
	{ name: 'Batch Report Complete', value: 'batch_final_report_complete_v2', description: 'The report of a batch can be downloaded' },
	{ name: 'Batch Report Complete (Old Format)', value: 'batch_final_report', description: 'The same, told as an object with event and data' },
	{ name: 'Explorer Cold Storage Exceeded', value: 'explorer_s3_cold_storage_exceeded', description: 'The archive of Explorer holds more than its limit' },
	{ name: 'Explorer Hot Storage Exceeded', value: 'explorer_s3_hot_storage_exceeded', description: 'The storage of Explorer holds more than its limit' },
	{ name: 'Samples Restored', value: 'samples_restored', description: 'Samples are back from the archive' },
];

/** What the first generation of the API tells of. */
export const LEGACY_EVENTS: INodePropertyOptions[] = [
	{ name: 'Sample Joined', value: 'project_sample_join', description: 'A sample joined a project, or left it' },
	{ name: 'Sample Results Ready', value: 'project_sample_results_ready', description: 'New data of a sample can be fetched' },
	{ name: 'Test', value: 'test', description: 'The webhook URL was set, and Gencove tries it' },
];

/** The names of events as users see them, by their types. */
export const EVENT_NAMES: Record<string, string> = Object.fromEntries([...EVENTS, ...LEGACY_EVENTS].map(({ name, value }) => [value, name]));

/** The type of an event in either format; undefined for what is none. */
export const typeOf = ({ event_type, event }: IDataObject): string | undefined => {
	const type = event_type ?? event;
	return typeof type === 'string' ? type : undefined;
};

/** Whether the user chose an event. Types that are not known here always count: the subscription chose them. */
export const isChosen = (event: IDataObject, chosen: string[]): boolean => {
	const type = typeOf(event);
	return type === undefined || !Object.hasOwn(EVENT_NAMES, type) || chosen.includes(type);
};

const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The events of a body: those of an array, a single one, or the body as it came. Undefined for what is no JSON. */
export function eventsIn(body: unknown): IDataObject[] | undefined {
	if (body === undefined) return undefined;
	const events: unknown[] = Array.isArray(body) ? body : [body];
	return events.every(isObject) ? events : [{ body: body as IDataObject }];
}
