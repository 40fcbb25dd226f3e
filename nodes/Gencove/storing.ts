import { each } from '../shared/each';
import { chunks, type InputFile } from '../shared/transfer';
import type { Bucket } from './storage';

const MEBIBYTE = 1 << 20;

/** Bytes of a part: 5 MiB at least, and 10,000 parts at most (Amazon S3, "Multipart upload limits"). */
const PART = 8 * MEBIBYTE;
const MOST_PARTS = 10_000;

/** Parts on their way at once: so many are in memory. */
const PARTS_AT_ONCE = 3;

/** Puts a file of any size into a bucket; only some parts of it are in memory. Throws a Problem when it is refused. */
export async function putFile(bucket: Bucket, key: string, file: InputFile): Promise<void> {
	if (file.size !== undefined && file.size <= PART) {
		const pieces: Uint8Array[] = [];
		for await (const piece of file.open()) pieces.push(piece);
		await bucket.send('PUT', key, { body: Buffer.concat(pieces) });
		return;
	}
	await inParts(bucket, key, async (uploadId) => await putParts(bucket, key, uploadId, file));
}

/** Makes an object of parts, which `put` sends; it gives their tags in their order. */
export async function inParts(bucket: Bucket, key: string, put: (uploadId: string) => Promise<string[]>): Promise<void> {
	const uploadId = /<UploadId>([^<]+)</.exec(String((await bucket.send('POST', key, { query: { uploads: '' } })).body))?.[1] ?? '';
	let isComplete = false;
	try {
		const tags = await put(uploadId);
		await bucket.send('POST', key, { query: { uploadId }, body: completion(tags) });
		isComplete = true;
	} finally {
		// the storage keeps the parts of a broken upload, and charges for them, until it is told
		if (!isComplete) await bucket.send('DELETE', key, { query: { uploadId }, afterStop: true }).catch(() => {});
	}
}

/** The tags that the storage gives the parts, in their order. */
async function putParts(bucket: Bucket, key: string, uploadId: string, file: InputFile): Promise<string[]> {
	const tags: string[] = [];
	const size = Math.max(PART, Math.ceil((file.size ?? 0) / MOST_PARTS / MEBIBYTE) * MEBIBYTE);
	await each(chunks(file, size), PARTS_AT_ONCE, async (body, index) => {
		const { headers } = await bucket.send('PUT', key, { query: { partNumber: String(index + 1), uploadId }, body });
		tags[index] = String(headers.etag);
	});
	return tags;
}

const completion = (tags: string[]) =>
	Buffer.from(`<CompleteMultipartUpload>${tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag.replace(/"/g, '&quot;')}</ETag></Part>`).join('')}</CompleteMultipartUpload>`);
