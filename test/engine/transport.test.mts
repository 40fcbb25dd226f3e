import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clock } from '../../nodes/shared/clock.ts';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const fault = (...faults: Array<Parameters<Bench['simulator']['faults']['add']>[0]>) => faults.forEach((one) => bench.simulator.faults.add(one));
const profile = async () => await bench.run('account', 'getProfile');
const upload = async () => await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(Buffer.from('x'), 'x.vcf.gz')] });
const requests = () => bench.arrived().length;

describe('a read is sent again', () => {
	it.each([408, 429, 500, 502, 503, 504])('on status %i, with growing pauses', async (status) => {
		clock.random = () => 0.5;
		fault({ kind: 'status', status, times: 3 });
		expect((await profile()).error).toBeUndefined();
		expect(requests()).toBe(4);
		expect(bench.pauses).toEqual([250, 500, 1000]);
	});

	it('when the connection breaks', async () => {
		fault({ kind: 'cut', times: 3 });
		expect((await profile()).error).toBeUndefined();
		expect(requests()).toBe(4);
	});

	it('after the pause that the service asks for, up to a minute', async () => {
		fault({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
		expect((await profile()).error).toBeUndefined();
		expect(bench.pauses).toEqual([7000]);
		fault({ kind: 'status', status: 503, headers: { 'retry-after': '3600' } });
		expect((await profile()).error?.description).toContain('3600 seconds');
		expect(bench.pauses).toEqual([7000]);
	});

	it('four times in all', async () => {
		fault({ kind: 'status', status: 500, times: 9 });
		const { error } = await profile();
		expect(error).toMatchObject({ message: expect.stringContaining('status 500'), description: expect.stringContaining('4 times'), httpCode: '500' });
		expect(requests()).toBe(4);
	});

	it.each([400, 403, 404, 406, 422])('but not on status %i', async (status) => {
		fault({ kind: 'status', status, times: 3 });
		expect((await profile()).error).toBeDefined();
		expect(requests()).toBe(1);
	});
});

describe('a write is never sent twice when it may have arrived', () => {
	it.each([500, 502, 503, 408])('status %i', async (status) => {
		fault({ kind: 'status', status, method: 'POST' });
		const { error } = await upload();
		expect(error).toBeDefined();
		expect(requests()).toBe(1);
	});

	it('a broken connection, after the file has arrived', async () => {
		fault({ kind: 'cut', method: 'POST', after: true });
		const { error } = await upload();
		expect(error?.message).toMatch(/did not answer, and may have done what was asked/);
		expect(requests()).toBe(1);
		expect(await bench.json('file', 'getAll')).toHaveLength(1);
	});

	it('but after a pause that the service asks for', async () => {
		fault({ kind: 'status', status: 429, method: 'POST', headers: { 'retry-after': '2' } });
		expect((await upload()).error).toBeUndefined();
		expect(bench.pauses).toEqual([2000]);
		expect(await bench.json('file', 'getAll')).toHaveLength(1);
	});

	it('and when the connection was refused, so that it never arrived', async () => {
		const closed = createServer().listen(0, '127.0.0.1');
		await new Promise((done) => closed.once('listening', done));
		const { port } = closed.address() as AddressInfo;
		await new Promise((done) => closed.close(done));
		const credential = bench.credential({ url: `http://127.0.0.1:${port}` });
		const { error } = await bench.run('file', 'upload', {}, { credential, items: [await bench.engine.itemWithFile(Buffer.from('x'), 'x.vcf.gz')] });
		expect(error).toMatchObject({ message: 'GalateaBio cannot be reached after 4 tries (the connection was refused)' });
		expect(bench.pauses).toHaveLength(3);
	});
});

describe('errors say what happened and what to do', () => {
	it.each([
		[401, 'GalateaBio did not accept the credential: Unauthorized request', 'Check the credential'],
		[403, 'GalateaBio does not allow this: Unauthorized request', 'administrator'],
		[422, 'GalateaBio refused the request: Unauthorized request', 'Check the values'],
	])('status %i', async (status, message, description) => {
		fault({ kind: 'status', status, times: 2, body: { detail: 'Unauthorized request' } });
		const { error } = await profile();
		expect(error).toMatchObject({ message, description: expect.stringContaining(description), httpCode: String(status) });
	});

	it('a web page instead of data', async () => {
		fault({ kind: 'html', status: 200 });
		expect((await profile()).error).toMatchObject({ message: 'GalateaBio answered with a web page instead of data', description: expect.stringContaining('credential') });
	});

	it('an unusable base URL', async () => {
		const { error } = await bench.run('account', 'getProfile', {}, { credential: bench.credential({ url: 'galatea' }) });
		expect(error?.message).toBe('The base URL is not usable');
	});

	it.each([' ', '.', '..'])('an ID that would change the path: "%s"', async (id) => {
		const { error } = await bench.run('file', 'download', { fileId: byId(id) });
		expect(error).toBeDefined();
		expect(requests()).toBe(0);
	});

	it('encodes the ID as one segment of the path', async () => {
		await bench.run('file', 'download', { fileId: byId('a/../b?c#d') });
		expect(bench.arrived()[0].path).toBe('/api/v1/data/files/a%2F..%2Fb%3Fc%23d/download');
	});

	it('repeats no secret that a service echoes', async () => {
		const { apiKey } = bench.simulator.info;
		fault({ kind: 'status', status: 422, body: { detail: `Bearer ${apiKey} ${encodeURIComponent(apiKey)} ${Buffer.from(apiKey).toString('base64')}` } });
		const { error, run } = await profile();
		expect(error?.message).toBe('GalateaBio refused the request: Bearer *** *** ***');
		expect(JSON.stringify(run)).not.toContain(apiKey);
	});
});

describe('the address', () => {
	it.each(['', '/', '/api/v1', '/api/v1/'])('may be spelled with "%s" behind the host', async (ending) => {
		const credential = bench.credential({ url: `${bench.simulator.info.url}${ending}` });
		const { error } = await bench.run('account', 'getProfile', {}, { credential });
		expect(error).toBeUndefined();
		expect(bench.arrived()[0].path).toBe('/api/v1/users/me');
	});
});

describe('logging in with email and password', () => {
	const byPassword = () => bench.credential({ authentication: 'password', apiKey: '' });
	const logIns = () => bench.arrived('POST /users/auth').length;

	it('happens once for all items, and the token is kept for the next run', async () => {
		const credential = byPassword();
		const items = Array.from({ length: 50 }, () => ({ json: {} }));
		const { outputs, stored } = await bench.run('account', 'getProfile', {}, { credential, items });
		expect(outputs[0]).toHaveLength(50);
		expect(logIns()).toBe(1);
		await bench.run('account', 'getProfile', {}, { credential: { ...credential, data: stored } });
		expect(logIns()).toBe(1);
	});

	it('happens again when the token has expired', async () => {
		const credential = byPassword();
		const { stored } = await bench.run('account', 'getProfile', {}, { credential });
		await bench.simulator.clock.advance(24 * 3600_000);
		const { error } = await bench.run('account', 'getProfile', {}, { credential: { ...credential, data: stored } });
		expect(error).toBeUndefined();
		expect(logIns()).toBe(2);
	});

	it('sends an upload again after a renewed log-in', async () => {
		const credential = byPassword();
		const { stored } = await bench.run('account', 'getProfile', {}, { credential });
		await bench.simulator.clock.advance(24 * 3600_000);
		const bytes = Buffer.alloc(3 << 20, 'genome');
		const items = [await bench.engine.itemWithFile(bytes, 'x.vcf.gz')];
		const { outputs, error } = await bench.run('file', 'upload', {}, { credential: { ...credential, data: stored }, items });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.file_size_bytes).toBe(bytes.length);
	});

	it('fails with a clear message when the password is wrong, or a second factor is wanted', async () => {
		const wrong = await bench.run('account', 'getProfile', {}, { credential: bench.credential({ authentication: 'password', password: 'wrong-password' }) });
		expect(wrong.error?.message).toContain('did not accept the credential');
		fault({ kind: 'status', status: 200, path: '/users/auth', body: { mfa_session_id: 'x' } });
		const second = await bench.run('account', 'getProfile', {}, { credential: byPassword() });
		expect(second.error?.message).toContain('use an API key');
	});
});

describe('a redirect', () => {
	let other: Server;
	let got: Array<{ url?: string; authorization?: string }>;
	beforeEach(async () => {
		got = [];
		other = createServer((request, response) => {
			got.push({ url: request.url, authorization: request.headers.authorization });
			response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 5 }).end('bytes');
		}).listen(0, '127.0.0.1');
		await new Promise((done) => other.once('listening', done));
	});
	afterEach(async () => await new Promise((done) => other.close(done)));

	it('to another origin is followed without the credential', async () => {
		const { port } = other.address() as AddressInfo;
		fault({ kind: 'status', status: 302, headers: { location: `http://127.0.0.1:${port}/bucket/file?signature=1` } });
		const { outputs, error } = await bench.run('file', 'download', { fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.fileSize).toBe(5);
		expect(got).toEqual([{ url: '/bucket/file?signature=1', authorization: undefined }]);
	});

	it('of a write is not followed', async () => {
		const { port } = other.address() as AddressInfo;
		fault({ kind: 'status', status: 307, method: 'POST', headers: { location: `http://127.0.0.1:${port}/` } });
		const { error } = await upload();
		expect(error).toMatchObject({ message: 'GalateaBio points to another address', description: expect.stringContaining('credential') });
		expect(got).toEqual([]);
	});
});

describe('the domains that the user allows for the credential', () => {
	it('are kept to', async () => {
		const allowed = await bench.run('account', 'getProfile', {}, { credential: bench.credential({ allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' }) });
		expect(allowed.error).toBeUndefined();
		const refused = await bench.run('account', 'getProfile', {}, { credential: bench.credential({ allowedHttpRequestDomains: 'domains', allowedDomains: 'example.org' }) });
		expect(refused.error).toBeDefined();
		expect(requests()).toBe(1);
	});
});
