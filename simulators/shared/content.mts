import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

const PIECE = 1024 * 1024;

/** Bytes of any length that can be read from any place; those of a `Spool` are such. */
export interface Content {
	readonly length: number;
	/** At most `length` bytes, and at least one before the end. */
	read(offset: number, length: number): Buffer;
}

/** A content that is made when it is first wanted. */
export class Made implements Content {
	private readonly make: () => Buffer;
	private made: Buffer | undefined;

	constructor(make: () => Buffer) {
		this.make = make;
	}

	get length(): number {
		return this.bytes().length;
	}

	read(offset: number, length: number): Buffer {
		return this.bytes().subarray(offset, offset + length);
	}

	private bytes(): Buffer {
		return (this.made ??= this.make());
	}
}

/** A content of any length that needs no memory: the bytes 0 to 250, over and over, so that a piece in the wrong place shows. */
export class Pattern implements Content {
	readonly length: number;

	constructor(length: number) {
		this.length = length;
	}

	read(offset: number, length: number): Buffer {
		const size = Math.max(0, Math.min(length, this.length - offset));
		const turn = Buffer.from(Array.from({ length: 251 }, (_, index) => (offset + index) % 251));
		return Buffer.alloc(size, turn);
	}
}

/** Some of a content, or all of it, piece by piece. */
export function streamOf(content: Content, start = 0, end = content.length): Readable {
	return Readable.from(pieces(content, start, end), { objectMode: false });
}

async function* pieces(content: Content, start: number, end: number): AsyncGenerator<Buffer> {
	for (let at = start; at < end; ) {
		const piece = content.read(at, Math.min(PIECE, end - at));
		yield piece;
		at += piece.length;
		// others get their turn
		await new Promise(setImmediate);
	}
}

/** Start and end (exclusive) of `bytes=a-b`, `bytes=a-` and `bytes=-n`; undefined without, or in a form that S3 ignores. */
export function rangeOf(header: string | undefined, length: number): [number, number] | undefined {
	const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === undefined || (first === '' && last === '')) return undefined;
	if (first === '') return [Math.max(0, length - Number(last)), length];
	return [Number(first), last === '' ? length : Math.min(Number(last) + 1, length)];
}

const sums = new WeakMap<Content, string>();

/** SHA-256 in hexadecimal; computed once. */
export function sha256(content: Content): string {
	let sum = sums.get(content);
	if (sum === undefined) {
		const hash = createHash('sha256');
		for (let at = 0; at < content.length; ) {
			const piece = content.read(at, PIECE);
			hash.update(piece);
			at += piece.length;
		}
		sum = hash.digest('hex');
		sums.set(content, sum);
	}
	return sum;
}
