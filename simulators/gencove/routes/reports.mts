import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.mts';
import { ApiError, refused } from '../errors.mts';
import { Query } from '../pages.mts';
import { current } from '../records.mts';
import type { Sample } from '../records.mts';
import { find } from '../state.mts';
import { STATUS_FILTERS } from '../statuses.mts';

type Cell = string | number;

const control = (key: string) => ({ qualityControls }: Sample): Cell => qualityControls.find((one) => one.key === key)?.measured ?? '';
const part = (read: (at: Date) => number) => ({ createdAt }: Sample): Cell => read(new Date(createdAt));
const nothing = (): Cell => '';

/** What stands in each column of the quality report; most measures are empty here. */
const COLUMNS: Record<string, (sample: Sample) => Cell> = {
	id: ({ id }) => id,
	client_id: ({ clientId }) => clientId,
	project_id: ({ projectId }) => projectId,
	year: part((at) => at.getUTCFullYear()),
	month: part((at) => at.getUTCMonth() + 1),
	day: part((at) => at.getUTCDate()),
	status: current,
	sex_string: nothing,
	snps_min: nothing,
	bases_dedup_mapped_min: control('bases'),
	call_rate_min: nothing,
	effective_coverage_min: control('effective_coverage'),
	raw_coverage: nothing,
	ancestries: nothing,
	...Object.fromEntries(
		['bases_min', 'bases_max', 'bases_dedup_min', 'fraction_contamination_max', 'hzy_max', 'cc_min', 'nhref_min', 'nhet_max', 'nhalt_min', 'pct_target_bases_30x_min', 'pathogenic_min'].map((name) => [name, nothing]),
	),
};

/** The columns of a report that names none (recording reports/test_project_qc__success). */
const DEFAULT_COLUMNS = Object.keys(COLUMNS).slice(0, Object.keys(COLUMNS).indexOf('ancestries'));

/** Reports as CSV. */
export function reportRoutes(api: FastifyInstance, { state, clock }: Context): void {
	api.get<{ Params: { project_id: string } }>('/project-qc-report/:project_id', async (request, reply) => {
		const samples = state.samplesOf(find(state.projects, request.params.project_id));
		const asked = new Query(request.query).list('columns');
		const wrong = asked.filter((name) => !Object.hasOwn(COLUMNS, name));
		if (wrong.length > 0) throw refused(`Column(s) ${pythonList(wrong)} are invalid. Acceptable column names include the following: ${pythonList(Object.keys(COLUMNS))}`);
		const columns = asked.length > 0 ? asked : DEFAULT_COLUMNS;
		return sendCsv(reply, 'project-qc-report.csv', [columns, ...samples.map((sample) => columns.map((name) => COLUMNS[name](sample)))]);
	});

	api.get('/organization-monthly-usage-report/', async (request, reply) => {
		const query = new Query(request.query);
		const [from, to] = [query.text('from'), query.text('to')];
		if ((from === undefined) !== (to === undefined)) throw new ApiError(400, { error: "Must provide both 'from' and 'to' query parameters, or neither." });
		const now = new Date(clock.now());
		const last = to === undefined ? now.getUTCFullYear() * 12 + now.getUTCMonth() : monthIn(to);
		const first = from === undefined ? last - 11 : monthIn(from);
		const months = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
		const samples = [...state.samples.values()];
		const count = (month: number, status: string) => samples.filter((sample) => monthOf(sample) === month && STATUS_FILTERS[status](sample)).length;
		const rows = months.map((month) => [Math.floor(month / 12), (month % 12) + 1, count(month, 'succeeded'), count(month, 'failed')]);
		return sendCsv(reply, 'monthly-usage-report.csv', [['year', 'month', 'succeeded_samples', 'failed_samples'], ...rows]);
	});
}

// months since the year 0
function monthIn(text: string): number {
	const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
	if (year === undefined) throw new ApiError(400, { error: `Invalid date format: ${text}. Must be YYYY-MM.` });
	return Number(year) * 12 + Number(month) - 1;
}

function monthOf({ history }: Sample): number {
	const end = new Date(history.at(-1)!.at);
	return end.getUTCFullYear() * 12 + end.getUTCMonth();
}

const pythonList = (names: string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
const cell = (value: Cell): string => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

function sendCsv(reply: FastifyReply, name: string, rows: Cell[][]) {
	const text = rows.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
	return reply.type('text/csv').header('content-disposition', `attachment; filename="${name}"`).send(Buffer.from(text));
}
