import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { clock } from './clock';
import { ALLOW_AGENTS } from './describe';
import { each } from './each';
import { Memory, type Result } from './memory';
import { nodeError } from './nodeError';
import { AT_ONCE, effectOf, idOf, type Operation, type OutputItem, type Provider } from './operation';
import { Performer } from './perform';
import { Problem } from './problem';
import { Connection } from './request';
import { ENDING_FIELDS, titleOf, wait, type WaitOptions, type Watch } from './wait';

/** n8n tells a stopped execution by the word "canceled" in its error (packages/core, workflow-execute.ts). */
const STOPPED = 'The execution was canceled';

/** The engine's own options, as the user set them. */
interface Options {
	timeout?: number;
	allowUnauthorizedCerts?: boolean;
	batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	waitLimit?: number;
	onWaitLimit?: 'error' | 'return';
	onFailure?: 'error' | 'return';
}

/**
 * Runs the operation chosen in the node for all input items: reads side by side, writes one after the other, output
 * in the order of the input, every item paired. Throws n8n's node errors; with "On Error: Continue" an item that
 * could not be done becomes an error item instead.
 */
export async function execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[][]> {
	const run = await Run.begin(context, provider);
	return [await run.all()];
}

class Run {
	private readonly results: Result[] = [];
	private readonly performer: Performer;
	/** Only writes need one. */
	private readonly memory: Memory | undefined;

	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly options: Options,
		private readonly connection: Connection,
	) {
		this.performer = new Performer(context, operation, connection);
		this.memory = effectOf(operation) === 'write' ? new Memory(context) : undefined;
	}

	static async begin(context: IExecuteFunctions, provider: Provider): Promise<Run> {
		const resource = context.getNodeParameter('resource', 0) as string;
		const name = context.getNodeParameter('operation', 0) as string;
		const { operations, api = provider.api } = provider.resources[resource] ?? {};
		const operation = operations?.[name];
		if (!operation) {
			throw new NodeOperationError(context.getNode(), 'This operation is not part of the node', {
				description: `For a call of your own use the HTTP Request node with the ${api.service} credential ("Predefined Credential Type")`,
			});
		}
		refuseAgents(context, operation);
		const options = readOptions(context);
		const connection = operation.local ? Connection.none(context, api) : await Connection.open(context, api, {
			timeout: options.timeout,
			ignoreSsl: options.allowUnauthorizedCerts === true,
		});
		return new Run(context, operation, options, connection);
	}

	async all(): Promise<INodeExecutionData[]> {
		if (this.operation.gather) return await this.gathered();
		const items = this.context.getInputData().map((_item, i) => i);
		const { batchSize, batchInterval = 0 } = this.options.batching?.batch ?? {};
		const atOnce = effectOf(this.operation) === 'write' ? 1 : this.atOnce;
		const perRound = batchSize ?? items.length;
		for (let start = 0; start < items.length; start += perRound) {
			if (start > 0) await clock.sleep(batchInterval, this.connection.signal);
			await each(items.slice(start, start + perRound), atOnce, async (item) => await this.one(item));
		}
		await this.waitForAll();
		return items.flatMap((item) => this.output(item));
	}

	/** Requests side by side: as many as a batch has, where the service has no limit of its own. */
	private get atOnce(): number {
		const { atOnce = this.options.batching?.batch?.batchSize ?? AT_ONCE } = this.connection.api;
		return atOnce;
	}

	/** One result of all items that fit, paired with all of them; those that do not fit fail by themselves. */
	private async gathered(): Promise<INodeExecutionData[]> {
		const { context, operation, performer } = this;
		const all = context.getInputData();
		const check = operation.checker?.(performer.values(0));
		all.forEach(({ json }, item) => {
			try {
				check?.(json, item);
			} catch (cause) {
				this.results[item] = { problem: this.explained(cause as Error) };
				this.stopIfOver(item);
			}
		});
		const fitting = all.map((_item, i) => i).filter((item) => this.results[item] === undefined);
		const failed = () => all.map((_item, i) => i).filter((item) => this.results[item] !== undefined).flatMap((item) => this.output(item));
		if (fitting.length === 0) return failed();
		// what was made of all of them is remembered by the first one
		const [first] = fitting;
		const result: Result = this.memory?.recall(first) ?? (await performer.gather(fitting.map((item) => all[item].json)).then((made) => ({ items: [made] }), (cause: Error) => ({ problem: this.explained(cause) })));
		this.memory?.keep(first, result);
		if ('items' in result) return [...result.items.map((made) => ({ ...made, pairedItem: fitting.map((item) => ({ item })) })), ...failed()];
		for (const item of fitting) this.results[item] = result;
		this.stopIfOver(first);
		return failed();
	}

	private async one(item: number): Promise<void> {
		this.results[item] = this.memory?.recall(item) ?? (await this.tried(item));
		this.memory?.keep(item, this.results[item]);
		this.stopIfOver(item);
	}

	private async tried(item: number): Promise<Result> {
		try {
			return { items: await this.performer.perform(item) };
		} catch (cause) {
			return { problem: this.explained(cause as Error) };
		}
	}

	/** Ends the run when it was stopped, or when an item failed and the node does not continue. */
	private stopIfOver(item: number): void {
		const result = this.results[item];
		if (this.connection.signal?.aborted) throw new NodeOperationError(this.context.getNode(), STOPPED);
		if ('problem' in result && !this.context.continueOnFail()) throw nodeError(this.context.getNode(), result.problem, { itemIndex: item, addition: this.doneBefore(item) });
	}

	private simplified(item: number, row: IDataObject): IDataObject {
		const { simplify } = this.operation;
		if (!simplify || this.context.getNodeParameter('simplify', item, true) === false) return row;
		const kept = [...simplify, ...ENDING_FIELDS].filter((name) => name in row);
		return Object.fromEntries(kept.map((name) => [name, row[name]]));
	}

	/** Waits for everything that was started, all together. */
	private async waitForAll(): Promise<void> {
		const { operation, connection, context, results } = this;
		const { watch } = operation;
		if (!watch) return;
		const waiting = results
			.map((result, item) => ({ result, item }))
			.filter(({ result, item }) => 'items' in result && (operation.alwaysWaits || context.getNodeParameter('waitForCompletion', item, false)));
		if (waiting.length === 0) return;
		const launches = waiting.flatMap(({ result, item }) => (result as { items: OutputItem[] }).items.map(({ json }) => ({ json, item })));
		const ends = await wait(connection, watch, launches.map(({ json }) => json), waitOptions(this.options), this.atOnce);
		const found: Result[] = [];
		await each([...ends.entries()], this.atOnce, async ([i, end]) => {
			found[i] = 'problem' in end ? { problem: this.explained(end.problem) } : await this.finished(launches[i].item, end.json);
		});
		const ofItems: Result[][] = [];
		launches.forEach(({ item }, i) => (ofItems[item] ??= []).push(found[i]));
		for (const { item } of waiting) results[item] = together(ofItems[item] ?? []);
		// every end is known before one that is not good stops the node
		for (const { item } of waiting) this.stopIfOver(item);
	}

	/** What is done after a good end; an end that is not good is handed on as it is. */
	private async finished(item: number, json: IDataObject): Promise<Result> {
		if (!this.operation.finish || json.succeeded !== true) return { items: [{ json }] };
		try {
			return { items: [await this.performer.finish(item, json)] };
		} catch (cause) {
			const { message, description, ...more } = this.explained(cause as Error);
			const title = titleOf(this.connection, this.operation.watch as Watch, json);
			return { problem: new Problem(`${title} has ended well, but not all is done: ${message}`, { ...more, description: `${description}. Go on by its ID, instead of starting another one` }) };
		}
	}

	private output(item: number): INodeExecutionData[] {
		const result = this.results[item];
		const pairedItem = { item };
		if ('items' in result) return result.items.map(({ json, binary }) => ({ json: this.simplified(item, json), ...(binary && { binary }), pairedItem }));
		const error = nodeError(this.context.getNode(), result.problem, { itemIndex: item });
		return [{ json: { error: error.message }, error, pairedItem }];
	}

	/** Names the fields that the user has to look at when the service does not know what they point to. */
	private explained(cause: Error): Problem {
		const problem = cause instanceof Problem ? cause : new Problem(cause.message, { description: (cause as Problem).description });
		if (problem.status !== 404) return problem;
		const labels = Object.values(this.operation.fields)
			.filter(({ place: where, property }) => where === 'path' || property.type === 'resourceLocator')
			.map(({ label }) => `"${label}"`);
		if (labels.length === 0) return problem;
		const hint = `Check ${labels.join(' and ')}: it may be deleted, not ready yet, or belong to another organization`;
		// what has been done before must not get lost
		return new Problem(problem.message, { ...problem, description: problem.uncertain ? `${problem.description ?? ''}. ${hint}` : hint });
	}

	/** What a batch that stops in the middle has already done at the service. */
	private doneBefore(item: number): string {
		if (effectOf(this.operation) === 'read') return '';
		const done = this.results.flatMap((result, i) => (i !== item && 'items' in result ? result.items.map(({ json }) => idOf(this.connection.api, json)).filter((id) => id !== undefined) : []));
		return done.length === 0 ? '' : `. Already done before: ${done.join(', ')}`;
	}
}

/** What became of an item that has started several things: all of them, or why the first one did not end well. */
const together = (found: Result[]): Result => found.find((result) => 'problem' in result) ?? { items: found.flatMap((result) => (result as { items: OutputItem[] }).items) };

/** An AI agent may use what cannot be undone, or what gives out secrets, only with the user's leave. */
function refuseAgents(context: IExecuteFunctions, { destructive, secretOutput }: Operation): void {
	const isTool = context.getNode().type.endsWith('Tool');
	if (!isTool || !(destructive || secretOutput) || context.getNodeParameter(ALLOW_AGENTS, 0, false) === true) return;
	throw new NodeOperationError(context.getNode(), 'AI agents may not do this', {
		description: `It ${destructive ? 'cannot be undone' : 'gives out a secret'}. To let agents do it, switch "Allow for AI Agents" on`,
	});
}

/** The engine's options; throws n8n's node error for a number that is none. A batch of 0 or less means no batches, as in n8n's HTTP Request. */
function readOptions(context: IExecuteFunctions): Options {
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const { batchSize, batchInterval } = options.batching?.batch ?? {};
	const numbers = { Timeout: options.timeout, 'Wait Limit': options.waitLimit, 'Items per Batch': batchSize, 'Batch Interval': batchInterval };
	for (const [label, value] of Object.entries(numbers)) {
		if (value === undefined || Number.isFinite(value)) continue;
		throw new NodeOperationError(context.getNode(), `"${label}" is not a number`, { description: `Give a number for "${label}" in the options` });
	}
	const isBatched = batchSize !== undefined && batchSize >= 1;
	return { ...options, batching: { batch: { batchInterval, ...(isBatched && { batchSize: Math.trunc(batchSize) }) } } };
}

function waitOptions({ waitLimit = 30, onWaitLimit = 'error', onFailure = 'error' }: Options): WaitOptions {
	return { limit: waitLimit * 60_000, onLimit: onWaitLimit, onFailure };
}

