import type { FastifyError, FastifyReply } from 'fastify';

/** An answer other than success: its status, and the text in `detail`. */
export class ApiError extends Error {
	readonly status: number;

	constructor(status: number, detail: string) {
		super(detail);
		this.status = status;
	}
}

export const badRequest = () => new ApiError(400, 'Bad request');
export const noCredentials = () => new ApiError(401, 'Authentication credentials were not provided.');
export const unauthorized = () => new ApiError(401, 'Unauthorized request');
export const forbidden = () => new ApiError(403, 'Forbidden');
export const notFound = () => new ApiError(404, 'Not found');
export const invalidPage = () => new ApiError(404, 'Invalid page.');
export const wrongVerb = (verb: string) => new ApiError(405, `Method "${verb}" not allowed.`);
export const incorrectId = () => new ApiError(406, 'Incorrect ID');
export const notJson = () => new ApiError(406, 'Could not satisfy the request Accept header.');
export const unprocessable = () => new ApiError(422, 'Request cannot be processed');

/** Answers with an error in the provider's shape, a JSON object with one string `detail`. */
export function sendError(reply: FastifyReply, error: FastifyError | ApiError) {
	const known = toApiError(error);
	return reply.code(known.status).send({ detail: known.message });
}

function toApiError(error: FastifyError | ApiError): ApiError {
	if (error instanceof ApiError) return error;
	if (error.validation) return error.validationContext === 'params' ? incorrectId() : badRequest();
	// not parsable, of another content type, or too long
	if (error.statusCode !== undefined && error.statusCode < 500) return badRequest();
	return new ApiError(500, `Internal server error: ${error.message}`);
}
