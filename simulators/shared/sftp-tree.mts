import { posix } from 'node:path';
import type { Clock } from './clock.mts';
import { Spool } from './spool.mts';

export interface Attributes {
	mode: number;
	uid: number;
	gid: number;
	size: number;
	/** seconds since 1970 */
	atime: number;
	mtime: number;
}

/** A line of a listing, as the protocol has it. */
export interface Entry {
	filename: string;
	longname: string;
	attrs: Attributes;
}

export interface SftpFile {
	/** absolute; changes when the file is renamed */
	path: string;
	content: Spool;
	/** milliseconds since 1970 */
	at: number;
	/** false once it was removed or replaced */
	present: boolean;
	/** its content is in use elsewhere and outlives the file */
	kept: boolean;
}

/** Names of the status codes that a request can be refused with. */
export type Problem = 'NO_SUCH_FILE' | 'PERMISSION_DENIED' | 'FAILURE' | 'OP_UNSUPPORTED';

/** A request that cannot be carried out. */
export class SftpProblem extends Error {
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem);
		this.problem = problem;
	}
}

const FOLDER_MODE = 0o040755;
const FILE_MODE = 0o100644;

/**
 * Files and folders of an SFTP server: a root, folders in it, and files in both. Folders hold no folders.
 * Paths are absolute; what cannot be done throws an SftpProblem.
 */
export class SftpTree {
	private readonly clock: Clock;
	private readonly folders = new Map<string, number>();
	private readonly byPath = new Map<string, SftpFile>();
	private readonly contents = new Set<Spool>();

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/** Removes everything, and every content that came from here. */
	reset(): void {
		for (const file of this.byPath.values()) file.present = false;
		for (const content of this.contents) content.close();
		this.folders.clear();
		this.byPath.clear();
		this.contents.clear();
	}

	/** All files, oldest first. */
	files(): SftpFile[] {
		return [...this.byPath.values()];
	}

	/** Makes a path absolute. */
	resolve(path: string): string {
		return posix.resolve('/', path);
	}

	has(path: string): boolean {
		return this.byPath.has(path) || this.isFolder(path);
	}

	find(path: string): SftpFile {
		const file = this.byPath.get(path);
		if (!file) throw new SftpProblem(this.isFolder(path) ? 'FAILURE' : 'NO_SUCH_FILE');
		return file;
	}

	attributes(path: string): Attributes {
		const file = this.byPath.get(path);
		return file ? this.attributesOf(file) : attributes(FOLDER_MODE, 0, this.folder(path));
	}

	attributesOf(file: SftpFile): Attributes {
		return attributes(FILE_MODE, file.content.length, file.at);
	}

	/** What is in a folder. */
	list(path: string): Entry[] {
		this.folder(path);
		return [...this.folders.keys(), ...this.byPath.keys()]
			.filter((other) => posix.dirname(other) === path)
			.map((other) => entry(posix.basename(other), this.attributes(other)));
	}

	makeFolder(path: string): void {
		if (this.has(path)) throw new SftpProblem('FAILURE');
		this.folder(posix.dirname(path));
		if (posix.dirname(path) !== '/') throw new SftpProblem('PERMISSION_DENIED');
		this.folders.set(path, this.clock.now());
	}

	removeFolder(path: string): void {
		if (path === '/' || this.list(path).length > 0) throw new SftpProblem('FAILURE');
		this.folders.delete(path);
	}

	/** Puts an empty file in place, of the file that was there if there was one. */
	create(path: string): SftpFile {
		if (this.isFolder(path)) throw new SftpProblem('FAILURE');
		this.folder(posix.dirname(path));
		const before = this.byPath.get(path);
		if (before) this.discard(before);
		const file = { path, content: new Spool(), at: this.clock.now(), present: true, kept: false };
		this.contents.add(file.content);
		this.byPath.set(path, file);
		return file;
	}

	/** Removes a file that is still there. */
	discard(file: SftpFile): void {
		if (!file.present) return;
		file.present = false;
		this.byPath.delete(file.path);
		if (file.kept) return;
		file.content.close();
		this.contents.delete(file.content);
	}

	rename(from: string, to: string): SftpFile {
		const file = this.find(from);
		if (this.has(to)) throw new SftpProblem('FAILURE');
		this.folder(posix.dirname(to));
		this.byPath.delete(from);
		this.byPath.set(to, file);
		file.path = to;
		return file;
	}

	private isFolder(path: string): boolean {
		return path === '/' || this.folders.has(path);
	}

	/** When a folder was made. */
	private folder(path: string): number {
		if (!this.isFolder(path)) throw new SftpProblem('NO_SUCH_FILE');
		return this.folders.get(path) ?? this.clock.now();
	}
}

function attributes(mode: number, size: number, at: number): Attributes {
	const seconds = Math.floor(at / 1000);
	return { mode, uid: 1000, gid: 1000, size, atime: seconds, mtime: seconds };
}

function entry(filename: string, attrs: Attributes): Entry {
	const mode = attrs.mode === FOLDER_MODE ? 'drwxr-xr-x' : '-rw-r--r--';
	const day = new Date(attrs.mtime * 1000).toISOString().slice(0, 10);
	return { filename, longname: `${mode} 1 sftp sftp ${attrs.size} ${day} ${filename}`, attrs };
}
