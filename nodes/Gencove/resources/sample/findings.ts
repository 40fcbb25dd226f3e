import { choice, number, optionsOf, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { pages } from '../../api';
import { oneSample } from '../../fields';

export const getStatusHistory = request({
	name: 'Get Status History',
	action: 'Get status history of sample',
	description: 'Retrieve the states that a sample went through',
	request: 'GET sample-statuses/{sampleId}',
	pages,
	fields: oneSample,
});

export const getStats = request({
	name: 'Get Stats',
	action: 'Get stats of sample',
	description: 'Retrieve how much space the files of a sample take',
	request: 'GET sample-stats/{sampleId}',
	fields: oneSample,
});

export const getAncestry = request({
	name: 'Get Ancestry',
	action: 'Get ancestry of sample',
	description: 'Retrieve the ancestry of a sample',
	request: 'GET sample-ancestry/{sampleId}',
	fields: oneSample,
});

export const getParentage = request({
	name: 'Get Parentage',
	action: 'Get parentage of sample',
	description: 'Retrieve which samples may be parents of a sample',
	request: 'GET sample-parentage/{sampleId}',
	fields: { ...oneSample, shownResults: choice('Results', optionsOf('all', 'checks', 'matches'), { wire: 'display_results', description: 'Which comparisons to show' }) },
});

export const getTraitScores = request({
	name: 'Get Trait Scores',
	action: 'Get trait scores of sample',
	description: 'Retrieve the scores of a sample by traits',
	request: 'GET sample-trait-scores/{sampleId}',
	pages,
	fields: oneSample,
});

/** Gencove takes exactly one of the three ways. */
const asked = (by: string) => ({ shownFor: { by: [by] } });
const chromosome = { placeholder: 'e.g. chr1', description: 'Name of the chromosome as the reference genome has it' };

export const getVariants = request({
	name: 'Get Variants',
	action: 'Get variants of sample',
	description: 'Retrieve the variants of a sample at a position, in a range or by rsIDs',
	request: 'GET sample-genomic-variants/{sampleId}',
	pages,
	fields: {
		...oneSample,
		by: choice('Variants By', [
			{ name: 'Position', value: 'position' },
			{ name: 'Range', value: 'range', description: 'Up to 100,000 bases' },
			{ name: 'RsIDs', value: 'rsid' },
		], { place: 'none', default: 'position' }),
		chromosome: text('Chromosome', { required: true, ...chromosome, shownFor: { by: ['position', 'range'] } }),
		position: number('Position', { required: true, min: 1, whole: true, ...asked('position') }),
		startPosition: number('Start Position', { wire: 'start_position', required: true, min: 1, whole: true, ...asked('range') }),
		endPosition: number('End Position', { wire: 'end_position', required: true, min: 1, whole: true, ...asked('range') }),
		rsid: text('RsIDs', { required: true, placeholder: 'e.g. rs429358,rs7412', description: 'Up to 50, separated by commas', ...asked('rsid') }),
	},
});

export const createConsumerReportLink = request({
	name: 'Create Consumer Report Link',
	action: 'Create link to consumer report of sample',
	description: 'Get a link to the report for the person who gave the sample; whoever has it can read the report',
	request: 'POST sample-consumer-report/{sampleId}',
	secretOutput: true,
	fields: {
		...oneSample,
		reportType: text('Report Type', { wire: 'report_type', placeholder: 'e.g. prs' }),
		expiresIn: number('Expires In', { wire: 'expires_in', min: 60, max: 3600, whole: true, description: 'How long the link is good, in seconds' }),
	},
});
