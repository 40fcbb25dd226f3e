import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Settings } from './settings.mts';

/** Sends a zip in place of an envelope. @param length of the content in bytes */
export function sendZip(reply: FastifyReply, content: Readable, length: number, { contentDisposition, zipContentType }: Settings) {
	if (contentDisposition !== '') reply.header('content-disposition', contentDisposition);
	return reply.type(zipContentType).header('content-length', length).send(content);
}
