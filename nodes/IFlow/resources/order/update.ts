import type { IDataObject } from 'n8n-workflow';

import { flag } from '../../../shared/field';
import { program, type Json } from '../../../shared/operation';
import { over } from '../../../shared/place';
import { changes } from '../../changes';
import { extraFields } from '../../extraFields';
import { inProject, orderId, projectId } from '../../fields';
import { content, simplify } from './fields';

/** What of an order may be sent back: never its status, its UUID or its times (contract, trap T8). */
const WRITABLE = [
	'order_id', 'display_id', 'name', 'accession_number', 'external_id', 'description', 'mode', 'priority', 'clinical_indication', 'indication', 'test_type',
	'ordering_provider', 'ordering_facility', 'received_date', 'due_date', 'tags', 'properties',
];

/** Names that mean the same: what one of them is given counts for the others that the order has. */
const SAME = [['display_id', 'order_id', 'name'], ['clinical_indication', 'indication']];

/** An order's writable fields with the changes over them. */
function changed(order: IDataObject, given: IDataObject): IDataObject {
	const kept = Object.fromEntries(WRITABLE.filter((name) => order[name] !== undefined && order[name] !== null).map((name) => [name, order[name]]));
	const alike = SAME.flatMap((names) => {
		const from = names.find((name) => name in given);
		return from === undefined ? [] : names.filter((name) => name in kept).map((name) => [name, given[from]]);
	});
	return over({ ...kept, ...Object.fromEntries(alike) } as Json, given as Json) as IDataObject;
}

const fields = {
	projectId,
	orderId,
	...content,
	sendOnlyGiven: flag('Send Only Given Fields', { place: 'none', description: 'Whether to send the fields that are given here and no others, for servers that keep what is not sent. Otherwise the order is read first and sent back with the changes.' }),
	extraFields,
};

export const update = program({
	name: 'Update',
	action: 'Update order',
	description: 'Change fields of an order and keep the others; its status is changed by a transition',
	simplify,
	fields,
	async run({ connection, values, personal }) {
		const { path, headers, body } = changes(fields, values, { method: 'PUT', ownId: 'order_id' });
		const put = async (order: string, content: IDataObject) => ({ json: (await connection.send('PUT miner/orders/{orderId}', { path: { orderId: order }, headers, body: content as Json, personal })) as IDataObject });
		if (values.sendOnlyGiven) return await put(values.orderId, body);
		const order = (await connection.send('GET miner/orders/{orderId}', { path, headers: inProject(values) })) as IDataObject;
		return await put(String(order.id), changed(order, body));
	},
});
