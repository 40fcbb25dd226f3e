import fs from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

const GIGABYTE = 1e9;

/** What a machine may lack: how to see that it is there, and how to get it. `apt` names Debian's packages. */
const TOOLS = {
	npm: { check: ['npm', '--version'], apt: 'npm', get: 'npm comes with Node.js: https://nodejs.org' },
	python: {
		check: ['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 10))'],
		what: 'Python 3.10 or newer',
		apt: 'python3',
		get: 'https://www.python.org/downloads or your system’s package manager',
	},
	venv: {
		check: ['python3', '-c', 'import ensurepip, venv'],
		what: 'Python’s venv module',
		apt: 'python3-venv',
		get: 'apt-get install python3-venv, or a complete Python from https://www.python.org/downloads',
	},
	make: { check: ['make', '--version'], apt: 'make', get: 'apt-get install make, or xcode-select --install' },
	compiler: {
		check: ['c++', '--version'],
		what: 'a C++ compiler',
		apt: 'g++',
		get: 'apt-get install g++, or xcode-select --install',
	},
	tar: { check: ['tar', '--version'], apt: 'tar', get: 'apt-get install tar' },
	chromium: {
		check: () => findChromium() !== undefined,
		what: 'Chromium',
		apt: 'chromium',
		get: 'apt-get install chromium, or any Chrome or Chromium on the PATH',
	},
};

/** Path of a Chromium or Chrome on the PATH, or undefined. */
export function findChromium() {
	const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
	const folders = (process.env.PATH ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(fs.existsSync);
}

/**
 * Makes sure that the machine has these tools. As root on Debian it installs what is missing.
 *
 * @param {(keyof TOOLS)[]} names
 * @returns {Promise<string[]>} one line for each tool that is missing still: what, and how to get it
 */
export async function missingTools(names) {
	let missing = await absent(names);
	if (missing.length > 0 && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
		const packages = missing.map((name) => TOOLS[name].apt);
		console.log(`set-up: apt-get install ${packages.join(' ')}`);
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		try {
			await run('apt-get', ['update'], { env });
			await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
		} catch (error) {
			console.log(error.message);
		}
		missing = await absent(missing);
	}
	return missing.map((name) => `missing: ${TOOLS[name].what ?? name} - ${TOOLS[name].get}`);
}

async function absent(names) {
	const there = await Promise.all([...new Set(names)].map(async (name) => [name, await isThere(TOOLS[name].check)]));
	return there.filter(([, found]) => !found).map(([name]) => name);
}

async function isThere(check) {
	if (typeof check === 'function') return check();
	try {
		await run(check[0], check.slice(1));
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {string} folder made when it is absent
 * @param {number} gigabytes what must be free there
 * @returns {string[]} one line when there is less
 */
export function missingSpace(folder, gigabytes) {
	fs.mkdirSync(folder, { recursive: true });
	const { bavail, bsize } = fs.statfsSync(folder);
	const free = (bavail * bsize) / GIGABYTE;
	if (free >= gigabytes) return [];
	return [`missing: ${gigabytes} GB of free disk in ${folder} (${free.toFixed(1)} GB are free)`];
}
