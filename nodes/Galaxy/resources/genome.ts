import { choice, flag, locator, number, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { wholeListOf } from '../api';

const genomeId = locator('Genome', { list: 'searchGenomes', place: 'path', required: true, idPlaceholder: 'e.g. hg38', description: 'A genome of the server or a custom build of yours, or one by its key' });

const ending = text('Ending', { place: 'query', wire: 'format', description: 'What follows the key of the genome after a dot, where that has an ending' });

const region = {
	chrom: text('Chromosome', { placeholder: 'e.g. chr7' }),
	ending,
	high: number('End', { whole: true, min: 0, description: 'Last position on the chromosome' }),
	low: number('Start', { whole: true, min: 0, description: 'First position on the chromosome' }),
	reference: flag('Reference', { description: 'Whether to retrieve the sequence of the region' }),
};

const get = request({
	name: 'Get',
	action: 'Get genome',
	description: 'Retrieve the chromosomes of a genome with their lengths, also of a custom build of yours',
	request: 'GET api/genomes/{genomeId}',
	fields: {
		genomeId,
		...region,
		low: number('Start', { whole: true, min: 0, description: 'Number of the first chromosome to list, or first position on the chromosome' }),
		num: number('Number of Chromosomes', { whole: true, min: 1, description: 'How many chromosomes to list at the most' }),
	},
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many genomes',
	description: 'Retrieve a list of the genomes that the server knows, with your custom builds',
	request: 'GET api/genomes',
	pages: wholeListOf(([name, dbkey]: [string, string]) => ({ name, dbkey })),
	fields: { chromInfo: flag('With Chromosomes Only', { description: 'Whether to leave out genomes whose chromosomes the server does not know' }) },
});

const getIndexes = request({
	name: 'Get Indexes',
	action: 'Get indexes of genome',
	description: 'Retrieve the index of the reference sequence, as the text of its file',
	request: 'GET api/genomes/{genomeId}/indexes',
	fields: { genomeId, ending, type: choice('Type', [{ name: 'FASTA', value: 'fasta_indexes' }]) },
	unwrap: (index: string) => ({ index }),
});

const getSequences = request({
	name: 'Get Sequences',
	action: 'Get sequences of genome',
	description: 'Retrieve the reference sequence of a region, where the server has it',
	request: 'GET api/genomes/{genomeId}/sequences',
	fields: { genomeId, ...region, chrom: text('Chromosome', { required: true, place: 'query', placeholder: 'e.g. chr7' }) },
});

export const genome: Resource = { name: 'Genome', operations: { get, getAll, getIndexes, getSequences } };
