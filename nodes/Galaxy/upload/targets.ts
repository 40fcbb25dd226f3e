import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../shared/problem';
import { checkShape } from '../collectionShape';
import { checkCount, ENDS, inPairs } from '../pairs';

/** Where an upload goes. */
export type Destination =
	| { type: 'hdas' }
	| { type: 'hdca'; collectionType: string; name: string; tags?: string[]; columnDefinitions?: unknown; rows?: unknown }
	| { type: 'library_folder'; folderId: string }
	| { type: 'library'; name: string; description?: string; synopsis?: string };

/** What an element that came from a field is called. */
const nameOf = ({ name }: IDataObject) => String(name);

/** Elements under their names: those that are given, or those that they have. */
function renamed(elements: IDataObject[], names: string[]): IDataObject[] {
	checkCount(names, elements.length, 'datasets');
	return elements.map((element, i) => ({ ...element, ...(names.length > 0 && { name: names[i] }) }));
}

/**
 * Elements in the order and under the names that the destination wants. Pairs are made of two that follow each other.
 * Throws a Problem where that does not come out even.
 */
export function arranged(destination: Destination, elements: IDataObject[], names: string[]): IDataObject[] {
	const type = destination.type === 'hdca' ? destination.collectionType : 'list';
	if (type === 'list:paired') {
		return inPairs(elements, names, nameOf).map(({ name, pair }) => ({ name, elements: pair.map((element, i) => ({ ...element, name: ENDS[i] })) }));
	}
	if (type !== 'paired') return renamed(elements, names);
	if (elements.length === 2) return renamed(elements, ENDS);
	throw new Problem(`A pair is made of two datasets, not of ${elements.length}`, { description: 'Give the forward and the reverse reads, or choose another "Collection Type"' });
}

/** The destination in Galaxy's words, and what a collection is to be. */
function wordsOf(destination: Destination): IDataObject {
	switch (destination.type) {
		case 'hdas':
			return { destination: { type: 'hdas' } };
		case 'hdca':
			return { destination: { type: 'hdca' }, collection_type: destination.collectionType, name: destination.name, tags: destination.tags, column_definitions: destination.columnDefinitions as IDataObject, rows: destination.rows as IDataObject };
		case 'library_folder':
			// here the ID goes without its F (contract, section 5, b)
			return { destination: { type: 'library_folder', library_folder_id: destination.folderId.replace(/^F/, '') } };
		case 'library':
			return { destination: { type: 'library', name: destination.name, description: destination.description, synopsis: destination.synopsis } };
	}
}

/** A target of single elements. Throws a Problem when they do not have the shape of the collection that they are to be. */
export function targetOf(destination: Destination, elements: IDataObject[]): IDataObject {
	if (destination.type === 'hdca') checkShape(destination.collectionType, elements, 'elements');
	return { ...wordsOf(destination), elements };
}

/**
 * A target whose elements Galaxy takes out of one archive or directory.
 *
 * @param kind what it is: archive, bagit, bagit_archive or directory
 */
export function expandedTarget(destination: Destination, [archive, ...others]: IDataObject[], kind: string, autoDecompress?: boolean): IDataObject {
	if (archive === undefined || others.length > 0) throw new Problem('Only one archive or directory can be expanded at once', { description: 'Give one in each item' });
	// Galaxy says yes and makes nothing (seen with 26.1.2)
	if (destination.type === 'hdas') throw new Problem('Galaxy does not expand archives into single datasets', { description: 'Set "Destination" to a collection or a library' });
	// the name is that of the collection, not of the archive
	return { ...archive, name: undefined, ...wordsOf(destination), elements_from: kind, auto_decompress: autoDecompress };
}
