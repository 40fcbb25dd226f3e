import type { IExecuteFunctions } from 'n8n-workflow';

import type { ByteStream } from './transfer';

interface StreamClass {
	from(content: AsyncIterable<Uint8Array>): ByteStream;
}

/** Does not change while n8n runs. */
let streamClass: StreamClass | undefined;

/**
 * Content made by a node as a stream of Node's own kind, the only one that n8n's storage takes. Nodes may not import
 * its class: it is taken from the stream of an empty file.
 */
export async function streamOf(context: IExecuteFunctions, content: AsyncIterable<Uint8Array>): Promise<ByteStream> {
	streamClass ??= await findStreamClass(context);
	return streamClass.from(content);
}

async function findStreamClass({ helpers }: IExecuteFunctions): Promise<StreamClass> {
	const { id } = await helpers.prepareBinaryData(Buffer.alloc(0), 'empty', 'application/octet-stream');
	const stream = await helpers.getBinaryStream(String(id));
	stream.destroy();
	return stream.constructor as unknown as StreamClass;
}
