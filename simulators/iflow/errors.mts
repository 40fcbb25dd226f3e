import type { FastifyError, FastifyReply } from 'fastify';

/** One thing that is wrong with a request, as FastAPI tells it. */
export interface Issue {
	type: string;
	loc: Array<string | number>;
	msg: string;
	input: unknown;
}

/** An answer other than success: `{ detail }` (contract, section 8). */
export class ApiError extends Error {
	readonly status: number;
	readonly detail: string | Issue[];

	constructor(status: number, detail: string | Issue[]) {
		super(JSON.stringify(detail));
		this.status = status;
		this.detail = detail;
	}
}

export const badRequest = (detail: string) => new ApiError(400, detail);
export const unauthorized = (detail: string) => new ApiError(401, detail);
export const forbidden = (detail = 'You do not have permission to perform this action') => new ApiError(403, detail);
export const notFound = (what: string) => new ApiError(404, `${what} not found`);
export const conflict = (detail: string) => new ApiError(409, detail);
export const invalid = (...issues: Issue[]) => new ApiError(422, issues);
/** Of a path that the service does not have; the text is exactly FastAPI's. */
export const noSuchPath = () => new ApiError(404, 'Not Found');
export const wrongVerb = () => new ApiError(405, 'Method Not Allowed');

/** Answers with an error. */
export function sendError(reply: FastifyReply, error: FastifyError | ApiError) {
	const { status, detail } = toApiError(error);
	return reply.code(status).type('application/json').send(JSON.stringify({ detail }));
}

function toApiError(error: FastifyError | ApiError): ApiError {
	if (error instanceof ApiError) return error;
	// the only thing that is read before a call's own code is JSON
	if (error.statusCode === 400) return invalid({ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {} });
	return new ApiError(error.statusCode ?? 500, `Internal server error: ${error.message}`);
}
