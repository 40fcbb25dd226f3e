import type { IDataObject } from 'n8n-workflow';

import { choice, inputFile, locator, text } from '../../shared/field';
import { gathering, program, request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { fetchFile, type GencoveFile } from '../downloads';
import { ID_PLACEHOLDER, projectId, projectOf } from '../fields';
import { checkRows, tableOf } from '../manifests';

const oneManifest = {
	projectId: projectOf('manifest'),
	manifestId: locator('Sample Manifest', { list: 'searchManifests', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from the manifests of the project, or by its ID' }),
};

const create = request({
	name: 'Create',
	action: 'Create sample manifest',
	description: 'Send a file that tells which sample lies in which well; from then on the client IDs of the project are those in its manifests',
	request: 'POST project-sample-manifests/{projectId}',
	fields: {
		projectId,
		inputField: inputFile('Input Data Field Name', { wire: 'sample_manifest', required: true, placeholder: 'e.g. data', hint: 'The name of the input field that holds the manifest, a .csv or .xlsx file' }),
	},
	unwrap: () => ({ success: true }),
});

const createFromItems = gathering({
	name: 'Create From Items',
	action: 'Create sample manifest from items',
	description: 'Send one manifest of a 96-well plate made of all input items, a well each; their fields are named as the columns of the template',
	fields: { projectId, fileName: text('File Name', { place: 'none', placeholder: 'e.g. plate7.csv', description: 'Name under which Gencove keeps the manifest' }) },
	checker: checkRows,
	async gather({ connection, values: { projectId: project, fileName = 'sample_manifest.csv' } }, rows) {
		const bytes = Buffer.from(tableOf(rows), 'utf8');
		async function* open() {
			yield bytes;
		}
		const file = { name: fileName, mimeType: 'text/csv', size: bytes.length, open };
		await connection.send('POST project-sample-manifests/{projectId}', { path: { projectId: project }, parts: [{ name: 'sample_manifest', file }] });
		return { json: { success: true, fileName, samples: rows.length } };
	},
});

const get = request({
	name: 'Get',
	action: 'Get sample manifest',
	description: 'Retrieve a sample manifest by its ID, with its file',
	request: 'GET sample-manifests/{manifestId}',
	fields: oneManifest,
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many sample manifests',
	description: 'Retrieve a list of the sample manifests of a project, the newest first',
	request: 'GET project-sample-manifests/{projectId}',
	pages: wholeList,
	fields: { projectId },
});

const download = program({
	name: 'Download',
	action: 'Download sample manifest',
	description: 'Fetch the file of a sample manifest',
	effect: 'read',
	filesOut: true,
	fields: oneManifest,
	async run(call) {
		const read = async () => (await call.connection.send('GET sample-manifests/{manifestId}', { path: call.values })) as { file_name: string; file: GencoveFile };
		const { file, file_name } = await read();
		return await fetchFile(call, file, async () => (await read()).file, file_name);
	},
});

/** The forms of the template, each a call of its own, and the type of the file. */
const TEMPLATES: Record<string, { line: string; mimeType: string }> = {
	csv: { line: 'GET sample-manifests-csv-template/', mimeType: 'text/csv' },
	xlsx: { line: 'GET sample-manifests-xlsx-template/', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
};

const downloadTemplate = program({
	name: 'Download Template',
	action: 'Download template of sample manifest',
	description: 'Fetch an empty sample manifest to fill in',
	effect: 'read',
	filesOut: true,
	fields: {
		format: choice('Format', [
			{ name: 'CSV', value: 'csv', description: 'One layout' },
			{ name: 'Excel (XLSX)', value: 'xlsx', description: 'All layouts in one workbook' },
		], { place: 'none', default: 'csv' }),
		layout: choice('Layout', [
			{ name: '384-Well Plate', value: '384_well' },
			{ name: '96-Well Plate', value: '96_well' },
			{ name: 'Tubes', value: 'tube' },
		], { place: 'none', default: '96_well', shownFor: { format: ['csv'] }, description: 'What the samples lie in' }),
	},
	async run({ values: { format, layout }, download: fetch }) {
		const { line, mimeType } = TEMPLATES[format];
		const query: IDataObject = format === 'csv' ? { template_type: layout } : {};
		return await fetch(line, { query: query as Record<string, string>, anonymous: true }, { name: `sample_manifest.${format}`, mimeType });
	},
});

export const sampleManifest: Resource = { name: 'Sample Manifest', operations: { create, createFromItems, download, downloadTemplate, get, getAll } };
