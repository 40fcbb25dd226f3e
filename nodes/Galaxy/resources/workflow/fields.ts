import type { IDataObject } from 'n8n-workflow';

import { flag, number } from '../../../shared/field';

/** The most useful fields of a workflow. */
export const simplify = ['id', 'name', 'annotation', 'tags', 'owner', 'version', 'inputs', 'number_of_steps', 'update_time', 'published'];

export const version = number('Version', { place: 'query', min: 0, whole: true, description: 'Number of the version, from 0; the newest by default' });

/** Invocations name a version of a workflow, not the workflow itself (contract, section 9, 14). */
export const instance = flag('ID Is of a Version', { place: 'query', description: 'Whether the ID is the one of a version of the workflow, as invocations name it' });

/** Which workflows are listed. */
export const listed = {
	showDeleted: flag('Deleted', { place: 'query', description: 'Whether to list deleted workflows, in place of the others' }),
	showHidden: flag('Hidden', { place: 'query', description: 'Whether to list hidden workflows, in place of the others' }),
	showPublished: flag('Published', { place: 'query', description: 'Whether to list workflows that others have published, too' }),
	showShared: flag('Shared', { place: 'query', description: 'Whether to list workflows that others share with you, too; they are listed by default' }),
};

/** Some answers name a workflow and its newest version by numbers of the database, which no call takes; `id` is the one that was sent. */
export function withId({ latest_workflow_id: newest, ...answer }: IDataObject, id: string): IDataObject {
	return { ...answer, ...(typeof newest === 'string' && { latest_workflow_id: newest }), ...(answer.id !== undefined && { id }) };
}
