import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';

/** A request to a webhook, down to the bytes. */
export interface Delivery {
	method?: string;
	/** added to the webhook's URL */
	query?: string;
	headers: OutgoingHttpHeaders;
	body: Buffer;
}

/** Sends deliveries to one webhook, over connections that stay open. */
export class Sender {
	private readonly agent = new Agent({ keepAlive: true });
	private readonly url: string;

	constructor(url: string) {
		this.url = url;
	}

	/** @returns the status of the answer */
	async send({ method = 'POST', query = '', headers, body }: Delivery): Promise<number> {
		return await new Promise((resolve, reject) => {
			const length = method === 'GET' ? {} : { 'content-length': body.length };
			const sent = request(this.url + query, { method, agent: this.agent, headers: { ...length, ...headers } }, (response) => {
				response.resume().on('end', () => resolve(response.statusCode as number)).on('error', reject);
			});
			sent.on('error', reject).end(method === 'GET' ? undefined : body);
		});
	}

	close(): void {
		this.agent.destroy();
	}
}

const HEADER = 'x-octopod-signature';

/** The provider's messages, with the spaces that the simulator sends. */
export const orderEvent = (order_id: string = randomUUID()) => ({ order_id, new_status: 'COMPLETED', source_file_id: randomUUID(), source_file_name: 'sample-ñ.vcf.gz' });
const spaced = (payload: object) => JSON.stringify(payload, null, 1).replace(/\n */g, ' ').replace('{ ', '{').replace(' }', '}');

const bytes = (content: string | Buffer) => Buffer.from(content as string);
const signed = (secret: string | Buffer, message: string | Buffer) => createHmac('sha256', secret).update(message).digest('base64');

/** Signs as the provider does, and in the ways in which forgers and mistaken receivers do. */
export class Signer {
	private readonly secret: string;
	private readonly host: string;

	constructor({ secret, senderHost }: { secret: string; senderHost: string }) {
		this.secret = secret;
		this.host = senderHost;
	}

	signature(body: string | Buffer): string {
		return signed(this.secret, Buffer.concat([bytes(this.host), bytes(body)]));
	}

	genuine(payload: object): Delivery {
		const body = spaced(payload);
		return this.json(body, this.signature(body));
	}

	/** The same with a body that is sent as gzip: n8n hands on what was in it. */
	packed(payload: object): Delivery {
		const { body, headers } = this.genuine(payload);
		return { body: gzipSync(body), headers: { ...headers, 'content-encoding': 'gzip' } };
	}

	private json(body: string | Buffer, signature: string | string[] | undefined, more: OutgoingHttpHeaders = {}): Delivery {
		return { body: bytes(body), headers: { 'content-type': 'application/json', ...(signature !== undefined && { [HEADER]: signature }), ...more } };
	}

	/**
	 * One delivery of each kind that must start nothing, with the status that it must get: 401 from the trigger, others
	 * from n8n where it refuses before the trigger is asked.
	 */
	forged(): Record<string, Delivery & { status: number }> {
		const { secret, host } = this;
		const payload = orderEvent();
		const body = spaced(payload);
		const right = this.signature(body);
		const json = (signature: string | string[] | undefined, text: string | Buffer = body, more: OutgoingHttpHeaders = {}) => ({ ...this.json(text, signature, more), status: 401 });
		const form = `--b\r\ncontent-disposition: form-data; name="source_file_id"\r\n\r\nx\r\n--b--\r\n`;
		const packed = gzipSync(body);
		return {
			'no signature': json(undefined),
			'empty signature': json(''),
			'host of another environment': json(signed(secret, `api.sandbox.galatea.bio${body}`)),
			'host with its scheme': json(signed(secret, `http://${host}${body}`)),
			'host in capitals, with a dot': json(signed(secret, `${host.toUpperCase()}.${body}`)),
			'no host': json(signed(secret, body)),
			'newline after the host': json(signed(secret, `${host}\n${body}`)),
			'another secret': json(signed(randomUUID(), `${host}${body}`)),
			'no secret': json(signed('', `${host}${body}`)),
			'secret decoded': json(signed(Buffer.from(secret, 'base64'), `${host}${body}`)),
			'body respelled before signing': json(this.signature(JSON.stringify(payload))),
			'body respelled after signing': json(right, JSON.stringify(payload)),
			'one byte changed after signing': json(right, body.replace('COMPLETED', 'COMPLETEE')),
			'a byte added after signing': json(right, `${body}\n`),
			'signature of another body': json(this.signature(spaced(orderEvent()))),
			'signature of the empty body': json(this.signature('')),
			'signature cut off': json(right.slice(0, 20)),
			'signature without its padding': json(right.replace('=', '')),
			'signature in small letters': json(right.toLowerCase()),
			'signature in hexadecimal': json(Buffer.from(right, 'base64').toString('hex')),
			'signature with a name': json(`sha256=${right}`),
			'signature of 8,000 characters': json(right.repeat(200).slice(0, 8000)),
			'header sent twice': json([right, right]),
			'header sent twice, one empty': json(['', right]),
			'another header': json(undefined, body, { 'x-signature': right, authorization: right, cookie: `${HEADER}=${right}` }),
			'signature in the query': { ...json(undefined), query: `?${HEADER}=${encodeURIComponent(right)}` },
			'empty body, signed': json(this.signature(''), ''),
			'multipart, signed': json(this.signature(form), form, { 'content-type': 'multipart/form-data; boundary=b' }),
			'multipart of another kind, signed': json(this.signature(body), body, { 'content-type': 'multipart/mixed; boundary=b' }),
			'gzip, signed as packed': json(this.signature(packed), packed, { 'content-encoding': 'gzip' }),
			'deflate, signed for gzip': json(this.signature(packed), deflateSync(body), { 'content-encoding': 'deflate' }),
			'gzip said, but unknown to n8n': json(this.signature(body), packed, { 'content-encoding': 'x-gzip', 'content-type': 'text/plain' }),
			'gzip said, but none': { ...json(right, body, { 'content-encoding': 'gzip' }), status: 500 },
			'no JSON, not signed': { ...json(undefined, '{"source_file_id": '), status: 422 },
			'signature of 20,000 characters': { ...json(right.repeat(500).slice(0, 20_000)), status: 431 },
			'GET': { ...json(this.signature('')), method: 'GET', status: 404 },
			'PUT': { ...json(right), method: 'PUT', status: 404 },
			'PATCH': { ...json(right), method: 'PATCH', status: 404 },
		};
	}
}
