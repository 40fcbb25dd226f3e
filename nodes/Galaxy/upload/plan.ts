import type { IDataObject } from 'n8n-workflow';

import { place } from '../../shared/place';
import { Problem } from '../../shared/problem';
import { api } from '../api';
import { checkFolder } from '../libraries';
import { elementsOf, mapData, type Source } from './elements';
import { ofDatasets, type UploadValues } from './fields';
import { arranged, expandedTarget, targetOf, type Destination } from './targets';

function destinationOf(values: UploadValues): Destination {
	switch (values.destination) {
		case 'collection':
			return { type: 'hdca', collectionType: values.collectionKind, name: values.collectionName, tags: values.collectionTags, columnDefinitions: values.columnDefinitions, rows: values.rows };
		case 'libraryFolder':
			checkFolder(values.folderId);
			return { type: 'library_folder', folderId: values.folderId };
		case 'library':
			return { type: 'library', name: values.libraryName, description: values.libraryDescription, synopsis: values.librarySynopsis };
		default:
			return { type: 'hdas' };
	}
}

/** What stands in the field of a source; of files their names. */
function placesOf(values: UploadValues, fileNames: string[]): string[] {
	const places: Record<Source, string[]> = { file: fileNames, text: [values.text], urls: values.urls, paths: values.serverPaths, directory: values.importPaths, ftp: values.ftpFiles };
	return places[values.source as Source];
}

/** What is said of all elements; tools expect the line ends of Unix (contract, section 5, b). */
const ofAll = (values: UploadValues): IDataObject => ({ to_posix_lines: true, ...(place(ofDatasets, values as IDataObject, 'POST', api.spelling).body as IDataObject) });

/** The checksum of the one dataset; throws a Problem for several. */
function hashesOf({ checksum, checksumFunction }: UploadValues, count: number): IDataObject {
	if (checksum === undefined && checksumFunction === undefined) return {};
	if (checksum === undefined || checksumFunction === undefined) throw new Problem('A checksum needs its function', { description: 'Give both "Checksum" and "Checksum Function", or neither' });
	if (count !== 1) throw new Problem(`One checksum cannot be that of ${count} datasets`, { description: 'Upload them one by one, or give "hashes" in "Elements"' });
	return { hashes: [{ hash_function: checksumFunction, hash_value: checksum }] };
}

/**
 * The target of an upload in Galaxy's words: what comes from where and goes where. Throws a Problem for values that do not
 * go together.
 */
export function planOf(values: UploadValues, fileNames: string[]): IDataObject {
	const destination = destinationOf(values);
	const isRaw = values.source === 'elements';
	const given = isRaw ? ([values.elements].flat() as IDataObject[]) : elementsOf(values.source as Source, placesOf(values, fileNames));
	if (values.expand !== undefined) return expandedTarget(destination, given, values.expand, values.autoDecompress);
	const common = { ...ofAll(values), ...hashesOf(values, given.length) };
	const elements = mapData(given, (element) => ({ ...common, ...element }));
	return targetOf(destination, isRaw ? elements : arranged(destination, elements, values.names ?? []));
}
