import { Problem } from '../../shared/problem';

/** A line without its end; the first of a file has number 1. */
export interface Line {
	number: number;
	text: string;
}

/** Bytes (16 MiB). The largest arrays have some million SNPs, a byte each. */
const LONGEST = 16 << 20;

const NEW_LINE = 10;

/** Spreadsheet programs put it in front of a text; it is no part of it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Cuts bytes into lines that end in \n or \r\n. Empty lines are counted, but left out. In memory is one piece of the
 * bytes, or one line where it is longer.
 */
export async function* lines(content: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
	/** The beginning of a line whose end has not come yet. */
	let begun: Uint8Array[] = [];
	let bytes = 0;
	let number = 0;
	function* cut(end: Uint8Array): Generator<Line> {
		// all lines of a piece at once: a decoded line each would take twice as long
		for (const line of Buffer.concat([...begun, end]).toString('utf8').split('\n')) {
			number += 1;
			const whole = number === 1 && line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
			const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
			if (text !== '') yield { number, text };
		}
	}
	for await (const piece of content) {
		const end = piece.lastIndexOf(NEW_LINE);
		if (end >= 0) {
			yield* cut(piece.subarray(0, end));
			begun = [];
			bytes = 0;
		}
		const rest = piece.subarray(end + 1);
		begun.push(rest);
		bytes += rest.length;
		if (bytes > LONGEST) {
			throw new Problem(`Line ${number + 1} is longer than 16 MiB`, { description: 'The file must be text with one record a line' });
		}
	}
	yield* cut(new Uint8Array());
}
