import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../simulators/genoex/simulator.mts';
import type { Running } from '../../simulators/genoex/simulator.mts';
import { ANIMALS, EVERYTHING, VERSION, zipped } from './genoex.mts';

// There is no client of the provider that could be installed: these requests are built after the manual's examples,
// part by part, by Python's own library.

const UPLOAD = 120_000;
const EXTRACTION = 30_000;
const FIRST = 'a8631bc5-d444-40d0-a8bc-ff9abef87172';
const LINE_706 = `706;BSW;ITA;M;000000T00001;ORGA;${FIRST};Sim Lab;S0001;;12_a;012501210250\n`;
const LINE_711 = `711;BSW;ITA;M;000000T00001;${FIRST};ORGB,ORGC\n`;

let simulator: Running;
let folder: string;

beforeAll(async () => {
	simulator = await start({ pace: 1, settings: { lengthRequired: true, accessStrict: true } });
	folder = await mkdtemp(join(tmpdir(), 'genoex-'));
});
afterAll(async () => {
	await simulator.close();
	await rm(folder, { recursive: true });
});

async function python(call: string, parameters: object = {}, files: string[] = [], login: { username: string; password: string } = simulator.info): Promise<any> {
	const child = spawn('python3', [join(__dirname, 'genoex.manual.py'), simulator.info.url, call, JSON.stringify({ version: VERSION, ...parameters }), ...files]);
	const printed = { out: '', err: '' };
	child.stdout.on('data', (text) => (printed.out += text));
	child.stderr.on('data', (text) => (printed.err += text));
	child.stdin.end(`${login.username}\n${login.password}\n`);
	await once(child, 'close');
	expect(printed.err).toBe('');
	return JSON.parse(printed.out);
}

it('a client made after the manual goes through all six calls', async () => {
	const { info, clock } = simulator;
	const paths = [join(folder, '711.zip'), join(folder, '706.zip')];
	await writeFile(paths[0], await zipped('711_file.csv', LINE_711));
	await writeFile(paths[1], await zipped('genotypes.csv', LINE_706));

	const submitted = await python('gde_submission', {}, [`access_file=${paths[0]}`, `dataset_file=${paths[1]}`]);
	expect(submitted).toEqual({
		status: true,
		status_message: 'job started',
		return_values: {
			job_id: expect.any(String),
			access_file: '711.zip',
			access_status_message: 'Access file received',
			dataset_file: '706.zip',
			dataset_status_message: 'Dataset file received',
		},
	});
	const { job_id } = submitted.return_values;
	expect((await python('gde_job_status', { job_id })).return_values.job_status).toBe('WAITING');
	await clock.advance(UPLOAD);
	expect(await python('gde_job_status', { job_id })).toEqual({
		status: true,
		status_message: 'GDE upload',
		return_values: { job_id, job_status: 'FINISHED', status_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/), error: '', error_list: [] },
	});

	const [orgb] = info.others;
	expect((await python('gde_get_parameters', {}, [], orgb)).return_values.breeds).toContain('BSW');
	const day = new Date(clock.now()).toISOString().slice(0, 10);
	const extraction = await python('gde_extraction', { ...EVERYTHING, date_start: day, date_end: day, quality_criteria: '' }, [], orgb);
	await clock.advance(EXTRACTION);
	expect(await python('gde_download', { job_id: extraction.return_values.job_id }, [], orgb)).toEqual({ damaged: null, files: { 'genotypes.csv': LINE_706 } });
	expect(await python('gde_download_711', { ...ANIMALS, countries: ['ITA'] })).toMatchObject({ damaged: null, files: { '711_file.csv': expect.stringContaining(LINE_711) } });
}, 30_000);

it('zips filled up to a size, and of nothing, open in Python', async () => {
	simulator.state.settings = { ...simulator.state.settings, extractionSize: 1_000_000 };
	const { job_id } = (await python('gde_extraction', { ...EVERYTHING, breeds: ['GUE'] })).return_values;
	await simulator.clock.advance(EXTRACTION);
	expect(await python('gde_download', { job_id })).toMatchObject({ damaged: null, files: { 'genotypes.csv': '', 'filling.bin': expect.any(String) } });
}, 30_000);

it('a wrong password is told in the envelope', async () => {
	expect(await python('gde_get_parameters', {}, [], { ...simulator.info, password: 'wrong' })).toEqual({ status: false, status_message: 'user name or password is wrong' });
});
