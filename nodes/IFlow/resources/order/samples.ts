import type { INodePropertyOptions } from 'n8n-workflow';

import { choice } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { answered } from '../../answered';
import { carried } from '../../changes';
import { extraFields } from '../../extraFields';
import { orderId, projectId, sampleId } from '../../fields';
import { whole } from '../../pages';

export const getSamples = request({
	name: 'Get Samples',
	action: 'Get samples of order',
	description: 'Retrieve a list of the samples of an order',
	request: 'GET miner/orders/{orderId}/samples',
	pages: whole,
	fields: { projectId, orderId },
});

/** The list is open (contract, section 7.3). */
const ROLES: INodePropertyOptions[] = [
	{ name: 'Father', value: 'father' },
	{ name: 'Mother', value: 'mother' },
	{ name: 'Normal', value: 'normal' },
	{ name: 'Proband', value: 'proband' },
	{ name: 'Tumour', value: 'tumour' },
];

const AUTO = 'auto';
const IN_BODY = 'body';
const IN_PATH = 'path';

const addition = {
	projectId,
	orderId: { ...orderId, place: 'none' as const },
	sampleId: { ...sampleId, place: 'body' as const },
	role: choice('Role', ROLES, { description: 'What the sample is in the order; an expression may give any other word' }),
	requestForm: choice('Request Form', [
		{ name: 'Find Out', value: AUTO, description: 'The documented form, and the other one where the server does not know it' },
		{ name: 'Sample in Path', value: IN_PATH, description: 'As the command-line client of iFlow sends it; a role cannot be told' },
		{ name: 'Sample in Request', value: IN_BODY, description: 'As it is documented' },
	], { place: 'none', description: 'How the request is written, of which servers know one or both' }),
	extraFields,
};

const noRole = () => new Problem('A role can only be told with the sample in the request, which is not chosen, or which this iFlow does not take', { description: 'Leave "Role" and "More Fields" empty, or set "Request Form" to Sample in Request' });

export const addSample = program({
	name: 'Add Sample',
	action: 'Add sample to order',
	description: 'Link a sample to an order',
	fields: addition,
	async run({ connection, values, personal }) {
		const { orderId: order, sampleId: sample, role, requestForm = AUTO, extraFields: more } = values;
		const { headers, body } = carried(addition, values, 'POST');
		const isPlain = role === undefined && more === undefined;
		const json = (answer: unknown) => ({ json: answered({ success: true, order_id: order, sample_id: sample }, answer) });
		const byPath = async () => {
			if (!isPlain) throw noRole();
			return json(await connection.send('POST miner/orders/{order}/samples/{sample}', { path: { order, sample }, headers, personal }));
		};
		// the gateway is only known to take the path (contract, trap T6)
		const startsWithPath = requestForm === IN_PATH || (requestForm === AUTO && isPlain && connection.credential.apiLayout === 'gateway');
		if (startsWithPath) return await byPath();
		const sent = await connection.exchange('POST miner/orders/{order}/samples', { path: { order }, headers, body, personal }).catch((cause: Problem) => {
			// 405: nothing was done
			if (requestForm !== AUTO || cause.status !== 405) throw cause;
		});
		return sent ? json(sent.body) : await byPath();
	},
});

export const removeSample = request({
	name: 'Remove Sample',
	action: 'Remove sample from order',
	description: 'Take a sample off an order; the sample itself stays',
	request: 'DELETE miner/orders/{orderId}/samples/{sampleId}',
	fields: { projectId, orderId, sampleId },
	unwrap: (answer: unknown, { orderId: order, sampleId: sample }) => answered({ success: true, order_id: order, sample_id: sample }, answer),
});
