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

/** Characters of a value that is long, such as the genotypes of an array; and such as JSON writes as they are. */
const LONG = 4096;
const PLAIN = /^[\w ]*$/;

/** The texts of one JSON object. A long value is a text by itself: JSON.stringify would copy it several times. */
function* jsonTexts(record: GenoExRecord, columns: string[]): Generator<string> {
	let begun = '{';
	for (const [index, name] of columns.entries()) {
		const value = record[name];
		begun += `${index === 0 ? '' : ','}${JSON.stringify(name)}:`;
		if (value.length < LONG || Array.isArray(value) || !PLAIN.test(value)) {
			begun += JSON.stringify(value);
			continue;
		}
		yield `${begun}"`;
		yield value;
		begun = '"';
	}
	yield `${begun}}\n`;
}

/** One JSON object a line, with these columns. */
export async function* toNdjson(records: AsyncIterable<GenoExRecord>, columns: string[]): AsyncGenerator<Buffer> {
	async function* texts() {
		for await (const record of records) yield* jsonTexts(record, columns);
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
