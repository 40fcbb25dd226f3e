import { createHash, createHmac } from 'node:crypto';
import { encoded, presignedQuery, queryText, signedHeaders, UNSIGNED, type StorageKeys } from '../../nodes/Gencove/signing.ts';

const KEYS: StorageKeys = { access_key: 'EXAMPLEKEYID', secret_key: 'example-secret', token: 'example-token', expiry_time: '2050-01-01T00:00:00+00:00' };
const TIME = Date.parse('2026-03-19T10:55:52Z');
const object = { host: 'mock-bucket.s3.us-east-1.amazonaws.com', path: '/organization/o1/user/u1/uploads/f1.fastq-r1' };

// both made with botocore
it.each([
	[{}, '8c2032e5ca94008df34c16d95e876d9bd4cc6cb93718bc7460f6d5b2d29d85fe'],
	[{ partNumber: '2', uploadId: 'UP1' }, 'fb41a7e4854d21ac76375bcdb51e71c36f6e6cfa0aeb3561936f261928960f78'],
])('signs as Amazon\'s own library does: %j', (query, signature) => {
	const headers = signedHeaders({ method: 'PUT', ...object, query: query as Record<string, string>, payload: UNSIGNED }, KEYS, 'us-east-1', TIME);
	expect(headers).toEqual({
		'x-amz-content-sha256': UNSIGNED,
		'x-amz-date': '20260319T105552Z',
		'x-amz-security-token': 'example-token',
		authorization: `AWS4-HMAC-SHA256 Credential=EXAMPLEKEYID/20260319/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=${signature}`,
	});
});

it('encodes keys and queries by RFC 3986, and sorts the query', () => {
	expect(encoded("a b/c+d(1)'*~é")).toBe('a%20b/c%2Bd%281%29%27%2A~%C3%A9');
	expect(queryText({ prefix: 'users/me/', 'list-type': '2', delimiter: '/' })).toBe('delimiter=%2F&list-type=2&prefix=users%2Fme%2F');
});

it('signs further headers of Amazon along', () => {
	const { authorization } = signedHeaders({ method: 'PUT', ...object, query: {}, headers: { 'x-amz-tagging': 'Archive=DEEP_ARCHIVE' }, payload: UNSIGNED }, KEYS, 'us-east-1', TIME);
	expect(authorization).toContain('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-tagging,');
});

it('makes addresses that need no headers', () => {
	const query = new URLSearchParams(presignedQuery({ method: 'GET', ...object, query: { 'response-content-type': 'text/plain' } }, KEYS, 'eu-west-1', TIME, 600));
	expect(Object.fromEntries(query)).toMatchObject({ 'X-Amz-Credential': 'EXAMPLEKEYID/20260319/eu-west-1/s3/aws4_request', 'X-Amz-Expires': '600', 'X-Amz-Security-Token': 'example-token', 'X-Amz-SignedHeaders': 'host', 'response-content-type': 'text/plain' });
	// computed anew from the rules (Amazon S3, "Authenticating Requests: Using Query Parameters")
	const unsigned = [...query].filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join('&');
	const canonical = createHash('sha256').update(['GET', object.path, unsigned, `host:${object.host}`, '', 'host', UNSIGNED].join('\n')).digest('hex');
	const key = ['20260319', 'eu-west-1', 's3', 'aws4_request'].reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), 'AWS4example-secret');
	expect(query.get('X-Amz-Signature')).toBe(createHmac('sha256', key).update(['AWS4-HMAC-SHA256', '20260319T105552Z', '20260319/eu-west-1/s3/aws4_request', canonical].join('\n')).digest('hex'));
});
