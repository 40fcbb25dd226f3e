import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asAdmin, unique } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();

/** A genome that the tests add to the table of all FASTA files. */
const genome = unique('genome');
const table = { tableName: byId('all_fasta') };
let folder: string;
let entry: string[];

beforeAll(async () => {
	await bench.open();
	folder = join(bench.simulator.info.importFolder, genome);
	entry = [genome, genome, `Genome, the ${genome}`, join(folder, `${genome}.fa`)];
	mkdirSync(folder);
	writeFileSync(entry[3], '>chr1\nACGT\n');
});
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => {
	await asAdmin(bench, 'DELETE tool_data/all_fasta', { values: entry.join('\t') });
	rmSync(folder, { recursive: true });
	await bench.close();
});

const json = bench.json.bind(bench);

/** A bundle as a data manager packs it; gives its address. */
function bundle(tableName: string): string {
	const [value, dbkey, name, path] = entry;
	const processor_description = { undeclared_tables: false, data_tables: [{ name: tableName }] };
	writeFileSync(join(folder, '_gx_data_bundle_index.json'), JSON.stringify({ output_name: 'out', data_tables: { [tableName]: [{ value, dbkey, name, path }] }, processor_description, repo_info: null }));
	return `file://${folder}`;
}

describe('tool data tables', () => {
	it('are listed, found in the editor, and told with their columns', async () => {
		expect(await json('toolDataTable', 'getAll', { returnAll: true })).toContainEqual({ name: 'all_fasta', model_class: 'TabularToolDataTable' });
		expect(await bench.shown('searchToolDataTables', {}, 'all_fas')).toEqual([['all_fasta', 'all_fasta']]);
		expect(await json('toolDataTable', 'get', table)).toMatchObject([{ name: 'all_fasta', columns: ['value', 'dbkey', 'name', 'path'] }]);
		const { error } = await bench.run('toolDataTable', 'get', { tableName: byId('no_such_table') });
		expect(error?.message).toMatch(/No such data table no_such_table/);
	});

	it('get entries from a bundle, give them and their files out, and lose them', async () => {
		const [imported] = await json('toolDataTable', 'importBundle', { ...table, source: 'uri', uri: bundle('all_fasta'), waitForCompletion: true });
		expect(imported).toMatchObject({ id: expect.any(String), finished: true, succeeded: true });
		expect(bench.arrived('POST tool_data')[0].body).toEqual({ source: { src: 'uri', uri: `file://${folder}` } });
		// what the task has written down
		expect(await json('toolDataTable', 'reload', table)).toMatchObject([{ name: 'all_fasta', fields: expect.arrayContaining([entry]) }]);
		expect(await json('toolDataTable', 'getField', { ...table, fieldName: genome })).toMatchObject([{ name: genome, fields: { dbkey: genome }, files: { [`${genome}.fa`]: 11 } }]);
		const { outputs, error } = await bench.run('toolDataTable', 'downloadFieldFile', { ...table, fieldName: genome, fileName: `${genome}.fa` });
		expect(error).toBeUndefined();
		const [{ json: file, binary }] = outputs[0];
		expect(file).toMatchObject({ fileName: `${genome}.fa`, fileSize: 11 });
		expect((await bench.engine.bytes(binary!.data)).toString()).toBe('>chr1\nACGT\n');

		const missing = await bench.run('toolDataTable', 'deleteEntry', { ...table, entry: JSON.stringify([genome, genome, 'another name', entry[3]]) });
		expect(missing.error?.message).toBe('The table "all_fasta" has no such entry');
		const incomplete = await bench.run('toolDataTable', 'deleteEntry', { ...table, entry: JSON.stringify({ value: genome }) });
		expect(incomplete.error?.description).toBe('Give the values of: value, dbkey, name, path');
		expect(bench.arrived('DELETE tool_data/{table_name}')).toHaveLength(0);
		const [left] = await json('toolDataTable', 'deleteEntry', { ...table, entry: JSON.stringify(entry) });
		expect(left.fields).not.toContainEqual(entry);
		expect(bench.arrived('DELETE tool_data/{table_name}')[0].body).toEqual({ values: entry.join('\t') });
	});

	it('take an entry away that is named by its columns', async () => {
		const [value, dbkey, name, path] = entry;
		bench.simulator.faults.add({ method: 'GET', path: 'tool_data/all_fasta', kind: 'status', status: 200, body: { name: 'all_fasta', columns: ['value', 'dbkey', 'name', 'path'], fields: [entry] } });
		await json('toolDataTable', 'deleteEntry', { ...table, entry: JSON.stringify({ path, name, dbkey, value }) });
		expect(bench.arrived('DELETE tool_data/{table_name}')[0].body).toEqual({ values: entry.join('\t') });
	});

	it('do not take a bundle for a file that is none of theirs', async () => {
		const { error } = await bench.run('toolDataTable', 'importBundle', { source: 'uri', uri: bundle('fasta_indexes'), waitForCompletion: true, additionalFields: { toolDataFilePath: '/no/such/table.loc' } });
		expect(error?.message).toMatch(/^The task .* ended as "FAILURE"$/);
		expect(error?.description).toMatch(/'\/no\/such\/table\.loc' is not a known data table file path/);
		expect(bench.arrived('POST tool_data')[0].query).toEqual({ tool_data_file_path: ['/no/such/table.loc'] });
	});

	it('take a bundle from a dataset, which must be there', async () => {
		const { error } = await bench.run('toolDataTable', 'importBundle', { source: 'hda', bundleId: '0000000000000000' });
		expect(error?.message).toMatch(/unable to decode/);
		expect(bench.arrived('POST tool_data')[0].body).toEqual({ source: { src: 'hda', id: '0000000000000000' } });
	});

	it('import nothing where the server has no workers for long tasks', async () => {
		bench.simulator.faults.add({ path: '/configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		const { error } = await bench.run('toolDataTable', 'importBundle', { source: 'uri', uri: 'file:///anywhere' });
		expect(error?.message).toBe('This Galaxy server has no workers for long tasks');
		expect(bench.arrived('POST tool_data')).toHaveLength(0);
	});

	it('are changed by administrators only', async () => {
		bench.login = 'user';
		const { error } = await bench.run('toolDataTable', 'reload', table);
		expect(error?.description).toMatch(/Only administrators may do this/);
	});
});
