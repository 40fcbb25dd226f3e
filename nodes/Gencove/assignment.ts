import type { IDataObject } from 'n8n-workflow';

import { clock } from '../shared/clock';
import type { Json } from '../shared/operation';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { everyRow } from './api';

/** A row of the sample sheet: the reads of one sample. */
export interface SheetRow extends IDataObject {
	client_id: string;
	fastq: { r1?: UploadRef | null; r2?: UploadRef | null };
}

interface UploadRef extends IDataObject {
	upload: string;
	destination_path: string;
}

/** Samples that one call takes. */
const SAMPLES_A_CALL = 200;

/** Pauses between two looks at the sample sheet, and when the rows that are missing are given up, ms. */
const PAUSE = 10_000;
const LIMIT = 300_000;

/** Groups of so many, in their order. */
export function* groupsOf<T>(all: T[], size: number): Generator<T[]> {
	for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

const refsOf = ({ fastq }: SheetRow) => [fastq.r1, fastq.r2].filter((ref) => ref !== undefined && ref !== null);

/** The IDs of the uploads of a row. */
export const uploadsOf = (row: SheetRow): string[] => refsOf(row).map(({ upload }) => upload);

/** The rows of the sample sheet below a path. The service looks for the path anywhere at the beginning, so others are left out. */
export async function sheetBelow(connection: Connection, path: string, status: string): Promise<SheetRow[]> {
	const found: SheetRow[] = [];
	for await (const row of everyRow(connection, 'GET sample-sheet/', { query: { search: path, status, sort_by: 'created', sort_order: 'asc' } })) {
		if (refsOf(row as SheetRow).every(({ destination_path }) => destination_path === path || destination_path.startsWith(`${path}/`))) found.push(row as SheetRow);
	}
	return found;
}

/**
 * The rows of uploads that have just been sent, without those of which samples were made before: the service takes some
 * seconds to see them. Throws a Problem when some are not there after five minutes.
 */
export async function sheetOf(connection: Connection, folder: string, uploads: string[]): Promise<SheetRow[]> {
	const started = clock.now();
	const ours = new Set(uploads);
	for (;;) {
		const waiting = await sheetBelow(connection, folder, 'unassigned');
		const assigned = await sheetBelow(connection, folder, 'assigned');
		const seen = new Set([...waiting, ...assigned].flatMap(uploadsOf));
		if (uploads.every((upload) => seen.has(upload))) return waiting.filter((row) => uploadsOf(row).some((upload) => ours.has(upload)));
		if (connection.signal?.aborted) throw new Problem('The execution was stopped');
		if (clock.now() - started >= LIMIT) {
			throw new Problem('Gencove has not seen all files of the upload', { description: `They were sent to ${folder}, and nothing was assigned. Look at "Upload > Get Sample Sheet" later, then use "Sample > Assign Uploads"` });
		}
		await clock.sleep(PAUSE, connection.signal);
	}
}

/** Throws a Problem for a project that is not there, so that nothing is sent for it. */
export async function checkProject(connection: Connection, projectId: string): Promise<void> {
	if (projectId !== '') await connection.send('GET projects/{projectId}', { path: { projectId } });
}

/** Makes samples of rows of the sample sheet in a project, which starts their analysis; gives an object for each sample. */
export async function assign(connection: Connection, projectId: string, sheet: SheetRow[], metadata: unknown): Promise<IDataObject[]> {
	const samples: IDataObject[] = [];
	for (const group of groupsOf(sheet, SAMPLES_A_CALL)) {
		const uploads = group.map(({ client_id, fastq: { r1, r2 } }) => ({ client_id, fastq: { r1: r1 && { upload: r1.upload }, ...(r2 && { r2: { upload: r2.upload } }) } }));
		const body = { uploads, ...(metadata !== undefined && { metadata }) } as unknown as Json;
		const answer = (await sent(connection, projectId, body, samples)) as { uploads?: IDataObject[] } | undefined;
		samples.push(...(answer?.uploads ?? []));
	}
	return samples;
}

/** A call that fails in the middle says which samples were made before. */
async function sent(connection: Connection, projectId: string, body: Json, before: IDataObject[]): Promise<unknown> {
	return await connection.send('POST project-samples/{projectId}', { path: { projectId }, body }).catch((cause: Problem) => {
		const made = before.length === 0 ? '' : `. Made before: ${before.map(({ client_id: name, sample }) => `${String(name)} (${String(sample)})`).join(', ')}`;
		throw new Problem(cause.message, { status: cause.status, uncertain: cause.uncertain || before.length > 0, description: `${cause.description ?? ''}${made}` });
	});
}
