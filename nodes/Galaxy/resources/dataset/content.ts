import { flag, number, text } from '../../../shared/field';
import { program, request, type OutputItem } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { readText } from '../../../shared/transfer';
import { readDataset, reasonOf } from '../../datasets';
import { oneDataset } from '../../fields';
import { datasetOutcome } from '../../states';

const filename = text('File in Dataset', { place: 'query', placeholder: 'e.g. images/plot.png', description: 'One file of a dataset that is made of several' });

/** Throws a Problem for a dataset without data: of some Galaxy gives out an empty file (contract, section 5, e). */
function checkData(dataset: Awaited<ReturnType<typeof readDataset>>): void {
	const { name, purged } = dataset;
	const state = String(dataset.state);
	if (purged === true) throw new Problem(`The data of "${String(name)}" is gone for good`, { description: 'The dataset was purged: run the job again that made it' });
	if (state === 'deferred') throw new Problem(`The data of "${String(name)}" is not on the server`, { description: 'Galaxy knows its address alone. Fetch it first, with "Materialize"' });
	const outcome = datasetOutcome(state);
	if (outcome === 'running') throw new Problem(`"${String(name)}" is not ready: it is "${state}"`, { description: 'Wait for it first, with "Wait"' });
	if (outcome === 'failed') throw new Problem(`"${String(name)}" has no data that is good: it is "${state}"`, { description: reasonOf(dataset) ?? 'Look at the job that made it. To get what there is, set "In Any State"' });
}

/** Pages come as a zip, which Galaxy calls a page all the same. */
function withType({ json, binary = {} }: OutputItem): OutputItem {
	if (!String(json.fileName).endsWith('.zip')) return { json, binary };
	const zipped = Object.entries(binary).map(([field, file]) => [field, { ...file, mimeType: 'application/zip' }]);
	return { json: { ...json, mimeType: 'application/zip' }, binary: Object.fromEntries(zipped) as OutputItem['binary'] };
}

export const download = program({
	name: 'Download',
	action: 'Download dataset',
	description: 'Fetch the data of a dataset',
	effect: 'read',
	filesOut: true,
	fields: {
		...oneDataset,
		toExt: text('File Type', { default: 'data', placeholder: 'e.g. bam', description: 'The ending that its name gets; with "data" that of its type' }),
		anyState: flag('In Any State', { place: 'none', description: 'Whether to fetch what there is of a dataset that is not ready, or has failed' }),
		filename,
		raw: flag('Raw', { description: 'Whether to fetch the file as it is stored; of a web page without it, a zip comes' }),
	},
	async run({ connection, values: { datasetId, toExt, anyState, filename: inside, raw }, download: fetch }) {
		const dataset = await readDataset(connection, datasetId);
		if (!anyState) checkData(dataset);
		const fallback = { name: inside?.split('/').pop() ?? `${String(dataset.name)}.${String(dataset.extension)}`, mimeType: 'application/octet-stream' };
		const { json, binary } = withType(await fetch('GET api/datasets/{datasetId}/display', { path: { datasetId }, query: { to_ext: toExt, filename: inside, raw } }, fallback));
		return { json: { id: datasetId, ...json }, binary };
	},
});

/** Bytes of a preview that are read. */
const MOST_OF_PREVIEW = 1 << 20;

async function previewOf(connection: Connection, path: { datasetId: string }, query: Record<string, string | number | undefined>): Promise<OutputItem['json']> {
	const { body } = await connection.stream('GET api/datasets/{datasetId}/display?preview=true', { path, query });
	const preview = await readText(body, MOST_OF_PREVIEW);
	body.destroy();
	// of a table: its beginning, and where the next part begins
	return /^\{"ck_data": /.test(preview) ? (JSON.parse(preview) as OutputItem['json']) : { text: preview };
}

export const getPreview = program({
	name: 'Get Preview',
	action: 'Get preview of dataset',
	description: 'Retrieve the beginning of a dataset, or a part of a table',
	effect: 'read',
	fields: {
		...oneDataset,
		ckSize: number('Bytes', { min: 1, whole: true, description: 'About how many bytes of a table' }),
		filename,
		offset: number('Offset', { min: 0, whole: true, description: 'The byte of a table at which the part begins: what the part before has as "offset"' }),
	},
	run: async ({ connection, values: { datasetId, ckSize, filename: inside, offset } }) => ({ json: await previewOf(connection, { datasetId }, { ck_size: ckSize, filename: inside, offset }) }),
});

export const getText = request({
	name: 'Get Text',
	action: 'Get text of dataset',
	description: 'Retrieve the text of a dataset, up to 1 MB, as "item_data"',
	request: 'GET api/datasets/{datasetId}/get_content_as_text',
	fields: { ...oneDataset, filename },
});

export const downloadMetadataFile = request({
	name: 'Download Metadata File',
	action: 'Download metadata file of dataset',
	description: 'Fetch a file that Galaxy keeps beside the data, such as the index of a BAM',
	request: 'GET api/datasets/{datasetId}/metadata_file',
	fields: { ...oneDataset, metadataFile: text('Metadata File', { required: true, placeholder: 'e.g. bam_index', description: 'Its name, as "meta_files" of the dataset has it' }) },
	file: ({ metadataFile }) => ({ name: metadataFile, mimeType: 'application/octet-stream' }),
});

export const getExtraFiles = request({
	name: 'Get Extra Files',
	action: 'Get extra files of dataset',
	description: 'Retrieve a list of the files and folders that a dataset has beside its main one',
	request: 'GET api/datasets/{datasetId}/extra_files',
	pages: wholeList,
	fields: oneDataset,
});

export const downloadExtraFile = request({
	name: 'Download Extra File',
	action: 'Download extra file of dataset',
	description: 'Fetch a file that a dataset has beside its main one',
	request: 'GET api/datasets/{datasetId}/extra_files/raw/{+extraFile}',
	fields: { ...oneDataset, extraFile: text('Extra File', { place: 'path', required: true, placeholder: 'e.g. images/plot.png', description: 'Its path, as "Get Extra Files" shows it' }) },
	file: ({ extraFile }) => ({ name: extraFile.split('/').pop() as string, mimeType: 'application/octet-stream' }),
});
