import { Problem } from '../shared/problem';

/** The two datasets of a pair, as Galaxy names them. */
export const ENDS = ['forward', 'reverse'];

/** What tells the two files of a pair apart: the numbers of the reads, behind a separator. */
const MARK = /[._-]+[rR]?$/;

/** The name of a sample, as the names of its two files begin; undefined where they begin differently. */
export function pairName(forward: string, reverse: string): string | undefined {
	let length = 0;
	while (length < forward.length && forward[length] === reverse[length]) length += 1;
	return forward.slice(0, length).replace(MARK, '') || undefined;
}

/**
 * Entries in twos, each pair with its name: one of `names`, or the one that both file names begin with.
 * Throws a Problem for an odd number, and for pairs without a name.
 */
export function inPairs<T>(entries: T[], names: string[], fileName: (entry: T) => string): Array<{ name: string; pair: [T, T] }> {
	if (entries.length === 0 || entries.length % 2 === 1) throw new Problem(`${entries.length} datasets cannot be put in pairs`, { description: 'Give the forward and the reverse reads of one sample after the other' });
	checkCount(names, entries.length / 2, 'pairs');
	return Array.from({ length: entries.length / 2 }, (_none, i) => {
		const pair: [T, T] = [entries[2 * i], entries[2 * i + 1]];
		const name = names[i] ?? pairName(fileName(pair[0]), fileName(pair[1]));
		if (name === undefined) throw new Problem(`"${fileName(pair[0])}" and "${fileName(pair[1])}" do not look like a pair`, { description: 'Give the forward and the reverse reads of one sample after the other, or set "Names"' });
		return { name, pair };
	});
}

/** Throws a Problem when there are names, but not one for each. */
export function checkCount(names: string[], wanted: number, noun: string): void {
	if (names.length === 0 || names.length === wanted) return;
	throw new Problem(`The number of names (${names.length}) is not that of the ${noun} (${wanted})`, { description: 'Give one name for each in "Names", none twice, or leave it empty' });
}
