import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { rss } from './memory.mts';

const READY_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 20_000;
const LOG_LINES_SHOWN = 30;

export interface N8nOptions {
	/** n8n's start script */
	bin: string;
	/** executable of Node 24 or newer */
	node: string;
	/** packed community package to load; none = only n8n's own nodes */
	tarball?: string;
	/** holds database, settings and binary data; default: a temporary folder, removed by `stop` */
	userFolder?: string;
	/** 0 or absent = a free one */
	port?: number;
	/** where n8n keeps files of items; default: n8n's own choice */
	binaryMode?: 'filesystem' | 'database';
	/** more or other environment variables */
	env?: Record<string, string>;
	/** default: `n8n.log` in the user folder */
	logFile?: string;
}

/** A running n8n. */
export interface N8nServer {
	/** `http://127.0.0.1:<port>`, no slash at the end */
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	readonly userFolder: string;
	readonly logFile: string;
	/** Ends this n8n and waits for its end; a temporary user folder goes with it. May be called twice. */
	stop(): Promise<void>;
	/** Resident memory now, in bytes (Linux only). */
	rss(): number;
}

/**
 * Starts n8n on 127.0.0.1 and waits until it is ready (about 15 s). It ends with the process that started it,
 * however that one ends.
 *
 * @throws Error with the last lines of its log, when it ends or is not ready within 180 s
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-')));
	const isTemporary = options.userFolder === undefined;
	if (options.tarball) await unpack(options.tarball, userFolder);
	const port = options.port || (await freePort());
	const logFile = options.logFile ?? join(userFolder, 'n8n.log');
	const child = await spawnN8n(options, userFolder, port, logFile);
	const pid = child.pid!;
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));

	const stop = async () => {
		if (child.exitCode === null && child.signalCode === null) {
			child.kill('SIGTERM');
			const isEnded = ended.then(() => true);
			if (!(await Promise.race([isEnded, sleep(STOP_LIMIT_MS, false, { ref: false })]))) child.kill('SIGKILL');
			await ended;
		}
		if (isTemporary) await rm(userFolder, { recursive: true, force: true });
	};

	const url = `http://127.0.0.1:${port}`;
	try {
		await untilReady(url, child);
	} catch (error) {
		const log = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
		await stop();
		throw new Error(`${(error as Error).message}\n${log}`);
	}
	return {
		url,
		port,
		pid,
		userFolder,
		logFile,
		stop,
		rss: () => rss(pid),
	};
}

/** Puts the package where n8n looks for community packages, so that its nodes have the names users see. */
async function unpack(tarball: string, userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-genomics');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

async function spawnN8n(options: N8nOptions, userFolder: string, port: number, logFile: string): Promise<ChildProcess> {
	await mkdir(userFolder, { recursive: true });
	const env = { ...offline(options.node, userFolder), N8N_PORT: String(port), N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
	if (options.binaryMode) Object.assign(env, { N8N_DEFAULT_BINARY_DATA_MODE: options.binaryMode });
	const log = openSync(logFile, 'a');
	const child = spawn(options.node, [...END_WITH_PARENT, options.bin, 'start'], {
		env: { ...env, ...options.env },
		stdio: ['pipe', log, log],
	});
	closeSync(log);
	await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
	child.stdin!.on('error', () => {}); // its end is seen by `close`
	return child;
}

/**
 * n8n's standard input is a pipe from us, which closes when we are gone, even killed; then n8n ends itself. Its worker
 * threads load this module, too, and have no such input.
 */
const WATCH_PARENT = `
	import { isMainThread } from 'node:worker_threads';
	if (isMainThread) process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();
`;
const END_WITH_PARENT = ['--import', `data:text/javascript,${encodeURIComponent(WATCH_PARENT)}`];

/** Nothing of the user's own n8n settings, and nothing that calls home. */
function offline(node: string, userFolder: string): Record<string, string> {
	return {
		PATH: [dirname(node), process.env.PATH].join(delimiter), // its task runner is started as `node`
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_ENCRYPTION_KEY: 'only-for-tests-and-the-demonstration',
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	};
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	const limit = Date.now() + READY_LIMIT_MS;
	while (Date.now() < limit) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error(`n8n ended with ${child.exitCode ?? child.signalCode} while it started`);
		}
		// It refuses connections at first, then answers 503.
		const response = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		await response?.arrayBuffer();
		if (response?.ok) return;
		await sleep(200);
	}
	throw new Error(`n8n was not ready within ${READY_LIMIT_MS / 1000} s`);
}
