import { json } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { oneSample } from '../fields';

const get = request({
	name: 'Get',
	action: 'Get metadata of sample',
	description: 'Retrieve what is kept with a sample; null when that is nothing',
	request: 'GET sample-metadata/{sampleId}',
	fields: oneSample,
});

const set = request({
	name: 'Set',
	action: 'Set metadata of sample',
	description: 'Keep any JSON with a sample, in the place of what was there',
	request: 'POST sample-metadata/{sampleId}',
	destructive: true,
	fields: { ...oneSample, metadata: json('Metadata', { required: true, description: 'Any JSON; null takes away what was there' }) },
});

export const sampleMetadata: Resource = { name: 'Sample Metadata', operations: { get, set } };
