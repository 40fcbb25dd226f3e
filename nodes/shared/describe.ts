import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from './field';
import { AT_ONCE, effectOf, type Operation, type Provider, type Resource } from './operation';

/** Label of the collection of a field; the optional query of a list stands under "Filters". */
function collectionLabel(operation: Operation, field: Field): string {
	return operation.pages && field.collection === 'Additional Fields' ? 'Filters' : (field.collection as string);
}

const camelCase = (label: string) => label.charAt(0).toLowerCase() + label.slice(1).replace(/ (\w)/g, (_blank, letter: string) => letter.toUpperCase());

/** The parameter that holds a field which stands in a collection: 'additionalFields', 'filters'. */
export const collectionName = (operation: Operation, field: Field): string => camelCase(collectionLabel(operation, field));

const byLabel = <T extends { displayName?: string; name: string }>(a: T, b: T) => (a.displayName ?? a.name).localeCompare(b.displayName ?? b.name, 'en');

/** All parameters of a provider's node, in n8n's order: Resource, Operation, then the fields of each operation. */
export function describe(provider: Provider): INodeProperties[] {
	const resources = Object.entries(provider.resources);
	const [first] = Object.keys(provider.resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(([value, { name }]) => ({ name, value })).sort(byLabel),
			default: first,
		},
		...resources.map(([value, resource]) => operationOf(value, resource)),
		...resources.flatMap(([value, resource]) => merged(value, resource, (resource.api ?? provider.api).atOnce)),
	];
}

function operationOf(resource: string, { operations }: Resource): INodeProperties {
	const options: INodePropertyOptions[] = Object.entries(operations)
		.map(([value, { name, action, description }]) => ({ name, value, action, description }))
		.sort(byLabel);
	const first = ['getAll', 'get'].find((usual) => usual in operations) ?? options[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: first,
	};
}

/** A parameter of a resource: the operations that have it, and the parameters that stand right before it in one of them. */
interface Shared {
	property: INodeProperties;
	operations: string[];
	after: Set<string>;
}

/**
 * The parameters of a resource; one that several operations share stands once and is shown for all of them. Each
 * operation keeps its own order, from broad to narrow.
 */
function merged(resource: string, { operations }: Resource, atOnce: number | undefined): INodeProperties[] {
	const shared = new Map<string, Shared>();
	for (const [name, operation] of Object.entries(operations)) {
		let before: string | undefined;
		for (const property of propertiesOf(operation, atOnce)) {
			const key = JSON.stringify(property);
			const entry = shared.get(key) ?? { property, operations: [], after: new Set() };
			shared.set(key, entry);
			entry.operations.push(name);
			if (before !== undefined) entry.after.add(before);
			before = key;
		}
	}
	return inReadingOrder(
		inOrder(shared).map(({ property, operations: names }) => ({
			...property,
			displayOptions: { show: { ...property.displayOptions?.show, resource: [resource], operation: names } },
		})),
	);
}

/** One after the other, each when all that stand before it are placed; where operations disagree, the first one wins. */
function inOrder(shared: Map<string, Shared>): Shared[] {
	const left = new Map(shared);
	const ordered: Shared[] = [];
	while (left.size > 0) {
		const entries = [...left];
		const [key, entry] = entries.find(([, { after }]) => ![...after].some((before) => left.has(before))) ?? entries[0];
		ordered.push(entry);
		left.delete(key);
	}
	return ordered;
}

/** Fields first, then the engine's own parameters, then collections, "Options" at the very end. */
function inReadingOrder(properties: INodeProperties[]): INodeProperties[] {
	const rank = ({ type, name }: INodeProperties) => (name === 'options' ? 3 : type === 'collection' ? 2 : ENGINE_OWN.has(name) ? 1 : 0);
	return properties.toSorted((a, b) => rank(a) - rank(b));
}

function propertiesOf(operation: Operation, atOnce: number | undefined): INodeProperties[] {
	const fields = Object.entries(operation.fields);
	const alone = fields.filter(([, field]) => field.collection === undefined).map(([name, field]) => named(name, field));
	const labels = new Set(fields.filter(([, field]) => field.collection !== undefined).map(([, field]) => collectionLabel(operation, field)));
	const collections = [...labels].map((label): INodeProperties => {
		const inside = fields.filter(([, field]) => field.collection !== undefined && collectionLabel(operation, field) === label);
		return {
			displayName: label,
			name: camelCase(label),
			type: 'collection',
			placeholder: label === 'Filters' ? 'Add Filter' : 'Add Field',
			default: {},
			options: inside.map(([name, field]) => named(name, field)).sort(byLabel),
		};
	});
	return [
		...alone,
		...(operation.file || operation.filesOut ? [OUTPUT_FIELD] : []),
		...(operation.pages ? [RETURN_ALL, LIMIT] : []),
		...(operation.watch && !operation.alwaysWaits ? [waitSwitch(operation)] : []),
		...(operation.simplify ? [SIMPLIFY] : []),
		...(operation.destructive || operation.secretOutput ? [ALLOW_FOR_AGENTS] : []),
		...collections,
		...(operation.local ? [] : [options(operation, atOnce)]),
	];
}

const named = (name: string, { property }: Field): INodeProperties => {
	const { displayName, ...rest } = property;
	return { displayName, name, ...rest };
};

const OUTPUT_FIELD: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	description: 'Name of the field of the output item that holds the file',
	hint: 'The name of the output field to put the file in',
};

const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const LIMIT: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

const SIMPLIFY: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const ENGINE_OWN = new Set(['outputField', 'returnAll', 'limit', 'waitForCompletion', 'simplify', 'allowForAiAgents']);

/** Shown where the node is a tool of an agent, for what cannot be undone and what gives out secrets. */
export const ALLOW_AGENTS = 'allowForAiAgents';

const ALLOW_FOR_AGENTS: INodeProperties = {
	displayName: 'Allow for AI Agents',
	name: ALLOW_AGENTS,
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: { show: { '@tool': [true] } },
	description: 'Whether agents may use this operation, which cannot be undone or gives out a secret',
};

const waitSwitch = ({ watch }: Operation): INodeProperties => ({
	displayName: `Wait for ${watch?.end}`,
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description: `Whether to wait until the ${watch?.noun} has ended. The node's execution goes on for that time.`,
});

const TIMEOUT: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: 60000,
	typeOptions: { minValue: 1 },
	description: 'Milliseconds to wait for the service to begin its answer. Uploads have no limit.',
};

/** A service may have to make a file first. */
const TIMEOUT_OF_FILES: INodeProperties = { ...TIMEOUT, default: 600000 };

const IGNORE_SSL: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

const batching = (atOnce: number): INodeProperties => ({
	displayName: 'Batching',
	name: 'batching',
	type: 'fixedCollection',
	placeholder: 'Add Batching',
	default: { batch: {} },
	description: atOnce > 1 ? `By default ${atOnce} items are requested at once` : 'Items are always sent one after the other; a pause can be set',
	options: [
		{
			displayName: 'Batching',
			name: 'batch',
			values: [
				{
					displayName: 'Items per Batch',
					name: 'batchSize',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 16,
					description: 'How many items make up a batch',
				},
				{
					displayName: 'Batch Interval (Ms)',
					name: 'batchInterval',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					description: 'Milliseconds between two batches',
				},
			],
		},
	] satisfies INodePropertyCollection[],
});

const endings = (noun: string): INodeProperties[] => [
	{
		displayName: 'If It Does Not Succeed',
		name: 'onFailure',
		type: 'options',
		options: [
			{ name: 'Return It', value: 'return', description: `Give out the ${noun} with "succeeded" false` },
			{ name: 'Stop With an Error', value: 'error', description: `Treat the ${noun} as a failed item` },
		],
		default: 'error',
		description: `What to do with a ${noun} that ends, but not well`,
	},
	{
		displayName: 'If the Wait Limit Is Reached',
		name: 'onWaitLimit',
		type: 'options',
		options: [
			{ name: 'Return It', value: 'return', description: `Give out the ${noun} as it is then, with "finished" false` },
			{ name: 'Stop With an Error', value: 'error', description: `Treat the ${noun} as a failed item` },
		],
		default: 'error',
		description: `What to do with a ${noun} that has not ended in time`,
	},
	{
		displayName: 'Wait Limit',
		name: 'waitLimit',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description: 'Longest time to wait, in minutes',
	},
];

function options(operation: Operation, atOnce = AT_ONCE): INodeProperties {
	const { watch, file, filesOut } = operation;
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [batching(effectOf(operation) === 'read' ? atOnce : 1), IGNORE_SSL, file || filesOut ? TIMEOUT_OF_FILES : TIMEOUT, ...(watch ? endings(watch.noun) : [])].sort(byLabel),
	};
}
