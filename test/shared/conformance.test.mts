/**
 * n8n's conventions for what users see, over the descriptions as they are at run time: the linter reads source texts,
 * and ours are generated. Each convention gives the list of those that break it.
 */
import type { Fields } from '../../nodes/shared/field.ts';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { NodeHelpers, Workflow, type INodeParameters, type INodeProperties, type INodeType } from 'n8n-workflow';
import { collectionName } from '../../nodes/shared/describe.ts';
import {
	actions,
	choicesOf,
	credentials,
	labels,
	modesOf,
	nodeParameters,
	nodes,
	operations,
	packageName,
	parameters,
	partsOf,
	placeholders,
	providerOf,
	ROOT,
	sectionsOf,
	sentences,
	triggers,
	type Loaded,
	type Parameter,
	type Text,
} from './descriptions.mts';

/** A convention, and whether a thing keeps it. */
type Convention<T> = [convention: string, keeps: (thing: T) => boolean];

/** One test for each convention; it fails with what breaks it, told by `tell`. */
function check<T>(things: T[], tell: (thing: T) => string, conventions: Array<Convention<T>>): void {
	it('are there', () => expect(things).not.toEqual([]));
	it.each(conventions)('%s', (_convention, keeps) => {
		expect(things.filter((thing) => !keeps(thing)).map(tell)).toEqual([]);
	});
}

const tellText = ({ where, text }: Text) => `${where}: ${text}`;
const isSorted = (names: string[]) => names.length < 5 || names.every((name, i) => i === 0 || names[i - 1].localeCompare(name, 'en') <= 0);
const isUnique = (values: unknown[]) => new Set(values).size === values.length;

const SMALL_WORDS = new Set(['a', 'an', 'and', 'as', 'at', 'but', 'by', 'for', 'from', 'in', 'nor', 'of', 'on', 'or', 'per', 'the', 'to', 'via', 'with']);

/** Every word with a capital, a digit or a sign in front, but for small words that are not the first. */
const isTitleCase = (label: string) =>
	label.split(/[\s/]+/).every((word, i) => !/^\p{Ll}/u.test(word.replace(/^[("']+/, '')) || word === 'iFlow' || (i > 0 && SMALL_WORDS.has(word)));

/** A capital in front, and none later but in abbreviations and names. */
const isSentenceCase = (sentence: string, names: string[]) =>
	/^\p{Lu}/u.test(sentence) && sentence.split(' ').slice(1).every((word) => !/^\p{Lu}\p{Ll}/u.test(word) || names.includes(word));

const withoutArticles = (text: string) => text.toLowerCase().replace(/\b(a|an|the)\b\s*/g, '').replace(/\.$/, '').trim();
const isSame = (a: string, b: string | undefined) => b !== undefined && withoutArticles(a) === withoutArticles(b);
const isOneSentence = (text: string) => !/[.!?]\s+(\p{Lu}|n8n )/u.test(text.replace(/e\.g\. /g, ''));

describe('labels', () => {
	check(labels, tellText, [
		['are in Title Case', ({ text }) => isTitleCase(text)],
		['are trimmed, with single blanks', ({ text }) => text === text.trim() && !text.includes('  ')],
		['have no emoji', ({ text }) => !/\p{Extended_Pictographic}/u.test(text)],
	]);
});

describe('descriptions, hints and notices', () => {
	check(sentences, tellText, [
		['begin with a capital', ({ text }) => /^[^\p{Ll}]/u.test(text)],
		['have no full stop at the end of one sentence', ({ text }) => !isOneSentence(text) || !/[^.]\.$/.test(text)],
		['have one at the end of several', ({ text }) => isOneSentence(text) || text.endsWith('.')],
		['are trimmed, with single blanks', ({ text }) => text === text.trim() && !text.includes('  ')],
		['write "comma-separated"', ({ text }) => !/comma separated/i.test(text)],
		['do not fill the place only', ({ text }) => text !== ''],
	]);
});

describe('all texts', () => {
	check([...labels, ...sentences, ...placeholders], tellText, [
		['write "ID" and "IDs"', ({ text }) => !/(?<![\w./])(id|Id|ids|Ids)(?![\w/]|\.\w)/.test(text)],
		['write "URL" and "URLs"', ({ text }) => !/(?<![\w./])(url|Url|urls|Urls)(?![\w/]|\.\w)/.test(text)],
		['write "JSON"', ({ text }) => !/(?<![\w./])(json|Json)(?![\w/]|\.\w)/.test(text)],
	]);
});

describe('placeholders', () => {
	check(parameters.filter(({ property }) => property.placeholder !== undefined || modesOf(property).length > 0), ({ where }) => where, [
		['are examples, "e.g. ...", but for a log-in name', ({ property: { type, placeholder, name } }) =>
			type === 'collection' || type === 'fixedCollection' || placeholder === undefined || placeholder.startsWith('e.g. ') || (name === 'email' && placeholder === 'name@email.com')],
		['of collections say what is added', ({ property: { type, placeholder } }) => (type !== 'collection' && type !== 'fixedCollection') || /^Add \p{Lu}/u.test(placeholder ?? '')],
		['of lists say what is chosen, and those of IDs are examples', ({ property }) =>
			modesOf(property).every(({ type, placeholder = '' }) => (type === 'list' ? /^Choose an? .+\.\.\.$/.test(placeholder) : placeholder.startsWith('e.g. ')))],
	]);
});

/** Texts that n8n wants to be the same in every node. */
const FIXED: Record<string, Partial<INodeProperties>> = {
	returnAll: { displayName: 'Return All', type: 'boolean', default: false, description: 'Whether to return all results or only up to a given limit' },
	limit: { displayName: 'Limit', type: 'number', default: 50, typeOptions: { minValue: 1 }, description: 'Max number of results to return' },
	simplify: { displayName: 'Simplify', type: 'boolean', default: true, description: 'Whether to return a simplified version of the response instead of the raw data' },
	allowUnauthorizedCerts: { displayName: 'Ignore SSL Issues (Insecure)', type: 'boolean', default: false, description: 'Whether to connect even if SSL certificate validation is not possible' },
};

function hasGoodDefault(property: INodeProperties): boolean {
	const { type, default: value, typeOptions } = property;
	const values = choicesOf(property).map((option) => option.value);
	const keysIn = (names: string[]) => typeof value === 'object' && value !== null && Object.keys(value).every((key) => names.includes(key));
	switch (type) {
		case 'boolean':
			return typeof value === 'boolean';
		case 'number':
			return typeof value === 'number' && value >= (typeOptions?.minValue ?? -Infinity) && value <= (typeOptions?.maxValue ?? Infinity);
		case 'options':
			return typeOptions?.loadOptionsMethod !== undefined ? value === '' : values.includes(value as string);
		case 'multiOptions':
			return Array.isArray(value) && value.every((one) => values.includes(one as string));
		case 'collection':
			return keysIn([]);
		case 'fixedCollection':
			return keysIn(sectionsOf(property).map(({ name }) => name));
		case 'resourceLocator': {
			const { mode, value: chosen } = value as { mode?: string; value?: unknown };
			return mode === 'list' && typeof chosen === 'string';
		}
		case 'resourceMapper': {
			const { mappingMode, value: mapped } = value as { mappingMode?: string; value?: unknown };
			return mappingMode === 'defineBelow' && mapped === null;
		}
		case 'notice':
			return value === '';
		default:
			return typeof value === 'string';
	}
}

describe('parameters', () => {
	check(parameters, ({ where }: Parameter) => where, [
		['that are switches say "Whether ..."', ({ property: { type, description } }) => type !== 'boolean' || description?.startsWith('Whether ') === true],
		['have a description that says more than the label', ({ property: { displayName, description } }) => !isSame(displayName, description)],
		['have a default of the right type, among the options', ({ property }) => hasGoodDefault(property)],
		['let the user choose from names that are not the same', ({ property }) => isUnique(choicesOf(property).map(({ name }) => name))],
		['let the user choose from values that are not the same', ({ property }) => isUnique(choicesOf(property).map(({ value }) => value))],
		['let the user choose from words, not from codes', ({ property }) => choicesOf(property).every(({ name }) => !/^[A-Z]+_[A-Z_]+$/.test(name))],
		['sort what can be chosen, from five on', ({ property }) => isSorted(choicesOf(property).map(({ name }) => name))],
		['have entries whose description says more than their name', ({ property }) => choicesOf(property).every(({ name, description }) => !isSame(name, description))],
		['sort what stands in a collection, from five on', ({ property }) => isSorted(partsOf(property).map(({ displayName }) => displayName))],
		['in a collection have names of their own', ({ property }) => isUnique(partsOf(property).map(({ name }) => name))],
		['in a collection are not required', ({ inside, property }) => !inside || !('required' in property)],
		['are required or say nothing of it', ({ property }) => !('required' in property) || property.required === true],
		['have n8n\'s own words for what every node has', ({ property }) => {
			const fixed = FIXED[property.name];
			return fixed === undefined || expect.objectContaining(fixed).asymmetricMatch(property);
		}],
		['of these words have these names', ({ property }) => Object.entries(FIXED).every(([name, { displayName }]) => property.displayName !== displayName || property.name === name)],
		['with secrets are masked', ({ property: { type, name, typeOptions } }) =>
			(type !== 'string' && type !== 'hidden') || !/secret|password|token(?!Url$)|api_?key/i.test(name) || typeOptions?.password === true],
		['begin with their label, as n8n writes them', ({ property }) => Object.keys(property)[0] === 'displayName'],
	]);

	it('have one type in a node, wherever their name stands', () => {
		const types = new Map<string, Set<string>>();
		for (const { owner, property } of parameters) {
			const key = `${owner}.${property.name}`;
			types.set(key, (types.get(key) ?? new Set()).add(property.type));
		}
		expect([...types].filter(([, found]) => found.size > 1).map(([key, found]) => `${key}: ${[...found].join(', ')}`)).toEqual([]);
	});
});

describe('resources', () => {
	const resources = nodeParameters.filter(({ property }) => property.name === 'resource');
	check(resources, ({ where }) => where, [
		['are chosen without an expression', ({ property }) => property.noDataExpression === true],
		['are called Resource', ({ property }) => property.displayName === 'Resource' && property.type === 'options'],
		['are singular', ({ property }) => choicesOf(property).every(({ name }) => !/[^siu]s$/i.test(name))],
	]);
});

describe('operations', () => {
	const controls = nodeParameters.filter(({ property }) => property.name === 'operation');
	const ownNames = nodes.map(({ made }) => made.description.defaults.name as string);

	check(controls, ({ where }) => where, [
		['are chosen without an expression', ({ property }) => property.noDataExpression === true],
		['are called Operation', ({ property }) => property.displayName === 'Operation' && property.type === 'options'],
	]);

	describe('one by one', () => {
		check(operations, ({ where, option }) => `${where}: ${option.name} / ${String(option.action)} / ${String(option.description)}`, [
			['have an action in sentence case', ({ option: { action = '' } }) => isSentenceCase(action, ownNames)],
			['have an action without articles', ({ option: { action = '' } }) => !/\b(a|an|the)\b/i.test(action)],
			['have a description that is not their name', ({ option: { name, action = '', description } }) =>
				description !== undefined && !isSame(name, description) && !isSame(action, description)],
			['are "Get Many" where they are getAll, and nowhere else', ({ option: { name, value } }) => (value === 'getAll') === (name === 'Get Many')],
			['say "Get many ..." for Get Many, and not "all"', ({ option: { value, action = '', description = '' } }) =>
				value !== 'getAll' || (action.startsWith('Get many ') && !/\ball\b/i.test(description))],
			['are "Create or Update" where they are upsert', ({ option: { name, value } }) => (value === 'upsert') === (name === 'Create or Update')],
			['have n8n\'s values for n8n\'s words', ({ option: { name, value } }) => ['Create', 'Delete', 'Get', 'Update'].every((word) => (name === word) === (value === word.toLowerCase()))],
		]);
	});
});

/** What the user has chosen; `@tool` is whether the node is a tool of an agent, which n8n sees by its name. */
type Situation = Record<string, unknown> & { '@tool'?: boolean };

function isShown({ description }: INodeType, property: INodeProperties, situation: Situation): boolean {
	const name = situation['@tool'] ? `${description.name}Tool` : description.name;
	return NodeHelpers.displayParameter(situation as INodeParameters, property, { typeVersion: 1 }, { ...description, name });
}

/** Every resource with each of its operations. */
function* operationsOf({ made }: Loaded<INodeType>): Generator<{ resource: string; operation: string }> {
	for (const control of made.description.properties.filter(({ name }) => name === 'operation')) {
		for (const resource of (control.displayOptions?.show?.resource ?? []) as string[]) {
			for (const { value } of choicesOf(control)) yield { resource, operation: value as string };
		}
	}
}

/** What fields of an operation depend on: nothing, and each of the choices that shows one of them. */
function choicesThatShow(node: Loaded<INodeType>, { resource, operation }: { resource: string; operation: string }): Situation[] {
	const fields: Fields = providerOf(node)?.resources[resource].operations[operation].fields ?? {};
	const defaults = Object.fromEntries(Object.entries(fields).filter(([, { collection }]) => collection === undefined).map(([name, { property }]) => [name, property.default]));
	const shows = Object.values(fields).map(({ property }) => property.displayOptions?.show ?? {});
	return [defaults, ...shows.map((show) => ({ ...defaults, ...Object.fromEntries(Object.entries(show).map(([name, values]) => [name, values?.[0]])) }))];
}

/** A resource and operation, in all situations. */
const situationsOf = (node: Loaded<INodeType>, one: { resource: string; operation: string }): Situation[] =>
	choicesThatShow(node, one).flatMap((chosen) => [false, true].flatMap((returnAll) => [false, true].map((isTool) => ({ ...chosen, returnAll, ...one, '@tool': isTool }))));

/** The values that something which decides on others can have. */
function possible(made: INodeType, name: string, values: Situation): unknown[] {
	if (name === '@tool') return [true, false];
	// what it depends on itself is looked at where it is the property
	const by = ({ displayOptions }: INodeProperties) => ({ show: { ...(displayOptions?.show?.resource && { resource: displayOptions.show.resource }), ...(displayOptions?.show?.operation && { operation: displayOptions.show.operation }) } });
	return made.description.properties.filter((property) => property.name === name && isShown(made, { ...property, displayOptions: by(property) }, values)).flatMap((property) =>
		property.type === 'boolean' ? [true, false] : choicesOf(property).map(({ value }) => value));
}

/** The conditions of a property that nothing in the node can fulfil: "limit: returnAll = maybe". */
function orphansOf(made: INodeType, property: INodeProperties): string[] {
	const { resource, operation, ...others } = { ...property.displayOptions?.hide, ...property.displayOptions?.show };
	const missing = (name: string, wanted: unknown[] | undefined, values: Situation) =>
		(wanted ?? []).filter((value) => !possible(made, name, values).includes(value)).map((value) => `${property.name}: ${name} = ${String(value)}`);
	return [
		...missing('resource', resource as string[], {}),
		...(resource ?? ['']).flatMap((of) => [
			...missing('operation', operation as string[], { resource: of }),
			...(operation ?? ['']).flatMap((what) => Object.entries(others).flatMap(([name, wanted]) => missing(name, wanted as unknown[], { resource: of, operation: what }))),
		]),
	];
}

describe.each(actions)('what $name shows', (node) => {
	const { made } = node;
	const { properties } = made.description;
	const all = [...operationsOf(node)];

	it('are resources that have operations', () => {
		const resources = choicesOf(properties.find(({ name }) => name === 'resource') as INodeProperties).map(({ value }) => value);
		expect([...new Set(all.map(({ resource }) => resource))].sort()).toEqual(resources.sort());
	});

	it('depends only on resources, operations and values that there are', () => {
		expect(properties.flatMap((property) => orphansOf(made, property))).toEqual([]);
	});

	it('is every parameter, for some operation', () => {
		const situations = all.flatMap((one) => situationsOf(node, one));
		expect(properties.filter((property) => !situations.some((one) => isShown(made, property, one))).map(({ name }) => name)).toEqual([]);
	});

	it('is every parameter for every operation that it names', () => {
		const hidden = properties.flatMap((property) => {
			const { resource = [], operation = [] } = (property.displayOptions?.show ?? {}) as Record<string, string[] | undefined>;
			const named = resource.flatMap((of) => operation.map((what) => ({ resource: of, operation: what })));
			return named.filter((one) => !situationsOf(node, one).some((situation) => isShown(made, property, situation))).map((one) => `${property.name} for ${one.operation} of ${one.resource}`);
		});
		expect(hidden).toEqual([]);
	});

	it('is one parameter of a name at most', () => {
		const doubled = all.flatMap((one) => situationsOf(node, one)).flatMap((situation) => {
			const names = properties.filter((property) => isShown(made, property, situation)).map(({ name }) => name);
			return names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${name} for ${JSON.stringify(situation)}`);
		});
		expect(doubled).toEqual([]);
	});

	it('are all fields of all operations', () => {
		const provider = providerOf(node);
		const missing = Object.entries(provider?.resources ?? {}).flatMap(([resource, { operations: declared }]) =>
			Object.entries(declared).flatMap(([operation, one]) => {
				const shown = properties.filter((property) => situationsOf(node, { resource, operation }).some((situation) => isShown(made, property, situation)));
				const has = (list: INodeProperties[], name: string) => list.some((property) => property.name === name);
				return Object.entries(one.fields)
					.filter(([name, field]) => !(field.collection === undefined ? has(shown, name) : has(shown.filter((property) => property.name === collectionName(one, field)).flatMap(partsOf), name)))
					.map(([name]) => `${name} for ${operation} of ${resource}`);
			}));
		expect(missing).toEqual([]);
	});

	it('is in the order of each operation\'s own declaration', () => {
		const declared = Object.entries(providerOf(node)?.resources ?? {}).flatMap(([resource, one]) =>
			Object.entries(one.operations).map(([operation, { fields }]) => ({ resource, operation, names: Object.keys(fields).filter((name) => fields[name].collection === undefined) })));
		const shuffled = declared.filter(({ names, ...one }) => {
			const shown = properties.filter((property) => situationsOf(node, one).some((situation) => isShown(made, property, situation))).map(({ name }) => name);
			return shown.filter((name) => names.includes(name)).join() !== names.join();
		});
		expect(shuffled).toEqual([]);
	});

	it('is "Options" for every operation that sends something, and last', () => {
		const isLocal = ({ resource, operation }: { resource: string; operation: string }) => providerOf(node)?.resources[resource].operations[operation].local === true;
		const lastOf = (situation: Situation) => properties.filter((property) => isShown(made, property, situation)).at(-1)?.name;
		expect(all.filter((one) => !isLocal(one)).flatMap((one) => situationsOf(node, one)).filter((situation) => lastOf(situation) !== 'options')).toEqual([]);
	});
});

describe('locators', () => {
	const locators = nodeParameters.filter(({ property }) => property.type === 'resourceLocator');
	const searchesOf = (owner: string) => nodes.find(({ name }) => name === owner)?.made.methods?.listSearch ?? {};
	const searchOf = (property: INodeProperties) => modesOf(property).find(({ type }) => type === 'list')?.typeOptions?.searchListMethod ?? '';

	check(locators, ({ where }) => where, [
		['offer a list first, and the ID', ({ property }) => modesOf(property).slice(0, 2).map(({ name, displayName }) => `${name}: ${displayName}`).join() === 'list: From List,id: By ID'],
		['have a list that can be searched', ({ property }) => modesOf(property)[0].typeOptions?.searchable === true],
		['have a search that the node has', ({ owner, property }) => typeof searchesOf(owner)[searchOf(property)] === 'function'],
	]);

	it('use every search that a node has', () => {
		const used = new Set(locators.map(({ owner, property }) => `${owner}.${searchOf(property)}`));
		expect(nodes.flatMap(({ name }) => Object.keys(searchesOf(name)).map((search) => `${name}.${search}`)).filter((search) => !used.has(search))).toEqual([]);
	});
});

describe('mappers', () => {
	check(nodeParameters.filter(({ property }) => property.type === 'resourceMapper'), ({ where }) => where, [
		['have fields that the node loads', ({ owner, property: { typeOptions } }) =>
			typeof nodes.find(({ name }) => name === owner)?.made.methods?.resourceMapping?.[typeOptions?.resourceMapper?.resourceMapperMethod ?? ''] === 'function'],
		['are loaded anew when a thing is chosen', ({ property: { typeOptions } }) => (typeOptions?.loadOptionsDependsOn ?? []).length > 0],
	]);
});

const tellName = ({ name }: { name: string }) => name;
const CATEGORIES = ['Analytics', 'Communication', 'Data & Storage', 'Development', 'Finance & Accounting', 'Marketing & Content', 'Miscellaneous', 'Productivity', 'Sales', 'Utility'];

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
	alias: string[];
	resources: Record<string, Array<{ url: string }>>;
}

/** The codex file beside a node. */
function codexOf({ file }: Loaded<INodeType>): Codex | undefined {
	const path = file.replace(/\.ts$/, '.json');
	return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Codex) : undefined;
}

/** Two square pictures that are there and are not the same. */
function hasIcons(file: string, icon: unknown): boolean {
	const { light, dark } = (icon ?? {}) as { light?: string; dark?: string };
	const isSquareSvg = (path: string | undefined) => {
		const [, found] = /^file:(.+\.svg)$/.exec(path ?? '') ?? [];
		const picture = found && join(dirname(file), found);
		if (!picture || !picture.startsWith(ROOT) || !existsSync(picture)) return false;
		const [, width, height] = /<svg[^>]*viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(readFileSync(picture, 'utf8')) ?? [];
		return width !== undefined && width === height;
	};
	return light !== dark && isSquareSvg(light) && isSquareSvg(dark);
}

describe('nodes', () => {
	check(nodes, tellName, [
		['are called as their file is', ({ name, made: { description } }) => description.name === name.charAt(0).toLowerCase() + name.slice(1)],
		['stand on the canvas under their own name', ({ made: { description } }) => description.defaults.name === description.displayName],
		['say what they do', ({ made: { description } }) => description.description !== '' && !isSame(description.displayName, description.description) && !description.description.endsWith('.')],
		['have a subtitle', ({ made: { description } }) => description.subtitle !== undefined && description.subtitle !== ''],
		['have no color', ({ made: { description } }) => !('color' in description.defaults)],
		['have a light and a dark square icon', ({ file, made: { description } }) => hasIcons(file, description.icon)],
		['name credentials of this package only', ({ made: { description } }) => (description.credentials ?? []).every(({ name }) => credentials.some(({ made }) => made.name === name))],
		['have a codex with their name', (node) => codexOf(node)?.node === `${packageName}.${node.made.description.name}`],
		['have a codex of this form', (node) => codexOf(node)?.nodeVersion === '1.0' && codexOf(node)?.codexVersion === '1.0'],
		['have categories that n8n knows', (node) => (codexOf(node)?.categories.length ?? 0) > 0 && codexOf(node)?.categories.every((category) => CATEGORIES.includes(category)) === true],
		['can be found by other words', (node) => (codexOf(node)?.alias.length ?? 0) > 0],
		['lead to their documentation', (node) => ['primaryDocumentation', 'credentialDocumentation'].every((kind) => codexOf(node)?.resources[kind]?.[0]?.url.startsWith('https://'))],
	]);

	it('are all registered', () => {
		const files = globSync('nodes/**/*.node.ts', { cwd: ROOT }).sort();
		expect(nodes.map(({ file }) => relative(ROOT, file)).sort()).toEqual(files);
	});
});

describe('nodes that act', () => {
	check(actions, tellName, [
		['can be used as tools', ({ made: { description } }) => description.usableAsTool === true],
		['have one input and one output', ({ made: { description } }) => String(description.inputs) === 'main' && String(description.outputs) === 'main'],
		['begin with Resource and Operation, but for what a log-in is chosen with', ({ made: { description } }) => description.properties.filter(({ name }) => name !== 'authentication').slice(0, 2).map(({ name }) => name).join() === 'resource,operation'],
		['stand in the folder of their name', ({ name, file }) => basename(dirname(file)) === name],
	]);
});

/** What stands under a node on the canvas, with its defaults and some parameters. */
function subtitleOf({ made }: Loaded<INodeType>, parameters: INodeParameters): unknown {
	const nodeTypes = { getByName: () => made, getByNameAndVersion: () => made, getKnownTypes: () => ({}) };
	const node = { id: '1', name: 'Node', type: made.description.name, typeVersion: 1, position: [0, 0] as [number, number], parameters };
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(workflow.getNode('Node') as typeof node, made.description.subtitle, 'internal', {});
}

/** "Trigger On" of a trigger. */
const eventsOf = ({ made }: Loaded<INodeType>) => made.description.properties.filter(({ displayName }) => displayName === 'Trigger On');

/** Whether the subtitle has the words that the user chose, for each event, and for all where there may be several. */
function hasWordsOfEvents(trigger: Loaded<INodeType>): boolean {
	return eventsOf(trigger).every((property) => {
		const choices = choicesOf(property);
		const isList = property.type === 'multiOptions';
		const single = choices.every(({ name, value }) => subtitleOf(trigger, { [property.name]: isList ? [value] : value } as INodeParameters) === name);
		return single && (!isList || subtitleOf(trigger, { [property.name]: choices.map(({ value }) => value) } as INodeParameters) === choices.map(({ name }) => name).join(', '));
	});
}

describe('triggers', () => {
	check(triggers, tellName, [
		['are called Trigger', ({ name, made: { description } }) => [name, description.name].every((text) => text.endsWith('Trigger')) && description.displayName.endsWith(' Trigger')],
		['have no input and one output', ({ made: { description } }) => String(description.inputs) === '' && String(description.outputs) === 'main'],
		['are no tools', ({ made: { description } }) => !description.usableAsTool],
		['are in the group of triggers alone', ({ made: { description } }) => description.group.join() === 'trigger'],
		['have "Trigger On" without a description, where events can be chosen', ({ made: { description } }) =>
			description.properties.filter(({ name }) => name === 'events').every(({ displayName, description: more }) => displayName === 'Trigger On' && more === undefined)],
		['with webhooks have their whole life cycle', ({ made: { description, webhook, webhookMethods } }) =>
			!description.webhooks || (webhook !== undefined && ['checkExists', 'create', 'delete'].every((step) => typeof webhookMethods?.default?.[step as 'create'] === 'function'))],
		['say under their name what they start on, in the words of the user\'s choice', hasWordsOfEvents],
		['are called by something', ({ made: { description, poll, trigger } }) => description.webhooks !== undefined || poll !== undefined || trigger !== undefined],
		['with webhooks say how to try them and that they are active', ({ made: { description } }) => !description.webhooks || (Boolean(description.eventTriggerDescription) && Boolean(description.activationMessage))],
		['belong to a node that acts', ({ file }) => actions.some((action) => dirname(action.file) === dirname(file))],
	]);
});

describe('credentials', () => {
	check(credentials, tellName, [
		['are called as their file is', ({ name, file, made }) => basename(file) === `${name}.credentials.ts` && made.name === name.charAt(0).toLowerCase() + name.slice(1)],
		['are called Api', ({ made }) => made.name.endsWith('Api') && made.displayName.endsWith(' API')],
		['have a label in Title Case', ({ made }) => isTitleCase(made.displayName)],
		['lead to their documentation', ({ made }) => made.documentationUrl?.startsWith('https://') === true],
		['can be tested', ({ made }) => made.test !== undefined || nodes.some((node) => node.made.description.credentials?.some(({ name, testedBy }) => name === made.name && testedBy))],
		['have a light and a dark square icon', ({ file, made }) => hasIcons(file, made.icon)],
		['are used by a node', ({ made }) => nodes.some((node) => node.made.description.credentials?.some(({ name }) => name === made.name))],
		['show each of their fields for some choice', ({ made }) => made.properties.every((property) =>
			Object.entries(property.displayOptions?.show ?? {}).every(([name, values]) => {
				const control = made.properties.find((other) => other.name === name);
				return control !== undefined && (values as unknown[]).every((value) => choicesOf(control).some((option) => option.value === value));
			}))],
	]);

	it('are all registered', () => {
		const files = globSync('credentials/**/*.credentials.ts', { cwd: ROOT }).sort();
		expect(credentials.map(({ file }) => relative(ROOT, file)).sort()).toEqual(files);
	});
});
