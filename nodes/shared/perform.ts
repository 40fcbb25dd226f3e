import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Answer } from './answer';
import { collectionName } from './describe';
import type { Fields } from './field';
import { repeatOf, type Call, type Carried, type Method, type Operation, type Outgoing, type OutputItem } from './operation';
import { only, rows, type FetchPage, type Pages } from './pages';
import { place } from './place';
import { Problem } from './problem';
import type { Connection } from './request';
import { store } from './storage';
import { fileNameIn, openInput, peek, readText, type FileChoice } from './transfer';

/** Bytes that tell a file from a message, and the longest message that is read in its place. */
const HEAD = 512;
const LONGEST_MESSAGE = 1 << 20;

/** Does an operation for single input items: reads their values, sends, and makes output items of the answers. */
export class Performer {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly connection: Connection,
	) {}

	/** The output items of one input item; throws a Problem. */
	async perform(item: number): Promise<OutputItem[]> {
		const { operation, connection } = this;
		const values = this.values(item);
		if (operation.run) {
			return [await operation.run(this.call(item, values))].flat();
		}
		const carried = this.carried(values);
		const line = operation.request as string;
		if (operation.pages) return await this.list(item, line, carried, values);
		if (operation.file) return [await this.download(item, line, carried, operation.file(values))];
		const answer = await connection.send(line, { ...carried, parts: await this.parts(item, values) });
		const result = operation.unwrap ? operation.unwrap(answer, values) : answer;
		return toItems(result).map((json) => ({ json }));
	}

	/** The output item of all items together; throws a Problem. */
	async gather(rows: IDataObject[]): Promise<OutputItem> {
		return await (this.operation as Required<Operation>).gather(this.call(0, this.values(0)), rows);
	}

	/** The output item of something that has ended well; throws a Problem. */
	async finish(item: number, ended: IDataObject): Promise<OutputItem> {
		return await (this.operation as Required<Operation>).finish(this.call(item, this.values(item)), ended);
	}

	private async list(item: number, line: string, carried: Carried, values: IDataObject): Promise<OutputItem[]> {
		const { operation, connection, context } = this;
		const returnAll = context.getNodeParameter('returnAll', item, false) as boolean;
		const wanted = returnAll ? Infinity : Number(context.getNodeParameter('limit', item, 50));
		if (!(wanted >= 1)) throw new Problem('"Limit" is not a number from 1', { description: 'Give how many results you want, or switch "Return All" on' });
		const fetch: FetchPage = async (query) => await connection.send(line, { ...carried, query: { ...carried.query, ...query } });
		const output: OutputItem[] = [];
		const found = (operation.pages as Pages)(fetch, wanted);
		const kept = operation.keep ? only(found, (row) => operation.keep?.(row, values) === true) : found;
		for await (const row of rows(kept, wanted)) {
			for (const json of toItems(row)) output.push({ json });
		}
		return output;
	}

	private async download(item: number, line: string, carried: Carried, fallback: { name: string; mimeType: string }): Promise<OutputItem> {
		const { connection } = this;
		const { headers, body } = await connection.stream(line, carried);
		const head = await peek(body, HEAD).catch((cause: Error) => {
			throw new Problem('The download broke off', { description: `Nothing of the file had come: ${cause.message}. Run the node again` });
		});
		const { isFile } = connection.api;
		if (isFile ? !isFile(head) : looksLikeMessage(head, headers)) {
			throw connection.notAFile(await readText(body, LONGEST_MESSAGE), carried);
		}
		const name = fileNameIn(headers['content-disposition']) ?? fallback.name;
		// where the content tells what is a file, the header does not count
		const mimeType = isFile ? fallback.mimeType : (headers['content-type']?.split(';')[0] ?? fallback.mimeType);
		const size = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
		const fieldName = this.context.getNodeParameter('outputField', item, 'data') as string;
		const binary = await store(this.context, fieldName, { name, mimeType, size, content: body });
		return { json: { fileName: name, mimeType, fileSize: binary[fieldName].bytes ?? size }, binary };
	}

	/** The files of a multipart body, opened. */
	private async parts(item: number, values: IDataObject): Promise<Outgoing['parts']> {
		const parts: Outgoing['parts'] = [];
		for (const [name, field] of Object.entries(this.operation.fields)) {
			if (field.place !== 'part' || values[name] === undefined) continue;
			const file = await openInput(this.context, item, values[name] as FileChoice);
			parts.push({ name: field.wire ?? name, file });
		}
		return parts;
	}

	/** Values of the fields that the item gives, typed; a field that is not shown, or left empty, is undefined. */
	values(item: number): IDataObject {
		const reading = { timezone: this.context.getTimezone() };
		const values: IDataObject = {};
		for (const [name, field] of Object.entries(this.operation.fields)) {
			values[name] = (this.isShown(item, field) ? field.read(this.raw(item, name, field), reading) : field.unshown) as IDataObject[string];
		}
		return values;
	}

	/** Whether the user sees the field, by what is chosen in other ones. */
	private isShown(item: number, { property }: Fields[string]): boolean {
		return Object.entries(property.displayOptions?.show ?? {}).every(([name, wanted]) => (wanted as unknown[]).includes(this.context.getNodeParameter(name, item, null)));
	}

	private raw(item: number, name: string, field: Fields[string]): unknown {
		const { context, operation } = this;
		// null where a workflow was saved without the parameter: without a fallback n8n throws
		if (field.collection === undefined) return context.getNodeParameter(name, item, null, { extractValue: field.property.type === 'resourceLocator' });
		const collection = context.getNodeParameter(collectionName(operation, field), item, {}) as IDataObject;
		const given = collection[name];
		return isLocator(given) ? given.value : given;
	}

	private carried(values: IDataObject): Carried {
		const { fields, request } = this.operation;
		return {
			...place(fields, values, (request as string).split(' ')[0] as Method, this.connection.api.spelling),
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
			inputFile: async (choice) => await openInput(context, item, choice),
			download: async (line, carried, fallback) => await this.download(item, line, carried, fallback),
			store: async (file) => await store(context, context.getNodeParameter('outputField', item, 'data') as string, file),
		};
	}
}

/** Whether a raw parameter is a chosen thing with the way in which it was chosen. */
export const isLocator = (value: unknown): value is { value: unknown } =>
	typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;

/** A web page where a file is due. Where a page is the file that was asked for, the headers say so. */
function looksLikeMessage(head: Buffer, { 'content-type': type, 'content-disposition': disposition }: Answer['headers']): boolean {
	if (/^\s*attachment/i.test(disposition ?? '') || type === 'application/octet-stream') return false;
	return type?.startsWith('text/html') === true || /^\s*<(!doctype html|html)/i.test(head.toString('latin1'));
}

function personalValues(fields: Fields, values: IDataObject): string[] {
	return Object.entries(fields)
		.filter(([, field]) => field.personal)
		.flatMap(([name]) => textsIn(values[name]));
}

/** A text, or all texts in a list or an object. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Lists become one item each, single values { value }, nothing { success: true }. */
function toItems(result: unknown): IDataObject[] {
	if (Array.isArray(result)) return result.flatMap(toItems);
	if (result === undefined || result === null || result === '') return [{ success: true }];
	return typeof result === 'object' ? [result as IDataObject] : [{ value: result as IDataObject[string] }];
}
