import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { Problem } from './problem';

/** A readable byte stream, as n8n hands it out. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file of an input item. `open` may be called again, so a request can be repeated. */
export interface InputFile {
	name: string;
	mimeType: string;
	/** Bytes; undefined where n8n does not know. */
	size: number | undefined;
	open(): AsyncIterable<Uint8Array>;
}

/** Bytes read from n8n's storage at once. Larger pieces are freed late: at 1 MiB a GiB that was read and sent took 90 MiB, at 64 KiB 13. */
const READ_SIZE = 1 << 16;

/** How a user names a file: by the field of the item that holds it, or the file itself, which an expression gives. */
export type FileChoice = string | IBinaryData;

/** Opens a file of an item; throws n8n's own error when there is none. */
export async function openInput(context: IExecuteFunctions, item: number, choice: FileChoice): Promise<InputFile> {
	const binary = context.helpers.assertBinaryData(item, choice);
	const name = binary.fileName ?? (typeof choice === 'string' ? choice : 'file');
	const { id, mimeType } = binary;
	if (id === undefined) {
		const bytes = await context.helpers.getBinaryDataBuffer(item, choice);
		return { name, mimeType, size: bytes.length, open: () => once(bytes) };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	return { name, mimeType, size: fileSize, open: () => read(context, id) };
}

async function* once(bytes: Uint8Array) {
	yield bytes;
}

async function* read(context: IExecuteFunctions, id: string): AsyncGenerator<Uint8Array> {
	yield* (await context.helpers.getBinaryStream(id, READ_SIZE)) as AsyncIterable<Uint8Array>;
}

/** Cuts a file into pieces of exactly `size` bytes (the last may be shorter), one in memory at a time. */
export async function* chunks(file: InputFile, size: number): AsyncGenerator<Buffer> {
	let held: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of file.open()) {
		let rest = piece;
		while (bytes + rest.length >= size) {
			const fits = size - bytes;
			yield Buffer.concat([...held, rest.subarray(0, fits)]);
			rest = rest.subarray(fits);
			held = [];
			bytes = 0;
		}
		if (rest.length > 0) {
			held.push(rest);
			bytes += rest.length;
		}
	}
	if (bytes > 0) yield Buffer.concat(held);
}

/** A file name that cannot break out of a part's header. */
const headerSafe = (name: string) => name.replace(/[\r\n]/g, ' ').replace(/"/g, '%22');

/** A body that is streamed. It looks like a Blob to n8n's HTTP client. */
export interface Streamed {
	readonly [Symbol.toStringTag]: string;
	/** Bytes. */
	readonly size: number;
	/** Content type; of a multipart body with the boundary. */
	readonly type: string;
	/** The bytes from their start, each time. */
	stream(): AsyncGenerator<Uint8Array>;
}

/** A multipart body. */
export interface Multipart extends Streamed {
	/** Files among its parts. */
	readonly files: number;
}

/** Bytes of a file, which must be told before it is sent; throws a Problem where n8n does not know. */
function sizeOf({ name, size }: InputFile): number {
	if (size !== undefined) return size;
	throw new Problem(`The size of "${name}" is not known`, { description: 'Store the file in n8n before it is sent' });
}

/** A file as a body by itself, streamed with its exact length, and read anew for each try. A file of unknown size is refused. */
export function streamed(file: InputFile, type: string): Streamed {
	const size = sizeOf(file);
	return {
		[Symbol.toStringTag]: 'Blob',
		size,
		type,
		async *stream() {
			yield* file.open();
		},
	};
}

/**
 * A multipart body that is streamed, with its exact length. It can be read again, so that a request survives a
 * renewed log-in. A file of unknown size is refused.
 */
export function multipart(texts: Record<string, string>, files: Array<{ name: string; file: InputFile }>): Multipart {
	const boundary = `genomics-${randomUUID()}`;
	const bytes = (text: string) => Buffer.from(text, 'utf8');
	const sections = [
		...Object.entries(texts).map(([name, value]) => ({
			head: bytes(`--${boundary}\r\nContent-Disposition: form-data; name="${headerSafe(name)}"\r\n\r\n${value}\r\n`),
			file: undefined,
		})),
		...files.map(({ name, file }) => ({
			head: bytes(
				`--${boundary}\r\nContent-Disposition: form-data; name="${headerSafe(name)}"; filename="${headerSafe(file.name)}"\r\nContent-Type: ${headerSafe(file.mimeType)}\r\n\r\n`,
			),
			file,
		})),
	];
	const newLine = bytes('\r\n');
	const tail = bytes(`--${boundary}--\r\n`);
	const size = sections.reduce((sum, { head, file }) => sum + head.length + (file ? sizeOf(file) + newLine.length : 0), tail.length);
	return {
		[Symbol.toStringTag]: 'Blob',
		size,
		files: files.length,
		type: `multipart/form-data; boundary=${boundary}`,
		async *stream(): AsyncGenerator<Uint8Array> {
			for (const { head, file } of sections) {
				yield head;
				if (file) {
					yield* file.open();
					yield newLine;
				}
			}
			yield tail;
		},
	};
}

/**
 * The first `count` bytes of a stream (fewer when it ends before), put back so that it can be read from its start.
 * Put back in the same turn in which they were read: afterwards a short stream has ended for good.
 */
export async function peek(stream: ByteStream, count: number): Promise<Buffer> {
	if (stream.readableEnded || stream.destroyed) return Buffer.alloc(0);
	return await new Promise<Buffer>((resolve, reject) => {
		const stop = () => stream.off('readable', look).off('end', end).off('close', end).off('error', fail);
		const end = () => {
			stop();
			resolve(Buffer.alloc(0));
		};
		const fail = (cause: Error) => {
			stop();
			reject(cause);
		};
		const look = () => {
			const head = stream.read(count) as Buffer | null;
			if (head === null) return;
			stop();
			stream.unshift(head);
			resolve(head);
		};
		stream.on('readable', look).on('end', end).on('close', end).on('error', fail);
	});
}

/** At most `limit` bytes of a stream as text; the rest is thrown away. For answers that turn out to be messages. */
export async function readText(stream: ByteStream, limit: number): Promise<string> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of stream as AsyncIterable<Buffer>) {
		pieces.push(piece);
		bytes += piece.length;
		if (bytes >= limit) break;
	}
	return Buffer.concat(pieces).subarray(0, limit).toString('utf8');
}

/** The parameters of a header: name="value", or name=value. */
const PARAMETER = /;\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)/g;

/** The file name in a Content-Disposition header: the base name, without characters that a file system refuses. */
export function fileNameIn(disposition: unknown): string | undefined {
	if (typeof disposition !== 'string') return undefined;
	const parameters = new Map([...disposition.matchAll(PARAMETER)].map(([, name, value]) => [name.toLowerCase(), value]));
	const extended = /^UTF-8'[^']*'(.*)$/i.exec(parameters.get('filename*') ?? '')?.[1];
	const named = extended ? decodeName(extended) : parameters.get('filename')?.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
	// control characters, and those that Windows refuses
	const base = named?.split(/[\\/]/).pop()?.replace(/[\p{Cc}<>:"|?*]/gu, '').trim();
	return base === undefined || base === '' || base === '.' || base === '..' ? undefined : base;
}

function decodeName(encoded: string): string {
	try {
		return decodeURIComponent(encoded.trim());
	} catch {
		return encoded;
	}
}
