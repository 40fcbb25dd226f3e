import { request, type Resource } from '../../shared/operation';
import { lookup, orderId, projectId } from '../fields';
import { pages } from '../pages';

/** The most useful fields of an order. */
const simplify = ['id', 'order_id', 'display_id', 'status', 'priority', 'mode', 'accession_number', 'external_id', 'created_at', 'updated_at'];

const getAll = request({ name: 'Get Many', action: 'Get many orders', description: 'Retrieve a list of orders', request: 'GET miner/orders', pages, simplify, fields: { projectId } });

const get = request({ name: 'Get', action: 'Get order', description: 'Retrieve an order', request: 'GET miner/orders/{orderId}', simplify, fields: { projectId, orderId, lookup } });

export const order: Resource = { name: 'Order', operations: { get, getAll } };
