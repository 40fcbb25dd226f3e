import type { IDataObject } from 'n8n-workflow';

import type { Call, OutputItem } from '../shared/operation';
import { Problem } from '../shared/problem';
import type { ByteStream } from '../shared/transfer';

/** How Gencove tells of a file: a link that is good for a short while, and none while the file is in the archive. */
export interface GencoveFile {
	id: string;
	file_type: string;
	download_url: string | null;
	size?: number | string | null;
	checksum_sha256?: string;
}

const MIME_TYPES: Record<string, string> = { csv: 'text/csv', json: 'application/json', pdf: 'application/pdf', txt: 'text/plain', zip: 'application/zip' };

/** The last part of the path of an address; as it stands where a "%" in it is no code of a character. */
export function lastPartOf({ pathname }: URL): string {
	const part = pathname.split('/').pop() ?? '';
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** The name of a file as its link tells it: Gencove's own for the download, else the last part of the path. */
export function fileNameOf({ download_url: link, file_type: type }: GencoveFile): string {
	const url = link ? new URL(link) : undefined;
	const told = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(url?.searchParams.get('response-content-disposition') ?? '')?.[1];
	const name = (told ?? (url ? lastPartOf(url) : '')).replace(/[\\/]/g, '_');
	return name === '' || name === '.' || name === '..' ? type : name;
}

/** The file of a type among those of a sample, a project or a batch; throws a Problem that names the types that there are. */
export function fileOfType(files: GencoveFile[], type: string): GencoveFile {
	const file = files.find(({ file_type }) => file_type === type);
	if (file) return file;
	const types = files.map(({ file_type }) => file_type);
	throw new Problem(`There is no file of the type "${type}"`, { description: types.length === 0 ? 'It has no files yet. Wait until its analysis has ended' : `There are: ${[...new Set(types)].join(', ')}` });
}

/** The status of a link that has expired. */
const EXPIRED = 403;

/**
 * Puts a file into n8n's storage, and gives its item. The link gets no credential. `again` tells of the file anew,
 * for when the link has expired meanwhile. Throws a Problem when the file is in the archive, or does not come whole.
 */
export async function fetchFile(call: Call, file: GencoveFile, again: () => Promise<GencoveFile>, name = fileNameOf(file)): Promise<OutputItem> {
	const first = await open(call, file);
	const answer = first.status === EXPIRED ? await open(call, await again()) : first;
	if (answer.status !== 200) {
		throw new Problem('The storage behind Gencove refused the file', { status: answer.status, description: `It answered with status ${answer.status}. Run the node again: its links are good for a short while` });
	}
	const mimeType = MIME_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';
	const length = answer.headers['content-length'];
	const size = length === undefined ? undefined : Number(length);
	const binary = await call.store({ name, mimeType, size, content: answer.body as ByteStream });
	return { json: { fileName: name, mimeType, fileSize: size, fileType: file.file_type, fileId: file.id } as IDataObject, binary };
}

async function open({ connection }: Call, { download_url: link, file_type: type }: GencoveFile) {
	if (link) return await connection.outside('GET', link, { encoding: 'stream' });
	throw new Problem(`The file of the type "${type}" is in the archive`, { description: 'Restore its sample first ("Sample > Restore"), which takes up to 50 hours' });
}
