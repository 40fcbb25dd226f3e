import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import { Problem } from './problem';
import type { ByteStream } from './transfer';

/** A file on its way into n8n's storage. */
export interface OutputFile {
	name: string;
	mimeType: string;
	stream: ByteStream;
	/** Bytes announced by the service; a transfer that ends earlier is refused. */
	size?: number;
}

const MEBIBYTE = 1 << 20;

/** n8n stores Node's streams only, and nodes may not import their class: it is taken from a stream that is there. */
const streamOf = (stream: ByteStream, content: AsyncIterable<Uint8Array>) =>
	(stream.constructor as unknown as { from(content: AsyncIterable<Uint8Array>): ByteStream }).from(content);

/** The most bytes that n8n's database takes, whatever its setting (n8n docs, "Scaling binary data"). */
const DATABASE_CAP = 1 << 30;

/**
 * Bytes that n8n's storage takes, as far as this process has found out; it does not change while n8n runs. n8n tells
 * a lower limit only when it refuses a file.
 */
let capacity: number | undefined;

/** Whether n8n keeps files in its database: shown by the ID of a stored file, so an empty one is stored. */
async function keepsInDatabase(context: IExecuteFunctions): Promise<boolean> {
	const { id } = await context.helpers.prepareBinaryData(Buffer.alloc(0), 'probe', 'application/octet-stream');
	return id?.startsWith('database:') === true;
}

/** Throws a Problem when n8n's storage cannot hold a file of so many bytes. */
async function checkCapacity(context: IExecuteFunctions, name: string, bytes: number): Promise<void> {
	if (bytes <= (capacity ?? DATABASE_CAP)) return;
	capacity ??= (await keepsInDatabase(context)) ? DATABASE_CAP : Infinity;
	if (bytes > capacity) throw tooLarge(name, capacity);
}

function tooLarge(name: string, limit: number): Problem {
	return new Problem(`"${name}" is too large for n8n's database, where this n8n keeps files`, {
		description: `It takes up to ${limit / MEBIBYTE} MiB a file. Ask who runs n8n to raise N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE (at most ${DATABASE_CAP / MEBIBYTE}), or to keep files on disk (N8N_DEFAULT_BINARY_DATA_MODE=filesystem)`,
	});
}

/** The limit in n8n's refusal of a file, in bytes; n8n refuses when all of it has come (packages/core, file-too-large.error.ts). */
function limitIn({ message }: Error): number | undefined {
	const limit = /max size limit of ([\d.]+) MB set for `database` mode/.exec(message)?.[1];
	return limit === undefined ? undefined : Number(limit) * MEBIBYTE;
}

/**
 * Puts a stream into n8n's storage under the field `fieldName`. Throws a Problem when fewer bytes come than announced,
 * or more than the storage takes: before the transfer where that is known. Nothing is kept of a file that is refused.
 */
export async function store(context: IExecuteFunctions, fieldName: string, file: OutputFile): Promise<IBinaryKeyData> {
	let received = 0;
	const got = () => `${received}${file.size === undefined ? '' : ` of ${file.size}`} bytes of "${file.name}" had come`;
	// what is wrong is thrown inside the stream: n8n removes what it has written then
	async function* checked() {
		for await (const piece of file.stream as AsyncIterable<Buffer>) {
			received += piece.length;
			await checkCapacity(context, file.name, received);
			yield piece;
		}
		if (file.size !== undefined && received !== file.size) {
			throw new Problem('The download is not complete', { description: `${got()}. Run the node again` });
		}
	}
	try {
		await checkCapacity(context, file.name, file.size ?? 0);
		return { [fieldName]: await context.helpers.prepareBinaryData(streamOf(file.stream, checked()), file.name, file.mimeType) };
	} catch (cause) {
		file.stream.destroy();
		throw refusal(cause as Error, file.name, got());
	}
}

/** What became of a file that could not be stored; a limit that n8n tells is kept in mind. */
function refusal(cause: Error, name: string, got: string): Problem {
	if (cause instanceof Problem) return cause;
	const limit = limitIn(cause);
	if (limit === undefined) return new Problem('The download broke off', { description: `${got}: ${cause.message}. Run the node again` });
	capacity = limit;
	return tooLarge(name, limit);
}
