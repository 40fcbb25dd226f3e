import { choice, locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { ID_PLACEHOLDER } from '../fields';

const getAll = request({
	name: 'Get Many',
	action: 'Get many file types',
	description: 'Retrieve a list of the types that files have; "qc" and "metadata" are made when they are downloaded',
	request: 'GET file-types/',
	pages,
	fields: {
		object: choice('Files Of', [{ name: 'Samples', value: 'sample' }, { name: 'Reference Genome', value: 'reference_genome', description: 'Those that belong to the project itself' }]),
		projectId: locator('Project', { list: 'searchProjects', wire: 'project_id', idPlaceholder: ID_PLACEHOLDER, description: 'List only types that files of this project have' }),
	},
});

export const fileType: Resource = { name: 'File Type', operations: { getAll } };
