import { csvLine } from '../../shared/csv';
import type { GenoExRecord } from './format';

/** Characters that are given out at once. */
const PIECE_SIZE = 64 << 10;

/** Gathers texts to pieces of 64 KiB or more. */
export async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
	let gathered: string[] = [];
	let length = 0;
	for await (const text of texts) {
		gathered.push(text);
		length += text.length;
		if (length < PIECE_SIZE) continue;
		yield Buffer.from(gathered.join(''), 'utf8');
		gathered = [];
		length = 0;
	}
	if (length > 0) yield Buffer.from(gathered.join(''), 'utf8');
}

/** One JSON object a line, with these columns. */
export async function* toNdjson(records: AsyncIterable<GenoExRecord>, columns: string[]): AsyncGenerator<Buffer> {
	async function* texts() {
		for await (const record of records) {
			const chosen: GenoExRecord = {};
			for (const name of columns) chosen[name] = record[name];
			yield `${JSON.stringify(chosen)}\n`;
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
