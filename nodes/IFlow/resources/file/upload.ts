import type { IDataObject } from 'n8n-workflow';

import { choice, inputFile, list, locator, text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import type { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import type { FileChoice, InputFile } from '../../../shared/transfer';
import { inProject, projectId, sampleId } from '../../fields';
import { nameOf, type OwnId } from '../../names';
import { newPath, path, slugOf, folderPath } from '../../paths';
import { typeOf, upload as send } from '../../transfers';

const inputField = { ...inputFile('Input Data Field Name', { default: 'data', placeholder: 'e.g. data', hint: 'The name of the input field that holds the file' }), place: 'none' as const };
const fileName = text('File Name', { place: 'none', placeholder: 'e.g. reads_R1.fastq.gz', description: 'Name in iFlow; that of the file when left empty' });

const PATH = 'path';

/** What has a folder of its own for uploads, where it is read, and what its ID is called (contract, section 6.2). */
const OWNERS: Record<string, { line: string; ownId: OwnId; folder: string }> = {
	order: { line: 'GET miner/orders/{id}', ownId: 'order_id', folder: 'orders' },
	sample: { line: 'GET miner/samples/{id}', ownId: 'sample_id', folder: 'samples' },
	subject: { line: 'GET miner/subjects/{id}', ownId: 'subject_id', folder: 'subjects' },
};

/** A file with the name that it gets in iFlow; throws a Problem for a name that iFlow does not take. */
async function named(open: (choice: FileChoice) => Promise<InputFile>, values: { inputField: FileChoice; fileName?: string }) {
	const file = await open(values.inputField);
	return { file, name: newPath((values.fileName ?? file.name).replace(/^.*[\\/]/, ''), 'File Name') };
}

const folderOf = (owner: (typeof OWNERS)[string], row: IDataObject) => `${owner.folder}/${slugOf(nameOf(row, owner.ownId))}/${owner.folder === 'orders' ? '' : 'uploads/'}`;

const owned = (label: string, searched: string, value: string, idPlaceholder: string) => locator(label, { list: searched, place: 'none', required: true, idPlaceholder, shownFor: { target: [value] } });

export const upload = program({
	name: 'Upload',
	action: 'Upload file',
	description: 'Send a file of any size into a folder of iFlow; one of the same name is replaced',
	fields: {
		projectId,
		inputField,
		target: choice('Upload To', [
			{ name: 'Order', value: 'order', description: 'The folder of an order' },
			{ name: 'Path', value: PATH, description: 'Any folder of the project' },
			{ name: 'Sample', value: 'sample', description: 'The folder of a sample; its page lists only what "Upload to Sample" sends' },
			{ name: 'Subject', value: 'subject', description: 'The folder of a subject' },
		], { place: 'none', default: PATH }),
		folder: path('Folder', folderPath, { place: 'none', default: 'uploads/', placeholder: 'e.g. client-resources/gene-panels/', description: 'Where the file goes; / is the whole project', shownFor: { target: [PATH] } }),
		order: owned('Order', 'searchOrders', 'order', 'e.g. ORD-12'),
		sample: owned('Sample', 'searchSamples', 'sample', 'e.g. SMPL-12'),
		subject: owned('Subject', 'searchSubjects', 'subject', 'e.g. SUBJ-12'),
		fileName,
		contentType: text('Content Type', { place: 'none', placeholder: 'e.g. text/plain', description: 'What kind of file iFlow takes it for; found by the file when left empty' }),
	},
	async run({ connection, values, inputFile: open }) {
		const headers = inProject(values);
		const { file, name } = await named(open, values);
		const folder = values.target === PATH ? values.folder.replace(/^\/$/, '') : await ownFolder(connection, values.target, String(values[values.target as 'order']), headers);
		const type = values.contentType ?? typeOf({ ...file, name });
		const target = newPath(`${folder}${name}`, 'Folder');
		await send(connection, { file, path: target, type }, headers);
		return { json: { path: target, file_name: name, size: file.size, content_type: type } };
	},
});

async function ownFolder(connection: Connection, target: string, id: string, headers: Record<string, string>): Promise<string> {
	const owner = OWNERS[target];
	return folderOf(owner, (await connection.send(owner.line, { path: { id }, headers })) as IDataObject);
}

/** What older servers answer that know no registration: 405, or 404 for the path and not for the sample (contract, section 5.2). */
const isUnknownCall = ({ status, message }: Problem) => status === 405 || (status === 404 && !/sample/i.test(message));

interface Registered extends IDataObject {
	action: string;
	storage_path: string;
}

export const uploadToSample = program({
	name: 'Upload to Sample',
	action: 'Upload file to sample',
	description: 'Send a file of any size to a sample, so that the page of the sample lists it',
	fields: {
		projectId,
		sampleId: { ...sampleId, place: 'none' as const },
		inputField,
		fileName,
		tags: list('Tags', { place: 'none', placeholder: 'e.g. fastq_1', description: 'Comma-separated list of what the file is to pipelines; lanes may share one' }),
		onConflict: choice('If It Is There Already', [
			{ name: 'Replace It', value: 'overwrite' },
			{ name: 'Skip', value: 'skip' },
		], { place: 'none', default: 'overwrite' }),
	},
	async run({ connection, values, inputFile: open }) {
		const headers = inProject(values);
		const { file, name } = await named(open, values);
		const sample = (await connection.send('GET miner/samples/{id}', { path: { id: values.sampleId }, headers })) as IDataObject;
		const body = { sample_id: String(sample.id), filename: name, tags: values.tags ?? [], size_bytes: file.size };
		const register = async (more: { on_conflict: string; dry_run: boolean }) =>
			(await connection.send('POST miner/files/register-upload', { body: { ...body, ...more }, headers, repeat: more.dry_run ? 'safe' : 'never' })) as Registered;
		const planned = await register({ on_conflict: values.onConflict, dry_run: true }).catch((cause: Problem) => {
			if (!isUnknownCall(cause)) throw cause;
			return undefined;
		});
		if (planned?.action === 'skipped') return { json: { ...planned, file_name: name } };
		const target = planned?.storage_path ?? `${folderOf(OWNERS.sample, sample)}${name}`;
		await send(connection, { file, path: target, type: typeOf({ ...file, name }) }, headers);
		if (planned) return { json: { ...(await register({ on_conflict: 'overwrite', dry_run: false })), file_name: name, size: file.size } as IDataObject };
		return { json: { action: 'added', storage_path: target, file_name: name, size: file.size, warning: 'This iFlow does not list uploaded files on the page of the sample' } as IDataObject };
	},
});
