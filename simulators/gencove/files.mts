import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Made } from '../shared/content.mts';
import type { Content } from '../shared/content.mts';
import type { Sample, StoredFile } from './records.mts';

/** How the service names a file of each type when it is downloaded; other types are `<id>_<type>.<ending>` (Gencove docs, Deliverables). */
const ENDINGS: Record<string, string> = {
	'fastq-r1': '_R1.fastq.gz',
	'fastq-r2': '_R2.fastq.gz',
	'alignment-bam': '.bam',
	'alignment-bai': '.bam.bai',
	'impute-vcf': '.vcf.gz',
	'impute-tbi': '.vcf.gz.tbi',
	'impute-csi': '.vcf.gz.csi',
	'ancestry-json': '_ancestry-json.json',
	'traits-json': '_traits-json.json',
	'sex-json': '_sex-json.json',
	'kraken-report': '_kraken-report.txt',
	'impute-vcf-merged': '_impute-vcf-merged.vcf.gz',
	'jointcalled-vcf': '_jointcalled-vcf.vcf.gz',
	'jointcalled-vcf_indexed': '_jointcalled-vcf_indexed.vcf.gz.tbi',
	'report-zip': '_report-zip.zip',
};

export const INPUT_TYPES = ['fastq-r1', 'fastq-r2'];
export const DELIVERED_TYPES = ['alignment-bam', 'alignment-bai', 'impute-vcf', 'impute-tbi', 'impute-csi'];
export const HUMAN_TYPES = [...DELIVERED_TYPES, 'ancestry-json', 'traits-json', 'sex-json'];
export const GENOME_TYPES = ['dict', 'fasta', 'fasta_amb', 'fasta_ann', 'fasta_bwt', 'fasta_fai', 'fasta_gzi', 'fasta_pac', 'fasta_sa', 'fasta_vcf_header'].map((type) => `genome-${type}`);

/**
 * A file with its usual name.
 *
 * @param owner id of what it belongs to
 */
export function newFile(owner: string, fileType: string, { id = randomUUID(), content = contentOf(owner, fileType), name = `${owner}${endingOf(fileType)}` }: Partial<StoredFile> = {}): StoredFile {
	// the service knows neither size nor checksum of most FASTQ files (recordings of downloads)
	const delivered = !INPUT_TYPES.includes(fileType);
	return { id, name, fileType, content, sized: delivered, checked: delivered, expired: false };
}

/** The files that a sample has where it stands: what came in, and what came out if it succeeded. */
export function filesOf({ id, files }: Pick<Sample, 'id' | 'files'>, succeeded: boolean, human: boolean): StoredFile[] {
	const inputs = files.filter(({ fileType }) => INPUT_TYPES.includes(fileType));
	if (!succeeded) return inputs;
	return [...inputs, ...(human ? HUMAN_TYPES : DELIVERED_TYPES).map((type) => newFile(id, type))];
}

function endingOf(fileType: string): string {
	if (fileType.startsWith('genome-fasta')) return `_${fileType}.fasta.gz${fileType.slice('genome-fasta'.length).replace('_', '.')}`;
	return ENDINGS[fileType] ?? `_${fileType}.${fileType.split(/[-_]/).at(-1)}`;
}

// real files of their kinds, where these are texts; the rest says what it is
function contentOf(owner: string, fileType: string): Content {
	return new Made(() => {
		if (fileType.startsWith('fastq-')) return gzipSync(`@${owner}.1 simulated\nACGTACGTAC\n+\nIIIIIIIIII\n`);
		if (endingOf(fileType).endsWith('.vcf.gz')) return gzipSync(`${VCF_HEAD}\t${owner}\n1\t1000\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n`);
		if (fileType === 'ancestry-json') return Buffer.from(JSON.stringify({ ancestry: { value: { EUROPE: 0.6, AFRICA: 0.4 } } }));
		if (fileType.endsWith('json')) return Buffer.from(JSON.stringify({ sample: owner, simulated: true }));
		return Buffer.from(`Simulated ${fileType} of ${owner}\n`);
	});
}

const VCF_HEAD = '##fileformat=VCFv4.2\n##source=simulated\n##contig=<ID=1>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT';

/** Types that files of samples have; the service has some more. */
export const FILE_TYPES = [
	...['bai', 'bam', 'crai', 'cram', 'csi'].map((type) => `alignment-${type}`),
	'ancestry-json',
	...['csi', 'forced_csi', 'forced_vcf', 'large_indel_calls_json', 'vcf', 'vcf_pathogenic'].map((type) => `call_capture-${type}`),
	...['denovo_called_vcf', 'force_called_vcf', 'multiallelic_vcf'].map((type) => `call_capture_v2-${type}`),
	...['cnr', 'cns', 'pdf', 'png'].map((type) => `cnv-${type}`),
	...INPUT_TYPES,
	...['csi', 'csv_format_a', 'csv_format_a_vcf', 'subset_csi', 'subset_tbi', 'subset_vcf', 'tbi', 'vcf'].map((type) => `impute-${type}`),
	'kraken-report',
	'loh-bed',
	'sex-json',
	'traits-json',
	...['aligned', 'annotated', 'called', 'crai', 'cram', 'gvcf', 'indexed'].map((type) => `wgs-${type}`),
];
