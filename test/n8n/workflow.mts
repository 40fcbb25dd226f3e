import { randomUUID } from 'node:crypto';
import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

/**
 * A node for a workflow made in code.
 *
 * @param type full name, `n8n-nodes-base.set` say
 * @param more version (default 1), credentials, settings such as `onError`
 */
export function node(name: string, type: string, parameters: INodeParameters = {}, more: Partial<INode> = {}): INode {
	return { id: randomUUID(), name, type, typeVersion: 1, position: [0, 0], parameters, ...more };
}

export const manualTrigger = (name = 'Start'): INode => node(name, 'n8n-nodes-base.manualTrigger');

/** A webhook that answers POST with what the last node puts out. `path` is the one below `/webhook/`. */
export function webhookTrigger(path: string, name = 'Webhook'): INode {
	const parameters = { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries' };
	return node(name, 'n8n-nodes-base.webhook', parameters, { typeVersion: 2, webhookId: randomUUID() });
}

/** Puts nodes side by side and connects each to the next one. */
export function inLine(...nodes: INode[]): { nodes: INode[]; connections: IConnections } {
	const connections: IConnections = {};
	nodes.slice(1).forEach((next, index) => {
		connections[nodes[index].name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return { nodes: nodes.map((one, index) => ({ ...one, position: [index * 220, 0] })), connections };
}
