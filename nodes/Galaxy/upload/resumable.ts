import { clock } from '../../shared/clock';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { chunks, type InputFile } from '../../shared/transfer';

/** The protocol of uploads in chunks (tus.io), which wants its version with each request. */
const TUS = { 'Tus-Resumable': '1.0.0' };

const SESSION = 'api/upload/resumable_upload/{session}';

/** Bytes of a chunk, as Galaxy's own clients send it. */
const CHUNK = 10_000_000;

/** Times that a chunk is sent, and the pause before the next one in ms. */
const TRIES = 4;
const PAUSE = 1_000;

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Bytes of a file; read once where n8n does not know. */
async function sizeOf({ size, open }: InputFile): Promise<number> {
	if (size !== undefined) return size;
	let bytes = 0;
	for await (const piece of open()) bytes += piece.length;
	return bytes;
}

/**
 * Sends a file of any size in chunks, one in memory at a time, and gives the ID under which Galaxy keeps it for some days.
 * A chunk that broke off goes on where Galaxy has it. Throws a Problem when it does not go on at all.
 */
export async function sendInChunks(connection: Connection, file: InputFile): Promise<string> {
	const size = await sizeOf(file);
	// without a type Galaxy cannot tell later how much it has (contract, section 5, b3)
	const metadata = `filename ${base64(file.name)},filetype ${base64(file.mimeType)}`;
	const { headers } = await connection.exchange('POST api/upload/resumable_upload', { headers: { ...TUS, 'Upload-Length': String(size), 'Upload-Metadata': metadata } });
	// behind proxies all but its last part may be wrong (contract, section 9, 20)
	const session = headers.location?.split('/').pop();
	if (!session) throw new Problem('Galaxy did not say where to send the file', { description: 'It may be too old for uploads in chunks, or a proxy took the address away' });
	let offset = 0;
	for await (const chunk of chunks(file, CHUNK)) {
		await sendChunk(connection, session, chunk, offset);
		offset += chunk.length;
	}
	return session;
}

async function sendChunk(connection: Connection, session: string, chunk: Buffer, start: number): Promise<void> {
	let sent = 0;
	for (let tries = 1; sent < chunk.length; tries++) {
		const cause = await send(connection, session, chunk.subarray(sent), start + sent).then(() => undefined, (refused: Problem) => refused);
		if (cause === undefined) return;
		// 409: Galaxy has another part of the file than was thought
		if (tries === TRIES || !(cause.passing || cause.status === 409)) throw cause;
		await clock.sleep(PAUSE, connection.signal);
		sent = await arrivedOf(connection, session, chunk, start);
	}
}

async function send(connection: Connection, session: string, body: Buffer, offset: number): Promise<void> {
	await connection.send(`PATCH ${SESSION}`, { path: { session }, headers: { ...TUS, 'Upload-Offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body });
}

/** Bytes of a chunk that Galaxy has. */
async function arrivedOf(connection: Connection, session: string, chunk: Buffer, start: number): Promise<number> {
	const { headers } = await connection.exchange(`HEAD ${SESSION}`, { path: { session }, headers: TUS, repeat: 'safe' });
	const arrived = Number(headers['upload-offset']) - start;
	if (arrived >= 0 && arrived <= chunk.length) return arrived;
	throw new Problem('Galaxy has lost a part of the file', { description: 'Run the node again' });
}
