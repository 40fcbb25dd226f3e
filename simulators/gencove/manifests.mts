import { TextWriter } from '@zip.js/zip.js';
import { Spool } from '../shared/spool.mts';
import { filesInZip } from '../shared/zip.mts';
import { invalid } from './errors.mts';

// wells that hold no sample (Gencove docs, Sample manifests)
const CONTROLS = ['Control', 'Negative Control', 'NTC', 'NC'];

/**
 * The client ids in a sample manifest.
 *
 * @param name of the file; its ending tells what it is
 * @throws ApiError when it is no manifest, or an id is not right
 */
export async function clientIdsIn(name: string, content: Buffer): Promise<string[]> {
	const [header, ...rows] = await rowsOf(name, content);
	const column = header?.indexOf('Unique sample identifier') ?? -1;
	if (column < 0) throw refusal('The column "Unique sample identifier" is missing.');
	const ids = rows.map((cells) => (cells[column] ?? '').trim()).filter((id) => id !== '' && !CONTROLS.includes(id));
	if (ids.length === 0) throw refusal('The sample manifest has no samples.');
	const wrong = ids.find((id) => !/^[A-Za-z0-9_-]+$/.test(id));
	if (wrong !== undefined) throw refusal(`Unique sample identifier "${wrong}" is not alphanumeric.`);
	const twice = ids.find((id, index) => ids.indexOf(id) !== index);
	if (twice !== undefined) throw refusal(`Unique sample identifier "${twice}" is not unique.`);
	return ids;
}

const refusal = (text: string) => invalid({ sample_manifest: [text] });

async function rowsOf(name: string, content: Buffer): Promise<string[][]> {
	const ending = name.split('.').at(-1)!.toLowerCase();
	if (ending === 'csv') return content.toString().replace(/^\ufeff/, '').split(/\r?\n/).map(cellsOf);
	if (ending === 'xlsx') return await sheetRows(content);
	throw refusal(`File extension “${ending}” is not allowed. Allowed extensions are: csv, xlsx.`);
}

const cellsOf = (line: string): string[] => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));

// the first sheet of a workbook, as far as its cells are texts
async function sheetRows(content: Buffer): Promise<string[][]> {
	const spool = new Spool();
	try {
		spool.write(content, 0);
		const entries = await filesInZip(spool);
		const read = async (filename: string) => (await entries.find((entry) => entry.filename === filename)?.getData(new TextWriter())) ?? '';
		const shared = [...(await read('xl/sharedStrings.xml')).matchAll(/<si>(.*?)<\/si>/gs)].map(([, inner]) => textIn(inner));
		const rows = [...(await read('xl/worksheets/sheet1.xml')).matchAll(/<row\b[^>]*>(.*?)<\/row>/gs)];
		return rows.map(([, row]) => cellsIn(row, shared));
	} catch {
		throw refusal('The file cannot be read as a workbook.');
	} finally {
		spool.close();
	}
}

// a cell may say where it stands (`B2`); one that does not follows the one before
function cellsIn(row: string, shared: string[]): string[] {
	const cells: string[] = [];
	for (const [, attributes, inner = ''] of row.matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
		const letters = /\br="([A-Z]+)\d+"/.exec(attributes)?.[1];
		const place = letters === undefined ? cells.length : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
		cells[place] = attributes.includes('t="s"') ? shared[Number(textIn(inner))] : textIn(inner);
	}
	return Array.from(cells, (cell) => cell ?? '');
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textIn = (xml: string): string => xml.replace(/<[^>]*>/g, '').replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
