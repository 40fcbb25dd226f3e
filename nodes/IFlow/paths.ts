import type { IDataObject } from 'n8n-workflow';

import { text, type Field, type Place, type Spec } from '../shared/field';
import { Problem } from '../shared/problem';

const ADVICE = 'Give the path within the project, such as samples/p-001/uploads/reads_R1.fastq.gz';

function checked(path: string, label: string): string {
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) throw new Problem(`"${label}" is a full address`, { description: `${ADVICE}, without the bucket` });
	if (path.startsWith('/')) throw new Problem(`"${label}" begins with a slash`, { description: ADVICE });
	if (path.split('/').some((part) => part === '..' || part === '.')) throw new Problem(`"${label}" holds a step to another folder`, { description: ADVICE });
	return path;
}

/** The path of a file that is there (contract, section 6.2). Throws a Problem for what is none. */
export function objectPath(path: string, label: string): string {
	if (path.endsWith('/')) throw new Problem(`"${label}" names a folder`, { description: ADVICE });
	return checked(path, label);
}

/** The path of a file that is to be made: iFlow takes no white space in it. */
export function newPath(path: string, label: string): string {
	if (/\s/.test(path)) throw new Problem(`"${label}" holds a blank, which iFlow does not take`, { description: 'Name the file without blanks, with "_" in their place' });
	return objectPath(path, label);
}

/** The path of a folder, with a slash at its end; '/' is the whole project. */
export const folderPath = (path: string, label: string): string => (path === '/' ? path : `${checked(path, label)}/`.replace(/\/+$/, '/'));

type Check = (path: string, label: string) => string;

/** A field for a path that is checked before anything is sent. */
export function path<const S extends Spec<string> & ({ required: true } | { default: string })>(label: string, check: Check, spec: S) {
	type PlaceOf = S extends { place: infer P extends Place } ? P : undefined;
	const made = text(label, spec) as unknown as Field<string, PlaceOf>;
	return { ...made, read: (raw, reading) => check(made.read(raw, reading), label) } satisfies Field<string, PlaceOf>;
}

/** The short form of an ID as folders have it (contract, section 6.2). */
export const slugOf = (id: string): string => id.toLowerCase().replace(/[^a-z\d]+/g, '-').replace(/^-|-$/g, '');

/** The last part of a path. */
export const leafOf = (path: string): string => path.replace(/\/+$/, '').split('/').pop() ?? '';

/** The bucket of a project, with its address; undefined where iFlow does not tell it. Servers name it with or without its scheme (contract, section 3). */
export function bucketOf({ bucket_name: told }: IDataObject): { name: string; address: string } | undefined {
	const [, scheme = 'gs', name] = /^(?:(gs|s3):\/\/)?([^/]+)/.exec(String(told ?? '')) ?? [];
	return name === undefined ? undefined : { name, address: `${scheme}://${name}` };
}

/** The path within the project of a file whose full address a run tells. Throws a Problem where it lies in another bucket. */
export function pathIn(address: string, bucket: string | undefined): string {
	const [, name, path] = /^(?:gs|s3):\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
	if (name === undefined) return address;
	if (bucket !== undefined && name !== bucket) throw new Problem('The file lies in another bucket than that of the project', { description: `It is in "${name}", the project has "${bucket}". Choose the project that the run belongs to` });
	return path;
}
