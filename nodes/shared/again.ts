import { isAnswered, type Answer, type Silence } from './answer';
import { clock } from './clock';
import type { Outgoing } from './operation';

/** Tries of a request in all, and the pause before the next one in ms: chance between 0 and a doubling bound. */
export const TRIES = 4;
const FIRST_BOUND = 500;
const LONGEST_BOUND = 8_000;
/** The longest Retry-After that is waited for, ms. */
const LONGEST_RETRY_AFTER = 60_000;

/** Error codes of connections that never carried the request: even a write may be sent again. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether a request without an answer may have arrived all the same. */
export const mayHaveArrived = ({ code = '' }: Silence): boolean => !NEVER_SENT.has(code);

/** ms until the next try of a request that got no good answer, or undefined when there must be none. */
export function pauseBefore(repeat: Outgoing['repeat'], answer: Answer | Silence, tries: number): number | undefined {
	const bound = Math.min(FIRST_BOUND * 2 ** (tries - 1), LONGEST_BOUND);
	const jitter = clock.random() * bound;
	if (!isAnswered(answer)) {
		const resend = repeat === 'safe' ? answer.code !== undefined : !mayHaveArrived(answer);
		return resend ? jitter : undefined;
	}
	const { status, headers } = answer;
	const after = retryAfter(headers['retry-after']);
	if (after !== undefined && after > LONGEST_RETRY_AFTER) return undefined;
	if (repeat === 'never') return status === 429 || status === 503 ? after : undefined;
	// a good status here is an answer that is not the service's own: a proxy's page
	const isPassing = status < 300 || status === 408 || status === 429 || status >= 500;
	return isPassing ? (after ?? jitter) : undefined;
}

/** ms of a Retry-After header: seconds or a date. */
function retryAfter(header: string | undefined): number | undefined {
	if (header === undefined) return undefined;
	const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.now();
	return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
