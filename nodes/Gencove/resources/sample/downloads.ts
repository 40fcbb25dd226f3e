import type { IDataObject } from 'n8n-workflow';

import { id, json, loadedChoices, text } from '../../../shared/field';
import { program, request, type Call, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { everyRow } from '../../api';
import { fetchFile, fileNameOf, fileOfType, type GencoveFile } from '../../downloads';
import { ID_PLACEHOLDER, oneSample } from '../../fields';
import { isKnown, knownFiles, nameBy } from './naming';

interface Sample extends IDataObject {
	id: string;
	client_id: string;
	last_status: IDataObject;
	archive_last_status: IDataObject | null;
	files: never;
}

const readSample = async (connection: Connection, sampleId: string) => (await connection.send('GET samples/{sampleId}', { path: { sampleId } })) as Sample;
const filesOf = ({ files }: Sample): GencoveFile[] => (files as GencoveFile[] | undefined) ?? [];

/** Throws a Problem for a sample that has no files to give now (as Gencove's own client judges it). */
function checkReady({ last_status, archive_last_status }: Sample): void {
	const archive = String(archive_last_status?.status ?? 'available');
	if (!/^(available|restored)/i.test(archive)) throw new Problem(`The sample is in the archive ("${archive}")`, { description: 'Restore it first ("Sample > Restore"), which takes up to 50 hours' });
	const state = String(last_status?.status);
	if (!/^(succeeded|failed)/i.test(state)) throw new Problem(`The sample has no results yet: it is "${state}"`, { description: 'Wait for it with "Sample > Wait for Completion"' });
}

export const getDownloadUrls = program({
	name: 'Get Download URLs',
	action: 'Get download links of sample',
	description: 'Get the links to the files of a sample; they are good for a short while, for anyone who has them',
	effect: 'read',
	secretOutput: true,
	fields: { ...oneSample, fileTypes: loadedChoices('File Type', { place: 'none', load: 'getFileTypes', default: [] as string[], hint: 'All when left empty' }) },
	async run({ connection, values: { sampleId, fileTypes } }) {
		const sample = await readSample(connection, sampleId);
		checkReady(sample);
		return filesOf(sample)
			.filter(({ file_type }) => fileTypes.length === 0 || fileTypes.includes(file_type))
			.map((file) => ({ json: { sample_id: sampleId, client_id: sample.client_id, fileName: fileNameOf(file), ...file } as IDataObject }));
	},
});

export const downloadFile = program({
	name: 'Download File',
	action: 'Download file of sample',
	description: 'Fetch one file of a sample by its type',
	effect: 'read',
	filesOut: true,
	fields: { ...oneSample, fileType: text('File Type', { place: 'none', required: true, placeholder: 'e.g. impute-vcf', description: 'As Get Many of File Type lists them' }) },
	async run(call) {
		const { connection, values: { sampleId, fileType } } = call;
		const find = async () => {
			const sample = await readSample(connection, sampleId);
			checkReady(sample);
			return fileOfType(filesOf(sample), fileType);
		};
		const made = MADE[fileType];
		return made ? await made(call, sampleId, undefined) : await fetchFile(call, await find(), find);
	},
});

/** What Gencove lists as types of files, though they are answers of the API: made into files as its own client does. */
const MADE: Record<string, (call: Call, sampleId: string, name: string | undefined) => Promise<OutputItem>> = {
	qc: async (call, sampleId, name) => await jsonFile(call, 'qc', sampleId, name, await qualityControls(call.connection, sampleId)),
	metadata: async (call, sampleId, name) => await jsonFile(call, 'metadata', sampleId, name, await call.connection.send('GET sample-metadata/{sampleId}', { path: { sampleId } })),
};

async function qualityControls(connection: Connection, sampleId: string): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const row of everyRow(connection, 'GET sample-quality-controls/{sampleId}', { path: { sampleId } })) found.push(row);
	return found;
}

async function jsonFile(call: Call, type: string, sampleId: string, given: string | undefined, content: unknown): Promise<OutputItem> {
	const name = given ?? `${sampleId}_${type}.json`;
	const bytes = Buffer.from(JSON.stringify(content), 'utf8');
	async function* once() {
		yield bytes;
	}
	const binary = await call.store({ name, mimeType: 'application/json', content: once() });
	return { json: { fileName: name, mimeType: 'application/json', fileSize: bytes.length, fileType: type } as IDataObject, binary };
}

export const downloadAll = program({
	name: 'Download All',
	action: 'Download all files of sample',
	description: 'Fetch the files of a sample, an item for each; those that you have already can be left out',
	effect: 'read',
	filesOut: true,
	fields: {
		...oneSample,
		fileTypes: loadedChoices('File Type', { place: 'none', load: 'getFileTypes', default: [] as string[], hint: 'All when left empty' }),
		nameTemplate: text('File Name Template', { place: 'none', placeholder: 'e.g. {client_id}/{gencove_id}/{default_filename}', description: 'Also {file_type} and {file_extension}. By default the files have Gencove\'s own names.' }),
		known: json('Only New or Changed', { place: 'none', description: 'List of files that you have, as this operation gave them out: objects with fileName, and fileSize or checksum. They are not fetched again.' }),
	},
	async run(call) {
		const { connection, values: { sampleId, fileTypes, nameTemplate } } = call;
		const known = knownFiles(call.values.known);
		const sample = await readSample(connection, sampleId);
		checkReady(sample);
		const isWanted = (type: string) => fileTypes.length === 0 || fileTypes.includes(type);
		const nameOf = (type: string, own: string) => nameBy(nameTemplate, { clientId: sample.client_id, sampleId, type, own });
		const output: OutputItem[] = [];
		for (const file of filesOf(sample).filter(({ file_type }) => isWanted(file_type))) {
			const name = nameOf(file.file_type, fileNameOf(file));
			if (isKnown(known, name, file)) {
				output.push({ json: { fileName: name, fileType: file.file_type, fileId: file.id, skipped: true } });
				continue;
			}
			const again = async () => fileOfType(filesOf(await readSample(connection, sampleId)), file.file_type);
			const { json: told, binary } = await fetchFile(call, file, again, name);
			output.push({ json: { ...told, checksum: file.checksum_sha256 || undefined, skipped: false }, binary });
		}
		for (const [type, make] of Object.entries(MADE)) if (isWanted(type)) output.push(await make(call, sampleId, nameOf(type, `${sampleId}_${type}.json`)));
		return output;
	},
});

export const getChecksum = request({
	name: 'Get Checksum',
	action: 'Get checksum of file',
	description: 'Get the SHA-256 of a file, as the program sha256sum writes it',
	request: 'GET files/{fileId}.sha256',
	fields: {
		fileId: id('File ID', { placeholder: ID_PLACEHOLDER, description: 'As it stands in the files of a sample or a project' }),
		fileName: text('File Name', { wire: 'filename', required: true, placeholder: 'e.g. S1_R1.fastq.gz', description: 'Name to be written beside the checksum' }),
	},
	unwrap(answer: string) {
		const [, checksum, fileName] = /^([0-9a-f]{64}) [ *](.*)$/im.exec(answer.trim()) ?? [];
		if (checksum === undefined) throw new Problem('Gencove sent a checksum in a form that is not known', { description: 'Run the node again' });
		return { checksum, fileName };
	},
});
