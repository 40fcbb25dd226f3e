import { flag, text } from '../../../shared/field';
import { deleted, program, request, type OutputItem, type Resource } from '../../../shared/operation';
import { pages } from '../../api';
import { historyId, tags, views } from '../../fields';
import { filterFlag, filterText, filterTimes, ordering, otherFilters } from '../../filters';
import { sharing } from '../../sharing';

/** The most useful fields of a history. */
const simplify = ['id', 'name', 'state', 'size', 'count', 'annotation', 'tags', 'update_time', 'deleted', 'published'];

const settings = {
	annotation: text('Annotation', { description: 'A note on what it is about' }),
	genomeBuild: text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome of new datasets' }),
	preferredObjectStoreId: text('Preferred Object Store ID', { description: 'Where the server is to keep new datasets' }),
	tags: tags(),
};

const create = program({
	name: 'Create',
	action: 'Create history',
	description: 'Make a history, which holds datasets and the jobs that made them',
	simplify,
	fields: { name: text('Name', { default: '', description: '"Unnamed history" when left empty' }), ...settings },
	async run({ connection, values: { name, annotation, genomeBuild, preferredObjectStoreId, tags: given } }) {
		const made = (await connection.send('POST api/histories', { body: name === '' ? {} : { name } })) as OutputItem['json'];
		const more = { annotation, genome_build: genomeBuild, preferred_object_store_id: preferredObjectStoreId, tags: given };
		// a new history takes its name alone
		if (Object.values(more).every((value) => value === undefined)) return { json: made };
		return { json: (await connection.send('PUT api/histories/{id}', { path: { id: made.id }, body: more })) as OutputItem['json'] };
	},
});

const get = request({
	name: 'Get',
	action: 'Get history',
	description: 'Retrieve a history by its ID, also a deleted one',
	request: 'GET api/histories/{historyId}',
	simplify,
	fields: { historyId, ...views },
});

/** The filters of histories, wherever histories are listed. */
export const historyFilters = {
	...filterTimes,
	...ordering(['Created', 'create_time'], ['Name', 'name'], ['Size', 'size'], ['Updated', 'update_time']),
	annotation: filterText('Annotation Contains', 'annotation-contains'),
	deleted: filterFlag('Deleted', 'deleted', 'Whether to list deleted histories, or those that are not'),
	genomeBuild: filterText('Genome Build', 'genome_build'),
	name: filterText('Name Contains', 'name-contains'),
	otherFilters,
	tag: filterText('Tag', 'tag'),
	...views,
};

const getAll = request({
	name: 'Get Many',
	action: 'Get many histories',
	description: 'Retrieve a list of your histories',
	request: 'GET api/histories',
	pages,
	simplify,
	fields: historyFilters,
});

const update = request({
	name: 'Update',
	action: 'Update history',
	description: 'Change name, tags or notes of a history',
	request: 'PUT api/histories/{historyId}',
	simplify,
	fields: {
		historyId,
		...settings,
		importable: flag('Importable', { description: 'Whether others may import it by its link' }),
		name: text('Name'),
		published: flag('Published', { description: 'Whether all users of the server see it' }),
	},
});

const remove = request({
	name: 'Delete',
	action: 'Delete history',
	description: 'Remove a history with its datasets; it can be brought back until it is purged',
	request: 'DELETE api/histories/{historyId}',
	destructive: true,
	fields: { historyId, purge: flag('Purge', { default: false, description: 'Whether to remove the data for good' }) },
	unwrap: deleted,
});

export const history: Resource = {
	name: 'History',
	operations: { create, delete: remove, get, getAll, update, ...sharing('history', 'api/histories/{historyId}', { historyId }) },
};
