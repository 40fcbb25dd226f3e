import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyMode,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import type { Provider } from '../../nodes/shared/operation.ts';

export const ROOT = resolve(__dirname, '../..');

const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; n8n: { nodes: string[]; credentials: string[] } };

/** A node or credential that package.json names, made from its source. */
export interface Loaded<T> {
	/** Of the class, and of the file before its first dot. */
	name: string;
	/** Of the source. */
	file: string;
	made: T;
}

function load<T>(compiled: string): Loaded<T> {
	const file = join(ROOT, compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const name = basename(file).split('.')[0];
	const { [name]: Class } = require(file) as Record<string, new () => T>;
	return { name, file, made: new Class() };
}

export const packageName = packageJson.name;
export const nodes = packageJson.n8n.nodes.map((path) => load<INodeType>(path));
export const credentials = packageJson.n8n.credentials.map((path) => load<ICredentialType>(path));
export const triggers = nodes.filter(({ made }) => made.description.group.includes('trigger'));
export const actions = nodes.filter((node) => !triggers.includes(node));

/** The provider of a node's folder, where it has one. */
export function providerOf({ file }: Loaded<INodeType>): Provider | undefined {
	const path = join(dirname(file), 'provider.ts');
	if (!existsSync(path)) return undefined;
	return Object.values(require(path) as Record<string, Provider>).find((exported) => 'resources' in exported);
}

/** A parameter with its place: "GalateaBio.filters.status (order: getAll)". */
export interface Parameter {
	owner: string;
	where: string;
	property: INodeProperties;
	/** Whether it stands in a collection. */
	inside: boolean;
}

const SELECTS: Array<INodeProperties['type']> = ['options', 'multiOptions'];

/** The entries that a parameter lets the user choose from. */
export const choicesOf = ({ type, options }: INodeProperties) => (SELECTS.includes(type) ? (options as INodePropertyOptions[] | undefined) ?? [] : []);

/** The groups of a fixed collection. */
export const sectionsOf = ({ type, options }: INodeProperties) => (type === 'fixedCollection' ? (options as INodePropertyCollection[]) : []);

export const modesOf = ({ type, modes }: INodeProperties): INodePropertyMode[] => (type === 'resourceLocator' ? modes ?? [] : []);

/** The parameters that stand inside a parameter. */
export const partsOf = (property: INodeProperties): INodeProperties[] =>
	property.type === 'collection' ? (property.options as INodeProperties[]) : sectionsOf(property).flatMap(({ values }) => values);

function withParts(owner: string, property: INodeProperties, path = owner, inside = false): Parameter[] {
	const { resource, operation } = property.displayOptions?.show ?? {};
	const forWhat = operation ? ` (${String(resource)}: ${operation.join(', ')})` : '';
	const where = `${path}.${property.name}`;
	return [{ owner, where: `${where}${forWhat}`, property, inside }, ...partsOf(property).flatMap((part) => withParts(owner, part, `${where}${forWhat}`, true))];
}

export const nodeParameters = nodes.flatMap(({ name, made }) => made.description.properties.flatMap((property) => withParts(name, property)));
export const credentialParameters = credentials.flatMap(({ name, made }) => made.properties.flatMap((property) => withParts(name, property)));
export const parameters = [...nodeParameters, ...credentialParameters];

/** An operation of a node, as the editor lists it. */
export const operations = nodeParameters
	.filter(({ property }) => property.name === 'operation')
	.flatMap(({ where, property }) => choicesOf(property).map((option) => ({ where: `${where}.${String(option.value)} of ${String(property.displayOptions?.show?.resource)}`, option })));

/** A text that users read, with its place. */
export interface Text {
	where: string;
	text: string;
}

const text = (where: string, words: string | undefined): Text[] => (words === undefined ? [] : [{ where, text: words }]);

/** Labels: of parameters, of what can be chosen, of the parts of controls. A notice is no label. */
export const labels: Text[] = parameters.flatMap(({ where, property }) => [
	...(property.type === 'notice' ? [] : text(where, property.displayName)),
	...sectionsOf(property).flatMap(({ name, displayName }) => text(`${where}.${name}`, displayName)),
	...modesOf(property).flatMap(({ name, displayName }) => text(`${where}.${name}`, displayName)),
	...choicesOf(property).flatMap(({ name, value }) => text(`${where}.${String(value)}`, name)),
]);

/** Sentences: descriptions, hints and notices. */
export const sentences: Text[] = parameters.flatMap(({ where, property }) => [
	...(property.type === 'notice' ? text(where, property.displayName) : []),
	...text(where, property.description),
	...text(where, property.hint),
	...choicesOf(property).flatMap(({ value, description }) => text(`${where}.${String(value)}`, description)),
]);

export const placeholders: Text[] = parameters.flatMap(({ where, property }) => [
	...text(where, property.placeholder),
	...modesOf(property).flatMap(({ name, placeholder }) => text(`${where}.${name}`, placeholder)),
]);
