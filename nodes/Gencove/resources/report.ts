import { choice, choices, optionsOf, text } from '../../shared/field';
import { program, type Call, type OutputItem, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { parseCsv } from '../../shared/csv';
import { projectId } from '../fields';

const FILE = 'file';
const ITEMS = 'items';

/** A report is a table, which is handed on as it comes, or row by row. */
const asTable = {
	output: choice('Output', [
		{ name: 'CSV File', value: FILE, description: 'The table as Gencove gives it' },
		{ name: 'Items', value: ITEMS, description: 'An item for each row; all values are texts' },
	], { place: 'none', default: ITEMS }),
	outputField: text('Put Output File in Field', { place: 'none', default: 'data', placeholder: 'e.g. data', hint: 'The name of the output field to put the file in', shownFor: { output: [FILE] } }),
};

async function report({ connection, download, values }: Call<typeof asTable>, line: string, carried: Parameters<Call['download']>[1], name: string): Promise<OutputItem | OutputItem[]> {
	if (values.output === FILE) return await download(line, carried, { name, mimeType: 'text/csv' });
	return parseCsv(String(await connection.send(line, carried))).map((json) => ({ json }));
}

/** The columns that Gencove's client and its specification name. */
const COLUMNS = [
	'ancestries', 'bases_dedup_mapped_min', 'bases_dedup_min', 'bases_max', 'bases_min', 'call_rate_min', 'cc_min', 'client_id', 'day', 'effective_coverage_min', 'fraction_contamination_max', 'hzy_max', 'id',
	'month', 'nhalt_min', 'nhet_max', 'nhref_min', 'pathogenic_min', 'pct_target_bases_30x_min', 'project_id', 'raw_coverage', 'sex_string', 'snps_min', 'status', 'year',
];

const projectQc = program({
	name: 'Project QC',
	action: 'Get QC report of project',
	description: 'Retrieve the quality controls of all samples of a project as a table',
	effect: 'read',
	fields: { projectId, columns: choices('Columns', optionsOf(...COLUMNS), { place: 'query', default: [], hint: 'A usual selection when left empty' }), ...asTable },
	run: async (call) => {
		const { columns, projectId: project } = call.values;
		return await report(call, 'GET project-qc-report/{projectId}', { path: { projectId: project }, query: { columns: columns.length > 0 ? columns : undefined } }, 'project-qc-report.csv');
	},
});

const monthlyUsage = program({
	name: 'Monthly Usage',
	action: 'Get monthly usage report',
	description: 'Retrieve how many samples of your organization succeeded and failed in each month',
	effect: 'read',
	fields: {
		...asTable,
		fromMonth: text('From Month', { place: 'none', placeholder: 'e.g. 2026-01', description: 'First month; the last 12 months by default' }),
		untilMonth: text('Until Month', { place: 'none', placeholder: 'e.g. 2026-12', description: 'Last month; given together with the first one' }),
	},
	run: async (call) => {
		const { fromMonth: from, untilMonth: to } = call.values;
		if ((from === undefined) !== (to === undefined)) throw new Problem(`"${from === undefined ? 'From' : 'Until'} Month" is empty`, { description: 'Give both "From Month" and "Until Month", or neither' });
		return await report(call, 'GET organization-monthly-usage-report/', { query: { from, to } }, 'monthly-usage-report.csv');
	},
});

export const reports: Resource = { name: 'Report', operations: { monthlyUsage, projectQc } };
