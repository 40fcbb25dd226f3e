import { Problem } from '../../../shared/problem';
import type { GencoveFile } from '../../downloads';

/** A file that the user has already. */
export interface KnownFile {
	fileName?: unknown;
	fileSize?: unknown;
	checksum?: unknown;
}

/** What the tokens of a template stand for. */
interface Named {
	clientId: string;
	sampleId: string;
	type: string;
	/** Gencove's own name of the file. */
	own: string;
}

/** The name of a file by a template like those of Gencove's own client; parts of the path that are left empty are dropped. */
export function nameBy(template: string | undefined, { clientId, sampleId, type, own }: Named): string {
	if (template === undefined) return own;
	const values: Record<string, string> = { client_id: clientId, gencove_id: sampleId, file_type: type, file_extension: own.replace(/^[^.]*\.?/, ''), default_filename: own };
	const filled = template.replace(/\{(\w+)\}/g, (token, name: string) => (values[name] ?? token).replace(/[\\/]/g, '_'));
	return filled.split('/').filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}

/** The files that the user says to have: a list of objects, or a single one. Throws a Problem for anything else. */
export function knownFiles(given: unknown): KnownFile[] {
	const known = [given ?? []].flat();
	if (known.every((one) => typeof one === 'object' && one !== null)) return known as KnownFile[];
	throw new Problem('"Only New or Changed" is not a list of files', { description: 'Give a list of objects with fileName, and fileSize or checksum, as this operation gave them out' });
}

/** Whether the user has the file: by its name, and by checksum or size as far as both sides know them. */
export function isKnown(known: KnownFile[], name: string, { size, checksum_sha256: checksum }: GencoveFile): boolean {
	return known.some((one) => {
		if (one.fileName !== name) return false;
		if (one.checksum && checksum) return one.checksum === checksum;
		return !one.fileSize || !size || Number(one.fileSize) === Number(size);
	});
}
