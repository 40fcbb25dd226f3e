import { locator, text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { created, pages } from '../api';
import { ID_PLACEHOLDER } from '../placeholders';

const tagId = locator('Tag', { list: 'searchTags', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A tag of your organization' });
const name = text('Name', { required: true, placeholder: 'e.g. cohort-7' });

const create = request({
	name: 'Create',
	action: 'Create tag',
	description: 'Make a tag that orders can carry',
	request: 'POST exec/tags',
	fields: { name },
	unwrap: (answer: unknown) => created(answer, 'tag'),
});

const get = request({ name: 'Get', action: 'Get tag', description: 'Retrieve a tag by its ID', request: 'GET exec/tags/{tagId}', fields: { tagId } });

const getAll = request({
	name: 'Get Many',
	action: 'Get many tags',
	description: 'Retrieve a list of tags',
	request: 'GET exec/tags',
	pages,
	fields: { tagName: text('Name', { wire: 'name' }) },
});

const update = request({
	name: 'Update',
	action: 'Update tag',
	description: 'Give a tag another name',
	request: 'PUT exec/tags/{tagId}',
	fields: { tagId, name },
});

const remove = request({
	name: 'Delete',
	action: 'Delete tag',
	description: 'Remove a tag for good, also from its orders',
	request: 'DELETE exec/tags/{tagId}',
	destructive: true,
	fields: { tagId },
	unwrap: deleted,
});

export const tag: Resource = { name: 'Tag', operations: { create, delete: remove, get, getAll, update } };
