import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

const PIECE = 1024 * 1024;

/**
 * Content of any size, kept in a temporary file, so that memory does not grow with it. The file has no name:
 * nothing is left behind, however the process ends.
 *
 * Reads and writes are synchronous: what arrives faster than it is written would wait in memory.
 */
export class Spool {
	/** bytes, also while they are being written */
	length = 0;
	private fd: number | undefined;

	constructor() {
		const path = join(tmpdir(), `simulator-${randomUUID()}`);
		this.fd = openSync(path, 'wx+', 0o600);
		unlinkSync(path);
	}

	/** @throws Error when it was closed */
	write(data: Buffer, offset: number): void {
		for (let done = 0; done < data.length; ) {
			done += writeSync(this.open(), data, done, data.length - done, offset + done);
		}
		this.length = Math.max(this.length, offset + data.length);
	}

	/**
	 * @returns at most `length` bytes, none at the end
	 * @throws Error when it was closed
	 */
	read(offset: number, length: number): Buffer {
		const data = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.length - offset)));
		return data.subarray(0, readSync(this.open(), data, 0, data.length, offset));
	}

	/** The whole content, piece by piece. */
	stream(): Readable {
		return Readable.from(this.pieces(), { objectMode: false });
	}

	/** @throws Error when it is closed meanwhile */
	async *pieces(): AsyncGenerator<Buffer> {
		for (let at = 0; at < this.length; at += PIECE) {
			yield this.read(at, PIECE);
			// others get their turn
			await new Promise(setImmediate);
		}
	}

	/** Gives the disk space back. */
	close(): void {
		if (this.fd !== undefined) closeSync(this.fd);
		this.fd = undefined;
	}

	private open(): number {
		if (this.fd === undefined) throw new Error('The content is gone');
		return this.fd;
	}
}
