import { ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { check } from '../../nodes/GenoEx/formats/check.ts';
import { read, write, type Format, type GenoExRecord } from '../../nodes/GenoEx/formats/format.ts';
import { format706 } from '../../nodes/GenoEx/formats/format706.ts';
import { format711 } from '../../nodes/GenoEx/formats/format711.ts';
import { lines, type Line } from '../../nodes/GenoEx/formats/lines.ts';
import { sourceOf } from '../../nodes/GenoEx/formats/source.ts';
import { inPieces, toCsv, toNdjson } from '../../nodes/GenoEx/formats/tables.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { zip } from '../../nodes/shared/zip.ts';
import { liveMemory } from '../live-memory.mts';

const UUIDS = ['a8631bc5-d444-40d0-a8bc-ff9abef87172', 'c4dad65a-56ff-470f-9ad5-c1ddd89c25f0'];
const SAMPLE_706 = `706;BSW;ITA;M;000000T00001;ORGA;${UUIDS[0]};Sim Lab;S0001;;12_a;012501210250\n706;HOL;NLD;F;000000T00002;ORGA;${UUIDS[1]};Sim Lab;Missing;;12_a;222115500012\n`;
const SAMPLE_711 = `711;BSW;ITA;M;000000T00001;${UUIDS[0]};ORGB,ORGC\n711;HOL;NLD;F;000000T00002;${UUIDS[1]};\n`;
const [LINE_706] = SAMPLE_706.split('\n');
const [LINE_711] = SAMPLE_711.split('\n');

/** A format with a line of it that is right. */
const FORMATS: Array<[string, Format, string]> = [['706', format706, LINE_706], ['711', format711, LINE_711]];

async function* given<T>(...values: T[]): AsyncGenerator<T> {
	yield* values;
}

const bytesOf = (text: string, size = 1 << 16) => given(...Array.from({ length: Math.ceil(Buffer.byteLength(text) / size) }, (_none, i) => Buffer.from(text).subarray(i * size, (i + 1) * size)));

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const value of values) list.push(value);
	return list;
}

const textOf = async (pieces: AsyncIterable<Uint8Array>) => Buffer.concat(await all(pieces)).toString('utf8');

const linesOf = async (text: string, size?: number) => await all(lines(bytesOf(text, size)));

const caught = (action: () => unknown): unknown => {
	try {
		action();
	} catch (cause) {
		return cause;
	}
	return undefined;
};

const rejected = async (promise: Promise<unknown>) => await promise.then(() => undefined, (cause: unknown) => cause);

/** The line with other texts in some of its fields. */
const changed = (line: string, changes: Record<number, string>) => line.split(';').map((field, i) => changes[i] ?? field).join(';');

describe('lines', () => {
	const TEXT = 'one\n\ntwo\r\n\r\nthree 猫\n  \n"four"';
	const LINES: Line[] = [{ number: 1, text: 'one' }, { number: 3, text: 'two' }, { number: 5, text: 'three 猫' }, { number: 6, text: '  ' }, { number: 7, text: '"four"' }];

	it('are the same however the bytes are cut', async () => {
		for (let size = 1; size <= Buffer.byteLength(TEXT); size++) expect(await linesOf(TEXT, size)).toEqual(LINES);
		for (let at = 0; at <= Buffer.byteLength(TEXT); at++) {
			const bytes = Buffer.from(TEXT);
			expect(await all(lines(given(bytes.subarray(0, at), bytes.subarray(at))))).toEqual(LINES);
		}
	});

	it.each([['', 0], ['\n', 0], ['\r\n\r\n', 0], ['a', 1], ['a\n', 1], ['a\r\n', 1], ['a\r', 1]])('of %j are %i', async (text, count) => {
		const found = await linesOf(text);
		expect(found).toHaveLength(count);
		if (count > 0) expect(found).toEqual([{ number: 1, text: 'a' }]);
	});

	it('of any text are those between its line ends', async () => {
		const text = fc.string({ unit: fc.constantFrom('\n', '\r\n', 'a', '7', ';', 'é') });
		await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (content, size) => {
			const expected = content.split(/\r?\n/).map((line, i) => ({ number: i + 1, text: line })).filter((line) => line.text !== '');
			expect(await linesOf(content, size)).toEqual(expected);
		}), { numRuns: 1000 });
	});

	it('may have a megabyte', async () => {
		const found = await linesOf(`${'0'.repeat(1 << 20)}\n${'1'.repeat(1 << 20)}`);
		expect(found.map(({ number, text }) => [number, text[0], text.length])).toEqual([[1, '0', 1 << 20], [2, '1', 1 << 20]]);
	});

	it('longer than 16 MiB are refused before they have ended', async () => {
		let given = 0;
		const endless = (async function* () {
			yield Buffer.from('first\n');
			for (;;) {
				given += 1 << 20;
				yield Buffer.alloc(1 << 20, '0');
			}
		})();
		const error = await rejected(all(lines(endless)));
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: 'Line 2 is longer than 16 MiB' });
		expect(given).toBeLessThan(18 << 20);
	});

	it('that are short may be many in one piece', async () => {
		expect(await all(lines(given(Buffer.alloc(20 << 20, 'abcdefg\n'))))).toHaveLength((20 << 20) / 8);
	});
});

describe('a line', () => {
	it('of format 706 becomes a record', async () => {
		const [first, second] = (await linesOf(SAMPLE_706)).map(({ text, number }) => read(format706, text, number));
		expect(first).toEqual({
			record_type: '706', breed: 'BSW', country: 'ITA', sex: 'M', animal_number: '000000T00001', organization: 'ORGA', uuid: UUIDS[0],
			laboratory: 'Sim Lab', sample_id: 'S0001', additional: '', array: '12_a', genotypes: '012501210250',
		});
		expect(Object.keys(first)).toEqual(format706.columns.map(({ name }) => name));
		expect(second).toMatchObject({ sample_id: 'Missing', genotypes: '222115500012' });
	});

	it('of format 711 becomes a record, its organizations a list', async () => {
		const [first, second] = (await linesOf(SAMPLE_711)).map(({ text, number }) => read(format711, text, number));
		expect(first).toEqual({ record_type: '711', breed: 'BSW', country: 'ITA', sex: 'M', animal_number: '000000T00001', uuid: UUIDS[0], organizations: ['ORGB', 'ORGC'] });
		expect(second.organizations).toEqual([]);
	});

	/** Position of the field, its label, values that are right, values that are wrong, what is wanted. */
	const COMMON = (at: { uuid: number }): Array<[number, string, string[], string[], string]> => [
		[1, 'Breed', ['HOL'], ['', 'hol', 'HO', 'HOLS', 'H0L', ' HOL'], '3 capital letters'],
		[3, 'Sex', ['M', 'F'], ['', 'm', 'MF', '1'], 'M or F'],
		[4, 'Animal Number', ['000000000001', 'ABCDEF123456', 'abcdef123456'], ['', '1', '0000000000001', '00000000000-', '00000 000001'], '12 letters and digits'],
		[at.uuid, 'UUID', [UUIDS[1], UUIDS[1].toUpperCase()], ['', UUIDS[0].slice(1), `${UUIDS[0]}0`, UUIDS[0].replaceAll('-', ''), UUIDS[0].replace('a', 'g')], 'a UUID'],
	];
	const RULES: Array<[string, Format, string, ReturnType<typeof COMMON>]> = [
		['706', format706, LINE_706, [
			[0, 'Record Type', [], ['', '711', '0706', '706 '], '706'],
			...COMMON({ uuid: 6 }),
			[2, 'Country', ['USA'], ['', '840', 'us', 'USAA'], '3 capital letters'],
			[5, 'Organization', ['ORGB', 'Org-1'], ['', 'ORG A', 'ORGA,ORGB'], 'the code of an organization'],
			[7, 'Laboratory', ['A Lab, 2nd floor', 'Labör'], ['', '  '], 'the name of a laboratory'],
			[8, 'Sample ID', ['Missing', 'a b'], ['', ' '], 'an ID, or the word Missing'],
			[9, 'Additional', [], ['x', ' '], 'empty'],
			[10, 'Array', ['12_b', '12_Z'], ['', 'a_12', '012_a', '12_', '12_ab', '12 a', '12_1'], 'a number of SNPs and a letter, such as 54609_a'],
			[11, 'Genotypes', ['000000000000', '555555555555'], ['', '01250121025', '3', '01250121025A', '0125 1210250'], 'made of the digits 0, 1, 2 and 5'],
		]],
		['711', format711, LINE_711, [
			[0, 'Record Type', [], ['', '706', '7111'], '711'],
			...COMMON({ uuid: 5 }),
			[2, 'Country', ['USA', '840'], ['', '841', 'us', '8400'], '3 capital letters, or 840'],
			[6, 'Organizations', ['', 'ORGB', 'A,B,C'], [',', 'A,', 'A,,B', 'A, B', 'A B'], 'a list of codes of organizations, separated by commas'],
		]],
	];
	const GOOD = RULES.flatMap(([name, format, line, fields]) => fields.flatMap(([at, label, good]) => good.map((value) => [name, label, value, format, changed(line, { [at]: value })] as const)));
	const BAD = RULES.flatMap(([name, format, line, fields]) => fields.flatMap(([at, label, , bad, wants]) => bad.map((value) => [name, label, value, format, changed(line, { [at]: value }), wants] as const)));

	it.each(GOOD)('%s: "%s" may be %j', (_name, _label, _value, format, line) => {
		expect(write(format, read(format, line, 1), 'Record 1')).toBe(line);
	});

	it.each(BAD)('%s: "%s" may not be %j', (name, label, value, format, line, wants) => {
		const error = caught(() => read(format, line, 3));
		const message = label === 'Genotypes' && /^[0125]+$/.test(value) ? '"Genotypes" does not have as many digits as "Array" has SNPs' : `"${label}" is not ${wants}`;
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: `Line 3: ${message}`, description: expect.stringContaining(`format ${name}`) });
	});

	it.each([
		['706', 'August 2020, without an organization', format706, `706;BSW;ITA;M;000000T00001;${UUIDS[0]};54609;Sim Lab;S0001;;012501210250`],
		['706', 'October 2020, with an array without its letter', format706, changed(LINE_706, { 10: '12' })],
		['711', 'before version 1.1, with an array before the organizations', format711, `711;BSW;ITA;M;000000T00001;${UUIDS[0]};54609;ORGB`],
		['711', 'before version 1.1, with an array before the organizations', format711, `711;BSW;ITA;M;000000T00001;${UUIDS[0]};54609_a;`],
	])('%s: the old layout of %s is named', (name, about, format, line) => {
		expect(caught(() => read(format, line, 9))).toMatchObject({
			message: `Line 9: This is an old layout of format ${name}: of ${about}`,
			description: expect.stringMatching(/^A line of format .* Record Type, Breed, Country/),
		});
	});

	it.each([['706', format706, '706;HOL', '2 fields instead of 12'], ['706', format706, '706', '1 field instead of 12'], ['706', format706, `${LINE_706};`, '13 fields instead of 12'], ['711', format711, '711;HOL;NLD;F;000000T00002', '5 fields instead of 7']])('%s: the number of fields must be right', (_name, format, line, message) => {
		expect(caught(() => read(format, line, 2))).toMatchObject({ message: `Line 2: ${message}` });
	});

	it('of the other format is told by its record type', () => {
		expect(caught(() => read(format706, LINE_711, 1))).toMatchObject({ message: 'Line 1: "Record Type" is not 706' });
		expect(caught(() => read(format711, LINE_706, 1))).toMatchObject({ message: 'Line 1: "Record Type" is not 711' });
	});

	it('never stands in a message, nor does a value of it', () => {
		const field = fc.string({ unit: fc.constantFrom('X', '9', '~', 'secret') , minLength: 6 });
		fc.assert(fc.property(fc.constantFrom(...FORMATS), fc.nat(), field, ([, format, line], at, value) => {
			const position = at % format.columns.length;
			const error = caught(() => read(format, changed(line, { [position]: `~${value}~` }), 1)) as Problem | undefined;
			for (const text of error ? [error.message, error.description ?? ''] : []) {
				expect(text).not.toContain(value);
				for (const confidential of ['T00001', UUIDS[0], '012501210250', 'ORGA', 'ORGB']) expect(text).not.toContain(confidential);
			}
		}), { numRuns: 500 });
	});
});

describe('a record', () => {
	const record706 = () => read(format706, LINE_706, 1);

	it('is written with what may be left out', () => {
		const { record_type: _type, sample_id: _sample, additional: _additional, ...rest } = record706();
		expect(write(format706, { ...rest, animal_number: 'T00001', unknown: 'left out' }, 'Record 1')).toBe(changed(LINE_706, { 8: 'Missing' }));
		expect(write(format706, { ...rest, animal_number: 17, sample_id: '' }, 'Record 1')).toBe(changed(LINE_706, { 4: '000000000017', 8: 'Missing' }));
		expect(write(format706, { ...record706(), sample_id: null, breed: ' BSW ' }, 'Record 1')).toBe(changed(LINE_706, { 8: 'Missing' }));
	});

	it.each([[['ORGB', 'ORGC'], 'ORGB,ORGC'], ['ORGB, ORGC ,', 'ORGB,ORGC'], [' ORGB ', 'ORGB'], [[], ''], ['', ''], [undefined, ''], [null, '']])('has organizations %j written as %j', (organizations, text) => {
		expect(write(format711, { ...read(format711, LINE_711, 1), organizations }, 'Record 1')).toBe(changed(LINE_711, { 6: text }));
	});

	it.each(['breed', 'country', 'sex', 'animal_number', 'organization', 'uuid', 'laboratory', 'array', 'genotypes'])('without its %s is refused', (name) => {
		const { label } = format706.columns.find((column) => column.name === name) as { label: string };
		for (const value of [undefined, null, '', '  ']) expect(caught(() => write(format706, { ...record706(), [name]: value }, 'Record 4'))).toMatchObject({ message: `Record 4: "${label}" is missing` });
	});

	it.each([
		['a;b', 'holds a semicolon or a line break'],
		['a\nb', 'holds a semicolon or a line break'],
		['a\rb', 'holds a semicolon or a line break'],
		[{ name: 'Lab' }, 'is not text'],
		[['Lab'], 'is not text'],
	])('with the laboratory %j is refused', (laboratory, what) => {
		const error = caught(() => write(format706, { ...record706(), laboratory }, 'Record 2'));
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: `Record 2: "Laboratory" ${what}` });
	});

	it.each([[{ record_type: '711' }, '"Record Type" is not 706'], [{ additional: 'x' }, '"Additional" is not empty'], [{ breed: 'hol' }, '"Breed" is not 3 capital letters'], [{ genotypes: '0125' }, '"Genotypes" does not have as many digits as "Array" has SNPs'], [{ animal_number: '1234567890123' }, '"Animal Number" is not 12 letters and digits']])('with %j is refused', (changes, what) => {
		expect(caught(() => write(format706, { ...record706(), ...changes }, 'Record 7'))).toMatchObject({ message: `Record 7: ${what}` });
	});
});

describe('records that are written, zipped, unzipped and read are the same', () => {
	const letters = (count: number) => fc.string({ unit: fc.constantFrom('A', 'B', 'M', 'Z'), minLength: count, maxLength: count });
	const words = fc.string({ unit: fc.constantFrom('a', 'Q', '7', '-', '.', ',', '"', ' ', 'ü'), minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text);
	const code = fc.string({ unit: fc.constantFrom('A', 'B', '1', '-'), minLength: 1, maxLength: 6 });
	const animal = { breed: letters(3), sex: fc.constantFrom('M', 'F'), animal_number: fc.string({ unit: fc.constantFrom('0', '9', 'T', 'x'), minLength: 12, maxLength: 12 }), uuid: fc.uuid() };
	const genotype = fc.array(fc.constantFrom('0', '1', '2', '5'), { minLength: 1, maxLength: 40 }).map((all) => ({ array: `${all.length}_a`, genotypes: all.join('') }));
	const record706 = fc.tuple(fc.record({ record_type: fc.constant('706'), ...animal, country: letters(3), organization: code, laboratory: words, sample_id: words, additional: fc.constant('') }), genotype).map(([record, more]): GenoExRecord => ({ ...record, ...more }));
	const record711 = fc.record({ record_type: fc.constant('711'), ...animal, country: fc.oneof(letters(3), fc.constant('840')), organizations: fc.array(code, { maxLength: 5 }) }) as fc.Arbitrary<GenoExRecord>;

	it.each([['706', format706, record706], ['711', format711, record711]])('10,000 of format %s', async (_name, format, arbitrary) => {
		const records = fc.sample(arbitrary, 10_000);
		const text = () => inPieces(given(...records.map((record, i) => `${write(format, record, `Record ${i + 1}`)}\n`)));
		const bytes = Buffer.concat(await all(zip(format.innerNames[0], text())));
		const content = await sourceOf(format, { name: 'x.zip', open: () => given(bytes) }, { strictName: true });
		const back = (await all(lines(content))).map((line) => read(format, line.text, line.number));
		expect(back).toEqual(records);
		expect(back.map((record, i) => `${write(format, record, `Record ${i + 1}`)}\n`).join('')).toBe(await textOf(text()));
	});
});

describe('check', () => {
	const found = async (format: Format, text: string) => await check(format, lines(bytesOf(text)));

	it.each([['706', format706, SAMPLE_706], ['711', format711, SAMPLE_711]])('finds nothing in the sample of %s', async (_name, format, sample) => {
		expect(await found(format, sample)).toEqual({ records: 2, faults: [] });
		expect(await found(format, sample.replaceAll('\n', '\r\n'))).toEqual({ records: 2, faults: [] });
	});

	it('finds the faults of all lines, and UUIDs that stand twice', async () => {
		const text = `${SAMPLE_706}\n${changed(LINE_706, { 1: 'x' })}\n${changed(LINE_706, { 6: UUIDS[1].toUpperCase() })}\n`;
		expect(await found(format706, text)).toEqual({ records: 4, faults: ['Line 4: "Breed" is not 3 capital letters', 'Line 5: "UUID" stands in an earlier line too'] });
	});

	it('gives the first 20 faults and reads on', async () => {
		const { records, faults } = await found(format711, `${'711;\n'.repeat(5000)}${LINE_711}`);
		expect(records).toBe(5001);
		expect(faults).toEqual(Array.from({ length: 20 }, (_none, i) => `Line ${i + 1}: 2 fields instead of 7`));
	});

	it('does not hide that a file breaks', async () => {
		const failure = new Error('storage is gone');
		const broken = (async function* () {
			yield Buffer.from(SAMPLE_706);
			throw failure;
		})();
		expect(await rejected(check(format706, lines(broken)))).toBe(failure);
	});
});

describe('the source of records', () => {
	const zipOf = async (name: string, text: string) => Buffer.concat(await all(zip(name, bytesOf(text))));
	const file = (bytes: Uint8Array, size = bytes.length || 1) => ({ name: 'x.zip', open: () => given(...Array.from({ length: Math.ceil(bytes.length / size) }, (_none, i) => bytes.subarray(i * size, (i + 1) * size))) });
	const EMPTY_ZIP = Buffer.from('PK\u0005\u0006'.padEnd(22, '\0'), 'latin1');

	it.each([1, 3, 1 << 16])('is the text itself, or the file in a zip, in pieces of %i bytes', async (size) => {
		expect(await textOf(await sourceOf(format706, file(Buffer.from(SAMPLE_706), size)))).toBe(SAMPLE_706);
		expect(await textOf(await sourceOf(format706, file(await zipOf('genotypes.csv', SAMPLE_706), size)))).toBe(SAMPLE_706);
		expect(await textOf(await sourceOf(format706, file(Buffer.from('7'), size)))).toBe('7');
		expect(await textOf(await sourceOf(format706, file(Buffer.from(''), size)))).toBe('');
	});

	it.each([['706', 'genotypes.csv', format706], ['706', '706_file.csv', format706], ['711', '711_file.csv', format711]])('of %s may be named %s in a submission', async (_code, name, format) => {
		expect(await textOf(await sourceOf(format, file(await zipOf(name, 'x')), { strictName: true }))).toBe('x');
	});

	it('may have any name when it is only read', async () => {
		const bytes = await zipOf('extract.txt', SAMPLE_706);
		expect(await textOf(await sourceOf(format706, file(bytes)))).toBe(SAMPLE_706);
		const error = await rejected(sourceOf(format706, file(bytes), { strictName: true }));
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: 'There is no genotypes.csv or 706_file.csv in "x.zip"', description: 'The zip holds extract.txt. The file of format 706 in it must be named genotypes.csv' });
	});

	it('is the file with the right name among several, or is missing with the names that are there', async () => {
		const several = async (names: string[]) => {
			const pieces: Uint8Array[] = [];
			const writer = new ZipWriter(new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) }));
			for (const name of names) await writer.add(name, ReadableStream.from([Buffer.from(`in ${name}`)]));
			await writer.close();
			return file(Buffer.concat(pieces));
		};
		for (const strictName of [true, false]) expect(await textOf(await sourceOf(format706, await several(['a', 'genotypes.csv', 'b']), { strictName }))).toBe('in genotypes.csv');
		expect(await rejected(sourceOf(format706, await several(['a', 'x/genotypes.csv'])))).toMatchObject({ description: expect.stringContaining('holds a, x/genotypes.csv. ') });
		expect(await rejected(sourceOf(format711, await several(['a', 'b', 'c', 'd', 'e', 'f'])))).toMatchObject({ description: expect.stringContaining('holds 6 files, among them a, b, c, d, e. ') });
	});

	it('is missing in an empty zip', async () => {
		expect(await rejected(sourceOf(format711, file(EMPTY_ZIP)))).toMatchObject({ message: 'There is no 711_file.csv in "x.zip"', description: expect.stringContaining('holds no file') });
	});

	it('must be a zip that can be read if it begins like one', async () => {
		expect(await rejected(sourceOf(format706, file(Buffer.from('PK\u0003\u0004 and no more'))))).toMatchObject({ message: '"x.zip" is not a zip file that can be read' });
	});
});

describe('tables', () => {
	const records: GenoExRecord[] = [{ uuid: UUIDS[0], laboratory: 'Lab "1", left', organizations: ['ORGB', 'ORGC'] }, { uuid: UUIDS[1], laboratory: 'Lab\n2', organizations: [] }];

	it('of NDJSON have an object a line, with the columns that are wanted', async () => {
		const text = await textOf(toNdjson(given(...records), ['organizations', 'uuid']));
		expect(text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(records.map(({ organizations, uuid }) => ({ organizations, uuid })));
	});

	it('of CSV quote what must be quoted', async () => {
		expect(await textOf(toCsv(given(...records), ['uuid', 'laboratory', 'organizations']))).toBe(`uuid,laboratory,organizations\n${UUIDS[0]},"Lab ""1"", left","ORGB,ORGC"\n${UUIDS[1]},"Lab\n2",\n`);
	});

	it('without records are empty, or have their names', async () => {
		expect(await textOf(toNdjson(given(), ['uuid']))).toBe('');
		expect(await textOf(toCsv(given(), ['uuid', 'sex']))).toBe('uuid,sex\n');
	});

	it('come in pieces of as many rows as 64 KiB hold, none before it is due', async () => {
		let taken = 0;
		const many = (async function* () {
			for (let i = 0; i < 1000; i++) {
				taken += 1;
				yield { genotypes: '0'.repeat(1000) };
			}
		})();
		const pieces = toCsv(many, ['genotypes']);
		const first = (await pieces.next()).value as Buffer;
		expect(taken).toBeLessThan(70);
		const sizes = [first, ...(await all(pieces))].map(({ length }) => length);
		// room is left for a row of 1,000 characters, which may be of three bytes each
		expect(sizes.slice(0, -1).every((size) => size > (1 << 16) - 2 * 3003 && size <= 1 << 16)).toBe(true);
		expect(sizes.reduce((a, b) => a + b)).toBe('genotypes\n'.length + 1000 * 1001);
	});

	it('have long values as pieces by themselves, and each value as JSON has it', async () => {
		const written = [{ uuid: UUIDS[0], genotypes: '012'.repeat(30_000), laboratory: `"${'x'.repeat(9_000)}` }, { uuid: UUIDS[1], genotypes: '', laboratory: 'Lab\n2' }];
		const pieces = await all(toNdjson(given(...written), ['uuid', 'genotypes', 'laboratory']));
		expect(pieces.map(({ length }) => length)).toContain(90_000);
		expect(Buffer.concat(pieces).toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(written);
	});
});

it('records without their genotypes do not hold the lines they come from', async () => {
	const { length } = Array.from({ length: 3000 });
	const genotypes = '0'.repeat(54_609);
	const kept: unknown[] = [];
	const before = liveMemory();
	for (let i = 0; i < length; i++) {
		const line = Buffer.from(changed(LINE_706, { 10: '54609_a', 11: genotypes })).toString('utf8');
		const { genotypes: _left, ...record } = read(format706, line, i + 1);
		kept.push(record);
	}
	expect(kept).toHaveLength(length);
	// 164 MB of lines
	expect((liveMemory() - before) / 1e6).toBeLessThan(64);
});
