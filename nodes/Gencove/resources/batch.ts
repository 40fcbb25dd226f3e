import type { IDataObject } from 'n8n-workflow';

import { locator, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import type { Watch } from '../../shared/wait';
import { pages } from '../api';
import { fetchFile, type GencoveFile } from '../downloads';
import { ID_PLACEHOLDER, projectId, projectOf } from '../fields';
import { lookAt } from '../states';
import { allOrSome, idsOf } from './sample/changes';

const oneBatch = {
	projectId: projectOf('batch'),
	batchId: locator('Batch', { list: 'searchBatches', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from the batches of the project, or by its ID' }),
};

const readBatch = async (connection: Connection, batchId: unknown) => (await connection.send('GET batches/{batchId}', { path: { batchId } })) as IDataObject;

/** The making of a batch's report. */
const production: Watch = { noun: 'batch', end: 'Completion', look: async (connection, { id }) => lookAt(await readBatch(connection, id)) };

const create = program({
	name: 'Create',
	action: 'Create batch',
	description: 'Have a report made over samples of a project; Gencove may make several batches of many samples, an item for each',
	watch: production,
	fields: {
		projectId,
		name: text('Name', { required: true, placeholder: 'e.g. Plate 7' }),
		batchType: locator('Batch Type', { list: 'searchBatchTypes', required: true, idPlaceholder: 'e.g. illuminasnp50', description: 'What the report holds; each project has types of its own' }),
		...allOrSome,
	},
	async run({ connection, values }) {
		const body = { name: values.name, batch_type: values.batchType, sample_ids: idsOf(values) };
		const answer = (await connection.send('POST project-batches/{projectId}', { path: values, body })) as IDataObject;
		// the specification has one batch in place of the list
		const { results = [answer] } = answer as { results?: IDataObject[] };
		return results.map((json) => ({ json }));
	},
});

const get = request({
	name: 'Get',
	action: 'Get batch',
	description: 'Retrieve a batch by its ID, with its samples and its report',
	request: 'GET batches/{batchId}',
	fields: oneBatch,
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many batches',
	description: 'Retrieve a list of the batches of a project',
	request: 'GET project-batches/{projectId}',
	pages,
	fields: { projectId },
});

const getTypes = request({
	name: 'Get Types',
	action: 'Get types of batches',
	description: 'Retrieve the kinds of batches that can be made in a project',
	request: 'GET project-batch-types/{projectId}',
	pages,
	fields: { projectId },
});

/** The report of a batch: its only file. Throws a Problem while there is none. */
async function reportOf(connection: Connection, batchId: string): Promise<GencoveFile> {
	const batch = await readBatch(connection, batchId);
	const [file] = (batch.files ?? []) as unknown as GencoveFile[];
	if (file) return file;
	throw new Problem(`The batch has no report: it is "${lookAt(batch).state}"`, { description: 'Wait until it has succeeded ("Batch > Wait for Completion")' });
}

const download = program({
	name: 'Download',
	action: 'Download report of batch',
	description: 'Fetch the report of a batch as a ZIP file',
	effect: 'read',
	filesOut: true,
	fields: oneBatch,
	async run(call) {
		const find = async () => await reportOf(call.connection, call.values.batchId);
		return await fetchFile(call, await find(), find);
	},
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of batch',
	description: 'Wait until the report of a batch is made',
	effect: 'read',
	fields: oneBatch,
	watch: production,
	alwaysWaits: true,
	run: async ({ values }) => ({ json: { id: values.batchId } }),
});

export const batch: Resource = { name: 'Batch', operations: { create, download, get, getAll, getTypes, waitForCompletion } };
