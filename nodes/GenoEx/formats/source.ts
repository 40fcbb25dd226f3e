import { Problem } from '../../shared/problem';
import type { InputFile } from '../../shared/transfer';
import { unzip } from '../../shared/zip';
import type { Format } from './format';

/** How a zip begins: with a file, or, when it is empty, with the end of its list. */
const ZIP_STARTS = ['PK\u0003\u0004', 'PK\u0005\u0006'];

/** Names of files that a message lists. */
const MOST_NAMES = 5;

export const startsAsZip = (head: Uint8Array): boolean => ZIP_STARTS.includes(Buffer.from(head).subarray(0, 4).toString('latin1'));

export async function isZip(file: Pick<InputFile, 'open'>): Promise<boolean> {
	let head = Buffer.alloc(0);
	for await (const piece of file.open()) {
		head = Buffer.concat([head, piece.subarray(0, 4 - head.length)]);
		if (head.length === 4) break;
	}
	return startsAsZip(head);
}

/**
 * The text in a file that is a zip or the text itself; the first bytes tell. In a zip it is the file with the name of
 * the format or, as nobody knows what GenoEx calls its own, the only one. `strictName` wants the name, as GenoEx does
 * of what is submitted. Throws a Problem that says what is in the zip instead.
 */
export async function sourceOf(format: Format, file: Pick<InputFile, 'name' | 'open'>, { strictName = false } = {}): Promise<AsyncIterable<Uint8Array>> {
	if (!(await isZip(file))) return file.open();
	const files = await unzip(file);
	const wanted = files.find(({ name }) => format.innerNames.includes(name)) ?? (strictName || files.length > 1 ? undefined : files[0]);
	if (wanted) return wanted.open();
	const names = files.slice(0, MOST_NAMES).map(({ name }) => name).join(', ');
	const found = files.length > MOST_NAMES ? `${files.length} files, among them ${names}` : names || 'no file';
	throw new Problem(`There is no ${format.innerNames.join(' or ')} in "${file.name}"`, {
		description: `The zip holds ${found}. The file of format ${format.code} in it must be named ${format.innerNames[0]}`,
	});
}
