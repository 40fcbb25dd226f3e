/** The storage behind Gencove: keys, signatures, puts whole and in parts, and that it holds nothing in memory. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canonical, signatureOf } from '../../simulators/gencove/s3/signature.mts';
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { inXml, s3, signedHeaders } from './gencove.s3.mts';
import type { StorageKeys } from './gencove.s3.mts';
import { send } from './http.mts';

const HOUR = 3_600_000;
const MIB = 1024 * 1024;

let simulator: Running;
let keys: StorageKeys;
let path: string;
let uploadId: string;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
});
afterAll(async () => await simulator?.close());
beforeEach(async () => {
	await send(simulator.info.control, 'POST /reset');
	keys = await api('POST /upload-credentials/', {});
	({ path, id: uploadId } = await slot('gncv://herd/COW-1_R1.fastq.gz'));
});

const api = async (line: string, json?: object) => (await send(`${simulator.info.url}/api/v2`, line, { json, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } })).json;
const control = async (line: string, json?: object) => (await send(`${simulator.info.control}/gencove`, line, { json })).json;
const storage = async (line: string, options?: Parameters<typeof s3>[3]) => await s3(simulator.info.s3Endpoint, keys, line, options);
const statusOf = () => simulator.state.uploads.get(uploadId)!.history.map(({ status }) => status);

async function slot(destination_path: string): Promise<{ path: string; id: string }> {
	const { id, s3: place } = await api('POST /uploads-post-data/', { destination_path });
	return { path: `/${place.bucket}/${place.object_name}`, id };
}

it('checks signatures as the AWS library makes them', () => {
	// computed with botocore
	const headers = { host: 'mock-bucket.s3.us-east-1.amazonaws.com', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'x-amz-date': '20260319T105552Z', 'x-amz-security-token': 'example-token' };
	const signedHeaders = Object.keys(headers);
	const claim = { day: '20260319', region: 'us-east-1', signedHeaders, date: '20260319T105552Z', lifetime: undefined };
	const of = (query: string) => {
		const request = { method: 'PUT', url: `/organization/o1/user/u1/uploads/f1.fastq-r1${query}`, headers };
		return [createHash('sha256').update(canonical(request, signedHeaders, 'UNSIGNED-PAYLOAD')).digest('hex'), signatureOf(request, claim, 'example-secret')];
	};
	expect(of('')).toEqual(['d9e90e2faf25e6bb856ce23dba04ffffca8927593242386d3b84ed20b4e70686', '8c2032e5ca94008df34c16d95e876d9bd4cc6cb93718bc7460f6d5b2d29d85fe']);
	expect(of('?partNumber=2&uploadId=UP1')).toEqual(['9ec20d5e781686089b788c5715ada7cc1e9ecea34413dcd278e328fba6de3bae', 'fb41a7e4854d21ac76375bcdb51e71c36f6e6cfa0aeb3561936f261928960f78']);
});

describe('whole', () => {
	it('a file is noticed by the service after a while', async () => {
		const { status, headers, text } = await storage(`PUT ${path}`, { body: Buffer.from('content') });
		expect([status, headers.get('etag'), headers.get('content-type'), text]).toEqual([200, `"${createHash('md5').update('content').digest('hex')}"`, null, '']);
		expect(statusOf()).toEqual(['started']);
		expect((await api('GET /sample-sheet/')).results).toEqual([]);
		await simulator.clock.advance(10_000);
		expect(statusOf()).toEqual(['started', 'succeeded']);
		expect((await api('GET /sample-sheet/')).results).toMatchObject([{ client_id: 'COW-1', fastq: { r1: { upload: uploadId } } }]);
	});

	it('is not noticed where that is switched off, but can be moved', async () => {
		await control('POST /settings', { arrivalsNoticed: false });
		await storage(`PUT ${path}`, { body: Buffer.from('content') });
		await simulator.clock.advance(HOUR);
		expect(statusOf()).toEqual(['started']);
		await control(`POST /uploads/${uploadId}`, { status: 'failed' });
		expect(statusOf()).toEqual(['started', 'failed']);
	});

	it('becomes the file of the sample that it is assigned to', async () => {
		await storage(`PUT ${path}`, { body: Buffer.from('content') });
		await simulator.clock.advance(10_000);
		const { results } = await api('GET /sample-sheet/');
		const { uploads } = await api(`POST /project-samples/${simulator.info.projects.empty}`, { uploads: results });
		const { files } = await api(`GET /samples/${uploads[0].sample}`);
		expect(files).toMatchObject([{ file_type: 'fastq-r1', size: 7 }]);
		expect((await send(files[0].download_url, 'GET ')).text).toBe('content');
	});

	it('nothing stays of a body that breaks off', async () => {
		const endpoint = simulator.info.s3Endpoint;
		const headers = { ...signedHeaders(endpoint, keys, `PUT ${path}`, { body: Buffer.from('content') }), 'content-length': 7 };
		const request = rawRequest(endpoint + path, { method: 'PUT', headers });
		request.on('error', () => undefined);
		request.write('con');
		await pause(50);
		request.destroy();
		await pause(50);
		await simulator.clock.advance(HOUR);
		expect(statusOf()).toEqual(['started']);
		expect((await control('GET /storage')).objects.map(({ key }: { key: string }) => key)).toEqual(['files/readme.txt']);
	});
});

describe('refused', () => {
	const put = async (options: Parameters<typeof s3>[3] = {}, where = path) => {
		const answer = await storage(`PUT ${where}`, { body: Buffer.from('content'), ...options });
		expect(answer.headers.get('content-type')).toBe('application/xml');
		return [answer.status, inXml(answer, 'Code')];
	};
	afterEach(async () => expect((await control('GET /storage')).objects).toHaveLength(1));

	it('without a signature, or with that of the API', async () => {
		const { s3Endpoint, apiKey } = simulator.info;
		const bare = await send(s3Endpoint, `PUT ${path}`, { body: 'content' });
		expect([bare.status, inXml(bare, 'Code')]).toEqual([403, 'AccessDenied']);
		const withKey = await send(s3Endpoint, `PUT ${path}`, { body: 'content', headers: { authorization: `Api-Key ${apiKey}` } });
		expect([withKey.status, inXml(withKey, 'Code')]).toEqual([400, 'InvalidArgument']);
	});

	it('with wrong keys', async () => {
		const right = keys;
		keys = { ...right, secret_key: 'wrong' };
		expect(await put()).toEqual([403, 'SignatureDoesNotMatch']);
		keys = { ...right, token: 'wrong' };
		expect(await put()).toEqual([400, 'InvalidToken']);
		keys = { ...right, access_key: 'WRONG' };
		expect(await put()).toEqual([403, 'InvalidAccessKeyId']);
	});

	it('when the keys have ended', async () => {
		await simulator.clock.advance(HOUR);
		expect(await put()).toEqual([400, 'ExpiredToken']);
		keys = await api('POST /upload-credentials/', {});
		await control('POST /expire', { storage: true });
		expect(await put()).toEqual([400, 'ExpiredToken']);
	});

	it('when signed long ago, or for another region, which the answer names', async () => {
		expect(await put({ at: Date.now() - 16 * 60_000 })).toEqual([403, 'RequestTimeTooSkewed']);
		await control('POST /settings', { region: 'eu-central-1' });
		const answer = await storage(`PUT ${path}`, { body: Buffer.from('content') });
		expect([answer.status, inXml(answer, 'Code'), inXml(answer, 'Region'), answer.headers.get('x-amz-bucket-region')]).toEqual([400, 'AuthorizationHeaderMalformed', 'eu-central-1', 'eu-central-1']);
	});

	it('beside the own place, and with Explorer’s keys', async () => {
		expect(await put({}, path.replace(/user\/.*/, 'user/another/uploads/x.fastq-r1'))).toEqual([403, 'AccessDenied']);
		expect(await put({}, `/gencove-explorer-${simulator.info.organizationId.replaceAll('-', '').slice(0, 12)}/x`)).toEqual([403, 'AccessDenied']);
		keys = await api('POST /explorer-data-credentials/', {});
		expect(await put()).toEqual([403, 'AccessDenied']);
		expect(await put({}, '/gencove-explorer-data/files/x')).toEqual([403, 'AccessDenied']);
	});

	it('when the body is not what the headers say', async () => {
		expect(await put({ headers: { 'x-amz-content-sha256': '0'.repeat(64) } })).toEqual([400, 'XAmzContentSHA256Mismatch']);
		expect(await put({ headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } })).toEqual([400, 'BadDigest']);
		expect(await put({ headers: { 'content-md5': 'AAAAAA==' } })).toEqual([400, 'BadDigest']);
		expect(await put({ headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } })).toEqual([501, 'NotImplemented']);
	});
});

describe('in parts', () => {
	const part = (letter: string, size = 5 * MIB) => Buffer.alloc(size, letter);
	const complete = (parts: Array<[number, string | null]>) => Buffer.from(`<CompleteMultipartUpload>${parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`).join('')}</CompleteMultipartUpload>`);
	let session: string;
	beforeEach(async () => {
		session = inXml(await storage(`POST ${path}?uploads=`), 'UploadId')!;
	});
	const sendPart = async (number: number, body: Buffer) => (await storage(`PUT ${path}?partNumber=${number}&uploadId=${session}`, { body })).headers.get('etag');
	const refusal = async (parts: Array<[number, string | null]>) => {
		const answer = await storage(`POST ${path}?uploadId=${session}`, { body: complete(parts) });
		return [answer.status, inXml(answer, 'Code')];
	};

	it('a file is put together in the order of its parts, whatever the order they came in', async () => {
		const [second, first, third] = await Promise.all([sendPart(2, part('b')), sendPart(1, part('a')), sendPart(3, Buffer.from('end'))]);
		const answer = await storage(`POST ${path}?uploadId=${session}`, { body: complete([[1, first], [2, second], [3, third]]) });
		expect([answer.status, inXml(answer, 'ETag')]).toEqual([200, expect.stringMatching(/^&quot;[0-9a-f]{32}-3&quot;$/)]);
		await simulator.clock.advance(10_000);
		const { content } = simulator.state.uploads.get(uploadId)!;
		expect(content!.length).toBe(10 * MIB + 3);
		expect([content!.read(0, 1), content!.read(5 * MIB - 1, 1), content!.read(5 * MIB, 1), content!.read(10 * MIB, 9)].join()).toBe('a,a,b,end');
		expect(statusOf()).toEqual(['started', 'succeeded']);
		expect((await control('GET /storage')).under_way).toBe(0);
	});

	it('the last of two parts with the same number counts', async () => {
		await sendPart(1, part('a'));
		const again = await sendPart(1, part('z', 3));
		expect((await storage(`POST ${path}?uploadId=${session}`, { body: complete([[1, again]]) })).status).toBe(200);
		expect((await control('GET /storage')).objects.at(-1)).toMatchObject({ size: 29 });
	});

	it('what does not fit is refused', async () => {
		const [one, two] = [await sendPart(1, part('a', 3)), await sendPart(2, part('b', 3))];
		expect(await refusal([[1, one], [2, two]])).toEqual([400, 'EntityTooSmall']);
		expect(await refusal([[2, two], [1, one]])).toEqual([400, 'InvalidPartOrder']);
		expect(await refusal([[1, two]])).toEqual([400, 'InvalidPart']);
		expect(await refusal([[3, one]])).toEqual([400, 'InvalidPart']);
		expect(await refusal([])).toEqual([400, 'MalformedXML']);
		expect((await storage(`PUT ${path}?partNumber=0&uploadId=${session}`, { body: part('a', 3) })).status).toBe(400);
		expect(statusOf()).toEqual(['started']);
	});

	it('given up, nothing stays', async () => {
		await sendPart(1, part('a'));
		expect((await storage(`DELETE ${path}?uploadId=${session}`)).status).toBe(204);
		expect(await refusal([[1, 'x']])).toEqual([404, 'NoSuchUpload']);
		expect(await control('GET /storage')).toMatchObject({ under_way: 0, objects: [{ key: 'files/readme.txt' }] });
	});

	it('a fault that hits a part lets it be sent again', async () => {
		simulator.faults.add({ kind: 'status', method: 'PUT', path: '/gencove-simulated-uploads/', status: 500, body: '<Error><Code>InternalError</Code></Error>' });
		expect((await storage(`PUT ${path}?partNumber=1&uploadId=${session}`, { body: part('a', 3) })).status).toBe(500);
		expect(await sendPart(1, part('a', 3))).not.toBeNull();
	});
});

describe('Explorer’s bucket', () => {
	let bucket: string;
	beforeEach(async () => {
		keys = await api('POST /explorer-data-credentials/', {});
		bucket = `/gencove-explorer-${simulator.info.organizationId.replaceAll('-', '').slice(0, 12)}`;
		for (const key of ['a.txt', 'b/1', 'b/2', 'c.txt']) await storage(`PUT ${bucket}/users/${key}`, { body: Buffer.from(key) });
	});

	it('is listed, by folders and in pages', async () => {
		const all = (answer: { text: string }, name: string) => [...answer.text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'g'))].map(([, inner]) => inner);
		expect(all(await storage(`GET ${bucket}?list-type=2&prefix=users%2F`), 'Key')).toEqual(['users/a.txt', 'users/b/1', 'users/b/2', 'users/c.txt']);
		const first = await storage(`GET ${bucket}?delimiter=%2F&list-type=2&max-keys=2&prefix=users%2F`);
		expect([all(first, 'Key'), all(first, 'CommonPrefixes'), inXml(first, 'IsTruncated')]).toEqual([['users/a.txt'], ['<Prefix>users/b/</Prefix>'], 'true']);
		const next = await storage(`GET ${bucket}?continuation-token=${inXml(first, 'NextContinuationToken')}&delimiter=%2F&list-type=2&prefix=users%2F`);
		expect([all(next, 'Key'), all(next, 'CommonPrefixes'), inXml(next, 'IsTruncated')]).toEqual([['users/c.txt'], [], 'false']);
	});

	it('is read, copied, tagged and emptied', async () => {
		const part = await storage(`GET ${bucket}/users/a.txt`, { headers: { range: 'bytes=2-' } });
		expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'txt', 'bytes 2-4/5']);
		expect((await storage(`PUT ${bucket}/copy`, { headers: { 'x-amz-copy-source': `${bucket}/users/a.txt` } })).status).toBe(200);
		expect((await storage(`GET ${bucket}/copy`)).text).toBe('a.txt');
		const shared = await storage('GET /gencove-explorer-data/files/readme.txt');
		expect(shared.text).toMatch('Simulated');
		const removal = Buffer.from('<Delete><Object><Key>copy</Key></Object><Object><Key>users/a.txt</Key></Object></Delete>');
		expect((await storage(`POST ${bucket}?delete=`, { body: removal })).status).toBe(200);
		expect((await storage(`GET ${bucket}/copy`)).status).toBe(404);
		expect((await storage(`DELETE ${bucket}/users/c.txt`)).status).toBe(204);
	});

	it('a tag sends to the archive, from where it comes back for days', async () => {
		const tags = Buffer.from('<Tagging><TagSet><Tag><Key>Archive</Key><Value>DEEP_ARCHIVE</Value></Tag></TagSet></Tagging>');
		await storage(`PUT ${bucket}/users/a.txt?tagging=`, { body: tags });
		expect((await storage(`GET ${bucket}/users/a.txt?tagging=`)).text).toMatch('<Key>Archive</Key><Value>DEEP_ARCHIVE</Value>');
		const frozen = await storage(`GET ${bucket}/users/a.txt`);
		expect([frozen.status, inXml(frozen, 'Code')]).toEqual([403, 'InvalidObjectState']);
		const wanted = Buffer.from('<RestoreRequest><Days>2</Days><GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters></RestoreRequest>');
		expect((await storage(`POST ${bucket}/users/a.txt?restore=`, { body: wanted })).status).toBe(202);
		expect((await storage(`GET ${bucket}/users/a.txt`)).text).toBe('a.txt');
		await simulator.clock.advance(48 * HOUR);
		keys = await api('POST /explorer-data-credentials/', {});
		expect((await storage(`GET ${bucket}/users/a.txt`)).status).toBe(403);
		expect((await storage(`POST ${bucket}/users/c.txt?restore=`, { body: wanted })).status).toBe(403);
	});
});

describe('large files', () => {
	let child: ChildProcess;
	let info: Running['info'];
	/** MiB that the simulator holds on to now. */
	const live = async () => {
		child.send('live');
		return (await once(child, 'message'))[0] as number;
	};
	beforeAll(async () => {
		child = fork(join(__dirname, 'measured.mts'), ['gencove'], { execArgv: ['--expose-gc'] });
		[info] = await once(child, 'message');
	});
	afterAll(() => child.kill());

	it('go up in parts and come down without growing the process', async () => {
		const headers = { authorization: `Api-Key ${info.apiKey}` };
		const call = async (line: string, json?: object) => (await send(`${info.url}/api/v2`, line, { json, headers })).json;
		const own: StorageKeys = await call('POST /upload-credentials/', {});
		const { s3: place } = await call('POST /uploads-post-data/', { destination_path: 'gncv://large/BULL_R1.fastq.gz' });
		const url = `/${place.bucket}/${place.object_name}`;
		const before = await live();
		const during: number[] = [];
		const session = inXml(await s3(info.s3Endpoint, own, `POST ${url}?uploads=`), 'UploadId');
		const body = Buffer.alloc(32 * MIB, 'genome');
		const tags: string[] = [];
		for (let number = 1; number <= 8; number++) {
			const { headers: answered } = await s3(info.s3Endpoint, own, `PUT ${url}?partNumber=${number}&uploadId=${session}`, { body });
			tags.push(`<Part><PartNumber>${number}</PartNumber><ETag>${answered.get('etag')}</ETag></Part>`);
			during.push(await live());
		}
		await s3(info.s3Endpoint, own, `POST ${url}?uploadId=${session}`, { body: Buffer.from(`<CompleteMultipartUpload>${tags.join('')}</CompleteMultipartUpload>`) });
		await send(info.control, 'POST /clock', { json: { advance: 10_000 } });
		const { results } = await call('GET /sample-sheet/');
		const { uploads } = await call(`POST /project-samples/${info.projects.empty}`, { uploads: results });
		const { files } = await call(`GET /samples/${uploads[0].sample}`);
		let length = 0;
		for await (const piece of (await fetch(files[0].download_url)).body!) {
			length += piece.length;
			if (length % (64 * MIB) < piece.length) during.push(await live());
		}
		expect(length).toBe(8 * body.length);
		expect(Math.max(...during) - before).toBeLessThan(48);
	}, 60_000);
});
