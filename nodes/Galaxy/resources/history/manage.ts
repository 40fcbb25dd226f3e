import type { IDataObject } from 'n8n-workflow';

import { flag, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { historyId, tags, views } from '../../fields';

/** The most useful fields of a history. */
export const simplify = ['id', 'name', 'state', 'size', 'count', 'annotation', 'tags', 'update_time', 'deleted', 'published'];

const settings = {
	annotation: text('Annotation', { description: 'A note on what it is about' }),
	genomeBuild: text('Genome Build', { placeholder: 'e.g. hg38', description: 'The reference genome of new datasets' }),
	preferredObjectStoreId: text('Preferred Object Store ID', { description: 'Where the server is to keep new datasets' }),
	tags: tags(),
};

export const create = program({
	name: 'Create',
	action: 'Create history',
	description: 'Make a history, which holds datasets and the jobs that made them',
	simplify,
	fields: { name: text('Name', { default: '', description: '"Unnamed history" when left empty' }), ...settings, ...views },
	async run({ connection, values: { name, annotation, genomeBuild, preferredObjectStoreId, tags: given, ...query } }) {
		const made = (await connection.send('POST api/histories', { query, body: name === '' ? {} : { name } })) as IDataObject;
		const more = { annotation, genome_build: genomeBuild, preferred_object_store_id: preferredObjectStoreId, tags: given };
		// a new history takes its name alone
		if (Object.values(more).every((value) => value === undefined)) return { json: made };
		const sent = connection.send('PUT api/histories/{id}', { path: { id: made.id }, query, body: more }) as Promise<IDataObject>;
		return { json: await sent.catch((cause: Problem) => withoutSettings(made, cause)) };
	},
});

/** The history is there: making it again would make a second one. */
function withoutSettings({ id }: IDataObject, { message, description, ...more }: Problem): never {
	throw new Problem(`The history ${String(id)} was made, but not set up: ${message}`, { ...more, description: `${description ? `${description}. ` : ''}Then use "Update", instead of making another one` });
}

export const copy = request({
	name: 'Copy',
	action: 'Copy history',
	description: 'Make a copy of a history with its datasets; their data is not stored twice',
	request: 'POST api/histories',
	simplify,
	fields: {
		historyId: { ...historyId, place: 'body' as const },
		allDatasets: flag('All Datasets', { default: true, description: 'Whether to copy deleted datasets, too' }),
		name: text('Name', { description: 'Named "Copy of ..." when left empty' }),
		...views,
	},
});

export const get = request({
	name: 'Get',
	action: 'Get history',
	description: 'Retrieve a history by its ID, also a deleted one',
	request: 'GET api/histories/{historyId}',
	simplify,
	fields: { historyId, ...views },
});

export const update = request({
	name: 'Update',
	action: 'Update history',
	description: 'Change name, tags or notes of a history',
	request: 'PUT api/histories/{historyId}',
	simplify,
	fields: {
		historyId,
		...settings,
		deleted: flag('Deleted', { description: 'Whether it is deleted; false brings it back' }),
		importable: flag('Importable', { description: 'Whether others may import it by its link' }),
		name: text('Name'),
		published: flag('Published', { description: 'Whether all users of the server see it' }),
		...views,
	},
});
