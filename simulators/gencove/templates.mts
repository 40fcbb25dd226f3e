import { zipArchive } from '../shared/documents.mts';

/** Columns of a sample manifest after the first ones, which differ (recording projects/test_create_sample_manifest__success; of tubes invented). */
const COLUMNS = ['Unique sample identifier', 'Buffer', 'Concentration if known (ng/ul)', 'Species', 'Coverage'];

// down the columns of the plate: A1, B1 ... H1, A2
const wells = (rows: string, columns: number): string[] => Array.from({ length: columns }, (_, column) => [...rows].map((row) => `${row}${column + 1}`)).flat();

const plate = (rows: string, columns: number): string[][] => [['Plate ID', 'Well', ...COLUMNS], ...wells(rows, columns).map((well) => ['', well, '', '', '', '', ''])];

/** The layouts of a sample manifest, as rows of cells. */
export const TEMPLATES = {
	'96_well': plate('ABCDEFGH', 12),
	'384_well': plate('ABCDEFGHIJKLMNOP', 24),
	tube: [['Tube ID', ...COLUMNS]],
};

export type TemplateType = keyof typeof TEMPLATES;
export const TEMPLATE_TYPES = Object.keys(TEMPLATES) as TemplateType[];

/** A layout as CSV; no cell needs quotes. */
export const csvTemplate = (type: TemplateType): string => TEMPLATES[type].map((cells) => `${cells.join(',')}\r\n`).join('');

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const cell = (text: string): string => (text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${text}</t></is></c>`);
const sheet = (rows: string[][]): string => `<worksheet ${MAIN}><sheetData>${rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`;

/** A workbook with a sheet for each layout: the smallest that spreadsheet programs open. */
export async function xlsxTemplate(): Promise<Buffer> {
	const sheets = Object.entries(TEMPLATES).map(([name, rows], index) => ({ name, rows, number: index + 1 }));
	const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
	const relations = (inner: string) => `<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
	const parts: Record<string, string> = {
		'[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${sheets.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join('')}</Types>`,
		'_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
		'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, number }) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relations(sheets.map(({ number }) => relation(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`)).join('')),
	};
	for (const { rows, number } of sheets) parts[`xl/worksheets/sheet${number}.xml`] = sheet(rows);
	return await zipArchive(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(XML + text)])));
}
