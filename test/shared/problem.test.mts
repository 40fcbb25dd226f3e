import fc from 'fast-check';
import { Problem, scrub } from '../../nodes/shared/problem.ts';

const RUNS = { numRuns: 1000 };

describe('a problem', () => {
	it('says what happened, what to do, and the status of the answer', () => {
		const problem = new Problem('It broke', { description: 'Mend it', status: 418 });
		expect(problem).toBeInstanceOf(Error);
		expect(problem).toMatchObject({ name: 'Problem', message: 'It broke', description: 'Mend it', status: 418 });
		expect(new Problem('It broke')).toMatchObject({ description: undefined, status: undefined, uncertain: false });
	});
});

/** The forms in which a server may show a secret. The query of a request is written by URLSearchParams, so that is one. */
const FORMS: Record<string, (secret: string) => string> = {
	raw: (secret) => secret,
	JSON: (secret) => JSON.stringify(secret).slice(1, -1),
	'URL-encoded': encodeURIComponent,
	base64: (secret) => Buffer.from(secret, 'utf8').toString('base64'),
	'base64 without padding': (secret) => Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, ''),
};
const inQuery = (secret: string) => new URLSearchParams({ '': secret }).toString().slice(1);

/** Secrets of many characters; no star, since what hides them is made of stars. */
const anySecret = fc.oneof(
	fc.string({ minLength: 4, maxLength: 20, unit: fc.constantFrom('a', 'B', '7', '"', '\\', '/', '+', '=', ' ', '%', '&', '!', '.', '$', '\n', 'é', '猫', '𝒳') }),
	fc.string({ minLength: 4, maxLength: 40 }).map((text) => text.replace(/\*/g, 'x')),
);

/** Texts around a secret: of letters that no secret and no form of one has. */
const around = fc.string({ unit: fc.constantFrom('‹', '›', '…', '·', '\t'), minLength: 1, maxLength: 5 });

describe('scrub', () => {
	it.each(Object.keys(FORMS))('hides a secret that stands in a text: %s', (form) => {
		fc.assert(fc.property(anySecret, around, around, (secret, before, after) => {
			const shown = FORMS[form](secret);
			expect(scrub(`${before}${shown}${after}${shown}`, [secret])).toBe(`${before}***${after}***`);
		}), RUNS);
	});

	it('hides a secret as it stands in the query of a request', () => {
		fc.assert(fc.property(anySecret, around, (secret, before) => {
			expect(scrub(`${before}?key=${inQuery(secret)}`, [secret])).toBe(`${before}?key=***`);
		}), RUNS);
	});

	it('leaves no form of any of several secrets in any text', () => {
		const several = fc.array(anySecret, { minLength: 1, maxLength: 4 });
		fc.assert(fc.property(several, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(FORMS)), fc.string())), (secrets, pieces) => {
			const text = pieces.map(([i, form, more]) => `${more}${FORMS[form](secrets[i % secrets.length])}`).join('');
			const clean = scrub(text, secrets);
			for (const secret of secrets) for (const form of Object.values(FORMS)) expect(clean).not.toContain(form(secret));
		}), RUNS);
	});

	it('leaves no piece of a secret that contains another one', () => {
		const nested = fc.tuple(anySecret, anySecret, anySecret).map(([inner, before, after]) => ({ inner, outer: `${before}${inner}${after}` }));
		fc.assert(fc.property(nested, fc.constantFrom(...Object.values(FORMS)), around, ({ inner, outer }, form, text) => {
			expect(scrub(`${text}${form(outer)}${text}`, [outer, inner])).toBe(`${text}***${text}`);
			expect(scrub(`${text}${form(outer)}${text}`, [inner, outer])).toBe(`${text}***${text}`);
		}), RUNS);
	});

	it('leaves short ones, and texts without a secret, as they are', () => {
		expect(scrub('a cat sat', ['cat', 'at', ''])).toBe('a cat sat');
		fc.assert(fc.property(fc.string({ unit: fc.constantFrom('x', 'y', '$', '&', '*', '\n') }), (text) => {
			expect(scrub(text, ['secret', '$&'])).toBe(text);
		}), RUNS);
		expect(scrub('the key 1234 is wrong', ['1234'])).toBe('the key *** is wrong');
	});

	it('bears a secret that ends in half a character', () => {
		const cut = 'patient 😀'.slice(0, -1);
		expect(scrub(`no ${cut} here`, [cut])).toBe('no *** here');
	});

	it('takes the secrets from anything that can be gone through', () => {
		expect(scrub('abcd efgh', new Set(['abcd', 'efgh']))).toBe('*** ***');
	});
});
