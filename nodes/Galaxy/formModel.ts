import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

type Value = IDataObject[string];

/** A field of one of Galaxy's forms, or a part with fields of its own. */
export interface Input {
	name: string;
	type: string;
	value?: Value;
	/** Of a select: label and value. */
	options?: Array<[label: string, value: string | number]>;
	/** Of a section, and one entry of a repeat. */
	inputs?: Input[];
	/** Of a repeat: the entries that there are. */
	cache?: Input[][];
	/** Of a conditional: what is chosen, and the fields of each choice. */
	test_param?: { name: string; value: Value; data: Array<{ label: string; value: string }> };
	cases?: Array<{ value: string; inputs: Input[] }>;
}

/** All fields of a form under the names by which they are sent; a field without a value has none. */
function* fieldsIn(inputs: Input[], before = ''): Generator<[name: string, value: Value]> {
	for (const { name, type, value, inputs: inner = [], cache = [], test_param: test, cases = [] } of inputs) {
		const path = `${before}${name}`;
		if (type === 'section') yield* fieldsIn(inner, `${path}|`);
		else if (type === 'repeat') for (const [i, entry] of cache.entries()) yield* fieldsIn(entry, `${path}_${i}|`);
		else if (test) {
			yield [`${path}|${test.name}`, test.value];
			yield* fieldsIn(cases.find((one) => one.value === test.value)?.inputs ?? [], `${path}|`);
		} else yield [path, value];
	}
}

/**
 * What a form sends: all of its values, with the given ones in the place of those that are there. Galaxy takes away
 * what is not sent. Throws a Problem for a name that the form does not have.
 */
export function filledIn(inputs: Input[], given: IDataObject): IDataObject {
	const fields = [...fieldsIn(inputs)];
	const names = fields.map(([name]) => name);
	const unknown = Object.keys(given).find((name) => !names.includes(name));
	if (unknown !== undefined) throw new Problem(`The form has no field "${unknown}"`, { description: `Its fields are: ${names.join(', ')}` });
	return Object.fromEntries(Object.entries({ ...Object.fromEntries(fields), ...given }).filter(([, value]) => value !== undefined && value !== null));
}
