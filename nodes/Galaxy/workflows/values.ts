import type { IDataObject } from 'n8n-workflow';

import type { Json } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { WorkflowInput } from './inputs';

/** What a run is given: the inputs by the numbers of their steps, and whether there is one run for each of several datasets. */
export interface Prepared {
	inputs: Record<string, Json>;
	inputs_by: 'step_index';
	batch?: true;
}

/**
 * Makes what Galaxy wants of what the user gave, by labels or numbers of steps. Galaxy itself runs with unknown labels and
 * with values of a wrong kind (contract, section 9, 55), so a Problem is thrown for those, and for a required input
 * without a value.
 */
export function prepared(inputs: WorkflowInput[], given: IDataObject): Prepared {
	const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value !== '');
	const values = new Map(entries.map(([name, value]) => [inputNamed(inputs, name), value]));
	const missing = inputs.filter((input) => input.required && !values.has(input));
	if (missing.length > 0) throw new Problem(`The workflow needs ${quoted(missing)}`, { description: 'Give a value for each input that is required. "Get Inputs" lists them' });
	const made = [...values].map(([input, value]) => [String(input.step_index), valueOf(input, value)] as const);
	return { inputs: Object.fromEntries(made), inputs_by: 'step_index', ...(made.some(([, value]) => isBatch(value)) && { batch: true }) };
}

const quoted = (inputs: WorkflowInput[]) => inputs.map(({ name }) => `"${name}"`).join(', ');

function inputNamed(inputs: WorkflowInput[], name: string): WorkflowInput {
	const found = inputs.find((input) => input.name === name) ?? inputs.find(({ step_index: index }) => String(index) === name);
	if (found) return found;
	throw new Problem(`The workflow has no input "${name}"`, { description: inputs.length === 0 ? 'It has no inputs at all' : `Its inputs are ${quoted(inputs)}` });
}

const isBatch = (value: Json) => typeof value === 'object' && value !== null && 'batch' in value;

function valueOf(input: WorkflowInput, value: unknown): Json {
	if (input.type === 'dataset') return dataOf(input, value, 'hda');
	if (input.type === 'dataset_collection') return dataOf(input, value, 'hdca');
	if (!input.multiple) return parameterOf(input, value);
	const several = Array.isArray(value) ? value : String(value).split(',').map((one) => one.trim()).filter((one) => one !== '');
	return several.map((one) => parameterOf(input, one));
}

const ID = /^[0-9a-f]{16,}$/i;

/** Data by its ID, or as Galaxy's answers name it; of several each gets a run of its own. */
function dataOf(input: WorkflowInput, value: unknown, source: string): Json {
	const several = (Array.isArray(value) ? value : typeof value === 'object' ? [value] : String(value).split(',')).map((one) => referenceOf(input, one, source));
	return several.length === 1 ? several[0] : { batch: true, values: several };
}

function referenceOf(input: WorkflowInput, value: unknown, source: string): Json {
	if (typeof value === 'object' && value !== null && 'src' in value) {
		const { src, id, ...more } = value as { src: string; id?: string } & Record<string, Json>;
		// what outputs of an invocation name besides is not wanted
		return id === undefined ? { src, ...more } : { src, id };
	}
	const id = String(value).trim();
	if (ID.test(id)) return { src: source, id };
	const kind = source === 'hda' ? 'dataset' : 'dataset collection';
	throw new Problem(`"${input.name}" is no ${kind}: ${typeof value === 'object' ? JSON.stringify(value) : `"${id}"`}`, { description: `Give the ID of a ${kind}, not its name or its number in the history` });
}

const COLOR = /^#[0-9a-f]{6}$/i;

/** The kinds of values that can be told from each other: what a value becomes, undefined where it does not fit. */
const KINDS: Record<string, { noun: string; read(value: unknown): Json | undefined }> = {
	integer: { noun: 'a whole number', read: (value) => (Number.isInteger(numberOf(value)) ? numberOf(value) : undefined) },
	float: { noun: 'a number', read: (value) => (Number.isFinite(numberOf(value)) ? numberOf(value) : undefined) },
	data_column: { noun: 'the number of a column', read: (value) => (Number.isInteger(numberOf(value)) ? numberOf(value) : undefined) },
	boolean: { noun: 'true or false', read: (value) => ({ true: true, false: false })[String(value).trim().toLowerCase()] },
	color: { noun: 'a color such as #1a9850', read: (value) => (COLOR.test(String(value).trim()) ? String(value).trim() : undefined) },
};

const TEXT = { noun: 'a text', read: (value: unknown) => (typeof value === 'object' ? undefined : String(value)) };

// Number() would make numbers of true, of lists and of blanks
const numberOf = (value: unknown): number => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN);

function parameterOf({ name, type, options }: WorkflowInput, value: unknown): Json {
	const { noun, read } = KINDS[type] ?? TEXT;
	const made = read(value);
	if (made === undefined) throw new Problem(`"${name}" is not ${noun}`, { description: `Give ${noun} for the input "${name}" of the workflow` });
	if (options.length === 0 || options.some((option) => option.value === made)) return made;
	throw new Problem(`"${String(made)}" is none of the values of "${name}"`, { description: `Give one of: ${options.map((option) => option.value).join(', ')}` });
}
