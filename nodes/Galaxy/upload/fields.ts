import { choice, flag, json, list, locator, longText, optionsOf, text, type Spec, type Values } from '../../shared/field';
import { historyId } from '../fields';
import { libraryOf } from '../libraries';

const from = (...source: string[]) => ({ place: 'none' as const, required: true as const, shownFor: { source } });
const to = (destination: string) => ({ place: 'none' as const, required: true as const, shownFor: { destination: [destination] } });

/** Several texts, one on each line, or an array from an expression. */
function lines<const S extends Spec<string[]>>(label: string, spec: S) {
	const made = list<S>(label, spec);
	return { ...made, property: { ...made.property, typeOptions: { rows: 3 } }, read: (raw: unknown, reading: { timezone: string }) => made.read(typeof raw === 'string' ? raw.split('\n') : raw, reading) };
}

/** The content of a file: blanks and line ends around it belong to it. */
function content<const S extends Spec<string>>(label: string, spec: S) {
	const made = longText<S>(label, spec);
	const read: typeof made.read = (raw, reading) => {
		const trimmed = made.read(raw, reading);
		return typeof raw === 'string' && trimmed ? (raw as typeof trimmed) : trimmed;
	};
	return { ...made, read };
}

const source = choice('Source', [
	{ name: 'Elements (JSON)', value: 'elements', description: 'In Galaxy\'s own words: composite datasets, nested collections, sample sheets' },
	{ name: 'File', value: 'file', description: 'Files of the item' },
	{ name: 'File in FTP Directory', value: 'ftp', description: 'Files that you have sent to the server by FTP; Galaxy takes them away from there' },
	{ name: 'File in Import Directory', value: 'directory', description: 'Files in the import directory of the server, where Galaxy lets you' },
	{ name: 'Path on the Server', value: 'paths', description: 'Administrators only' },
	{ name: 'Text', value: 'text' },
	{ name: 'URL or Remote File', value: 'urls', description: 'Galaxy fetches it: from the internet, or from a file source such as gxfiles://' },
], { place: 'none', default: 'file', description: 'Where the data comes from' });

const destination = choice('Destination', [
	{ name: 'Collection', value: 'collection', description: 'A new dataset collection' },
	{ name: 'Datasets', value: 'datasets', description: 'Single datasets of the history' },
	{ name: 'Library', value: 'library', description: 'A new data library; administrators only' },
	{ name: 'Library Folder', value: 'libraryFolder', description: 'Here waiting is for the job alone: what became of each file stands in the folder' },
], { place: 'none', default: 'datasets', description: 'Where the data goes' });

/** What is said of all the datasets of an upload; sent with each. */
export const ofDatasets = {
	autoDecompress: flag('Decompress', { description: 'Whether to unpack packed files, as long as their type is no packed one' }),
	createdFromBasename: text('Created From', { placeholder: 'e.g. reads.fastq.gz', description: 'File name that is kept as the origin of the dataset' }),
	deferred: flag('Deferred', { description: 'Whether Galaxy is to note the URL alone, and to fetch the data when a tool needs it' }),
	fileType: text('File Type', { wire: 'ext', placeholder: 'e.g. fastqsanger.gz', description: 'The datatype in Galaxy\'s words; by default Galaxy finds it out' }),
	genomeBuild: text('Genome Build', { wire: 'dbkey', placeholder: 'e.g. hg38' }),
	info: text('Information', { description: 'What is shown as the information of the dataset' }),
	note: text('Description', { wire: 'description' }),
	linkOnly: flag('Link Only', { wire: 'link_data_only', description: 'Whether Galaxy is to leave files of the server where they are, and not to copy them' }),
	requestHeaders: json('Request Headers', { wire: 'headers', description: 'Object with the headers that Galaxy is to send along when it fetches a URL' }),
	spaceToTab: flag('Spaces to Tabs', { description: 'Whether to make tabs of blanks, for tables' }),
	tags: list('Tags', { placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list' }),
	toPosixLines: flag('Unix Line Ends', { description: 'Whether to give texts the line ends that tools expect, as it is done by default' }),
};


export const uploadFields = {
	historyId,
	source,
	inputFields: list('Input Data Field Names', { place: 'none', default: ['data'], shownFor: { source: ['file', 'elements'] }, description: 'Comma-separated list of the input fields that hold the files, in the order of the datasets' }),
	text: content('Text', { ...from('text'), description: 'What the dataset is to hold' }),
	urls: lines('URLs', { ...from('urls'), placeholder: 'e.g. https://example.org/reads.fastq.gz', description: 'Addresses that the server fetches, one on each line' }),
	serverPaths: lines('Paths', { ...from('paths'), placeholder: 'e.g. /data/run-7/reads.fastq.gz', description: 'Paths of files on the server, one on each line' }),
	importPaths: lines('Import Paths', { ...from('directory'), placeholder: 'e.g. run-7/reads.fastq.gz', description: 'Paths below the import directory, one on each line' }),
	ftpFiles: lines('FTP Files', { ...from('ftp'), placeholder: 'e.g. reads.fastq.gz', description: 'Names of files in your FTP directory, one on each line; Galaxy 26.1 finds them in folders, too, but takes no paths' }),
	elements: json('Elements', { ...from('elements'), description: 'List of elements as Galaxy\'s upload takes them: src with paste_content, path, server_dir, ftp_path or composite, or name with elements' }),
	destination,
	collectionName: text('Collection Name', { ...to('collection'), placeholder: 'e.g. Reads of run 7' }),
	collectionKind: choice('Collection Type', [
		{ name: 'List', value: 'list' },
		{ name: 'List of Pairs', value: 'list:paired', description: 'Two files that follow each other make a pair' },
		{ name: 'Pair', value: 'paired', description: 'Forward and reverse reads' },
	], { default: 'list', shownFor: { destination: ['collection'] } }),
	libraryId: libraryOf('folder', { destination: ['libraryFolder'] }),
	folderId: locator('Folder', { ...to('libraryFolder'), list: 'searchFolders', idPlaceholder: 'e.g. F5a1cff6882ddb5b2', description: 'Chosen from the folders of the library, or by its ID, which begins with F' }),
	libraryName: text('Library Name', { ...to('library'), placeholder: 'e.g. Sequencing runs' }),
	...ofDatasets,
	checksum: text('Checksum', { place: 'none', placeholder: 'e.g. d41d8cd98f00b204e9800998ecf8427e', description: 'What the data must have, or the dataset fails. For one dataset alone.' }),
	checksumFunction: choice('Checksum Function', optionsOf('MD5', 'SHA-1', 'SHA-256', 'SHA-512'), { place: 'none' }),
	collectionTags: list('Collection Tags', { place: 'none', description: 'Comma-separated list of tags of the new collection itself' }),
	columnDefinitions: json('Column Definitions', { place: 'none', description: 'Of a sample sheet: list of its columns, each with name, type and optional' }),
	expand: choice('Expand', [
		{ name: 'Archive', value: 'archive', description: 'All files in a zip or tar' },
		{ name: 'BagIt Archive', value: 'bagit_archive' },
		{ name: 'BagIt Directory', value: 'bagit' },
		{ name: 'Directory', value: 'directory', description: 'All files in a directory of the server' },
	], { place: 'none', description: 'Make a dataset of each file in it, for a collection or a library' }),
	libraryDescription: text('Library Description', { place: 'none', description: 'Of a new library' }),
	librarySynopsis: text('Library Synopsis', { place: 'none', description: 'Of a new library' }),
	names: list('Names', { place: 'none', placeholder: 'e.g. sample 1,sample 2', description: 'Comma-separated list of names of the datasets, or of the pairs; by default as their files are called' }),
	rows: json('Rows', { place: 'none', description: 'Of a sample sheet: object with the values of its columns for each element' }),
};


export type UploadValues = Values<typeof uploadFields>;
