import type { FastifyInstance } from 'fastify';
import { Made } from '../../shared/content.mts';
import type { Context } from '../context.mts';
import { notFound } from '../errors.mts';
import { choice, integer, optional, readBody } from '../fields.mts';
import { newFile } from '../files.mts';
import { page, Query } from '../pages.mts';
import { current } from '../records.mts';
import type { Sample } from '../records.mts';
import { filteredSamples } from '../samples-query.mts';
import { find } from '../state.mts';
import { sizeOf } from './project-stats.mts';

type BySample = { Params: { sample_id: string; restore_group_id: string } };

const newReport = { report_type: optional(choice(['prs'])), expires_in: optional(integer({ least: 60, most: 3600 })) };

const DISTRIBUTION = { value: { mean: 0, sd: 1 }, version: 'simulated-1' };
const HIGH_RISK_FROM = 90;

/** Invented: one trait with a high, one with a usual and one without a known percentile. */
const TRAITS = [
	{ key: 'simulated_trait_a', value: 1.9, percentile: 97.1 },
	{ key: 'simulated_trait_b', value: -0.2, percentile: 42 },
	{ key: 'simulated_trait_c', value: 0.4, percentile: null },
];

/** What the analysis found in a sample, beyond its files. Only in the specification. */
export function sampleResultRoutes(api: FastifyInstance, { state, views, clock }: Context): void {
	const own = (id: string) => find(state.samples, id);

	/** Only samples that succeeded, with results of this type, have such. */
	function withFile(id: string, fileType: string): Sample {
		const sample = own(id);
		if (current(sample) !== 'succeeded' || !sample.files.some((file) => file.fileType === fileType)) throw notFound();
		return sample;
	}

	api.get<BySample>('/sample-statuses/:sample_id', async (request) =>
		page(request, own(request.params.sample_id).history.toReversed(), (step) => ({ status: step.status, note: step.note, created: views.time(step.at) })),
	);

	api.get<BySample>('/sample-stats/:sample_id', async ({ params }) => ({ total_size: sizeOf(own(params.sample_id)) }));

	api.get<BySample>('/sample-ancestry/:sample_id', async ({ params }) => {
		withFile(params.sample_id, 'ancestry-json');
		return { ancestry: { value: { EUROPE: 0.6, AFRICA: 0.4 } }, metadata: { value: { EUROPE: { name: 'Europe' }, AFRICA: { name: 'Africa' } } } };
	});

	// the specification has two texts here, as for every computed field; a flag and a list are what the filter needs
	api.get<BySample>('/sample-parentage/:sample_id', async (request) => {
		const { id, projectId } = withFile(request.params.sample_id, 'impute-vcf');
		const display = new Query(request.query).choice('display_results', ['matches', 'checks', 'all']) ?? 'matches';
		const others = state.samplesOf(find(state.projects, projectId)).filter((other) => other.id !== id).slice(0, 2);
		const parentage = others.map((other, index) => ({ parent: other.id, parent_client_id: other.clientId, identified: index === 0 }));
		return { parentage_tested: parentage.length > 0, parentage: parentage.filter(({ identified }) => display === 'all' || identified === (display === 'matches')) };
	});

	api.get<BySample>('/sample-trait-scores/:sample_id', async (request) => {
		withFile(request.params.sample_id, 'traits-json');
		return page(request, TRAITS, ({ key, value, percentile }) => ({
			trait_score: { value, percentile },
			trait_distribution: DISTRIBUTION,
			trait: { key },
			trait_unit: { key: 'sd' },
			risk: percentile === null ? null : percentile >= HIGH_RISK_FROM ? 'high_risk' : 'not_high_risk',
		}));
	});

	api.get<BySample>('/sample-restore-group/:restore_group_id', async (request) => {
		const { sampleIds } = find(state.restoreGroups, request.params.restore_group_id);
		const samples = sampleIds.flatMap((id) => state.samples.get(id) ?? []);
		return page(request, filteredSamples(new Query(request.query), samples), (sample) => views.listedSample(sample));
	});

	api.post<BySample>('/sample-consumer-report/:sample_id', async (request, reply) => {
		const sample = withFile(request.params.sample_id, 'traits-json');
		const { expires_in = 600 } = readBody(request.body, newReport);
		const html = `<html><body><h1>Simulated report of ${sample.id}</h1><p>No person, no finding.</p></body></html>\n`;
		const report = newFile(sample.id, 'consumer-report', { name: 'report.html', content: new Made(() => Buffer.from(html)) });
		state.looseFiles.set(report.id, report);
		clock.after(expires_in * 1000, () => (report.expired = true));
		return reply.code(201).send({ url: views.file(report, request).download_url, expires_at: views.time(clock.now() + expires_in * 1000) });
	});
}
