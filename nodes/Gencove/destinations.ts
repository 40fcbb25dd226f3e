import { randomUUID } from 'node:crypto';

import { clock } from '../shared/clock';
import { Problem } from '../shared/problem';

const SCHEME = 'gncv://';

/** File names that Gencove takes as reads. */
const READS = /\.(fastq|fq)\.b?gz$/i;

/** Throws a Problem for a file that gets a name of reads, and is by its own none: one that is not compressed. A name without an ending tells nothing. */
export function checkSource(name: string): void {
	if (!name.includes('.') || /\.(b?gz|gzip)$/i.test(name)) return;
	throw new Problem(`"${name}" is not a file of compressed reads by its name`, { description: 'Gencove takes reads in FASTQ format, compressed: a name that ends in .fastq.gz, for instance' });
}

/** A folder that nobody has used yet: a path whose upload was deleted is refused for ever. */
function freshFolder(): string {
	const stamp = new Date(clock.now()).toISOString().replace(/\D/g, '').slice(0, 14);
	return `${SCHEME}n8n-${stamp}-${randomUUID().replace(/-/g, '')}`;
}

/** A folder of the upload area without a slash at its end: the user's, else a fresh one. Throws a Problem for another kind of path. */
export function folderOf(given: string | undefined): string {
	const folder = (given ?? freshFolder()).replace(/\/+$/, '');
	if (folder.startsWith(SCHEME) && folder.length > SCHEME.length) return folder;
	throw new Problem(`"${folder}" is not a folder of the upload area`, { description: 'Give it as gncv:// and a name, such as gncv://plate7, or leave it empty' });
}

/** A folder beside another one, for a file that is not the one there. */
export const folderBeside = (folder: string): string => `${folder}-${randomUUID().slice(0, 8)}`;

/** The path of a file in a folder; sub-folders stay. Throws a Problem for a name that Gencove does not take. */
export function pathOf(folder: string, name: string): string {
	const parts = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
	if (READS.test(name)) return [folder, ...parts].join('/');
	throw new Problem(`"${name}" is not a file of reads by its name`, { description: 'Its name must end in .fastq.gz, .fastq.bgz, .fq.gz or .fq.bgz' });
}

/**
 * The name by which Gencove knows whose reads a file holds, and which of the two. Throws a Problem for a client ID
 * with an underscore, which is where Gencove cuts it off.
 */
export function readsName(clientId: string, read: string): string {
	const side = /^r?([12])$/i.exec(read.trim())?.[1];
	if (side === undefined) throw new Problem(`"${read}" is neither R1 nor R2`, { description: 'Give R1 for the first reads of a pair, or for single ones, and R2 for the second' });
	if (/[_/]/.test(clientId) || clientId.trim() === '') throw new Problem(`"${clientId}" cannot be a client ID`, { description: 'A client ID has no underscore and no slash' });
	return `${clientId.trim()}_R${side}.fastq.gz`;
}
