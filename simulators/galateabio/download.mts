import type { FastifyReply } from 'fastify';
import type { Download } from './results.mts';

/**
 * Sends a file. The name stands in quotes directly after `attachment; `, where the vendor's client
 * looks for it; names beyond ASCII follow once more as RFC 6266 has it.
 */
export function sendFile(reply: FastifyReply, { fileName, contentType, content }: Download) {
	const ascii = fileName.replace(/[^\x20-\x7e]|["\\]/g, '_');
	const full = ascii === fileName ? '' : `; filename*=UTF-8''${encodeURIComponent(fileName)}`;
	return reply
		.type(contentType)
		.header('content-disposition', `attachment; filename="${ascii}"${full}`)
		.header('content-length', content.length)
		.send(Buffer.isBuffer(content) ? content : content.stream());
}
