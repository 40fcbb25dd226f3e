import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { start } from '../../simulators/genoex/simulator.mts';
import type { Running } from '../../simulators/genoex/simulator.mts';
import { ANIMALS, Client, EVERYTHING, formOf, zipped } from './genoex.mts';
import { send } from './http.mts';

const EXTRACTION = 30_000;

let simulator: Running;
let client: Client;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	client = new Client(simulator.info);
});
afterAll(async () => await simulator.close());
beforeEach(async () => await control('POST /reset'));

const control = async (line: string, json?: unknown) => await send(simulator.info.control, line, { json });
const arm = async (...faults: object[]) => expect((await control('POST /faults', faults)).status).toBe(204);
const lastEntry = () => simulator.journal.since().entries.at(-1);
const jobs = async () => (await control('GET /genoex/jobs')).json;

async function finishedExtraction(): Promise<string> {
	const { job_id } = await client.values('gde_extraction', EVERYTHING);
	await simulator.clock.advance(EXTRACTION);
	return job_id;
}

/** An answer as it arrives: its announced length, the bytes that came, whether they came to an end. */
async function received(call: string, parameters: object) {
	const response = await fetch(`${simulator.info.url}/genoex/api/${call}`, { method: 'POST', body: formOf(client.data(parameters)) });
	const pieces: Buffer[] = [];
	let whole = true;
	try {
		for await (const piece of response.body!) pieces.push(Buffer.from(piece));
	} catch {
		whole = false;
	}
	return { status: response.status, announced: Number(response.headers.get('content-length')), bytes: Buffer.concat(pieces), whole };
}

describe('faults of the web server', () => {
	it.each([[500], [502], [504]])('a page with %i', async (status) => {
		await arm({ kind: 'html', status, path: 'gde_job_status' });
		const answer = await client.post('gde_job_status', { job_id: 'x' });
		expect(answer).toMatchObject({ status, json: undefined });
		expect(answer.headers.get('content-type')).toMatch('text/html');
		expect(lastEntry()).toMatchObject({ route: 'POST /genoex/api/gde_job_status', status, fault: 'html' });
	});

	it.each([[400], [401]])('an envelope with %i', async (status) => {
		await arm({ kind: 'status', status, body: { status: false, status_message: 'no' } });
		expect(await client.post('gde_get_parameters')).toMatchObject({ status, json: { status: false, status_message: 'no' } });
	});

	it('instead of a large upload, which is read to its end and has no effect', async () => {
		await arm({ kind: 'html', status: 502 });
		const answer = await client.post('gde_submission', {}, [['dataset_file', 'a.zip', Buffer.alloc(20 << 20)]]);
		expect(answer.status).toBe(502);
		expect(await jobs()).toEqual([]);
	});

	it('a redirect, which brings nothing to the other port', async () => {
		const arrived: string[] = [];
		const other = createServer((request, response) => {
			arrived.push(String(request.url));
			response.end('{}');
		});
		await once(other.listen(0, '127.0.0.1'), 'listening');
		const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/genoex/api/gde_get_parameters`;
		await arm({ kind: 'status', status: 307, headers: { location }, times: 2 });
		const sent = async (redirect: 'manual' | 'follow') => await fetch(`${simulator.info.url}/genoex/api/gde_get_parameters`, { method: 'POST', body: formOf(client.data({})), redirect });
		const answer = await sent('manual');
		expect([answer.status, answer.headers.get('location')]).toEqual([307, location]);
		expect(arrived).toEqual([]);
		// a client that follows would send the password there
		await sent('follow');
		expect(arrived).toEqual(['/genoex/api/gde_get_parameters']);
		await new Promise((resolve) => other.close(resolve));
	});

	it('one-shot or for long, for one call and not for another', async () => {
		await arm({ kind: 'html', path: 'gde_download$' }, { kind: 'html', path: 'gde_extraction', times: 1_000_000 });
		expect((await client.post('gde_download_711', ANIMALS)).status).toBe(200);
		expect([(await client.post('gde_download')).status, (await client.post('gde_download')).status]).toEqual([502, 200]);
		for (let times = 0; times < 5; times++) expect((await client.post('gde_extraction', EVERYTHING)).status).toBe(502);
		expect(await jobs()).toEqual([]);
	});
});

describe('faults of the answer', () => {
	it.each<[string, unknown]>([
		['no JSON', '{"status": tru'],
		['no values', { status: true, status_message: 'job started', return_values: null }],
		['no job_id', { status: true, status_message: 'job started', return_values: {} }],
		['nothing', ''],
	])('%s, while the job was started', async (_name, body) => {
		await arm({ kind: 'status', status: 200, body, after: true, path: 'gde_extraction' });
		const answer = await client.post('gde_extraction', EVERYTHING);
		expect([answer.status, answer.text]).toEqual([200, typeof body === 'string' ? body : JSON.stringify(body)]);
		expect(await jobs()).toHaveLength(1);
	});

	it('a zip that breaks off', async () => {
		const job_id = await finishedExtraction();
		const whole = await received('gde_download', { job_id });
		await arm({ kind: 'truncate', path: 'gde_download' });
		const broken = await received('gde_download', { job_id });
		expect(broken).toEqual({ status: 200, announced: whole.announced, bytes: whole.bytes.subarray(0, Math.floor(whole.announced / 2)), whole: false });
	});

	it('a zip of half the length, which looks whole', async () => {
		const job_id = await finishedExtraction();
		const whole = await received('gde_download', { job_id });
		const half = Math.floor(whole.announced / 2);
		await arm({ kind: 'shorten', path: 'gde_download' });
		expect(await received('gde_download', { job_id })).toEqual({ status: 200, announced: half, bytes: whole.bytes.subarray(0, half), whole: true });
	});

	it.each(['gde_download_711', 'gde_extraction'])('%s that stalls in the middle, and goes on', async (call) => {
		const parameters = call === 'gde_extraction' ? EVERYTHING : ANIMALS;
		await arm({ kind: 'stall', ms: 200, path: call });
		const before = performance.now();
		const response = await fetch(`${simulator.info.url}/genoex/api/${call}`, { method: 'POST', body: formOf(client.data(parameters)) });
		const announced = Number(response.headers.get('content-length'));
		const times: number[] = [];
		let length = 0;
		for await (const piece of response.body!) {
			times.push(performance.now() - before);
			length += piece.length;
			if (times.length === 1) expect(length).toBe(Math.floor(announced / 2));
		}
		expect(length).toBe(announced);
		expect(times.at(-1)! - times[0]).toBeGreaterThan(150);
	});

	it('a large zip that stalls has its halves unchanged', async () => {
		await control('POST /genoex/settings', { extractionSize: 3_000_001 });
		const job_id = await finishedExtraction();
		const whole = await received('gde_download', { job_id });
		await arm({ kind: 'stall', ms: 10 }, { kind: 'shorten' });
		expect((await received('gde_download', { job_id })).bytes.equals(whole.bytes)).toBe(true);
		expect((await received('gde_download', { job_id })).bytes.equals(whole.bytes.subarray(0, 1_500_000))).toBe(true);
	});
});

describe('echo', () => {
	const forms: Record<string, (text: string) => string> = {
		raw: (text) => text,
		json: (text) => JSON.stringify(text),
		base64: (text) => Buffer.from(text).toString('base64'),
		url: encodeURIComponent,
	};
	it.each(Object.keys(forms))('of what was sent, in the form %s', async (form) => {
		const { username, password } = simulator.info;
		await arm({ kind: 'echo', form, status: 400, body: { status: false, status_message: 'wrong: {{data}}', return_values: ['{{pw}} of {{username}}', 1, null], other: { none: '{{none}}' } } });
		const answer = await client.post('gde_get_parameters');
		const made = forms[form];
		expect([answer.status, answer.json]).toEqual([
			400,
			{ status: false, status_message: `wrong: ${made(client.data({}))}`, return_values: [`${made(password)} of ${made(username)}`, 1, null], other: { none: made('') } },
		]);
	});

	it('in a page', async () => {
		await arm({ kind: 'echo', body: '<p>{{pw}}</p>' });
		expect(await client.post('gde_get_parameters')).toMatchObject({ status: 500, text: `<p>${simulator.info.password}</p>` });
	});

	it('in an answer that succeeds, of a request that took effect', async () => {
		await arm({ kind: 'echo', status: 200, body: { status: true, status_message: '', return_values: { job_id: 'x', note: '{{pw}}' } } });
		expect((await client.post('gde_extraction', EVERYTHING)).json.return_values).toEqual({ job_id: 'x', note: simulator.info.password });
		expect(await jobs()).toHaveLength(1);
	});
});

describe('discretion', () => {
	it('leaves passwords and user names out of journal and control', async () => {
		const { info } = simulator;
		const logins = [info, info.colleague, ...info.others];
		const zip = await zipped('711_file.csv', 'x\n');
		for (const login of logins) {
			const by = new Client(info, login);
			await by.post('gde_get_parameters');
			await by.post('gde_extraction', EVERYTHING);
			await by.post('gde_submission', {}, [['access_file', 'a.zip', zip]]);
			await by.form('gde_submission', formOf(by.data({}).replace('"version"', '"other"')));
			await by.form('gde_submission', formOf(by.data({}).replace('"auth"', '"oauth"')));
			await by.form('gde_submission', formOf(`${by.data({})},`));
			// not the form that is asked for, and nothing of it may be noted either
			await send(info.url, 'POST /genoex/api/gde_get_parameters', { json: JSON.parse(by.data({})) });
			await send(info.url, 'POST /genoex/api/gde_get_parameters', { body: new URLSearchParams({ data: by.data({}) }) });
			await send(info.url, 'POST /genoex/unknown', { json: JSON.parse(by.data({})).auth.pw });
			await send(info.url, `POST /genoex/api/gde_get_parameters?pw=${encodeURIComponent(login.password)}`);
		}
		await arm({ kind: 'echo', body: '{{data}}' });
		await client.post('gde_get_parameters');
		await simulator.clock.advance(200_000);
		const shown = (await Promise.all(['GET /journal', 'GET /genoex/jobs', 'GET /genoex/settings'].map(async (line) => (await control(line)).text))).join('\n');
		expect(simulator.journal.since().entries).toHaveLength(10 * logins.length + 1);
		for (const { username, password } of logins) {
			for (const secret of [username, password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password), Buffer.from(password).toString('base64'), 'simulated-genoex']) {
				expect(shown).not.toContain(secret);
			}
		}
	});

	it('tells users apart by a short hash, and repeats the parameters as they were sent', async () => {
		await client.post('gde_extraction', { ...EVERYTHING, quality_criteria: null, breeds: [] });
		await client.post('gde_extraction', { quality_criteria: '' });
		await new Client(simulator.info, simulator.info.colleague).post('gde_get_parameters');
		const [first, second, third] = simulator.journal.since().entries.map(({ body }) => body as Record<string, unknown>);
		expect(first).toEqual({ user: expect.stringMatching(/^[0-9a-f]{12}$/), version: '220805', ...EVERYTHING, quality_criteria: null });
		expect(second).toEqual({ user: first.user, version: '220805', quality_criteria: '' });
		expect(third).toEqual({ user: expect.not.stringMatching(String(first.user)), version: '220805' });
	});

	it('prints nothing but the line of the start', async () => {
		const child = spawn(process.execPath, [join(__dirname, '../../simulators/main.mts'), 'genoex', '--pace', '0']);
		const printed = { out: '', err: '' };
		child.stdout.on('data', (text) => (printed.out += text));
		child.stderr.on('data', (text) => (printed.err += text));
		await once(child.stdout, 'data');
		const info = JSON.parse(printed.out) as Running['info'];
		const own = new Client(info);
		const { job_id } = await own.values('gde_extraction', EVERYTHING);
		await own.values('gde_job_status', { job_id });
		await own.post('gde_submission', {}, [['dataset_file', 'a.zip', 'PK\x03\x04 damaged']]);
		await own.form('gde_submission', formOf('{'));
		child.kill('SIGTERM');
		expect(await once(child, 'close')).toEqual([0, null]);
		expect([printed.out.trimEnd().split('\n').length, printed.err]).toEqual([1, '']);
		expect(info).toMatchObject({ provider: 'genoex', organization: 'ORGA', apiVersion: '220805', others: [{ organization: 'ORGB' }, { organization: 'ORGC' }] });
	});
});
