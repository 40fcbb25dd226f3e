import type { IDataObject } from 'n8n-workflow';

/** A cell, quoted or not, and what stands after it (RFC 4180). Quotes that are out of place are taken as they are. */
const CELL = /("[^"]*(?:""[^"]*)*"|[^,\r\n]*)(,|\r?\n|\r|$)/gy;

/** Spreadsheet programs put it in front of a text; it is no part of it. */
const BYTE_ORDER_MARK = '\ufeff';

const contentOf = (cell: string) => (cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

/** The rows of a table as texts, without empty lines; quoted cells may hold commas, quotes and line ends. */
function* rowsOf(table: string): Generator<string[]> {
	const text = table.startsWith(BYTE_ORDER_MARK) ? table.slice(1) : table;
	let row: string[] = [];
	for (const [, cell, end] of text.matchAll(CELL)) {
		row.push(contentOf(cell));
		if (end === ',') continue;
		if (row.length > 1 || cell !== '') yield row;
		row = [];
		if (end === '') return;
	}
}

/** Reads a table with a line of names: an object a row, all values texts. Cells that a row lacks are empty. */
export function parseCsv(table: string): IDataObject[] {
	const [names = [], ...rows] = rowsOf(table);
	return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

/** A cell as it is written, quoted where it must be. */
const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A line of a table, with its end. */
export const csvLine = (cells: string[]): string => `${cells.map(csvCell).join(',')}\n`;
