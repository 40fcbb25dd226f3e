import type { FastifyReply } from 'fastify';

const MESSAGES = {
	AccessDenied: [403, 'Access Denied'],
	AuthorizationHeaderMalformed: [400, 'The authorization header that you provided is not valid.'],
	BadDigest: [400, 'The checksum you specified did not match what we received.'],
	EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
	EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
	ExpiredToken: [400, 'The provided token has expired.'],
	IncompleteBody: [400, 'You did not provide the number of bytes specified by the Content-Length HTTP header'],
	InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
	InvalidArgument: [400, 'Invalid Argument'],
	InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
	InvalidPart: [400, 'One or more of the specified parts could not be found.'],
	InvalidPartOrder: [400, 'The list of parts was not in ascending order.'],
	InvalidRange: [416, 'The requested range is not satisfiable'],
	InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
	MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
	MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
	MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
	NoSuchKey: [404, 'The specified key does not exist.'],
	NoSuchUpload: [404, 'The specified multipart upload does not exist.'],
	NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
	RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
	RestoreAlreadyInProgress: [409, 'Object restore is already in progress'],
	SignatureDoesNotMatch: [403, 'The request signature we calculated does not match the signature you provided.'],
	XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
} as const;

/** A refusal of the storage, as S3 words it. */
export class S3Error extends Error {
	readonly code: keyof typeof MESSAGES;
	/** the region that the storage is in, where the request was signed for another */
	readonly region: string | undefined;

	constructor(code: keyof typeof MESSAGES, region?: string) {
		super(MESSAGES[code][1]);
		this.code = code;
		this.region = region;
	}
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An element of XML: a text, or further elements in its place. */
export const element = (name: string, ...inner: string[]): string => `<${name}>${inner.join('')}</${name}>`;
export const escaped = (text: string | number): string => String(text).replace(/[&<>"]/g, (one) => ENTITIES[one]);

export const sendXml = (reply: FastifyReply, root: string, ...inner: string[]) =>
	reply.type('application/xml').send(`${XML}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner.join('')}</${root}>`);

export function sendS3Error(reply: FastifyReply, error: Error) {
	if (!(error instanceof S3Error)) return reply.code(500).type('application/xml').send(`${XML}${element('Error', element('Code', 'InternalError'), element('Message', escaped(error.message)))}`);
	const { code, message, region } = error;
	if (region !== undefined) reply.header('x-amz-bucket-region', region);
	const more = region === undefined ? '' : element('Region', region);
	return reply.code(MESSAGES[code][0]).type('application/xml').send(`${XML}${element('Error', element('Code', code), element('Message', escaped(message)), more)}`);
}
