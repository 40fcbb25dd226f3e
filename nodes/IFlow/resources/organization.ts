import { request, type Resource } from '../../shared/operation';
import { whole } from '../pages';

const getAll = request({
	name: 'Get Many',
	action: 'Get many organizations',
	description: 'Retrieve a list of organizations that you may see',
	request: 'GET admin/orgs',
	pages: whole,
	fields: {},
});

export const organization: Resource = { name: 'Organization', operations: { getAll } };
