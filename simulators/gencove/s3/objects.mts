import { createHash, randomUUID } from 'node:crypto';
import { Spool } from '../../shared/spool.mts';
import type { Content } from '../../shared/content.mts';
import { S3Error } from './errors.mts';

// of S3
const SMALLEST_PART = 5 * 1024 * 1024;
const LAST_PART = 10_000;

/** A thing in a bucket. */
export interface StoredObject {
	content: Content;
	/** with its quotes */
	etag: string;
	/** milliseconds since 1970 */
	modifiedAt: number;
	contentType: string;
	tags: Record<string, string>;
	/** days that it was asked back for from the deep archive, and until when it is there; null: not asked back */
	restored: { until: number } | null;
}

interface Region {
	offset: number;
	length: number;
	etag: string;
}

/** What arrives in parts: all of it lies in one file, each part where there was room for it. */
class Multipart {
	readonly id = randomUUID();
	readonly bucket: string;
	readonly key: string;
	readonly contentType: string;
	readonly spool = new Spool();
	private readonly parts = new Map<number, Region>();
	private reserved = 0;

	constructor(bucket: string, key: string, contentType: string) {
		this.bucket = bucket;
		this.key = key;
		this.contentType = contentType;
	}

	/** Room for a part of so many bytes; returns where it begins. */
	reserve(length: number): number {
		const offset = this.reserved;
		this.reserved += length;
		return offset;
	}

	/** A part is whole; one of the same number gives way. */
	put(number: number, region: Region): void {
		if (!(number >= 1 && number <= LAST_PART)) throw new S3Error('InvalidArgument');
		this.parts.set(number, region);
	}

	/** The parts, joined. @param wanted numbers and ETags, in order */
	join(wanted: Array<{ number: number; etag: string }>): { content: Content; etag: string } {
		if (wanted.length === 0) throw new S3Error('MalformedXML');
		if (wanted.some(({ number }, index) => index > 0 && number <= wanted[index - 1].number)) throw new S3Error('InvalidPartOrder');
		const regions = wanted.map(({ number, etag }) => {
			const region = this.parts.get(number);
			if (region === undefined || region.etag !== etag) throw new S3Error('InvalidPart');
			return region;
		});
		if (regions.slice(0, -1).some(({ length }) => length < SMALLEST_PART)) throw new S3Error('EntityTooSmall');
		const sums = regions.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex'));
		return { content: new Joined(this.spool, regions), etag: `"${createHash('md5').update(Buffer.concat(sums)).digest('hex')}-${sums.length}"` };
	}
}

/** Regions of a file, one after the other. */
class Joined implements Content {
	readonly length: number;
	private readonly spool: Spool;
	private readonly regions: Array<Region & { start: number }> = [];

	constructor(spool: Spool, regions: Region[]) {
		this.spool = spool;
		let start = 0;
		for (const region of regions) {
			this.regions.push({ ...region, start });
			start += region.length;
		}
		this.length = start;
	}

	/** At most to the end of a region. */
	read(offset: number, length: number): Buffer {
		const region = this.regions.find(({ start, length: size }) => offset < start + size);
		if (!region) return Buffer.alloc(0);
		const within = offset - region.start;
		return this.spool.read(region.offset + within, Math.min(length, region.length - within));
	}
}

/** The objects in all buckets, of any size: they lie in temporary files without a name until the next reset. */
export class Objects {
	private readonly buckets = new Map<string, Map<string, StoredObject>>();
	private readonly multiparts = new Map<string, Multipart>();
	private spools: Spool[] = [];

	reset(): void {
		for (const spool of this.spools) spool.close();
		this.spools = [];
		this.buckets.clear();
		this.multiparts.clear();
	}

	newSpool(): Spool {
		const spool = new Spool();
		this.spools.push(spool);
		return spool;
	}

	/** The keys of a bucket, in the order of the alphabet, with what they hold. */
	in(bucket: string): Array<[string, StoredObject]> {
		return [...(this.buckets.get(bucket) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
	}

	/** @throws S3Error when it is not there */
	get(bucket: string, key: string): StoredObject {
		const object = this.buckets.get(bucket)?.get(key);
		if (!object) throw new S3Error('NoSuchKey');
		return object;
	}

	put(bucket: string, key: string, object: Omit<StoredObject, 'tags' | 'restored'> & Partial<StoredObject>): void {
		const objects = this.buckets.get(bucket) ?? new Map<string, StoredObject>();
		this.buckets.set(bucket, objects.set(key, { tags: {}, restored: null, ...object }));
	}

	delete(bucket: string, key: string): void {
		this.buckets.get(bucket)?.delete(key);
	}

	begin(bucket: string, key: string, contentType: string): string {
		const multipart = new Multipart(bucket, key, contentType);
		this.spools.push(multipart.spool);
		this.multiparts.set(multipart.id, multipart);
		return multipart.id;
	}

	/** @throws S3Error when there is none with that id for that key */
	multipart(bucket: string, key: string, id: string): Multipart {
		const multipart = this.multiparts.get(id);
		if (multipart?.bucket !== bucket || multipart.key !== key) throw new S3Error('NoSuchUpload');
		return multipart;
	}

	/** Forgets one that is done or given up. @param drop whether its bytes go too */
	end(id: string, drop: boolean): void {
		if (drop) this.multiparts.get(id)?.spool.close();
		this.multiparts.delete(id);
	}

	/** How many uploads in parts are under way. */
	get underWay(): number {
		return this.multiparts.size;
	}
}
