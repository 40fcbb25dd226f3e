import { invalid } from './errors.mts';

/** One value of a body: how it is read, and what Django REST Framework says when it is wrong. */
export interface Field<T> {
	/**
	 * @param value undefined when the body lacks it
	 * @throws Wrong
	 */
	read(value: unknown): T;
}

/** What is wrong with a value: a list of texts, or of an object or a list something deeper. */
class Wrong extends Error {
	readonly errors: unknown;

	constructor(errors: unknown) {
		super('wrong value');
		this.errors = errors;
	}
}

type Shape = Record<string, Field<unknown>>;
type Values<S extends Shape> = { [Name in keyof S]: S[Name] extends Field<infer T> ? T : never };

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** Whether a text is an id; the path parameters of the API are. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** A value refused with a text of the caller's own. */
export const wrong = (...texts: string[]): Error => new Wrong(texts);

function given<T>(read: (value: unknown) => T): Field<T> {
	return {
		read(value) {
			if (value === undefined) throw wrong('This field is required.');
			if (value === null) throw wrong('This field may not be null.');
			return read(value);
		},
	};
}

export const optional = <T,>(field: Field<T>): Field<T | undefined> => ({ read: (value) => (value === undefined ? undefined : field.read(value)) });
export const nullable = <T,>(field: Field<T>): Field<T | null> => ({ read: (value) => (value === null ? null : field.read(value)) });

/** A further check on what a field reads. @param check throws `wrong` */
export const checked = <T,>(field: Field<T>, check: (value: T) => void): Field<T> => ({
	read(value) {
		const read = field.read(value);
		check(read);
		return read;
	},
});

/** Any JSON; null when the body lacks it. */
export const json = (): Field<unknown> => ({ read: (value) => value ?? null });

export function text({ longest = Infinity, shortest = 0, blank = false }: { longest?: number; shortest?: number; blank?: boolean } = {}): Field<string> {
	return given((value) => {
		if (typeof value !== 'string' && typeof value !== 'number') throw wrong('Not a valid string.');
		const trimmed = String(value).trim();
		if (trimmed === '' && !blank) throw wrong('This field may not be blank.');
		if (trimmed.length > longest) throw wrong(`Ensure this field has no more than ${longest} characters.`);
		if (trimmed.length < shortest) throw wrong(`Ensure this field has at least ${shortest} characters.`);
		return trimmed;
	});
}

export function uuid(): Field<string> {
	return given((value) => {
		if (typeof value !== 'string' || !UUID.test(value)) throw wrong('Must be a valid UUID.');
		return value.toLowerCase();
	});
}

export function flag(): Field<boolean> {
	return given((value) => {
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		throw wrong('Must be a valid boolean.');
	});
}

export function integer({ least = -Infinity, most = Infinity }: { least?: number; most?: number } = {}): Field<number> {
	return given((value) => {
		const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
		if (!Number.isInteger(number)) throw wrong('A valid integer is required.');
		if ((number as number) > most) throw wrong(`Ensure this value is less than or equal to ${most}.`);
		if ((number as number) < least) throw wrong(`Ensure this value is greater than or equal to ${least}.`);
		return number as number;
	});
}

export function choice<T extends string>(choices: readonly T[]): Field<T> {
	return given((value) => {
		if (!choices.includes(value as T)) throw wrong(`"${String(value)}" is not a valid choice.`);
		return value as T;
	});
}

export function url(longest = Infinity): Field<string> {
	return checked(text({ longest }), (value) => {
		if (!/^https?:\/\/[^\s/?#]+\S*$/i.test(value)) throw wrong('Enter a valid URL.');
	});
}

export function email(): Field<string> {
	return checked(text(), (value) => {
		if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) throw wrong('Enter a valid email address.');
	});
}

/** @param empty whether the list may be empty; @param most how many items it may have */
export function list<T>(item: Field<T>, { empty = false, most = Infinity }: { empty?: boolean; most?: number } = {}): Field<T[]> {
	return given((value) => {
		if (!Array.isArray(value)) throw wrong(`Expected a list of items but got type "${pythonType(value)}".`);
		if (value.length === 0 && !empty) throw wrong('This list may not be empty.');
		if (value.length > most) throw wrong(`Ensure this field has no more than ${most} elements.`);
		const errors: Record<number, unknown> = {};
		const items = value.map((one, index) => tried(() => item.read(one), (wrongs) => (errors[index] = wrongs)));
		if (Object.keys(errors).length === 0) return items as T[];
		// of objects it is a list, with an empty object for each that is right
		const ofObjects = value.some((one) => pythonType(one) === 'dict');
		throw new Wrong(ofObjects ? value.map((_one, index) => errors[index] ?? {}) : errors);
	});
}

/** Unknown names are ignored, as the service does. */
export function object<S extends Shape>(shape: S): Field<Values<S>> {
	return given((value) => {
		if (pythonType(value) !== 'dict') throw new Wrong({ non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonType(value)}.`] });
		const errors: Record<string, unknown> = {};
		const entries = Object.entries(shape).map(([name, field]) => {
			const read = () => field.read((value as Record<string, unknown>)[name]);
			return [name, tried(read, (wrongs) => (errors[name] = wrongs))];
		});
		if (Object.keys(errors).length > 0) throw new Wrong(errors);
		return Object.fromEntries(entries) as Values<S>;
	});
}

/**
 * Reads a JSON body.
 *
 * @param body undefined and null stand for an empty object
 * @throws ApiError with a list of texts for each field that is wrong
 */
export function readBody<S extends Shape>(body: unknown, shape: S): Values<S> {
	return tried(
		() => object(shape).read(body ?? {}),
		(errors) => {
			throw invalid(errors as object);
		},
	)!;
}

function tried<T>(read: () => T, otherwise: (errors: unknown) => unknown): T | undefined {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof Wrong)) throw error;
		otherwise(error.errors);
		return undefined;
	}
}

function pythonType(value: unknown): string {
	if (value === null) return 'NoneType';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
	return { string: 'str', boolean: 'bool', object: 'dict' }[typeof value as string] ?? typeof value;
}
