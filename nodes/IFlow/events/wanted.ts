/** What the user has set in the trigger. */
export interface Wanted {
	/** '': that of the credential. */
	projectId: string;
	/** Undefined: of all pipelines, of all orders. */
	pipelineId: string | undefined;
	orderId: string | undefined;
	/** Statuses with which a run ends; all when empty. */
	outcomes: string[];
	/** Statuses that an order leaves, and that it gets; all when empty. */
	from: string[];
	to: string[];
	folder: string;
	recursive: boolean;
	includeOutputs: boolean;
}
