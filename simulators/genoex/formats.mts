import type { Genotype } from './records.mts';

// pieces of a file large enough to be written at once
const PIECE = 256 * 1024;

/** A line of a 706 file (GenoEx file 706). */
export function line706(genotype: Genotype): string {
	const { breed, country, sex, number, organization, uuid, laboratory, sample, array, digits } = genotype;
	return `${['706', breed, country, sex, number, organization, uuid, laboratory, sample, '', array.code, digits()].join(';')}\n`;
}

/** A line of a 711 file (GenoEx file 711). */
export function line711({ breed, country, sex, number, uuid, sharedWith }: Genotype): string {
	return `${['711', breed, country, sex, number, uuid, sharedWith.join(',')].join(';')}\n`;
}

/** The lines of genotypes, many in a piece, each made when it is wanted. */
export function* linesIn(genotypes: Genotype[], line: (genotype: Genotype) => string): Generator<string> {
	let piece = '';
	for (const genotype of genotypes) {
		piece += line(genotype);
		if (piece.length < PIECE) continue;
		yield piece;
		piece = '';
	}
	if (piece !== '') yield piece;
}
