import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { pythonText } from '../../nodes/Gencove/pythonText.ts';
import { signatureIn, signatureOf, signedText } from '../../nodes/Gencove/signature.ts';
import { pythonText as simulated } from '../../simulators/gencove/python-text.mts';
import { signature, signatureHeader } from '../../simulators/gencove/signature.mts';

const RUNS = { numRuns: 1000 };

const ONE =
	'[{"event_id":"0f0e0d0c-0b0a-4908-8706-050403020100","event_type":"analysis_complete_v2","timestamp":"2026-03-19T10:55:52.000000Z","payload":{"project":{"id":"3f1c9a52-7a55-4a4f-9d0e-2b9f6f0f7c11"},"samples":[{"id":"b0b1c2d3-e4f5-4678-9abc-def012345678","client_id":"PLATE7-A01","last_status":{"status":"succeeded"}}]}}]';
const TWO =
	'[{"event_id": "11112222-3333-4444-8555-666677778888", "event_type": "samples_restored", "timestamp": "2026-03-20T08:00:00Z", "payload": {"project": {"id": "3f1c9a52-7a55-4a4f-9d0e-2b9f6f0f7c11"}, "samples": [{"id": "b0b1c2d3-e4f5-4678-9abc-def012345678", "client_id": "Kuh Zoë – 1"}]}}]';

/** Computed with Python and with Node; the first one and the third are taken by the vendor's own client. */
const VECTORS = [
	['V1', 'whsec-example-1', '1773917752', ONE, 'raw', 'b328fd6adef2529e46dfd9208ca240cde15e3cca26d7dde6142fc13c79d80ccd5e7eddddfb42a7c0a815d02e56f63bfa239290442195c3dc96722deb9747b3af'],
	['V2', 'clé-secrète-Ω', '1773993600', TWO, 'raw', '3ab3c9eab18538656342894bac79f25901e8f1bfeef5ca5783310e1b0a48beb6f2c3a264f7e53dce5c428e1a8b64008269e92491625e23ab76652a24ea1beea3'],
	['V3', 'whsec-example-1', '0', '[]', 'raw', '95a0b89d85b7ee88c3eb2c5dc1a24a2fa355972041cd5c6226056d4d09197ec139bfa3498126d93a234547e1f07b6c7711c339d9fcb66e05d20847acd1518b29'],
	['V4', 'whsec-example-1', '1773917752', ONE, 'python', '8e23b7108926f33bc0b093b4c0c5e8c12268492a0d821114e3fcd07c5bbf29fd94bd31d64b4c842b21e807984997729ba1ccc0d61671274b8f907fc9d26fc97c'],
] as const;

describe('a signature', () => {
	it.each(VECTORS)('of vector %s is known', (_name, secret, time, body, text, v1) => {
		expect(signedText({ time, v1 }, secret, Buffer.from(body))).toBe(text);
	});

	it.each(VECTORS)('of vector %s is that of no other secret, time or body', (_name, secret, time, body, _text, v1) => {
		const bytes = Buffer.from(body);
		const others = [
			signedText({ time, v1 }, `${secret}x`, bytes),
			signedText({ time: `${time}0`, v1 }, secret, bytes),
			signedText({ time, v1: v1.toUpperCase() }, secret, bytes),
			signedText({ time, v1: v1.slice(0, -1) }, secret, bytes),
			signedText({ time, v1: `${v1}0` }, secret, bytes),
			signedText({ time, v1 }, secret, Buffer.from(body.replace(/\]$/, 'true]'))),
		];
		expect(others).toEqual(others.map(() => undefined));
	});

	it('is the one that the service makes, over either text', () => {
		fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.nat(), fc.json(), (secret, time, body) => {
			expect(signatureOf(secret, String(time), Buffer.from(body))).toBe(signature(secret, time, body));
			const signed = signatureIn(signatureHeader(secret, time, body, 'raw'));
			expect(signed && signedText(signed, secret, Buffer.from(body))).toBe('raw');
		}), RUNS);
	});
});

describe('the header', () => {
	const right = { time: '12', v1: 'ab=' };
	it.each([
		['t=12,v1=ab='],
		['v1=ab=,t=12'],
		[' t = 12 , v1 = ab= '],
		['t="12",v1="ab="'],
		['v0=old,t=12,v2,v1=ab=,'],
	])('%s is read', (header) => expect(signatureIn(header)).toEqual(right));

	it.each([[undefined], [''], ['t=12'], ['v1=ab'], ['t=,v1=ab'], ['t=12,v1='], ['12,ab'], ['t:12,v1:ab'], [['t=12,v1=ab']]])('%j lacks a part', (header) => expect(signatureIn(header)).toBeUndefined());
});

describe('what Python prints', () => {
	it.each([
		['{ "a" : [ 1 , -2.50, 1e5, true, false, null ] }', "{'a': [1, -2.50, 1e5, True, False, None]}"],
		['""', "''"],
		['"it\'s"', '"it\'s"'],
		['"it\'s \\"it\\""', `'it\\'s "it"'`],
		['"a\\"b"', `'a"b'`],
		['"\\\\ \\n\\r\\t\\u0000\\u007f\\u00a0"', "'\\\\ \\n\\r\\t\\x00\\x7f\\xa0'"],
		['"\\u200b\\u2028\\ud800"', "'\\u200b\\u2028\\ud800'"],
		['"é Ω 🧬 true, null: 1"', "'é Ω 🧬 true, null: 1'"],
		['"\\uD83E\\uDDEC \\udb40\\udc01"', "'🧬 \\U000e0001'"],
		['[]', '[]'],
		['{}', '{}'],
		['"\\/"', "'/'"],
	])('of %s is %s', (json, text) => expect(pythonText(json)).toBe(text));

	it.each(['', '{', '[1,]', "{'a': 1}", 'nothing'])('of %j is nothing', (text) => expect(pythonText(text)).toBeUndefined());

	it('is what another implementation prints', () => {
		// without numbers: they stay as they are written
		const tree = fc.letrec((tie) => ({
			value: fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 })),
		})).value;
		fc.assert(fc.property(tree, fc.nat({ max: 2 }), (value, indent) => expect(pythonText(JSON.stringify(value, null, indent))).toBe(simulated(value))), RUNS);
	});

	it('is what Python itself prints', () => {
		const strings = fc.sample(fc.string({ unit: 'binary-ascii', maxLength: 40 }), { numRuns: 300, seed: 1 });
		const json = JSON.stringify([...strings, "'", '"', `'"`, '\\', { "it's": [true, null, 'é – Ω 🧬 \u00ad \u2029'] }]);
		const printed = execFileSync('python3', ['-c', 'import json, sys; sys.stdout.buffer.write(repr(json.load(sys.stdin.buffer)).encode("utf-8", "surrogatepass"))'], { input: json });
		expect(pythonText(json)).toBe(printed.toString('utf8'));
	});
});
