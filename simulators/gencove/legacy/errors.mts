import type { FastifyError, FastifyReply } from 'fastify';

/** An answer other than success; like all answers it has a text for the user and one with details (Gencove docs, first generation). */
export class ApiError extends Error {
	readonly status: number;
	readonly details: string;

	constructor(status: number, message: string, details: string) {
		super(message);
		this.status = status;
		this.details = details;
	}
}

export const badRequest = (details: string) => new ApiError(400, 'The request is not valid.', details);
export const unauthorized = () => new ApiError(401, 'You are not authorized.', 'The API key or token is missing, unknown or expired.');
export const notFound = () => new ApiError(404, 'Not found.', 'There is no such resource, or it is not yours.');
export const wrongVerb = (verb: string) => new ApiError(405, 'Method not allowed.', `The method ${verb} is not allowed for the requested URL.`);

export function sendError(reply: FastifyReply, error: FastifyError | ApiError) {
	const { status, message, details } = toApiError(error);
	return reply.code(status).send({ message, message_details: details });
}

function toApiError(error: FastifyError | ApiError): ApiError {
	if (error instanceof ApiError) return error;
	// ill-typed fields, JSON that cannot be parsed, another content type
	if (error.validation || (error.statusCode !== undefined && error.statusCode < 500)) return badRequest(error.message);
	return new ApiError(500, 'Something went wrong.', error.message);
}

/** A successful answer. */
export function success(body: object = {}, message = 'OK') {
	return { message, message_details: '', ...body };
}
