import { flag, number, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { tags, views } from '../../fields';
import { item, simplify } from './fields';

export const get = request({
	name: 'Get',
	action: 'Get item of history content',
	description: 'Retrieve a dataset or a collection',
	request: 'GET api/histories/{historyId}/contents/{itemType}s/{itemId}',
	simplify,
	fields: { ...item, fuzzyCount: number('Most Elements', { min: 1, whole: true, description: 'About how many elements of a large collection to give out' }), ...views },
});

export const update = request({
	name: 'Update',
	action: 'Update item of history content',
	description: 'Change name, tags or notes of a dataset or a collection, hide or delete it',
	request: 'PUT api/histories/{historyId}/contents/{itemType}s/{itemId}',
	simplify,
	fields: {
		...item,
		annotation: text('Annotation', { description: 'A note on what it is about' }),
		datatype: text('Datatype', { placeholder: 'e.g. bam', description: 'Of datasets alone; a job sets it' }),
		deleted: flag('Deleted', { description: 'Whether it is deleted; false brings it back' }),
		genomeBuild: text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome' }),
		name: text('Name'),
		tags: tags(),
		visible: flag('Visible', { description: 'Whether it is shown in the history' }),
		...views,
	},
	// of a collection Galaxy gives out what was changed, and nothing else
	unwrap: (changed: object, { itemId: id, itemType }) => ({ id, history_content_type: itemType, ...changed }),
});

export const getJobsSummary = request({
	name: 'Get Jobs Summary',
	action: 'Get jobs summary of history content',
	description: 'Retrieve how many of the jobs that made a dataset or a collection are in which state',
	request: 'GET api/histories/{historyId}/contents/{itemType}s/{itemId}/jobs_summary',
	fields: item,
});
