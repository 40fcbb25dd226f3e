import { httpOptions } from '../../nodes/shared/outgoing.ts';
import type { Outgoing } from '../../nodes/shared/operation.ts';
import { multipart } from '../../nodes/shared/transfer.ts';

const file = { name: 'reads.fq', mimeType: 'text/plain', size: 1, open: async function* () { yield new Uint8Array(1); } };

function timeoutOf(more: Partial<Outgoing>): number | undefined {
	const outgoing: Outgoing = { method: 'POST', path: 'path', query: {}, headers: {}, parts: [], personal: [], repeat: 'never', ...more };
	return httpOptions(outgoing, 'https://example.org/path', 'text', { ignoreSsl: false, allowedDomains: undefined }).timeout;
}

describe('the time until an answer must begin', () => {
	it('is a minute', () => {
		expect(timeoutOf({ body: { name: 'text' } })).toBe(60_000);
		expect(timeoutOf({ body: multipart({ name: 'text' }, []) })).toBe(60_000);
	});

	it('has no limit for files, which take as long as the line wants', () => {
		expect(timeoutOf({ parts: [{ name: 'file', file }] })).toBe(0);
		expect(timeoutOf({ body: multipart({}, [{ name: 'file', file }]) })).toBe(0);
		expect(timeoutOf({ body: new Uint8Array(8) })).toBe(0);
	});
});
