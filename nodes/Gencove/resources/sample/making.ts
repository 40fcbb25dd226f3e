import type { IDataObject } from 'n8n-workflow';

import { choice, list, locator, optionsOf, text } from '../../../shared/field';
import { program, type Call, type Json } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { everyRow } from '../../api';
import { assign, groupsOf, sheetBelow } from '../../assignment';
import { folderOf } from '../../destinations';
import { ID_PLACEHOLDER, metadata, projectId } from '../../fields';

const target = { ...projectId, place: 'none' as const };
const given = { ...metadata, place: 'none' as const };

export const assignUploads = program({
	name: 'Assign Uploads',
	action: 'Assign uploads to samples',
	description: 'Make samples of the uploads in a folder, which starts their analysis; gives an item for each sample',
	fields: {
		projectId: target,
		path: text('Path', { place: 'none', required: true, placeholder: 'e.g. gncv://plate7', description: 'Folder or file in the upload area' }),
		assignment: choice('Uploads', optionsOf('all', 'assigned', 'unassigned'), { place: 'none', default: 'unassigned', description: 'Whether to take uploads of which samples were made before' }),
		metadata: given,
	},
	async run({ connection, values }) {
		const path = folderOf(values.path);
		const sheet = await sheetBelow(connection, path, values.assignment);
		if (sheet.length === 0) throw new Problem(`There are no such uploads in ${path}`, { description: 'Look at "Upload > Get Sample Sheet". Files that were just sent are seen some seconds later' });
		return (await assign(connection, values.projectId, sheet, values.metadata)).map((json) => ({ json }));
	},
});

const source = {
	projectId: target,
	source: choice('Samples', [
		{ name: 'All of a Project', value: 'project', description: 'Every sample of another project that has ended and is not in the archive' },
		{ name: 'Selected', value: 'selected', description: 'Those whose IDs you give' },
	], { place: 'none', default: 'selected' }),
	selectedIds: list('Sample IDs', { place: 'none', default: [], shownFor: { source: ['selected'] }, description: 'Comma-separated list of IDs' }),
	sourceProjectId: locator('Source Project', { list: 'searchProjects', place: 'none', default: '', idPlaceholder: ID_PLACEHOLDER, shownFor: { source: ['project'] }, description: 'Project whose samples are taken' }),
	clientIds: list('Client IDs', { place: 'none', description: 'Comma-separated list of new names, in the order of the samples' }),
	metadata: given,
};

/** Samples that one call takes. */
const SAMPLES_A_CALL = 100;

/** The samples to take, each with its new name where there is one; throws a Problem when there are none. */
async function samplesOf(connection: Connection, values: Call<typeof source>['values']): Promise<Array<{ sample_id: string; client_id?: string }>> {
	const ids = values.source === 'project' ? await finished(connection, values.sourceProjectId) : values.selectedIds;
	if (ids.length === 0) throw new Problem('There are no samples to take', { description: 'Give "Sample IDs", or a project that has samples which have ended' });
	const names = values.clientIds;
	if (names !== undefined && names.length !== ids.length) throw new Problem(`There are ${names.length} client IDs for ${ids.length} samples`, { description: 'Give a name for each sample, or none at all' });
	return ids.map((id, i) => ({ sample_id: id, ...(names && { client_id: names[i] }) }));
}

/** IDs of the samples of a project that have ended and whose files are there. */
async function finished(connection: Connection, project: string): Promise<string[]> {
	if (project === '') throw new Problem('"Source Project" is empty', { description: 'Choose the project whose samples are to be taken' });
	const ids: string[] = [];
	const list = everyRow(connection, 'GET project-samples/{projectId}', { path: { projectId: project }, query: { status: 'completed', archive_status: 'available' } });
	for await (const { id, last_status } of list) {
		if (/^(succeeded|failed[ _]qc)$/i.test(String((last_status as IDataObject).status))) ids.push(String(id));
	}
	return ids;
}

/** Sends the samples in groups; one that fails says how many are through. */
async function taken(line: string, { connection, values }: Call<typeof source>): Promise<IDataObject> {
	const all = await samplesOf(connection, values);
	const made: IDataObject[] = [];
	for (const group of groupsOf(all, SAMPLES_A_CALL)) {
		const body = { project_id: values.projectId, samples: group, ...(values.metadata !== undefined && { metadata: values.metadata }) } as unknown as Json;
		const answer = await connection.send(line, { body }).catch((cause: Problem) => {
			const before = made.length === 0 ? '' : `. The first ${made.length} samples were taken before`;
			throw new Problem(cause.message, { status: cause.status, uncertain: cause.uncertain || made.length > 0, description: `${cause.description ?? ''}${before}` });
		});
		made.push(...((answer as { samples?: IDataObject[] } | undefined)?.samples ?? []));
	}
	return { project_id: values.projectId, samples: made };
}

export const importExisting = program({
	name: 'Import Existing',
	action: 'Import existing samples',
	description: 'Analyze samples of another project again in this one, from the same reads',
	fields: source,
	run: async (call) => ({ json: await taken('POST project-samples-import/', call) }),
});

export const copyExisting = program({
	name: 'Copy Existing',
	action: 'Copy existing samples',
	description: 'Copy samples of another project with their results into this one',
	fields: source,
	run: async (call) => ({ json: await taken('POST project-samples-copy/', call) }),
});
