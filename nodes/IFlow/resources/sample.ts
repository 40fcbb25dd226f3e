import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { choice, day, list, locator, longText, text } from '../../shared/field';
import { deleted, program, request, type Resource } from '../../shared/operation';
import { answered } from '../answered';
import { changes } from '../changes';
import { extraFields, properties } from '../extraFields';
import { lookup, projectId, sampleId, subjectId } from '../fields';
import { pages } from '../pages';

/** The most useful fields of a sample. */
const simplify = ['id', 'sample_id', 'display_id', 'name', 'subject_id', 'subject_display_id', 'tags', 'properties', 'created_at', 'updated_at'];

const TYPES: INodePropertyOptions[] = [
	{ name: 'FFPE', value: 'ffpe' },
	{ name: 'Germline', value: 'germline' },
	{ name: 'Liquid Biopsy', value: 'liquid_biopsy' },
	{ name: 'Somatic', value: 'somatic' },
	{ name: 'Unknown', value: 'unknown' },
];

const ANY_TYPE = 'An expression may give a type of your own';

const isOf = (sample: string) => ({ wire: `properties.${sample}` });

/** What can be written of a sample, but for its subject: what describes it stands in its properties (contract, trap T25). */
const content = {
	properties,
	displayId: text('Display ID', { placeholder: 'e.g. P-001-T', description: 'ID that iFlow shows, of which there is one in a project; a new sample gets one such as SMPL-12 by itself' }),
	tags: list('Tags', { placeholder: 'e.g. run-7,trio', description: 'Comma-separated list' }),
	sampleType: choice('Sample Type', TYPES, { ...isOf('sample_type'), description: ANY_TYPE }),
	externalId: text('External ID', { ...isOf('external_id'), description: 'ID in another system, such as that of your laboratory' }),
	barcode: text('Barcode', isOf('barcode')),
	tissue: text('Tissue', isOf('tissue')),
	notes: longText('Notes', { ...isOf('notes'), personal: true }),
	collectionDate: day('Collection Date', isOf('collection_date')),
	specimenType: text('Specimen Type', { ...isOf('specimen_type'), placeholder: 'e.g. Blood' }),
	specimenId: text('Specimen ID', isOf('specimen_id')),
	sequencingDate: day('Sequencing Date', isOf('sequencing_date')),
	sequencingType: text('Sequencing Type', { ...isOf('sequencing_type'), placeholder: 'e.g. WES' }),
	source: text('Source', isOf('source')),
};

const create = request({
	name: 'Create',
	action: 'Create sample',
	description: 'Register a sample of a subject',
	request: 'POST miner/samples',
	simplify,
	fields: { projectId, subjectId: { ...subjectId, place: 'body' as const }, ...content, extraFields },
});

const get = request({ name: 'Get', action: 'Get sample', description: 'Retrieve a sample', request: 'GET miner/samples/{sampleId}', simplify, fields: { projectId, sampleId, lookup } });

const getAll = request({
	name: 'Get Many',
	action: 'Get many samples',
	description: 'Retrieve a list of samples',
	request: 'GET miner/samples',
	pages,
	simplify,
	fields: {
		projectId,
		sampleType: choice('Sample Type', TYPES, { description: ANY_TYPE }),
		ofSubject: locator('Subject', { list: 'searchSubjects', wire: 'subject_id', idPlaceholder: 'e.g. SUBJ-12', description: 'Samples of this subject alone' }),
		search: text('Search', { placeholder: 'e.g. P-00', description: 'Part of the ID that iFlow shows' }),
	},
});

const changeable = {
	projectId,
	sampleId,
	...content,
	newSubjectId: locator('Subject', { list: 'searchSubjects', wire: 'subject_id', idPlaceholder: 'e.g. SUBJ-12', description: 'The subject that the sample belongs to instead' }),
	lookup,
	extraFields,
};

const update = program({
	name: 'Update',
	action: 'Update sample',
	description: 'Change what is given of a sample and keep the rest; one that has files cannot get another ID',
	simplify,
	fields: changeable,
	run: async ({ connection, values, personal }) => ({ json: (await connection.send('PATCH miner/samples/{sampleId}', { ...changes(changeable, values, { method: 'PATCH', ownId: 'sample_id' }), personal })) as IDataObject }),
});

const remove = request({
	name: 'Delete',
	action: 'Delete sample',
	description: 'Remove a sample for good, also from its orders',
	request: 'DELETE miner/samples/{sampleId}',
	destructive: true,
	fields: { projectId, sampleId, lookup },
	unwrap: (answer: unknown, { sampleId: id }) => answered({ ...deleted(), id }, answer),
});

const getSampleInfo = request({
	name: 'Get Sample Info',
	action: 'Get info of sample',
	description: 'Retrieve what iFlow knows of a sample and its subject as inputs of a pipeline',
	request: 'GET miner/samples/{sampleId}/sampleinfo',
	fields: { projectId, sampleId, forOrder: locator('Order', { list: 'searchOrders', wire: 'order_id', idPlaceholder: 'e.g. ORD-12', description: 'The order that the inputs are for' }) },
});

export const sample: Resource = { name: 'Sample', operations: { create, delete: remove, get, getAll, getSampleInfo, update } };
