import { createHmac } from 'node:crypto';

import { sameSignature } from '../shared/webhook';
import { pythonText } from './pythonText';

/** What the header of a delivery holds: `t=<Unix seconds>,v1=<hexadecimal>`. */
export interface Signature {
	time: string;
	v1: string;
}

/** Reads the header `Gencove-Signature`, in any order, with blanks or quotes; undefined where a part is missing. */
export function signatureIn(header: unknown): Signature | undefined {
	if (typeof header !== 'string') return undefined;
	const parts = new Map(header.split(',').map((part) => [before(part).trim(), after(part).trim().replace(/^"(.*)"$/, '$1')]));
	const [time, v1] = [parts.get('t'), parts.get('v1')];
	return time && v1 ? { time, v1 } : undefined;
}

const before = (part: string) => part.split('=', 1)[0];
const after = (part: string) => part.slice(before(part).length + 1);

/** Hexadecimal digits of HMAC-SHA512 over time, a dot and the body (Gencove docs, "Event notifications"). */
export function signatureOf(secret: string, time: string, body: Buffer | string): string {
	return createHmac('sha512', Buffer.from(secret, 'utf8')).update(`${time}.`, 'utf8').update(body).digest('hex');
}

/** The text that a signature is over: the raw body, else what Python prints of it; undefined where it is over neither. */
export function signedText({ time, v1 }: Signature, secret: string, body: Buffer): 'raw' | 'python' | undefined {
	if (sameSignature(v1, signatureOf(secret, time, body))) return 'raw';
	const text = pythonText(body.toString('utf8'));
	return text !== undefined && sameSignature(v1, signatureOf(secret, time, text)) ? 'python' : undefined;
}
