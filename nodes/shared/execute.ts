import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { clock } from './clock';
import { each } from './each';
import { collectionName } from './describe';
import type { Fields } from './field';
import { effectOf, repeatOf, type Call, type Carried, type Method, type Operation, type Outgoing, type OutputItem, type Provider } from './operation';
import { rows, type FetchPage, type Pages } from './pages';
import { place } from './place';
import { Problem } from './problem';
import { Connection } from './request';
import { fileNameIn, openInput, peek, readText, store } from './transfer';
import { ENDING_FIELDS, wait, type WaitOptions } from './wait';

/** Reads that run side by side, unless "Batching" says otherwise. */
const AT_ONCE = 16;

/** n8n tells a stopped execution by the word "canceled" in its error (packages/core, workflow-execute.ts). */
const STOPPED = 'The execution was canceled';

/** Bytes that tell a file from a message, and the longest message that is read in its place. */
const HEAD = 512;
const LONGEST_MESSAGE = 1 << 20;

/** The engine's own options, as the user set them. */
interface Options {
	timeout?: number;
	allowUnauthorizedCerts?: boolean;
	batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	waitLimit?: number;
	onWaitLimit?: 'error' | 'return';
	onFailure?: 'error' | 'return';
}

/** What became of one input item. */
type Result = { items: OutputItem[] } | { problem: Problem; json?: IDataObject };

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

	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly options: Options,
		private readonly connection: Connection,
	) {}

	static async begin(context: IExecuteFunctions, provider: Provider): Promise<Run> {
		const resource = context.getNodeParameter('resource', 0) as string;
		const name = context.getNodeParameter('operation', 0) as string;
		const operation = provider.resources[resource]?.operations[name];
		if (!operation) {
			throw new NodeOperationError(context.getNode(), 'This operation is not part of the node', {
				description: `For a call of your own use the HTTP Request node with the ${provider.api.service} credential ("Predefined Credential Type")`,
			});
		}
		const options = context.getNodeParameter('options', 0, {}) as Options;
		const connection = await Connection.open(context, provider.api, {
			...(options.timeout !== undefined && { timeout: options.timeout }),
			ignoreSsl: options.allowUnauthorizedCerts === true,
		});
		return new Run(context, operation, options, connection);
	}

	async all(): Promise<INodeExecutionData[]> {
		const items = this.context.getInputData().map((_item, i) => i);
		const { batchSize, batchInterval = 0 } = this.options.batching?.batch ?? {};
		const atOnce = effectOf(this.operation) === 'write' ? 1 : (batchSize ?? AT_ONCE);
		const perRound = batchSize && batchSize > 0 ? batchSize : items.length;
		for (let start = 0; start < items.length; start += perRound) {
			if (start > 0) await clock.sleep(batchInterval, this.connection.signal);
			await each(items.slice(start, start + perRound), Math.max(atOnce, 1), async (item) => await this.one(item));
		}
		await this.waitForAll();
		return items.flatMap((item) => this.output(item));
	}

	private async one(item: number): Promise<void> {
		try {
			this.results[item] = { items: await this.do(item) };
		} catch (cause) {
			this.results[item] = { problem: this.explained(cause as Error) };
		}
		this.stopIfOver(item);
	}

	/** Ends the run when it was stopped, or when an item failed and the node does not continue. */
	private stopIfOver(item: number): void {
		const result = this.results[item];
		if (this.connection.signal?.aborted) throw new NodeOperationError(this.context.getNode(), STOPPED);
		if ('problem' in result && !this.context.continueOnFail()) throw this.nodeError(result.problem, item, this.doneBefore(item));
	}

	private async do(item: number): Promise<OutputItem[]> {
		const { operation, connection } = this;
		const values = this.values(item);
		if (operation.run) {
			return [await operation.run(this.call(item, values))].flat();
		}
		const carried = this.carried(values);
		const line = operation.request as string;
		if (operation.pages) return await this.list(item, line, carried);
		if (operation.file) return [await this.download(item, line, carried, operation.file(values))];
		const answer = await connection.send(line, { ...carried, parts: await this.parts(item, values) });
		const result = operation.unwrap ? operation.unwrap(answer, values) : answer;
		return toItems(result).map((json) => ({ json }));
	}

	private async list(item: number, line: string, carried: Carried): Promise<OutputItem[]> {
		const { operation, connection, context } = this;
		const returnAll = context.getNodeParameter('returnAll', item, false) as boolean;
		const wanted = returnAll ? Infinity : (context.getNodeParameter('limit', item, 50) as number);
		const fetch: FetchPage = async (query) => await connection.send(line, { ...carried, query: { ...carried.query, ...query } });
		const output: OutputItem[] = [];
		for await (const row of rows((operation.pages as Pages)(fetch, wanted), wanted)) {
			for (const json of toItems(row)) output.push({ json });
		}
		return output;
	}

	private async download(item: number, line: string, carried: Carried, fallback: { name: string; mimeType: string }): Promise<OutputItem> {
		const { connection } = this;
		const { headers, body } = await connection.stream(line, carried);
		const head = await peek(body, HEAD);
		const { isFile } = connection.api;
		if (isFile ? !isFile(head) : looksLikeMessage(head, headers['content-type'])) {
			connection.accepted(await readText(body, LONGEST_MESSAGE), carried);
			throw new Problem(`${connection.api.service} sent a message instead of the file`, { description: 'Check the values of the node' });
		}
		const name = fileNameIn(headers['content-disposition']) ?? fallback.name;
		const mimeType = headers['content-type']?.split(';')[0] ?? fallback.mimeType;
		const size = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
		const fieldName = this.context.getNodeParameter('outputField', item, 'data') as string;
		const binary = await store(this.context, fieldName, { name, mimeType, size, stream: body });
		return { json: { fileName: name, mimeType, fileSize: binary[fieldName].bytes ?? size }, binary };
	}

	/** The files of a multipart body, opened; throws a Problem for one that the service will not take. */
	private async parts(item: number, values: IDataObject): Promise<Outgoing['parts']> {
		const parts: Outgoing['parts'] = [];
		for (const [name, field] of Object.entries(this.operation.fields)) {
			if (field.place !== 'part' || values[name] === undefined) continue;
			const file = await openInput(this.context, item, values[name] as string);
			if (field.largest && (file.size ?? 0) > field.largest.bytes) {
				throw new Problem(`"${file.name}" is too large (${file.size} bytes)`, { description: field.largest.advice });
			}
			parts.push({ name: field.wire ?? name, file });
		}
		return parts;
	}

	/** Values of the fields that the item gives, typed; a field that is not shown, or left empty, is undefined. */
	private values(item: number): IDataObject {
		const reading = { timezone: this.context.getTimezone() };
		const values: IDataObject = {};
		for (const [name, field] of Object.entries(this.operation.fields)) {
			values[name] = field.read(this.raw(item, name, field), reading) as IDataObject[string];
		}
		return values;
	}

	private raw(item: number, name: string, field: Fields[string]): unknown {
		const { context, operation } = this;
		if (field.collection === undefined) return context.getNodeParameter(name, item, undefined, { extractValue: true });
		const collection = context.getNodeParameter(collectionName(operation, field), item, {}) as IDataObject;
		const given = collection[name];
		return isLocator(given) ? given.value : given;
	}

	private carried(values: IDataObject): Carried {
		const { fields, request } = this.operation;
		return {
			...place(fields, values, (request as string).split(' ')[0] as Method),
			path: values,
			repeat: repeatOf(this.operation),
			anonymous: this.operation.anonymous,
			personal: personalValues(fields, values),
		};
	}

	private call(item: number, values: IDataObject): Call {
		const { context, connection } = this;
		return {
			values: values as Call['values'],
			connection,
			personal: personalValues(this.operation.fields, values),
			item,
			context,
			inputFile: async (fieldName) => await openInput(context, item, fieldName),
			store: async (file) => await store(context, context.getNodeParameter('outputField', item, 'data') as string, file),
		};
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
		const launches = waiting.map(({ result }) => (result as { items: OutputItem[] }).items[0].json);
		const ends = await wait(connection, watch, launches, waitOptions(this.options), this.options.batching?.batch?.batchSize ?? AT_ONCE);
		ends.forEach((end, i) => {
			const { item } = waiting[i];
			results[item] = 'problem' in end ? { problem: this.explained(end.problem), json: end.json } : { items: [{ json: end.json }] };
		});
		// every end is known before one that is not good stops the node
		for (const { item } of waiting) this.stopIfOver(item);
	}

	private output(item: number): INodeExecutionData[] {
		const result = this.results[item];
		const pairedItem = { item };
		if ('items' in result) return result.items.map(({ json, binary }) => ({ json: this.simplified(item, json), ...(binary && { binary }), pairedItem }));
		const error = this.nodeError(result.problem, item);
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
		return new Problem(problem.message, { status: 404, description: `Check ${labels.join(' and ')}: it may be deleted, not ready yet, or belong to another organization` });
	}

	/** What a batch that stops in the middle has already done at the service. */
	private doneBefore(item: number): string {
		if (effectOf(this.operation) === 'read') return '';
		const done = this.results.flatMap((result, i) => (i !== item && 'items' in result ? result.items.map(({ json }) => json.id).filter((id) => id !== undefined) : []));
		return done.length === 0 ? '' : `. Already done before: ${done.join(', ')}`;
	}

	private nodeError(problem: Problem, itemIndex: number, more = '') {
		const node = this.context.getNode();
		const { message, status } = problem;
		const description = `${problem.description ?? ''}${more}`;
		if (status === undefined) return new NodeOperationError(node, message, { description, itemIndex });
		return new NodeApiError(node, {} as JsonObject, { message, description, httpCode: String(status), itemIndex });
	}
}

function waitOptions({ waitLimit = 30, onWaitLimit = 'error', onFailure = 'error' }: Options): WaitOptions {
	return { limit: waitLimit * 60_000, onLimit: onWaitLimit, onFailure };
}

const isLocator = (value: unknown): value is { value: unknown } =>
	typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;

/** JSON or a web page where a file is due; a file that is JSON by its type passes. */
function looksLikeMessage(head: Buffer, contentType: string | undefined): boolean {
	return contentType?.startsWith('text/html') === true || /^\s*<(!doctype html|html)/i.test(head.toString('latin1'));
}

function personalValues(fields: Fields, values: IDataObject): string[] {
	return Object.entries(fields)
		.filter(([, field]) => field.personal)
		.map(([name]) => values[name])
		.filter((value): value is string => typeof value === 'string');
}

/** Lists become one item each, single values { value }, nothing { success: true }. */
function toItems(result: unknown): IDataObject[] {
	if (Array.isArray(result)) return result.flatMap(toItems);
	if (result === undefined || result === null || result === '') return [{ success: true }];
	return typeof result === 'object' ? [result as IDataObject] : [{ value: result as IDataObject[string] }];
}
