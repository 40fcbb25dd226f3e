import { ApiError } from './errors.mts';
import type { Issue } from './errors.mts';

/** What a field of a body may hold. */
export interface Rule {
	type: 'text' | 'uuid' | 'date' | 'integer' | 'flag' | 'object' | 'texts';
	/** must be there, and not be null */
	required?: boolean;
	/** the words that are taken */
	values?: readonly string[];
}

type Rules = Record<string, Rule>;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a text is a UUID. */
export const isUuid = (text: string): boolean => UUID.test(text);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Record<Rule['type'], { fits: (value: unknown) => boolean; type: string; msg: string }> = {
	text: { fits: (value) => typeof value === 'string', type: 'string_type', msg: 'Input should be a valid string' },
	uuid: { fits: (value) => typeof value === 'string' && isUuid(value), type: 'uuid_parsing', msg: 'Input should be a valid UUID' },
	date: { fits: (value) => typeof value === 'string' && isDate(value), type: 'date_from_datetime_parsing', msg: 'Input should be a valid date or datetime' },
	integer: { fits: (value) => Number.isInteger(value), type: 'int_type', msg: 'Input should be a valid integer' },
	flag: { fits: (value) => typeof value === 'boolean', type: 'bool_type', msg: 'Input should be a valid boolean' },
	object: { fits: isObject, type: 'dict_type', msg: 'Input should be a valid dictionary' },
	texts: { fits: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'), type: 'list_type', msg: 'Input should be a valid list' },
};

function isDate(text: string): boolean {
	const day = text.slice(0, 10);
	return /^\d{4}-\d\d-\d\d(T.*)?$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/**
 * Checks a body as FastAPI does: all issues at once, unknown fields ignored.
 *
 * @returns the fields that it has of those with a rule, nulls included
 * @throws ApiError 422
 */
export function checkBody(body: unknown, rules: Rules): Record<string, any> {
	if (body === undefined) throw new ApiError(422, [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]);
	if (!isObject(body)) throw new ApiError(422, [{ type: 'model_attributes_type', loc: ['body'], msg: 'Input should be a valid dictionary or object to extract fields from', input: body }]);
	const issues = Object.entries(rules).flatMap(([name, rule]) => issuesOf(body, name, rule));
	if (issues.length > 0) throw new ApiError(422, issues);
	return Object.fromEntries(Object.keys(rules).flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
}

function issuesOf(body: Record<string, unknown>, name: string, { type, required, values }: Rule): Issue[] {
	const input = body[name];
	const loc = ['body', name];
	if (input === undefined) return required ? [{ type: 'missing', loc, msg: 'Field required', input: body }] : [];
	if (input === null && !required) return [];
	const { fits, ...told } = TYPES[type];
	if (!fits(input)) return [{ ...told, loc, input }];
	return values && !values.includes(input as string) ? [wrongWord(loc, values, input)] : [];
}

/** What FastAPI says of a word that is none of those that are taken. */
export function wrongWord(loc: Issue['loc'], values: readonly string[], input: unknown): Issue {
	const quoted = values.map((value) => `'${value}'`);
	return { type: 'enum', loc, msg: `Input should be ${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`, input };
}

/** An integer of the query; throws 422 when it is none, or out of bounds. */
export function integerOf(query: Record<string, string | undefined>, name: string, { least, most = Infinity }: { least: number; most?: number }): number | undefined {
	const input = query[name];
	if (input === undefined) return undefined;
	const loc = ['query', name];
	const refuse = (type: string, msg: string) => new ApiError(422, [{ type, loc, msg, input }]);
	if (!/^-?\d+$/.test(input)) throw refuse('int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
	if (Number(input) < least) throw refuse('greater_than_equal', `Input should be greater than or equal to ${least}`);
	if (Number(input) > most) throw refuse('less_than_equal', `Input should be less than or equal to ${most}`);
	return Number(input);
}

/** A word of the query out of some; throws 422 for another. */
export function wordOf(query: Record<string, string | undefined>, name: string, values: readonly string[]): string | undefined {
	const input = query[name];
	if (input !== undefined && !values.includes(input)) throw new ApiError(422, [wrongWord(['query', name], values, input)]);
	return input;
}

/** A text of the query that must be there; throws 422 without. */
export function textOf(query: Record<string, string | undefined>, name: string): string {
	const input = query[name];
	if (input === undefined) throw new ApiError(422, [{ type: 'missing', loc: ['query', name], msg: 'Field required', input: null }]);
	return input;
}
