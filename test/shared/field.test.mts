import { choice, choices, clearable, day, flag, id, inputFile, json, list, locator, longText, mapper, number, secret, text, type Field } from '../../nodes/shared/field.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const OPTIONS = [{ name: 'Female', value: 'F' }, { name: 'Male', value: 'M' }];
const LABEL = 'Sample Name';

const MAPPED = { load: 'getFields', noun: 'input', dependsOn: ['workflowId.value'] };

const read = (field: Field, raw: unknown, timezone = 'UTC') => field.read(raw, { timezone });

function refusal(field: Field, raw: unknown): Problem {
	try {
		const value = read(field, raw);
		throw new Error(`${JSON.stringify(raw)} was read as ${JSON.stringify(value)}`);
	} catch (cause) {
		return cause as Problem;
	}
}

/** A refused value gives a Problem that names the field and says what to do. */
function expectRefused(field: Field, raw: unknown): void {
	const problem = refusal(field, raw);
	expect(problem.message).toContain(`"${LABEL}"`);
	expect(problem).toBeInstanceOf(Problem);
	expect(problem.description).toMatch(/^(Give|Check) .{5,}/);
}

/** Every kind of field, required and not. */
const KINDS: Array<[kind: string, required: Field, optional: Field]> = [
	['text', text(LABEL, { required: true }), text(LABEL)],
	['longText', longText(LABEL, { required: true }), longText(LABEL)],
	['locator', locator(LABEL, { list: 'search', required: true }), locator(LABEL, { list: 'search' })],
	['choice', choice(LABEL, OPTIONS, { required: true }), choice(LABEL, OPTIONS)],
	['choices', choices(LABEL, OPTIONS, { required: true }), choices(LABEL, OPTIONS)],
	['list', list(LABEL, { required: true }), list(LABEL)],
	['flag', flag(LABEL, { required: true }), flag(LABEL)],
	['number', number(LABEL, { required: true }), number(LABEL)],
	['day', day(LABEL, { required: true }), day(LABEL)],
	['json', json(LABEL, { required: true }), json(LABEL)],
	['mapper', mapper(LABEL, { ...MAPPED, required: true }), mapper(LABEL, MAPPED)],
	['inputFile', inputFile(LABEL, { required: true }), inputFile(LABEL, {})],
	['secret', secret(LABEL, { required: true }), secret(LABEL)],
];

describe.each(KINDS)('%s', (_kind, required, optional) => {
	it.each([undefined, null, '', '  \n'])('takes %j as nothing: undefined, or refused where it is required', (raw) => {
		expect(read(optional, raw)).toBeUndefined();
		expectRefused(required, raw);
		expect(refusal(required, raw).message).toBe(`"${LABEL}" is empty`);
	});

	it('stands by itself where it is required, else in a collection', () => {
		expect(required).toMatchObject({ label: LABEL, collection: undefined, property: { displayName: LABEL, required: true } });
		expect(optional).toMatchObject({ label: LABEL, collection: 'Additional Fields' });
		expect(optional.property).not.toHaveProperty('required');
	});
});

describe('every field', () => {
	it('shows what its declaration says, and nothing that it does not say', () => {
		const bare = { displayName: LABEL, type: 'string', default: '' };
		expect(text(LABEL).property).toStrictEqual(bare);
		expect(text(LABEL, { description: 'd', placeholder: 'e.g. p', hint: 'h' }).property).toStrictEqual({ ...bare, description: 'd', placeholder: 'e.g. p', hint: 'h' });
	});

	it('with a default stands by itself, and has it where nothing is given', () => {
		const field = number(LABEL, { default: 5 });
		expect(field).toMatchObject({ collection: undefined, property: { default: 5 } });
		expect([read(field, ''), read(field, 0), read(field, 7)]).toEqual([5, 0, 7]);
		expect(flag(LABEL, { default: false }).collection).toBeUndefined();
	});

	it('stands in the collection that it names', () => {
		expect(text(LABEL, { collection: 'Report Details' }).collection).toBe('Report Details');
	});

	it('keeps place, wire name and privacy', () => {
		expect(text(LABEL, { place: 'header', wire: 'X-Name', personal: true })).toMatchObject({ place: 'header', wire: 'X-Name', personal: true });
		expect(text(LABEL)).toMatchObject({ place: undefined, wire: undefined, personal: undefined });
	});
});

describe('text', () => {
	it.each([['  x y ', 'x y'], [5, '5'], [0, '0'], [false, 'false']])('reads %j as %j', (raw, value) => {
		expect(read(text(LABEL), raw)).toBe(value);
	});

	it.each([[['a', 'b']], [{ a: 1 }]])('refuses %j', (raw) => expectRefused(text(LABEL), raw));
});

describe('longText', () => {
	it('has a box of several lines, which it keeps', () => {
		expect(longText(LABEL).property).toMatchObject({ type: 'string', typeOptions: { rows: 5 } });
		expect(read(longText(LABEL), ' # one\n\ntwo\n')).toBe('# one\n\ntwo');
	});
});

describe('clearable', () => {
	it.each([[' x ', 'x'], ['', null], ['  ', null], [undefined, null], [null, null]])('reads %j as %j', (raw, value) => {
		expect(read(clearable(LABEL), raw)).toBe(value);
	});

	it('stands by itself, so that an empty one is meant', () => {
		expect(clearable(LABEL, { wire: 'sample_alias', place: 'body' })).toMatchObject({ collection: undefined, wire: 'sample_alias', place: 'body', property: { default: '' } });
	});

	it('refuses what is no text', () => expectRefused(clearable(LABEL), {}));
});

describe('secret', () => {
	it('is shown as dots and never repeated', () => {
		expect(secret(LABEL)).toMatchObject({ personal: true, property: { type: 'string', typeOptions: { password: true } } });
	});
});

describe('id', () => {
	it('is a required part of the path, or what else is said', () => {
		expect(id(LABEL)).toMatchObject({ place: 'path', collection: undefined, property: { type: 'string', required: true } });
		expect(id(LABEL, { place: 'query', wire: 'q' })).toMatchObject({ place: 'query', wire: 'q', property: { required: true } });
	});
});

describe('locator', () => {
	it('offers the searchable list and the ID', () => {
		const { property } = locator('File', { list: 'searchFiles', required: true, idPlaceholder: 'e.g. f1' });
		expect(property).toMatchObject({ type: 'resourceLocator', default: { mode: 'list', value: '' } });
		expect(property.modes).toEqual([
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a file...', typeOptions: { searchListMethod: 'searchFiles', searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. f1' },
		]);
	});

	it('refuses what is no text', () => expectRefused(locator(LABEL, { list: 'search' }), { mode: 'id' }));
});

describe('choice', () => {
	it('shows its options, the first one chosen', () => {
		expect(choice(LABEL, OPTIONS).property).toMatchObject({ type: 'options', options: OPTIONS, default: 'F' });
	});

	it('lets an expression give a value that is not among them', () => expect(read(choice(LABEL, OPTIONS), ' X ')).toBe('X'));
	it('refuses a list', () => expectRefused(choice(LABEL, OPTIONS), ['F', 'M']));
});

describe.each([
	['choices', choices(LABEL, OPTIONS), choices(LABEL, OPTIONS, { required: true })],
	['list', list(LABEL), list(LABEL, { required: true })],
])('%s', (_kind, field, required) => {
	it.each([
		['a', ['a']],
		[' a, b ,c', ['a', 'b', 'c']],
		['a,,b,', ['a', 'b']],
		[['a', ' b ', '', 5], ['a', 'b', '5']],
		[7, ['7']],
	])('reads %j as %j', (raw, value) => expect(read(field, raw)).toEqual(value));

	it.each([[[{ a: 1 }]], [[['a']]], [{ a: 1 }]])('refuses %j', (raw) => expectRefused(field, raw));

	it.each([[[]], [','], [' , '], [['', ' ']]])('takes %j, which names nothing, as nothing', (raw) => {
		expect(read(field, raw)).toBeUndefined();
		expectRefused(required, raw);
	});
});

describe('list', () => {
	it('shows its default as a text', () => {
		const field = list(LABEL, { default: ['a', 'b'] });
		expect(field.property.default).toBe('a, b');
		expect([read(field, ''), read(field, field.property.default)]).toEqual([['a', 'b'], ['a', 'b']]);
		expect(list(LABEL).property.default).toBe('');
	});
});

describe('flag', () => {
	it.each([[true, true], [false, false], ['true', true], [' False ', false], ['TRUE', true]])('reads %j as %j', (raw, value) => {
		expect(read(flag(LABEL), raw)).toBe(value);
	});

	it.each(['yes', 'no', '1', 1, 0, 'truthy', [[true, false]], {}])('refuses %j', (raw) => expectRefused(flag(LABEL), raw));
});

describe('number', () => {
	it.each([[5, 5], ['5', 5], [' 2.5 ', 2.5], ['-3', -3], [0, 0], ['1e3', 1000]])('reads %j as %j', (raw, value) => {
		expect(read(number(LABEL), raw)).toBe(value);
	});

	it.each(['five', '5 MB', '1,5', NaN, Infinity, '-Infinity', {}, [[1, 2]]])('refuses %j', (raw) => expectRefused(number(LABEL), raw));

	it.each([[true], [[5]], [new Date(0)]])('refuses %j, which is none', (raw) => expectRefused(number(LABEL), raw));

	it('keeps to its bounds, which it accepts themselves', () => {
		const field = number(LABEL, { min: 1, max: 10 });
		expect([read(field, 1), read(field, '10')]).toEqual([1, 10]);
		for (const raw of [0, 0.999, 10.001, '11', -1]) {
			expectRefused(field, raw);
			expect(refusal(field, raw).description).toBe('Give a number from 1 up to 10');
		}
	});

	it('wants a whole number where it says so', () => {
		const field = number(LABEL, { whole: true, min: 0 });
		expect(read(field, '5.0')).toBe(5);
		expectRefused(field, 5.5);
		expect(refusal(field, 5.5).description).toBe('Give a whole number from 0');
	});

	it('shows its bounds in the editor, and begins at the lowest', () => {
		expect(number(LABEL, { min: 3, max: 9, whole: true }).property).toMatchObject({ type: 'number', default: 3, typeOptions: { minValue: 3, maxValue: 9, numberPrecision: 0 } });
		expect(number(LABEL).property.default).toBe(0);
	});
});

describe('day', () => {
	it.each([
		['2026-03-31', 'UTC', '2026-03-31'],
		[' 2026-03-31 ', 'Asia/Tokyo', '2026-03-31'],
		['2026-03-31T00:00:00', 'America/New_York', '2026-03-31'],
		['2026-03-31 23:59', 'Asia/Tokyo', '2026-03-31'],
		['2026-03-31T20:00:00Z', 'Europe/Berlin', '2026-03-31'],
		['2026-03-31T22:00:00Z', 'Europe/Berlin', '2026-04-01'],
		['2026-01-01T03:00:00.000Z', 'America/New_York', '2025-12-31'],
		['2026-03-31T23:30:00-05:00', 'UTC', '2026-04-01'],
		['2026-03-31T00:30:00+0200', 'UTC', '2026-03-30'],
		['2026-03-31T12:00:00+02:00', 'Pacific/Kiritimati', '2026-04-01'],
		[new Date('2026-03-31T15:00:00Z'), 'Asia/Tokyo', '2026-04-01'],
		[new Date('2026-03-31T15:00:00Z'), 'UTC', '2026-03-31'],
		['2024-02-29', 'UTC', '2024-02-29'],
	])('reads %j in %s as %s', (raw, timezone, date) => {
		expect(read(day(LABEL), raw, timezone)).toBe(date);
	});

	it.each(['31.03.2026', '03/31/2026', '2026-3-1', '2026-13-01', '2026-00-10', '2026-01-32', 'tomorrow', '2026', '2026-03-31T', '2026-03-31T25:00:00Z', '2026-03-31 and more', 20260331, {}, true])('refuses %j', (raw) => {
		expectRefused(day(LABEL), raw);
	});

	it.each(['2026-02-30', '2025-02-29', '2026-04-31', '2026-02-30T10:00:00Z', '2026-02-30T10:00:00'])('refuses %s, a day that no month has', (raw) => {
		expectRefused(day(LABEL), raw);
	});

	it('refuses a Date that is none', () => expectRefused(day(LABEL), new Date('nonsense')));

	it('is chosen from a calendar', () => expect(day(LABEL).property).toMatchObject({ type: 'dateTime', default: '' }));
});

describe('json', () => {
	it.each([
		['{"a": [1, "é"]}', { a: [1, 'é'] }],
		['[1, 2]', [1, 2]],
		['[]', []],
		['{}', {}],
		[{ a: { b: 1 } }, { a: { b: 1 } }],
		[{}, {}],
		[[{ a: 1 }], [{ a: 1 }]],
	])('reads %j', (raw, value) => expect(read(json(LABEL), raw)).toEqual(value));

	it.each(['{a: 1}', '{"a": 1', "{'a': 1}", 'text', '[1,]'])('refuses %j', (raw) => expectRefused(json(LABEL), raw));

	it('repeats nothing of a text that it refuses', () => {
		const { message, description } = refusal(json(LABEL), '{"patient": "Jane Doe"');
		expect(`${message} ${description}`).not.toContain('Jane');
	});

	it('is edited as JSON', () => expect(json(LABEL).property).toMatchObject({ type: 'json', default: '' }));
});

describe('inputFile', () => {
	it('names a field of the item, and goes out as a part', () => {
		const field = inputFile('Input Data Field Name', { required: true, wire: 'file' });
		expect(field).toMatchObject({ place: 'part', wire: 'file', property: { type: 'string', default: 'data' } });
		expect(read(field, ' genotypes ')).toBe('genotypes');
	});

	it('may be the file itself', () => {
		const file = { mimeType: 'text/plain', data: 'eA==' };
		expect(read(inputFile(LABEL, { required: true }), file)).toBe(file);
	});

	it('refuses what is neither name nor file', () => expectRefused(inputFile(LABEL, {}), { data: 'x' }));
});

describe('mapper', () => {
	const field = mapper(LABEL, { ...MAPPED, default: {} });

	it('is n8n\'s resource mapper, whose fields the node loads', () => {
		expect(field.property).toMatchObject({ type: 'resourceMapper', default: { mappingMode: 'defineBelow', value: null }, typeOptions: { loadOptionsDependsOn: ['workflowId.value'], resourceMapper: { resourceMapperMethod: 'getFields', mode: 'add', fieldWords: { singular: 'input', plural: 'inputs' } } } });
	});

	it('gives the values by the IDs of the fields, without those that are empty', () => {
		const value = { Reads: 'id', 'A "b".c': ['x'], Lines: 0, Keep: false, Empty: ' ', Nothing: null, None: [] };
		expect(read(field, { mappingMode: 'defineBelow', value, schema: [] })).toEqual({ Reads: 'id', 'A "b".c': ['x'], Lines: 0, Keep: false });
	});

	it.each([[undefined], [{ mappingMode: 'defineBelow', value: null }], [{}]])('takes %j as no values', (raw) => {
		expect(read(field, raw)).toEqual({});
	});

	it.each([[{ value: 'text' }], [{ value: 5 }]])('refuses %j', (raw) => expectRefused(field, raw));
});
