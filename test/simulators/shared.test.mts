import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Clock } from '../../simulators/shared/clock.mts';
import { Faults } from '../../simulators/shared/faults.mts';
import { Journal } from '../../simulators/shared/journal.mts';
import { start } from '../../simulators/galateabio/simulator.mts';
import type { Running } from '../../simulators/galateabio/simulator.mts';
import { send } from './http.mts';

describe('clock', () => {
	const clock = new Clock();
	beforeEach(() => clock.reset());
	afterAll(() => clock.reset());

	it('runs what is due in order, each at its own time', async () => {
		const start = clock.now();
		const ran: Array<[string, number]> = [];
		const note = (name: string) => () => ran.push([name, Math.round((clock.now() - start) / 1000)]);
		clock.after(3_000, note('third'));
		clock.after(1_000, note('first'));
		clock.after(2_000, note('second'));
		clock.after(60_000, note('late'));
		await clock.advance(10_000);
		expect(ran).toEqual([['first', 1], ['second', 2], ['third', 3]]);
	});

	it('runs what is appointed on the way, and waits for promises', async () => {
		const ran: string[] = [];
		clock.after(1_000, async () => {
			await new Promise((resolve) => setTimeout(resolve, 5));
			ran.push('step');
			clock.after(1_000, () => ran.push('next step'));
		});
		await clock.advance(5_000);
		expect(ran).toEqual(['step', 'next step']);
	});

	it('leaves out what was taken back', async () => {
		const run = jest.fn();
		clock.after(1_000, run)();
		await clock.advance(2_000);
		expect(run).not.toHaveBeenCalled();
	});

	it('goes on by itself', async () => {
		await new Promise<void>((resolve) => clock.after(5, resolve));
	});

	it('goes back to real time', async () => {
		await clock.advance(1_000_000);
		expect(clock.now() - Date.now()).toBeGreaterThan(900_000);
		clock.reset();
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
	});

	it('writes microseconds', () => {
		expect(clock.timestamp(Date.UTC(2025, 6, 16, 7, 57, 6, 855) + 0.1505)).toBe('2025-07-16T07:57:06.855150Z');
		expect(clock.timestamp()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
	});
});

describe('a long journal', () => {
	it('keeps the last 100,000 entries', () => {
		const journal = new Journal();
		for (let number = 0; number < 100_003; number++) journal.open({ at: '', method: 'GET', url: '/', route: null, authorized: false });
		const { entries, next } = journal.since(1);
		expect([entries.length, entries[0].index, next]).toEqual([100_000, 3, 100_003]);
		expect(journal.since(100_002).entries.map(({ index }) => index)).toEqual([100_002]);
	});
});

describe('choice of the requests a fault hits', () => {
	it.each([
		['by method', { method: 'post' }, ['POST /a'], ['GET /a']],
		['by a part of the path', { path: '/data/files' }, ['GET /api/v1/data/files'], ['GET /api/v1/exec/orders']],
		['by a regular expression', { path: 'files/[^/]+$' }, ['GET /files/1'], ['GET /files/1/download', 'GET /files']],
		['by a text that is no regular expression', { path: 'a(b' }, ['GET /a(b'], ['GET /ab']],
	])('%s', (_name, choice, hit, spared) => {
		const faults = new Faults();
		faults.add({ kind: 'cut', times: 100, ...choice });
		const take = (line: string) => faults.take(...(line.split(' ') as [string, string]));
		for (const line of hit) expect(take(line)).toBeDefined();
		for (const line of spared) expect(take(line)).toBeUndefined();
	});

	it('after some, and so many times', () => {
		const faults = new Faults();
		faults.add({ kind: 'cut', skip: 2, times: 2 });
		expect([1, 2, 3, 4, 5].map(() => faults.take('GET', '/a') !== undefined)).toEqual([false, false, true, true, false]);
	});
});

describe('a server', () => {
	let simulator: Running;
	let authorization: string;
	const api = async (line: string, json?: unknown) =>
		await send(`${simulator.info.url}/api/v1`, line, { json, headers: { authorization } });
	const control = async (line: string, json?: unknown) => await send(simulator.info.control, line, { json });

	beforeAll(async () => {
		simulator = await start();
		authorization = `Bearer ${simulator.info.apiKey}`;
	});
	afterAll(async () => await simulator.close());
	beforeEach(async () => expect((await control('POST /reset')).status).toBe(204));

	describe('journal', () => {
		it('records route, query, body and status', async () => {
			await api('GET /data/files?file=a%20b&files_ids=&tags_ids=1&tags_ids=2');
			const id = '11111111-1111-4111-8111-111111111111';
			await api(`PUT /data/files/${id}`, { sample_alias: 'S1' });
			await api('GET /nothing?here');
			await api('POST /users/me', {});
			const { entries, next } = (await control('GET /journal')).json;
			expect(entries).toMatchObject([
				{ method: 'GET', route: 'GET /data/files', path: '/api/v1/data/files', query: { file: ['a b'], tags_ids: ['1', '2'] }, authorized: true, status: 200 },
				{ route: 'PUT /data/files/{source_file_id}', path: `/api/v1/data/files/${id}`, body: { sample_alias: 'S1' }, status: 404 },
				{ route: null, path: '/api/v1/nothing', query: { here: [''] }, status: 404 },
				{ route: null, path: '/api/v1/users/me', status: 405 },
			]);
			await api('GET /users/me');
			expect((await control(`GET /journal?since=${next}`)).json.entries).toMatchObject([{ route: 'GET /users/me', index: next }]);
			expect((await control('GET /journal?since=99999999')).json.entries).toEqual([]);
			await control('DELETE /journal');
			expect((await control('GET /journal')).json).toEqual({ entries: [], next: next + 1 });
		});

		it('holds no secrets and no contents', async () => {
			const { email, password } = simulator.info.login;
			const tokens = (await api('POST /users/auth', { email, password })).json;
			await api('POST /users/refresh', tokens);
			await api('GET /users/me?token=abc');
			const form = new FormData();
			form.append('file', new Blob(['contents of the file']), 'a.txt');
			await send(`${simulator.info.url}/api/v1`, 'POST /data/files/upload', { body: form, headers: { authorization } });
			const { text, json } = await control('GET /journal');
			for (const secret of [password, tokens.access, tokens.refresh, simulator.info.apiKey, 'contents', 'abc']) expect(text).not.toContain(secret);
			expect(json.entries[0].body).toEqual({ email, password: '***' });
			expect(json.entries[3].body).toEqual([{ name: 'file', filename: 'a.txt', size: 20 }]);
		});

		it('records a body that was refused', async () => {
			await api('POST /exec/tags', { name: 5 });
			expect(simulator.journal.since().entries).toMatchObject([{ body: { name: 5 }, status: 400 }]);
		});
	});

	describe('faults', () => {
		const lastEntry = () => simulator.journal.since().entries.at(-1);

		it('status, with body and headers', async () => {
			await control('POST /faults', { kind: 'status', status: 429, body: { detail: 'Slow down' }, headers: { 'retry-after': '7' } });
			const answer = await api('GET /users/me');
			expect(answer).toMatchObject({ status: 429, json: { detail: 'Slow down' } });
			expect(answer.headers.get('retry-after')).toBe('7');
			expect(lastEntry()).toMatchObject({ status: 429, fault: 'status' });
			expect((await api('GET /users/me')).status).toBe(200);
		});

		it('status without more is 500', async () => {
			await control('POST /faults', { kind: 'status' });
			expect(await api('GET /users/me')).toMatchObject({ status: 500, json: { detail: expect.any(String) } });
		});

		it('html', async () => {
			await control('POST /faults', { kind: 'html', status: 503 });
			const answer = await api('GET /users/me');
			expect(answer.status).toBe(503);
			expect(answer.headers.get('content-type')).toMatch('text/html');
			expect(answer.text).toMatch('<html>');
		});

		it('delay', async () => {
			await control('POST /faults', { kind: 'delay', ms: 100 });
			const before = performance.now();
			expect((await api('GET /users/me')).status).toBe(200);
			expect(performance.now() - before).toBeGreaterThan(95);
			expect(lastEntry()).toMatchObject({ status: 200, fault: 'delay' });
		});

		it('cut leaves no trace', async () => {
			await control('POST /faults', { kind: 'cut' });
			await expect(api('POST /exec/tags', { name: 'lost' })).rejects.toThrow('fetch failed');
			expect(lastEntry()).toMatchObject({ status: null, fault: 'cut' });
			expect((await api('GET /exec/tags')).json.count).toBe(0);
		});

		it('truncate announces the whole and sends half', async () => {
			await control('POST /faults', { kind: 'truncate', path: 'users/me' });
			const response = await fetch(`${simulator.info.url}/api/v1/users/me`, { headers: { authorization } });
			expect(response.status).toBe(200);
			const length = Number(response.headers.get('content-length'));
			let received = 0;
			await expect(
				(async () => {
					for await (const piece of response.body!) received += piece.length;
				})(),
			).rejects.toThrow();
			expect(received).toBe(Math.floor(length / 2));
			expect(lastEntry()).toMatchObject({ status: 200, fault: 'truncate' });
		});

		it.each([
			['status', { status: 503 }],
			['html', {}],
			['delay', { ms: 1 }],
		])('%s after the request took effect', async (kind, more) => {
			await control('POST /faults', { kind, after: true, ...more });
			const answer = await api('POST /exec/tags', { name: 'kept' });
			expect(answer.status).toBe(kind === 'status' ? 503 : kind === 'html' ? 502 : 201);
			expect((await api('GET /exec/tags')).json.count).toBe(1);
		});

		it('status in place of a file', async () => {
			const { files } = (await control('POST /galateabio/seed', { files: 1 })).json;
			await control('POST /faults', { kind: 'status', after: true, body: { detail: 'A text longer than the file' } });
			const answer = await api(`GET /data/files/${files[0]}/download`);
			expect([answer.status, answer.json]).toEqual([500, { detail: 'A text longer than the file' }]);
			expect(answer.headers.get('content-disposition')).toBeNull();
		});

		it('cut after the request took effect', async () => {
			await control('POST /faults', { kind: 'cut', after: true });
			await expect(api('POST /exec/tags', { name: 'kept' })).rejects.toThrow('fetch failed');
			expect(lastEntry()).toMatchObject({ status: null, fault: 'cut' });
			expect((await api('GET /exec/tags')).json.count).toBe(1);
		});

		it('several at once, and disarmed', async () => {
			await control('POST /faults', [{ kind: 'status', status: 502 }, { kind: 'status', status: 504, times: 5 }]);
			expect((await api('GET /users/me')).status).toBe(502);
			expect((await api('GET /users/me')).status).toBe(504);
			await control('DELETE /faults');
			expect((await api('GET /users/me')).status).toBe(200);
		});

		it('refuses what is no fault', async () => {
			expect((await control('POST /faults', { kind: 'wrong' })).status).toBe(400);
			expect((await control('POST /faults', { kind: 'cut', tiems: 2 })).status).toBe(400);
		});
	});

	it('tells and moves the clock', async () => {
		const before = Date.parse((await control('GET /clock')).json.now);
		const after = Date.parse((await control('POST /clock', { advance: 60_000 })).json.now);
		expect(after - before).toBeGreaterThanOrEqual(60_000);
		expect((await control('POST /clock', { advance: -1 })).status).toBe(400);
	});

	it('resets', async () => {
		await api('POST /exec/tags', { name: 'gone' });
		await control('POST /clock', { advance: 1_000_000 });
		await control('POST /faults', { kind: 'cut' });
		await control('POST /reset');
		expect(simulator.journal.since().entries).toEqual([]);
		expect((await api('GET /exec/tags')).json.count).toBe(0);
		expect(Math.abs(simulator.clock.now() - Date.now())).toBeLessThan(1_000);
	});

	it('keeps the control apart from the API', async () => {
		await control('POST /faults', { kind: 'status' });
		expect((await control('GET /clock')).status).toBe(200);
		expect((await control('GET /unknown')).status).toBe(404);
		expect(simulator.journal.since().entries).toEqual([]);
	});
});

describe('the command', () => {
	async function run(...args: string[]) {
		const child = spawn(process.execPath, [join(__dirname, '../../simulators/main.mts'), ...args]);
		const printed = { out: '', err: '' };
		child.stdout.on('data', (text) => (printed.out += text));
		child.stderr.on('data', (text) => (printed.err += text));
		const ended = once(child, 'close');
		await Promise.race([once(child.stdout, 'data'), ended]);
		return { child, printed, ended };
	}

	it.each(['SIGTERM', 'SIGINT'] as const)('starts a simulator, says where in one line, and stops on %s', async (signal) => {
		const { child, printed, ended } = await run('galateabio', '--pace', '0.5');
		const info = JSON.parse(printed.out);
		expect(printed.out.trimEnd().split('\n')).toHaveLength(1);
		expect(info).toMatchObject({ provider: 'galateabio', webhook: { senderHost: '127.0.0.1' }, sftp: { port: expect.any(Number), privateKey: expect.stringMatching('PRIVATE KEY') } });
		expect((await send(info.control, 'GET /clock')).status).toBe(200);
		child.kill(signal);
		expect(await ended).toEqual([0, null]);
		expect(printed.err).toBe('');
	});

	it.each([[], ['unknown'], ['toString'], ['galateabio', '--port', 'x'], ['galateabio', '--sftp-port', 'x'], ['galateabio', '--prot', '1'], ['galateabio', 'more'], ['genoex', '--sftp-port', '0'], ['galateabio', '--legacy-port', '0']])('says what it knows: %s', async (...args) => {
		const { printed, ended } = await run(...args);
		expect(await ended).toEqual([2, null]);
		expect(printed).toEqual({ out: '', err: 'usage: node simulators/main.mts <galateabio|genoex|gencove|iflow> [--port N] [--host 127.0.0.1] [--pace N] [--sftp-port N] [--legacy-port N]\n' });
	});

	it.each<[string, (info: Running['info']) => number | string]>([
		['--port', ({ url }) => new URL(url).port],
		['--sftp-port', ({ sftp }) => sftp.port],
	])('says in one line that the port is taken: %s', async (option, portOf) => {
		const taken = await start();
		const { printed, ended } = await run('galateabio', option, String(portOf(taken.info)));
		expect(await ended).toEqual([1, null]);
		expect(printed.err).toMatch(/^listen EADDRINUSE.*\n$/);
		await taken.close();
	});
});
