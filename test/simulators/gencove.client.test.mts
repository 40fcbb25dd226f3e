/**
 * The vendor's own client, unmodified but for the size of its parts, against the simulator: every command is judged by
 * its exit code, its output, and by what arrived.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { signatureHeader } from '../../simulators/gencove/signature.mts';
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import type { Fault } from '../../simulators/shared/faults.mts';
import { GencoveFolder, hasAws } from './gencove.mts';
import { send } from './http.mts';
import type { Run } from './client.mts';

jest.setTimeout(120_000);

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIRST_PAGE = { offset: ['0'], limit: ['200'] };

let simulator: Running;
let folder: GencoveFolder;
let projects: Running['info']['projects'];
let samples: Running['info']['samples'];

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	({ projects, samples } = simulator.info);
});
afterAll(async () => await simulator?.close());
beforeEach(async () => {
	await send(simulator.info.control, 'POST /reset');
	folder = await GencoveFolder.make(simulator);
});
afterEach(async () => await folder.remove());

function output({ code, out, err }: Run): string {
	if (code !== 0) throw new Error(`exit code ${code}\n${out}\n${err}`);
	return out;
}

/** All that a command says, in one line. */
const words = ({ out, err }: Run): string => (out + err).replace(/\s+/g, ' ');

/** Runs a command, which must end well; gives its output. */
const succeeds = async (command: string, ...args: string[]): Promise<string> => output(await folder.gencove(command, ...args));
/** Runs a command, which must end well; gives all that it says. */
async function tells(command: string, ...args: string[]): Promise<string> {
	const run = await folder.gencove(command, ...args);
	output(run);
	return words(run);
}
/** Runs a command, which must fail; gives all that it says. */
async function fails(command: string, ...args: string[]): Promise<string> {
	const run = await folder.gencove(command, ...args);
	expect(run.code).not.toBe(0);
	return words(run);
}

/** What arrived since the last look: `GET /path {template} 200`, in order, without the common part of the path. */
function arrived(): string[] {
	const { entries } = simulator.journal.since();
	simulator.journal.clear();
	return entries.map(({ method, route, path, status }) => `${(route ?? `${method} ${path}?`).replace('/api/v2/', '')} ${status}`);
}

/** Bodies and queries of the requests that arrived, by their route. */
function sent(route: string) {
	return simulator.journal.since().entries.filter((entry) => entry.route === route.replace(' ', ' /api/v2/')).map(({ query, body }) => ({ query, body }));
}

const control = async (line: string, json?: object) => await send(`${simulator.info.control}/gencove`, line, { json });
const api = async (line: string, json?: object) => {
	const answer = await send(`${simulator.info.url}/api/v2`, line, { json, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
	simulator.journal.clear();
	return answer.json;
};
const inFolder = async (path = '') => (await readdir(join(folder.path, path))).filter((name) => !name.startsWith('.')).sort();
const text = async (...path: string[]) => await readFile(join(folder.path, ...path), 'utf8');

describe('log-in', () => {
	it('by API key, with the client’s own header', async () => {
		await succeeds('projects list');
		expect(arrived()).toEqual(['GET projects/ 200', 'GET pipeline-capabilities/ 200']);
	});

	it('by e-mail and password', async () => {
		const { email, password } = simulator.info;
		output(await folder.loggedIn('projects list', ['--email', email, '--password', password]));
		expect(arrived()).toEqual(['POST jwt-create/ 200', 'GET projects/ 200', 'GET pipeline-capabilities/ 200']);
	});

	it('with a wrong password, and with a wrong key', async () => {
		const wrongPassword = await folder.loggedIn('projects list', ['--email', simulator.info.email, '--password', 'wrong']);
		expect(wrongPassword).toMatchObject({ code: 1, err: expect.stringMatching('Failed to login') });
		expect(arrived()).toEqual(['POST jwt-create/ 401']);
		const wrongKey = await folder.loggedIn('projects list', ['--api-key', 'wrong']);
		expect(wrongKey.code).toBe(1);
		expect(wrongKey.err).not.toMatch('Traceback');
		// it tries to renew the token that it has not
		expect(arrived()).toEqual(['GET projects/ 401', 'POST jwt-refresh/ 400']);
	});

	it('of a user with a second factor asks for the code', async () => {
		const { email, password, code } = simulator.info.mfa;
		folder.typed = `${code}\n`;
		output(await folder.loggedIn('projects list', ['--email', email, '--password', password]));
		expect(arrived()).toEqual(['POST jwt-create/ 401', 'POST jwt-create/ 200', 'GET projects/ 200', 'GET pipeline-capabilities/ 200']);
	});
});

describe('projects', () => {
	it('list, with and without hidden ones', async () => {
		const shown = (await succeeds('projects list')).split('\n');
		expect(shown.filter((line) => line.includes(projects.human))).toEqual([expect.stringMatching(/Human pilot.*Human low-pass/)]);
		expect(shown.join()).not.toMatch(projects.hidden);
		expect(await succeeds('projects list', '--hidden')).toMatch(projects.hidden);
		expect(sent('GET projects/').map(({ query }) => query)).toEqual([{ ...FIRST_PAGE, hidden_status: ['visible'] }, { ...FIRST_PAGE, hidden_status: ['all'] }]);
	});

	it('list of more than a page', async () => {
		await control('POST /seed', { projects: 230 });
		expect((await succeeds('projects list')).trim().split('\n')).toHaveLength(233);
		expect(arrived().filter((line) => line.startsWith('GET projects/'))).toHaveLength(2);
	});

	it('create', async () => {
		const { results } = await api('GET /pipeline-capabilities/');
		expect(await succeeds('projects create', 'New project', results[0].id)).toMatch('New project');
		expect(sent('POST projects/')).toMatchObject([{ body: { name: 'New project', pipeline_capabilities: results[0].id } }]);
		expect(await fails('projects create', 'New project', UNKNOWN)).toMatch('pipeline_capabilities');
	});

	it('list-samples, of more than two pages', async () => {
		const shown = await succeeds('projects list-samples', projects.cattle);
		expect(shown.trim().split('\n')).toHaveLength(450);
		expect(sent('GET project-samples/{project_id}').map(({ query }) => query.offset)).toEqual([['0'], ['200'], ['400']]);
		const failed = await succeeds('projects list-samples', projects.cattle, '--status', 'failed');
		expect(failed.trim().split('\n')).toHaveLength(9);
		expect(await fails('projects list-samples', UNKNOWN)).toMatch('does not exist');
	});

	it('list-pipelines and list-pipeline-capabilities', async () => {
		await control('POST /seed', { pipelines: 400 });
		const [first] = (await succeeds('projects list-pipelines')).split('\n');
		expect(arrived()).toEqual(['GET pipeline/ 200', 'GET pipeline/ 200', 'GET pipeline/ 200']);
		expect(await succeeds('projects list-pipeline-capabilities', first.split('\t')[0])).toMatch('Human low-pass');
		expect(arrived()).toEqual(['GET pipeline/{pipeline_id} 200']);
	});

	it('the capability that no command reads', async () => {
		const [{ id }] = (await api('GET /pipeline-capabilities/')).results;
		const script = 'import sys\nfrom gencove.client import APIClient\nclient = APIClient(sys.argv[1])\nclient.set_api_key(sys.argv[2])\nprint(client.get_pipeline_capabilities(sys.argv[3]).name)';
		expect(output(await folder.python(script, simulator.info.url, simulator.info.apiKey, id))).toMatch('Cattle low-pass');
	});

	it('batches: list-batch-types, create-batch, list-batches, get-batch', async () => {
		expect(await succeeds('projects list-batch-types', projects.cattle)).toMatch('illuminasnp50');
		expect(await succeeds('projects create-batch', projects.cattle, '--batch-type', 'illuminahd', '--batch-name', 'Batch')).toMatch('Batch');
		const made = sent('POST project-batches/{project_id}');
		expect(made).toMatchObject([{ body: { name: 'Batch', batch_type: 'illuminahd', sample_ids: [] } }]);
		expect(await fails('projects create-batch', projects.cattle, '--batch-type', 'unknown', '--batch-name', 'Batch')).toMatch('is not a valid choice');
		await simulator.clock.advance(HOUR);
		const listed = await succeeds('projects list-batches', projects.cattle);
		expect(listed.trim().split('\n')).toHaveLength(2);
		const [id] = listed.split('\t').slice(1, 2).join().length === 36 ? listed.split('\t').slice(1, 2) : /[0-9a-f-]{36}/.exec(listed)!;
		arrived();
		await succeeds('projects get-batch', id, '--output-filename', 'report.zip');
		expect(arrived()).toEqual(['GET batches/{batch_id} 200', expect.stringMatching('^GET /gencove-simulated-files/.* 200$')]);
		expect(await text('report.zip')).toMatch('Simulated report-zip');
	});

	it('merged VCF: create-merged-vcf, status-merged-vcf, get-merged-vcf', async () => {
		expect(await fails('projects status-merged-vcf', projects.human)).toMatch('there are no running jobs');
		await succeeds('projects create-merged-vcf', projects.human);
		expect(await succeeds('projects status-merged-vcf', projects.human)).toMatch('running');
		expect(await fails('projects create-merged-vcf', projects.human)).toMatch('is already running');
		await simulator.clock.advance(HOUR);
		expect(await succeeds('projects status-merged-vcf', projects.human)).toMatch('succeeded');
		expect(await fails('projects create-merged-vcf', projects.human)).toMatch('is up-to-date');
		expect(await fails('projects create-merged-vcf', projects.empty)).toMatch('No samples found in project');
		await succeeds('projects get-merged-vcf', projects.human, '--output-filename', 'merged.vcf.gz');
		expect(gunzipSync(await readFile(join(folder.path, 'merged.vcf.gz'))).toString()).toMatch('##fileformat=VCF');
	});

	it('get-jointcalled-vcf', async () => {
		await mkdir(join(folder.path, 'out'));
		await succeeds('projects get-jointcalled-vcf', projects.human, '--output-folder', 'out');
		expect((await inFolder('out')).length).toBeGreaterThanOrEqual(1);
	});

	it('get-reference-genome', async () => {
		await mkdir(join(folder.path, 'genome'));
		await succeeds('projects get-reference-genome', projects.human, 'genome');
		// the ten of the genome, and the other files of the project
		expect(await inFolder('genome')).toHaveLength(12);
		expect(arrived().slice(0, 2)).toEqual(['GET file-types/ 200', 'GET projects/{project_id} 200']);
		expect(await fails('projects get-reference-genome', UNKNOWN, 'genome')).toMatch(/not found|does not exist/i);
	});

	it('hide, unhide and delete', async () => {
		await succeeds('projects hide', `${projects.human},${projects.empty}`);
		expect((await api('GET /projects/?hidden_status=hidden')).meta.count).toBe(3);
		await succeeds('projects unhide', projects.human);
		await succeeds('projects delete', projects.empty);
		expect(sent('DELETE projects-delete/')).toEqual([{ query: {}, body: { project_ids: [projects.empty] } }]);
		expect((await api('GET /projects/?hidden_status=all')).meta.count).toBe(3);
		await fails('projects delete', UNKNOWN);
	});

	it('hide-samples, unhide-samples, delete-samples', async () => {
		await succeeds('projects hide-samples', projects.human, '--sample-ids', samples.succeeded);
		expect(await api(`GET /samples/${samples.succeeded}`)).toMatchObject({ hidden: true });
		await succeeds('projects unhide-samples', projects.human, '--sample-ids', samples.succeeded);
		await succeeds('projects delete-samples', projects.human, '--sample-ids', `${samples.succeeded},${samples.failed}`);
		expect(sent('DELETE project-delete-samples/{project_id}')).toMatchObject([{ body: { sample_ids: [samples.succeeded, samples.failed] } }]);
		expect(await api(`GET /samples/${samples.succeeded}`)).toEqual({ detail: 'Not found.' });
		expect(await fails('projects delete-samples', projects.human, '--sample-ids', UNKNOWN)).toMatch('All sample ids must be part of the current project.');
	});

	it('cancel-samples', async () => {
		expect(await tells('projects cancel-samples', projects.human, '--sample-ids', samples.running)).toMatch(/cancel/i);
		expect(await api(`GET /samples/${samples.running}`)).toMatchObject({ last_status: { status: 'canceled' } });
		expect(await fails('projects cancel-samples', projects.human, '--sample-ids', UNKNOWN)).toMatch(`Invalid sample IDs: ${UNKNOWN}`);
	});

	it.each([true, false])('restore-samples, with a body in the answer: %s', async (restoreBody) => {
		await control('POST /settings', { restoreBody });
		await succeeds('projects restore-samples', projects.human, '--sample-ids', samples.archived);
		expect(await api(`GET /samples/${samples.archived}`)).toMatchObject({ archive_last_status: { status: 'restore_requested' } });
		await simulator.clock.advance(50 * HOUR);
		expect(await api(`GET /samples/${samples.archived}`)).toMatchObject({ archive_last_status: { status: 'restored', transition_cutoff: expect.any(String) } });
		expect(await fails('projects restore-samples', projects.human, '--sample-ids', samples.succeeded)).toMatch('in archived status.');
	});

	it('import-existing-samples, one and those of a project', async () => {
		await succeeds('projects import-existing-samples', projects.empty, '--source-sample-ids', samples.succeeded, '--metadata-json', '{"a": [1]}');
		expect(sent('POST project-samples-import/')).toMatchObject([{ body: { project_id: projects.empty, samples: [{ sample_id: samples.succeeded }], metadata: { a: [1] } } }]);
		await control('POST /seed', { samples: 100, project_id: projects.hidden });
		simulator.journal.clear();
		// 100 samples: a full list, and the empty one that the client sends after it
		await succeeds('projects import-existing-samples', projects.empty, '--source-project-id', projects.hidden);
		expect(sent('POST project-samples-import/').map(({ body }) => (body as { samples: unknown[] }).samples.length)).toEqual([100, 0]);
		expect(await fails('projects import-existing-samples', UNKNOWN, '--source-sample-ids', samples.succeeded)).toMatch('Project does not exist or you do not have privileges to access it.');
	});

	it('copy-existing-samples', async () => {
		await succeeds('projects copy-existing-samples', projects.empty, '--source-sample-ids', samples.succeeded);
		expect(await api(`GET /project-samples/${projects.empty}`)).toMatchObject({ meta: { count: 1 }, results: [{ client_id: 'PILOT-SUCCEEDED', last_status: { status: 'succeeded' } }] });
		expect(await fails('projects copy-existing-samples', projects.empty, '--source-sample-ids', samples.running)).toMatch('in succeeded or failed_qc status.');
	});

	it('manifests: create-sample-manifest, get-sample-manifests, sample-manifests get-sample-manifest', async () => {
		await writeFile(join(folder.path, 'plate.csv'), await (await fetch(`${simulator.info.url}/api/v2/sample-manifests-csv-template/`)).text());
		expect(await fails('projects create-sample-manifest', projects.empty, 'plate.csv')).toMatch('no samples');
		await writeFile(join(folder.path, 'plate.csv'), (await text('plate.csv')).replace(',A1,,', ',A1,client-1,').replace(',B1,,', ',B1,NTC,'));
		await succeeds('projects create-sample-manifest', projects.empty, 'plate.csv');
		expect(sent('POST project-sample-manifests/{project_id}').at(-1)).toMatchObject({ body: [{ name: 'sample_manifest', filename: 'plate.csv' }] });
		await mkdir(join(folder.path, 'out'));
		await succeeds('projects get-sample-manifests', projects.empty, 'out');
		const [{ id }] = await api(`GET /project-sample-manifests/${projects.empty}`);
		expect(await text('out', id, 'plate.csv')).toMatch(',A1,client-1,');
		await mkdir(join(folder.path, 'one'));
		await succeeds('sample-manifests get-sample-manifest', id, 'one');
		expect(await inFolder('one')).toHaveLength(1);
		await fails('projects create-sample-manifest', UNKNOWN, 'plate.csv');
		await fails('projects get-sample-manifests', UNKNOWN, 'out');
	});
});

describe('samples', () => {
	it('download-file, with a checksum and in ranges', async () => {
		await succeeds('samples download-file', samples.succeeded, 'impute-vcf', 'sample.vcf.gz', '--checksum');
		expect(arrived()).toEqual(['GET samples/{sample_id} 200', expect.stringMatching('^GET /gencove-simulated-files/'), 'GET files/{file_id}.sha256 200']);
		expect(await inFolder()).toEqual(['sample.vcf.gz', 'sample.vcf.gz.sha256']);
		expect(await text('sample.vcf.gz.sha256')).toMatch(/^[0-9a-f]{64} \*.+\n$/);
	});

	it('get-metadata and set-metadata', async () => {
		await succeeds('samples set-metadata', samples.succeeded, '--json', '{"farm": ["a", null]}');
		expect(await succeeds('samples get-metadata', samples.succeeded, '--output-filename', '-')).toMatch(/"farm"/);
		expect(await fails('samples get-metadata', UNKNOWN)).toMatch(/Not found|does not exist/i);
	});

	it('download of a sample: all its files, quality controls and metadata', async () => {
		await succeeds('download', 'out', '--sample-ids', samples.succeeded, '--no-progress');
		const files = await inFolder(`out/PILOT-SUCCEEDED/${samples.succeeded}`);
		expect(files).toHaveLength(12);
		expect(files).toEqual(expect.arrayContaining([`${samples.succeeded}_R1.fastq.gz`, `${samples.succeeded}_qc.json`, `${samples.succeeded}_metadata.json`]));
	});

	it('download with checksums, which the service has of results only', async () => {
		await succeeds('download', 'out', '--sample-ids', samples.succeeded, '--checksums', '--file-types', 'impute-vcf', '--no-progress');
		expect(await inFolder(`out/PILOT-SUCCEEDED/${samples.succeeded}`)).toEqual([`${samples.succeeded}.vcf.gz`, `${samples.succeeded}.vcf.gz.sha256`]);
		expect(await fails('download', 'out', '--sample-ids', samples.succeeded, '--checksums', '--file-types', 'fastq-r1', '--no-progress')).toMatch('File does not have checksum.');
	});

	it('download of a sample without a client id', async () => {
		await succeeds('download', 'out', '--sample-ids', samples.unnamed, '--no-progress');
		expect(await inFolder('out')).toEqual([samples.unnamed]);
	});

	it('download of a file of more than 8 MiB, which the client fetches in ranges', async () => {
		const { files } = await api(`GET /samples/${samples.succeeded}`);
		const bam = files.find((file: { file_type: string }) => file.file_type === 'alignment-bam');
		const size = 20 * 1024 * 1024 + 11;
		await control(`POST /files/${bam.id}`, { size });
		await succeeds('download', 'out', '--sample-ids', samples.succeeded, '--file-types', 'alignment-bam', '--no-progress');
		const content = await readFile(join(folder.path, 'out', 'PILOT-SUCCEEDED', samples.succeeded, `${samples.succeeded}.bam`));
		expect(content).toHaveLength(size);
		expect(content.every((byte, index) => byte === index % 251)).toBe(true);
		expect(arrived().filter((line) => line.endsWith(' 206')).length).toBeGreaterThan(1);
	});

	it('download of a project: archived, running and hidden samples are left out', async () => {
		await succeeds('download', 'out', '--project-id', projects.human, '--file-types', 'fastq-r1', '--no-progress');
		expect(await inFolder('out')).toEqual([samples.unnamed, 'PILOT-FAILED', 'PILOT-FAILED-QC', 'PILOT-SUCCEEDED', 'PILOT-SUCCEEDED-2']);
	});

	it('download of addresses only', async () => {
		const out = await succeeds('download', '-', '--sample-ids', samples.succeeded, '--download-urls');
		expect(out).toMatch(/"download_url": "http:\/\/127\.0\.0\.1:\d+\/gencove-simulated-files/);
	});

	it('file-types, of all, of a project, of reference genomes', async () => {
		const all = (await succeeds('file-types')).split('\n').map((line) => line.trim());
		expect(all).toEqual(expect.arrayContaining(['fastq-r1', 'impute-vcf', 'metadata', 'qc']));
		expect(await succeeds('file-types', '--project-id', projects.empty)).not.toMatch('impute-vcf');
		expect(await succeeds('file-types', '--project-id', projects.human, '--object', 'reference_genome')).toMatch('genome-dict');
		await fails('file-types', '--project-id', UNKNOWN);
	});
});

describe('uploads', () => {
	const reads = gzipSync('@read\nACGT\n+\nIIII\n');
	const path = 'gncv://herd/2026/';

	async function folderOfReads(): Promise<void> {
		await mkdir(join(folder.path, 'reads'));
		for (const name of ['COW-1_R1', 'COW-1_R2', 'COW-2_R1']) await writeFile(join(folder.path, 'reads', `${name}.fastq.gz`), reads);
	}

	it('upload of a folder, uploads list, and a second upload that sends nothing', async () => {
		await folderOfReads();
		await succeeds('upload', 'reads', path, '--no-progress');
		const lines = arrived();
		expect(lines).toHaveLength(7);
		expect(lines[0]).toBe('POST upload-credentials/ 200');
		expect(lines.filter((line) => /^PUT \/gencove-simulated-uploads.* 200$/.test(line))).toHaveLength(3);
		await simulator.clock.advance(MINUTE);
		const listed = await succeeds('uploads list');
		expect(listed).toMatch('gncv://herd/2026/COW-1_R2.fastq.gz');
		arrived();
		await succeeds('upload', 'reads', path, '--no-progress');
		expect(arrived().filter((line) => line.startsWith('PUT'))).toEqual([]);
		expect((await control('GET /storage')).json.objects.filter(({ bucket }: { bucket: string }) => bucket === 'gencove-simulated-uploads')).toMatchObject([{ size: reads.length }, { size: reads.length }, { size: reads.length }]);
	});

	it('upload of a folder that is run at once', async () => {
		await folderOfReads();
		const uploading = succeeds('upload', 'reads', path, '--run-project-id', projects.empty, '--metadata', '{"week": 1}', '--no-progress');
		const noticed = setInterval(() => void simulator.clock.advance(10_000), 1000);
		await uploading.finally(() => clearInterval(noticed));
		const [{ body }] = sent('POST project-samples/{project_id}');
		expect(body).toMatchObject({ uploads: [{ client_id: 'COW-2', fastq: { r1: {} } }, { client_id: 'COW-1', fastq: { r1: {}, r2: {} } }], metadata: { week: 1 } });
		await simulator.clock.advance(HOUR);
		expect(await api(`GET /project-samples/${projects.empty}?sort_by=client_id&sort_order=asc`)).toMatchObject({ meta: { count: 2 }, results: [{ client_id: 'COW-1', last_status: { status: 'succeeded' } }, { client_id: 'COW-2' }] });
	});

	it('upload in parts', async () => {
		await mkdir(join(folder.path, 'reads'));
		const large = Buffer.alloc(12 * 1024 * 1024, Buffer.from(Array.from({ length: 251 }, (_, index) => index)));
		await writeFile(join(folder.path, 'reads', 'BULL_R1.fastq.gz'), large);
		await succeeds('upload', 'reads', path, '--no-progress');
		expect(arrived().map((line) => line.split(' ')[0])).toEqual(['POST', 'POST', 'POST', 'PUT', 'PUT', 'PUT', 'POST']);
		const { under_way, objects } = (await control('GET /storage')).json;
		expect({ under_way, object: objects.find(({ size }: { size: number }) => size === large.length) }).toMatchObject({ under_way: 0, object: { etag: expect.stringMatching(/-3"$/) } });
		const [upload] = simulator.state.uploads.values();
		await simulator.clock.advance(MINUTE);
		expect(upload.content!.read(5 * 1024 * 1024 - 2, 2)).toEqual(large.subarray(5 * 1024 * 1024 - 2, 5 * 1024 * 1024));
		expect(upload.content!.read(10 * 1024 * 1024, 1000)).toEqual(large.subarray(10 * 1024 * 1024, 10 * 1024 * 1024 + 1000));
	});

	it('upload of a map of lanes, which the client joins', async () => {
		await writeFile(join(folder.path, 'l1.fastq.gz'), reads);
		await writeFile(join(folder.path, 'l2.fastq.gz'), reads);
		await writeFile(join(folder.path, 'herd.fastq-map.csv'), 'client_id,r_notation,path\ncow,R1,l1.fastq.gz\ncow,R1,l2.fastq.gz\n');
		await succeeds('upload', 'herd.fastq-map.csv', path, '--no-progress');
		expect((await control('GET /storage')).json.objects).toContainEqual(expect.objectContaining({ size: 2 * reads.length }));
	});

	it('upload of a map of addresses, run at once, and run-prefix', async () => {
		await writeFile(join(folder.path, 'herd.fastq-map.csv'), 'client_id,r_notation,path\ncow,R1,https://reads.example.org/cow_R1.fastq.gz\ncow,R2,https://reads.example.org/cow_R2.fastq.gz\n');
		await succeeds('upload', 'herd.fastq-map.csv', path, '--run-project-id', projects.empty, '--no-progress');
		expect(arrived()).toEqual(['POST upload-credentials/ 200', 'POST uploads-url/ 201', 'POST uploads-url/ 201', 'GET sample-sheet/ 200', 'POST project-samples/{project_id} 201']);
		await succeeds('projects run-prefix', projects.human, path, '--metadata-json', '[1]');
		expect(sent('GET sample-sheet/')).toMatchObject([{ query: { search: [path], status: ['SampleAssignmentStatus.ALL'] } }]);
		expect(sent('POST project-samples/{project_id}')).toMatchObject([{ body: { uploads: [{ client_id: 'cow' }], metadata: [1] } }]);
		expect(await fails('projects run-prefix', UNKNOWN, path)).toMatch('permission');
	});

	it('upload whose status comes late, and one to the path of a deleted upload', async () => {
		await folderOfReads();
		await control('POST /settings', { uploadStatusLate: true });
		await succeeds('upload', 'reads', path, '--no-progress');
		expect(arrived().filter((line) => line === 'POST uploads-post-data/ 201')).toHaveLength(6);
		await simulator.clock.advance(MINUTE);
		await api('POST /uploads-delete-unassigned/', { upload_ids: [...simulator.state.uploads.keys()] });
		expect(await fails('upload', 'reads', path, '--no-progress')).toMatch('is taken by another upload that was deleted');
	});
});

describe('imports', () => {
	it('basespace projects list and import, biosamples list', async () => {
		const listed = await succeeds('basespace projects list');
		const [id] = /\d{9}/.exec(listed)!;
		expect(await succeeds('basespace biosamples list', id)).toMatch('BS-');
		await succeeds('basespace projects import', id, projects.empty, '--metadata-json', '{"a": 1}');
		expect(sent('POST basespace-projects-import/')).toMatchObject([{ body: { project_id: projects.empty, basespace_project_ids: [id], metadata: { a: 1 } } }]);
		expect(await fails('basespace projects import', id, UNKNOWN)).toMatch('permission');
	});

	it('basespace autoimports create and list', async () => {
		expect(await tells('basespace autoimports create', projects.empty, 'Herd')).toMatch(/creat/i);
		expect(await tells('basespace autoimports create', projects.empty, 'Herd', '--metadata-json', '{"a": 1}')).toMatch(/updat/i);
		expect((await succeeds('basespace autoimports list')).trim().split('\n')).toEqual([expect.stringMatching(/Herd/)]);
	});

	it('s3 import, autoimports create and list', async () => {
		await succeeds('s3 import', 's3://bucket/herd', projects.empty);
		expect(sent('POST s3-uri-import/')).toMatchObject([{ body: { s3_uri: 's3://bucket/herd', project_id: projects.empty, metadata: null } }]);
		expect(await succeeds('s3 autoimports create', projects.empty, 's3://bucket/herd')).toMatch('arn:aws:sns');
		expect(await succeeds('s3 autoimports list')).toMatch('s3://bucket/herd');
		await fails('s3 import', 's3://bucket/herd', UNKNOWN);
	});
});

describe('reports', () => {
	it('project-qc, with and without columns', async () => {
		await succeeds('reports project-qc', projects.human);
		const [header, ...rows] = (await text('project-qc-report.csv')).trim().split('\n');
		expect(header).toBe('id,client_id,project_id,year,month,day,status,sex_string,snps_min,bases_dedup_mapped_min,call_rate_min,effective_coverage_min,raw_coverage');
		expect(rows).toHaveLength(9);
		await succeeds('reports project-qc', projects.human, '--columns', 'id,client_id', '--output-filename', 'two.csv');
		expect(await text('two.csv')).toMatch(`id,client_id\n${samples.succeeded},PILOT-SUCCEEDED\n`);
		expect(await fails('reports project-qc', projects.human, '--columns', 'id,wrong')).toMatch("Column(s) ['wrong'] are invalid.");
	});

	it('monthly-usage', async () => {
		await succeeds('reports monthly-usage', '--from', '2026-01', '--to', '2026-02');
		expect(await text('monthly-usage-report.csv')).toBe('year,month,succeeded_samples,failed_samples\n2026,1,446,11\n2026,2,0,0\n');
		expect(await fails('reports monthly-usage', '--from', '2026-01')).toMatch("Must provide both 'from' and 'to' query parameters");
	});
});

describe('explorer', () => {
	it('instances list, start, stop, inactivity-stop', async () => {
		expect(await succeeds('explorer instances list')).toMatch('stopped');
		expect(await fails('explorer instances stop')).toMatch('is already in stopped status.');
		await succeeds('explorer instances start');
		expect(await fails('explorer instances start')).toMatch('is not in stopped status. Cannot be started.');
		await simulator.clock.advance(HOUR);
		expect(await succeeds('explorer instances list')).toMatch('running');
		await succeeds('explorer instances stop');
		await succeeds('explorer instances inactivity-stop', '--hours', '5');
		await succeeds('explorer instances inactivity-stop', '--organization', '--hours', '6', '--override', 'True');
		expect(await api('GET /explorer-instances-inactivity-stop-organization/')).toEqual({ explorer_override_stop_after_inactivity_hours: true, explorer_stop_after_inactivity_hours: 6 });
		expect((await api('GET /explorer-instances/')).results).toMatchObject([{ stop_after_inactivity_hours: 5 }]);
	});

	it('data ls, cp, sync, presign, archive, restore, rm', async () => {
		if (!(await hasAws())) return console.log('skipped: the commands of `gencove explorer data`, for which this machine lacks the command `aws`');
		await writeFile(join(folder.path, 'a.txt'), 'first');
		await mkdir(join(folder.path, 'more'));
		await writeFile(join(folder.path, 'more', 'b c.txt'), 'second');
		expect(await succeeds('explorer data ls')).toBe('e://users\ne://org\ne://gencove\n');
		await succeeds('explorer data cp', 'a.txt', 'e://users/me/a.txt');
		await succeeds('explorer data sync', 'more', 'e://users/me/more');
		expect(await succeeds('explorer data ls', 'e://users/me/')).toMatch(/PRE more\/[^]*a\.txt/);
		await succeeds('explorer data cp', 'e://users/me/more/b c.txt', 'back.txt');
		expect(await text('back.txt')).toBe('second');
		expect(await succeeds('explorer data ls', 'e://gencove/')).toMatch('readme.txt');
		expect(await succeeds('explorer data presign', 'e://users/me/a.txt')).toMatch(/^http:.*\/a\.txt\?/);
		await succeeds('explorer data archive', 'e://users/me/a.txt');
		const object = async () => (await control('GET /storage')).json.objects.find(({ key }: { key: string }) => key.endsWith('/a.txt'));
		expect(await object()).toMatchObject({ tags: { Archive: 'DEEP_ARCHIVE' } });
		expect(await fails('explorer data cp', 'e://users/me/a.txt', 'archived.txt')).toBeDefined();
		await succeeds('explorer data restore', 'e://users/me/a.txt', '--days', '3');
		await succeeds('explorer data cp', 'e://users/me/a.txt', 'restored.txt', '--force-glacier-transfer');
		expect(await text('restored.txt')).toBe('first');
		await succeeds('explorer data rm', 'e://users/me/', '--recursive');
		expect(await object()).toBeUndefined();
	});
});

it('an address that the AWS library signs is good, and no other', async () => {
	const keys = await api('POST /explorer-data-credentials/', {});
	const bucket = `gencove-explorer-${simulator.info.organizationId.replaceAll('-', '').slice(0, 12)}`;
	const script = `
import sys, boto3, botocore.config
url, access, secret, token, bucket = sys.argv[1:]
s3 = boto3.client('s3', endpoint_url=url, region_name='us-east-1', aws_access_key_id=access, aws_secret_access_key=secret, aws_session_token=token, config=botocore.config.Config(signature_version='s3v4'))
s3.put_object(Bucket=bucket, Key="users/a b/ü+(1).txt", Body=b'content', ContentType='text/plain')
print(s3.generate_presigned_url('get_object', Params={'Bucket': bucket, 'Key': "users/a b/ü+(1).txt"}, ExpiresIn=60))`;
	const url = output(await folder.python(script, simulator.info.s3Endpoint, keys.access_key, keys.secret_key, keys.token, bucket)).trim();
	expect(await (await fetch(url)).text()).toBe('content');
	expect(await (await fetch(url.replace('.txt', '.csv'))).text()).toMatch('SignatureDoesNotMatch');
	await control('POST /expire', { storage: true });
	expect(await (await fetch(url)).text()).toMatch('ExpiredToken');
});

describe('webhooks verify', () => {
	const body = '[{"event_id": "0f0e0d0c-0b0a-4908-8706-050403020100", "payload": {"name": "Zoë\'s – cow"}}]';

	const verified = async (secret: string, header: string, payload: string) => (await folder.bare('webhooks verify', secret, header, payload)).code === 0;

	it('takes what the simulator signs, and nothing else', async () => {
		const header = signatureHeader('clé-Ω', 1_773_917_752, body, 'raw');
		expect(await verified('clé-Ω', header, body)).toBe(true);
		expect(await verified('clé-Ω', header, `${body} `)).toBe(false);
		expect(await verified('clé-Ω', signatureHeader('clé-Ω', 1_773_917_752, body, 'python'), body)).toBe(false);
	});

	it('takes the header that was sent', async () => {
		const bodies: Array<{ header: string; body: string }> = [];
		const { createServer } = await import('node:http');
		const receiver = createServer((request, response) => {
			const pieces: Buffer[] = [];
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => {
				bodies.push({ header: String(request.headers['gencove-signature']), body: Buffer.concat(pieces).toString() });
				response.end();
			});
		});
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const target = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/hook`;
		const { id } = await api(`POST /project-subscriptions/${projects.human}`, { target, event_types: ['analysis_complete_v2'] });
		const { secret } = await api(`POST /project-subscription-secret/${id}`);
		await control(`POST /samples/${samples.running}`, { status: 'succeeded' });
		receiver.close();
		expect(bodies).toHaveLength(1);
		expect(await verified(secret, bodies[0].header, bodies[0].body)).toBe(true);
	});
});

it('every command was run', async () => {
	const script = 'import click\nfrom gencove.cli import cli\ndef walk(command, path):\n    if isinstance(command, click.Group):\n        for name, inner in command.commands.items():\n            walk(inner, path + [name])\n    else:\n        print(" ".join(path))\nwalk(cli, [])';
	const all = output(await folder.python(script)).trim().split('\n');
	// a shell on a machine of the vendor's, and a group's word for no command
	const interactive = ['explorer instances shell', 'explorer default'];
	const needAws = (await hasAws()) ? [] : all.filter((command) => command.startsWith('explorer data'));
	const wanted = all.filter((command) => ![...interactive, ...needAws].includes(command));
	console.log(`${wanted.length} of ${all.length} commands of the vendor's client were run`);
	expect([...GencoveFolder.commands].sort()).toEqual(wanted.sort());
});

describe('faults reach the client as the service’s own would', () => {
	const MAINTENANCE = { maintenance: true, maintenance_eta: '2026-10-21T17:00:00', maintenance_message: 'Gencove is currently undergoing maintenance.' };

	it.each<[string, Fault, RegExp]>([
		['maintenance', { kind: 'status', status: 503, body: MAINTENANCE, headers: { 'retry-after': '3600' } }, /undergoing maintenance/],
		['throttled for good', { kind: 'status', status: 429, body: { detail: 'Request was throttled.' }, headers: { 'retry-after': '1' }, times: 3 }, /Too Many Requests|error/i],
		['forbidden', { kind: 'status', status: 403, body: { detail: 'You do not have permission to perform this action.' } }, /permission|error/i],
		['a page', { kind: 'html', status: 500 }, /Server Error|error/i],
	])('%s', async (_name, fault, words) => {
		simulator.faults.add(fault);
		const { code, out, err } = await folder.gencove('projects list');
		expect(code).toBe(1);
		expect(out + err).toMatch(words);
		expect(err).not.toMatch('Traceback');
	});

	it('throttled once', async () => {
		simulator.faults.add({ kind: 'status', status: 429, body: { detail: 'Request was throttled.' } });
		await succeeds('projects list');
		expect(arrived()).toEqual(['GET projects/ 429', 'GET projects/ 200', 'GET pipeline-capabilities/ 200']);
	});

	it('an address that has expired is fetched again', async () => {
		const { files } = await api(`GET /samples/${samples.succeeded}`);
		await control(`POST /files/${files[0].id}`, { expired: true });
		const run = folder.gencove('download', 'out', '--sample-ids', samples.succeeded, '--file-types', 'fastq-r1', '--no-progress');
		setTimeout(() => void control(`POST /files/${files[0].id}`, { expired: false }), 2000);
		output(await run);
		expect(arrived().filter((line) => line.endsWith(' 403')).length).toBeGreaterThan(0);
	});
});
