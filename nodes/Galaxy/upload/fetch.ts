import type { IDataObject } from 'n8n-workflow';

import type { Json } from '../../shared/operation';
import type { Connection } from '../../shared/request';
import type { InputFile } from '../../shared/transfer';
import { sendInChunks } from './resumable';

/** Bytes up to which all files of an upload go along with the request (contract, section 5, b). */
const MOST_AT_ONCE = 10_000_000;

/** What Galaxy makes of an upload. */
export interface Fetched {
	outputs: IDataObject[];
	jobs: IDataObject[];
}

/** The place of a file in the request: the files of the targets in their order. */
const partOf = (index: number) => `files_${index}|file_data`;

const fitsAtOnce = (files: InputFile[]) => files.reduce((sum, { size = Infinity }) => sum + size, 0) <= MOST_AT_ONCE;

/**
 * Has Galaxy put data where the targets say. Small files go along; large ones, and those whose size n8n does not know,
 * are sent before in chunks.
 *
 * @param personal values that no message may repeat
 */
export async function fetchData(connection: Connection, body: Record<string, Json | undefined>, files: InputFile[], personal: string[]): Promise<Fetched> {
	if (files.length > 0 && fitsAtOnce(files)) {
		const parts = files.map((file, i) => ({ name: partOf(i), file }));
		return (await connection.send('POST api/tools/fetch', { body: given(body), parts, personal })) as Fetched;
	}
	const sessions: Record<string, Json> = {};
	for (const [i, file] of files.entries()) sessions[partOf(i)] = { session_id: await sendInChunks(connection, file), name: file.name };
	return (await connection.send('POST api/tools/fetch', { body: { ...body, ...sessions }, personal })) as Fetched;
}

/** A form has no word for nothing. */
const given = (body: Record<string, Json | undefined>) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
