import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Bench, zipped } from './genoex.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const letters = (count: number) => fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: count, maxLength: count });
const word = fc.string({ unit: fc.constantFrom(...'ABCxyz019 -äñ"'), minLength: 1, maxLength: 12 }).map((text) => `L${text.trim()}`);
const genotype = fc.record({
	record_type: fc.constant('706'),
	breed: letters(3),
	country: letters(3),
	sex: fc.constantFrom('M', 'F'),
	animal_number: fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZ'), minLength: 12, maxLength: 12 }),
	organization: letters(4),
	uuid: fc.uuid(),
	laboratory: word,
	sample_id: word,
	additional: fc.constant(''),
	array: fc.constant('12_a'),
	genotypes: fc.string({ unit: fc.constantFrom(...'0125'), minLength: 12, maxLength: 12 }),
});
const permission = fc.record({
	record_type: fc.constant('711'),
	breed: letters(3),
	country: fc.oneof(letters(3), fc.constant('840')),
	sex: fc.constantFrom('M', 'F'),
	animal_number: fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 }),
	uuid: fc.uuid(),
	organizations: fc.array(letters(4), { maxLength: 3 }),
});

const itemsOf = (records: object[]) => records.map((json) => ({ json: json as IDataObject }));

async function build(format: string, records: object[]) {
	const { outputs, error } = await bench.run('file', 'build', { format }, { items: itemsOf(records), credential: undefined });
	if (error) throw error;
	return outputs[0][0];
}

const parse = async (parameters: IDataObject, binary: object) => await bench.run('file', 'parse', { inputField: 'data', ...parameters }, { items: [{ json: {}, binary: binary as never }], credential: undefined });

it.each([['706', genotype, 10_000], ['711', permission, 10_000]] as const)('builds, parses and builds format %s again to the same bytes, 10,000 records', async (format, arbitrary, count) => {
	const records = fc.sample(arbitrary as fc.Arbitrary<IDataObject>, { numRuns: count, seed: 7 });
	const unique = [...new Map(records.map((record) => [record.uuid, record])).values()];
	expect(unique.length).toBeGreaterThan(count - 10);
	const first = await build(format, unique);
	expect(first.json).toMatchObject({ records: unique.length, mimeType: 'application/zip' });
	expect(first.pairedItem).toHaveLength(unique.length);
	const { outputs } = await parse({ format, returnAll: true }, first.binary!);
	expect(outputs[0].map(({ json }) => json)).toEqual(unique);
	const second = await build(format, outputs[0].map(({ json }) => json));
	expect((await bench.engine.bytes(second.binary!.data)).equals(await bench.engine.bytes(first.binary!.data))).toBe(true);
});

it('fills what may be missing, and names what may not', async () => {
	const [record] = fc.sample(genotype, { numRuns: 1, seed: 1 });
	const { sample_id: _sample, record_type: _type, additional: _additional, ...rest } = record;
	const built = await build('706', [{ ...rest, animal_number: 'T1' }]);
	const { outputs } = await parse({}, built.binary!);
	expect(outputs[0][0].json).toEqual({ ...record, sample_id: 'Missing', animal_number: '0000000000T1' });
	await expect(build('706', [{ ...rest, breed: undefined }])).rejects.toMatchObject({ message: 'Record 1: "Breed" is missing' });
	await expect(build('706', [record, record])).rejects.toMatchObject({ message: 'Record 2: "UUID" stands in an earlier record too' });
});

it('keeps apart the items that do not fit, and builds the others', async () => {
	const [a, b, c] = fc.sample(genotype, { numRuns: 3, seed: 3 });
	const { outputs } = await bench.run('file', 'build', {}, { items: itemsOf([a, { ...b, sex: 'X' }, c]), credential: undefined, settings: { onError: 'continueErrorOutput' } });
	expect(outputs[0]).toMatchObject([{ json: { records: 2 }, pairedItem: [{ item: 0 }, { item: 2 }] }]);
	expect(outputs[1]).toMatchObject([{ json: { error: expect.stringContaining('Record 2: "Sex" is not M or F') }, pairedItem: { item: 1 } }]);
});

it('names the item that repeats a UUID, and hands no input on as if it had been built', async () => {
	const [a, b] = fc.sample(genotype, { numRuns: 2, seed: 3 });
	const run = async (records: IDataObject[]) => (await bench.run('file', 'build', {}, { items: itemsOf(records), credential: undefined, settings: { onError: 'continueErrorOutput' } })).outputs;
	expect(await run([{ ...a, sex: 'X' }, b, b])).toMatchObject([[{ json: { records: 1 }, pairedItem: [{ item: 1 }] }], [{ pairedItem: { item: 0 } }, { json: { error: expect.stringContaining('Record 3: "UUID" stands in an earlier record too') }, pairedItem: { item: 2 } }]]);
	const repair = bench.engine.breakStorage('no room');
	const [built, failed] = await run([a, b]);
	repair();
	expect(built).toEqual([]);
	expect(failed).toMatchObject([{ json: { error: expect.stringContaining('"genotypes.zip" could not be stored') }, pairedItem: { item: 0 } }, { pairedItem: { item: 1 } }]);
});

it.each([
	['build', { format: '605' }, '"605" is none of the values of "Format"'],
	['parse', { output: 'xlsx' }, '"xlsx" is none of the values of "Output"'],
	['parse', { genotypeColumns: ['breed', 'colour'] }, '"colour" is none of the values of "Columns"'],
])('%s says which value there is not: %j', async (operation, parameters, message) => {
	const [record] = fc.sample(genotype, { numRuns: 1, seed: 1 });
	const { error } = await bench.run('file', operation, parameters, { items: itemsOf([record]), credential: undefined });
	expect(error?.message).toBe(message);
});

describe('parse', () => {
	const lines = ['706;BSW;ITA;M;000000T00001;ORGA;a8631bc5-d444-40d0-a8bc-ff9abef87172;Sim Lab;S0001;;12_a;012501210250', '706;HOL;NLD;F;000000T00002;ORGA;c4dad65a-56ff-470f-9ad5-c1ddd89c25f0;"Lab", Süd;Missing;;12_a;222115500012'];
	const fileOf = async (bytes: Buffer) => (await bench.engine.itemWithFile(bytes, 'genotypes.zip')).binary!;
	const zip = async () => await fileOf(await zipped(lines, 'genotypes.csv'));

	it('gives items with the columns and as many as wanted, from a zip or from text', async () => {
		const text = await fileOf(Buffer.from(lines.join('\r\n')));
		for (const binary of [await zip(), text]) {
			const { outputs } = await parse({ limit: 1, genotypeColumns: ['uuid', 'array'] }, binary);
			expect(outputs[0].map(({ json }) => json)).toEqual([{ uuid: 'a8631bc5-d444-40d0-a8bc-ff9abef87172', array: '12_a' }]);
		}
	});

	it('writes tables', async () => {
		const csv = (await parse({ output: 'csv', genotypeColumns: ['breed', 'laboratory'] }, await zip())).outputs[0][0];
		expect(csv.json).toEqual({ fileName: 'genotypes.csv', mimeType: 'text/csv', records: 2 });
		expect((await bench.engine.bytes(csv.binary!.data)).toString()).toBe('breed,laboratory\nBSW,Sim Lab\nHOL,"""Lab"", Süd"\n');
		const ndjson = (await parse({ output: 'ndjson', outputField: 'table', genotypeColumns: ['breed'] }, await zip())).outputs[0][0];
		expect((await bench.engine.bytes(ndjson.binary!.table)).toString()).toBe('{"breed":"BSW"}\n{"breed":"HOL"}\n');
	});

	it('names the line and the column of a fault, and never the value', async () => {
		const bytes = Buffer.from([lines[0], lines[1].replace('222115500012', '22211550')].join('\n'));
		for (const output of ['items', 'csv']) {
			const { error } = await parse({ output }, await fileOf(bytes));
			expect(error?.message).toBe('Line 2: "Genotypes" does not have as many digits as "Array" has SNPs');
		}
	});

	it('refuses the layouts of the past', async () => {
		const { error } = await parse({}, await fileOf(Buffer.from('706;BSW;ITA;M;000000T00001;ORGA;a8631bc5-d444-40d0-a8bc-ff9abef87172;Sim Lab;S0001;;54609;0125')));
		expect(error?.message).toContain('This is an old layout of format 706: of October 2020, with an array without its letter');
	});
});
