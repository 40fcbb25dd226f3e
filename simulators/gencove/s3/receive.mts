import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { S3Error } from './errors.mts';

/**
 * Takes a body as it comes, and checks what its headers say of it.
 *
 * @param write is given each piece and its place
 * @returns the MD5
 * @throws S3Error when it is not what its headers say
 */
export async function receive({ raw, headers }: FastifyRequest, write: (piece: Buffer, offset: number) => void): Promise<Buffer> {
	const text = (name: string) => headers[name] as string | undefined;
	const announced = text('content-length');
	if (announced === undefined) throw new S3Error('MissingContentLength');
	const payload = text('x-amz-content-sha256');
	if (text('content-encoding')?.includes('aws-chunked') || payload?.startsWith('STREAMING-')) throw new S3Error('NotImplemented');
	const [md5, sha256] = [createHash('md5'), createHash('sha256')];
	let [length, crc] = [0, 0];
	for await (const piece of raw as AsyncIterable<Buffer>) {
		md5.update(piece);
		sha256.update(piece);
		crc = crc32(piece, crc);
		write(piece, length);
		length += piece.length;
	}
	if (length !== Number(announced)) throw new S3Error('IncompleteBody');
	if (payload !== undefined && payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256.digest('hex')) throw new S3Error('XAmzContentSHA256Mismatch');
	const sum = md5.digest();
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(crc);
	if ((text('x-amz-checksum-crc32') ?? bytes.toString('base64')) !== bytes.toString('base64')) throw new S3Error('BadDigest');
	if ((text('content-md5') ?? sum.toString('base64')) !== sum.toString('base64')) throw new S3Error('BadDigest');
	return sum;
}

/** A body of XML, whole. */
export async function receiveText(request: FastifyRequest): Promise<string> {
	const pieces: Buffer[] = [];
	await receive(request, (piece) => pieces.push(piece));
	return Buffer.concat(pieces).toString();
}
