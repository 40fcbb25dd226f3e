import type { IDataObject } from 'n8n-workflow';

import { program, request, type Call, type Resource } from '../../shared/operation';
import { needed } from '../api';
import { extractionFilters, extractionParameters } from '../filters';
import { extractionJob } from '../jobs';
import { jobId } from './job';

async function order({ connection, values }: Pick<Call<typeof extractionFilters>, 'connection' | 'values'>) {
	const answer = (await connection.send('POST gde_extraction', { body: extractionParameters(values) })) as IDataObject;
	needed(answer, 'job_id', true);
	return { json: answer };
}

const zipOf = (id: unknown) => ({ name: `genoex-706-${String(id)}.zip`, mimeType: 'application/zip' });

const start = program({
	name: 'Start',
	action: 'Start extraction',
	description: 'Order the genotypes that pass the filters; the job makes a zip to be downloaded',
	fields: extractionFilters,
	watch: extractionJob,
	run: order,
});

const extractAndWait = program({
	name: 'Extract and Wait',
	action: 'Extract genotypes and wait',
	description: 'Order the genotypes that pass the filters, wait until they are ready, and download the zip (706)',
	fields: extractionFilters,
	watch: extractionJob,
	alwaysWaits: true,
	filesOut: true,
	run: order,
	async finish({ download: fetch }, ended) {
		const { json, binary } = await fetch('POST gde_download', { body: { job_id: String(ended.job_id) }, repeat: 'safe' }, zipOf(ended.job_id));
		return { json: { ...ended, ...json }, binary };
	},
});

const download = request({
	name: 'Download',
	action: 'Download extraction',
	description: 'Fetch the zip (706) of a finished extraction',
	request: 'POST gde_download',
	effect: 'read',
	fields: { jobId },
	file: ({ jobId: id }) => zipOf(id),
});

export const extraction: Resource = { name: 'Extraction', operations: { download, extractAndWait, start } };
