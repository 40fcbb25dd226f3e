import type { IDataObject } from 'n8n-workflow';

import { request, program, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { oneSample, projectId, sampleFilters, sorting } from '../fields';
import { analysis } from '../states';

/** The most useful fields of a sample. */
export const simplify = ['id', 'client_id', 'project', 'run', 'last_status', 'archive_last_status', 'failed_qc', 'files', 'created', 'modified'];

const get = request({
	name: 'Get',
	action: 'Get sample',
	description: 'Retrieve a sample by its ID, with its files',
	request: 'GET samples/{sampleId}',
	simplify,
	fields: oneSample,
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many samples',
	description: 'Retrieve a list of the samples of a project',
	request: 'GET project-samples/{projectId}',
	pages,
	simplify,
	fields: { projectId, ...sampleFilters, ...sorting('client_id', 'created', 'id', 'modified', 'status') },
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of sample',
	description: 'Wait until the analysis of a sample has ended',
	effect: 'read',
	fields: oneSample,
	watch: analysis,
	alwaysWaits: true,
	simplify,
	run: async ({ values }) => ({ json: { id: values.sampleId } as IDataObject }),
});

export const sample: Resource = { name: 'Sample', operations: { get, getAll, waitForCompletion } };
