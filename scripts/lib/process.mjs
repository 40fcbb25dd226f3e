import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LINES_SHOWN = 40;
const SECONDS_TO_EXIT = 10;

/** A command that ended with another exit status than 0; the message ends with the last lines it printed. */
export class CommandFailed extends Error {}

/** Seconds since `start` (a `Date.now()`), with one decimal. */
export const secondsSince = (start) => ((Date.now() - start) / 1000).toFixed(1);

/**
 * Runs a command and collects what it prints.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} stdout and stderr together
 * @throws {CommandFailed} when it cannot be started or does not end with 0
 */
export function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		const fail = (how) => {
			const end = output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
			reject(new CommandFailed(`${command} ${args.join(' ')} ${how}\n${end}`));
		};
		child.on('error', (error) => fail(`did not start: ${error.message}`));
		child.on('close', (code, signal) => (code === 0 ? resolve(output) : fail(`ended with ${code ?? signal}`)));
	});
}

/**
 * Runs a command that prints to this terminal.
 *
 * @param {object} [limit] when to kill it, if it does not end by itself
 * @param {number} [limit.seconds] it may run so long
 * @param {() => boolean} [limit.isDone] true once its work is done; then it has a few seconds left
 * @returns {Promise<number>} its exit status; 1 when it could not be started or was killed
 */
export function runInTerminal(command, args, options = {}, { seconds = Infinity, isDone = () => false } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { ...options, stdio: 'inherit' });
		let secondsLeft = seconds;
		const watch = setInterval(() => {
			secondsLeft = isDone() ? Math.min(secondsLeft, SECONDS_TO_EXIT) - 1 : secondsLeft - 1;
			if (secondsLeft >= 0) return;
			console.error(`${command} ${args.join(' ')} did not end by itself: killed`);
			child.kill('SIGKILL');
		}, 1000);
		// Ctrl+C reaches the child, too, which may have to clean up; this process waits for it.
		const signals = { SIGINT: () => {}, SIGTERM: () => child.kill('SIGTERM'), SIGHUP: () => child.kill('SIGHUP') };
		for (const [signal, handle] of Object.entries(signals)) process.on(signal, handle);
		const end = (status) => {
			clearInterval(watch);
			for (const [signal, handle] of Object.entries(signals)) process.off(signal, handle);
			resolve(status);
		};
		child.on('error', (error) => {
			console.error(`${command} did not start: ${error.message}`);
			end(1);
		});
		child.on('close', (code) => end(code ?? 1));
	});
}

/**
 * Does a piece of work while no other process does the same; `npm start` and `npm test` may run side by side.
 *
 * @param {string} file lock file, holds the number of the process that works
 * @param {() => Promise<void>} work
 */
export async function withLock(file, work) {
	mkdirSync(dirname(file), { recursive: true });
	let told = false;
	while (!tryLock(file)) {
		if (!told) console.log(`set-up: waiting for another one to end (if there is none, delete ${file})`);
		told = true;
		await sleep(1000);
	}
	try {
		await work();
	} finally {
		rmSync(file, { force: true });
	}
}

function tryLock(file) {
	try {
		const handle = openSync(file, 'wx');
		writeSync(handle, String(process.pid));
		closeSync(handle);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	}
	// A set-up that was killed leaves its file behind.
	if (!isAlive(Number(readFileSync(file, 'utf8')))) rmSync(file, { force: true });
	return false;
}

function isAlive(pid) {
	if (!pid) return true; // the other process has made the file and not yet written into it
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
