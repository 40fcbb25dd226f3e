import { randomUUID } from 'node:crypto';
import { Made } from '../shared/content.mts';
import { invalid } from './errors.mts';
import { checked, text, wrong } from './fields.mts';
import { newFile } from './files.mts';
import { current } from './records.mts';
import type { StoredFile, Upload } from './records.mts';
import type { State } from './state.mts';

/** Where uploads go in the storage. */
export const UPLOADS_BUCKET = 'gencove-simulated-uploads';

/** A path for an upload; the endings are those that the vendor's client takes. */
export const destination = () =>
	checked(text({ longest: 1024 }), (path) => {
		if (!/^gncv:\/\/.+/.test(path)) throw wrong('Destination path must start with gncv://');
		if (!/\.(fastq|fq)\.(gz|bgz)$/i.test(path)) throw wrong('Destination path must end with .fastq.gz, .fastq.bgz, .fq.gz or .fq.bgz');
	});

/**
 * The upload at a path: the one that is there, or a new one.
 *
 * @param sourceUrl where the service is to fetch it from; then nothing has to be sent
 * @throws ApiError when there was one that was deleted: its path is blocked for ever
 */
export function uploadAt(state: State, path: string, userId: string, now: number, sourceUrl: string | null = null): Upload {
	const there = [...state.uploads.values()].find(({ destinationPath }) => destinationPath === path);
	if (there?.deleted) throw invalid({ destination_path: [`Destination ${path} is taken by another upload that was deleted. Please choose a different destination.`] });
	if (there) {
		if (there.history.length === 0) there.history.push(state.step('started'));
		return there;
	}
	const id = randomUUID();
	const { clientId, read } = namesIn(path);
	const late = state.settings.uploadStatusLate && sourceUrl === null;
	const upload: Upload = {
		id,
		destinationPath: path,
		source: sourceUrl === null ? 'cli' : 'cli url',
		sourceUrl,
		userId,
		createdAt: now,
		modifiedAt: now,
		history: late ? [] : [state.step(sourceUrl === null ? 'started' : 'succeeded')],
		deleted: false,
		clientId,
		read,
		objectName: `organization/${state.organization.id}/user/${userId}/uploads/${id}.fastq-${read}`,
		content: null,
		sampleId: null,
	};
	state.uploads.set(id, upload);
	return upload;
}

/** The text before the first `_` is the client id, a later `R1` or `R2` the read. */
function namesIn(path: string): { clientId: string; read: 'r1' | 'r2' } {
	const [clientId, ...rest] = path.split('/').at(-1)!.replace(/\.(fastq|fq)\.(gz|bgz)$/i, '').split('_');
	return { clientId, read: rest.some((part) => part.toUpperCase() === 'R2') ? 'r2' : 'r1' };
}

/** The file that an upload becomes in the sample it is assigned to. */
export function fileOf({ content, sourceUrl }: Upload, read: 'r1' | 'r2', sampleId: string): StoredFile {
	return { ...newFile(sampleId, `fastq-${read}`, { content: content ?? new Made(() => Buffer.from(`Simulated: fetched from ${sourceUrl}\n`)) }), sized: content !== null };
}

/** One row of the sample sheet: the reads of a client id in one folder. */
export interface Row {
	clientId: string;
	r1?: Upload;
	r2?: Upload;
}

/** The rows of what arrived. R1 and R2 of a client id in one folder become one, if both are assigned or neither. */
export function sheetRows(uploads: Iterable<Upload>): Row[] {
	const rows: Row[] = [];
	// rows that lack a read, by what has to come
	const open = new Map<string, Row[]>();
	for (const upload of uploads) {
		if (upload.deleted || upload.history.length === 0 || current(upload) !== 'succeeded') continue;
		const { clientId, read, destinationPath: path } = upload;
		const key = `${path.slice(0, path.lastIndexOf('/'))} ${clientId} ${isAssigned(upload)}`;
		const row = open.get(`${key} ${read}`)?.shift();
		if (row) {
			row[read] = upload;
			continue;
		}
		const added: Row = { clientId, [read]: upload };
		rows.push(added);
		const missing = `${key} ${read === 'r1' ? 'r2' : 'r1'}`;
		open.set(missing, [...(open.get(missing) ?? []), added]);
	}
	return rows;
}

export const isAssigned = ({ sampleId }: Upload): boolean => sampleId !== null;
export const uploadsOf = ({ r1, r2 }: Row): Upload[] => [r1, r2].filter((one) => one !== undefined);
