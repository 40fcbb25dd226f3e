import type { FastifyError, FastifyReply } from 'fastify';

/** An answer other than success, in one of the shapes that Django REST Framework gives them. */
export class ApiError extends Error {
	readonly status: number;
	readonly body: unknown;
	readonly headers: Record<string, string>;

	constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
		super(JSON.stringify(body));
		this.status = status;
		this.body = body;
		this.headers = headers;
	}
}

const BEARER = { 'www-authenticate': 'Bearer realm="api"' };

/** Per field a list of texts. */
export const invalid = (errors: object) => new ApiError(400, errors);
/** A bare list with one text. */
export const refused = (text: string) => new ApiError(400, [text]);
export const badRequest = (detail: string) => new ApiError(400, { detail });
export const unauthorized = (detail: string) => new ApiError(401, { detail }, BEARER);
export const forbidden = () => new ApiError(403, { detail: 'You do not have permission to perform this action.' });
export const notFound = () => new ApiError(404, { detail: 'Not found.' });
export const wrongVerb = (verb: string) => new ApiError(405, { detail: `Method "${verb}" not allowed.` });
/** The text of calls that name a project which is not theirs, and answer 400 in place of 404. */
export const noSuchProject = () => refused('Project does not exist or you do not have privileges to access it.');

/** A wrong or expired token; the first text is recorded for access tokens. */
export function invalidToken(kind: 'access' | 'refresh'): ApiError {
	if (kind === 'refresh') return new ApiError(401, { detail: 'Token is invalid or expired', code: 'token_not_valid' }, BEARER);
	const messages = [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }];
	return new ApiError(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid', messages }, BEARER);
}

/** Answers with an error. */
export function sendError(reply: FastifyReply, error: FastifyError | ApiError) {
	const known = toApiError(error, reply);
	return reply.code(known.status).headers(known.headers).type('application/json').send(JSON.stringify(known.body));
}

function toApiError(error: FastifyError | ApiError, { request }: FastifyReply): ApiError {
	if (error instanceof ApiError) return error;
	if (error.statusCode === 415) return new ApiError(415, { detail: `Unsupported media type "${request.headers['content-type']}" in request.` });
	if (error.statusCode !== undefined && error.statusCode < 500) return badRequest(`JSON parse error - ${error.message}`);
	return new ApiError(500, { detail: `Internal server error: ${error.message}` });
}
