import type { Spool } from '../shared/spool.mts';
import type { SnpArray } from './catalogue.mts';

/** A login; several may belong to one organisation and share its rights and jobs. */
export interface Login {
	username: string;
	password: string;
	organization: string;
}

/** One genotype, a record of a 706 file. */
export interface Genotype {
	uuid: string;
	breed: string;
	country: string;
	sex: string;
	/** 12 characters; with breed, country and sex the animal's international id */
	number: string;
	/** its owner */
	organization: string;
	laboratory: string;
	sample: string;
	array: SnpArray;
	/** share of SNPs that are known, 0 to 1 */
	callRate: number;
	/** milliseconds since 1970 */
	uploadedAt: number;
	/** organisations other than the owner that may fetch it */
	sharedWith: string[];
	/** one digit per SNP; read or made each time, so that memory holds none of them */
	digits: () => string;
}

/** A file of an upload. Its content lasts until its job has ended. */
export interface ReceivedFile {
	/** of its part: `access_file` (711) or `dataset_file` (706) */
	name: string;
	filename: string;
	size: number;
	sha256: string;
	contentType: string;
	content: Spool;
}

export const TERMINAL = ['FINISHED', 'FAILED'] as const;
export type Terminal = (typeof TERMINAL)[number];

/** How a job ended. */
export interface Outcome {
	status: Terminal;
	error: string;
	error_list: unknown[];
}

export interface Job {
	id: string;
	kind: 'upload' | 'extraction';
	organization: string;
	/** every status it was in */
	history: Array<{ status: string; at: number }>;
	/** set when it has ended */
	outcome?: Outcome;
	/** the zip of a finished extraction */
	result?: Spool;
}

/** Where a job stands now. */
export const current = ({ history }: Job) => history[history.length - 1];

/** International id of the animal that a genotype is of: breed, country, sex, number. */
export const animalOf = ({ breed, country, sex, number }: Genotype): string => breed + country + sex + number;
