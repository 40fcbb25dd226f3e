import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../test/n8n/server.mts';
import { BOOTSTRAP_KEY, settings, toolBox, TOOLS } from './configuration.mts';

/** A user of the server. */
export interface Login {
	id: string;
	email: string;
	password: string;
	key: string;
}

/** A real Galaxy that runs: where it is, and who may use it. */
export interface GalaxyInfo {
	url: string;
	admin: Login;
	user: Login;
	/** Files that administrators may import. */
	importFolder: string;
}

export interface GalaxyServer {
	info: GalaxyInfo;
	stop(): Promise<void>;
}

/** It is up after 15 to 60 s, by the machine's load. */
const READY_LIMIT_MS = 300_000;

const STOP_LIMIT_MS = 10_000;

const PASSWORD = 'secret123';

/**
 * Starts Galaxy with a celery worker and two users, in a folder of its own.
 *
 * @param environment the Python environment that Galaxy is installed in
 */
export async function startGalaxy(environment: string): Promise<GalaxyServer> {
	const folder = await mkdtemp(join(tmpdir(), 'galaxy-'));
	const python = join(environment, 'bin', 'python');
	const started: ChildProcess[] = [];
	const stop = async () => {
		await Promise.all(started.map(ended));
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const stock = await output(python, ['-c', 'import importlib.util as u, os; print(os.path.join(os.path.dirname(u.find_spec("galaxy.tools").origin), "bundled"))']);
		await prepare(folder, python, stock.trim());
		const port = await freePort();
		const url = `http://127.0.0.1:${port}`;
		const run = async (name: string, command: string, args: string[]) => started.push(await background(folder, name, command, args, environment));
		await run('web', python, [join(import.meta.dirname, 'web.py'), '127.0.0.1', String(port)]);
		await run('helper', python, [join(import.meta.dirname, 'helper.py'), 'serve', join(folder, 'bin', 'socket')]);
		await untilReady(url, started[0], folder);
		await run('celery', join(environment, 'bin', 'celery'), ['--app', 'galaxy.celery', 'worker', '--pool', 'threads', '--concurrency', '1', '--queues', 'celery,galaxy.internal,galaxy.external']);
		return { info: { url, admin: await makeUser(url, 'admin'), user: await makeUser(url, 'user'), importFolder: join(folder, 'import') }, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function prepare(folder: string, python: string, stock: string): Promise<void> {
	for (const name of ['bin', 'config', 'data', 'ftp', 'import', 'import_users', 'log', 'tools']) await mkdir(join(folder, name), { recursive: true });
	for (const [name, text] of Object.entries(TOOLS)) await writeFile(join(folder, 'tools', name), text);
	await writeFile(join(folder, 'config', 'tool_conf.xml'), toolBox(stock, join(folder, 'tools')));
	// JSON is YAML, too
	await writeFile(join(folder, 'config', 'galaxy.yml'), JSON.stringify({ galaxy: settings(folder) }));
	const shim = join(folder, 'bin', 'python');
	await writeFile(shim, `#!/bin/sh\nexec ${python} -S -E ${join(import.meta.dirname, 'helper.py')} run ${join(folder, 'bin', 'socket')} "$@"\n`);
	await chmod(shim, 0o755);
}

async function background(folder: string, name: string, command: string, args: string[], environment: string): Promise<ChildProcess> {
	const log = await open(join(folder, 'log', `${name}.log`), 'a');
	const env = {
		...process.env,
		GALAXY_CONFIG_FILE: join(folder, 'config', 'galaxy.yml'),
		PATH: [join(folder, 'bin'), join(environment, 'bin'), process.env.PATH].join(':'),
		// has no bin/activate, or jobs would put the environment's own python first again
		VIRTUAL_ENV: join(folder, 'bin'),
		PYTHONUNBUFFERED: '1',
		PYTHONPATH: '',
	};
	const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', log.fd, log.fd], detached: true });
	await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
	child.unref();
	await log.close();
	return child;
}

async function output(command: string, args: string[]): Promise<string> {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let text = '';
	for await (const piece of child.stdout) text += String(piece);
	return text;
}

async function untilReady(url: string, web: ChildProcess, folder: string): Promise<void> {
	for (const limit = Date.now() + READY_LIMIT_MS; Date.now() < limit; await sleep(250)) {
		if (web.exitCode !== null) throw new Error(`Galaxy ended with ${web.exitCode} while it started; see ${folder}/log/web.log`);
		const response = await fetch(`${url}/api/version`).catch(() => undefined);
		await response?.arrayBuffer();
		if (response?.ok) return;
	}
	throw new Error(`Galaxy was not ready within ${READY_LIMIT_MS / 1000} s`);
}

async function makeUser(url: string, username: string): Promise<Login> {
	const email = `${username}@example.org`;
	const post = async (path: string, body: object = {}) => {
		const response = await fetch(`${url}/api/${path}`, { method: 'POST', headers: { 'x-api-key': BOOTSTRAP_KEY, 'content-type': 'application/json' }, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return (await response.json()) as unknown;
	};
	const { id } = (await post('users', { username, email, password: PASSWORD })) as { id: string };
	return { id, email, password: PASSWORD, key: (await post(`users/${id}/api_key`)) as string };
}

/** Ends a process with what it has started: each leads a group of its own. */
async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = new Promise((resolve) => child.once('exit', resolve));
	process.kill(-(child.pid as number), 'SIGTERM');
	await Promise.race([exit, sleep(STOP_LIMIT_MS)]);
	if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
}
