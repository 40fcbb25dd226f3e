/** What the sketches need besides the engine, and what their providers' folders will hold. */

export const base64 = (words: string): string => Buffer.from(words).toString('base64');

/** Gencove: an address in the bucket, with the headers that sign a request to it. */
export declare function signed(method: string, slot: object, query: string): { url: string; headers: Record<string, string> };

/** Gencove: the ID of a multipart upload, in the bucket's answer. */
export declare function uploadId(xml: unknown): string;

/** Gencove: the message that puts the parts of an upload together. */
export declare function completion(tags: Array<string | undefined>): Uint8Array;

export declare function batchesOf<T>(rows: T[], size: number): Generator<T[]>;
