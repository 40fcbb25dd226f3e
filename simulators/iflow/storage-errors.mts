import type { FastifyReply } from 'fastify';

const ERRORS = {
	InvalidArgument: [400, 'The request has an argument that is not valid'],
	ExpiredToken: [400, 'The provided token has expired.'],
	SignatureDoesNotMatch: [403, 'Access denied.'],
	NoSuchKey: [404, 'The specified key does not exist.'],
	MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
	InvalidRange: [416, 'The requested range cannot be satisfied.'],
} as const;

/** An answer of the storage other than success, in XML (contract, section 8). */
export class StorageError extends Error {
	readonly code: keyof typeof ERRORS;

	constructor(code: keyof typeof ERRORS, message: string = ERRORS[code][1]) {
		super(message);
		this.code = code;
	}
}

/** Answers with an error. */
export function sendStorageError(reply: FastifyReply, error: Error) {
	const [status, code] = error instanceof StorageError ? [ERRORS[error.code][0], error.code] : [500, 'InternalError'];
	// what was set for a content that is not sent now
	for (const name of ['content-length', 'content-range', 'last-modified']) reply.removeHeader(name);
	return reply.code(status).type('application/xml; charset=UTF-8').send(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${error.message}</Message></Error>`);
}
