import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedPaths } from '../../scripts/paths.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { runClient } from './client.mts';
import type { Run } from './client.mts';

/** Whether the command `aws` is on this machine, which the vendor's client calls for the data of Explorer. */
export const hasAws = async (): Promise<boolean> => await new Promise((resolve) => execFile('aws', ['--version'], (error) => resolve(error === null)));

/** The vendor's client in a folder of its own, for one simulator. */
export class GencoveFolder {
	/** every command that was run in any folder */
	static readonly commands = new Set<string>();
	readonly path: string;
	/** what is typed when the client asks */
	typed = '';
	private readonly info: Running['info'];

	private constructor(path: string, info: Running['info']) {
		this.path = path;
		this.info = info;
	}

	static async make({ info }: Running): Promise<GencoveFolder> {
		return new GencoveFolder(await mkdtemp(join(tmpdir(), 'gencove-')), info);
	}

	/**
	 * Runs a command with an API key.
	 *
	 * @param command `projects list`, say
	 */
	async gencove(command: string, ...args: string[]): Promise<Run> {
		return await this.loggedIn(command, ['--api-key', this.info.apiKey], ...args);
	}

	/** Runs a command with other credentials. */
	async loggedIn(command: string, credentials: string[], ...args: string[]): Promise<Run> {
		return await this.bare(command, ...args, '--host', this.info.url, ...credentials);
	}

	/** Runs a command as it is, without host and credentials. */
	async bare(command: string, ...args: string[]): Promise<Run> {
		GencoveFolder.commands.add(command);
		return await this.run(installedPaths().gencove, [...command.split(' '), ...args]);
	}

	/** Runs a Python script in the client's environment; `sys.argv[1:]` are the arguments. */
	async python(script: string, ...args: string[]): Promise<Run> {
		return await this.run(join(dirname(installedPaths().gencove), 'python'), ['-c', script, ...args]);
	}

	async remove(): Promise<void> {
		await rm(this.path, { recursive: true });
	}

	private async run(command: string, args: string[]): Promise<Run> {
		// the size of parts is the only setting of Python's
		const env = {
			PYTHONPATH: join(__dirname, 'gencove'),
			GENCOVE_LOCALSTACK_S3_ENDPOINT: this.info.s3Endpoint,
			AWS_ENDPOINT_URL_S3: this.info.s3Endpoint,
			AWS_EC2_METADATA_DISABLED: 'true',
		};
		return await runClient({ command, args, folder: this.path, env, typed: this.typed });
	}
}
