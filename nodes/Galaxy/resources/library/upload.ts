import type { IDataObject } from 'n8n-workflow';

import { choice, flag, inputFile, json, list, locator, longText, text } from '../../../shared/field';
import { program, type Json } from '../../../shared/operation';
import { place } from '../../../shared/place';
import { Problem } from '../../../shared/problem';
import { api } from '../../api';
import { historyOf, ID_PLACEHOLDER } from '../../fields';
import { arrival, folderIn, placeInLibrary } from '../../libraries';

/** Where files come from, and Galaxy's word for the way that they take. */
const SOURCES = [
	{ name: 'Collection of a History', value: 'collection', description: 'The datasets of a list' },
	{ name: 'Dataset of a History', value: 'dataset' },
	{ name: 'Directory on the Server', value: 'directory', description: 'All files in a folder of the import directory' },
	{ name: 'File', value: 'file', description: 'A file of the item' },
	{ name: 'Paths on the Server', value: 'paths', description: 'Administrators only' },
	{ name: 'Text', value: 'text' },
	{ name: 'URL', value: 'urls' },
];
const UPLOAD_OPTIONS: Record<string, string> = { file: 'upload_file', text: 'upload_file', urls: 'upload_file', directory: 'upload_directory', paths: 'upload_paths' };

const from = (...source: string[]) => ({ required: true as const, shownFor: { source } });

/** What Galaxy does not take for an address it takes for the text of a file. */
const isAddress = (line: string) => /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(line.trim());

function checkAddresses(urls: string | undefined): void {
	const wrong = urls?.split('\n').find((line) => line.trim() !== '' && !isAddress(line));
	if (wrong !== undefined) throw new Problem(`"${wrong.trim()}" is not an address`, { description: 'Give one address on each line of "URLs", for example https://example.org/reads.fastq.gz' });
}

/** Fields that go into the body of the request. */
const sent = {
	text: longText('Text', { wire: 'files_0|url_paste', ...from('text'), description: 'What the file is to hold' }),
	urls: longText('URLs', { wire: 'files_0|url_paste', ...from('urls'), placeholder: 'e.g. https://example.org/reads.fastq.gz', description: 'Addresses that the server fetches, one on each line' }),
	serverDirectory: text('Directory', { wire: 'server_dir', ...from('directory'), placeholder: 'e.g. run-7', description: 'Below the import directory of the server, or below your own one there' }),
	serverPaths: longText('Paths', { wire: 'filesystem_paths', ...from('paths'), placeholder: 'e.g. /data/run-7/reads.fastq.gz', description: 'Paths of files and folders on the server, one on each line' }),
	datasetId: locator('Dataset', { list: 'searchDatasets', place: 'body', wire: 'from_hda_id', ...from('dataset'), idPlaceholder: ID_PLACEHOLDER, description: 'One of your datasets' }),
	collectionId: locator('Dataset Collection', { list: 'searchCollections', place: 'body', wire: 'from_hdca_id', ...from('collection'), idPlaceholder: ID_PLACEHOLDER, description: 'One of your lists, without lists in it' }),
	extendedMetadata: json('Extended Metadata', { description: 'Object that Galaxy keeps beside the datasets; not for a file of the item' }),
	// without a type Galaxy makes a dataset that breaks the list of its folder
	fileType: text('File Type', { default: 'auto', placeholder: 'e.g. fastqsanger.gz', description: 'The datatype as Galaxy calls it; with "auto" Galaxy finds it out' }),
	genomeBuild: text('Genome Build', { wire: 'dbkey', placeholder: 'e.g. hg38' }),
	linkDataOnly: choice('Copy or Link', [{ name: 'Copy Files', value: 'copy_files' }, { name: 'Link to Files', value: 'link_to_files' }], { description: 'What to do with files that are on the server already' }),
	lddaMessage: text('Message', { description: 'A note on the datasets' }),
	roles: text('Role IDs', { description: 'Comma-separated list of the roles that may see the datasets. Galaxy 26.1 answers it with an error: use "Set Permissions" afterwards.' }),
	tags: list('Tags', { placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list' }),
	tagUsingFilenames: flag('Tag by File Names', { description: 'Whether the names of the files become tags' }),
	uuid: text('UUID', { placeholder: 'e.g. 6b1cff68-82dd-4b2d-9f5c-0f1e2d3c4b5a', description: 'An identifier of your own for the dataset' }),
};

export const upload = program({
	name: 'Upload',
	action: 'Upload library datasets',
	description: 'Put files into a data library: of the item, of the server, of a history, or from the internet',
	watch: arrival,
	fields: {
		...placeInLibrary,
		source: choice('Source', SOURCES, { place: 'none', default: 'file' }),
		inputField: inputFile('Input Data Field Name', { ...from('file'), placeholder: 'e.g. data', hint: 'The name of the input field that holds the file to upload' }),
		historyId: historyOf('dataset or the collection', { source: ['dataset', 'collection'] }),
		...sent,
	},
	async run({ connection, values, inputFile: open }) {
		const { libraryId: library, source, inputField } = values;
		checkAddresses(values.urls);
		if (source === 'file' && values.extendedMetadata !== undefined) throw new Problem('"Extended Metadata" cannot go along with a file of the item', { description: 'Leave it out, or choose another source' });
		const parts = source === 'file' ? [{ name: 'files_0|file_data', file: await open(inputField) }] : [];
		const fixed = { folder_id: await folderIn(connection, values), create_type: 'file', upload_option: UPLOAD_OPTIONS[source] };
		const { body } = place(sent, values as IDataObject, 'POST', api.spelling);
		const answer = (await connection.send('POST api/libraries/{library}/contents', { path: { library }, body: { ...fixed, ...(body as Record<string, Json>) }, parts })) as IDataObject | IDataObject[];
		return [answer].flat().map((json) => ({ json: { ...json, parent_library_id: library } }));
	},
});
