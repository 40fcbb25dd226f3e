import type { IDataObject } from 'n8n-workflow';

/** Names in a refusal that are no fields of the request. */
const UNNAMED = new Set(['detail', 'error', 'non_field_errors', 'message', 'message_details']);

/** Words for what Gencove says when it refuses: a text, a list of texts, or either of them by field, also nested. */
export function refusal(body: unknown): string | undefined {
	if (isMaintenance(body)) return maintenance(body);
	const words = sentences(body).join(' ');
	return words === '' || /^\s*</.test(words) ? undefined : words;
}

function sentences(said: unknown, field = ''): string[] {
	if (typeof said === 'string') return said.trim() === '' ? [] : [field === '' ? said : `${field}: ${said}`];
	if (Array.isArray(said)) return said.flatMap((one) => sentences(one, field));
	if (typeof said !== 'object' || said === null) return [];
	return Object.entries(said).flatMap(([name, one]) => sentences(one, UNNAMED.has(name) ? field : [field, name].filter((part) => part !== '').join('.')));
}

const isMaintenance = (body: unknown): body is IDataObject => typeof body === 'object' && body !== null && (body as IDataObject).maintenance === true;

function maintenance({ maintenance_message: message, maintenance_eta: end }: IDataObject): string {
	return [`maintenance${end ? ` until about ${String(end)}` : ''}`, ...(message ? [String(message)] : [])].join('. ');
}
