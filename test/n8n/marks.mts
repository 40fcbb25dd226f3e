import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start } from '../../simulators/galateabio/simulator.mts';

/** Secrets that the tests give to n8n in credentials: they are the same at each start of the simulator. */
async function marks(): Promise<string[]> {
	const simulator = await start();
	const { apiKey, login, member, sftp } = simulator.info;
	await simulator.close();
	return [apiKey, login.password, member.apiKey, sftp.password];
}

/**
 * Which of n8n's files hold a secret in the clear: its log, and all of its own folder, with the database of executions
 * and workflows and the files of items. n8n keeps credentials encrypted.
 */
export async function filesWithSecrets({ userFolder, logFile }: { userFolder: string; logFile: string }): Promise<string[]> {
	const folder = join(userFolder, '.n8n');
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	// the packages themselves are no data
	const own = entries.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, 'nodes'))).map(({ parentPath, name }) => join(parentPath, name));
	const secrets = await marks();
	const found: string[] = [];
	for (const path of [...own, logFile]) {
		const content = await readFile(path);
		if (secrets.some((secret) => content.includes(secret))) found.push(path);
	}
	return found;
}
