import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedPaths } from '../../scripts/paths.mts';
import { runClient } from './client.mts';
import type { Run } from './client.mts';

/** A folder of its own for the client, which keeps its settings in the current folder. */
export class OctoFolder {
	/** every command that was run in any folder */
	static readonly commands = new Set<string>();
	readonly path: string;
	/** where SFTP goes, in place of port 22 */
	sftpPort: number | undefined;

	private constructor(path: string) {
		this.path = path;
	}

	static async make(): Promise<OctoFolder> {
		return new OctoFolder(await mkdtemp(join(tmpdir(), 'octo-')));
	}

	/** Runs `octo` with these arguments. */
	async octo(...args: string[]): Promise<Run> {
		if (!args[0].startsWith('-')) OctoFolder.commands.add(args[0]);
		return await this.run(installedPaths().octo, args);
	}

	/** Runs a Python script in the client's environment; `sys.argv[1:]` are the arguments. */
	async python(script: string, ...args: string[]): Promise<Run> {
		return await this.run(join(dirname(installedPaths().octo), 'python'), ['-c', script, ...args]);
	}

	async remove(): Promise<void> {
		await rm(this.path, { recursive: true });
	}

	private async run(command: string, args: string[]): Promise<Run> {
		const env = this.sftpPort === undefined ? {} : { PYTHONPATH: join(__dirname, 'octo'), SIMULATED_SFTP_PORT: String(this.sftpPort) };
		return await runClient({ command, args, folder: this.path, env });
	}
}
