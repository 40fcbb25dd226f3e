import { text } from '../../shared/field';
import { deleted, request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { formId } from '../fields';

const create = request({
	name: 'Create',
	action: 'Create form',
	description: 'Make a form that users fill in (administrators only); Galaxy 26.1 answers it with a server fault',
	request: 'POST api/forms',
	fields: { xmlText: text('XML', { required: true, placeholder: 'e.g. <form>...</form>', description: 'Name, type and fields of the form in Galaxy\'s XML' }) },
	// a list of one
	unwrap: ([made]: object[]) => made,
});

const get = request({
	name: 'Get',
	action: 'Get form',
	description: 'Retrieve a form with its fields (administrators only)',
	request: 'GET api/forms/{formId}',
	fields: { formId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many forms',
	description: 'Retrieve a list of the forms of the server (administrators only)',
	request: 'GET api/forms',
	pages: wholeList,
	fields: {},
});

const remove = request({
	name: 'Delete',
	action: 'Delete form',
	description: 'Remove a form; it can be brought back (administrators only)',
	request: 'DELETE api/forms/{formId}',
	destructive: true,
	fields: { formId },
	unwrap: deleted,
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete form',
	description: 'Bring a deleted form back (administrators only)',
	request: 'POST api/forms/{formId}/undelete',
	fields: { formId },
});

export const form: Resource = { name: 'Form', operations: { create, delete: remove, get, getAll, undelete } };
