import { configure, Reader, ZipReader, ZipWriter } from '@zip.js/zip.js';
import type { FileEntry } from '@zip.js/zip.js';
import { Spool } from './spool.mts';

configure({ useWebWorkers: false });

// fixed, so that the same content gives the same bytes
const DATE = new Date(Date.UTC(2025, 0, 1));
const ZEROS = new Uint8Array(1024 * 1024);

class SpoolReader extends Reader<Spool> {
	private readonly spool: Spool;

	constructor(spool: Spool) {
		super(spool);
		this.spool = spool;
		this.size = spool.length;
	}

	override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
		// others get their turn
		await new Promise(setImmediate);
		return this.spool.read(index, length);
	}
}

class ZerosReader extends Reader<number> {
	constructor(size: number) {
		super(size);
		this.size = size;
	}

	override async readUint8Array(_index: number, length: number): Promise<Uint8Array> {
		await new Promise(setImmediate);
		return ZEROS.subarray(0, length);
	}
}

/** A file inside a zip: its name, and its text in pieces that are made when they are wanted, each time anew. */
export interface TextFile {
	name: string;
	pieces: () => Iterable<string>;
}

/**
 * Makes a zip of one text file, of any size. The same text gives the same bytes.
 *
 * @param size bytes that the zip has at least: a second file of zeros, stored, fills it up
 */
export async function zipText(file: TextFile, size = 0): Promise<Spool> {
	const plain = await zipWith(file);
	if (plain.length >= size) return plain;
	const smallest = await zipWith(file, 1);
	const filled = await zipWith(file, Math.max(1, size - smallest.length + 1));
	plain.close();
	smallest.close();
	return filled;
}

async function zipWith({ name, pieces }: TextFile, zeros?: number): Promise<Spool> {
	const spool = new Spool();
	const zip = new ZipWriter(new WritableStream<Uint8Array>({ write: (data) => spool.write(Buffer.from(data.buffer, data.byteOffset, data.length), spool.length) }), { lastModDate: DATE });
	await zip.add(name, ReadableStream.from(encoded(pieces())) as never);
	if (zeros !== undefined) await zip.add('filling.bin', new ZerosReader(zeros), { level: 0 });
	await zip.close();
	return spool;
}

async function* encoded(pieces: Iterable<string>): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		yield Buffer.from(piece);
		await new Promise(setImmediate);
	}
}

/**
 * The files in a zip.
 *
 * @throws Error when it is no zip that can be read
 */
export async function filesInZip(spool: Spool): Promise<FileEntry[]> {
	const entries = await new ZipReader(new SpoolReader(spool), { checkSignature: true }).getEntries();
	return entries.filter((entry) => !entry.directory);
}

/**
 * The lines of a text file in a zip, without their ends (`\n` or `\r\n`), one in memory at a time.
 *
 * @param longest characters of a line
 * @throws Error when the content is damaged, or a line is longer
 */
export async function* linesOf(file: FileEntry, longest: number): AsyncGenerator<string> {
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const read = file.getData(writable);
	// the reader below gets the same error
	read.catch(() => undefined);
	let rest = '';
	for await (const piece of readable) {
		const lines = (rest + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')).split('\n');
		rest = lines.pop()!;
		if (rest.length > longest) throw new Error('a line is too long');
		for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
	}
	await read;
	if (rest !== '') yield rest;
}
