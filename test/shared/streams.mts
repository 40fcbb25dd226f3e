import { Readable } from 'node:stream';
import type { ByteStream } from '../../nodes/shared/transfer.ts';

export const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text, 'utf8'));

export async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of source) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** A byte stream like the body of an answer: its pieces come one by one, each in a turn of its own, then it ends or fails. */
export function streamOf(pieces: Uint8Array[], failure?: Error): ByteStream {
	const left = [...pieces];
	const stream = new Readable({
		read() {
			setImmediate(() => {
				const piece = left.shift();
				if (piece) stream.push(piece);
				else if (failure) stream.destroy(failure);
				else stream.push(null);
			});
		},
	});
	return stream as unknown as ByteStream;
}

export const caught = async (promise: Promise<unknown>) => await promise.then(() => undefined, (cause: unknown) => cause);
