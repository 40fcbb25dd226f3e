import { choice, choices, flag, locator, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { slices, type FetchPage, type Pages } from '../../shared/pages';
import type { Problem } from '../../shared/problem';

/** A file source or a folder in it, by its address. */
const fileSource = (description: string) => locator('Target', { list: 'searchFileSources', required: true, noun: 'file source', idPlaceholder: 'e.g. gximport://run-7', description });

/** The kinds of file sources. */
const KINDS = [
	{ name: 'Browsable Data Repository (RDM)', value: 'rdm' },
	{ name: 'DRS', value: 'drs' },
	{ name: 'Library and FTP Directories', value: 'stock' },
	{ name: 'Remote File System', value: 'rfs' },
];

const getPlugins = request({
	name: 'Get File Sources',
	action: 'Get sources of remote files',
	description: 'Retrieve the places from which Galaxy can fetch files, with what can be done there',
	request: 'GET api/remote_files/plugins',
	fields: {
		browsableOnly: flag('Browsable Only', { description: 'Whether to leave out places whose files cannot be listed; it does when this is not added' }),
		excludeKind: choices('Kinds to Leave Out', KINDS),
		includeKind: choices('Kinds', KINDS),
	},
});

/** Some file sources give pages; the others refuse to, and give everything at once. */
const pagesOrAll: Pages = async function* (fetch, wanted, skip) {
	let comesWhole = false;
	const page: FetchPage = async (window) =>
		await fetch(window).catch(async (cause: Problem) => {
			if (!/pagination is not supported/i.test(cause.message)) throw cause;
			comesWhole = true;
			return await fetch({});
		});
	for await (const { rows, hasNext } of slices(500)(page, wanted, skip)) {
		yield { rows, hasNext: hasNext && !comesWhole };
		if (comesWhole) return;
	}
};

const getAll = request({
	name: 'Get Many',
	action: 'Get many remote files',
	description: 'Retrieve a list of the files and folders in a file source of Galaxy',
	request: 'GET api/remote_files',
	pages: pagesOrAll,
	fields: {
		target: fileSource('Where to look: a file source, or the address of a folder in it'),
		disabledEntries: choice('Disabled Entries', [{ name: 'Files', value: 'files' }, { name: 'Folders', value: 'folders' }], { place: 'query', wire: 'disable', description: 'What is marked as not to be chosen, for the form "Tree"' }),
		format: choice('Form', [
			{ name: 'Files Alone', value: 'flat' },
			{ name: 'Files and Folders', value: 'uri' },
			{ name: 'Tree', value: 'jstree' },
		], { place: 'query' }),
		query: text('Search', { place: 'query', description: 'What names contain, where the file source can search' }),
		recursive: flag('Recursive', { place: 'query', description: 'Whether to list what is in folders, too' }),
		sortField: text('Sort By', { place: 'query', wire: 'sort_by', placeholder: 'e.g. name', description: 'Field by which to sort, where the file source can sort' }),
		writeIntent: flag('Writable Only', { place: 'query', description: 'Whether to list only what may be written to' }),
	},
});

const createEntry = request({
	name: 'Create Entry',
	action: 'Create entry for remote files',
	description: 'Make a folder, or a record of a repository, into which Galaxy can write files',
	request: 'POST api/remote_files',
	fields: {
		target: fileSource('Where to make it: a file source that may be written to, or the address of a folder in it'),
		name: text('Name', { required: true, placeholder: 'e.g. Run 7' }),
	},
});

export const remoteFile: Resource = { name: 'Remote File', operations: { createEntry, getAll, getPlugins } };
