import { gzipSync } from 'node:zlib';
import { slugOf } from './names.mts';
import { PROJECT_SEEDS, PROJECTS, seedTime } from './seeds.mts';

interface ObjectSeed {
	bucket: string;
	key: string;
	text: Buffer;
	contentType: string;
	at: number;
}

const READS = '@read1\nACGTACGT\n+\nIIIIIIII\n';
const VARIANTS = '##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\t1000\t.\tA\tG\t50\tPASS\t.\n';

/** What a run of a WDL pipeline leaves behind, by names of files. */
export function resultsOf(displayId: string): Record<string, { text: Buffer; contentType: string }> {
	return {
		'report.html': { text: Buffer.from(`<html><body>Simulated report of ${displayId}</body></html>\n`), contentType: 'text/html' },
		'variants.vcf.gz': { text: gzipSync(VARIANTS), contentType: 'application/gzip' },
		'logs/main.log': { text: Buffer.from('simulated\n'), contentType: 'text/plain' },
	};
}

const gz = (text: string) => ({ text: gzipSync(text), contentType: 'application/gzip' });
const plain = (text: string) => ({ text: Buffer.from(text), contentType: 'text/plain' });
const pdf = () => ({ text: Buffer.from('%PDF-1.4\n%simulated\n'), contentType: 'application/pdf' });

const resultsBelow = (displayId: string) => Object.fromEntries(Object.entries(resultsOf(displayId)).map(([name, result]) => [`analyses/${slugOf(displayId)}/${name}`, result]));

const MAIN = {
	'client-resources/bed-files/panel.bed': plain('1\t100\t200\n'),
	'client-resources/gene-panels/panel.txt': plain('GENE1\nGENE2\n'),
	'client-resources/report-templates/standard.txt': plain('template\n'),
	'samples/p-001-t/note.txt': plain('hello sample'),
	'samples/p-001-t/uploads/a_R1.fastq.gz': gz(READS),
	'samples/p-001-t/uploads/a.vcf.gz': gz(VARIANTS),
	'samples/p-001-t/uploads/a.vcf.gz.tbi': { text: Buffer.from([0x54, 0x42, 0x49, 1]), contentType: 'application/octet-stream' },
	'samples/p-002-g/uploads/b.bam': { text: Buffer.from([0x42, 0x41, 0x4d, 1]), contentType: 'application/octet-stream' },
	'subjects/p-001/uploads/consent.pdf': pdf(),
	...resultsBelow('demo-reporter-0003'),
	'analyses/demo-nextflow-0001/multiqc_report.html': { text: Buffer.from('<html></html>\n'), contentType: 'text/html' },
	'orders/case-15/signed-report.pdf': pdf(),
	'reports/case-15/report.pdf': pdf(),
	'workspace/wdl/main.wdl': plain('version 1.0\n'),
	'uploads/readme.txt': plain('Simulated project\n'),
	'readme.txt': plain('Root of the project\n'),
};

const OTHER = {
	'uploads/readme.txt': plain('Simulated project with a prefix\n'),
	'samples/s-1/uploads/c.vcf.gz': gz(VARIANTS),
};

const FOREIGN = { 'secret.txt': plain('of others\n') };

/** The objects that every start begins with. */
export const OBJECT_SEEDS: ObjectSeed[] = [
	[PROJECTS.main, MAIN] as const,
	[PROJECTS.other, OTHER] as const,
	[PROJECTS.foreign, FOREIGN] as const,
].flatMap(([projectId, objects]) => {
	const { bucket, prefix } = PROJECT_SEEDS.find(({ id }) => id === projectId)!;
	return Object.entries(objects).map(([path, object], at) => ({ bucket, key: prefix + path, ...object, at: seedTime(120 + at) }));
});
