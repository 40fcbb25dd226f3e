import type { IBinaryKeyData, ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Field, Fields, Values } from './field';
import type { Pages } from './pages';
import type { Connection } from './request';
import type { OutputFile } from './storage';
import type { FileChoice, InputFile, Multipart } from './transfer';
import type { Watch } from './wait';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** The names in the braces of 'GET histories/{historyId}'; '{+toolId}' is a value that may contain slashes. */
export type PathNames<S extends string> = S extends `${string}{${infer N}}${infer Rest}`
	? (N extends `+${infer Name}` ? Name : N) | PathNames<Rest>
	: never;

/** Every name in the path has a path field, and every path field a name in the path: anything else does not compile. */
export type PathOk<R extends string, F extends Fields> = { [K in PathNames<R>]: Field<string, 'path'> } & {
	[K in keyof F]: F[K] extends Field<unknown, 'path'> ? (K extends PathNames<R> ? F[K] : never) : F[K];
};

/** One output item without its pairing, which the engine adds. */
export interface OutputItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** What every operation says of itself. */
interface Common {
	/** In the list of operations: 'Get Many'. */
	name: string;
	/** In the node panel, with the resource: 'Get many files'. */
	action: string;
	description: string;
	/** Reads run side by side, writes one after the other. By default by the method; a program writes. */
	effect?: 'read' | 'write';
	/** May the engine send it twice? By default reads: safe; writes: never. */
	repeat?: 'safe' | 'never';
	/** The most useful fields (10 at most) that Simplify keeps, in order. */
	simplify?: readonly string[];
	/** What it changes cannot be brought back: an AI agent needs the user's leave. */
	destructive?: true;
	/** Its output is a secret: an AI agent needs the user's leave. */
	secretOutput?: true;
	/** Needs no credential to be sent along: a log-in. */
	anonymous?: true;
	/** What the operation starts and how its end is seen: adds Wait for Completion. */
	watch?: Watch;
	/** The operation always waits: no switch. */
	alwaysWaits?: true;
	/** What is done when that has ended well; gives the output item. */
	finish?(call: Call, ended: IDataObject): Promise<OutputItem>;
	/** Works on the items alone: sends nothing, and needs no credential. */
	local?: true;
}

/** An operation that is one request, or one paged list. */
export interface OneRequest<R extends string = string, F extends Fields = Fields> extends Common {
	/** Method and path below the service's base address, with a fixed query if need be; no leading slash. */
	request: R & `${Method} ${string}`;
	fields: F & PathOk<R, F>;
	/** How the list is paged: adds Return All, Limit and Filters. */
	pages?: Pages;
	/** Which rows of the list are wanted, where the service itself cannot choose. */
	keep?(row: IDataObject, values: Values<F>): boolean;
	/** The part of the answer that is the result; throws a Problem where the answer does not hold it. */
	unwrap?(answer: never, values: Values<F>): unknown;
	/** The answer is a file: adds Put Output File in Field. Gives the name for a file that comes without one. */
	file?(values: Values<F>): { name: string; mimeType: string };
}

/** What a program works with. */
export interface Call<F extends Fields = Fields> {
	readonly values: Values<F>;
	readonly connection: Connection;
	/** Values of the item that no message may repeat: to be sent along with its requests. */
	readonly personal: string[];
	/** Index of the input item. */
	readonly item: number;
	/** n8n's own means, for what the engine has none for. */
	readonly context: IExecuteFunctions;
	/** The field of the item that holds a file, opened for reading. */
	inputFile(choice: FileChoice): Promise<InputFile>;
	/** Sends a request whose answer is a file and puts that into n8n's storage; `fallback` names one that comes without a name. */
	download(line: string, carried: Carried, fallback: { name: string; mimeType: string }): Promise<OutputItem>;
	/** Puts a file into n8n's storage; gives what belongs into `binary`. */
	store(file: OutputFile): Promise<IBinaryKeyData>;
}

/** An operation of several requests, or a transfer. */
export interface Program<F extends Fields = Fields> extends Common {
	fields: F;
	/** The program puts files out: adds Put Output File in Field. */
	filesOut?: true;
	run(call: Call<F>): Promise<OutputItem | OutputItem[]>;
}

export type ItemCheck = (json: IDataObject, item: number) => void;

/** An operation that makes one result of all input items. */
export interface Gathering<F extends Fields = Fields> extends Common {
	/** Read from the first item. */
	fields: F;
	/** The result is a file: adds Put Output File in Field. */
	filesOut?: true;
	/** Makes the check of the items, which are given in their order: it throws a Problem for one that does not fit, and only that one fails. */
	checker(values: Values<F>): ItemCheck;
	/** `rows` are the JSON of the items that fit. */
	gather(call: Call<F>, rows: IDataObject[]): Promise<OutputItem>;
}

export type Operation = Common & {
	fields: Fields;
	request?: string;
	pages?: Pages;
	keep?(row: IDataObject, values: IDataObject): boolean;
	unwrap?(answer: unknown, values: IDataObject): unknown;
	file?(values: IDataObject): { name: string; mimeType: string };
	filesOut?: true;
	run?(call: Call): Promise<OutputItem | OutputItem[]>;
	checker?(values: IDataObject): ItemCheck;
	gather?(call: Call, rows: IDataObject[]): Promise<OutputItem>;
};

export interface Resource {
	/** In the list of resources, singular: 'PDF Report'. */
	name: string;
	/** The API that it belongs to, where that is not the provider's: an older generation with a host and a credential of its own. */
	api?: Api;
	/** By their values: create, delete, get, getAll, update, and the service's own verbs. */
	operations: Record<string, Operation>;
}

/** All that is peculiar to one service's API: `nodes/<Provider>/api.ts`. */
export interface Api {
	/** The service's name in messages. */
	service: string;
	/** n8n's name of the credential type. */
	credential: string;
	/** Further types, by the values of the node's parameter "Authentication" that choose them. */
	otherCredentials?: Record<string, string>;
	/** The absolute address of a path of a request line; throws a Problem for an unusable base address. */
	address(credential: ICredentialDataDecryptedObject, path: string): string;
	/** How the service spells the name of a parameter that has no `wire`; by default as it is here. */
	spelling?(name: string): string;
	/** How a list goes into the query: 'comma' a,b or 'repeat' k=a&k=b. */
	lists: 'comma' | 'repeat';
	/** Last change to a request before it goes out: headers, or a credential that travels in the body. */
	prepare?(outgoing: Outgoing, credential: ICredentialDataDecryptedObject): Outgoing;
	/** How many items are sent at once at the most, whatever the user sets; without it 16, or as many as the user sets. */
	atOnce?: number;
	/** Where the service names a thing: the field of its ID, 'id' by default. */
	idField?: string;
	/** Whether an answer is one of the service's own, for services that tell success inside: then its status says nothing. */
	isAnswer?(content: unknown): boolean;
	/** Looks into a good answer; gives the content or throws a Problem (envelopes that tell success inside). */
	accept?(answer: unknown): unknown;
	/** Whether the first bytes of a file answer are a file; else they are read as an answer and go to `accept`. */
	isFile?(head: Buffer): boolean;
	/** The service's own words in the body of a refusal; undefined where it holds none. */
	refusal(body: unknown): string | undefined;
	/** What to do about a refusal, where the service's answer tells; undefined: what its status suggests. */
	advice?(body: unknown, status: number): string | undefined;
	/** The same request in the form that an older server takes, where its refusal shows that nothing was done for that reason alone. */
	otherForm?(outgoing: Outgoing, refused: { status: number; body: unknown }, connection: Connection): Promise<Outgoing | undefined>;
}

/** Reads that run side by side, unless the service or "Batching" says otherwise. */
export const AT_ONCE = 16;

/** The ID of a thing as the service names it, where it has one. */
export const idOf = ({ idField = 'id' }: Api, json: IDataObject): string | undefined => (json[idField] === undefined ? undefined : String(json[idField]));

/** What a request carries besides its line. */
export interface Carried extends Partial<Omit<Outgoing, 'method' | 'path'>> {
	/** Values for the names in the braces of the line. */
	path?: Record<string, unknown>;
}

/** A request on its way out. */
export interface Outgoing {
	method: Method;
	/** Encoded path below the service's base address. */
	path: string;
	query: Record<string, Json | undefined>;
	headers: Record<string, string>;
	/** JSON, bytes as they are, or a multipart body. */
	body?: Json | Uint8Array | Multipart;
	/** Files of a multipart body; the entries of `body` become its text fields. */
	parts: Array<{ name: string; file: InputFile }>;
	repeat: 'safe' | 'never';
	/** Sent as it is: without the credential, or with one that travels in the body already. */
	anonymous?: boolean;
	/** Values that no message may repeat. */
	personal: string[];
}

/** A service: what its node offers. */
export interface Provider {
	api: Api;
	resources: Record<string, Resource>;
}

/** Declares an operation that is one request: 'PUT exec/tags/{tagId}'. */
export const request = <const R extends string, F extends Fields>(operation: OneRequest<R, F>): Operation =>
	operation as unknown as Operation;

/** Declares an operation of several requests. */
export const program = <F extends Fields>(operation: Program<F>): Operation => operation as unknown as Operation;

/** Declares an operation that makes one result of all input items. */
export const gathering = <F extends Fields>(operation: Gathering<F>): Operation => operation as unknown as Operation;

/** What a deletion gives out. */
export const deleted = (): { deleted: true } => ({ deleted: true });

/** Reads run side by side, writes in order. */
export function effectOf(operation: Operation): 'read' | 'write' {
	return operation.effect ?? (operation.request?.startsWith('GET ') ? 'read' : 'write');
}

/** Whether the engine may send the operation's request twice. */
export function repeatOf(operation: Operation): 'safe' | 'never' {
	return operation.repeat ?? (effectOf(operation) === 'read' ? 'safe' : 'never');
}
