/**
 * The exchanges that the vendor recorded with the real service, sent again to the simulator: method, path, query and
 * body as recorded, with ids of the simulator in place of the masked ones; status, content type, verbs, keys and kinds
 * of values must be the same.
 */
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { differences, headerOf, recordings } from './gencove.replay.mts';
import type { Interaction } from './gencove.replay.mts';
import { s3 } from './gencove.s3.mts';
import type { StorageKeys } from './gencove.s3.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const MASKED = '11111111-1111-1111-1111-111111111111';
const UNKNOWN = '99999999-9999-4999-8999-999999999999';
const MAINTENANCE = { maintenance: true, maintenance_eta: '2026-10-21T17:00:00', maintenance_message: 'Back soon' };

let simulator: Running;
beforeAll(async () => {
	simulator = await start({ pace: 1 });
});
afterAll(async () => await simulator?.close());

type Ids = Record<'project' | 'sample' | 'batch' | 'manifest' | 'pipeline' | 'capability' | 'file' | 'instance', string>;

const control = async (line: string, json?: object) => await send(`${simulator.info.control}/gencove`, line, { json });
const api = async (line: string, json?: object) => (await send(`${simulator.info.url}/api/v2`, line, { json, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } })).json;

/** What the masked ids stand for, unless a recording says otherwise by what was answered. */
function usualIds(): Ids {
	const { projects, samples } = simulator.info;
	const { pipelines, capabilities } = simulator.state;
	const [instance] = simulator.state.instances.keys();
	const files = simulator.state.samples.get(samples.succeeded)!.files;
	return { project: projects.human, sample: samples.succeeded, batch: UNKNOWN, manifest: UNKNOWN, pipeline: pipelines[0].id, capability: capabilities[1].id, file: files.find(({ checked }) => !checked)!.id, instance };
}

const manifest = new Blob(['Plate ID,Well,Unique sample identifier\n,A1,client-1\n']);

/** What must be so before a recording can be sent again; changes the ids it needs others for. */
const ARRANGEMENTS: Array<[RegExp, (ids: Ids) => Promise<void>]> = [
	[/not_owned_project|project_doesnt_exist|test_no_required_options/, async (ids) => void (ids.project = UNKNOWN)],
	[/no_pipeline_capability/, async (ids) => void (ids.capability = UNKNOWN)],
	[/not_in_project|sample_not_in/, async (ids) => void (ids.sample = simulator.state.samplesOf(simulator.state.projects.get(simulator.info.projects.cattle)!)[0].id)],
	[/cancel_project_samples__success/, async (ids) => void (ids.sample = simulator.info.samples.running)],
	[/cancel_project_samples__sample_not/, async (ids) => void (ids.sample = UNKNOWN)],
	[/restore_project_samples/, async () => void (await control('POST /settings', { restoreBody: false }))],
	[/restore_project_samples__success/, async (ids) => void (ids.sample = simulator.info.samples.archived)],
	[/failed_qc|samples_download_file_qc|test_download_no_progress|sample_ids_provided|project_id_provided/, async (ids) => void (ids.sample = simulator.info.samples.failedQc)],
	[/create_project_batches/, async ({ capability }) => void (await control(`POST /capabilities/${capability}`, { batch_types: ['Mock batch_type'] }))],
	[
		/get_batch__|list_project_batches__not_empty/,
		async (ids) => {
			ids.project = simulator.info.projects.cattle;
			const { results } = await api(`POST /project-batches/${ids.project}`, { name: 'Batch', batch_type: 'illuminahd', sample_ids: [] });
			ids.batch = results[0].id;
			await control(`POST /batches/${ids.batch}`, { status: 'succeeded' });
		},
	],
	[
		/get_sample_manifest__success/,
		async (ids) => {
			const body = new FormData();
			body.append('sample_manifest', manifest, 'manifest.csv');
			await send(`${simulator.info.url}/api/v2`, `POST /project-sample-manifests/${ids.project}`, { body, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
			ids.manifest = (await api(`GET /project-sample-manifests/${ids.project}`))[0].id;
		},
	],
	[/get_sample_manifests__empty|list_project_batches__empty|list_project_batch_types__empty/, async (ids) => void (ids.project = simulator.info.projects.empty)],
	[/local_checksum$/, async (ids) => void (ids.file = simulator.state.samples.get(ids.sample)!.files.find(({ checked }) => checked)!.id)],
	[/instances_start_not_stopped|instances_url|instances_shell/, async ({ instance }) => void (await control(`POST /explorer-instances/${instance}`, { status: 'running' }))],
	[/list_pipelines__not_empty/, async () => void (await control('POST /seed', { pipelines: 2015 }))],
	[/uploads\/test_list_uploads/, async () => void (await control('POST /seed', { uploads: 23 }))],
	[
		/upload_fail_deleted/,
		async () => {
			const { id } = await api('POST /uploads-post-data/', { destination_path: 'gncv://cli-test-data-fail-deleted/test.fastq.gz' });
			await api('POST /uploads-delete-unassigned/', { upload_ids: [id] });
		},
	],
	[/maintenance/, async () => void simulator.faults.add({ kind: 'status', status: 503, body: MAINTENANCE, headers: { 'retry-after': '3600' }, times: 9 })],
];

/** Which of the ids a path or a field of a body has. */
const IN_PATH: Array<[RegExp, keyof Ids]> = [
	[/^samples|^sample-quality|^sample-metadata/, 'sample'],
	[/^batches/, 'batch'],
	[/^sample-manifests/, 'manifest'],
	[/^pipeline\//, 'pipeline'],
	[/^files/, 'file'],
	[/^project/, 'project'],
];
const IN_BODY: Record<string, keyof Ids> = { project_id: 'project', project_ids: 'project', sample_ids: 'sample', sample_id: 'sample', pipeline_capabilities: 'capability', instance_ids: 'instance', instance_id: 'instance', id: 'instance' };

/** Sends the exchanges of one recording again, in order. */
class Replay {
	readonly found: string[] = [];
	private readonly ids: Ids;
	private token = '';
	private keys: StorageKeys | undefined;
	/** objects that earlier answers were about */
	private upload: { s3: { bucket: string; object_name: string } } | undefined;
	private rows: unknown[] = [];
	/** addresses of files, by the names that they have in the recording */
	private readonly addresses = new Map<string, string>();

	constructor(ids: Ids) {
		this.ids = ids;
	}

	async exchange(interaction: Interaction): Promise<void> {
		const { method, uri, body } = interaction.request;
		const { host, pathname, search } = new URL(uri);
		const answer = host === 'www.example.com' ? await this.call(method, pathname, search, body) : method === 'PUT' ? await this.put(body as string) : await this.fetch(pathname);
		this.compare(`${method} ${pathname}${search}`, interaction.response, answer);
		this.remember(pathname, interaction.response, answer);
	}

	private async call(method: string, path: string, search: string, body: string | Uint8Array | null): Promise<Answer> {
		const relative = path.replace('/api/v2/', '');
		const [, id] = IN_PATH.find(([pattern]) => pattern.test(relative)) ?? [];
		const query = search.replaceAll(MASKED, /search=1111/.test(search) ? this.ids.capability : this.ids.project);
		const line = `${method} /${id === undefined ? relative : relative.replace(MASKED, this.ids[id])}${query}`;
		const headers: Record<string, string> = this.token === '' ? {} : { authorization: `Bearer ${this.token}` };
		const text = body === null ? '' : Buffer.from(body as string).toString();
		const boundary = /^--(\S+)\r?\n/.exec(text)?.[1];
		if (boundary !== undefined) return await send(`${simulator.info.url}/api/v2`, line, { body: text.replace(/\r?\n/g, '\r\n'), headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` } });
		return await send(`${simulator.info.url}/api/v2`, line, { json: text === '' ? undefined : this.withIds(JSON.parse(text)), headers });
	}

	private withIds(value: unknown, name = ''): unknown {
		if (value === MASKED) return this.ids[IN_BODY[name]];
		if (name === 'uploads') return this.rows;
		if (name === 'email') return simulator.info.email;
		if (name === 'password') return simulator.info.password;
		if (Array.isArray(value)) return value.map((one) => this.withIds(one, name));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.withIds(inner, key)]));
	}

	// the recordings have no Authorization header: this one signs what they sent
	private async put(body: string): Promise<Answer> {
		const { bucket, object_name } = this.upload!.s3;
		const answer = await s3(simulator.info.s3Endpoint, this.keys!, `PUT /${bucket}/${object_name}`, { body: Buffer.from(body) });
		await simulator.clock.advance(60_000);
		return answer;
	}

	private async fetch(path: string): Promise<Answer> {
		const address = this.addresses.get(path.split('/').at(-1)!);
		if (address === undefined) throw new Error(`no answer had an address for ${path}`);
		return await send(address, 'GET ');
	}

	private compare(line: string, recorded: Interaction['response'], { status, headers, text, json }: Answer): void {
		const tell = (what: string) => this.found.push(`${line}: ${what}`);
		if (status !== recorded.status.code) tell(`status ${recorded.status.code} is recorded, ${status} came: ${text.slice(0, 200)}`);
		const [expected, given] = [headerOf(recorded, 'content-type') ?? null, headers.get('content-type')];
		if (expected !== given) tell(`type ${expected} is recorded, ${given} came`);
		if (headerOf(recorded, 'etag') !== undefined && headers.get('etag') === null) tell('no ETag came');
		if (headerOf(recorded, 'allow') !== undefined && verbs(headerOf(recorded, 'allow')) !== verbs(headers.get('allow') ?? undefined)) tell(`${headerOf(recorded, 'allow')} are allowed as recorded, ${headers.get('allow')} here`);
		const body = Buffer.from(recorded.body.string as string).toString();
		if (expected === 'application/json') for (const one of differences(JSON.parse(body), json)) tell(one);
		if (expected === 'text/csv' && body.split('\n')[0] !== text.split('\n')[0]) tell(`columns ${body.split('\n')[0]} are recorded, ${text.split('\n')[0]} came`);
		if (expected?.startsWith('text/html') && !/^[0-9a-f]{64} \*\S+\n$/.test(text)) tell(`not a checksum: ${text}`);
		if (expected === null && text !== '') tell('a body came');
	}

	private remember(path: string, recorded: Interaction['response'], { json }: Answer): void {
		if (path.endsWith('/jwt-create/')) this.token = json?.access ?? '';
		if (path.endsWith('/upload-credentials/')) this.keys = json;
		if (path.includes('/uploads-')) this.upload = json;
		if (path.endsWith('/sample-sheet/')) this.rows = json.results;
		const text = Buffer.from(recorded.body.string as string).toString();
		if (!text.startsWith('{')) return;
		const { files, file } = JSON.parse(text);
		for (const [index, one] of [files ?? file ?? []].flat().entries()) {
			const own = json.files?.find((other: { file_type: string }) => other.file_type === one.file_type) ?? json.files?.[index] ?? json.file;
			this.addresses.set(new URL(one.download_url).pathname.split('/').at(-1)!, own.download_url);
		}
	}
}

// HEAD and OPTIONS are not served here, and some recordings leave them out
const verbs = (allow = ''): string => allow.split(', ').filter((verb) => !['HEAD', 'OPTIONS'].includes(verb)).sort().join();

const all = recordings();
let replayed = 0;

(all === undefined ? describe.skip : describe)('recordings', () => {
	if (all === undefined) {
		console.log('skipped: the recordings of Gencove, which are not on this machine');
		it('are not here', () => undefined);
		return;
	}

	it.each(all)('%s', async (name, interactions) => {
		await send(simulator.info.control, 'POST /reset');
		const ids = usualIds();
		for (const [pattern, arrange] of ARRANGEMENTS) if (pattern.test(name)) await arrange(ids);
		const replay = new Replay(ids);
		for (const interaction of interactions) await replay.exchange(interaction);
		replayed += interactions.length;
		expect(replay.found).toEqual([]);
	});

	it('were all sent', () => {
		console.log(`${replayed} exchanges of ${all.length} recordings were sent again`);
		expect(replayed).toBeGreaterThan(0);
	});
});
