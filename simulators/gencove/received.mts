import type { FastifyRequest } from 'fastify';
import { invalid } from './errors.mts';

/**
 * The file in one part of a multipart body. The journal gets names and sizes of all parts.
 *
 * @param part name that the file's part must have
 * @throws ApiError when there is none, or it is empty
 */
export async function receiveFile(request: FastifyRequest, part: string): Promise<{ name: string; content: Buffer }> {
	if (!request.isMultipart()) throw invalid({ [part]: ['No file was submitted.'] });
	const parts: unknown[] = [];
	request.entry.body = parts;
	let given: { name: string; content: Buffer } | undefined;
	for await (const one of request.parts()) {
		if (one.type === 'field') {
			parts.push({ name: one.fieldname });
			continue;
		}
		const content = await one.toBuffer();
		parts.push({ name: one.fieldname, filename: one.filename, size: content.length });
		if (one.fieldname === part) given = { name: one.filename, content };
	}
	if (given === undefined) throw invalid({ [part]: ['No file was submitted.'] });
	if (given.content.length === 0) throw invalid({ [part]: ['The submitted file is empty.'] });
	return given;
}
