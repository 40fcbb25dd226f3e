import type { IDataObject } from 'n8n-workflow';

/** One finding of a check of the request, as FastAPI writes it. */
interface Finding {
	loc?: unknown[];
	msg?: unknown;
}

/** Where in a request a field may stand: no part of its name. */
const PLACES = new Set<unknown>(['body', 'query', 'path', 'header']);

/** What a finding says, after the field that it is about; anything else as it is. */
function line(finding: unknown): string {
	const { loc = [], msg } = (finding ?? {}) as Finding;
	if (typeof msg !== 'string') return typeof finding === 'string' ? finding : JSON.stringify(finding);
	const [place, ...rest] = loc;
	const field = (PLACES.has(place) ? rest : loc).join('.');
	return field === '' ? msg : `${field}: ${msg}`;
}

/** iFlow's words in a refusal: a text, or what each field lacks (contract, section 8). */
export function refusal(body: unknown): string | undefined {
	if (typeof body === 'string') return /^\s*</.test(body) ? undefined : body;
	const { detail, error, error_description: described } = (body ?? {}) as IDataObject;
	if (typeof detail === 'string') return detail;
	if (Array.isArray(detail)) return detail.map(line).join('. ');
	if (typeof detail === 'object' && detail !== null) return JSON.stringify(detail);
	return [described, error].find((word) => typeof word === 'string') as string | undefined;
}

const CHECK_PROJECT = '"Project" in the node, or "Project ID" in the iFlow credential';

/** What to do about a refusal of iFlow's, where its words or its status tell. */
export function advice(body: unknown, status: number): string | undefined {
	if (status === 401) return 'The access token may be wrong, expired or revoked. Put a new one into the iFlow credential, or connect it anew where it logs in by OAuth2';
	if (!/project/i.test(refusal(body) ?? '')) return undefined;
	return status === 403 ? `Ask an administrator of the project for the right to do it, or check ${CHECK_PROJECT}` : `Check ${CHECK_PROJECT}`;
}
