import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import type { ConnectConfig, ParsedKey, PublicKeyAuthMethod } from 'ssh2';
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import { newKeyPair } from '../../simulators/shared/sftp.mts';
import { Spool } from '../../simulators/shared/spool.mts';
import { send } from './http.mts';
import { SftpClient } from './sftp-client.mts';

jest.setTimeout(30_000);

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const { NO_SUCH_FILE, PERMISSION_DENIED, FAILURE, OP_UNSUPPORTED } = STATUS_CODE;
const MINUTE = 60_000;
const MIB = 1024 * 1024;
const PICKED_UP = 3 * MINUTE;

let simulator: Running;
let client: SftpClient;

const api = async (line: string, json?: unknown) =>
	await send(`${simulator.info.url}/api/v1`, line, { json, headers: { authorization: `Bearer ${simulator.info.apiKey}` } });
const control = async (line: string, json?: unknown) => await send(simulator.info.control, line, { json });
const files = async () => (await api('GET /data/files')).json.results;
const md5 = (content: Buffer) => createHash('md5').update(content).digest();

function login(changes: Partial<ConnectConfig> = {}): ConnectConfig {
	const { host, port, user: username, password } = simulator.info.sftp;
	return { host, port, username, password, ...changes };
}
const logsIn = async (changes: Partial<ConnectConfig>) =>
	await SftpClient.connect(login({ password: undefined, ...changes })).then(
		async (connected) => {
			await connected.close();
			return true;
		},
		() => false,
	);

beforeAll(async () => {
	simulator = await start({ pace: 1 });
});
afterAll(async () => await simulator.close());
beforeEach(async () => {
	await control('POST /reset');
	client = await SftpClient.connect(login());
	await client.call('mkdir', '2025-02-27');
});
afterEach(async () => await client.destroy());

describe('login', () => {
	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'pkcs1', format: 'pem' } });
	const ed25519 = newKeyPair();
	const users = () => `/organizations/${simulator.info.organizationId}/sftp_users`;
	const oneLine = (privateKey: string) => {
		const key = ssh2.utils.parseKey(privateKey) as ParsedKey;
		return `${key.type} ${key.getPublicSSH().toString('base64')} a comment`;
	};

	it('by password or key of the seeded user', async () => {
		const { password, privateKey } = simulator.info.sftp;
		expect(await logsIn({ password })).toBe(true);
		expect(await logsIn({ privateKey })).toBe(true);
	});

	it.each<[string, () => Partial<ConnectConfig>]>([
		['a wrong password', () => ({ password: 'wrong' })],
		['no password', () => ({ password: '' })],
		['another key', () => ({ privateKey: ed25519.privateKey })],
		['an unknown user', () => ({ username: 'sftp-user-ffffffff', password: simulator.info.sftp.password })],
		['a user of the API', () => ({ username: simulator.info.login.email, password: simulator.info.login.password })],
	])('is refused with %s', async (_name, changes) => {
		expect(await logsIn(changes())).toBe(false);
	});

	it('is refused with a signature by another key', async () => {
		const key = ssh2.utils.parseKey(simulator.info.sftp.privateKey) as ParsedKey;
		const other = ssh2.utils.parseKey(ed25519.privateKey) as ParsedKey;
		key.sign = (data, algorithm) => other.sign(data, algorithm);
		const username = simulator.info.sftp.user;
		expect(await logsIn({ authHandler: [{ type: 'publickey', username, key } as PublicKeyAuthMethod] })).toBe(false);
	});

	it.each([['RSA', rsa.privateKey], ['Ed25519', ed25519.privateKey]])('by an %s key that was registered, until it is deleted', async (_name, privateKey) => {
		const created = await api(`POST ${users()}`, { ssh_public_body_key: oneLine(privateKey) });
		expect(created.status).toBe(200);
		const { id, user_name: username, ssh_keys } = created.json;
		expect(created.json).toEqual({
			id: expect.any(String),
			user_name: expect.stringMatching(/^sftp-user-[0-9a-f]{8}$/),
			user_home_folder: '/',
			connection_hint: `sftp -P ${simulator.info.sftp.port} ${username}@127.0.0.1`,
			ssh_keys: [{ id: expect.any(String), ssh_public_body_key: oneLine(privateKey), created_at: expect.any(String) }],
		});
		expect(await logsIn({ username, privateKey })).toBe(true);
		expect(await logsIn({ username, password: simulator.info.sftp.password })).toBe(false);
		expect((await api(`DELETE ${users()}/${id}/ssh_keys/${ssh_keys[0].id}`)).json).toMatchObject({ id, ssh_keys: [] });
		expect(await logsIn({ username, privateKey })).toBe(false);
	});

	it('of a user who is made without a key, gets two, and is deleted', async () => {
		const { id, user_name: username, ssh_keys } = (await api(`POST ${users()}`, {})).json;
		expect(ssh_keys).toEqual([]);
		for (const key of [rsa, ed25519]) expect((await api(`POST ${users()}/${id}/ssh_keys`, { ssh_public_body_key: oneLine(key.privateKey) })).status).toBe(200);
		expect((await api(`GET ${users()}`)).json).toMatchObject([{ user_name: simulator.info.sftp.user }, { id, ssh_keys: [{}, {}] }]);
		expect(await logsIn({ username, privateKey: ed25519.privateKey })).toBe(true);
		expect(await api(`DELETE ${users()}/${id}`)).toMatchObject({ status: 200, text: '' });
		expect(await logsIn({ username, privateKey: ed25519.privateKey })).toBe(false);
		expect((await api(`GET ${users()}`)).json).toHaveLength(1);
	});

	it('is as it was after a reset', async () => {
		const [{ id }] = (await api(`GET ${users()}`)).json;
		await api(`POST ${users()}`, {});
		await api(`DELETE ${users()}/${id}`);
		await control('POST /reset');
		expect((await api(`GET ${users()}`)).json).toMatchObject([{ user_name: simulator.info.sftp.user, ssh_keys: [{}] }]);
		expect(await logsIn({ privateKey: simulator.info.sftp.privateKey })).toBe(true);
	});
});

describe('files and folders', () => {
	it('are made, listed, read, renamed and removed', async () => {
		await client.put('2025-02-27/a.vcf', 'content');
		expect(await client.names('.')).toEqual(['2025-02-27']);
		expect(await client.names('/2025-02-27')).toEqual(['a.vcf']);
		expect(await client.stat('2025-02-27/a.vcf')).toMatchObject({ size: 7 });
		expect((await client.stat('2025-02-27')).isDirectory()).toBe(true);
		expect((await client.call<{ isFile(): boolean }>('lstat', '2025-02-27/a.vcf')).isFile()).toBe(true);
		expect(await client.get('2025-02-27/a.vcf')).toEqual(Buffer.from('content'));
		await client.call('setstat', '2025-02-27/a.vcf', { mode: 0o600, mtime: 1, atime: 1 });
		await client.call('rename', '2025-02-27/a.vcf', '2025-02-27/b.vcf');
		expect(await client.names('2025-02-27')).toEqual(['b.vcf']);
		await client.call('unlink', '2025-02-27/b.vcf');
		await client.call('rmdir', '2025-02-27');
		expect(await client.names('/')).toEqual([]);
	});

	it.each([['.', '/'], ['2025-02-27', '/2025-02-27'], ['/2025-02-27/../x/./y', '/x/y'], ['../../..', '/']])('real path of %s: %s', async (path, real) => {
		expect(await client.call('realpath', path)).toBe(real);
	});

	it.each<[string, string, unknown[], number]>([
		['a file that is not there', 'stat', ['none'], NO_SUCH_FILE],
		['a file in a folder that is not there', 'lstat', ['none/a.vcf'], NO_SUCH_FILE],
		['a folder that is not there', 'readdir', ['none'], NO_SUCH_FILE],
		['attributes of what is not there', 'setstat', ['none', { mode: 0o600 }], NO_SUCH_FILE],
		['reading what is not there', 'open', ['2025-02-27/none', 'r'], NO_SUCH_FILE],
		['reading a folder', 'open', ['2025-02-27', 'r'], FAILURE],
		['writing into a folder that is not there', 'open', ['none/a.vcf', 'w'], NO_SUCH_FILE],
		['writing in place of a folder', 'open', ['2025-02-27', 'w'], FAILURE],
		['writing below a file', 'open', ['2025-02-27/old.vcf/a.vcf', 'w'], NO_SUCH_FILE],
		['writing exclusively what is there', 'open', ['2025-02-27/old.vcf', 'wx'], FAILURE],
		['changing a part', 'open', ['2025-02-27/old.vcf', 'r+'], OP_UNSUPPORTED],
		['changing a part of what is not there', 'open', ['2025-02-27/none', OPEN_MODE.WRITE], NO_SUCH_FILE],
		['appending', 'open', ['2025-02-27/old.vcf', 'a'], OP_UNSUPPORTED],
		['a folder that is there', 'mkdir', ['2025-02-27'], FAILURE],
		['a folder in place of a file', 'mkdir', ['2025-02-27/old.vcf'], FAILURE],
		['a folder whose parent is missing', 'mkdir', ['a/b'], NO_SUCH_FILE],
		['a folder in a folder', 'mkdir', ['2025-02-27/b'], PERMISSION_DENIED],
		['removing what is not there', 'unlink', ['none'], NO_SUCH_FILE],
		['removing a folder as a file', 'unlink', ['2025-02-27'], FAILURE],
		['removing a folder that is not there', 'rmdir', ['none'], NO_SUCH_FILE],
		['removing a folder with files', 'rmdir', ['2025-02-27'], FAILURE],
		['removing the root', 'rmdir', ['/'], FAILURE],
		['renaming what is not there', 'rename', ['none', 'new'], NO_SUCH_FILE],
		['renaming onto another', 'rename', ['2025-02-27/old.vcf', '2025-02-27/other.vcf'], FAILURE],
		['renaming into a folder that is not there', 'rename', ['2025-02-27/old.vcf', 'none/old.vcf'], NO_SUCH_FILE],
		['renaming a folder', 'rename', ['2025-02-27', 'new'], FAILURE],
		['a link', 'symlink', ['2025-02-27/old.vcf', 'link'], OP_UNSUPPORTED],
		['reading a link', 'readlink', ['2025-02-27/old.vcf'], OP_UNSUPPORTED],
	])('refuses %s', async (_name, call, args, code) => {
		await client.put('2025-02-27/old.vcf', 'old');
		await client.put('2025-02-27/other.vcf', 'other');
		await expect(client.call(call as 'stat', ...args)).rejects.toMatchObject({ code });
		expect(await client.get('2025-02-27/old.vcf')).toEqual(Buffer.from('old'));
		expect(await client.names('2025-02-27')).toEqual(['old.vcf', 'other.vcf']);
	});

	it('knows the size while a file is being written, and its handle', async () => {
		const handle = await client.call<Buffer>('open', '2025-02-27/a.vcf', 'w');
		await client.call('write', handle, Buffer.from('half'), 0, 4, 0);
		expect(await client.stat('2025-02-27/a.vcf')).toMatchObject({ size: 4 });
		expect(await client.call('fstat', handle)).toMatchObject({ size: 4 });
		await client.call('fsetstat', handle, { mode: 0o600 });
		await expect(client.call('read', handle, Buffer.alloc(4), 0, 4, 0)).rejects.toMatchObject({ code: PERMISSION_DENIED });
		await client.call('close', handle);
		await expect(client.call('close', handle)).rejects.toMatchObject({ code: FAILURE });
		await expect(client.call('fstat', handle)).rejects.toMatchObject({ code: FAILURE });
		await expect(client.call('write', Buffer.from('no handle'), Buffer.from('x'), 0, 1, 0)).rejects.toMatchObject({ code: FAILURE });
	});

	it('does not write to what was opened to read', async () => {
		await client.put('2025-02-27/a.vcf', 'content');
		const handle = await client.call<Buffer>('open', '2025-02-27/a.vcf', 'r');
		await expect(client.call('write', handle, Buffer.from('x'), 0, 1, 0)).rejects.toMatchObject({ code: PERMISSION_DENIED });
		await client.call('unlink', '2025-02-27/a.vcf');
		await expect(client.call('read', handle, Buffer.alloc(4), 0, 4, 0)).rejects.toMatchObject({ code: FAILURE });
	});

	it('lists hundreds of files', async () => {
		const names = Array.from({ length: 500 }, (_, number) => `${number}.vcf`.padStart(250, '0'));
		await Promise.all(names.map(async (name) => await client.put(`2025-02-27/${name}`, 'x')));
		expect((await client.names('2025-02-27')).sort()).toEqual(names.sort());
	});

	it('are common to two clients at once', async () => {
		const other = await SftpClient.connect(login({ privateKey: simulator.info.sftp.privateKey, password: undefined }));
		await client.put('2025-02-27/a.vcf', 'a');
		await other.put('2025-02-27/b.vcf', 'b');
		expect(await client.names('2025-02-27')).toEqual(await other.names('2025-02-27'));
		await other.close();
	});

	it('are shown by the control routes, with what clients asked for', async () => {
		await client.put('2025-02-27/a.vcf', 'content');
		const { requests, files: shown } = (await control('GET /galateabio/sftp')).json;
		expect(shown).toEqual([{ path: '/2025-02-27/a.vcf', size: 7, pickedUp: false }]);
		expect(requests[0]).toEqual({ at: expect.any(String), user: simulator.info.sftp.user, request: 'MKDIR', path: '/2025-02-27', status: 'OK' });
		expect(requests.map(({ request }: { request: string }) => request)).toEqual(['MKDIR', 'OPEN', 'CLOSE']);
	});

	it('are gone after a reset, which ends the connection', async () => {
		await client.put('2025-02-27/a.vcf', 'content');
		const closed = client.closed();
		await control('POST /reset');
		await closed;
		const next = await SftpClient.connect(login());
		expect(await next.names('.')).toEqual([]);
		await next.close();
		await simulator.clock.advance(PICKED_UP);
		expect(await files()).toEqual([]);
	});
});

describe('an uploaded file', () => {
	it('is PENDING after some minutes and VALID later', async () => {
		await client.put('2025-02-27/a.vcf.gz', 'content');
		await simulator.clock.advance(2 * MINUTE);
		expect(await files()).toEqual([]);
		await simulator.clock.advance(MINUTE);
		const [file] = await files();
		expect(file).toMatchObject({
			status: 'PENDING',
			src_file_name: 'a.vcf.gz',
			src_short_file_path: '2025-02-27/a.vcf.gz',
			file_size_bytes: 7,
			check_sum: `${createHash('md5').update(md5(Buffer.from('content'))).digest('hex')}-1`,
			genome_type: 'GNT',
		});
		await simulator.clock.advance(4 * MINUTE);
		expect(await files()).toMatchObject([{ id: file.id, status: 'VALID', amount_of_samples: 1 }]);
		const back = await api(`GET /data/files/${file.id}/download`);
		expect([back.text, back.headers.get('content-length'), back.headers.get('content-disposition')]).toEqual(['content', '7', 'attachment; filename="a.vcf.gz"']);
		expect((await api('POST /exec/orders', { source_file_id: file.id, model_name: 'hutt-1.4' })).status).toBe(201);
	});

	it.each([['not-valid.vcf', 'x', 'NOT_VALID'], ['failed.vcf', 'x', 'FAILED'], ['empty.vcf', '', 'NOT_VALID'], ['3-samples.gvcf.gz', 'x', 'VALID']])('%s of "%s" ends as %s', async (name, content, status) => {
		await client.put(`2025-02-27/${name}`, content);
		await simulator.clock.advance(10 * MINUTE);
		expect(await files()).toMatchObject([{ src_file_name: name, status }]);
	});

	it('has a checksum of its parts', async () => {
		const content = randomBytes(20 * MIB);
		await client.put('2025-02-27/a.vcf', content);
		await simulator.clock.advance(PICKED_UP);
		const parts = [0, 8, 16].map((begin) => md5(content.subarray(begin * MIB, (begin + 8) * MIB)));
		expect(await files()).toMatchObject([{ file_size_bytes: 20 * MIB, check_sum: `${md5(Buffer.concat(parts)).toString('hex')}-3` }]);
	});

	it.each([[8 * MIB, 1], [8 * MIB + 1, 2]])('of %i bytes has %i part(s)', async (size, parts) => {
		await client.put('2025-02-27/a.vcf', Buffer.alloc(size));
		await simulator.clock.advance(PICKED_UP);
		expect((await files())[0].check_sum).toMatch(new RegExp(`^[0-9a-f]{32}-${parts}$`));
	});

	it('arrives whole when its pieces come out of order', async () => {
		const content = randomBytes(5 * MIB + 7);
		const folder = await mkdtemp(join(tmpdir(), 'sftp-'));
		await writeFile(join(folder, 'local'), content);
		await client.call('fastPut', join(folder, 'local'), '2025-02-27/a.vcf', { concurrency: 64 });
		const handle = await client.call<Buffer>('open', '2025-02-27/b.vcf', 'w');
		for (const [at, text] of [[3, 'def'], [0, 'abc'], [6, 'g']] as const) await client.call('write', handle, Buffer.from(text), 0, text.length, at);
		await client.call('close', handle);
		expect((await client.get('2025-02-27/a.vcf')).equals(content)).toBe(true);
		expect((await client.get('2025-02-27/b.vcf')).toString()).toBe('abcdefg');
		await rm(folder, { recursive: true });
	});

	it('is found by its name, as often as it was uploaded', async () => {
		await client.put('2025-02-27/a.vcf', 'first');
		await client.put('2025-02-27/a.vcf', 'replaces the first');
		await simulator.clock.advance(PICKED_UP);
		await client.put('2025-02-27/a.vcf', 'second');
		await simulator.clock.advance(PICKED_UP);
		const { results } = (await api('GET /data/files?file=a.vcf')).json;
		expect(results).toMatchObject([{ file_size_bytes: 6 }, { file_size_bytes: 18 }]);
		expect((await api(`GET /data/files/${results[1].id}/download`)).text).toBe('replaces the first');
	});

	it('is looked up some minutes after its last byte, and a new upload begins anew', async () => {
		await client.put('2025-02-27/a.vcf', 'first');
		await simulator.clock.advance(2 * MINUTE);
		await client.put('2025-02-27/a.vcf', 'second');
		await simulator.clock.advance(2 * MINUTE);
		expect(await files()).toEqual([]);
		await simulator.clock.advance(MINUTE);
		expect(await files()).toMatchObject([{ file_size_bytes: 6 }]);
	});

	it('counts by the name it was given in the end', async () => {
		await client.put('2025-02-27/a.vcf.part', 'content');
		await client.call('rename', '2025-02-27/a.vcf.part', '2025-02-27/a.vcf');
		await client.put('b.vcf', 'moved out of the root');
		await simulator.clock.advance(PICKED_UP);
		await client.call('rename', 'b.vcf', '2025-02-27/b.vcf');
		await simulator.clock.advance(PICKED_UP);
		await client.call('rename', '2025-02-27/b.vcf', '2025-02-27/c.vcf');
		await simulator.clock.advance(PICKED_UP);
		expect((await files()).map((file: { src_short_file_path: string }) => file.src_short_file_path)).toEqual(['2025-02-27/b.vcf', '2025-02-27/a.vcf']);
	});

	it('is not found in the root, when it was removed, and while it is not whole', async () => {
		await client.put('root.vcf', 'content');
		for (const content of ['content', '']) {
			await client.put('2025-02-27/removed.vcf', content);
			await client.call('unlink', '2025-02-27/removed.vcf');
		}
		const handle = await client.call<Buffer>('open', '2025-02-27/half.vcf', 'w');
		await client.call('write', handle, Buffer.from('half'), 0, 4, 0);
		await client.call('rename', '2025-02-27/half.vcf', '2025-02-27/renamed.vcf');
		await simulator.clock.advance(PICKED_UP);
		expect(await files()).toEqual([]);
		await client.call('close', handle);
		await simulator.clock.advance(PICKED_UP);
		expect(await files()).toMatchObject([{ src_file_name: 'renamed.vcf' }]);
	});

	it('that broke off leaves nothing', async () => {
		const other = await SftpClient.connect(login());
		const handle = await other.call<Buffer>('open', '2025-02-27/a.vcf', 'w');
		await other.call('write', handle, Buffer.from('half'), 0, 4, 0);
		await other.destroy();
		for (let tries = 0; tries < 100 && (await client.names('2025-02-27')).length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
		expect(await client.names('2025-02-27')).toEqual([]);
		await simulator.clock.advance(PICKED_UP);
		expect(await files()).toEqual([]);
	});

	it('is forgotten when a reset comes while it is looked at', async () => {
		await client.put('2025-02-27/a.vcf', Buffer.alloc(20 * MIB));
		const advanced = simulator.clock.advance(PICKED_UP);
		await control('POST /reset');
		await advanced;
		expect(await files()).toEqual([]);
	});

	it('stays in the API when it is removed here', async () => {
		await client.put('2025-02-27/a.vcf', 'content');
		await simulator.clock.advance(PICKED_UP);
		await client.call('unlink', '2025-02-27/a.vcf');
		const [{ id }] = await files();
		expect((await api(`GET /data/files/${id}/download`)).text).toBe('content');
	});

	it('can be cut off when it is downloaded', async () => {
		await client.put('2025-02-27/a.vcf', Buffer.alloc(3 * MIB + 1, 7));
		await simulator.clock.advance(PICKED_UP);
		const [{ id }] = await files();
		await control('POST /faults', [{ kind: 'truncate' }, { kind: 'cut', after: true }, { kind: 'status', status: 503, after: true }]);
		const download = async () => await fetch(`${simulator.info.url}/api/v1/data/files/${id}/download`, { headers: { authorization: `Bearer ${simulator.info.apiKey}` } });
		const response = await download();
		expect(response.headers.get('content-length')).toBe(String(3 * MIB + 1));
		let received = 0;
		const reading = async () => {
			for await (const piece of response.body!) received += piece.length;
		};
		await expect(reading()).rejects.toThrow();
		expect(received).toBe(1.5 * MIB);
		await expect(download()).rejects.toThrow('fetch failed');
		expect((await download()).status).toBe(503);
		expect((await (await download()).arrayBuffer()).byteLength).toBe(3 * MIB + 1);
	});
});

describe('200 MiB', () => {
	let child: ChildProcess;
	let info: Running['info'];
	const live = async () => {
		child.send('live');
		return (await once(child, 'message'))[0] as number;
	};

	beforeAll(async () => {
		child = fork(join(__dirname, 'measured.mts'), ['galateabio'], { execArgv: ['--expose-gc'] });
		[info] = await once(child, 'message');
	});
	afterAll(() => child.kill());

	it('go up and down without growing the process', async () => {
		const { host, port, user: username, password } = info.sftp;
		const headers = { authorization: `Bearer ${info.apiKey}` };
		const other = await SftpClient.connect({ host, port, username, password });
		await other.call('mkdir', 'a');
		const piece = randomBytes(MIB);
		const whole = createHash('md5');
		const before = await live();
		const during: number[] = [];

		const upload = other.raw.createWriteStream('a/large.vcf');
		for (let number = 0; number < 200; number++) {
			whole.update(piece);
			if (!upload.write(piece)) await once(upload, 'drain');
			if (number % 20 === 19) during.push(await live());
		}
		upload.end();
		await once(upload, 'close');
		await send(info.control, 'POST /clock', { json: { advance: PICKED_UP } });
		during.push(await live());
		const [file] = (await send(`${info.url}/api/v1`, 'GET /data/files', { headers })).json.results;
		const part = Array.from({ length: 8 }).reduce<Hash>((hash) => hash.update(piece), createHash('md5')).digest();
		expect(file).toMatchObject({ file_size_bytes: 200 * MIB, check_sum: `${md5(Buffer.concat(Array(25).fill(part))).toString('hex')}-25` });

		const download = await fetch(`${info.url}/api/v1/data/files/${file.id}/download`, { headers });
		const hash = createHash('md5');
		let received = 0;
		for await (const bytes of download.body!) {
			hash.update(bytes);
			received += bytes.length;
			if (received % (50 * MIB) < bytes.length) during.push(await live());
		}
		await other.close();
		expect([received, hash.digest('hex')]).toEqual([200 * MIB, whole.digest('hex')]);
		expect(during.length).toBeGreaterThan(10);
		expect(Math.max(...during) - before).toBeLessThan(8);
	}, 60_000);
});

describe('a spool', () => {
	it('reads what was written, to its end and not beyond', async () => {
		const spool = new Spool();
		spool.write(Buffer.from('world'), 6);
		spool.write(Buffer.from('HELLO '), 0);
		spool.write(Buffer.from('hello'), 0);
		expect([spool.length, spool.read(6, 100).toString(), spool.read(11, 5).length, spool.read(50, 5).length]).toEqual([11, 'world', 0, 0]);
		spool.close();
		spool.close();
		expect(() => spool.read(0, 1)).toThrow('gone');
		expect(() => spool.write(Buffer.from('x'), 0)).toThrow('gone');
	});
});

describe('the port', () => {
	const answers = async (port: number) =>
		await new Promise<boolean>((resolve) => {
			const socket = createConnection(port, '127.0.0.1', () => {
				socket.destroy();
				resolve(true);
			}).on('error', () => resolve(false));
		});

	it('can be chosen, is in use while the simulator runs, and free afterwards', async () => {
		const { port } = simulator.info.sftp;
		await expect(start({ sftpPort: port })).rejects.toThrow('EADDRINUSE');
		const other = await start();
		expect(await answers(other.info.sftp.port)).toBe(true);
		const open = await SftpClient.connect({ ...login(), port: other.info.sftp.port });
		await other.close();
		await open.destroy();
		expect(await answers(other.info.sftp.port)).toBe(false);
		const again = await start({ sftpPort: other.info.sftp.port });
		expect(again.info.sftp.port).toBe(other.info.sftp.port);
		await again.close();
	});

	it('is closed again when that of the API is taken', async () => {
		const probe = await start();
		const { port } = probe.info.sftp;
		await probe.close();
		await expect(start({ port: Number(new URL(simulator.info.url).port), sftpPort: port })).rejects.toThrow('EADDRINUSE');
		expect(await answers(port)).toBe(false);
	});
});
