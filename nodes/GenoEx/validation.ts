import { Problem } from '../shared/problem';
import type { InputFile } from '../shared/transfer';
import { check } from './formats/check';
import type { Format } from './formats/format';
import { lines } from './formats/lines';
import { isZip, sourceOf } from './formats/source';

/**
 * Reads a file whole before it is sent, a line at a time. Throws a Problem that lists the first faults with their
 * lines: GenoEx takes all of a file or nothing, and tells so only when its job has ended.
 */
export async function validate(format: Format, label: string, file: InputFile): Promise<void> {
	const refuse = (what: string, description: string) => {
		throw new Problem(`"${label}" ${what}`, { description });
	};
	if (!(await isZip(file))) refuse('is not a zip', `GenoEx takes ${format.innerNames[0]} in a zip only: make one with File > Build`);
	const { records, faults } = await check(format, lines(await sourceOf(format, file, { strictName: true })));
	if (faults.length > 0) refuse(`has faults (format ${format.code}); nothing was sent`, `${faults.join('\n')}\nCorrect them, or switch "Validate Before Sending" off`);
	if (records === 0) refuse('holds no record; nothing was sent', 'Give a file with at least one line');
}
