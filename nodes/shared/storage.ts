import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import { clock } from './clock';
import { Problem } from './problem';
import type { ByteStream } from './transfer';

/** A file on its way into n8n's storage. */
export interface OutputFile {
	name: string;
	mimeType: string;
	/** The body of an answer, or what a node makes. */
	content: ByteStream | AsyncIterable<Uint8Array>;
	/** Bytes announced by the service; a transfer that ends earlier is refused. */
	size?: number;
}

const MEBIBYTE = 1 << 20;

/** ms after which an answer is given up of which nothing more comes. */
const IDLE = 600_000;

/** Node's class of byte streams. n8n stores no others, and nodes may not import it: it is taken from a stream that is there. */
interface StreamClass {
	from(content: AsyncIterable<Uint8Array>): ByteStream;
}

const isStream = (content: OutputFile['content']): content is ByteStream => 'destroy' in content;

const classOf = (stream: ByteStream) => stream.constructor as unknown as StreamClass;

/** The most bytes that n8n's database takes, whatever its setting (n8n docs, "Scaling binary data"). */
const DATABASE_CAP = 1 << 30;

/** What an empty file shows of n8n's storage. It does not change while n8n runs. */
let shown: { streamClass: StreamClass; isDatabase: boolean } | undefined;

async function storage({ helpers }: IExecuteFunctions): Promise<NonNullable<typeof shown>> {
	if (shown) return shown;
	const { id } = await helpers.prepareBinaryData(Buffer.alloc(0), 'empty', 'application/octet-stream');
	const stream = await helpers.getBinaryStream(String(id));
	stream.destroy();
	shown = { streamClass: classOf(stream), isDatabase: String(id).startsWith('database:') };
	return shown;
}

/** Bytes that n8n's storage takes, as far as this process has found out. n8n tells a lower limit only when it refuses a file. */
let capacity: number | undefined;

/** Throws a Problem when n8n's storage cannot hold a file of so many bytes. */
async function checkCapacity(context: IExecuteFunctions, name: string, bytes: number): Promise<void> {
	if (bytes <= (capacity ?? DATABASE_CAP)) return;
	capacity ??= (await storage(context)).isDatabase ? DATABASE_CAP : Infinity;
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
 * Puts a file into n8n's storage under the field `fieldName`. Throws a Problem when fewer bytes come than announced,
 * none for 10 minutes, or more than the storage takes: before the transfer where that is known. Nothing is kept of a
 * file that is refused.
 */
export async function store(context: IExecuteFunctions, fieldName: string, { name, mimeType, content, size }: OutputFile): Promise<IBinaryKeyData> {
	let received = 0;
	const got = () => `${received}${size === undefined ? '' : ` of ${size}`} bytes of "${name}" had come`;
	// what is wrong is thrown inside the stream: n8n removes what it has written then
	async function* checked() {
		for await (const piece of content as AsyncIterable<Uint8Array>) {
			received += piece.length;
			await checkCapacity(context, name, received);
			yield piece;
		}
		if (size !== undefined && received !== size) {
			throw new Problem('The download is not complete', { description: `${got()}. Run the node again` });
		}
	}
	try {
		await checkCapacity(context, name, size ?? 0);
		if (isStream(content)) endWhenIdle(content, () => received);
		const streamClass = isStream(content) ? classOf(content) : (await storage(context)).streamClass;
		return { [fieldName]: await context.helpers.prepareBinaryData(streamClass.from(checked()), name, mimeType) };
	} catch (cause) {
		if (isStream(content)) content.destroy();
		throw refusal(cause as Error, name, isStream(content) ? 'The download broke off' : `"${name}" could not be stored`, got());
	}
}

/** Ends a stream of which nothing has come for `IDLE`, or up to twice as long. */
function endWhenIdle(stream: ByteStream, received: () => number): void {
	const before = received();
	clock.after(IDLE, () => {
		if (stream.closed) return;
		if (received() === before) stream.destroy(new Error(`nothing more came for ${IDLE / 60_000} minutes`));
		else endWhenIdle(stream, received);
	});
}

/** What became of a file that could not be stored; a limit that n8n tells is kept in mind. */
function refusal(cause: Error, name: string, title: string, got: string): Problem {
	if (cause instanceof Problem) return cause;
	const limit = limitIn(cause);
	if (limit === undefined) return new Problem(title, { description: `${got}: ${cause.message}. Run the node again` });
	capacity = limit;
	return tooLarge(name, limit);
}
