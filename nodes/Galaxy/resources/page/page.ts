import { choice, locator, longText, text } from '../../../shared/field';
import { deleted, request, type Resource } from '../../../shared/operation';
import { slices } from '../../../shared/pages';
import { ID_PLACEHOLDER, pageId } from '../../fields';
import { sharedList, sharing } from '../../sharing';
import { downloadPdf } from './pdf';
import { getRevision, getRevisions, revertRevision } from './revisions';

/** The most useful fields of a page. */
export const simplify = ['id', 'title', 'slug', 'username', 'content', 'content_format', 'annotation', 'update_time', 'published', 'deleted'];

const FORMATS = [{ name: 'HTML', value: 'html' }, { name: 'Markdown', value: 'markdown' }];

const slug = { placeholder: 'e.g. run-7', description: 'The short name in its link: lower-case letters, digits and hyphens; no other page of yours may have it' } as const;

const annotation = text('Annotation', { description: 'A note on what it is about' });

const create = request({
	name: 'Create',
	action: 'Create page',
	description: 'Write a page, which may show datasets and results of workflows in its text',
	request: 'POST api/pages',
	simplify,
	fields: {
		title: text('Title', { required: true, placeholder: 'e.g. Run 7' }),
		slug: text('Slug', { required: true, ...slug }),
		content: longText('Content', { default: '', placeholder: 'e.g. # Run 7', description: 'The text of the page' }),
		contentFormat: choice('Content Format', FORMATS, { default: 'markdown' }),
		annotation,
		historyId: locator('History', { list: 'searchHistories', idPlaceholder: ID_PLACEHOLDER, description: 'The history that the page is about' }),
		invocationId: locator('Invocation', { list: 'searchInvocations', idPlaceholder: ID_PLACEHOLDER, description: 'The run of a workflow whose report becomes the page' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get page',
	description: 'Retrieve a page with its text, also a deleted one',
	request: 'GET api/pages/{pageId}',
	simplify,
	fields: { pageId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many pages',
	description: 'Retrieve a list of your pages, without their texts',
	request: 'GET api/pages',
	pages: slices(500),
	simplify: simplify.filter((name) => !['content', 'content_format', 'annotation'].includes(name)),
	fields: {
		...sharedList('pages'),
		historyId: locator('History', { list: 'searchHistories', idPlaceholder: ID_PLACEHOLDER, description: 'The history that the pages are about' }),
		invocationId: locator('Invocation', { list: 'searchInvocations', idPlaceholder: ID_PLACEHOLDER, description: 'The run of a workflow that the pages report on' }),
	},
});

const update = request({
	name: 'Update',
	action: 'Update page',
	description: 'Change title, notes or text of a page; a new text becomes a revision, and the old ones stay',
	request: 'PUT api/pages/{pageId}',
	simplify,
	fields: {
		pageId,
		annotation,
		content: longText('Content', { description: 'The new text of the page' }),
		contentFormat: choice('Content Format', FORMATS),
		editSource: choice('Edited By', [{ name: 'Agent', value: 'agent' }, { name: 'User', value: 'user' }], { description: 'What is noted of the new revision: who has written it' }),
		slug: text('Slug', slug),
		title: text('Title'),
	},
});

const remove = request({
	name: 'Delete',
	action: 'Delete page',
	description: 'Remove a page; it can be brought back',
	request: 'DELETE api/pages/{pageId}',
	destructive: true,
	fields: { pageId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete page',
	description: 'Bring a deleted page back',
	request: 'PUT api/pages/{pageId}/undelete',
	fields: { pageId },
});

export const page: Resource = {
	name: 'Page',
	operations: {
		create,
		delete: remove,
		downloadPdf,
		get,
		getAll,
		getRevision,
		getRevisions,
		revertRevision,
		undelete,
		update,
		...sharing('page', 'api/pages/{pageId}', { pageId }),
	},
};
