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
 * bytes, and the line that is begun in it.
 */
export async function* lines(content: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
	/** The beginning of a line whose end has not come yet: its first `length` bytes. One for all lines, so that none waits to be freed. */
	let begun = Buffer.alloc(1 << 16);
	let length = 0;
	let number = 0;
	function append(bytes: Uint8Array) {
		const longer = length + bytes.length;
		if (longer > LONGEST) {
			throw new Problem(`Line ${number + 1} is longer than 16 MiB`, { description: 'The file must be text with one record a line' });
		}
		if (longer > begun.length) begun = Buffer.concat([begun], 2 * longer);
		begun.set(bytes, length);
		length = longer;
	}
	function* cut(bytes: Uint8Array): Generator<Line> {
		// all lines of a piece at once: a decoded line each would take twice as long
		for (const line of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').split('\n')) {
			number += 1;
			const whole = number === 1 && line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
			const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
			if (text !== '') yield { number, text };
		}
	}
	for await (const piece of content) {
		const first = piece.indexOf(NEW_LINE);
		const last = piece.lastIndexOf(NEW_LINE);
		if (first >= 0) {
			append(piece.subarray(0, first));
			yield* cut(begun.subarray(0, length));
			length = 0;
		}
		if (last > first) yield* cut(piece.subarray(first + 1, last));
		append(piece.subarray(last + 1));
	}
	yield* cut(begun.subarray(0, length));
}
