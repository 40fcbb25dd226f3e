import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../shared/problem';

/** Where data comes from, by Galaxy's word for it, and the name of what stands there. */
export const SOURCES = {
	file: { src: 'files' },
	text: { src: 'pasted', at: 'paste_content' },
	urls: { src: 'url', at: 'url' },
	paths: { src: 'path', at: 'path' },
	directory: { src: 'server_dir', at: 'server_dir' },
	ftp: { src: 'ftp_import', at: 'ftp_path' },
} as const;

export type Source = keyof typeof SOURCES;

/** What Galaxy does not take for an address fails only later, in the dataset. */
function checkAddress(url: string): string {
	if (/^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(url)) return url;
	throw new Problem(`"${url}" is not an address`, { description: 'Give one address on each line of "URLs", for example https://example.org/reads.fastq.gz' });
}

/** The last part of an address or a path. */
function lastPart(place: string): string {
	const part = place.replace(/[?#].*$/, '').replace(/\/+$/, '').split('/').pop() as string;
	return safelyDecoded(part);
}

function safelyDecoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** What an element is called when the user does not say: as its file, or what it is. */
export function nameOf(source: Source, value: string): string {
	if (source === 'file') return value;
	// such an address is the data itself
	const isData = source === 'text' || value.startsWith('base64://');
	return isData ? 'Text' : lastPart(value);
}

/**
 * One element for each place that data comes from.
 *
 * @param values names of the files, the text, addresses or paths
 */
export function elementsOf(source: Source, values: string[]): IDataObject[] {
	const { src, ...more } = SOURCES[source];
	return values.map((value) => {
		if (source === 'urls') checkAddress(value);
		return { src, name: nameOf(source, value), ...('at' in more && { [more.at]: value }) };
	});
}

/** Elements in Galaxy's own words: each that holds others gets them changed, and each that is data is changed itself. */
export function mapData(elements: IDataObject[], change: (element: IDataObject) => IDataObject): IDataObject[] {
	return elements.map((element) => (Array.isArray(element.elements) ? { ...element, elements: mapData(element.elements as IDataObject[], change) } : change(element)));
}

/** How many files of the item elements want, also those in nested and composite ones, and for files beside them. */
export function filesWanted(elements: IDataObject[]): number {
	return elements.reduce((sum, { src, elements: nested, composite, extra_files: beside }) => {
		const inner = [nested, (composite as IDataObject | undefined)?.elements, beside].flatMap((found) => (found ?? []) as IDataObject[]);
		return sum + (src === 'files' ? 1 : 0) + filesWanted(inner);
	}, 0);
}
