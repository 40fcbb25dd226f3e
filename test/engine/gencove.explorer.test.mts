import { createHash, randomUUID } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { GencoveApi } from '../../credentials/GencoveApi.credentials.ts';
import { api } from '../../nodes/Gencove/api.ts';
import { copy } from '../../nodes/Gencove/explorer/copying.ts';
import { storageOf } from '../../nodes/Gencove/explorer/storage.ts';
import { Connection } from '../../nodes/shared/request.ts';
import { Bench, byId } from './gencove.mts';

const OWN = 'e://users/me';
const MEBIBYTE = 2 ** 20;

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const control = async (line: string, body?: unknown) => {
	const [method, path] = line.split(' ');
	const answer = await fetch(`${bench.simulator.info.control}/gencove/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
	const text = await answer.text();
	return (text && JSON.parse(text)) as { objects: Array<{ bucket: string; key: string; size: number; tags: IDataObject }>; under_way: number };
};
const stored = async () => (await control('GET storage')).objects;
const keys = async () => (await stored()).filter(({ bucket }) => bucket !== 'gencove-explorer-data').map(({ key }) => key);

/** The means of n8n that requests need. */
function context(): ILoadOptionsFunctions {
	const { data } = bench.credential();
	const send = async ({ url, method, headers, body }: IHttpRequestOptions) => {
		const answer = await fetch(url, { method, headers: headers as Record<string, string>, body: (Buffer.isBuffer(body) ? body : body && JSON.stringify(body)) as string | undefined });
		return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
	};
	return {
		getNode: () => ({ parameters: {} }),
		getCredentials: async () => data,
		helpers: { httpRequest: send, httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => await send(await new GencoveApi().authenticate(data, options)) },
	} as unknown as ILoadOptionsFunctions;
}

async function upload(target: string, content: string | Buffer = 'content', name = 'sample.vcf') {
	const { outputs, error } = await bench.run('explorer', 'uploadData', { inputField: 'data', target }, { items: [await bench.engine.itemWithFile(Buffer.from(content as string), name)] });
	if (error) throw error;
	return outputs[0][0].json;
}

describe('instances', () => {
	const instance = async () => (await json('explorer', 'getManyInstances', { returnAll: true }))[0];
	const chosen = async () => ({ instanceId: byId(String((await instance()).id)) });

	it('are started and stopped', async () => {
		const { id } = await instance();
		expect(await json('explorer', 'startInstances', await chosen())).toEqual([{ success: true }]);
		expect((await instance()).status).not.toBe('stopped');
		await bench.simulator.clock.advance(3_600_000);
		expect(await json('explorer', 'stopInstances', await chosen())).toEqual([{ success: true }]);
		for (const call of ['start', 'stop']) expect(bench.sent(`POST explorer-${call}-instances/`)).toEqual([{ instance_ids: [id] }]);
		await bench.simulator.clock.advance(3_600_000);
		const { error } = await bench.run('explorer', 'stopInstances', await chosen());
		expect(error?.message).toContain('is already in stopped status');
	});

	it('stop by themselves as is wanted', async () => {
		const wanted = [{ stop: 'hours', hours: 7 }, { stop: 'never' }, { stop: 'organization' }];
		for (const parameters of wanted) expect(await json('explorer', 'setInactivityStop', { ...(await chosen()), ...parameters })).toEqual([{ success: true }]);
		expect(bench.sent('POST explorer-instances-inactivity-stop/').map((body) => body.stop_after_inactivity_hours)).toEqual([7, 0, null]);
		expect(await json('explorer', 'setOrganizationInactivity', { stopAfterHours: 5, override: true })).toEqual([{ success: true }]);
		expect(await json('explorer', 'getOrganizationInactivity')).toEqual([{ explorer_override_stop_after_inactivity_hours: true, explorer_stop_after_inactivity_hours: 5 }]);
	});

	it('are opened by a link', async () => {
		expect(await json('explorer', 'getAccessUrl', { ...(await chosen()), additionalFields: { expiresIn: 600 } })).toEqual([{ access_url: expect.stringMatching(/^https:/) }]);
		// the journal hides what has "token" in its name
		expect(bench.sent('POST explorer-access-url/')).toEqual([{ id: (await instance()).id, access_token_expiration: '***' }]);
		const tooLong = await bench.run('explorer', 'getAccessUrl', { ...(await chosen()), additionalFields: { expiresIn: 86_401 } });
		expect(tooLong.error?.description).toContain('up to 86400');
		const { error } = await bench.run('explorer', 'getAccessUrl', { instanceId: byId(randomUUID()) });
		expect(error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Instance"') });
	});

	it('cost something, and have keys to their storage', async () => {
		expect((await json('explorer', 'getCostReports')).length).toBeGreaterThan(1);
		expect(await json('explorer', 'getDataCredentials')).toMatchObject([{ access_key: expect.any(String), secret_key: expect.any(String), token: expect.any(String), region_name: 'us-east-1' }]);
	});
});

describe('paths', () => {
	it.each([
		['of the user', 'e://users/me/a/b c+d.txt', () => `users/${bench.simulator.info.userId}/files/a/b c+d.txt`],
		['of a user by ID', 'e://users/abc/x', () => 'users/abc/files/x'],
		['of a user by email', 'e://users/MFA@example.org/x', () => 'users/10000000-0000-4000-8000-000000000002/files/x'],
		['of the organization', 'e://org/über/x', () => 'shared/files/über/x'],
		['of a bucket', 's3://gencove-explorer-200000000000/any/x', () => 'any/x'],
	])('%s are found in the storage', async (_whose, path, key) => {
		expect(await upload(path)).toEqual({ path, fileName: path.split('/').pop(), mimeType: 'application/octet-stream', fileSize: 7 });
		expect(await stored()).toContainEqual(expect.objectContaining({ bucket: 'gencove-explorer-200000000000', key: key(), size: 7 }));
	});

	it('at a slash get the name of the file', async () => {
		expect(await upload('e://org/in/', 'x', 'name.txt')).toMatchObject({ path: 'e://org/in/name.txt' });
		expect(await keys()).toEqual(['shared/files/in/name.txt']);
	});

	it.each(['users/me/x', 'e:///x', 'e://', 'e://users', 'e://users/', 'e://elsewhere/x', 'https://example.org/x', 'e://users/me/../other/x', 'e://org/./x', 'gncv://x'])('%j is refused', async (path) => {
		const { error } = await bench.run('explorer', 'downloadData', { path });
		expect(error).toMatchObject({ message: `"${path}" is not a path of Explorer`, description: expect.stringContaining('e://users/me/...') });
		expect(bench.arrived('POST explorer-data-credentials/')).toEqual([]);
	});

	it('of folders are told from those of files', async () => {
		for (const operation of ['downloadData', 'presignData', 'deleteData', 'archiveData', 'restoreData']) {
			for (const path of ['e://users/me', 'e://org/in/']) expect((await bench.run('explorer', operation, { path })).error?.message).toBe(`"${path}" is a folder`);
		}
	});

	it('of a user whom nobody knows are refused', async () => {
		const { error } = await bench.run('explorer', 'downloadData', { path: 'e://users/nobody@example.org/x' });
		expect(error?.message).toContain('no user with the email address "nobody@example.org"');
	});
});

describe('files', () => {
	it('come back as they were sent, of any size; keys are asked for once an execution', async () => {
		const bytes = Buffer.alloc(20 * MEBIBYTE + 1, 'genome');
		await upload(`${OWN}/large.bin`, bytes);
		await upload(`${OWN}/small.txt`);
		const before = bench.arrived('POST explorer-data-credentials/').length;
		const { outputs } = await bench.run('explorer', 'downloadData', { path: `=${OWN}/{{ $json.name }}` }, { items: ['large.bin', 'small.txt', 'small.txt'].map((name) => ({ json: { name } })) });
		const [large, small] = outputs[0];
		expect(large.json).toMatchObject({ path: `${OWN}/large.bin`, fileName: 'large.bin', fileSize: bytes.length });
		const hash = (content: Buffer) => createHash('sha256').update(content).digest('hex');
		expect(hash(await bench.engine.bytes(large.binary!.data))).toBe(hash(bytes));
		expect((await bench.engine.bytes(small.binary!.data)).toString()).toBe('content');
		expect(bench.arrived('POST explorer-data-credentials/')).toHaveLength(before + 1);
		expect(bench.arrived('GET user/')).toHaveLength(3);
	});

	it('that are for everybody are read, and not written', async () => {
		const { outputs } = await bench.run('explorer', 'downloadData', { path: 'e://gencove/readme.txt' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).toString()).toContain('for everybody');
		await expect(upload('e://gencove/mine.txt')).rejects.toMatchObject({ message: expect.stringContaining('Access Denied') });
	});

	it('that are not there are told of', async () => {
		const { error } = await bench.run('explorer', 'downloadData', { path: `${OWN}/nothing` });
		expect(error).toMatchObject({ httpCode: '404', message: expect.stringContaining('key does not exist') });
	});

	it('are found in another region', async () => {
		await control('POST settings', { region: 'eu-west-1' });
		await upload(`${OWN}/x`);
		expect(await keys()).toHaveLength(1);
	});

	it('are reached with new keys when the old ones have expired', async () => {
		await upload(`${OWN}/x`);
		const before = bench.arrived('POST explorer-data-credentials/').length;
		bench.simulator.faults.add({ kind: 'status', status: 400, path: '/gencove-explorer-', body: '<Error><Code>ExpiredToken</Code></Error>' });
		const { error } = await bench.run('explorer', 'downloadData', { path: `${OWN}/x` });
		expect(error).toBeUndefined();
		expect(bench.arrived('POST explorer-data-credentials/')).toHaveLength(before + 2);
	});
});

describe('links', () => {
	it('are open to everybody for a while', async () => {
		await upload(`${OWN}/a b.txt`);
		const [{ presigned_url: url, expires_at: end, path }] = await json('explorer', 'presignData', { path: `${OWN}/a b.txt`, expiresIn: 120 });
		expect(path).toBe(`${OWN}/a b.txt`);
		expect(String(url)).toContain('X-Amz-Expires=120');
		expect(Date.parse(String(end)) - bench.simulator.clock.now()).toBeLessThanOrEqual(120_000);
		expect(await (await fetch(String(url))).text()).toBe('content');
		expect((await fetch(`${String(url)}0`)).status).toBe(403);
		const { error } = await bench.run('explorer', 'presignData', { path: `${OWN}/x`, expiresIn: 700_000 });
		expect(error?.description).toContain('up to 604800');
	});

	it('end with the keys that they are made with', async () => {
		const [{ expires_at: end }] = await json('explorer', 'presignData', { path: `${OWN}/x`, expiresIn: 604_800 });
		expect(Date.parse(String(end)) - bench.simulator.clock.now()).toBeLessThanOrEqual(3_600_000);
	});
});

describe('lists', () => {
	const fill = async () => {
		for (const path of ['a.txt', 'in/b.txt', 'in/deep/c & d.txt', 'in/deep/e.txt', 'inside.txt']) await upload(`${OWN}/${path}`);
	};
	const paths = (items: IDataObject[]) => items.map(({ path }) => String(path).slice(OWN.length + 1));

	it('show what a folder holds, or all below it', async () => {
		await fill();
		const items = await json('explorer', 'listData', { folder: `${OWN}/in/` });
		expect(items).toEqual([
			{ path: `${OWN}/in/deep/`, type: 'folder' },
			{ path: `${OWN}/in/b.txt`, type: 'file', size: 7, modified: expect.any(String), storageClass: 'STANDARD' },
		]);
		expect(paths(await json('explorer', 'listData', { folder: `${OWN}/in/`, additionalFields: { everythingBelow: true } }))).toEqual(['in/b.txt', 'in/deep/c & d.txt', 'in/deep/e.txt']);
		expect(paths(await json('explorer', 'listData', { folder: `${OWN}/in` }))).toEqual(['in/', 'inside.txt']);
		expect(await json('explorer', 'listData', { folder: `${OWN}/nothing/` })).toEqual([]);
	});

	it('are read page by page, and no more than is wanted', async () => {
		const names = Array.from({ length: 120 }, (_none, n) => `n/${n}`);
		const page = (from: number, to: number, more: string) => `<ListBucketResult>${more}${names.slice(from, to).map((name) => `<Contents><Key>shared/files/${name}</Key><Size>1</Size></Contents>`).join('')}</ListBucketResult>`;
		const answer = (body: string) => bench.simulator.faults.add({ kind: 'status', status: 200, path: '/gencove-explorer-', body });
		const first = page(0, 70, '<IsTruncated>true</IsTruncated><NextContinuationToken>a+b/=</NextContinuationToken>');
		const lists = () => bench.simulator.journal.since().entries.filter(({ path }) => path.includes('/gencove-explorer-')).map(({ query }) => query['continuation-token']);
		for (const [parameters, count] of [[{}, 50], [{ limit: 2 }, 2]] as const) {
			answer(first);
			expect(await json('explorer', 'listData', { folder: 'e://org/n/', ...parameters })).toHaveLength(count);
		}
		expect(lists()).toEqual([undefined, undefined]);
		answer(first);
		answer(page(70, 120, '<IsTruncated>false</IsTruncated>'));
		const all = await json('explorer', 'listData', { folder: 'e://org/n/', returnAll: true });
		expect(all.map(({ path }) => path)).toEqual(names.map((name) => `e://org/${name}`));
		// the journal hides what has "token" in its name
		expect(lists().slice(2)).toEqual([undefined, ['***']]);
	});

	it('of the beginning of a path are refused where that is none', async () => {
		expect((await bench.run('explorer', 'listData', { folder: 'nowhere' })).error?.message).toBe('"nowhere" is not a path of Explorer');
	});
});

describe('copies', () => {
	it('are made of a file', async () => {
		await upload(`${OWN}/a b+c.txt`);
		expect(await json('explorer', 'copyData', { path: `${OWN}/a b+c.txt`, copyTo: 'e://org/to/' })).toEqual([{ path: `${OWN}/a b+c.txt`, copiedTo: 'e://org/to/a b+c.txt' }]);
		await json('explorer', 'copyData', { path: 'e://gencove/readme.txt', copyTo: 'e://org/read.txt' });
		expect(await keys()).toEqual(expect.arrayContaining(['shared/files/to/a b+c.txt', 'shared/files/read.txt']));
	});

	it('of large files are made in parts', async () => {
		const bytes = Buffer.alloc(11 * MEBIBYTE + 5, Buffer.from(Array.from({ length: 251 }, (_none, i) => i)));
		await upload(`${OWN}/large.bin`, bytes);
		const storage = storageOf(await Connection.open(context(), api));
		const [source, target] = await Promise.all([storage.place(`${OWN}/large.bin`), storage.place('e://org/large "copy".bin')]);
		await copy(source, target, { largest: 10 * MEBIBYTE, part: 5 * MEBIBYTE });
		expect(bench.simulator.journal.since().entries.filter(({ query }) => query.partNumber && query.uploadId).map(({ query, status }) => `${String(query.partNumber)}: ${status}`).slice(-3).sort()).toEqual(['1: 200', '2: 200', '3: 200']);
		const { outputs } = await bench.run('explorer', 'downloadData', { path: 'e://org/large "copy".bin' });
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).equals(bytes)).toBe(true);
		bench.simulator.faults.add({ kind: 'status', status: 403, path: '/gencove-explorer-', method: 'PUT', skip: 1, body: '<Error><Code>AccessDenied</Code></Error>' });
		await expect(copy(source, target, { largest: 10 * MEBIBYTE, part: 5 * MEBIBYTE })).rejects.toMatchObject({ status: 403 });
		expect((await control('GET storage')).under_way).toBe(0);
	});

	it('are made of all that is below a folder', async () => {
		for (const path of ['in/b.txt', 'in/deep/c.txt', 'inside.txt']) await upload(`${OWN}/${path}`);
		const copied = await json('explorer', 'copyData', { path: `${OWN}/in`, copyTo: 'e://org/to', additionalFields: { everythingBelow: true } });
		expect(copied.map(({ copiedTo }) => copiedTo)).toEqual(['e://org/to/b.txt', 'e://org/to/deep/c.txt']);
		expect((await keys()).filter((key) => key.startsWith('shared/'))).toEqual(['shared/files/to/b.txt', 'shared/files/to/deep/c.txt']);
		const { error } = await bench.run('explorer', 'copyData', { path: `${OWN}/nothing`, copyTo: 'e://org/to', additionalFields: { everythingBelow: true } });
		expect(error?.message).toBe(`There is nothing below "${OWN}/nothing/"`);
	});
});

describe('the archive', () => {
	it('takes files, and gives them back for some days', async () => {
		await upload(`${OWN}/x`);
		expect(await json('explorer', 'archiveData', { path: `${OWN}/x` })).toEqual([{ path: `${OWN}/x`, archiveRequested: true }]);
		expect(await stored()).toContainEqual(expect.objectContaining({ tags: { Archive: 'DEEP_ARCHIVE' } }));
		const frozen = await bench.run('explorer', 'downloadData', { path: `${OWN}/x` });
		expect(frozen.error).toMatchObject({ message: `"${OWN}/x" is in the archive`, description: expect.stringContaining('"Restore Data"') });
		expect((await bench.run('explorer', 'copyData', { path: `${OWN}/x`, copyTo: `${OWN}/y` })).error?.message).toBe(`"${OWN}/x" is in the archive`);
		expect(await json('explorer', 'restoreData', { path: `${OWN}/x`, days: 3, tier: 'Standard' })).toEqual([{ path: `${OWN}/x`, restoreRequested: true }]);
		expect((await bench.run('explorer', 'downloadData', { path: `${OWN}/x` })).error).toBeUndefined();
		await bench.simulator.clock.advance(4 * 86_400_000);
	});

	it('takes all that is below a folder, and gives back what was in it', async () => {
		for (const path of ['in/a', 'in/b']) await upload(`${OWN}/${path}`);
		const below = { path: `${OWN}/in/`, additionalFields: { everythingBelow: true } };
		expect(await json('explorer', 'archiveData', below)).toHaveLength(2);
		await upload(`${OWN}/in/c`);
		expect((await json('explorer', 'restoreData', below)).map(({ restoreRequested }) => restoreRequested)).toEqual([true, true, false]);
	});

	it('gives nothing back that is not in it', async () => {
		await upload(`${OWN}/x`);
		const { error } = await bench.run('explorer', 'restoreData', { path: `${OWN}/x` });
		expect(error?.message).toContain('storage class');
	});
});

describe('deleting', () => {
	it('takes a file away, or all that is below a folder, and nothing beside', async () => {
		for (const path of ['in/a', 'in/deep/b', 'inside', 'x']) await upload(`${OWN}/${path}`);
		expect(await json('explorer', 'deleteData', { path: `${OWN}/x` })).toEqual([{ path: `${OWN}/x`, deleted: true }]);
		expect(await json('explorer', 'deleteData', { path: `${OWN}/in`, additionalFields: { everythingBelow: true } })).toEqual([{ path: `${OWN}/in/a`, deleted: true }, { path: `${OWN}/in/deep/b`, deleted: true }]);
		expect(await keys()).toEqual([`users/${bench.simulator.info.userId}/files/inside`]);
	});

	it('that fails in the middle says how much was done', async () => {
		for (let n = 0; n < 5; n++) await upload(`${OWN}/in/${n}`);
		bench.simulator.faults.add({ kind: 'status', status: 403, method: 'DELETE', skip: 2, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' });
		const { error } = await bench.run('explorer', 'deleteData', { path: `${OWN}/in/`, additionalFields: { everythingBelow: true } });
		expect(error).toMatchObject({ message: expect.stringContaining('Access Denied'), description: expect.stringMatching(/\d objects were done before/) });
	});
});
