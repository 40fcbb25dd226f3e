/**
 * What must not compile, and the types that values have: checked by `tsc -p tsconfig.tools.json`, which fails when a
 * line after "@ts-expect-error" does compile.
 */
import { choices, day, flag, id, inputFile, json, list, locator, number, text } from '../../nodes/shared/field.ts';
import { program, request, type Operation, type PathNames } from '../../nodes/shared/operation.ts';
import type { IDataObject } from 'n8n-workflow';

/** Compiles where both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
function sameType<_Checked extends true>(): void {}

const words = { name: 'Rename', action: 'Rename tag', description: 'Give a tag another name' };
const tagId = id('Tag ID');
const declared: Operation[] = [];

describe('a path', () => {
	it('may have the names of its fields', () => {
		declared.push(
			request({ ...words, request: 'GET tags', fields: {} }),
			request({ ...words, request: 'PUT tags/{tagId}', fields: { tagId, name: text('Name', { place: 'body' }) } }),
			request({ ...words, request: 'GET lists/{listId}/tags/{tagId}?all=1', fields: { tagId, listId: id('List ID') } }),
			request({ ...words, request: 'GET tools/{+toolId}', fields: { toolId: id('Tool ID') } }),
			request({ ...words, request: 'GET tags/{tagId}', fields: { tagId: locator('Tag', { list: 'searchTags', place: 'path', required: true }) } }),
			request({ ...words, request: 'GET tags/{kind}', fields: { kind: text('Kind', { place: 'path', default: 'own' }) } }),
		);
	});

	it('has no name without a field', () => {
		// @ts-expect-error tagId has no field
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: {} }));
		// @ts-expect-error listId has no field
		declared.push(request({ ...words, request: 'GET lists/{listId}/tags/{tagId}', fields: { tagId } }));
		// @ts-expect-error the name is written in another way
		declared.push(request({ ...words, request: 'GET tags/{tagID}', fields: { tagId } }));
		// @ts-expect-error a name that keeps slashes needs a field too
		declared.push(request({ ...words, request: 'GET tools/{+toolId}', fields: {} }));
	});

	it('has every path field in it', () => {
		// @ts-expect-error tagId is not in the path
		declared.push(request({ ...words, request: 'GET tags', fields: { tagId } }));
		// @ts-expect-error listId is not in the path
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: { tagId, listId: id('List ID') } }));
	});

	it('has only fields that always have a value, and a text', () => {
		// @ts-expect-error the field is not required
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: { tagId: text('Tag ID', { place: 'path' }) } }));
		// @ts-expect-error the locator is not required
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: { tagId: locator('Tag', { list: 'searchTags', place: 'path' }) } }));
		// @ts-expect-error a list is no segment of a path
		declared.push(request({ ...words, request: 'GET tags/{tagIds}', fields: { tagIds: list('Tag IDs', { place: 'path', required: true }) } }));
		// @ts-expect-error the field goes into the query
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: { tagId: id('Tag ID', { place: 'query' }) } }));
		// @ts-expect-error the field has no place, so it goes into the query
		declared.push(request({ ...words, request: 'GET tags/{tagId}', fields: { tagId: text('Tag ID', { required: true }) } }));
	});

	it('stands after a method', () => {
		// @ts-expect-error there is no method
		declared.push(request({ ...words, request: 'tags', fields: {} }));
		// @ts-expect-error there is no such method
		declared.push(request({ ...words, request: 'FETCH tags', fields: {} }));
	});

	it('tells its names', () => {
		sameType<Same<PathNames<'GET a/{b}/c/{d}?e={f}'>, 'b' | 'd' | 'f'>>();
		sameType<Same<PathNames<'GET tools/{+toolId}'>, 'toolId'>>();
		sameType<Same<PathNames<'GET tools'>, never>>();
	});
});

describe('an operation', () => {
	it('says what it is', () => {
		// @ts-expect-error it has no action
		declared.push(request({ name: 'Rename', description: 'x', request: 'GET tags', fields: {} }));
	});

	it('hands typed values to its functions', () => {
		declared.push(program({
			...words,
			fields: {
				tagId,
				name: text('Name', { required: true }),
				note: text('Note'),
				sort: text('Sort', { default: 'name' }),
				tag: locator('Tag', { list: 'searchTags', required: true }),
				other: locator('Other', { list: 'searchTags' }),
				tags: list('Tags'),
				kinds: choices('Kinds', [{ name: 'A', value: 'a' }], { required: true }),
				deep: flag('Deep'),
				fast: flag('Fast', { default: true }),
				count: number('Count', { min: 1 }),
				age: number('Age', { required: true }),
				born: day('Born'),
				more: json('More'),
				file: inputFile('File', { required: true }),
			},
			async run({ values }) {
				sameType<Same<typeof values, {
					tagId: string;
					name: string;
					note: string | undefined;
					sort: string;
					tag: string;
					other: string | undefined;
					tags: string[] | undefined;
					kinds: string[];
					deep: boolean | undefined;
					fast: boolean;
					count: number | undefined;
					age: number;
					born: string | undefined;
					more: IDataObject | IDataObject[] | undefined;
					file: string;
				}>>();
				// @ts-expect-error there is no such field
				return { json: { x: values.nothing as unknown as string } };
			},
		}));
	});

	it('hands the same values to what makes its result', () => {
		declared.push(request({
			...words,
			request: 'GET tags/{tagId}',
			fields: { tagId, note: text('Note') },
			unwrap: (_answer: IDataObject, values) => {
				sameType<Same<typeof values.note, string | undefined>>();
				return values.tagId;
			},
			file: (values) => {
				sameType<Same<typeof values.tagId, string>>();
				return { name: values.tagId, mimeType: 'text/plain' };
			},
		}));
	});
});

afterAll(() => {
	// the checks above are the compiler's; here the declarations only have to load
	expect(declared.length).toBeGreaterThan(20);
	for (const { name } of declared) expect(name).toBe('Rename');
});
