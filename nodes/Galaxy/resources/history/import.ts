import type { IDataObject } from 'n8n-workflow';

import { choice, inputFile, text } from '../../../shared/field';
import { program, request, type Call } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { views } from '../../fields';
import { job } from '../../jobs';
import { storeFields } from '../../stores';
import { needTaskQueue, task } from '../../tasks';
import { simplify } from './manage';

const importArchive = program({
	name: 'Import',
	action: 'Import history',
	description: 'Make a history from an archive that was exported before',
	fields: {
		importFrom: choice('Import From', [{ name: 'Address', value: 'address' }, { name: 'Input File', value: 'file' }], { place: 'none', default: 'address' }),
		archiveSource: text('Archive Address', { required: true, shownFor: { importFrom: ['address'] }, placeholder: 'e.g. https://example.org/run-7.tar.gz', description: 'URL, or path in a file source of Galaxy; from the FTP directory of a user the file is taken away' }),
		inputField: inputFile('Input Data Field Name', { required: true, shownFor: { importFrom: ['file'] }, description: 'Name of the field of the item that holds the archive' }),
	},
	watch: job,
	async run({ connection, values: { importFrom, archiveSource, inputField }, inputFile: open }) {
		const sent = importFrom === 'file'
			? { body: { archive_type: 'file' }, parts: [{ name: 'archive_file', file: await open(inputField) }] }
			: { body: { archive_type: 'url', archive_source: archiveSource } };
		return { json: (await connection.send('POST api/histories', sent)) as IDataObject };
	},
	finish: async (call, ended) => ({ json: { ...(await imported(call, ended)), job_id: ended.id, finished: ended.finished, succeeded: ended.succeeded } }),
});

/** The history that a job has made, which the job does not tell: the last one that was made before the job ended. */
async function imported({ connection }: Pick<Call, 'connection'>, { create_time: begun, update_time: over }: IDataObject): Promise<IDataObject> {
	const query = { order: 'create_time-dsc', limit: 1, view: 'detailed', 'q:name-like': 'imported from archive%', 'q:create_time-ge': String(begun), 'q:create_time-le': String(over) };
	const [history] = (await connection.send('GET api/histories', { query })) as IDataObject[];
	if (history !== undefined) return history;
	throw new Problem('The new history was not found', { description: 'Look for it in the list of your histories: its name begins with "imported from archive"' });
}

const importFromStore = request({
	name: 'Import From Store',
	action: 'Import history from store',
	description: 'Make a history from an archive of any kind, at once; raise "Timeout" for a large one',
	request: 'POST api/histories/from_store',
	simplify,
	fields: { ...storeFields, ...views },
});

const importFromStoreAsync = program({
	name: 'Import From Store in Background',
	action: 'Import history from store in background',
	description: 'Let the server make a history from an archive of any kind; it does not tell which one that becomes',
	fields: storeFields,
	watch: task,
	async run({ connection, values: { storeContentUri, storeDict, modelStoreFormat, discardedData } }) {
		await needTaskQueue(connection);
		const body = { store_content_uri: storeContentUri, store_dict: storeDict as IDataObject as Record<string, never>, model_store_format: modelStoreFormat, discarded_data: discardedData };
		return { json: (await connection.send('POST api/histories/from_store_async', { body })) as IDataObject };
	},
});

export const importOperations = { import: importArchive, importFromStore, importFromStoreAsync };
