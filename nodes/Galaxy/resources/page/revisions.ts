import { flag, id } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { ID_PLACEHOLDER, pageId } from '../../fields';

const revisionId = id('Revision ID', { placeholder: ID_PLACEHOLDER, description: 'As "Get Revisions" shows it' });

export const getRevisions = request({
	name: 'Get Revisions',
	action: 'Get revisions of page',
	description: 'Retrieve a list of the versions that a page has had',
	request: 'GET api/pages/{pageId}/revisions',
	fields: { pageId, sortDesc: flag('Newest First', { description: 'Whether to begin with the newest one' }) },
});

export const getRevision = request({
	name: 'Get Revision',
	action: 'Get revision of page',
	description: 'Retrieve a version of a page with its text',
	request: 'GET api/pages/{pageId}/revisions/{revisionId}',
	fields: { pageId, revisionId },
});

export const revertRevision = request({
	name: 'Revert to Revision',
	action: 'Revert page to revision',
	description: 'Give a page the text of an older version again, as a new revision',
	request: 'POST api/pages/{pageId}/revisions/{revisionId}/revert',
	fields: { pageId, revisionId },
});
