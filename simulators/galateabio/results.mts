import { createHash, randomUUID } from 'node:crypto';
import { pdfDocument, zipArchive } from '../shared/documents.mts';
import type { Spool } from '../shared/spool.mts';
import { FAMILIES, PDF_REPORT_TYPES } from './families.mts';
import type { ResultType } from './families.mts';
import { current, familyOf } from './records.mts';
import type { Order, Period, Report, Sample } from './records.mts';
import { md5 } from './state.mts';

const CHROMOSOMES = Array.from({ length: 22 }, (_, number) => `chr${number + 1}`);

// the smallest PNG: one pixel
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** Results that can be downloaded from an order as it stands (GalateaBio docs, Results). */
export function availableResults(order: Order): ResultType[] {
	const { data, pdf } = FAMILIES[familyOf(order)];
	switch (current(order)) {
		case 'Completed':
			return pdf ? [...data, 'PDF_REPORT'] : data;
		case 'Reports failed':
			return data;
		case 'Failed':
			return ['EXEC_ERRORS'];
		default:
			return [];
	}
}

type Row = Record<string, string | number>;

/**
 * The rows of a data result. The provider does not publish their shape; this one is invented.
 * The same sample always has the same figures.
 */
export function resultRows(order: Order, type: ResultType): Row[] {
	const { components } = FAMILIES[familyOf(order)];
	return order.samples.flatMap((sample) => {
		if (type === 'SUMMARY_SUPERSET') return [{ sample_id: sample.sampleId, ...shares(sample, 'all', components) }];
		if (type === 'SUMMARY_CHROMS') {
			return CHROMOSOMES.map((chromosome) => ({ sample_id: sample.sampleId, chromosome, ...shares(sample, chromosome, components) }));
		}
		return CHROMOSOMES.flatMap((chromosome) => segments(sample, chromosome, components));
	});
}

export interface Download {
	fileName: string;
	contentType: string;
	content: Buffer | Spool;
}

/** The file of a result, made on demand. `type` must be available. */
export async function resultFile(order: Order, type: ResultType): Promise<Download> {
	const base = `${order.id}_${type.toLowerCase()}`;
	switch (type) {
		case 'SUMMARY_SUPERSET':
		case 'SUMMARY_CHROMS':
			return { fileName: `${base}.tsv`, contentType: 'text/tab-separated-values', content: tsv(resultRows(order, type)) };
		case 'EXEC_ERRORS':
			return { fileName: `${base}.txt`, contentType: 'text/plain', content: Buffer.from(`Model ${order.model.model_name} ended with exit code 1\n`) };
		default:
			return { fileName: `${base}.zip`, contentType: 'application/zip', content: await zipArchive(archiveEntries(order, type)) };
	}
}

function archiveEntries(order: Order, type: ResultType): Record<string, Buffer> {
	const rows = (test: (row: Row) => boolean) => tsv(resultRows(order, type).filter(test));
	const named = (entries: Array<[string, Buffer]>) => Object.fromEntries(entries);
	const reports = order.reports.filter(({ failed }) => !failed);
	switch (type) {
		case 'DETAILED_CHROMS':
			return named(CHROMOSOMES.map((name) => [`${name}.tsv`, rows((row) => row.chromosome === name)]));
		case 'PRS_JSON_DATA':
			return named(reports.map((report) => [`${reportStem(report)}.json`, Buffer.from(JSON.stringify(prsData(report)))]));
		case 'PRS_IMAGES':
			return named(reports.map((report) => [`${reportStem(report)}.png`, PNG]));
		case 'PDF_REPORT':
			return named(reports.map((report) => [report.fileName, report.content]));
		default:
			return named(order.samples.map(({ sampleId }) => [`${sampleId}.tsv`, rows((row) => row.sample_id === sampleId)]));
	}
}

/**
 * Makes the reports an order will have: one a sample for Vader, one a sample and asked type for Mysterio.
 *
 * @param types `pdf_report_types` of the submission
 * @param requestVersion rises when reports are asked for again
 */
export async function makeReports(order: Order, types: string[], requestVersion = 1): Promise<Report[]> {
	if (!FAMILIES[familyOf(order)].pdf) return [];
	const wanted = familyOf(order) === 'mysterio' ? types : ['ANCESTRY'];
	const pairs = order.samples.flatMap((sample) => wanted.map((type) => ({ sample, type })));
	return await Promise.all(
		pairs.map(async ({ sample, type }) => {
			const content = await pdfDocument(sample.sampleId, [`Sample ${sample.sampleId}`, `Report ${type}`, 'Simulated: no person, no finding.']);
			return newReport({ sample, type, requestVersion, content, checkSum: md5(content) });
		}),
	);
}

/** Makes the reports of an order once more. Those it had count as failed in the time given, and stay in the list. */
export async function remakeReports(order: Order, failed: Period): Promise<void> {
	const before = order.reports;
	const version = before.reduce((last, { requestVersion }) => Math.max(last, requestVersion), 0) + 1;
	for (const report of before) report.failed ??= failed;
	order.reports = [...before, ...(await makeReports(order, [...new Set(before.map(({ type }) => type))], version))];
}

/** When the reports of an order were begun last, and when they ended if they did. */
export function reportPeriod({ history }: Order): Period {
	const last = history[history.length - 1];
	const started = history.findLast(({ status }) => status === 'Making report') ?? last;
	return { startedAt: started.at, completedAt: last.at };
}

/** A report object around a document. */
export function newReport({ sample, type, requestVersion = 1, content, checkSum }: Pick<Report, 'sample' | 'type' | 'content' | 'checkSum'> & Partial<Report>): Report {
	const id = randomUUID();
	const suffix = PDF_REPORT_TYPES.includes(type) ? `_${type.toLowerCase().replaceAll('_', '-')}` : '';
	const fileName = `${id}_${sample.sampleId}${suffix}.pdf`;
	return { id, sample, type, requestVersion, reportVersion: '1.0', fileName, content, checkSum };
}

const reportStem = ({ sample, type }: Report) => `${sample.sampleId}_${type.toLowerCase()}`;

function prsData({ sample, type }: Report) {
	return { sample_id: sample.sampleId, report_type: type, items: [{ trait: 'simulated trait', risk: 'average' }] };
}

function bytesFor(sample: Sample, salt: string): Buffer {
	return createHash('sha256').update(`${sample.sampleId} ${salt}`).digest();
}

function shares(sample: Sample, salt: string, components: string[]): Row {
	const bytes = bytesFor(sample, salt);
	const weights = components.map((_, number) => bytes[number] + 1);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return Object.fromEntries(components.map((name, number) => [name, Number((weights[number] / total).toFixed(4))]));
}

function segments(sample: Sample, chromosome: string, components: string[]): Row[] {
	const bytes = bytesFor(sample, `${chromosome} segments`);
	return [0, 1, 2, 3].map((number) => ({
		sample_id: sample.sampleId,
		chromosome,
		start: number * 25_000_000 + 1,
		end: (number + 1) * 25_000_000,
		label: components[bytes[number] % components.length],
	}));
}

function tsv(rows: Row[]): Buffer {
	const header = Object.keys(rows[0] ?? {});
	return Buffer.from([header, ...rows.map((row) => Object.values(row))].map((cells) => cells.join('\t') + '\n').join(''));
}
