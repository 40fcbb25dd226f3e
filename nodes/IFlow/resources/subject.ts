import type { IDataObject } from 'n8n-workflow';

import { choice, day, list, longText, optionsOf, text } from '../../shared/field';
import { deleted, program, request, type Resource } from '../../shared/operation';
import { answered } from '../answered';
import { changes } from '../changes';
import { extraFields, properties } from '../extraFields';
import { lookup, projectId, subjectId } from '../fields';
import { pages } from '../pages';

/** The most useful fields of a subject. */
const simplify = ['id', 'subject_id', 'display_id', 'name', 'tags', 'properties', 'created_at', 'updated_at'];

const isOf = (person: string) => ({ wire: `properties.${person}`, personal: true }) as const;

/** What can be written of a subject: what describes it stands in its properties (contract, trap T25). */
const content = {
	properties,
	displayId: text('Display ID', { placeholder: 'e.g. P-001', description: 'ID that iFlow shows, of which there is one in a project; a new subject gets one such as SUBJ-12 by itself' }),
	tags: list('Tags', { placeholder: 'e.g. cohort-7,trio', description: 'Comma-separated list' }),
	sex: choice('Sex', optionsOf('female', 'male', 'other', 'unknown'), { wire: 'properties.sex' }),
	dateOfBirth: day('Date of Birth', isOf('date_of_birth')),
	externalId: text('External ID', { ...isOf('external_id'), description: 'ID in another system, such as that of your clinic' }),
	diagnosis: longText('Diagnosis', isOf('diagnosis')),
	clinicalNotes: longText('Clinical Notes', isOf('clinical_notes')),
	firstName: text('First Name', isOf('first_name')),
	surname: text('Surname', isOf('surname')),
	gender: text('Gender', isOf('gender')),
	hpoTerms: list('HPO Terms', { ...isOf('hpo_terms'), placeholder: 'e.g. HP:0001250,HP:0001263', description: 'Comma-separated list of terms of the Human Phenotype Ontology' }),
	phenotypeDescription: longText('Phenotype Description', isOf('phenotype_description')),
	orderingPhysician: text('Ordering Physician', isOf('ordering_physician')),
};

const create = request({ name: 'Create', action: 'Create subject', description: 'Register a subject, a patient say', request: 'POST miner/subjects', simplify, fields: { projectId, ...content, extraFields } });

const get = request({ name: 'Get', action: 'Get subject', description: 'Retrieve a subject', request: 'GET miner/subjects/{subjectId}', simplify, fields: { projectId, subjectId, lookup } });

const getAll = request({
	name: 'Get Many',
	action: 'Get many subjects',
	description: 'Retrieve a list of subjects',
	request: 'GET miner/subjects',
	pages,
	simplify,
	fields: { projectId, search: text('Search', { placeholder: 'e.g. P-00', description: 'Part of the ID that iFlow shows' }) },
});

const changeable = { projectId, subjectId, ...content, lookup, extraFields };

const update = program({
	name: 'Update',
	action: 'Update subject',
	description: 'Change what is given of a subject and keep the rest; one that has files cannot get another ID',
	simplify,
	fields: changeable,
	run: async ({ connection, values, personal }) => ({ json: (await connection.send('PATCH miner/subjects/{subjectId}', { ...changes(changeable, values, { method: 'PATCH', ownId: 'subject_id' }), personal })) as IDataObject }),
});

const remove = request({
	name: 'Delete',
	action: 'Delete subject',
	description: 'Remove a subject for good, and all its samples with it',
	request: 'DELETE miner/subjects/{subjectId}',
	destructive: true,
	fields: { projectId, subjectId, lookup },
	unwrap: (answer: unknown, { subjectId: id }) => answered({ ...deleted(), id }, answer),
});

export const subject: Resource = { name: 'Subject', operations: { create, delete: remove, get, getAll, update } };
