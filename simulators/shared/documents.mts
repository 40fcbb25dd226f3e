import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { PDFDocument, StandardFonts } from 'pdf-lib';

configure({ useWebWorkers: false });

// fixed, so that the same content gives the same bytes
const DATE = new Date(Date.UTC(2025, 0, 1));

/** Makes a ZIP archive. @param entries file name to content */
export async function zipArchive(entries: Record<string, Buffer>): Promise<Buffer> {
	const zip = new ZipWriter(new Uint8ArrayWriter());
	for (const [name, content] of Object.entries(entries)) {
		await zip.add(name, new Uint8ArrayReader(content), { lastModDate: DATE });
	}
	return Buffer.from(await zip.close());
}

/** Makes a PDF document of one page. @param lines of text, ASCII */
export async function pdfDocument(title: string, lines: string[]): Promise<Buffer> {
	const document = await PDFDocument.create({ updateMetadata: false });
	document.setTitle(title);
	document.setCreationDate(DATE);
	document.setModificationDate(DATE);
	const page = document.addPage([595, 842]);
	const font = await document.embedFont(StandardFonts.Helvetica);
	lines.forEach((line, number) => page.drawText(line, { x: 50, y: 780 - 24 * number, size: 14, font }));
	return Buffer.from(await document.save());
}
