import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../shared/answer';
import type { Call, OutputItem } from '../shared/operation';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { streamed, type ByteStream, type InputFile } from '../shared/transfer';
import { bucketOf, leafOf, pathIn } from './paths';
import { projectIn } from './pipelines';
import type { Output } from './runs';

type Headers = Record<string, string>;
interface Signed {
	url: string;
}

const isStored = ({ status }: Answer) => status === 200 || status === 201;

/** The storage's own word for what is wrong (contract, section 8). */
const codeIn = ({ body }: Answer): string | undefined => /<Code>([^<]+)<\/Code>/.exec(String(body))?.[1];

/** What storages say of a link that is too old; S3 has the same code for it as for others. */
const hasExpired = (answer: Answer) => !isStored(answer) && (/Expired/i.test(codeIn(answer) ?? '') || /has expired/i.test(String(answer.body)));

/** Uses a fresh link, and once more a fresh one where the storage finds it too old. Throws a Problem for any other refusal; the link stands in none. */
async function withLink(link: () => Promise<Signed>, use: (url: string) => Promise<Answer>, path: string): Promise<Answer> {
	const first = await use((await link()).url);
	const answer = hasExpired(first) ? await use((await link()).url) : first;
	if (isStored(answer)) return answer;
	const code = codeIn(answer);
	throw new Problem(code === 'NoSuchKey' ? `There is no file "${path}"` : `The storage behind iFlow refused "${path}"${code ? ` (${code})` : ''}`, {
		status: answer.status,
		description: code === 'NoSuchKey' ? 'Look at its folder with "File > Get Many"' : `It answered with status ${answer.status}. Run the node again`,
	});
}

/** Puts a file of iFlow into n8n's storage, of any size. */
export async function download({ connection, store }: Call, path: string, headers: Headers): Promise<OutputItem> {
	const answer = await withLink(
		async () => (await connection.send('GET files/files/download-url', { query: { path }, headers })) as Signed,
		async (url) => await connection.outside('GET', url, { encoding: 'stream' }),
		path,
	);
	const name = leafOf(path);
	const mimeType = answer.headers['content-type']?.split(';')[0] ?? 'application/octet-stream';
	const length = answer.headers['content-length'];
	const size = length === undefined ? undefined : Number(length);
	const binary = await store({ name, mimeType, size, content: answer.body as ByteStream });
	return { json: { fileName: name, mimeType, fileSize: size, path } as IDataObject, binary };
}

/** Packed files keep their type, whatever n8n calls them (contract, trap T17). */
export const typeOf = ({ name, mimeType }: InputFile): string => (name.endsWith('.gz') ? 'application/gzip' : mimeType || 'application/octet-stream');

/** Sends a file of any size to a path of iFlow. One that is there is replaced, so the same may be sent again. */
export async function upload(connection: Connection, { file, path, type }: { file: InputFile; path: string; type: string }, headers: Headers): Promise<void> {
	const body = streamed(file, type);
	await withLink(
		async () => (await connection.send('POST files/files/upload-url', { body: { path, content_type: type }, headers, repeat: 'safe' })) as Signed,
		async (url) => await connection.outside('PUT', url, { headers: { 'content-type': type }, body }),
		path,
	);
}

/** What runs leave lies in this folder of the project, behind the prefix of the bucket where there is one. */
const OF_RUNS = 'analyses/';

/** Puts a file that came out of a run into n8n's storage. */
export async function downloadOutput(call: Call, output: Output & { path: string }, projectId: string, headers: Headers): Promise<OutputItem> {
	const project = (await call.connection.send('GET admin/projects/{id}', { path: { id: projectIn(projectId, call.connection.credential) } })) as IDataObject;
	const path = pathIn(output.path, bucketOf(project)?.name);
	const fetched = await download(call, path, headers).catch(async (cause: Problem) => {
		// some servers leave the prefix out of paths (contract, trap T14)
		const start = path.indexOf(`/${OF_RUNS}`) + 1;
		if (cause.status !== 404 || start === 0) throw cause;
		return await download(call, path.slice(start), headers);
	});
	return { ...fetched, json: { ...fetched.json, output: output.name } };
}
