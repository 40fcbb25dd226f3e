import { csvLine } from '../../shared/csv';
import type { GenoExRecord } from './format';

/** Bytes that are given out at once. */
const PIECE_SIZE = 64 << 10;

/** The most bytes of a character that is one of a JavaScript text (UTF-8). */
const BYTES_OF_CHARACTER = 3;

/** Gathers short texts to pieces of 64 KiB. A long one is a piece by itself: joined with others it would be copied twice. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
	let piece = Buffer.alloc(PIECE_SIZE);
	let length = 0;
	for await (const text of texts) {
		const most = BYTES_OF_CHARACTER * text.length;
		if (length + most > PIECE_SIZE && length > 0) {
			yield piece.subarray(0, length);
			piece = Buffer.alloc(PIECE_SIZE);
			length = 0;
		}
		if (most > PIECE_SIZE) yield Buffer.from(text, 'utf8');
		else length += piece.write(text, length, 'utf8');
	}
	if (length > 0) yield piece.subarray(0, length);
}

/** One JSON object a line, with these columns. */
export async function* toNdjson(records: AsyncIterable<GenoExRecord>, columns: string[]): AsyncGenerator<Buffer> {
	async function* texts() {
		for await (const record of records) {
			const chosen: GenoExRecord = {};
			for (const name of columns) chosen[name] = record[name];
			yield JSON.stringify(chosen);
			yield '\n';
		}
	}
	yield* inPieces(texts());
}

/** Lists are written with commas. */
const cell = (value: string | string[]) => (Array.isArray(value) ? value.join(',') : value);

/** A table with a line of names, then one line a record, with these columns. */
export async function* toCsv(records: AsyncIterable<GenoExRecord>, columns: string[]): AsyncGenerator<Buffer> {
	async function* texts() {
		yield csvLine(columns);
		for await (const record of records) yield csvLine(columns.map((name) => cell(record[name])));
	}
	yield* inPieces(texts());
}
