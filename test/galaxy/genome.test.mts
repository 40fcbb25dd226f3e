import { randomUUID } from 'node:crypto';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
/** A custom build with chromosomes of the ordinary user: this server has no genomes of its own. */
const key = `build-${randomUUID()}`;
let builds: string;

beforeAll(async () => {
	await bench.open();
	builds = `users/${(await bench.galaxy('GET whoami')).id}/custom_builds/${key}`;
	await bench.galaxy(`PUT ${builds}`, { name: `Build of ${key}`, len_type: 'text', len_value: 'chr1\t1000\nchr2\t500\nchr3\t200' });
});
beforeEach(async () => await bench.reset());
afterAll(async () => {
	await bench.galaxy(`DELETE ${builds}`);
	await bench.close();
});

const json = bench.json.bind(bench);

describe('genomes', () => {
	it('are listed by name and key, with custom builds', async () => {
		const all = await json('genome', 'getAll', { returnAll: true });
		expect(all).toEqual(expect.arrayContaining([{ name: 'unspecified (?)', dbkey: '?' }, { name: `Build of ${key}`, dbkey: key }]));
		const known = await json('genome', 'getAll', { returnAll: true, filters: { chromInfo: true } });
		expect(known).toContainEqual({ name: `Build of ${key}`, dbkey: key });
		expect(known).not.toContainEqual(expect.objectContaining({ dbkey: '?' }));
		expect(await json('genome', 'getAll', { limit: 1 })).toHaveLength(1);
	});

	it('are told with their chromosomes, some of them', async () => {
		const [all] = await json('genome', 'get', { genomeId: byId(key) });
		expect(all).toMatchObject({ id: key, chrom_info: [{ chrom: 'chr1', len: 1000 }, { chrom: 'chr2', len: 500 }, { chrom: 'chr3', len: 200 }] });
		const [one] = await json('genome', 'get', { genomeId: byId(key), additionalFields: { low: 1, num: 1 } });
		expect(one).toMatchObject({ chrom_info: [{ chrom: 'chr2', len: 500 }], prev_chroms: true, start_index: 1 });
	});

	it('that are not there are refused, and their sequences', async () => {
		const { error } = await bench.run('genome', 'get', { genomeId: byId('no-such-genome'), additionalFields: { ending: 'v1' } });
		expect(error?.message).toMatch(/genome not found for key no-such-genome\.v1/);
		const region = { chrom: 'chr1', low: 1, high: 10, reference: true, ending: 'v1' };
		const sequence = await bench.run('genome', 'get', { genomeId: byId(key), additionalFields: { ...region, ending: '' } });
		expect(sequence.error?.message).toMatch(/No reference data for build-/);
		const index = await bench.run('genome', 'getIndexes', { genomeId: byId('no-such-genome'), additionalFields: { type: 'fasta_indexes', ending: 'v1' } });
		expect(index.error?.message).toMatch(/Data tables not found for fasta_indexes for no-such-genome\.v1/);
	});

	it('give an index and a sequence (answers of a server with reference data)', async () => {
		bench.simulator.faults.add({ path: '/indexes', kind: 'status', status: 200, body: 'chr1\t248956422\t112\t70\t71\n' });
		expect(await json('genome', 'getIndexes', { genomeId: byId('hg38') })).toEqual([{ index: 'chr1\t248956422\t112\t70\t71\n' }]);
		bench.simulator.faults.add({ path: '/sequences', kind: 'status', status: 200, body: { chrom: 'chr1', start: 1, end: 5, sequence: 'ACGT' } });
		expect(await json('genome', 'getSequences', { genomeId: byId('hg38'), chrom: 'chr1', additionalFields: { low: 1, high: 5, reference: true, ending: 'v1' } })).toMatchObject([{ sequence: 'ACGT' }]);
		expect(bench.arrived('GET genomes/{id}/sequences')[0].query).toEqual({ chrom: ['chr1'], low: ['1'], high: ['5'], reference: ['true'], format: ['v1'] });
	});

	it('are found in the editor, among thousands', async () => {
		expect(await bench.shown('searchGenomes', {}, key.toUpperCase())).toEqual([[`Build of ${key}`, key]]);
		const many = Array.from({ length: 5000 }, (_, i) => [`Genome ${i} (g${i})`, `g${i}`]);
		bench.simulator.faults.add({ path: '/genomes', kind: 'status', status: 200, body: [...many, ['unspecified (?)', '?']] });
		expect(await bench.shown('searchGenomes', {}, 'genome 4711')).toEqual([['Genome 4711 (g4711)', 'g4711']]);
	});
});
