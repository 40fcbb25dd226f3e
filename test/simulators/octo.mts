import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedPaths } from '../../scripts/paths.mts';

export interface Run {
	code: number;
	out: string;
	err: string;
}

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
		// nothing of the tester's own: no proxy, no .netrc, no Python settings
		const own = { PATH: process.env.PATH, HOME: this.path, NO_PROXY: '127.0.0.1', PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' };
		const env = this.sftpPort === undefined ? own : { ...own, PYTHONPATH: join(__dirname, 'octo'), SIMULATED_SFTP_PORT: String(this.sftpPort) };
		return await new Promise((resolve, reject) => {
			execFile(command, args, { cwd: this.path, env, timeout: 60_000 }, (error, out, err) => {
				if (error && typeof error.code !== 'number') reject(error);
				else resolve({ code: error ? Number(error.code) : 0, out, err });
			});
		});
	}
}
