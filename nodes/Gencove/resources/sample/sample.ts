import type { IDataObject } from 'n8n-workflow';

import { program, request, type Resource } from '../../../shared/operation';
import { pages } from '../../api';
import { oneSample, projectId, sampleFilters, sorting } from '../../fields';
import { analysis } from '../../states';
import { cancel, hide, remove, restore, unhide } from './changes';
import { downloadAll, downloadFile, getChecksum, getDownloadUrls } from './downloads';
import { createConsumerReportLink, getAncestry, getParentage, getStats, getStatusHistory, getTraitScores, getVariants } from './findings';
import { assignUploads, copyExisting, importExisting } from './making';
import { getRestoreGroup } from './restoring';
import { simplify } from './simplify';

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

export const sample: Resource = {
	name: 'Sample',
	operations: {
		assignUploads, cancel, copyExisting, createConsumerReportLink, delete: remove, downloadAll, downloadFile, get, getAll, getAncestry, getChecksum, getDownloadUrls,
		getParentage, getRestoreGroup, getStats, getStatusHistory, getTraitScores, getVariants, hide, importExisting, restore, unhide, waitForCompletion,
	},
};
