import type { Pipeline } from './records.mts';
import { isWdl } from './runs.mts';

/** What a pipeline takes and gives (contract, section 4.1); the variant decides what is required. */
export function definitionsOf(pipeline: Pipeline, variant: number): object {
	if (!isWdl(pipeline)) {
		const inputs = [{ name: 'input', display_name: 'Samplesheet', type: 'File', required: true, hidden: false, default: null, description: 'CSV with one row for each sample' }];
		return { inputs, outputs: [] };
	}
	return {
		inputs: [
			{ name: 'vcf', display_name: 'Variants', type: 'File', required: true, hidden: false, default: null, description: 'Variants to report, bgzipped' },
			{ name: 'panels', display_name: 'Gene panels', type: 'Array[String]', required: variant === 2, hidden: false, default: [], description: 'Names of gene panels' },
			{ name: 'genome', display_name: 'Genome', type: 'String', required: false, hidden: false, default: [{ value: 'hg38', when: { assay: ['wgs', 'wes'] } }, { value: 'hg19', when: { assay: ['panel'] } }], description: null },
			{ name: 'sample_info', display_name: 'Sample', type: 'File', required: true, hidden: true, default: null, description: 'Filled by the platform' },
		],
		outputs: [
			{ name: 'report', display_name: 'Report', type: 'File', description: null },
			{ name: 'vcf', display_name: 'Variants', type: 'File', description: 'All variants that passed' },
			{ name: 'summary', display_name: 'Summary', type: 'String', description: null },
		],
	};
}
