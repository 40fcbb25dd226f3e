import { choice, longText, text } from '../../../shared/field';
import { deleted, request, type Resource } from '../../../shared/operation';
import { answered } from '../../answered';
import { extraFields } from '../../extraFields';
import { lookup, orderId, projectId } from '../../fields';
import { pages } from '../../pages';
import { downloadResult } from './result';
import { content, name, PRIORITIES, simplify, STATUSES, TARGETS } from './fields';
import { addSample, getSamples, removeSample } from './samples';
import { getSamplesheet } from './samplesheet';
import { update } from './update';

const create = request({
	name: 'Create',
	action: 'Create order',
	description: 'Register an order; what is not given is left to iFlow',
	request: 'POST miner/orders',
	simplify,
	fields: { projectId, ...content, name, extraFields },
});

const get = request({ name: 'Get', action: 'Get order', description: 'Retrieve an order', request: 'GET miner/orders/{orderId}', simplify, fields: { projectId, orderId, lookup } });

const getAll = request({
	name: 'Get Many',
	action: 'Get many orders',
	description: 'Retrieve a list of orders',
	request: 'GET miner/orders',
	pages,
	simplify,
	fields: {
		projectId,
		status: choice('Status', STATUSES),
		priority: choice('Priority', PRIORITIES),
		search: text('Search', { placeholder: 'e.g. CASE', description: 'Part of the ID that iFlow shows' }),
	},
});

const remove = request({
	name: 'Delete',
	action: 'Delete order',
	description: 'Remove an order for good; its samples and runs stay',
	request: 'DELETE miner/orders/{orderId}',
	destructive: true,
	fields: { projectId, orderId, lookup },
	unwrap: (answer: unknown, { orderId: id }) => answered({ ...deleted(), id }, answer),
});

const transition = request({
	name: 'Transition',
	action: 'Transition order',
	description: 'Bring an order to its next status; there is no way back',
	request: 'POST miner/orders/{orderId}/transition',
	destructive: true,
	simplify,
	fields: {
		projectId,
		orderId,
		status: choice('Status', TARGETS, { default: 'analyzing', description: 'Which steps are allowed, and to whom, is decided by iFlow; an order is completed by its signature there' }),
		comment: longText('Comment', { personal: true, description: 'Why, for servers that keep it' }),
		lookup,
		extraFields,
	},
});

const getLabflow = request({
	name: 'Get Labflow',
	action: 'Get labflow of order',
	description: 'Retrieve the stage in which an order is, with its state and the person who works on it',
	request: 'GET miner/orders/{orderId}/labflow',
	fields: { projectId, orderId },
});

export const order: Resource = { name: 'Order', operations: { addSample, create, delete: remove, downloadResult, get, getAll, getLabflow, getSamples, getSamplesheet, removeSample, transition, update } };
