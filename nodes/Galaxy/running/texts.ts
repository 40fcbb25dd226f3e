import type { Carried } from '../../shared/operation';
import type { Connection } from '../../shared/request';
import { readText } from '../../shared/transfer';

/** Bytes of a text that are read; Galaxy itself keeps less of what a job writes. */
const LONGEST = 1 << 20;

/** An answer that is text and nothing else: as an ordinary answer it would be read as JSON, or taken for a web page. */
export async function textOf(connection: Connection, line: string, carried: Carried): Promise<{ text: string; headers: Record<string, string | undefined> }> {
	const { headers, body } = await connection.stream(line, carried);
	const text = await readText(body, LONGEST);
	if (headers['content-type']?.startsWith('text/html')) throw connection.notAFile(text, {});
	return { text, headers };
}
