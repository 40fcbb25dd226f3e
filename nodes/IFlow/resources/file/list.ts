import type { IDataObject } from 'n8n-workflow';

import { flag, number } from '../../../shared/field';
import { program, type OutputItem } from '../../../shared/operation';
import type { Connection } from '../../../shared/request';
import { inProject, projectId } from '../../fields';
import { folderPath, path } from '../../paths';

interface Listing {
	folders?: IDataObject[];
	files?: IDataObject[];
}

/** What is in a folder, and, if wanted, in all folders below; one folder's list is in memory at a time. */
export async function* entriesIn(connection: Connection, folder: string, { headers, recursive }: { headers: Record<string, string>; recursive: boolean }): AsyncGenerator<IDataObject> {
	const open = [folder];
	for (let next = open.shift(); next !== undefined; next = open.shift()) {
		const { folders = [], files = [] } = (await connection.send('GET files/files', { query: { path: next }, headers })) as Listing;
		yield* folders;
		yield* files;
		if (recursive) open.unshift(...folders.map(({ name }) => folderPath(String(name), 'Folder')));
	}
}

export const getAll = program({
	name: 'Get Many',
	action: 'Get many files',
	description: 'Retrieve a list of the files and folders in a folder',
	effect: 'read',
	fields: {
		projectId,
		folder: path('Folder', folderPath, { place: 'none', default: '/', placeholder: 'e.g. samples/p-001/', description: 'The folder to look into; / is the whole project' }),
		returnAll: flag('Return All', { place: 'none', default: false, description: 'Whether to return all results or only up to a given limit' }),
		limit: number('Limit', { place: 'none', default: 50, min: 1, description: 'Max number of results to return', shownFor: { returnAll: [false] } }),
		filesOnly: flag('Files Only', { place: 'none', description: 'Whether to leave folders out' }),
		recursive: flag('Recursive', { place: 'none', description: 'Whether to look into all folders below, too' }),
	},
	async run({ connection, values }) {
		const { folder, returnAll, limit, filesOnly, recursive = false } = values;
		const output: OutputItem[] = [];
		for await (const json of entriesIn(connection, folder, { headers: inProject(values), recursive })) {
			if (filesOnly && json.is_folder) continue;
			output.push({ json });
			if (!returnAll && output.length >= limit) break;
		}
		return output;
	},
});
