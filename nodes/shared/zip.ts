import { configure, Reader, ZipReader, ZipWriter, type FileEntry } from '@zip.js/zip.js';

import { Problem } from './problem';
import type { InputFile } from './transfer';

/** A file inside a zip. `open` may be called again. */
export interface ZippedFile {
	name: string;
	/** Bytes, unpacked. */
	size: number;
	open(): AsyncIterable<Uint8Array>;
}

type Source = Pick<InputFile, 'name' | 'open'>;

/** Bytes that are packed or unpacked at once, as many as are read at once; larger pieces (zip.js's own are 256 KiB) are freed late. */
const CHUNK_SIZE = 1 << 16;

// In this thread, as many files at once as there are: a file that waits for its turn would hold the others up.
configure({ useWebWorkers: false, maxWorkers: Number.MAX_SAFE_INTEGER, chunkSize: CHUNK_SIZE });

/** Bytes at the end of a zip that are kept: they hold the list of its files, unless these are very many. */
const TAIL_SIZE = 1 << 20;

/** A date for all zips, the earliest they know, so that the same content gives the same bytes. */
const DATE = new Date(1980, 0, 1);

/** The end of a zip, and its size in bytes. */
interface Tail {
	bytes: Buffer;
	size: number;
}

async function tailOf(file: Source): Promise<Tail> {
	const pieces: Uint8Array[] = [];
	let held = 0;
	let size = 0;
	for await (const piece of file.open()) {
		pieces.push(piece);
		held += piece.length;
		size += piece.length;
		while (held - pieces[0].length >= TAIL_SIZE) held -= pieces.shift()?.length ?? 0;
	}
	return { bytes: Buffer.concat(pieces), size };
}

/**
 * n8n gives files from their start only, and a zip is read from its end. The end is kept; the rest is read going
 * forward, and from the start again where zip.js goes back.
 */
class ForwardReader extends Reader<Source> {
	/** Why the file itself could not be read. */
	failure: Error | undefined;
	private readonly file: Source;
	private readonly tail: Buffer;
	private pieces: AsyncIterator<Uint8Array> | undefined;
	/** Read, but not asked for yet. */
	private rest: Uint8Array = new Uint8Array();
	/** Where in the file `rest` begins. */
	private position = 0;

	constructor(file: Source, { bytes, size }: Tail) {
		super(file);
		this.file = file;
		this.tail = bytes;
		this.size = size;
	}

	override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
		const inTail = offset - (this.size - this.tail.length);
		if (inTail >= 0) return this.tail.subarray(inTail, inTail + length);
		try {
			if (offset < this.position) await this.close();
			await this.take(offset - this.position);
			return Buffer.concat(await this.take(length));
		} catch (cause) {
			this.failure = cause as Error;
			return new Uint8Array();
		}
	}

	/** The next `length` bytes; fewer at the end of the file. */
	private async take(length: number): Promise<Uint8Array[]> {
		const taken: Uint8Array[] = [];
		this.pieces ??= this.file.open()[Symbol.asyncIterator]();
		for (let missing = length; missing > 0; ) {
			if (this.rest.length === 0) {
				const next = await this.pieces.next();
				if (next.done) break;
				this.rest = next.value;
			}
			const fits = this.rest.subarray(0, missing);
			taken.push(fits);
			this.rest = this.rest.subarray(fits.length);
			this.position += fits.length;
			missing -= fits.length;
		}
		return taken;
	}

	async close() {
		await this.pieces?.return?.();
		this.pieces = undefined;
		this.rest = new Uint8Array();
		this.position = 0;
	}
}

/** What zip.js says about zips that it does not read, and what to do; everything else is a damaged file. */
const REASONS: Record<string, string> = {
	'File contains encrypted entry': 'It is protected by a password. Make the zip without one',
	'Encryption method not supported': 'It is protected by a password. Make the zip without one',
	'Compression method not supported': 'It is packed in an unusual way. Make the zip with the usual method, Deflate',
};

const unreadable = (file: Source, cause: Error) =>
	new Problem(`"${file.name}" is not a zip file that can be read`, {
		description: REASONS[cause.message] ?? 'It is damaged, not complete, or not a zip. Make or fetch it again',
	});

async function filesIn(file: Source, reader: ForwardReader): Promise<FileEntry[]> {
	const entries = await new ZipReader(reader, { filenameValidation: 'tolerant' }).getEntries().catch((cause: Error) => cause);
	if (reader.failure) throw reader.failure;
	if (entries instanceof Error) throw unreadable(file, entries);
	return entries.filter((entry) => !entry.directory) as FileEntry[];
}

/** Gives out what `write` writes; its failure is the failure of who reads. Who reads no more ends it. */
async function* written(write: (into: WritableStream<Uint8Array>, signal: AbortSignal) => Promise<unknown>): AsyncGenerator<Uint8Array> {
	let end: { error(cause: unknown): void } | undefined;
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({ start: (controller) => void (end = controller) });
	const stop = new AbortController();
	const done = write(writable, stop.signal).then(async () => await writable.close()).catch((cause: unknown) => end?.error(cause));
	try {
		yield* readable as unknown as AsyncIterable<Uint8Array>;
	} finally {
		stop.abort();
		await done;
	}
}

async function* unpack(file: Source, tail: Tail, index: number): AsyncGenerator<Uint8Array> {
	const reader = new ForwardReader(file, tail);
	try {
		const entry = (await filesIn(file, reader))[index];
		yield* written(async (into, signal) => {
			const failed = await entry.getData(into, { checkCrc32: true, preventClose: true, signal }).then(() => undefined, (cause: Error) => cause);
			if (failed) throw reader.failure ?? unreadable(file, failed);
		});
	} finally {
		await reader.close();
	}
}

/**
 * The files in a zip of any size (zip64 too), in the order of its list. The zip is read once for the list and once
 * more for each file that is opened; only a piece of it is in memory. Throws a Problem when it is not a zip, is
 * damaged (a file's checksum is known at its end), or is protected by a password.
 */
export async function unzip(file: Source): Promise<ZippedFile[]> {
	const tail = await tailOf(file);
	const reader = new ForwardReader(file, tail);
	const entries = await filesIn(file, reader).finally(async () => await reader.close());
	if (entries.some(({ encrypted }) => encrypted)) throw unreadable(file, new Error('File contains encrypted entry'));
	return entries.map(({ filename, uncompressedSize }, index) => ({
		name: filename,
		size: uncompressedSize,
		open: () => unpack(file, tail, index),
	}));
}

/** A zip with one file of any size, as a stream. The same content in the same pieces gives the same bytes. */
export function zip(name: string, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
	return written(async (into, signal) => {
		const writer = new ZipWriter(into, { extendedTimestamp: false });
		await writer.add(name, ReadableStream.from(content), { lastModDate: DATE, signal });
		await writer.close(undefined, { preventClose: true });
	});
}
