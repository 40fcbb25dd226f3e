import type { IDataObject } from 'n8n-workflow';

import { choice, list, text } from '../../shared/field';
import { program, type Call, type OutputItem } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { fetchFile, type GencoveFile } from '../downloads';
import { within } from './api';
import { projectId } from './fields';

const NONE = 'none';

/** Kinds of files: the link to one stands in the field of its name with "_url_s3" behind. */
const KINDS = [
	{ name: 'Ancestry', value: 'ancestry' },
	{ name: 'BAM', value: 'bam' },
	{ name: 'BAM Index (BAI)', value: 'bai' },
	{ name: 'FASTQ (Not GRCh37)', value: 'fastq_nongrch37', description: 'Reads that are not of the reference genome' },
	{ name: 'Local Ancestry', value: 'local_ancestry' },
	{ name: 'Microbiome', value: 'microbiome' },
	{ name: 'None', value: NONE, description: 'Only the links' },
	{ name: 'SNPs', value: 'snp' },
	{ name: 'Traits', value: 'traits' },
	{ name: 'VCF', value: 'vcf' },
	{ name: 'VCF Index (CSI)', value: 'csi' },
	{ name: 'VCF Index (TBI)', value: 'tbi' },
];

/** What is asked for: samples by one of their two names, or all. */
interface Asked {
	key: 'sample_id' | 'external_id';
	ids: Array<string | number>;
}

const fields = {
	legacyProjectId: projectId,
	samplesBy: choice('Samples', [
		{ name: 'All of the Project', value: 'all', description: 'Every sample that has data' },
		{ name: 'By External ID', value: 'externalIds', description: 'Your names of the samples; several samples may have the same' },
		{ name: 'By ID', value: 'ids' },
	], { place: 'none', default: 'ids' }),
	legacySampleIds: list('Sample IDs', { place: 'none', required: true, placeholder: 'e.g. 1001, 1002', shownFor: { samplesBy: ['ids'] }, description: 'Comma-separated list of IDs' }),
	externalIds: list('External IDs', { place: 'none', required: true, placeholder: 'e.g. PLATE1-A01, PLATE1-B01', shownFor: { samplesBy: ['externalIds'] }, description: 'Comma-separated list of your names of the samples' }),
	kind: choice('Download', KINDS, { place: 'none', default: NONE, description: 'Fetch a file of each sample; a sample that does not have it comes without' }),
	outputField: text('Put Output File in Field', {
		place: 'none',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output field to put the file in',
		shownFor: { kind: KINDS.map(({ value }) => value).filter((value) => value !== NONE) },
	}),
};

/** Undefined: all. Never by an empty list, which would mean all to the service, too. */
function askedIn({ samplesBy, legacySampleIds, externalIds }: Call<typeof fields>['values']): Asked | undefined {
	if (samplesBy === 'all') return undefined;
	if (samplesBy === 'externalIds') return { key: 'external_id', ids: externalIds };
	const wrong = legacySampleIds.find((id) => !/^\d+$/.test(id));
	if (wrong === undefined) return { key: 'sample_id', ids: legacySampleIds.map(Number) };
	throw new Problem(`"${wrong}" is no sample ID`, { description: 'IDs of the first generation are whole numbers. Set "Samples" to "By External ID" for your own names' });
}

/** Links to the results, and which files they lead to. */
async function readRawData({ connection, values }: Call<typeof fields>, asked: Asked | undefined): Promise<IDataObject[]> {
	const body = asked ? { [`${asked.key}s`]: asked.ids } : {};
	return within('raw_data')(await connection.send('POST projects/{legacyProjectId}/raw-data', { path: values, body, repeat: 'safe' })) as IDataObject[];
}

/** The item of a sample that has data, with the file of the kind that the user wants. */
async function itemOf(call: Call<typeof fields>, data: IDataObject): Promise<OutputItem> {
	const { kind } = call.values;
	const json = { ...data, found: true };
	const fileIn = (one: IDataObject): GencoveFile => ({ id: String(one.sample_id), file_type: kind, download_url: (one[`${kind}_url_s3`] as string | undefined) ?? null });
	if (kind === NONE || !fileIn(data).download_url) return { json };
	const again = async () => fileIn((await readRawData(call, { key: 'sample_id', ids: [data.sample_id as number] }))[0] ?? {});
	const { json: { fileName, mimeType, fileSize }, binary } = await fetchFile(call, fileIn(data), again);
	return { json: { ...json, fileName, mimeType, fileSize }, binary };
}

export const getRawData = program({
	name: 'Get Raw Data',
	action: 'Get raw data of legacy samples',
	description: 'Get links to the results of samples, which anyone who has them can use for two days; gives an item for each ID, with "found" false where there is no data',
	effect: 'read',
	secretOutput: true,
	simplify: ['sample_id', 'external_id', 'project_id', 'found', 'vcf_url_s3', 'bam_url_s3', 'ancestry_url_s3', 'traits_url_s3', 'microbiome_url_s3', 'fileName'],
	fields,
	async run(call) {
		const asked = askedIn(call.values);
		const all = await readRawData(call, asked);
		const output: OutputItem[] = [];
		// the service leaves out what it does not find, and does not keep the order
		const groups = asked ? asked.ids.map((id) => ({ id, found: all.filter((data) => String(data[asked.key]) === String(id)) })) : [{ id: undefined, found: all }];
		for (const { id, found } of groups) {
			if (asked && found.length === 0) output.push({ json: { [asked.key]: id, found: false } });
			for (const data of found) output.push(await itemOf(call, data));
		}
		return output;
	},
});
