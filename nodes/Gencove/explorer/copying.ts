import { each } from '../../shared/each';
import { encoded } from '../signing';
import { inParts } from '../storing';
import type { Place } from './storage';

const GIBIBYTE = 2 ** 30;

/** Bytes that one copy takes at the most, and bytes of a part of more (Amazon S3, "Copying, moving, and renaming objects"). */
const LARGEST = 5 * GIBIBYTE;
const PART = GIBIBYTE;

/** Parts that are copied at once. */
const PARTS_AT_ONCE = 3;

/** Copies an object inside the storage, of any size. Throws a Problem when it is refused. */
export async function copy(source: Place, target: Place, { largest, part } = { largest: LARGEST, part: PART }): Promise<void> {
	const from = { 'x-amz-copy-source': `/${source.bucket.name}/${encoded(source.key)}` };
	const { headers } = await source.bucket.send('HEAD', source.key);
	const size = Number(headers['content-length']);
	if (size <= largest) {
		await target.bucket.send('PUT', target.key, { headers: from });
		return;
	}
	await inParts(target.bucket, target.key, async (uploadId) => {
		const tags: string[] = [];
		await each(ranges(size, part), PARTS_AT_ONCE, async (range, index) => {
			const query = { partNumber: String(index + 1), uploadId };
			const { body } = await target.bucket.send('PUT', target.key, { query, headers: { ...from, 'x-amz-copy-source-range': `bytes=${range}` } });
			tags[index] = /<ETag>(.*?)<\/ETag>/.exec(String(body))?.[1].replace(/&quot;/g, '"') ?? '';
		});
		return tags;
	});
}

/** The parts of a size, as their first and last bytes. */
function* ranges(size: number, part: number): Generator<string> {
	for (let start = 0; start < size; start += part) yield `${start}-${Math.min(start + part, size) - 1}`;
}
