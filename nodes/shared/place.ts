import type { IDataObject } from 'n8n-workflow';

import type { Fields } from './field';
import type { Api, Json, Method, Outgoing } from './operation';
import { Problem } from './problem';

/**
 * Fills the names in the braces of a path: every value encoded as one segment; '{+name}' keeps slashes and encodes
 * each segment between them. Throws a Problem for values that would change the path: empty, '.' and '..'.
 */
export function fill(template: string, values: Record<string, unknown>): string {
	return template.replace(/\{(\+?)(\w+)\}/g, (_braces, plus: string, name: string) => {
		const value = String(values[name] ?? '').trim();
		return (plus ? value.split('/') : [value]).map((segment) => encodeSegment(segment, name)).join('/');
	});
}

function encodeSegment(segment: string, name: string): string {
	// half a character, as an expression leaves it that cuts a text, cannot be encoded
	const isUsable = segment !== '' && segment !== '.' && segment !== '..' && !/\p{Surrogate}/u.test(segment);
	if (isUsable) return encodeURIComponent(segment);
	throw new Problem(`"${segment}" cannot be used as ${name}`, { description: 'Give the ID as the service shows it' });
}

/** Sorts the values of an operation into query, headers and body, under their wire names as the service spells them. Undefined ones are left out. */
export function place(fields: Fields, values: IDataObject, method: Method, spelling: Api['spelling'] = (name) => name): Pick<Outgoing, 'query' | 'headers' | 'body'> {
	const query: Outgoing['query'] = {};
	const headers: Outgoing['headers'] = {};
	let body: Json | undefined;
	const byMethod = method === 'GET' || method === 'DELETE' ? 'query' : 'body';
	for (const [name, field] of Object.entries(fields)) {
		const value = values[name] as Json | undefined;
		if (value === undefined) continue;
		const wire = field.wire ?? spelling(name);
		const where = field.place ?? byMethod;
		if (where === 'query') query[wire] = value;
		if (where === 'header') headers[wire] = String(value);
		if (where === 'body') body = over(body, nested(wire === '' ? [] : wire.split('.'), value));
	}
	return { query, headers, body };
}

const nested = ([name, ...rest]: string[], value: Json): Json => (name === undefined ? value : { [name]: nested(rest, value) });

/** A value laid over another one: objects key by key, anything else in its place. */
export function over(below: Json | undefined, value: Json): Json {
	if (!isObject(below) || !isObject(value)) return value;
	return { ...below, ...Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, over(below[name], entry as Json)])) };
}

const isObject = (value: Json | undefined): value is { [key: string]: Json | undefined } => typeof value === 'object' && value !== null && !Array.isArray(value);
