#!/usr/bin/env node
/**
 * `npm test`: sets the project up, runs all suites one after the other, and prints a table and, as the last line,
 * `N passed, N failed`. A suite that fails does not keep the next one from running.
 *
 *   node scripts/test.mjs [SUITE ...]      only these suites, for example `lint types unit`
 */
import fs from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paths, setup } from './setup.mjs';
import { runInTerminal, secondsSince } from './lib/process.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const SUITE_LIMIT_SECONDS = 25 * 60;

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const SUITES = {
	lint: () => check('node_modules/@n8n/node-cli/bin/n8n-node.mjs', ['lint']),
	types: () => check('node_modules/typescript/bin/tsc', ['--noEmit']),
	'types of tools': () => check('node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.tools.json']),
	unit: () => jest('unit'),
	engine: () => jest('engine'),
	galaxy: () => jest('galaxy'),
	simulators: () => jest('simulators'),
	n8n: () => jest('n8n'),
	coverage: () => check('scripts/coverage.mts'),
};

/** @returns {Promise<number>} the exit status of a script run by the project's Node, in the project's folder */
function runScript(script, args, isDone) {
	const { node } = paths();
	const bin = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
	const options = { cwd: root, env: { ...process.env, PATH: bin } };
	return runInTerminal(node, [join(root, script), ...args], options, { seconds: SUITE_LIMIT_SECONDS, isDone });
}

/** A suite that passes or fails as a whole. @returns {Promise<Counts>} */
async function check(script, args = []) {
	const status = await runScript(script, args);
	return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** The tests of one jest project. @returns {Promise<Counts>} */
async function jest(project) {
	const file = join(root, '.build', `jest-${project}.json`);
	fs.rmSync(file, { force: true });
	const args = ['--selectProjects', project, '--json', `--outputFile=${file}`, '--runInBand'];
	// jest writes the file at its very end. A test that leaves a server or a timer behind would keep it from exiting.
	const status = await runScript('node_modules/jest/bin/jest.js', args, () => fs.existsSync(file));
	if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
	const result = JSON.parse(fs.readFileSync(file, 'utf8'));
	// A file that does not even load has no failed tests; a tear-down may fail after all tests have passed.
	const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
	return {
		passed: result.numPassedTests,
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}

/** @returns {Promise<Counts & { name: string, seconds: string }>} */
async function runSuite(name) {
	console.log(`\n== ${name}`);
	const start = Date.now();
	const counts = await SUITES[name]();
	return { name, ...counts, seconds: secondsSince(start) };
}

function printTable(rows) {
	console.log('\nsuite             passed  failed  skipped  seconds');
	for (const { name, passed, failed, skipped, seconds } of rows) {
		const cells = [String(passed).padStart(6), String(failed).padStart(8), String(skipped).padStart(9), seconds.padStart(9)];
		console.log(`${name.padEnd(18)}${cells.join('')}`);
	}
}

async function main(names) {
	const unknown = names.filter((name) => !(name in SUITES));
	if (unknown.length > 0) throw new Error(`no suite ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}`);
	const start = Date.now();
	await setup({ n8n: true, octo: true, gencove: true, iflow: true, flow: true, galaxy: true, tarball: true });
	const rows = [{ name: 'set-up', passed: 0, failed: 0, skipped: 0, seconds: secondsSince(start) }];
	for (const name of names.length > 0 ? names : Object.keys(SUITES)) rows.push(await runSuite(name));
	printTable(rows);
	return rows;
}

let rows;
try {
	rows = await main(process.argv.slice(2));
} catch (error) {
	console.error(error.message);
	rows = [{ passed: 0, failed: 1 }];
}
const sum = (what) => rows.reduce((total, row) => total + row[what], 0);
process.exitCode = sum('failed') === 0 ? 0 : 1;
// Runners read the last line.
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
