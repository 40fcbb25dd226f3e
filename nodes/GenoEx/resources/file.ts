import type { IDataObject } from 'n8n-workflow';

import { choice, choices, flag, inputFile, number, text } from '../../shared/field';
import { gathering, program, type OutputItem, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { zip } from '../../shared/zip';
import { read, write, type Format, type GenoExRecord } from '../formats/format';
import { columnsOf, formats, FORMATS } from '../formats/formats';
import { lines } from '../formats/lines';
import { sourceOf } from '../formats/source';
import { inPieces, toCsv, toNdjson } from '../formats/tables';

const ITEMS = 'items';

/** The files that records can be put into. */
const TABLES: Record<string, { write: typeof toCsv; mimeType: string }> = {
	csv: { write: toCsv, mimeType: 'text/csv' },
	ndjson: { write: toNdjson, mimeType: 'application/x-ndjson' },
};

const format = choice('Format', FORMATS, { place: 'none', default: '706' });
const chosenColumns = { place: 'none' as const, default: [] as string[], hint: 'All columns when left empty' };
const forItems = { output: [ITEMS] };

async function* recordsIn(layout: Format, content: AsyncIterable<Uint8Array>): AsyncGenerator<GenoExRecord> {
	for await (const line of lines(content)) yield read(layout, line.text, line.number);
}

const only = (record: GenoExRecord, columns: string[]): IDataObject => Object.fromEntries(columns.map((name) => [name, record[name]]));

const parse = program({
	name: 'Parse',
	action: 'Parse file',
	description: 'Read the records of a zip or text of format 706 or 711, as items or as a table of any size',
	effect: 'read',
	local: true,
	fields: {
		inputField: inputFile('Input Data Field Name', { default: 'data', placeholder: 'e.g. data', hint: 'The name of the input field that holds the zip or text' }),
		format,
		genotypeColumns: choices('Columns', columnsOf(formats[706]), { ...chosenColumns, shownFor: { format: ['706'] } }),
		permissionColumns: choices('Columns', columnsOf(formats[711]), { ...chosenColumns, shownFor: { format: ['711'] } }),
		output: choice('Output', [
			{ name: 'CSV File', value: 'csv', description: 'A table with a line of names, of any size' },
			{ name: 'Items', value: ITEMS, description: 'An item for each record' },
			{ name: 'NDJSON File', value: 'ndjson', description: 'A JSON object a line, of any size' },
		], { place: 'none', default: ITEMS }),
		returnAll: flag('Return All', { default: false, description: 'Whether to return all results or only up to a given limit', shownFor: forItems }),
		limit: number('Limit', { default: 50, min: 1, description: 'Max number of results to return', shownFor: { ...forItems, returnAll: [false] } }),
		outputField: text('Put Output File in Field', { default: 'data', placeholder: 'e.g. data', hint: 'The name of the output field to put the file in', shownFor: { output: ['csv', 'ndjson'] } }),
	},
	async run({ values, inputFile: open, store }) {
		const file = await open(values.inputField);
		const layout = formats[values.format];
		const chosen = values.format === '706' ? values.genotypeColumns : values.permissionColumns;
		const columns = chosen.length > 0 ? chosen : layout.columns.map(({ name }) => name);
		const records = recordsIn(layout, await sourceOf(layout, file));
		if (values.output === ITEMS) return await firstOf(records, chosen, values.returnAll ? Infinity : values.limit);
		let count = 0;
		async function* counted() {
			for await (const record of records) {
				count += 1;
				yield record;
			}
		}
		const table = TABLES[values.output];
		const name = `${file.name.replace(/\.(zip|csv|txt)$/i, '')}.${values.output}`;
		const binary = await store({ name, mimeType: table.mimeType, content: table.write(counted(), columns) });
		return { json: { fileName: name, mimeType: table.mimeType, records: count }, binary };
	},
});

/** As many as are wanted, with these columns, or with all. */
async function firstOf(records: AsyncIterable<GenoExRecord>, columns: string[], wanted: number): Promise<OutputItem[]> {
	const output: OutputItem[] = [];
	for await (const record of records) {
		output.push({ json: columns.length > 0 ? only(record, columns) : record });
		if (output.length >= wanted) break;
	}
	return output;
}

const build = gathering({
	name: 'Build',
	action: 'Build file',
	description: 'Make one zip of format 706 or 711 of all input items, ready to be submitted; their fields are named as Parse names them',
	effect: 'read',
	local: true,
	filesOut: true,
	fields: {
		format,
		fileName: text('File Name', { placeholder: 'e.g. genotypes.zip', description: 'Name of the zip; the service does not care for it' }),
	},
	checker({ format: code }) {
		const isDouble = doubles();
		return (json, item) => {
			const where = `Record ${item + 1}`;
			write(formats[code], json, where);
			if (isDouble(json)) throw new Problem(`${where}: "UUID" stands in an earlier record too`, { description: 'Each genotype has a UUID of its own. Remove the items that repeat one' });
		};
	},
	async gather({ values, store }, rows) {
		const layout = formats[values.format];
		const name = values.fileName ?? layout.innerNames[0].replace(/\.csv$/, '.zip');
		async function* texts() {
			for (const row of rows) yield `${write(layout, row, 'Record')}\n`;
		}
		const binary = await store({ name, mimeType: 'application/zip', content: zip(layout.innerNames[0], inPieces(texts())) });
		return { json: { fileName: name, mimeType: 'application/zip', records: rows.length }, binary };
	},
});

/** Tells whether the UUID of a record has been there before: GenoEx refuses a file in which one stands twice. */
function doubles(): (json: IDataObject) => boolean {
	const seen = new Set<string>();
	return ({ uuid }) => {
		const key = String(uuid).trim().toLowerCase();
		return seen.size === seen.add(key).size;
	};
}

export const file: Resource = { name: 'File', operations: { build, parse } };
