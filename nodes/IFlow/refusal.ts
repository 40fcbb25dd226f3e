import type { IDataObject } from 'n8n-workflow';

/** One finding of a check of the request, as FastAPI writes it. */
interface Finding {
	loc?: unknown[];
	msg?: unknown;
}

const line = ({ loc = [], msg }: Finding): string => [loc.filter((part) => part !== 'body' && part !== 'query').join('.'), String(msg)].filter((part) => part !== '').join(': ');

/** iFlow's words in a refusal: a text, or what each field lacks (contract, section 8). */
export function refusal(body: unknown): string | undefined {
	if (typeof body === 'string') return /^\s*</.test(body) ? undefined : body;
	const { detail, error, error_description: described } = (body ?? {}) as IDataObject;
	if (typeof detail === 'string') return detail;
	if (Array.isArray(detail)) return (detail as Finding[]).map(line).join('. ');
	if (typeof detail === 'object' && detail !== null) return JSON.stringify(detail);
	return [described, error].find((word) => typeof word === 'string') as string | undefined;
}

/** What to do about a refusal of iFlow's, where its words tell. */
export function advice(body: unknown): string | undefined {
	return /project/i.test(refusal(body) ?? '') ? 'Check "Project" in the node, or "Project ID" in the iFlow credential' : undefined;
}
