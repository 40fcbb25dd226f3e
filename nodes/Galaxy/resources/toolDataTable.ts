import type { IDataObject } from 'n8n-workflow';

import { choice, id, json, locator, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { Problem } from '../../shared/problem';
import { ID_PLACEHOLDER } from '../fields';
import { needTaskQueue, task } from '../tasks';

const tableName = locator('Table', { list: 'searchToolDataTables', place: 'path', required: true, idPlaceholder: 'e.g. fasta_indexes', description: 'A table of the server, by its name' });

const fieldName = id('Entry', { placeholder: 'e.g. hg38', description: 'What stands in the column "value" of the entry' });

const get = request({
	name: 'Get',
	action: 'Get tool data table',
	description: 'Retrieve a table of reference data with its columns and entries; administrators see the full paths',
	request: 'GET api/tool_data/{tableName}',
	fields: { tableName },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many tool data tables',
	description: 'Retrieve a list of the tables of reference data that tools choose from',
	request: 'GET api/tool_data',
	pages: wholeList,
	fields: {},
});

const getField = request({
	name: 'Get Entry',
	action: 'Get entry of tool data table',
	description: 'Retrieve an entry of a table with the names of its files (administrators only)',
	request: 'GET api/tool_data/{tableName}/fields/{fieldName}',
	fields: { tableName, fieldName },
});

const downloadFieldFile = request({
	name: 'Download Entry File',
	action: 'Download file of tool data table',
	description: 'Fetch a file of an entry (administrators only, but for public tables such as fasta_indexes)',
	request: 'GET api/tool_data/{tableName}/fields/{fieldName}/files/{fileName}',
	fields: { tableName, fieldName, fileName: id('File Name', { placeholder: 'e.g. hg38.fa.fai' }) },
	file: ({ fileName }) => ({ name: fileName, mimeType: 'application/octet-stream' }),
});

const reload = request({
	name: 'Reload',
	action: 'Reload tool data table',
	description: 'Let the server read a table from its files again (administrators only)',
	request: 'GET api/tool_data/{tableName}/reload',
	// a GET that changes something
	effect: 'write',
	fields: { tableName },
});

interface Table {
	columns: string[];
	fields: string[][];
}

/** The row that is meant: a list in the order of the columns, or an object by their names. */
function rowOf({ columns }: Table, entry: IDataObject | IDataObject[]): string[] {
	const values = Array.isArray(entry) ? (entry as unknown[]) : columns.map((column) => entry[column]);
	if (values.length === columns.length && values.every((value) => value !== undefined)) return values.map(String);
	throw new Problem('"Entry" does not have a value for each column', { description: `Give the values of: ${columns.join(', ')}` });
}

const deleteEntry = program({
	name: 'Delete Entry',
	action: 'Delete entry of tool data table',
	description: 'Take an entry out of a table, but leave its files (administrators only)',
	destructive: true,
	fields: {
		tableName,
		entry: json('Entry', { required: true, placeholder: 'e.g. ["hg38", "hg38", "Human", "/data/hg38.fa"]', description: 'All values of the entry: a list in the order of the columns, or an object by their names' }),
	},
	async run({ connection, values: { tableName: table, entry } }) {
		const path = { table };
		const found = (await connection.send('GET api/tool_data/{table}', { path })) as unknown as Table;
		const row = rowOf(found, entry);
		// Galaxy answers as if it had deleted what was not there
		if (!found.fields.some((one) => one.join('\t') === row.join('\t'))) {
			throw new Problem(`The table "${table}" has no such entry`, { description: 'Give all values as "Get" shows them; "Reload" reads entries that are new in the files of the server' });
		}
		return { json: (await connection.send('DELETE api/tool_data/{table}', { path, body: { values: row.join('\t') } })) as IDataObject };
	},
});

const importBundle = program({
	name: 'Import Bundle',
	action: 'Import bundle into tool data tables',
	description: 'Add entries that a data manager has packed; "Reload" the table when it is done (administrators only)',
	watch: task,
	fields: {
		source: choice('Bundle Given As', [
			{ name: 'Address', value: 'uri' },
			{ name: 'Dataset', value: 'hda' },
			{ name: 'Library Dataset', value: 'ldda' },
		], { place: 'none', default: 'uri' }),
		uri: text('Address', { place: 'none', required: true, shownFor: { source: ['uri'] }, placeholder: 'e.g. https://example.org/hg38.zip', description: 'URL, path in a file source of Galaxy, or file:// with a path on the server' }),
		bundleId: text('Dataset ID', { place: 'none', required: true, shownFor: { source: ['hda', 'ldda'] }, placeholder: ID_PLACEHOLDER, description: 'A dataset of the type data_manager_json' }),
		toolDataFilePath: text('Tool Data File Path', { place: 'none', placeholder: 'e.g. /galaxy/tool-data/all_fasta.loc', description: 'Which file of the table on the server the entries are to be written to, where it has several' }),
	},
	async run({ connection, values: { source: src, uri, bundleId, toolDataFilePath } }) {
		await needTaskQueue(connection);
		const source = src === 'uri' ? { src, uri } : { src, id: bundleId };
		return { json: (await connection.send('POST api/tool_data', { query: { tool_data_file_path: toolDataFilePath }, body: { source } })) as IDataObject };
	},
});

export const toolDataTable: Resource = { name: 'Tool Data Table', operations: { deleteEntry, downloadFieldFile, get, getAll, getField, importBundle, reload } };
