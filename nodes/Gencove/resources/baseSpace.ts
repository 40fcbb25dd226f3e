import { list, locator, text } from '../../shared/field';
import { deleted, program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { pages } from '../api';
import { ID_PLACEHOLDER, imported, sortingBy } from '../fields';

const { project, metadata } = imported;

const getProjects = request({
	name: 'Get Projects',
	action: 'Get projects with biosamples',
	description: 'Retrieve a list of the projects in the BaseSpace account that is connected with Gencove',
	request: 'GET basespace-projects/',
	pages,
	fields: sortingBy([
		{ name: 'Created', value: 'basespace_date_created' },
		{ name: 'Modified', value: 'basespace_date_modified' },
		{ name: 'Name', value: 'basespace_name' },
	]),
});

const getBiosamples = request({
	name: 'Get Biosamples',
	action: 'Get biosamples of projects',
	description: 'Retrieve a list of the biosamples in a BaseSpace project, or in several',
	request: 'GET basespace-project-biosamples/{baseSpaceProjectId}',
	pages,
	fields: {
		baseSpaceProjectId: locator('BaseSpace Project', { list: 'searchBaseSpaceProjects', place: 'path', required: true, idPlaceholder: 'e.g. 400100200', description: 'A project in BaseSpace; by ID several, with commas between' }),
		...sortingBy([
			{ name: 'Created', value: 'basespace_date_created' },
			{ name: 'Modified', value: 'basespace_date_modified' },
			{ name: 'Name', value: 'basespace_bio_sample_name' },
		]),
	},
});

const importProjects = request({
	name: 'Import Projects',
	action: 'Import projects with biosamples',
	description: 'Make samples of all biosamples in BaseSpace projects, which starts their analysis',
	request: 'POST basespace-projects-import/',
	fields: {
		projectId: project,
		baseSpaceProjectIds: list('BaseSpace Project IDs', { place: 'body', wire: 'basespace_project_ids', required: true, placeholder: 'e.g. 400100200', description: 'Comma-separated list of IDs' }),
		metadata,
	},
});

const importBiosamples = program({
	name: 'Import Biosamples',
	action: 'Import biosamples',
	description: 'Make samples of chosen biosamples, which starts their analysis',
	fields: {
		projectId: project,
		biosampleIds: list('Biosample IDs', { place: 'none', required: true, placeholder: 'e.g. 4001002001', description: 'Comma-separated list of IDs, as Get Biosamples has them in basespace_id' }),
		clientIds: list('Client IDs', { place: 'none', required: true, placeholder: 'e.g. COW-1', description: 'Comma-separated list of your names, in the order of the biosamples' }),
		metadata,
	},
	async run({ connection, values: { projectId, biosampleIds, clientIds, metadata: kept } }) {
		if (clientIds.length !== biosampleIds.length) throw new Problem(`There are ${clientIds.length} client IDs for ${biosampleIds.length} biosamples`, { description: 'Give a client ID for each biosample, none of them twice' });
		const biosamples = biosampleIds.map((id, i) => ({ basespace_id: id, client_id: clientIds[i] }));
		const answer = await connection.send('POST basespace-biosamples-import/', { body: { project_id: projectId, basespace_bio_samples: biosamples, metadata: kept as never } });
		return { json: (answer as { project_id: string } | undefined) ?? { success: true } };
	},
});

const createAutoimport = request({
	name: 'Create Autoimport',
	action: 'Create autoimport of projects',
	description: 'Have BaseSpace projects imported from now on, as soon as they come; the same again changes the metadata',
	request: 'POST basespace-projects-autoimport/',
	fields: {
		projectId: project,
		identifier: text('Identifier', { required: true, placeholder: 'e.g. Herd sequencing', description: 'Text that stands in the names of the BaseSpace projects' }),
		metadata,
	},
});

const getManyAutoimports = request({
	name: 'Get Many Autoimports',
	action: 'Get many autoimports of projects',
	description: 'Retrieve a list of what is imported by itself',
	request: 'GET basespace-projects-autoimport/',
	pages,
	fields: {},
});

const deleteAutoimport = request({
	name: 'Delete Autoimport',
	action: 'Delete autoimport of projects',
	description: 'Have no more projects imported by themselves; what was imported stays',
	request: 'DELETE basespace-projects-autoimport/{autoimportId}',
	destructive: true,
	fields: { autoimportId: locator('Autoimport', { list: 'searchBaseSpaceAutoimports', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen by its identifier, or by its ID' }) },
	unwrap: deleted,
});

export const baseSpace: Resource = {
	name: 'BaseSpace',
	operations: { createAutoimport, deleteAutoimport, getBiosamples, getManyAutoimports, getProjects, importBiosamples, importProjects },
};
