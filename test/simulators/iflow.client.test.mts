/**
 * The vendor's client of today, unmodified, against the simulator's gateway: every command that asks for data is judged
 * by its exit code, its output, and by what arrived (contract, section 16.1).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seedId } from '../../simulators/iflow/seeds.mts';
import { start } from '../../simulators/iflow/simulator.mts';
import type { Running } from '../../simulators/iflow/simulator.mts';
import { send } from './http.mts';
import { arrived, Caller, ClientFolder } from './iflow.mts';

jest.setTimeout(60_000);

const PROJECT = '0f2d6c1e-3c55-4a0e-8f0e-6f0c2f0b7e01';
const SCOPE = `project_id=${PROJECT}`;
const [SUBJECT, SAMPLE, ORDER, RUN] = [seedId(1, 1), seedId(2, 1), seedId(5, 7), seedId(4, 3)];
const [PIPELINE, NEWEST] = [seedId(3, 1), seedId(3, 2)];

let simulator: Running;
let folder: ClientFolder;
let admin: Caller;

beforeAll(async () => {
	// a run has ended when the client asks for the second time
	simulator = await start({ pace: 0.001 });
	admin = new Caller(simulator.info, { token: simulator.info.adminToken });
});
afterAll(async () => await simulator?.close());
beforeEach(async () => {
	await control('POST /reset');
	folder = await ClientFolder.make('iflow', simulator);
});
afterEach(async () => await folder.remove());

const control = async (line: string, json?: object) => await send(simulator.info.control, line, { json });

/** What arrived, without the gateway's word; each request must have had the headers that are its own, and no other ones. */
function calls(): string[] {
	for (const { path, authorized, headers } of simulator.journal.since().entries) {
		const isForApi = path.startsWith('/api/');
		const isOfProject = isForApi && !/^\/api\/(users|projects|organizations|pipelines)/.test(path);
		expect([path, authorized, headers?.['x-project-id']]).toEqual([path, isForApi, isOfProject ? PROJECT : undefined]);
	}
	return arrived(simulator).map((line) => line.replace(' /api/', ' '));
}

type Row = [command: string[], calls: string[], output: string | RegExp];

const READS: Row[] = [
	[['auth', 'whoami'], ['GET users/whoami 200'], /n8n@machine\.example\.org.*Contributor.*PAT \(machine user\).*person@example\.org.*Sim Genomics, Sim Hospital.*Sim Main, Sim Other, Sim Empty/],
	[['config', 'select-project', PROJECT], ['GET projects 200'], 'Sim Main'],
	[['config', 'select-project', 'sim-other'], ['GET projects 200'], 'Sim Other'],
	[['pipelines', 'list'], [`GET pipelines?${SCOPE} 200`], /demo-reporter +1\.10\.0.*genomics-panel.*main-panel/],
	[['pipelines', 'info', 'demo-reporter'], [`GET pipelines/slug/demo-reporter?${SCOPE} 200`], `Version: 1.10.0 UUID: ${NEWEST}`],
	[['pipelines', 'info', 'demo-reporter', '-V', '1.2.0'], [`GET pipelines/slug/demo-reporter?${SCOPE}&version=1.2.0 200`], `UUID: ${PIPELINE}`],
	[['pipelines', 'info', PIPELINE], [`GET pipelines/${PIPELINE}?${SCOPE} 200`], 'Slug: demo-reporter'],
	[['pipelines', 'versions', 'demo-reporter'], [`GET pipelines/slug/demo-reporter/versions?${SCOPE} 200`], /1\.10\.0.*1\.9\.0.*1\.2\.0/],
	[['pipelines', 'versions', PIPELINE], [`GET pipelines/${PIPELINE}?${SCOPE} 200`, `GET pipelines/slug/demo-reporter/versions?${SCOPE} 200`], /1\.10\.0.*1\.9\.0.*1\.2\.0/],
	[['pipelines', 'describe', 'demo-reporter'], [`GET pipelines/slug/demo-reporter?${SCOPE} 200`, `GET pipelines/${NEWEST}/inputs?${SCOPE}&variant=2 200`], /Variant: 2(?!.*Filled by the platform).*Gene panels Array\[String\] \[required\]/],
	[['pipelines', 'describe', PIPELINE, '--all'], [`GET pipelines/${PIPELINE}?${SCOPE} 200`, `GET pipelines/${PIPELINE}/inputs?${SCOPE}&variant=1 200`], /Variant: 1.*Gene panels Array\[String\] \[optional\].*Filled by the platform/],
	[['analyses', 'list'], ['GET analyses?limit=20 200'], /demo-nextflow-0001 .*succeeded .*demo-reporter-0001 .*queued/],
	[['runs', 'list', '--limit', '2'], ['GET analyses?limit=2 200'], /demo-nextflow-0001 .*always-fails-0001(?!.*demo-reporter)/],
	[['analyses', 'list', '--order-id', 'CASE-17'], ['GET analyses/by-order/CASE-17 200'], /always-fails-0001.*demo-reporter-0003(?!.*demo-reporter-0001)/],
	[['analyses', 'last'], ['GET analyses?limit=20 200'], 'Analysis: demo-nextflow-0001'],
	[['analyses', 'last', '--id', '--status-filter', 'failed'], ['GET analyses?limit=20 200'], /^always-fails-0001 $/],
	[['analyses', 'last', '--output', '--status-filter', 'succeeded'], ['GET analyses?limit=20 200'], /^analyses\/demo-nextflow-0001\/ $/],
	[['analyses', 'status', 'demo-reporter-0003'], ['GET analyses/demo-reporter-0003 200'], `Order ID: ${ORDER}`],
	[['analyses', 'status', RUN, '--uuid'], [`GET analyses/${RUN} 200`], /Status: succeeded.*Parameters: panels: \['x', 'y'\] Tags: seed/],
	[['analyses', 'watch', 'demo-reporter-0003'], ['GET analyses/demo-reporter-0003 200'], 'Analysis completed successfully! Output: analyses/demo-reporter-0003/'],
	[['analyses', 'watch', 'always-fails-0001'], ['GET analyses/always-fails-0001 200'], 'Analysis failed: Task report exited with code 1'],
	[['analyses', 'outputs', 'demo-reporter-0003'], ['GET analyses/demo-reporter-0003/outputs 200'], /report File analyses\/demo-reporter-0003\/report\.html.*summary String -/],
	[['analyses', 'outputs', 'demo-nextflow-0001'], ['GET analyses/demo-nextflow-0001/outputs 200'], 'No outputs: outputs are available for completed WDL runs only'],
	[['orders', 'list'], ['GET orders?limit=20 200'], /CASE-01 .*amended.*CASE-11 .*created/],
	[['orders', 'list', '--status', 'reviewed', '--priority', 'routine', '--limit', '5', '--all'], ['GET orders?limit=5&status=reviewed&priority=routine 200'], /CASE-03(?!.*CASE-0[12])/],
	[['orders', 'get', 'CASE-17'], ['GET orders/CASE-17 200'], /Accession: ACC-17.*External ID: LIS-881.*Indication: example text.*Provider: Provider A.*Facility: Site B/],
	[['orders', 'get', ORDER, '--uuid'], [`GET orders/${ORDER}?lookup=uuid 200`], 'Order: CASE-17'],
	[['orders', 'samples', 'CASE-17'], ['GET orders/CASE-17/samples 200'], /P 001-T .*P 001-N/],
	[['orders', 'samples', 'CASE-11'], ['GET orders/CASE-11/samples 200'], 'No samples in this order.'],
	[['orders', 'samplesheet', 'CASE-17'], ['GET orders/CASE-17/samplesheet 200'], /^sample,fastq_1,fastq_2,strandedness,specimen_type,sex,accession_id P 001-T,gs:\/\/sim-main\/samples\/p-001-t\/uploads\/a_R1\.fastq\.gz,,auto,FFPE,unknown,ACC-17 P 001-N/],
	[['subjects', 'list'], ['GET subjects?limit=20 200'], /Trio\/Child .*P 001 /],
	[['subjects', 'list', '--limit', '1'], ['GET subjects?limit=1 200'], /Trio\/Child(?!.*P 001)/],
	[['subjects', 'get', 'P 001'], ['GET subjects/P%20001 200'], /sex: unknown.*external_id: LIS-P1/i],
	[['subjects', 'get', SUBJECT, '--uuid'], [`GET subjects/${SUBJECT}?lookup=uuid 200`], 'P 001'],
	[['samples', 'list'], ['GET samples?limit=20 200'], /P 005-G .*P 001-T/],
	[['samples', 'list', '--sample-type', 'organoid', '--limit', '3'], ['GET samples?limit=3&sample_type=organoid 200'], /P 005-O(?!.*P 005-G)/],
	[['samples', 'get', 'P 001-T'], ['GET samples/P%20001-T 200'], /P 001-T.*P 001.*barcode.*BC9/i],
	[['samples', 'get', SAMPLE, '--uuid'], [`GET samples/${SAMPLE}?lookup=uuid 200`], 'P 001-T'],
	[['samples', 'sampleinfo', 'p-001-t'], ['GET samples/p-001-t/sampleinfo 200'], /"surname": "Testperson".*"barcode": "BC9".*"samples\/p-001-t\/uploads\/a_R1.fastq.gz"/],
	[['samples', 'sampleinfo', 'P 001-T', '--order-id', 'CASE-17'], ['GET samples/P%20001-T/sampleinfo?order_id=CASE-17 200'], '"accession_number": "ACC-17"'],
	[['files', 'ls'], ['GET files?path= 200'], /DIR .*analyses\/.*FILE .*readme\.txt .*20 B.*8 folders, 1 files/],
	[['files', 'ls', 'samples/p-001-t'], ['GET files?path=samples/p-001-t 200'], /uploads\/.*note\.txt .*12 B.*1 folders, 1 files/],
	[['files', 'ls', 'nowhere'], ['GET files?path=nowhere 200'], 'No files or folders found.'],
];

const WRITES: Row[] = [
	[['analyses', 'cancel', 'demo-reporter-0001', '--yes'], ['DELETE analyses/demo-reporter-0001 204'], 'Analysis demo-reporter-0001 cancelled.'],
	[['orders', 'create'], ['POST orders 201'], 'Order ID: ORD-1 Status: created Priority: routine'],
	[['orders', 'delete', 'CASE-11', '--yes'], ['DELETE orders/CASE-11 204'], 'Order CASE-11 deleted.'],
	[['orders', 'delete', seedId(5, 1), '--uuid', '--yes'], [`DELETE orders/${seedId(5, 1)}?lookup=uuid 204`], 'deleted.'],
	[['orders', 'transition', 'CASE-12', 'reviewed'], ['POST orders/CASE-12/transition 200'], 'Order ID: CASE-12 Status: reviewed'],
	[['orders', 'transition', seedId(5, 3), 'signed_off', '--uuid'], [`POST orders/${seedId(5, 3)}/transition?lookup=uuid 200`], 'Status: signed_off'],
	[['orders', 'add-sample', 'CASE-11', 'P 002-G'], ['POST orders/CASE-11/samples/P%20002-G 204'], 'Sample P 002-G added to order CASE-11.'],
	[['orders', 'add-sample', 'CASE-11', '--sample-uuid', SAMPLE], [`POST orders/CASE-11/samples/${SAMPLE} 204`], 'added to order CASE-11.'],
	[['orders', 'add-sample', 'CASE-11', '--sample-display-id', 'P 001-T'], ['GET samples?limit=500 200', `POST orders/CASE-11/samples/${SAMPLE} 204`], `Resolved 'P 001-T' -> ${SAMPLE}`],
	[['orders', 'remove-sample', 'CASE-17', 'P 001-N'], ['DELETE orders/CASE-17/samples/P%20001-N 204'], 'Sample P 001-N removed from order CASE-17.'],
	[['subjects', 'create'], ['POST subjects 201'], 'SUBJ-1'],
	[['subjects', 'delete', 'P 001', '--yes'], ['DELETE subjects/P%20001 204'], 'P 001 deleted'],
	[['subjects', 'delete', SUBJECT, '--uuid', '--yes'], [`DELETE subjects/${SUBJECT}?lookup=uuid 204`], 'deleted'],
	[['samples', 'create', '--subject-id', 'P 001'], ['POST samples 201'], 'SMPL-1'],
	[['samples', 'create', '--subject-uuid', SUBJECT], ['POST samples 201'], 'SMPL-1'],
	[['samples', 'delete', 'P 001-T', '--yes'], ['DELETE samples/P%20001-T 204'], 'P 001-T deleted'],
	[['samples', 'delete', SAMPLE, '--uuid', '--yes'], [`DELETE samples/${SAMPLE}?lookup=uuid 204`], 'deleted'],
	[['files', 'rm', 'readme.txt', '--yes'], ['DELETE files?path=readme.txt 200'], 'Deleted: readme.txt'],
	[['files', 'mv', 'readme.txt', 'uploads/moved.txt', '--yes'], ['POST files/move 200'], 'Moved: readme.txt -> uploads/moved.txt'],
];

const named = (rows: Row[]) => rows.map(([command, ...rest]) => [command.join(' '), command, ...rest] as const);

describe('commands that read', () => {
	it.each(named(READS))('%s', async (_name, command, expected, output) => {
		expect(await folder.succeeds(...command)).toMatch(output);
		expect(calls()).toEqual(expected);
	});
});

describe('commands that change something', () => {
	it.each(named(WRITES))('%s', async (_name, command, expected, output) => {
		expect(await folder.succeeds(...command)).toMatch(output);
		expect(calls()).toEqual(expected);
	});
});

/** The body of the only request to an address. */
function sent(line: string): unknown {
	const bodies = simulator.journal.since().entries.filter(({ method, path }) => `${method} ${path}` === line.replace(' ', ' /api/')).map(({ body }) => body);
	expect(bodies).toHaveLength(1);
	return bodies[0];
}

const inFolder = (name: string) => join(folder.path, name);

describe('what is given arrives, and is shown', () => {
	it('orders create', async () => {
		const output = await folder.succeeds('orders', 'create', '-n', 'CASE 99', '--accession', 'ACC-1', '--external-id', 'LIS-1', '--description', 'text', '--priority', 'stat', '--indication', 'why', '--test-type', 'Panel', '--provider', 'Provider B', '--facility', 'Site C', '-t', 'a', '-t', 'b');
		expect(output).toMatch('Order ID: CASE 99 Status: created Priority: stat Accession: ACC-1');
		expect(sent('POST orders')).toEqual({ display_id: 'CASE 99', priority: 'stat', accession_number: 'ACC-1', external_id: 'LIS-1', description: 'text', indication: 'why', test_type: 'Panel', ordering_provider: 'Provider B', ordering_facility: 'Site C', tags: ['a', 'b'] });
		expect(await folder.succeeds('orders', 'get', 'CASE 99')).toMatch(/External ID: LIS-1 Description: text Indication: why Test Type: Panel Provider: Provider B Facility: Site C .*Tags: a, b/);
	});

	it('orders create without an id, which is sent as null', async () => {
		await folder.succeeds('orders', 'create');
		expect(sent('POST orders')).toEqual({ display_id: null, priority: 'routine' });
	});

	it('subjects create and update, key by key', async () => {
		await folder.succeeds('subjects', 'create', '-n', 'P 099', '-P', 'sex=female', '-P', 'diagnosis=none', '-t', 'a');
		expect(sent('POST subjects')).toEqual({ display_id: 'P 099', properties: { sex: 'female', diagnosis: 'none' }, tags: ['a'] });
		await folder.succeeds('subjects', 'update', 'P 099', '-n', 'P 100', '-P', 'sex=male');
		expect(sent('PATCH subjects/P%20099')).toEqual({ subject_id: 'P 100', properties: { sex: 'male' } });
		expect(await folder.succeeds('subjects', 'get', 'P 100')).toMatch(/sex: male.*diagnosis: none/i);
		const { id } = await admin.json('GET miner/subjects/P%20100');
		simulator.journal.clear();
		await folder.succeeds('subjects', 'update', id, '--uuid', '-P', 'sex=other');
		expect(calls()).toEqual([`PATCH subjects/${id}?lookup=uuid 200`]);
	});

	it('samples create', async () => {
		await folder.succeeds('samples', 'create', '--subject-id', 'P 001', '-n', 'S 1', '--sample-type', 'germline', '-P', 'tissue=blood', '-t', 'a');
		expect(sent('POST samples')).toEqual({ subject_id: 'P 001', display_id: 'S 1', properties: { sample_type: 'germline', tissue: 'blood' }, tags: ['a'] });
		expect(await folder.succeeds('samples', 'get', 's-1')).toMatch(/S 1.*P 001/);
	});

	it('config select-project: its organization and its bucket count from then on', async () => {
		folder.env = { IFLOW_PROJECT_ID: undefined };
		await folder.succeeds('config', 'select-project', 'sim-main');
		simulator.journal.clear();
		await folder.succeeds('pipelines', 'list');
		expect(calls()).toEqual([`GET pipelines?org_id=${simulator.info.organizationId}&${SCOPE} 200`]);
		await folder.succeeds('analyses', 'submit', '--pipeline', PIPELINE, '-P', 'vcf=samples/p-001-t/uploads/a.vcf.gz');
		expect(sent('POST analyses')).toMatchObject({ params: { vcf: 'gs://sim-main/samples/p-001-t/uploads/a.vcf.gz' } });
	});
});

describe('analyses submit', () => {
	it('by a slug, with everything', async () => {
		const output = await folder.succeeds('analyses', 'submit', '--pipeline', 'demo-reporter', '-V', '1.2.0', '-o', 'CASE-17', '--sample-id', 'P 001-T', '-n', 'my-analysis', '-P', 'panels=["x"]', '-P', 'genome=hg38', '-t', 'n8n', '--profile', 'cloud', '--callback-url', 'http://127.0.0.1:9/done');
		expect(output).toMatch('Analysis ID: my-analysis Status: queued');
		expect(sent('POST analyses')).toEqual({
			pipeline_id: PIPELINE,
			analysis_id: 'my-analysis',
			order_id: 'CASE-17',
			params: { panels: ['x'], genome: 'hg38' },
			tags: ['n8n'],
			profile: 'cloud',
			callback_url: 'http://127.0.0.1:9/done',
			properties: { sample_id: SAMPLE, subject_id: SUBJECT },
		});
		expect(calls()).toEqual(['GET samples/P%20001-T 200', `GET pipelines/slug/demo-reporter?${SCOPE}&version=1.2.0 200`, 'POST analyses 201']);
	});

	it('by UUIDs, and watched to its end', async () => {
		const output = await folder.succeeds('analyses', 'submit', '--pipeline', PIPELINE, '--order-uuid', ORDER, '--sample-uuid', SAMPLE, '--subject-id', SUBJECT, '--watch');
		expect(output).toMatch(/Analysis ID: demo-reporter-\d{8}-000000 .*Analysis completed successfully! Output: analyses\/demo-reporter-\d{8}-000000\//);
		const [sample, submit, ...watched] = calls();
		expect([sample, submit]).toEqual([`GET samples/${SAMPLE}?lookup=uuid 200`, 'POST analyses 201']);
		expect(new Set(watched).size).toBe(1);
	});

	it('watch of one that fails', async () => {
		expect(await folder.succeeds('analyses', 'submit', '--pipeline', 'always-fails', '-n', 'bad')).toMatch('Analysis ID: bad');
		expect(await folder.succeeds('analyses', 'watch', 'bad', '--interval', '1')).toMatch('Analysis failed: Task report exited with code 1');
	});
});

describe('files: signed addresses get neither the token nor the project', () => {
	it('download', async () => {
		await folder.succeeds('files', 'download', 'samples/p-001-t/note.txt', '-o', 'out.txt');
		expect(calls()).toEqual(['GET files?path=samples/p-001-t 200', 'GET files/download-url?path=samples/p-001-t/note.txt 200', 'GET /storage/sim-main/samples/p-001-t/note.txt 200']);
		expect(await readFile(inFolder('out.txt'), 'utf8')).toBe('hello sample');
	});

	it('download of an order’s output', async () => {
		await folder.succeeds('files', 'download', '--order-display-id', 'CASE-17', '--output-name', 'vcf');
		const path = 'analyses/demo-reporter-0003/variants.vcf.gz';
		expect(calls()).toEqual(['GET orders?search=CASE-17&limit=1 200', `GET analyses/by-order/${ORDER} 200`, `GET analyses/${RUN}/outputs 200`, `GET files/download-url?path=${path} 200`, `GET /storage/sim-main/${path} 200`]);
		expect(gunzipSync(await readFile(inFolder('variants.vcf.gz'))).toString()).toMatch('##fileformat=VCF');
	});

	it('analyses outputs --download', async () => {
		await folder.succeeds('analyses', 'outputs', 'demo-reporter-0003', '-d', 'report', '-o', 'report.html');
		const path = 'analyses/demo-reporter-0003/report.html';
		expect(calls()).toEqual(['GET analyses/demo-reporter-0003/outputs 200', `GET files/download-url?path=${path} 200`, `GET /storage/sim-main/${path} 200`]);
		expect(await readFile(inFolder('report.html'), 'utf8')).toMatch('Simulated report of demo-reporter-0003');
	});

	it('upload, and the same bytes back', async () => {
		const bytes = Buffer.from(Array.from({ length: 5_000_000 }, (_, index) => index % 251));
		await writeFile(inFolder('reads.fastq.gz'), bytes);
		expect(await folder.succeeds('files', 'upload', 'reads.fastq.gz', 'uploads/')).toMatch('Uploaded: reads.fastq.gz -> uploads/reads.fastq.gz');
		expect(sent('POST files/upload-url')).toEqual({ path: 'uploads/reads.fastq.gz', content_type: 'application/octet-stream' });
		expect(calls()).toEqual(['POST files/upload-url 200', 'PUT /storage/sim-main/uploads/reads.fastq.gz 200']);
		await folder.succeeds('files', 'download', 'uploads/reads.fastq.gz', '-o', 'back');
		expect(bytes.equals(await readFile(inFolder('back')))).toBe(true);
	});

	it('upload to a sample: planned, sent and registered', async () => {
		await writeFile(inFolder('L1_R1.fq.gz'), 'read');
		expect(await folder.succeeds('files', 'upload', 'L1_R1.fq.gz', '--sample-id', 'P 001-T', '--tag', 'fastq_1', '--tag', 'lane_1')).toMatch('Registered on sample P 001-T (tags: fastq_1, lane_1)');
		const path = 'samples/p-001-t/uploads/L1_R1.fq.gz';
		expect(calls()).toEqual(['GET samples/P%20001-T 200', 'POST files/register-upload 200', 'POST files/upload-url 200', `PUT /storage/sim-main/${path} 200`, 'POST files/register-upload 200']);
		expect(await folder.succeeds('files', 'upload', 'L1_R1.fq.gz', '--sample-uuid', SAMPLE)).toMatch('Replaced on sample P 001-T');
		simulator.journal.clear();
		expect(await folder.succeeds('files', 'upload', 'L1_R1.fq.gz', '--sample-id', 'P 001-T', '--skip-existing')).toMatch(`Skipped (already exists): ${path}`);
		expect(calls()).toEqual(['GET samples/P%20001-T 200', 'POST files/register-upload 200']);
	});

	it.each([['off', 405], ['absent', 404]])('upload to a sample of a server that knows no registration: %s', async (registerUpload, status) => {
		await control('POST /iflow/settings', { registerUpload });
		await writeFile(inFolder('a.vcf'), 'text');
		expect(await folder.succeeds('files', 'upload', 'a.vcf', '--sample-id', 'P 001-T')).toMatch(/will not be listed on the sample.*Uploaded: a\.vcf -> samples\/p-001-t\/uploads\/a\.vcf/);
		expect(calls()).toContain(`POST files/register-upload ${status}`);
		expect(await folder.fails('files', 'upload', 'a.vcf', '--sample-id', 'P 001-T', '--tag', 'x')).toMatch('does not support file tags');
	});
});

describe('refusals end with a sentence', () => {
	const REFUSALS: Row[] = [
		[['orders', 'get', 'CASE-99'], ['GET orders/CASE-99 404'], 'Error: Order not found'],
		[['orders', 'get', 'CASE-17', '--uuid'], ['GET orders/CASE-17?lookup=uuid 404'], 'Error: Order not found'],
		[['orders', 'create', '-n', 'CASE-17'], ['POST orders 409'], 'already exists'],
		[['orders', 'transition', 'CASE-11', 'reviewed'], ['POST orders/CASE-11/transition 409'], 'Cannot change order status from created to reviewed'],
		[['orders', 'transition', 'CASE-14', 'completed'], ['POST orders/CASE-14/transition 403'], 'Only administrators'],
		[['orders', 'add-sample', 'CASE-17', 'P 001-T'], ['POST orders/CASE-17/samples/P%20001-T 409'], 'on this order already'],
		[['orders', 'list', '-p', seedId(9, 9)], ['GET orders?limit=20 403'], 'You do not have access to this project'],
		[['analyses', 'cancel', 'demo-reporter-0003', '--yes'], ['DELETE analyses/demo-reporter-0003 409'], 'Cannot cancel'],
		[['analyses', 'submit', '--pipeline', 'unknown'], [`GET pipelines/slug/unknown?${SCOPE} 404`], 'Pipeline not found'],
		[['analyses', 'submit', '--pipeline', PIPELINE, '-n', 'demo-reporter-0003'], ['POST analyses 409'], 'already exists'],
		[['files', 'mv', 'nowhere.txt', 'uploads/x.txt', '--yes'], ['POST files/move 404'], 'Source file not found'],
		[['files', 'download', 'nowhere.txt'], ['GET files?path= 200', 'GET files/download-url?path=nowhere.txt 200', 'GET /storage/sim-main/nowhere.txt 404'], 'Download failed: 404'],
	];
	it.each(named(REFUSALS))('%s', async (_name, command, expected, output) => {
		expect(await folder.fails(...command)).toMatch(output);
		expect(arrived(simulator).map((line) => line.replace(' /api/', ' '))).toEqual(expected);
	});

	it('a token that nobody has', async () => {
		folder.env = { IFLOW_TOKEN: 'wrong' };
		expect(await folder.fails('orders', 'list')).toMatch('Authentication expired');
	});

	it('a proxy that is restarted: questions are asked again, orders are not made twice', async () => {
		await control('POST /faults', [{ kind: 'html', status: 502, path: '/api/orders', method: 'GET' }, { kind: 'html', status: 502, path: '/api/orders', method: 'POST' }]);
		await folder.succeeds('orders', 'list');
		await folder.fails('orders', 'create');
		expect(calls()).toEqual(['GET orders?limit=20 502', 'GET orders?limit=20 200', 'POST orders 502']);
	});
});

describe('log-in', () => {
	beforeEach(() => (folder.env = { IFLOW_TOKEN: undefined, IFLOW_PROJECT_ID: undefined }));

	it('by device, then by the token that it gave', async () => {
		expect(await folder.succeeds('login')).toMatch(/SIMU-LATE.*Successfully logged in!.*Found 3 projects/);
		expect(arrived(simulator)).toEqual(['POST /oauth/v2/device_authorization 200', 'POST /oauth/v2/token 400', 'POST /oauth/v2/token 200', 'GET /api/projects 200']);
		expect(await folder.succeeds('status')).toMatch('Logged in.');
		expect(await folder.succeeds('auth', 'whoami')).toMatch(/person@example\.org.*OAuth token/);
		await folder.succeeds('logout');
		expect(await folder.fails('auth', 'whoami')).toMatch('Not logged in.');
	});

	it('by device, of a person who refuses', async () => {
		await control('POST /iflow/settings', { device: 'deny' });
		expect(await folder.fails('login')).toMatch('Access denied by user');
	});

	it('a token that ends soon is renewed before the next call', async () => {
		await control('POST /iflow/settings', { tokenSeconds: 30 });
		await folder.succeeds('login');
		simulator.journal.clear();
		await folder.succeeds('auth', 'whoami');
		expect(arrived(simulator)).toEqual(['POST /oauth/v2/token 200', 'GET /api/users/whoami 200']);
	});
});

describe('pipelines add, on the service’s own host', () => {
	const pages = createServer(({ url }, response) => {
		const found = url === '/flows/panel/meta.json';
		response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(found ? '{"name": "Panel", "version": "2.1.0", "description_short": "A panel", "author": "nobody"}' : '{}');
	});
	let address: string;

	beforeAll(async () => {
		await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
	});
	afterAll(() => pages.close());
	beforeEach(() => (folder.env = { INTERNAL_API_TOKEN: simulator.info.internalToken }));

	const registered = () => simulator.journal.since().entries.map(({ path, authorized, headers, body, status }) => ({ path, authorized, token: headers?.['x-internal-token'], body, status }));

	it('from a description beside the workflow, with the internal token and no other', async () => {
		expect(await folder.succeeds('pipelines', 'add', '--url', `${address}/flows/panel/panel.wdl`, '--org-id', simulator.info.organizationId, '--variant', '2')).toMatch(/Pipeline added successfully!.*Slug: panel Version: 2\.1\.0/);
		expect(registered()).toEqual([
			{
				path: '/compute/api/v1/pipelines',
				authorized: false,
				token: '***',
				status: 201,
				body: expect.objectContaining({ name: 'Panel', slug: 'panel', version: '2.1.0', scope: 'org', org_id: simulator.info.organizationId, description: 'A panel', force: false, properties: expect.objectContaining({ default_variant: 2, author: 'nobody' }) }),
			},
		]);
		expect(await folder.succeeds('pipelines', 'describe', 'panel')).toMatch('Variant: 2');
	});

	it('the same version again, and by force', async () => {
		const add = ['pipelines', 'add', '--url', `${address}/other.wdl`, '--name', 'Demo', '--slug', 'demo-reporter', '-V', '1.2.0', '--mode', 'direct_wdl', '--type', 'github', '--profile', 'cloud', '--container', 'image:1'];
		expect(await folder.fails(...add)).toMatch('Use --force to overwrite.');
		expect(await folder.succeeds(...add, '--force')).toMatch(`ID: ${PIPELINE}`);
	});

	it('with a wrong token', async () => {
		folder.env = { INTERNAL_API_TOKEN: 'wrong' };
		await folder.fails('pipelines', 'add', '--url', `${address}/other.wdl`, '--name', 'Demo');
		expect(registered()).toMatchObject([{ authorized: false, status: 401 }]);
	});
});

it('what has no command: organizations, projects of one, a project', async () => {
	const script = `
import asyncio, sys
from iflow.api import AdminAPIClient
async def main():
    client = AdminAPIClient()
    organizations = await client.list_organizations()
    projects = await client.list_projects(org_id=organizations[0].id)
    project = await client.get_project(sys.argv[1])
    print(*[one.slug for one in organizations], *[one.slug for one in projects], project.bucket_name)
asyncio.run(main())
`;
	expect(await folder.python(script, PROJECT)).toMatchObject({ code: 0, out: 'sim-genomics sim-hospital sim-main sim-other sim-main\n' });
	expect(calls()).toEqual(['GET organizations 200', `GET projects?org_id=${simulator.info.organizationId} 200`, `GET projects/${PROJECT} 200`]);
});
