import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import type { Problem } from './problem';

/**
 * n8n's error for a Problem. It is made afresh: n8n's own errors for requests hold the request, and keep their
 * messages whatever they are given (packages/workflow, node-api.error.ts).
 */
export function nodeError(node: INode, { message, description, status }: Problem, more: { itemIndex?: number; addition?: string } = {}) {
	const { itemIndex, addition = '' } = more;
	const told = { description: `${description ?? ''}${addition}`, itemIndex };
	if (status === undefined) return new NodeOperationError(node, message, told);
	return new NodeApiError(node, {} as JsonObject, { message, httpCode: String(status), ...told });
}
