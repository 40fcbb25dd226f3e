import multipart from '@fastify/multipart';
import type { MultipartFile } from '@fastify/multipart';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Upload } from './records.mts';
import { S3Error, sendS3Error } from './s3/errors.mts';
import type { Storage } from './s3/storage.mts';
import type { State } from './state.mts';
import type { Caller } from './views.mts';

// of S3
const LARGEST = 5 * 2 ** 30;
const LIFETIME_MS = 3_600_000;
const KEY_ID = 'SIMULATEDFORMKEY';

/** Forms as S3 has them with its second version of signatures: a policy says what may be sent, and the signature covers it. */
export class Forms {
	private readonly state: State;
	private readonly storage: Storage;
	private readonly secret = randomBytes(32);

	constructor({ state, storage }: { state: State; storage: Storage }) {
		this.state = state;
		this.storage = storage;
	}

	/** Address and fields of a form that may send the file of an upload, for an hour. */
	sign({ objectName: key }: Upload, { protocol, host }: Caller) {
		const bucket = this.storage.buckets.uploads;
		const expiration = new Date(this.storage.clock.now() + LIFETIME_MS).toISOString();
		const conditions = [{ bucket }, { key }, ['content-length-range', 0, LARGEST]];
		const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
		return { url: `${protocol}://${host}/${bucket}`, fields: { key, AWSAccessKeyId: KEY_ID, policy, signature: this.signatureOf(policy) } };
	}

	/** Where forms are sent to: the bucket itself, which asks for no other credential. */
	addRoutes(app: FastifyInstance): void {
		app.register(async (target) => {
			target.setErrorHandler(async (error: Error, _request, reply) => sendS3Error(reply, error));
			await target.register(multipart, { limits: { fileSize: LARGEST }, throwFileSizeLimit: false });
			target.post(`/${this.storage.buckets.uploads}`, async (request, reply) => {
				const etag = await this.take(request);
				return reply.code(204).header('etag', etag).send();
			});
		});
	}

	private async take(request: FastifyRequest): Promise<string> {
		if (!request.isMultipart()) throw new S3Error('InvalidArgument');
		const fields: Record<string, unknown> = {};
		for await (const part of request.parts()) {
			if (part.type === 'field') {
				fields[part.fieldname] = part.value;
				continue;
			}
			try {
				// what follows the file is not looked at
				return await this.takeFile(part, fields);
			} finally {
				// a file that was refused is read all the same, else the form would never end
				part.file.resume();
			}
		}
		throw new S3Error('InvalidArgument');
	}

	private async takeFile({ fieldname, file, mimetype }: MultipartFile, fields: Record<string, unknown>): Promise<string> {
		const { key, AWSAccessKeyId, policy, signature } = fields;
		if (fieldname !== 'file' || typeof key !== 'string') throw new S3Error('InvalidArgument');
		const isKnown = [...this.state.uploads.values()].some(({ objectName, deleted }) => objectName === key && !deleted);
		if (!isKnown || AWSAccessKeyId !== KEY_ID || !this.isGood(policy, signature, key)) throw new S3Error('AccessDenied');
		const { objects, buckets, clock } = this.storage;
		const content = objects.newSpool();
		const hash = createHash('md5');
		for await (const piece of file as AsyncIterable<Buffer>) {
			content.write(piece, content.length);
			hash.update(piece);
		}
		if (file.truncated) throw new S3Error('EntityTooLarge');
		const etag = `"${hash.digest('hex')}"`;
		objects.put(buckets.uploads, key, { content, etag, modifiedAt: clock.now(), contentType: mimetype });
		this.storage.arrived(buckets.uploads, key);
		return etag;
	}

	private isGood(policy: unknown, signature: unknown, key: string): boolean {
		if (typeof policy !== 'string' || signature !== this.signatureOf(policy)) return false;
		const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString());
		return conditions[1].key === key && Date.parse(expiration) > this.storage.clock.now();
	}

	private signatureOf(policy: string): string {
		return createHmac('sha1', this.secret).update(policy).digest('base64');
	}
}
