import type { IExecuteFunctions, SSHCredentials } from 'n8n-workflow';

import { clock } from './clock';
import { Problem } from './problem';
import { chunks, type InputFile } from './transfer';

type Client = Awaited<ReturnType<IExecuteFunctions['helpers']['getSSHClient']>>;
type Sftp = Parameters<Parameters<Client['sftp']>[0]>[1];
type Done = (cause?: Error | null) => void;

/** n8n ends an SSH connection that was not used for 5 minutes; this often it is told of an upload that goes on, ms. */
const STILL_IN_USE = 60_000;

/** Bytes that every server takes in one message. */
const BLOCK = 32_768;

/** Bytes that are sent before the server has confirmed them. */
const UNDER_WAY = 1 << 20;

/**
 * Uploads a file by SFTP, streamed, into a folder that is made if need be (one level). Throws a Problem when it cannot
 * log in, when the folder cannot be made, when the upload breaks off or when fewer bytes have arrived; what was written
 * then is removed again. Uses n8n's own SSH connections, which do not check the key of the host.
 */
export async function uploadBySftp(context: IExecuteFunctions, credentials: SSHCredentials, folder: string, file: InputFile): Promise<void> {
	const client = await context.helpers.getSSHClient(credentials).catch((cause: Error) => cause);
	if (client instanceof Error) {
		throw new Problem(`The SFTP server did not let n8n in (${client.message})`, { description: 'Check host, port, user and key in the SFTP credential' });
	}
	const sftp = await new Promise<Sftp>((resolve, reject) => client.sftp((cause, opened) => (cause ? reject(cause) : resolve(opened))));
	const path = `${folder}/${file.name}`;
	try {
		await ensureFolder(sftp, folder);
		const sent = await write(context, client, sftp, path, file).catch((cause: Error) => cause);
		const { size } = await call<{ size: number }>((done) => sftp.stat(path, done)).catch(() => ({ size: 0 }));
		if (typeof sent === 'number' && size === sent) return;
		await call((done: Done) => sftp.unlink(path, done)).catch(() => undefined);
		const reason = sent instanceof Error ? sent.message : `${sent} were sent`;
		throw new Problem('The upload by SFTP broke off', { description: `${size} bytes of "${file.name}" had arrived: ${reason}. Run the node again` });
	} finally {
		sftp.end();
	}
}

async function ensureFolder(sftp: Sftp, folder: string): Promise<void> {
	const isThere = async () => await call<unknown>((done) => sftp.stat(folder, done)).then(() => true, () => false);
	if (await isThere()) return;
	const failure = await call((done: Done) => sftp.mkdir(folder, done)).then(() => undefined, (cause: Error) => cause);
	// another upload may have made it meanwhile
	if (failure === undefined || (await isThere())) return;
	throw new Problem(`The SFTP server did not make the folder "${folder}" (${failure.message})`, { description: 'Choose a folder that is there, or ask who runs the server to make this one' });
}

/**
 * Writes a file and gives the number of bytes. By single calls without attributes: the library that n8n gives to
 * nodes cannot send those on Node 24, and its write streams do.
 */
async function write(context: IExecuteFunctions, client: Client, sftp: Sftp, path: string, file: InputFile): Promise<number> {
	const signal = context.getExecutionCancelSignal();
	const handle = await call<Buffer>((done) => sftp.open(path, 'w', done));
	let sent = 0;
	let told = clock.now();
	try {
		for await (const piece of chunks(file, UNDER_WAY)) {
			if (signal?.aborted) throw new Problem('the execution was canceled');
			await Promise.all(blocksOf(piece).map(async ([block, offset]) => await call((done: Done) => sftp.write(handle, block, 0, block.length, sent + offset, done))));
			sent += piece.length;
			if (clock.now() - told > STILL_IN_USE) {
				told = clock.now();
				context.helpers.updateLastUsed(client);
			}
		}
	} finally {
		await call((done: Done) => sftp.close(handle, done)).catch(() => undefined);
	}
	return sent;
}

/** A piece cut into what one message of the protocol takes, with the offsets; they are sent without waiting for each other. */
function blocksOf(piece: Uint8Array): Array<[Buffer, number]> {
	const blocks: Array<[Buffer, number]> = [];
	for (let offset = 0; offset < piece.length; offset += BLOCK) blocks.push([Buffer.from(piece.buffer, piece.byteOffset + offset, Math.min(BLOCK, piece.length - offset)), offset]);
	return blocks;
}

/** A call with a callback as a promise. */
async function call<T = void>(start: (done: (cause: Error | null | undefined, result: T) => void) => void): Promise<T> {
	return await new Promise<T>((resolve, reject) => start((cause, result) => (cause ? reject(cause) : resolve(result))));
}
