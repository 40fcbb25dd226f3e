import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { oneSample } from '../fields';

const getAll = request({
	name: 'Get Many',
	action: 'Get many quality controls',
	description: 'Retrieve a list of the quality controls of a sample: what was expected, what was measured, and whether it passed',
	request: 'GET sample-quality-controls/{sampleId}',
	pages,
	fields: oneSample,
});

export const qc: Resource = { name: 'Quality Control', operations: { getAll } };
