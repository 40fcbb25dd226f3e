import { locator } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { orderId } from './order';

/** A result of an order; the list shows those that the chosen order has. */
const resultType = (list: 'searchResults' | 'searchJsonResults') =>
	locator('Result Type', { list, wire: 'result_type', required: true, idPlaceholder: 'e.g. SUMMARY_SUPERSET', description: 'One of the results of the order' });

const download = request({
	name: 'Download',
	action: 'Download result',
	description: 'Fetch a result of an order as a file',
	request: 'GET data/results/{orderId}/download',
	fields: { orderId, resultType: resultType('searchResults') },
	file: ({ orderId: order, resultType: type }) => ({ name: `${order}-${type}`, mimeType: 'application/octet-stream' }),
});

const getJson = request({
	name: 'Get JSON',
	action: 'Get JSON of result',
	description: 'Retrieve a summary or detailed result as data',
	request: 'GET data/results/{orderId}/json',
	fields: { orderId, jsonResultType: resultType('searchJsonResults') },
});

const getSamples = request({
	name: 'Get Samples',
	action: 'Get samples of result',
	description: 'Retrieve the samples that an order has analyzed. Newer servers of GalateaBio may not offer it.',
	request: 'GET data/results/{orderId}/samples',
	fields: { orderId },
});

export const result: Resource = { name: 'Result', operations: { download, getJson, getSamples } };
