import type { IDataObject } from 'n8n-workflow';

import { locator, type Field, type Reading, type Spec } from '../shared/field';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import type { Watch } from '../shared/wait';
import { ID_PLACEHOLDER, libraryId as anyLibraryId } from './fields';
import { datasetOutcome, jobOutcome, PAUSES } from './states';

const FOLDER_PLACEHOLDER = 'e.g. F5a1cff6882ddb5b2';

/** IDs of library folders begin with F, and no others do (contract, section 9, 37). */
const isFolder = (id: string) => id.startsWith('F');

/** Throws a Problem for an ID that is none of a library folder. */
export function checkFolder(id: string): void {
	if (!isFolder(id)) throw new Problem(`"${id}" is not the ID of a library folder`, { description: 'IDs of library folders begin with F. "Library > Get All Contents" lists them' });
}

function checkNoFolder(id: string): void {
	if (isFolder(id)) throw new Problem(`"${id}" is the ID of a library folder`, { description: 'IDs of libraries and of their datasets do not begin with F. "Library > Get All Contents" lists them' });
}

function checked<T, P extends Field['place']>(field: Field<T, P>, check: (id: string) => void): Field<T, P> {
	return {
		...field,
		read(raw: unknown, reading: Reading) {
			const id = field.read(raw, reading);
			if (id) check(String(id));
			return id;
		},
	};
}

export const libraryId = checked(anyLibraryId, checkNoFolder);

/** The library of a thing that is addressed without one. */
export const libraryOf = (noun: string, shownFor?: Spec<string>['shownFor']) => locator('Library', { list: 'searchLibraries', place: 'none', default: '', shownFor, idPlaceholder: ID_PLACEHOLDER, description: `Needed only to choose the ${noun} from a list` });

const folderList = { list: 'searchFolders', idPlaceholder: FOLDER_PLACEHOLDER };

export const oneFolder = {
	libraryId: libraryOf('folder'),
	folderId: checked(locator('Folder', { ...folderList, place: 'path', required: true, description: 'Chosen from the folders of the library, or by its ID, which begins with F' }), checkFolder),
};

/** A place in a library. */
export const placeInLibrary = {
	libraryId,
	folderId: checked(locator('Folder', { ...folderList, place: 'none', default: '' as string, description: 'The top of the library when left empty' }), checkFolder),
};

const datasetList = { list: 'searchLibraryDatasets', idPlaceholder: ID_PLACEHOLDER, required: true as const, description: 'Chosen from the datasets of the library, or by its ID' };

export const oneLibraryDataset = { libraryId: libraryOf('dataset'), libraryDatasetId: checked(locator('Library Dataset', { ...datasetList, place: 'path' }), checkNoFolder) };

/** The folder that is chosen, or the one at the top of the library. */
export async function folderIn(connection: Connection, { libraryId: library, folderId }: { libraryId: string; folderId: string }): Promise<string> {
	if (folderId !== '') return folderId;
	const { root_folder_id: top } = (await connection.send('GET api/libraries/{library}', { path: { library } })) as IDataObject;
	return String(top);
}

/** Datasets that come into a library; each launch names its library. */
export const arrival: Watch = {
	noun: 'library dataset',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { parent_library_id: library, library_dataset_id: copied, id = copied }) {
		const json = (await connection.send('GET api/libraries/{library}/contents/{id}', { path: { library, id: copied ?? id } })) as IDataObject;
		const state = String(json.state);
		return { json, state, outcome: datasetOutcome(state), reason: json.misc_info ? String(json.misc_info).trim() : undefined };
	},
};

/** A job that imports files of the server. */
export const importJob: Watch = {
	noun: 'job',
	end: 'Completion',
	pauses: PAUSES,
	async look(connection, { id }) {
		const json = (await connection.send('GET api/jobs/{id}', { path: { id } })) as IDataObject;
		const state = String(json.state);
		return { json, state, outcome: jobOutcome(state), reason: jobOutcome(state) === 'failed' ? 'Check the path. The datasets that it made in the folder tell what is wrong with each' : undefined };
	},
};
