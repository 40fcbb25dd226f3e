import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedPaths } from '../../scripts/paths.mts';
import type { Running } from '../../simulators/iflow/simulator.mts';
import { runClient } from './client.mts';
import type { Run } from './client.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

/** The vendor's clients: that of today, which asks the gateway, and the first one, which asks the services. */
type Client = 'iflow' | 'flow';

/** One of the vendor's clients in a folder of its own, for one simulator. */
export class ClientFolder {
	readonly path: string;
	/** variables beside those of {@link make}, or in their place; undefined takes one away */
	env: Record<string, string | undefined> = {};
	private readonly client: Client;
	private readonly common: Record<string, string>;

	private constructor(client: Client, path: string, common: Record<string, string>) {
		this.client = client;
		this.path = path;
		this.common = common;
	}

	/** A folder whose client knows the simulator's addresses, a token and the main project (contract, section 16). */
	static async make(client: Client, { info: { url, identityUrl, accessToken, projectId } }: Running): Promise<ClientFolder> {
		const services = Object.fromEntries(['admin', 'compute', 'miner'].map((name) => [`FLOW_${name.toUpperCase()}_URL`, `${url}/${name}`]));
		const env = {
			// not what the tester's own desktop has
			PYTHON_KEYRING_BACKEND: 'keyrings.alt.file.PlaintextKeyring',
			BROWSER: 'true',
			COLUMNS: '200',
		};
		const own = {
			iflow: { IFLOW_API_URL: `${url}/api`, IFLOW_TOKEN: accessToken, IFLOW_PROJECT_ID: projectId, IFLOW_ZITADEL_ISSUER: identityUrl, IFLOW_COMPUTE_URL: `${url}/compute` },
			flow: { ...services, FLOW_FILE_URL: `${url}/files`, FLOW_PROJECT_ID: projectId, FLOW_ZITADEL_ISSUER: identityUrl },
		};
		return new ClientFolder(client, await mkdtemp(join(tmpdir(), `${client}-`)), { ...env, ...own[client] });
	}

	/** Runs a command of the client. */
	async run(...args: string[]): Promise<Run> {
		return await this.start(installedPaths()[this.client], args);
	}

	/** Runs a Python script in the client's environment; `sys.argv[1:]` are the arguments. */
	async python(script: string, ...args: string[]): Promise<Run> {
		return await this.start(join(dirname(installedPaths()[this.client]), 'python'), ['-c', script, ...args]);
	}

	/** Runs a command, which must end well; gives what it writes, each run of white space as one blank. */
	async succeeds(...args: string[]): Promise<string> {
		const run = await this.run(...args);
		if (run.code !== 0) throw new Error(`exit code ${run.code}\n${run.out}\n${run.err}`);
		return words(run);
	}

	/** Runs a command, which must fail without a stack trace; gives what it writes. */
	async fails(...args: string[]): Promise<string> {
		const run = await this.run(...args);
		if (run.code === 0 || run.err.includes('Traceback')) throw new Error(`exit code ${run.code}\n${run.out}\n${run.err}`);
		return words(run);
	}

	async remove(): Promise<void> {
		await rm(this.path, { recursive: true });
	}

	private async start(command: string, args: string[]): Promise<Run> {
		return await runClient({ command, args, folder: this.path, env: { ...this.common, ...this.env } });
	}
}

const words = ({ out, err }: Run): string => (out + err).replace(/\s+/g, ' ');

/** What arrived since the last look, without queries of signed addresses: `GET /api/orders?limit=20 200`. */
export function arrived({ journal }: Running): string[] {
	const { entries } = journal.since();
	journal.clear();
	return entries.map(({ method, path, query, status }) => {
		const pairs = Object.entries(query).flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
		const shown = path.startsWith('/storage/') || pairs.length === 0 ? '' : `?${pairs.join('&')}`;
		return `${method} ${path}${shown} ${status}`;
	});
}

/** Somebody who asks the simulator, with a token and a project. */
export class Caller {
	private readonly info: Running['info'];
	private readonly token: string | undefined;
	private readonly project: string | undefined;
	private readonly layout: 'services' | 'gateway';

	/** @param as another token than the editor's, another project than the main one, none (`null`), or the gateway */
	constructor(info: Running['info'], { token = info.accessToken, project = info.projectId, layout = 'services' as 'services' | 'gateway' }: { token?: string | null; project?: string | null; layout?: 'services' | 'gateway' } = {}) {
		this.info = info;
		this.token = token ?? undefined;
		this.project = project ?? undefined;
		this.layout = layout;
	}

	/** Sends a request line such as `GET miner/orders?limit=5`: the service, and the path as the layout has it. */
	async send(line: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		const [, method, service, path] = /^(\w+) (\w+)(\/.*)$/.exec(line)!;
		const base = this.layout === 'services' ? `/${service}/api/v1` : '/api';
		const own = { ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }), ...(this.project !== undefined && { 'x-project-id': this.project }) };
		return await send(this.info.url, `${method} ${base}${this.withProject(service, path)}`, { json, headers: { ...own, ...headers } });
	}

	/** The JSON of an answer that must have a status of success. */
	async json(line: string, json?: unknown): Promise<any> {
		const answer = await this.send(line, json);
		if (answer.status >= 300) throw new Error(`${line}: ${answer.status} ${answer.text}`);
		return answer.json;
	}

	/** Status and detail of an answer. */
	async refusal(line: string, json?: unknown): Promise<[number, unknown]> {
		const { status, json: body } = await this.send(line, json);
		return [status, body?.detail];
	}

	// files of a service's own host have it in their query, too
	private withProject(service: string, path: string): string {
		if (service !== 'files' || this.layout === 'gateway' || this.project === undefined || path.includes('project_id=')) return path;
		return `${path}${path.includes('?') ? '&' : '?'}project_id=${this.project}`;
	}
}
