import { createHmac } from 'node:crypto';
import { pythonText } from './python-text.mts';

/** Which text of a webhook's body is signed: its bytes as they are sent, or the Python text of what they hold. */
export type SignedText = 'raw' | 'python';

/**
 * The `v1` of a signature: hex of HMAC-SHA512 over the time, a dot and the body.
 *
 * @param secret of the subscription; its UTF-8 bytes are the key
 * @param time Unix seconds, as the header's `t` has them
 */
export function signature(secret: string, time: number, body: string): string {
	return createHmac('sha512', secret).update(`${time}.${body}`).digest('hex');
}

/** The value of the header `Gencove-Signature` for a JSON body. */
export function signatureHeader(secret: string, time: number, body: string, signed: SignedText): string {
	const text = signed === 'python' ? pythonText(JSON.parse(body)) : body;
	return `t=${time},v1=${signature(secret, time, text)}`;
}
