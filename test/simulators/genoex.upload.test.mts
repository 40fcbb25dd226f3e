import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipWriter } from '@zip.js/zip.js';
import { start } from '../../simulators/genoex/simulator.mts';
import type { Running } from '../../simulators/genoex/simulator.mts';
import { Spool } from '../../simulators/shared/spool.mts';
import { ANIMALS, Client, EVERYTHING, formOf, rowsOf, unzipped, zipped } from './genoex.mts';
import type { Files } from './genoex.mts';
import { send } from './http.mts';

const UPLOAD = 120_000;
const EXTRACTION = 30_000;

let simulator: Running;
let client: Client;
let orgb: Client;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	client = new Client(simulator.info);
	orgb = new Client(simulator.info, simulator.info.others[0]);
});
afterAll(async () => await simulator.close());
beforeEach(async () => await send(simulator.info.control, 'POST /reset'));

// the sample of the contract, section 8.4
const FIRST = 'a8631bc5-d444-40d0-a8bc-ff9abef87172';
const SECOND = 'c4dad65a-56ff-470f-9ad5-c1ddd89c25f0';
const LINES_706 = [
	`706;BSW;ITA;M;000000T00001;ORGA;${FIRST};Sim Lab;S0001;;12_a;012501210250`,
	`706;HOL;NLD;F;000000T00002;ORGA;${SECOND};Sim Lab;Missing;;12_a;222115500012`,
];
const LINES_711 = [`711;BSW;ITA;M;000000T00001;${FIRST};ORGB,ORGC`, `711;HOL;NLD;F;000000T00002;${SECOND};`];
const text = (lines: string[], end = '\n') => lines.map((line) => line + end).join('');

const dataset = async (content = text(LINES_706), name = 'genotypes.csv'): Promise<Files[number]> => ['dataset_file', 'dataset.zip', await zipped(name, content)];
const access = async (content = text(LINES_711), name = '711_file.csv'): Promise<Files[number]> => ['access_file', 'access.zip', await zipped(name, content)];

/** Submits files and answers how their job ended. */
async function upload(files: Files, by = client): Promise<Record<string, any>> {
	const { job_id } = await by.values('gde_submission', {}, files);
	await simulator.clock.advance(UPLOAD);
	return await by.values('gde_job_status', { job_id });
}

/** UUIDs of the genotypes that an organisation can extract. */
async function visible(by = client): Promise<string[]> {
	const { job_id } = await by.values('gde_extraction', EVERYTHING);
	await simulator.clock.advance(EXTRACTION);
	return rowsOf((await unzipped((await by.post('gde_download', { job_id })).bytes))['genotypes.csv']).map((row) => row[6]);
}

const fine = { job_status: 'FINISHED', error: '', error_list: [] };

describe('a submission', () => {
	it('takes both files, in either order, and tells what it got', async () => {
		const files = [await access(), await dataset()];
		for (const order of [files, [...files].reverse()]) {
			const { json } = await client.post('gde_submission', {}, order);
			expect(json).toEqual({
				status: true,
				status_message: 'job started',
				return_values: {
					job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
					access_file: 'access.zip',
					access_status_message: 'Access file received',
					dataset_file: 'dataset.zip',
					dataset_status_message: 'Dataset file received',
				},
			});
			await simulator.clock.advance(UPLOAD);
			const status = await client.post('gde_job_status', { job_id: json.return_values.job_id });
			expect(status.json).toMatchObject({ status_message: 'GDE upload', return_values: fine });
		}
		expect((await visible()).slice(-2)).toEqual([FIRST, SECOND]);
		expect(await visible(orgb)).toContain(FIRST);
		expect(await visible(orgb)).not.toContain(SECOND);
	});

	it('takes data after the files', async () => {
		const form = new FormData();
		form.append('dataset_file', new Blob([(await dataset())[2] as never]), 'd.zip');
		form.append('data', client.data({}));
		expect((await client.form('gde_submission', form)).json.status_message).toBe('job started');
	});

	it('takes one file, and tells of that one', async () => {
		expect(await client.values('gde_submission', {}, [await dataset()])).toEqual({ job_id: expect.any(String), dataset_file: 'dataset.zip', dataset_status_message: 'Dataset file received' });
		expect(await client.values('gde_submission', {}, [await access()])).toEqual({ job_id: expect.any(String), access_file: 'access.zip', access_status_message: 'Access file received' });
	});

	it('starts two jobs when sent twice', async () => {
		const file = await dataset();
		const ids = [await client.values('gde_submission', {}, [file]), await client.values('gde_submission', {}, [file])].map(({ job_id }) => job_id);
		expect(new Set(ids).size).toBe(2);
	});

	it('leaves out a file that is no zip, and says so while it goes on with the other', async () => {
		const values = await client.values('gde_submission', {}, [['access_file', 'a.zip', 'text'], await dataset()]);
		expect(values).toMatchObject({ job_id: expect.any(String), access_status_message: 'Access file is not a zip archive', dataset_status_message: 'Dataset file received' });
		await simulator.clock.advance(UPLOAD);
		expect(await client.values('gde_job_status', { job_id: values.job_id })).toMatchObject(fine);
		expect(await visible()).toContain(FIRST);
	});

	it('starts no job without a usable file', async () => {
		const { json } = await client.post('gde_submission', {}, [['access_file', 'a.zip', ''], ['dataset_file', 'd.zip', '<html>']]);
		expect(json).toEqual({
			status: true,
			status_message: 'no job started',
			return_values: { access_file: 'a.zip', access_status_message: 'Access file is not a zip archive', dataset_file: 'd.zip', dataset_status_message: 'Dataset file is not a zip archive' },
		});
		expect((await send(simulator.info.control, 'GET /genoex/jobs')).json).toEqual([]);
	});

	it('is refused without a file, with one twice, with an unknown one, with a parameter', async () => {
		expect(await client.refused('gde_submission')).toBe('neither an access file nor a dataset file came');
		expect(await client.refused('gde_submission', {}, [await dataset(), await dataset()])).toBe('a file part came twice');
		expect(await client.refused('gde_submission', {}, [['file', 'a.zip', 'x']])).toBe('the file part file is not known here');
		expect(await client.refused('gde_submission', { job_id: 'x' }, [await dataset()])).toBe('the parameter job_id is not known here');
		expect((await send(simulator.info.control, 'GET /genoex/jobs')).json).toEqual([]);
	});

	it('is in the journal with sizes and hashes, in the order of arrival', async () => {
		const files = [await dataset(), await access()];
		await client.post('gde_submission', {}, files);
		const shown = files.map(([name, filename, content]) => ({ name, filename, size: content.length, sha256: createHash('sha256').update(content).digest('hex'), contentType: 'application/octet-stream' }));
		expect(simulator.journal.since().entries).toMatchObject([{ route: 'POST /genoex/api/gde_submission', body: { version: '220805', files: shown } }]);
	});
});

describe('genotypes (706)', () => {
	it.each([['genotypes.csv', '\n'], ['706_file.csv', '\n'], ['genotypes.csv', '\r\n']])('in %s, with lines that end %j', async (name, end) => {
		expect(await upload([await dataset(text(LINES_706, end), name)])).toMatchObject(fine);
		expect((await visible()).slice(-2)).toEqual([FIRST, SECOND]);
	});

	it('come out as they went in, the last line ended or not', async () => {
		await upload([await dataset(LINES_706.join('\n'))]);
		const { job_id } = await client.values('gde_extraction', { ...EVERYTHING, date_start: new Date(simulator.clock.now()).toISOString().slice(0, 10) });
		await simulator.clock.advance(EXTRACTION);
		const files = await unzipped((await client.post('gde_download', { job_id })).bytes);
		expect(files['genotypes.csv']).toBe(text(LINES_706));
	});

	it('have their array by code in files and by alias in lists', async () => {
		const line = `706;SIM;CHE;F;000000T00009;ORGA;${FIRST};Weatherbys Ireland;S1;;54609_a;${'0125'.repeat(13653).slice(0, 54609)}`;
		expect(await upload([await dataset(text([line]))])).toMatchObject(fine);
		expect((await client.values('gde_get_parameters')).arrays).toEqual(['12_a', '20_b', 'Sim BovineSNP50']);
		const { job_id } = await client.values('gde_extraction', { ...EVERYTHING, arrays: ['Sim BovineSNP50'] });
		await simulator.clock.advance(EXTRACTION);
		const files = await unzipped((await client.post('gde_download', { job_id })).bytes);
		expect(files['genotypes.csv'] === text([line])).toBe(true);
	});

	it('replace those with the same UUID, and stay shared', async () => {
		await upload([await dataset(), await access()]);
		await upload([await dataset(text([LINES_706[0].replace('S0001', 'S0001 fails-pedigree')]))]);
		expect((await visible()).filter((uuid) => uuid === FIRST)).toHaveLength(1);
		expect(await visible(orgb)).toContain(FIRST);
		const { job_id } = await client.values('gde_extraction', { ...EVERYTHING, quality_criteria: 'pedigree' });
		await simulator.clock.advance(EXTRACTION);
		expect((await unzipped((await client.post('gde_download', { job_id })).bytes))['genotypes.csv']).not.toContain(FIRST);
	});

	const change = (from: string | RegExp, to: string) => LINES_706[0].replace(from, to);
	it.each<[string, string[]]>([
		[change('706;', '711;'), ['the record type must be 706']],
		[change('BSW', 'bsw'), ['the breed is not known']],
		[change('ITA', 'ITX'), ['the country is not known']],
		[change(';M;', ';X;'), ['the sex must be M or F']],
		[change('000000T00001', 'T00001'), ['the animal number must have 12 letters and digits']],
		[change('ORGA', 'ORGB'), ['the organisation must be ORGA']],
		[change(FIRST, FIRST.slice(1)), ['the UUID has the wrong form']],
		[change(FIRST, '00000000-0000-4000-8000-000000000006'), ['the UUID belongs to another organisation']],
		[change('Sim Lab', 'Other Lab'), ['the laboratory is not known']],
		[change('S0001', ''), ['the sample ID must be ASCII text, or Missing']],
		[change(';;', ';x;'), ['field 10 must be empty']],
		[change('12_a', '13_a'), ['the array is not known']],
		[change('12_a', '12'), ['the array is not known']],
		[change('012501210250', '01250121025'), ['the array has 12 SNPs, the genotype 11']],
		[change('012501210250', '012501210253'), ['the genotype may hold 0, 1, 2 and 5 only']],
		[change(/ITA;M/, 'ITX;X'), ['the country is not known', 'the sex must be M or F']],
		[change(';12_a', ''), ['12 fields are expected, 11 came']],
		// the layout of 2020: no organisation, a bare array number behind the UUID
		[`706;BSW;ITA;M;000000T00001;${FIRST};12;Sim Lab;S0001;;012501210250`, ['12 fields are expected, 11 came']],
		[LINES_706[1], ['the UUID came before in this file']],
		['', ['12 fields are expected, 1 came']],
	])('line "%s" is wrong', async (line, texts) => {
		const errors = texts.map((one) => `line 2: ${one}`);
		expect(await upload([await dataset(text([LINES_706[1], line]))])).toMatchObject({ job_status: 'FAILED', error: 'The genotypes (706) are not valid', error_list: errors });
		// all or nothing
		expect(await visible()).not.toContain(SECOND);
	});

	it('that are none, or have many errors', async () => {
		expect(await upload([await dataset('')])).toMatchObject({ job_status: 'FAILED', error_list: ['line 1: the file has no records'] });
		const { error_list } = await upload([await dataset('x\n'.repeat(5000))]);
		expect([error_list.length, error_list[999], error_list[1000]]).toEqual([1001, 'line 1000: 12 fields are expected, 1 came', 'there are more errors']);
	});

	it('with a line that never ends', async () => {
		const { job_status, error } = await upload([await dataset('0'.repeat(9 << 20))]);
		expect([job_status, error]).toEqual(['FAILED', 'a zip cannot be read: a line is too long']);
	});
});

describe('sharing permissions (711)', () => {
	const OWN = '00000000-0000-4000-8000-000000000003';
	const USA = '711;JER;840;F;000000T00004;00000000-0000-4000-8000-000000000005;ORGC';
	const line = `711;HOL;NLD;F;000000T00002;${OWN};ORGB`;

	it('name genotypes of earlier uploads, and the USA by 840 too', async () => {
		expect(await upload([await access(text([line, USA]))])).toMatchObject(fine);
		expect(await visible(orgb)).toContain(OWN);
		const files = await unzipped((await client.post('gde_download_711', { ...ANIMALS, breeds: ['JER'] })).bytes);
		expect(files['711_file.csv']).toBe('711;JER;USA;F;000000T00004;00000000-0000-4000-8000-000000000005;ORGC\n');
	});

	it('share two genotypes of one animal in two lines', async () => {
		const lines = [1, 2].map((number) => `711;BSW;ITA;M;000000T00001;00000000-0000-4000-8000-00000000000${number};`);
		expect(await upload([await access(text(lines))])).toMatchObject(fine);
		expect(await visible(orgb)).toHaveLength(2);
	});

	it.each<[string, string[]]>([
		[line.replace('711;', '706;'), ['the record type must be 711']],
		[line.replace(OWN, FIRST), ['no genotype has this UUID']],
		['711;HOL;FRA;F;000000T00005;00000000-0000-4000-8000-000000000006;ORGA', ['the genotype belongs to another organisation']],
		[line.replace('NLD', 'DEU'), ['the genotype is of another animal']],
		[line.replace('ORGB', 'ORGB,ORGX'), ['an organisation is not known']],
		[line.replace('ORGB', 'ORGB,'), ['an organisation is not known']],
		[USA, ['the UUID came before in this file']],
		// older layouts have an array before the organisations
		[line.replace(';ORGB', ';12_a;ORGB'), ['7 fields are expected, 8 came']],
		[line.replace(OWN, 'x'), ['no genotype has this UUID', 'the UUID has the wrong form']],
	])('line "%s" is wrong', async (wrong, texts) => {
		const errors = texts.map((one) => `line 2: ${one}`);
		expect(await upload([await access(text([USA, wrong]))])).toMatchObject({ job_status: 'FAILED', error: 'The sharing permissions (711) are not valid', error_list: errors });
		expect(await visible(orgb)).not.toContain(OWN);
	});

	it('that are wrong keep the genotypes out, too', async () => {
		expect(await upload([await dataset(), await access(text([line.replace('711', '712')]))])).toMatchObject({ job_status: 'FAILED', error_list: ['line 1: the record type must be 711'] });
		expect(await visible()).not.toContain(FIRST);
	});
});

describe('a zip', () => {
	it.each<[string, () => Promise<Files[number]>, string]>([
		['with another name inside', async () => await dataset(undefined, 'file.csv'), 'The zip must hold one file, genotypes.csv or 706_file.csv'],
		['with its file in a folder', async () => await dataset(undefined, 'a/genotypes.csv'), 'The zip must hold one file, genotypes.csv or 706_file.csv'],
		['of the other kind', async () => ['dataset_file', 'a.zip', (await access())[2]], 'The zip must hold one file, genotypes.csv or 706_file.csv'],
		['of permissions under a wrong name', async () => await access(undefined, '711.csv'), 'The zip must hold one file, 711_file.csv'],
		['without a file', async () => ['dataset_file', 'a.zip', Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])], 'The zip must hold one file, genotypes.csv or 706_file.csv'],
	])('%s fails in its job', async (_name, file, error) => {
		expect(await upload([await file()])).toMatchObject({ job_status: 'FAILED', error, error_list: [] });
	});

	it('that is cut off, or damaged, fails in its job', async () => {
		const [part, filename, whole] = (await dataset(text(Array.from({ length: 50 }, (_, number) => LINES_706[0].replace(FIRST, FIRST.slice(0, -2) + String(10 + number)))))) as [string, string, Buffer];
		const damaged = Buffer.from(whole);
		damaged[100] ^= 0xff;
		for (const content of [whole.subarray(0, whole.length - 30), damaged]) {
			const { job_status, error } = await upload([[part, filename, content]]);
			expect([job_status, error]).toEqual(['FAILED', expect.stringMatching(/^a zip cannot be read: ./)]);
		}
		expect(await upload([[part, filename, whole]])).toMatchObject(fine);
	});
});

describe('an upload that breaks off', () => {
	it('leaves no job and no file behind', async () => {
		const closed = jest.spyOn(Spool.prototype, 'close');
		const { port } = new URL(simulator.info.url);
		const request = rawRequest({ port, method: 'POST', path: '/genoex/api/gde_submission', headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1_000_000 } });
		request.on('error', () => undefined);
		request.write('--b\r\nContent-Disposition: form-data; name="dataset_file"; filename="a.zip"\r\nContent-Type: application/octet-stream\r\n\r\nPK\x03\x04' + 'x'.repeat(100_000));
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(closed).not.toHaveBeenCalled();
		request.destroy();
		while (closed.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		closed.mockRestore();
		expect((await send(simulator.info.control, 'GET /genoex/jobs')).json).toEqual([]);
	});
});

describe('large files', () => {
	const MIB = 1024 * 1024;
	let child: ChildProcess;
	let info: Running['info'];

	/** MiB that the simulator holds on to now. */
	const live = async () => {
		child.send('live');
		return (await once(child, 'message'))[0] as number;
	};

	beforeAll(async () => {
		child = fork(join(__dirname, 'measured.mts'), ['genoex'], { execArgv: ['--expose-gc'] });
		[info] = await once(child, 'message');
	});
	afterAll(() => child.kill());

	it('go up and down without growing the process', async () => {
		// digits that hardly compress would still be small in a zip, so they are stored
		const digits = '0120211001220112005'.repeat(2875).slice(0, 54609);
		const count = 2000;
		const content = new Spool();
		const zip = new ZipWriter(new WritableStream<Uint8Array>({ write: (data) => content.write(Buffer.from(data), content.length) }), { level: 0, useWebWorkers: false });
		await zip.add('genotypes.csv', ReadableStream.from(lines()) as never);
		await zip.close();
		function* lines() {
			for (let number = 0; number < count; number++) yield Buffer.from(`706;SIM;CHE;F;${String(number).padStart(12, '0')};ORGA;20000000-0000-4000-8000-${String(number).padStart(12, '0')};Sim Lab;Missing;;54609_a;${digits}\n`);
		}
		expect(content.length).toBeGreaterThan(100 * MIB);
		const own = new Client(info);
		const before = await live();
		const during: number[] = [];
		const hash = createHash('sha256');
		let sent = 0;
		async function* body() {
			yield Buffer.from(`--b\r\nContent-Disposition: form-data; name="data"\r\n\r\n${own.data({})}\r\n--b\r\nContent-Disposition: form-data; name="dataset_file"; filename="large.zip"\r\nContent-Type: application/octet-stream\r\n\r\n`);
			for await (const piece of content.pieces()) {
				hash.update(piece);
				yield piece;
				sent += piece.length;
				if (sent % (10 * MIB) < piece.length) during.push(await live());
			}
			yield Buffer.from('\r\n--b--\r\n');
		}
		const request = rawRequest(`${info.url}/genoex/api/gde_submission`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' } });
		const answered = once(request, 'response');
		await pipeline(Readable.from(body(), { objectMode: false }), request);
		const [response] = await answered;
		const { return_values } = JSON.parse(Buffer.concat(await response.toArray()).toString());
		const [entry] = (await send(info.control, 'GET /journal')).json.entries;
		expect(entry.body.files).toEqual([{ name: 'dataset_file', filename: 'large.zip', size: content.length, sha256: hash.digest('hex'), contentType: 'application/octet-stream' }]);

		let moved = false;
		const moving = send(info.control, 'POST /clock', { json: { advance: UPLOAD } }).then(() => (moved = true));
		while (!moved) during.push(await live());
		await moving;
		expect(await own.values('gde_job_status', { job_id: return_values.job_id })).toMatchObject(fine);

		const { job_id } = await own.values('gde_extraction', { ...EVERYTHING, breeds: ['SIM'] });
		await send(info.control, 'POST /clock', { json: { advance: EXTRACTION } });
		during.push(await live());
		const files = await unzipped((await own.post('gde_download', { job_id })).bytes);
		expect(files['genotypes.csv'].length).toBeGreaterThan(100 * MIB);
		expect(rowsOf(files['genotypes.csv']).every((row) => row[11] === digits)).toBe(true);
		content.close();
		expect(during.length).toBeGreaterThan(10);
expect(Math.max(...during) - before).toBeLessThan(48);
	}, 60_000);

	it('are downloads of a size that is set', async () => {
		const size = 64 * MIB + 7;
		const own = new Client(info);
		await send(info.control, 'POST /genoex/settings', { json: { extractionSize: size } });
		const { job_id } = await own.values('gde_extraction', { ...EVERYTHING, breeds: ['BSW'] });
		await send(info.control, 'POST /clock', { json: { advance: EXTRACTION } });
		const before = await live();
		const response = await fetch(`${info.url}/genoex/api/gde_download`, { method: 'POST', body: formOf(own.data({ job_id })) });
		const pieces: Buffer[] = [];
		for await (const piece of response.body!) pieces.push(Buffer.from(piece));
		expect((await live()) - before).toBeLessThan(16);
		const zip = Buffer.concat(pieces);
		expect([zip.length, response.headers.get('content-length')]).toEqual([size, String(size)]);
		const files = await unzipped(zip);
		expect(rowsOf(files['genotypes.csv'])).toHaveLength(2);
	}, 30_000);
});
