import fc from 'fast-check';
import { signatureOf } from '../../nodes/GalateaBio/deliveries.ts';
import { sameSignature } from '../../nodes/shared/webhook.ts';
import { signature } from '../../simulators/galateabio/webhooks.mts';

const RUNS = { numRuns: 1000 };
const body = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const secret = fc.string({ minLength: 1, unit: 'grapheme' });
const host = fc.domain();

describe('the signature of a delivery', () => {
	it('is the one that the service makes', () => {
		fc.assert(fc.property(secret, host, body, (key, sender, bytes) => expect(signatureOf(key, sender, bytes)).toBe(signature(key, sender, bytes))), RUNS);
	});

	it('is another one for another body, secret or host', () => {
		fc.assert(
			fc.property(secret, host, body, fc.nat(), fc.integer({ min: 1, max: 255 }), (key, sender, bytes, at, by) => {
				const right = signatureOf(key, sender, bytes);
				const changed = Buffer.from(bytes);
				changed[at % changed.length] ^= by;
				expect(sameSignature(signatureOf(key, sender, changed), right)).toBe(false);
				expect(sameSignature(signatureOf(`${key}x`, sender, bytes), right)).toBe(false);
				expect(sameSignature(signatureOf(key, `${sender}x`, bytes), right)).toBe(false);
			}),
			RUNS,
		);
	});

	it('is told from every other header, whatever that holds', () => {
		const right = signatureOf('secret', 'api.galatea.bio', Buffer.from('{}'));
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => expect(sameSignature(given, right)).toBe(given === right)), RUNS);
		expect(sameSignature(right, right)).toBe(true);
	});
});
