import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { OutputItem } from './operation';
import { Problem } from './problem';

/** What became of one input item. */
export type Result = { items: OutputItem[] } | { problem: Problem };

/** By input item and run of a node; it goes away with the execution's own items. */
const tries = new WeakMap<INodeExecutionData, Map<string, Result>>();

/**
 * What the writes of earlier tries of this run have done. With "Retry On Fail" n8n runs the node again with the very
 * same items (packages/core, workflow-execute.ts); a write that succeeded, or that may have arrived, must not be sent
 * again then.
 */
export class Memory {
	private readonly run: string;
	private readonly items: INodeExecutionData[];

	constructor(context: IExecuteFunctions) {
		const { $runIndex } = context.getWorkflowDataProxy(0);
		this.run = [context.getExecutionId(), context.getNode().id, $runIndex].join('/');
		this.items = context.getInputData();
	}

	recall(item: number): Result | undefined {
		return tries.get(this.items[item])?.get(this.run);
	}

	/** Keeps what must not be done again; a write that surely failed may be. */
	keep(item: number, result: Result): void {
		if ('problem' in result && !result.problem.uncertain) return;
		const known = tries.get(this.items[item]) ?? new Map<string, Result>();
		tries.set(this.items[item], known.set(this.run, result));
	}
}
