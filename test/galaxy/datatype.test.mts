import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { Bench } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

describe('datatypes', () => {
	it('are listed with what is known of them, those for uploads unless all are wanted', async () => {
		const forUpload = await json('datatype', 'getAll', { returnAll: true });
		expect(forUpload).toContainEqual(expect.objectContaining({ extension: 'bam', display_in_upload: true }));
		const all = await json('datatype', 'getAll', { returnAll: true, filters: { uploadOnly: false } });
		expect(all.length).toBeGreaterThan(forUpload.length);
		expect(bench.arrived('GET datatypes').map(({ query }) => query)).toEqual([{ extension_only: ['false'] }, { extension_only: ['false'], upload_only: ['false'] }]);
	});

	it('are listed by their extensions alone', async () => {
		const found = await json('datatype', 'getAll', { limit: 3, filters: { extensionOnly: true } });
		expect(found).toHaveLength(3);
		expect(found[0]).toEqual({ extension: expect.any(String) });
	});

	it('are told one by one, with what can show them', async () => {
		expect(await json('datatype', 'get', { extension: 'bam' })).toMatchObject([{ extension: 'bam', edam_format: 'format_2572', converters: expect.arrayContaining(['bai']) }]);
		expect(await json('datatype', 'getVisualizations', { extension: 'bam' })).toEqual([{ datatype: 'bam', visualization: expect.any(String) }]);
		const { error } = await bench.run('datatype', 'get', { extension: 'nosuchtype' });
		expect(error?.message).toMatch(/Datatype 'nosuchtype' not found/);
	});

	it('are told with their classes', async () => {
		const [mapping] = await json('datatype', 'getMapping');
		expect(mapping).toMatchObject({ ext_to_class_name: { bam: 'galaxy.datatypes.binary.Bam' }, class_to_classes: { 'galaxy.datatypes.binary.Bam': expect.any(Object) } });
		const [both] = await json('datatype', 'getTypesAndMapping', { additionalFields: { uploadOnly: false } });
		expect(both).toMatchObject({ datatypes: expect.arrayContaining(['bam']), datatypes_mapping: mapping });
		expect(bench.arrived('GET datatypes/types_and_mapping')[0].query).toEqual({ extension_only: ['true'], upload_only: ['false'] });
	});

	it('are told with what recognizes and converts them', async () => {
		expect(await json('datatype', 'getSniffers')).toContainEqual({ sniffer: 'galaxy.datatypes.binary:Bam' });
		expect(await json('datatype', 'getConverters')).toContainEqual({ source: 'bam', target: 'bai', tool_id: expect.any(String) });
	});

	it('are told in the words of EDAM, one item each', async () => {
		expect(await json('datatype', 'getEdamFormats')).toContainEqual({ extension: 'bam', prefix_IRI: 'format_2572' });
		expect(await json('datatype', 'getEdamFormats', { detailed: true })).toContainEqual(expect.objectContaining({ extension: 'bam', prefix_IRI: 'format_2572', label: 'BAM' }));
		expect(await json('datatype', 'getEdamData')).toContainEqual({ extension: 'bam', prefix_IRI: 'data_0863' });
		expect(await json('datatype', 'getEdamData', { detailed: true })).toContainEqual(expect.objectContaining({ extension: 'bam', label: 'Sequence alignment' }));
	});

	it('are chosen in the editor from a sorted list', async () => {
		const options = await new Galaxy().methods.loadOptions.getDatatypes.call(bench.editor());
		expect(options).toContainEqual(expect.objectContaining({ name: 'fastqsanger.gz', value: 'fastqsanger.gz' }));
		expect(options.map(({ name }) => name)).toEqual(options.map(({ name }) => name).sort((a, b) => a.localeCompare(b)));
	});
});
