import type { Clock } from '../shared/clock.mts';
import { Made } from '../shared/content.mts';
import type { Content } from '../shared/content.mts';
import { Spool } from '../shared/spool.mts';
import { OBJECT_SEEDS } from './object-seeds.mts';
import type { Project, StoredObject } from './records.mts';
import { StorageError } from './storage-errors.mts';

/** The objects in all buckets, of any size: what was uploaded lies in temporary files without a name. */
export class Objects {
	private readonly clock: Clock;
	private readonly buckets = new Map<string, Map<string, StoredObject>>();

	constructor(clock: Clock) {
		this.clock = clock;
		this.reset();
	}

	/** Back to the seeds; gives the disk space back. */
	reset(): void {
		for (const bucket of this.buckets.values()) for (const { content } of bucket.values()) close(content);
		this.buckets.clear();
		for (const { bucket, key, text, contentType, at } of OBJECT_SEEDS) this.in(bucket).set(key, { content: new Made(() => text), contentType, modifiedAt: at });
	}

	/** Objects of a bucket by their keys. */
	in(bucket: string): Map<string, StoredObject> {
		const objects = this.buckets.get(bucket) ?? new Map<string, StoredObject>();
		this.buckets.set(bucket, objects);
		return objects;
	}

	/** Objects of a project whose keys begin so, in the order of the alphabet, by their keys behind the project's prefix. */
	below({ bucket, prefix }: Project, start: string): Array<[string, StoredObject]> {
		return [...this.in(bucket)]
			.filter(([key]) => key.startsWith(prefix + start))
			.map(([key, object]): [string, StoredObject] => [key.slice(prefix.length), object])
			.sort(([a], [b]) => (a < b ? -1 : 1));
	}

	/** @throws StorageError when it is not there */
	get(bucket: string, key: string): StoredObject {
		const object = this.in(bucket).get(key);
		if (!object) throw new StorageError('NoSuchKey');
		return object;
	}

	/** Puts an object in place, of the one that was there if there was one. */
	put(bucket: string, key: string, { content, contentType }: { content: Content; contentType: string }): void {
		this.delete(bucket, key);
		this.in(bucket).set(key, { content, contentType, modifiedAt: this.clock.now() });
	}

	delete(bucket: string, key: string): void {
		const object = this.in(bucket).get(key);
		this.in(bucket).delete(key);
		if (object && !this.isInUse(object.content)) close(object.content);
	}

	// a copy shares its bytes
	private isInUse(content: Content): boolean {
		return [...this.buckets.values()].some((bucket) => [...bucket.values()].some((other) => other.content === content));
	}
}

function close(content: Content): void {
	if (content instanceof Spool) content.close();
}
