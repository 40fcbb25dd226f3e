import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { page, Query } from '../pages.mts';
import { current } from '../records.mts';
import type { Sample } from '../records.mts';
import { filteredSamples } from '../samples-query.mts';
import { find } from '../state.mts';

type ById = { Params: { project_id: string } };

const BINS = 10;
const MOST_RESULTS = 200;

/** Counts and quality controls over the samples of a project. Only in the specification. */
export function projectStatsRoutes(api: FastifyInstance, { state, views }: Context): void {
	const all = ({ params }: FastifyRequest<ById>) => state.samplesOf(find(state.projects, params.project_id));
	const filtered = (request: FastifyRequest<ById>) => filteredSamples(new Query(request.query), all(request));

	api.get<ById>('/project-stats/:project_id', async (request) => {
		const samples = filtered(request);
		const countOf = (...statuses: string[]) => samples.filter((sample) => statuses.includes(current(sample))).length;
		const failures = samples.filter((sample) => current(sample) === 'failed').map((sample) => sample.history.at(-1)!.note || 'failed');
		const failedControls = samples.flatMap(({ qualityControls }) => qualityControls.filter(({ status }) => status === 'failed').map(({ key }) => key));
		return {
			counts: {
				total_samples: samples.length,
				running_samples: countOf('running'),
				scheduled_samples: countOf('waiting'),
				succeeded_samples: countOf('succeeded'),
				failed_samples: countOf('failed', 'failed qc'),
				kit_processing_samples: samples.filter((sample) => current(sample).startsWith('consumer_')).length,
			},
			total_size: samples.reduce((total, sample) => total + sizeOf(sample), 0),
			failed_counts: counted(failures),
			failed_qc_counts: counted(failedControls),
		};
	});

	api.get<ById>('/project-qc-types/:project_id', async (request) => {
		const keys = new Set(all(request).flatMap(({ qualityControls }) => qualityControls.map(({ key }) => key)));
		return page(request, [...keys].sort(), (key) => views.qualityControlType(key));
	});

	api.get<ById>('/project-quality-control-histogram/:project_id', async (request) => {
		const samples = filtered(request);
		const query = new Query(request.query);
		const type = query.text('qc_type');
		if (type === undefined) throw invalid({ qc_type: ['This field is required.'] });
		const values = samples.flatMap(({ qualityControls }) => qualityControls.filter(({ key }) => key === type).flatMap(({ measured }) => measured ?? []));
		return histogram(values.slice(0, query.number('number_of_results') ?? MOST_RESULTS));
	});
}

/** Bytes of a sample's files. */
export const sizeOf = ({ files }: Sample): number => files.reduce((total, { content }) => total + content.length, 0);

function counted(words: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}

// bins of equal width from the smallest value to the largest, as numpy makes them
function histogram(values: number[]) {
	if (values.length === 0) return { bin_edges: [], hist: [] };
	const [least, most] = [Math.min(...values), Math.max(...values)];
	// values that are all alike get a bin of width 1 around them
	const [start, end] = least === most ? [least - 0.5, most + 0.5] : [least, most];
	const width = (end - start) / BINS;
	const hist = Array<number>(BINS).fill(0);
	for (const value of values) hist[Math.min(BINS - 1, Math.floor((value - start) / width))]++;
	return { bin_edges: Array.from({ length: BINS + 1 }, (_, index) => start + index * width), hist };
}
