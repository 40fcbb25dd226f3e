import { Problem } from '../../shared/problem';

/** One record of a file; the names are those of its format's columns. */
export type GenoExRecord = Record<string, string | string[]>;

/** One field of a line. */
export interface Column {
	/** Its name in a record. */
	name: string;
	/** Its name in messages. */
	label: string;
	rule: RegExp;
	/** What the rule wants, to follow "is not". */
	wants: string;
	/** What is written where a record has none; without it, a record must have one. */
	missing?: string;
	/** Characters; shorter values are filled with zeros on the left when they are written. */
	zeroFilled?: number;
	/** Several values, separated by commas in the file and an array in a record. */
	list?: true;
}

/** A text format of GenoEx: one record a line, its fields in the order of the columns, separated by semicolons. */
export interface Format {
	/** How the service calls it; also the first field of each line. */
	code: string;
	columns: Column[];
	/** The names its file may have inside a zip; the first is the one to give. */
	innerNames: string[];
	/** Layouts of the past, to tell them from mistakes. */
	oldLayouts: Array<{ about: string; matches(fields: string[]): boolean }>;
	/** What is wrong with values that are right by themselves. */
	disagreement?(record: GenoExRecord): string | undefined;
}

const SEPARATOR = ';';

export const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

const CURRENT = (format: Format) => `A line of format ${format.code} has these fields, separated by semicolons: ${format.columns.map(({ label }) => label).join(', ')}`;

/** Says where and which field, but never its value: animals and genotypes are confidential. */
const fault = (format: Format, where: string, what: string) => new Problem(`${where}: ${what}`, { description: CURRENT(format) });

function checkColumn(format: Format, column: Column, value: string, where: string) {
	if (!column.rule.test(value)) throw fault(format, where, `"${column.label}" is not ${column.wants}`);
}

function checkTogether(format: Format, record: GenoExRecord, where: string) {
	const disagreement = format.disagreement?.(record);
	if (disagreement !== undefined) throw fault(format, where, disagreement);
}

/**
 * JavaScript keeps the whole text in memory of which a value is a part (values of up to 12 characters are copied). Who
 * wants the animals alone must not hold a million genotypes each: all values but genotypes are made texts of their own.
 */
const own = (value: string) => (value.length > 12 && value.length < 1000 ? Buffer.from(value, 'utf8').toString('utf8') : value);

/** Reads a line without its end. Throws a Problem that names the line by its `number`, and the field. */
export function read(format: Format, line: string, number: number): GenoExRecord {
	const where = `Line ${number}`;
	const fields = line.split(SEPARATOR);
	checkColumn(format, format.columns[0], fields[0], where);
	const old = format.oldLayouts.find(({ matches }) => matches(fields));
	if (old) throw fault(format, where, `This is an old layout of format ${format.code}: ${old.about}`);
	if (fields.length !== format.columns.length) {
		throw fault(format, where, `${fields.length} ${fields.length === 1 ? 'field' : 'fields'} instead of ${format.columns.length}`);
	}
	const record: GenoExRecord = {};
	format.columns.forEach((column, index) => {
		const value = fields[index];
		checkColumn(format, column, value, where);
		record[column.name] = column.list ? own(value).split(',').filter((code) => code !== '') : own(value);
	});
	checkTogether(format, record, where);
	return record;
}

/** The text of a value as it stands in the file. Lists may be arrays or text with commas. */
function textOf(column: Column, value: unknown): string {
	const text = Array.isArray(value) ? value.join(',') : String(value ?? '').trim();
	if (column.list) return text.split(',').map((code) => code.trim()).filter((code) => code !== '').join(',');
	return text === '' ? (column.missing ?? '') : text.padStart(column.zeroFilled ?? 0, '0');
}

/**
 * The line of a record, without its end. `where` begins the message of the Problem that it throws ("Record 3").
 * Values are trimmed, animal numbers filled with zeros; fields that the format does not have are left out.
 */
export function write(format: Format, record: Readonly<Record<string, unknown>>, where: string): string {
	const texts: GenoExRecord = {};
	for (const column of format.columns) {
		const value = record[column.name];
		if (typeof value === 'object' && value !== null && !(column.list && Array.isArray(value))) throw fault(format, where, `"${column.label}" is not text`);
		const text = textOf(column, value);
		if (text === '' && column.missing === undefined) throw fault(format, where, `"${column.label}" is missing`);
		if (/[;\r\n]/.test(text)) throw fault(format, where, `"${column.label}" holds a semicolon or a line break`);
		checkColumn(format, column, text, where);
		texts[column.name] = text;
	}
	checkTogether(format, texts, where);
	return Object.values(texts).join(SEPARATOR);
}
