import { choice, text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { parseCsv } from '../../../shared/csv';
import { fileNameIn } from '../../../shared/transfer';
import { inProject, orderId, projectId } from '../../fields';

const FILE = 'file';
const ITEMS = 'items';
const TEXT = 'text';

/** The table in an answer, whatever its columns; servers that answer in JSON alone write it as one text (contract, section 5.3). Throws a Problem where there is none. */
function tableIn(body: unknown): string {
	if (typeof body === 'string') return body;
	throw new Problem('The samplesheet came in a form that is not known', { description: 'It is no text' });
}

async function* inUtf8(table: string) {
	yield Buffer.from(table, 'utf8');
}

export const getSamplesheet = program({
	name: 'Get Samplesheet',
	action: 'Get samplesheet of order',
	description: 'Retrieve the table of the samples of an order that pipelines such as those of nf-core take',
	effect: 'read',
	fields: {
		projectId,
		orderId,
		output: choice('Output', [
			{ name: 'CSV File', value: FILE, description: 'The table as iFlow gives it' },
			{ name: 'Items', value: ITEMS, description: 'An item for each row; all values are texts' },
			{ name: 'Text', value: TEXT, description: 'The table in one field' },
		], { place: 'none', default: ITEMS }),
		outputField: text('Put Output File in Field', { place: 'none', default: 'data', placeholder: 'e.g. data', hint: 'The name of the output field to put the file in', shownFor: { output: [FILE] } }),
	},
	async run({ connection, values, store }) {
		const { orderId: order, output } = values;
		const { body, headers } = await connection.exchange('GET miner/orders/{orderId}/samplesheet', { path: { orderId: order }, headers: inProject(values) });
		const table = tableIn(body);
		if (output === ITEMS) return parseCsv(table).map((json) => ({ json }));
		if (output === TEXT) return { json: { samplesheet: table } };
		const file = { name: fileNameIn(headers['content-disposition']) ?? `${order}-samplesheet.csv`, mimeType: 'text/csv', size: Buffer.byteLength(table, 'utf8') };
		const binary = await store({ ...file, content: inUtf8(table) });
		return { json: { fileName: file.name, mimeType: file.mimeType, fileSize: file.size }, binary };
	},
});
