import { readFileSync, writeFileSync } from 'node:fs';

/** Resident memory of a process now, in bytes. Linux only, as all here. */
export const rss = (pid: number): number => status(pid, 'VmRSS');

/** Highest resident memory since the process's start or the last `resetPeakRss`, in bytes. */
export const peakRss = (pid: number): number => status(pid, 'VmHWM');

export const resetPeakRss = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

function status(pid: number, name: string): number {
	const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	if (!line) throw new Error(`process ${pid} has no ${name}: it has ended`);
	return Number(line[1]) * 1024;
}
