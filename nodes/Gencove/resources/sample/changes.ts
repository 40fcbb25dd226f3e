import type { IDataObject } from 'n8n-workflow';

import { choice, list } from '../../../shared/field';
import { deleted, program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { projectId, sampleIds } from '../../fields';

const someSamples = { projectId, sampleIds };

export const cancel = request({
	name: 'Cancel',
	action: 'Cancel samples',
	description: 'Stop the analysis of up to 20 samples that wait or run',
	request: 'POST project-cancel-samples/{projectId}',
	destructive: true,
	fields: someSamples,
});

export const hide = request({
	name: 'Hide',
	action: 'Hide samples',
	description: 'Leave samples out of lists',
	request: 'POST project-hide-samples/{projectId}',
	fields: someSamples,
});

export const unhide = request({
	name: 'Unhide',
	action: 'Unhide samples',
	description: 'Show hidden samples in lists again',
	request: 'POST project-unhide-samples/{projectId}',
	fields: someSamples,
});

export const remove = request({
	name: 'Delete',
	action: 'Delete samples',
	description: 'Remove samples with all of their files',
	request: 'DELETE project-delete-samples/{projectId}',
	destructive: true,
	fields: someSamples,
	unwrap: deleted,
});

/** All of a project, or those that are named: an empty list means all to Gencove, so it is never sent by accident. */
export const allOrSome = {
	samples: choice('Samples', [
		{ name: 'All of the Project', value: 'all', description: 'Every sample that it can be done with' },
		{ name: 'Selected', value: 'selected', description: 'Those whose IDs you give' },
	], { place: 'none', default: 'selected' }),
	selectedIds: list('Sample IDs', { place: 'none', default: [], shownFor: { samples: ['selected'] }, description: 'Comma-separated list of IDs' }),
};

/** The IDs to send; throws a Problem when samples are to be selected and none is. */
export function idsOf({ samples, selectedIds }: { samples: string; selectedIds: string[] }): string[] {
	if (samples === 'all') return [];
	if (selectedIds.length > 0) return selectedIds;
	throw new Problem('"Sample IDs" is empty', { description: 'Give the IDs of samples, or set "Samples" to "All of the Project"' });
}

export const restore = program({
	name: 'Restore',
	action: 'Restore samples',
	description: 'Have the files of archived samples brought back, which takes up to 50 hours',
	fields: { projectId, ...allOrSome },
	async run({ connection, values }) {
		const answer = await connection.send('POST project-restore-samples/{projectId}', { path: values, body: { sample_ids: idsOf(values) } });
		return { json: (answer as IDataObject | undefined) ?? { success: true } };
	},
});
