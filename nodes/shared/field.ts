import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { dayOf, momentOf } from './dates';
import { Problem } from './problem';
import type { FileChoice } from './transfer';

/** Where a value goes: `part` is a file of a multipart body, `none` stays with the node. */
export type Place = 'path' | 'query' | 'body' | 'header' | 'part' | 'none';

/** What `read` may need to know of the item. */
export interface Reading {
	/** Time zone of the workflow, for dates that name none. */
	timezone: string;
}

/** One parameter of an operation: how n8n shows it, where its value goes, and how the value is read. */
export interface Field<T = unknown, P extends Place | undefined = Place | undefined> {
	readonly label: string;
	readonly property: Omit<INodeProperties, 'name'>;
	/** Undefined: in the query of a GET or DELETE, else in the body. */
	readonly place: P;
	/** Its name there, if not the parameter's: dots nest ('properties.sex'), '' is the body itself, over what stands before. */
	readonly wire?: string;
	/** Label of the collection that it stands in; undefined: it stands by itself. */
	readonly collection?: string;
	/** Its value is a patient's or a customer's own data: never repeated in a message. */
	readonly personal?: true;
	/** Its value where it is not shown. */
	readonly unshown: T;
	/** Typed value of what the user gave; throws a Problem that names the field. */
	read(raw: unknown, reading: Reading): T;
}

export type Fields = Record<string, Field>;
export type Values<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What every kind of field takes. A field with `required` or a `default` stands by itself and always has a value. */
export interface Spec<T> {
	place?: Place;
	wire?: string;
	description?: string;
	placeholder?: string;
	hint?: string;
	required?: true;
	default?: T;
	collection?: string;
	personal?: true;
	/** Shown only where another field has one of these values. */
	shownFor?: Record<string, Array<string | boolean>>;
}

type Given<T, S> = S extends { required: true } | { default: T } ? T : T | undefined;
type PlaceOf<S> = S extends { place: infer P extends Place } ? P : undefined;

const OPTIONAL_COLLECTION = 'Additional Fields';

/** One n8n control: its type, the value that means "nothing given", and how a given value is read. */
interface Control<T> {
	type: INodeProperties['type'];
	empty: INodeProperties['default'];
	more?: Partial<INodeProperties>;
	read(raw: unknown, label: string, reading: Reading): T;
}

function isEmpty(raw: unknown): boolean {
	if (raw === undefined || raw === null) return true;
	if (typeof raw === 'string') return raw.trim() === '';
	return Array.isArray(raw) && raw.length === 0;
}

function field<T, const S extends Spec<T>>(label: string, spec: S, control: Control<T>): Field<Given<T, S>, PlaceOf<S>> {
	const alone = spec.required === true || spec.default !== undefined;
	return {
		label,
		place: spec.place as PlaceOf<S>,
		wire: spec.wire,
		collection: alone ? undefined : (spec.collection ?? OPTIONAL_COLLECTION),
		personal: spec.personal,
		property: {
			displayName: label,
			type: control.type,
			default: (spec.default ?? control.empty) as INodeProperties['default'],
			...(spec.required && { required: true }),
			...(spec.description && { description: spec.description }),
			...(spec.placeholder && { placeholder: spec.placeholder }),
			...(spec.hint && { hint: spec.hint }),
			...(spec.shownFor && { displayOptions: { show: spec.shownFor } }),
			...control.more,
		},
		unshown: spec.default as Given<T, S>,
		read(raw, reading) {
			const value = isEmpty(raw) ? undefined : control.read(raw, label, reading);
			// a list of nothing but commas is empty, too; an empty JSON list is a value
			if (control.type === 'json' ? value !== undefined : !isEmpty(value)) return value as Given<T, S>;
			if (spec.required) throw new Problem(`"${label}" is empty`, { description: `Give a value for "${label}"` });
			return spec.default as Given<T, S>;
		},
	};
}

function asText(raw: unknown, label: string): string {
	if (typeof raw === 'string') return raw.trim();
	if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
	throw new Problem(`"${label}" is not a text`, { description: `Give "${label}" as a text, not as a list or an object` });
}

/** A line of text; surrounding blanks are dropped. */
export function text<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	return field<string, S>(label, spec, { type: 'string', empty: '', read: asText });
}

/** A text of several lines, like `text`. */
export function longText<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	return field<string, S>(label, spec, { type: 'string', empty: '', more: { typeOptions: { rows: 5 } }, read: asText });
}

/** A text that can be taken away: left empty, null is sent. */
export function clearable<const S extends Spec<string>>(label: string, spec: S = {} as S): Field<string | null, PlaceOf<S>> {
	const made = text(label, { ...spec, default: '' });
	return { ...made, place: made.place as PlaceOf<S>, read: (raw, reading) => made.read(raw, reading) || null };
}

/** A text that is shown as dots and never repeated in a message: a password or a token. */
export function secret<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	const made = field<string, S>(label, spec, { type: 'string', empty: '', more: { typeOptions: { password: true } }, read: asText });
	return { ...made, personal: true as const };
}

/** The ID of one thing, where the service has no list to choose from. */
export function id<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	return text<S & { place: S['place'] extends Place ? S['place'] : 'path'; required: true }>(label, {
		place: 'path',
		required: true,
		...spec,
	} as never);
}

/**
 * One existing thing, chosen from a searchable list or given by its ID.
 * `list` names the search function among the provider's locators; `noun` is what is chosen, where the label says more.
 */
export function locator<const S extends Spec<string> & { list: string; noun?: string; idPlaceholder?: string }>(label: string, spec: S) {
	return field<string, S>(label, spec, {
		type: 'resourceLocator',
		empty: '',
		more: {
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: `Choose a ${spec.noun ?? label.toLowerCase()}...`,
					typeOptions: { searchListMethod: spec.list, searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: spec.idPlaceholder },
			],
		},
		read: asText,
	});
}

const titleCase = (words: string) => words.replace(/_/g, ' ').replace(/(^|\s)\w/g, (letter) => letter.toUpperCase()).replace(/\bId\b/g, 'ID');

/** Options named as their values are: 'client_id' becomes Client ID. */
export const optionsOf = (...values: string[]): INodePropertyOptions[] => values.map((value) => ({ name: titleCase(value), value }));

/**
 * One of a fixed set of values. An expression may give any value that the service will take; one that stays with the
 * node (`place: 'none'`) must be in the list.
 */
export function choice<const S extends Spec<string>>(label: string, options: INodePropertyOptions[], spec: S = {} as S) {
	return field<string, S>(label, spec, {
		type: 'options',
		empty: options[0].value as string,
		more: { options },
		read: (raw) => listed(options, spec, asText(raw, label), label),
	});
}

function listed(options: INodePropertyOptions[], { place }: Spec<unknown>, value: string, label: string): string {
	const values = options.map((option) => String(option.value));
	if (place !== 'none' || values.includes(value)) return value;
	throw new Problem(`"${value}" is none of the values of "${label}"`, { description: `Give one of: ${values.join(', ')}` });
}

function asList(raw: unknown, label: string): string[] {
	const entries = Array.isArray(raw) ? raw.map((entry) => asText(entry, label)) : asText(raw, label).split(',').map((entry) => entry.trim());
	return [...new Set(entries)].filter((entry) => entry !== '');
}

/** Several of a fixed set of values, like `choice`. */
export function choices<const S extends Spec<string[]>>(label: string, options: INodePropertyOptions[], spec: S = {} as S) {
	return field<string[], S>(label, spec, { type: 'multiOptions', empty: [], more: { options }, read: (raw) => asList(raw, label).map((value) => listed(options, spec, value, label)) });
}

const EXPRESSION = 'an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/**
 * Several of the values that the service has, chosen from a list that the editor loads; an expression may give them
 * comma-separated or as an array. `load` names the function among the provider's option lists. Label and description
 * are those that n8n wants for such lists.
 */
export function loadedChoices<const S extends Spec<string[]> & { load: string }>(noun: string, spec: S) {
	const described = { ...spec, description: `Choose from the list, or specify IDs using ${EXPRESSION}` };
	return field<string[], S>(`${noun} Names or IDs`, described, { type: 'multiOptions', empty: [], more: { typeOptions: { loadOptionsMethod: spec.load } }, read: asList });
}

/**
 * One of the values that the service has, like `loadedChoices`. The list is not there yet, so the value is empty at first
 * and the default counts: the list that is loaded must name it, with an empty value, or the editor marks the field red.
 */
export function loadedChoice<const S extends Spec<string> & { load: string }>(noun: string, spec: S) {
	const described = { ...spec, description: `Choose from the list, or specify an ID using ${EXPRESSION}` };
	return field<string, S>(`${noun} Name or ID`, described, { type: 'options', empty: '', more: { default: '', typeOptions: { loadOptionsMethod: spec.load } }, read: asText });
}

/** Several texts: comma-separated, or an array from an expression. */
export function list<const S extends Spec<string[]>>(label: string, spec: S = {} as S) {
	const made = field<string[], S>(label, spec, { type: 'string', empty: '', read: asList });
	// shown as the text that it is in the editor
	return { ...made, property: { ...made.property, default: (spec.default ?? []).join(', ') } };
}

/** Yes or no; also the texts "true" and "false" from an expression. */
export function flag<const S extends Spec<boolean>>(label: string, spec: S = {} as S) {
	return field<boolean, S>(label, spec, {
		type: 'boolean',
		empty: false,
		read(raw) {
			if (typeof raw === 'boolean') return raw;
			const word = String(raw).trim().toLowerCase();
			if (word === 'true' || word === 'false') return word === 'true';
			throw new Problem(`"${label}" is neither true nor false`, { description: `Give true or false for "${label}"` });
		},
	});
}

/** A number; `min` and `max` are refused beyond, `whole` wants an integer. */
export function number<const S extends Spec<number> & { min?: number; max?: number; whole?: true }>(
	label: string,
	spec: S = {} as S,
) {
	const { min = -Infinity, max = Infinity } = spec;
	return field<number, S>(label, spec, {
		type: 'number',
		empty: Number.isFinite(min) ? min : 0,
		more: { typeOptions: { minValue: spec.min, maxValue: spec.max, numberPrecision: spec.whole ? 0 : undefined } },
		read(raw) {
			// Number() would make numbers of true, of lists and of dates
			const value = typeof raw === 'number' || typeof raw === 'string' ? Number(raw) : NaN;
			const fits = Number.isFinite(value) && value >= min && value <= max && (!spec.whole || Number.isInteger(value));
			if (fits) return value;
			throw new Problem(`"${label}" is not a number that fits`, {
				description: `Give ${spec.whole ? 'a whole number' : 'a number'}${spec.min === undefined ? '' : ` from ${spec.min}`}${spec.max === undefined ? '' : ` up to ${spec.max}`}`,
			});
		},
	});
}

/** A calendar day, sent as YYYY-MM-DD; a time with a zone is first brought to the workflow's time zone. */
export function day<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	return time(label, spec, dayOf, 'Give a date such as 2026-03-31');
}

/** A moment, sent as ISO 8601 in UTC; one without a zone is meant in the workflow's time zone. */
export function moment<const S extends Spec<string>>(label: string, spec: S = {} as S) {
	return time(label, spec, momentOf, 'Give a date such as 2026-03-31, or a time such as 2026-03-31T14:30');
}

function time<const S extends Spec<string>>(label: string, spec: S, convert: (raw: unknown, timezone: string) => string | undefined, advice: string) {
	return field<string, S>(label, spec, {
		type: 'dateTime',
		empty: '',
		read(raw, _label, { timezone }) {
			const converted = convert(raw, timezone);
			if (converted !== undefined) return converted;
			throw new Problem(`"${label}" is not a date`, { description: advice });
		},
	});
}

/** Any JSON: a text, or an object or array of an expression. */
export function json<const S extends Spec<IDataObject | IDataObject[]>>(label: string, spec: S = {} as S) {
	return field<IDataObject | IDataObject[], S>(label, spec, {
		type: 'json',
		empty: '',
		read(raw) {
			if (typeof raw === 'object') return raw as IDataObject;
			try {
				return JSON.parse(String(raw)) as IDataObject;
			} catch {
				/* said below: lint allows no other error class inside a catch */
			}
			throw new Problem(`"${label}" is not valid JSON`, { description: 'Check for missing quotes, commas or brackets' });
		},
	});
}

/**
 * Values for fields that the service names: n8n's resource mapper. `load` is the function among the node's mappings, `noun`
 * what the service calls such a field, `dependsOn` are the parameters whose change loads the fields anew. Gives the values
 * by the IDs of the fields; those that were left empty are missing.
 */
export function mapper<const S extends Spec<IDataObject> & { load: string; noun: string; dependsOn: string[] }>(label: string, spec: S) {
	return field<IDataObject, S>(label, spec, {
		type: 'resourceMapper',
		empty: '',
		more: {
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			typeOptions: {
				loadOptionsDependsOn: spec.dependsOn,
				resourceMapper: { resourceMapperMethod: spec.load, mode: 'add', fieldWords: { singular: spec.noun, plural: `${spec.noun}s` }, addAllFields: true, supportAutoMap: false },
			},
		},
		read(raw) {
			const mapped = (raw as { value?: unknown }).value ?? {};
			if (typeof mapped === 'object') return Object.fromEntries(Object.entries(mapped).filter(([, value]) => !isEmpty(value))) as IDataObject;
			throw new Problem(`"${label}" holds no values`, { description: `Give "${label}" in the editor, field by field` });
		},
	});
}

/** The file of the item, by the name of its field or as an expression gives it; goes out as the part `wire` of a multipart body. */
export function inputFile<const S extends Spec<FileChoice>>(label: string, spec: S) {
	const read = (raw: unknown) => (isFile(raw) ? raw : asText(raw, label));
	const made = field<FileChoice, S>(label, spec, { type: 'string', empty: 'data', read });
	return { ...made, place: 'part' as const };
}

const isFile = (raw: unknown): raw is Exclude<FileChoice, string> => typeof raw === 'object' && raw !== null && 'mimeType' in raw;
