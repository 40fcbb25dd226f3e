import type { IDataObject } from 'n8n-workflow';
import { checkedInputs, type InputFormat } from '../../nodes/Galaxy/running/inputs.ts';
import type { Parameter } from '../../nodes/Galaxy/running/parameters.ts';
import { fill } from '../../nodes/shared/place.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import type { Connection } from '../../nodes/shared/request.ts';

const data = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, parameter_type: 'gx_data', optional: false, multiple: false, url_default: null, ...more });
const leaf = (name: string): Parameter => ({ name, parameter_type: 'gx_text', optional: true });
const select = (name: string): Parameter => ({ name, parameter_type: 'gx_select', optional: false });

/** A tool with inputs of all kinds that stand in one another. */
const PARAMETERS: Parameter[] = [
	data('reads', { label: 'Reads' }),
	{ name: 'queries', parameter_type: 'gx_repeat', min: 0, parameters: [data('more'), leaf('note')] },
	{
		name: 'reference',
		parameter_type: 'gx_conditional',
		test_parameter: select('source'),
		whens: [
			{ discriminator: 'builtin', is_default_when: true, parameters: [leaf('index')] },
			{ discriminator: 'history', is_default_when: false, parameters: [data('own'), { name: 'deep', parameter_type: 'gx_section', parameters: [leaf('x')] }] },
		],
	},
	{ name: 'many', parameter_type: 'gx_section', parameters: [data('all', { optional: true, multiple: true })] },
	{ name: 'pairs', parameter_type: 'gx_data_collection', optional: true },
	data('remote', { url_default: { url: 'https://example.org/x' } }),
];

async function checked(given: IDataObject, format: InputFormat = '21.01', { parameters = PARAMETERS, purpose = 'run' as 'run' | 'request' } = {}) {
	const connection = { send: async () => parameters } as unknown as Connection;
	return await checkedInputs(connection, { toolId: 'x' }, given, format, purpose);
}

async function refusal(...args: Parameters<typeof checked>): Promise<Problem> {
	const problem = await checked(...args).then(() => undefined, (cause: unknown) => cause);
	expect(problem).toBeInstanceOf(Problem);
	return problem as Problem;
}

const hda = (id: string) => ({ src: 'hda', id });

describe('inputs of a tool', () => {
	it('are the same in both forms', async () => {
		const nested = { reads: hda('1'), queries: [{ more: hda('2'), note: 'n' }, { more: hda('3') }], reference: { source: 'history', own: hda('4'), deep: { x: 'y' } }, many: { all: { values: [hda('5'), hda('6')] } } };
		const flat = { reads: hda('1'), 'queries_0|more': hda('2'), 'queries_0|note': 'n', 'queries_1|more': hda('3'), 'reference|source': 'history', 'reference|own': hda('4'), 'reference|deep|x': 'y', 'many|all': { values: [hda('5'), hda('6')] } };
		expect(await checked(nested)).toEqual({ inputs: nested, flat });
		expect(await checked(flat, 'legacy')).toEqual({ inputs: flat, flat });
	});

	it('are not changed where they were given', async () => {
		const given = { reads: '1' };
		expect((await checked(given)).inputs).toEqual({ reads: hda('1') });
		expect(given).toEqual({ reads: '1' });
	});

	it('that are IDs alone get their kind', async () => {
		const { inputs } = await checked({ reads: ' 1 ', many: { all: ['2', '3'] }, pairs: '4' });
		expect(inputs).toEqual({ reads: hda('1'), many: { all: { values: [hda('2'), hda('3')] } }, pairs: { src: 'hdca', id: '4' } });
	});

	it.each<[string, unknown, unknown]>([
		['a collection', { src: 'hdca', id: 'c' }, { batch: true, values: [{ src: 'hdca', id: 'c' }] }],
		['several IDs', ['1', '2'], { batch: true, values: [hda('1'), hda('2')] }],
		['several values', { values: [hda('1'), hda('2')] }, { batch: true, values: [hda('1'), hda('2')] }],
	])('for one dataset that get %s are mapped over', async (_what, value, expected) => {
		expect((await checked({ reads: value as never })).inputs).toEqual({ reads: expected });
		expect((await checked({ reads: hda('0'), 'queries_0|more': value as never }, 'legacy')).inputs).toMatchObject({ 'queries_0|more': expected });
		const { batch: _batch, ...values } = expected as IDataObject;
		expect((await checked({ reads: value as never }, '21.01', { purpose: 'request' })).inputs).toEqual({ reads: { __class__: 'Batch', ...values } });
	});

	it.each<[string, unknown]>([
		['one value', { values: [hda('1')] }],
		['what is mapped over already', { batch: true, linked: false, values: [{ src: 'hdca', id: 'c' }] }],
		['an element of a collection', { src: 'dce', id: 'e' }],
	])('stay as they are: %s', async (_what, value) => {
		expect((await checked({ reads: value as never })).inputs).toEqual({ reads: value });
	});

	it.each<[string, IDataObject, InputFormat, string]>([
		['nothing', {}, '21.01', 'reads'],
		['null', { reads: null }, '21.01', 'reads'],
		['no values', { reads: { values: [] } }, 'legacy', 'reads'],
		['an empty entry of a repeat', { reads: hda('1'), queries: [{ note: 'n' }] }, '21.01', 'queries_0|more'],
		['the same, flat', { reads: hda('1'), 'queries_2|note': 'n' }, 'legacy', 'queries_2|more'],
		['a case that wants a dataset', { reads: hda('1'), reference: { source: 'history' } }, '21.01', 'reference|own'],
	])('are refused for a dataset that is missing: %s', async (_what, given, format, name) => {
		const problem = await refusal(given, format);
		expect(problem.message).toMatch(`The tool needs a dataset for the input "${name}"`);
		expect(problem.description).toMatch(/"src": "hda".*Nothing was run/);
	});

	it('are refused for a collection that is missing, and for entries that a repeat has at the least', async () => {
		const parameters: Parameter[] = [{ name: 'pairs', parameter_type: 'gx_data_collection' }];
		expect(await refusal({}, '21.01', { parameters })).toMatchObject({ message: 'The tool needs a collection for the input "pairs"', description: expect.stringContaining('"hdca"') });
		const repeat: Parameter[] = [{ name: 'files', parameter_type: 'gx_repeat', min: 1, parameters: [data('file')] }];
		expect((await refusal({}, '21.01', { parameters: repeat })).message).toMatch('"files_0|file"');
		expect((await checked({ files: [] }, '21.01', { parameters: [{ ...repeat[0], min: 0 }] })).inputs).toEqual({ files: [] });
	});

	it.each<[string, IDataObject, InputFormat]>([
		['bogus', { reads: hda('1'), bogus: 1 }, '21.01'],
		['queries_0|bogus', { reads: hda('1'), queries: [{ more: hda('1'), bogus: 1 }] }, '21.01'],
		['reference|own', { reads: hda('1'), reference: { source: 'builtin', own: hda('2') } }, '21.01'],
		['reference', { reads: hda('1'), reference: { source: 'builtin' } }, 'legacy'],
		['queries_x|more', { reads: hda('1'), 'queries_x|more': hda('2') }, 'legacy'],
	])('are refused for the name "%s", which Galaxy would drop', async (name, given, format) => {
		const problem = await refusal(given, format);
		expect(problem.message).toBe(`The tool has no input "${name}"`);
		expect(problem.description).toMatch(/^With these choices its inputs are: reads, /);
	});

	it('are refused for flat names among nested ones', async () => {
		expect(await refusal({ reads: hda('1'), 'reference|source': 'builtin' })).toMatchObject({ message: 'The name of the input "reference|source" is a flat one', description: expect.stringContaining('"Input Format"') });
	});

	it('may hold what Galaxy adds, and a choice that Galaxy has to judge', async () => {
		const given = { reads: hda('1'), queries: [{ __index__: 0, more: hda('2') }], reference: { source: 'none of them', own: null, index: 'i' } };
		expect((await checked(given)).inputs).toEqual(given);
	});

	it('of a tool without any are empty', async () => {
		expect((await refusal({ a: 1 }, '21.01', { parameters: [] })).description).toBe('It has no inputs');
		expect((await checked({}, '21.01', { parameters: [] })).inputs).toEqual({});
	});

	it('must be an object', async () => {
		expect((await refusal([] as never)).message).toBe('"Inputs" is a list');
	});

	it('are left to Galaxy where it does not tell them; what else fails is told', async () => {
		const failing = (status: number) => ({ send: async () => { throw new Problem('no', { status }); } }) as unknown as Connection;
		expect(await checkedInputs(failing(400), { toolId: 'x' }, { anything: 1 }, '21.01')).toEqual({ inputs: { anything: 1 }, flat: { anything: 1 } });
		await expect(checkedInputs(failing(404), { toolId: 'x' }, {}, '21.01')).rejects.toThrow('no');
	});
});

describe('IDs of tools in a path', () => {
	it.each([
		['toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17+galaxy1', 'toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17%2Bgalaxy1'],
		['Show beginning1', 'Show%20beginning1'],
		['a#b/c?d', 'a%23b/c%3Fd'],
	])('keep their slashes: %s', (id, path) => {
		expect(fill('api/tools/{+toolId}/build', { toolId: id })).toBe(`api/tools/${path}/build`);
	});

	it('cannot lead elsewhere', () => {
		expect(() => fill('api/tools/{+toolId}', { toolId: 'a/../../users' })).toThrow('".." cannot be used');
	});
});
