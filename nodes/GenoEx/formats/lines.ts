import { Problem } from '../../shared/problem';

/** A line without its end; the first of a file has number 1. */
export interface Line {
	number: number;
	text: string;
}

/** Bytes. A genotype of the largest arrays has one million. */
const LONGEST = 16 << 20;

const NEW_LINE = 10;

/** Cuts bytes into lines that end in \n or \r\n. Empty lines are counted, but left out. One line is in memory at a time. */
export async function* lines(content: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
	let held: Uint8Array[] = [];
	let bytes = 0;
	let number = 1;
	const hold = (piece: Uint8Array) => {
		held.push(piece);
		bytes += piece.length;
		if (bytes > LONGEST) {
			throw new Problem(`Line ${number} is longer than ${LONGEST} bytes`, { description: 'The file must be text with one record a line' });
		}
	};
	const release = (): Line => {
		const line = Buffer.concat(held, bytes).toString('utf8');
		held = [];
		bytes = 0;
		return { number: number++, text: line.endsWith('\r') ? line.slice(0, -1) : line };
	};
	for await (const piece of content) {
		let start = 0;
		for (let end = piece.indexOf(NEW_LINE); end >= 0; end = piece.indexOf(NEW_LINE, start)) {
			hold(piece.subarray(start, end));
			start = end + 1;
			const line = release();
			if (line.text !== '') yield line;
		}
		if (start < piece.length) hold(piece.subarray(start));
	}
	const last = release();
	if (last.text !== '') yield last;
}
