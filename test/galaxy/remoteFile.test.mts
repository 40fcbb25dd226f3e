import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unique } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();

/** A folder of the test's own in the directory that libraries import from. */
const name = unique('folder');
const target = byId(`gximport://${name}`);
let folder: string;

beforeAll(async () => {
	await bench.open();
	folder = join(bench.simulator.info.importFolder, name);
	mkdirSync(join(folder, 'inner'), { recursive: true });
	writeFileSync(join(folder, 'a.txt'), 'text');
	writeFileSync(join(folder, 'inner', 'b.txt'), 'more text');
});
beforeEach(async () => await bench.reset());
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await bench.close();
});

const json = bench.json.bind(bench);
const uris = (found: object[]) => found.map((one) => (one as { uri: string }).uri).sort();

describe('file sources', () => {
	it('are told by their kinds, and chosen in the editor', async () => {
		const additionalFields = { browsableOnly: true, includeKind: ['stock'], excludeKind: ['rdm', 'drs'] };
		expect(await json('remoteFile', 'getPlugins', { additionalFields })).toContainEqual(expect.objectContaining({ id: 'stock_gximport', uri_root: 'gximport://', browsable: true }));
		expect(bench.arrived('GET remote_files/plugins')[0].query).toEqual({ browsable_only: ['true'], include_kind: ['stock'], exclude_kind: ['rdm', 'drs'] });
		expect(await json('remoteFile', 'getPlugins', { additionalFields: { browsableOnly: false, excludeKind: ['stock'] } })).toMatchObject([{ id: 'stock_drs', browsable: false }]);
		expect(await bench.shown('searchFileSources', {}, 'library import')).toEqual([['Library Import Directory (gximport://)', 'gximport://']]);
	});
});

describe('remote files', () => {
	it('come whole from a source that has no pages', async () => {
		const found = await json('remoteFile', 'getAll', { target, returnAll: true });
		expect(uris(found)).toEqual([`gximport://${name}/a.txt`, `gximport://${name}/inner`]);
		expect(found).toContainEqual({ class: 'File', name: 'a.txt', path: `${name}/a.txt`, uri: `gximport://${name}/a.txt`, size: 4, ctime: expect.stringMatching(/Z$/), hashes: null });
		// asked for a page, which was refused
		expect(bench.arrived('GET remote_files').map(({ query }) => query)).toEqual([{ target: [`gximport://${name}`], limit: ['500'], offset: ['0'] }, { target: [`gximport://${name}`] }]);
	});

	it('are no more than are wanted', async () => {
		expect(await json('remoteFile', 'getAll', { target, limit: 1 })).toHaveLength(1);
		expect(bench.arrived('GET remote_files')).toHaveLength(2);
	});

	it('come with those in folders, as files alone or as a tree', async () => {
		const files = await json('remoteFile', 'getAll', { target, filters: { recursive: true, format: 'flat', writeIntent: false } });
		expect(uris(files)).toEqual([`gximport://${name}/a.txt`, `gximport://${name}/inner/b.txt`]);
		const [tree] = await json('remoteFile', 'getAll', { target, filters: { recursive: true, format: 'jstree', disabledEntries: 'files' } });
		expect(tree).toMatchObject({ text: name, children: expect.arrayContaining([expect.objectContaining({ text: 'a.txt', type: 'file', state: { disabled: true } })]) });
	});

	it('are searched and sorted by sources that can', async () => {
		const search = await bench.run('remoteFile', 'getAll', { target, filters: { query: 'text' } });
		expect(search.error?.message).toMatch(/Server-side search is not supported by this file source/);
		const sort = await bench.run('remoteFile', 'getAll', { target, filters: { sortField: 'name' } });
		expect(sort.error?.message).toMatch(/Server-side sorting is not supported by this file source/);
	});

	it('come by pages from a source that has them (answers of such a source)', async () => {
		const files = Array.from({ length: 501 }, (_, i) => ({ class: 'File', name: `${i}.txt`, uri: `gxfiles://big/${i}.txt`, path: `${i}.txt`, size: i }));
		bench.simulator.faults.add({ path: '/remote_files', kind: 'status', status: 200, body: files.slice(0, 500) });
		bench.simulator.faults.add({ path: '/remote_files', kind: 'status', status: 200, body: files.slice(500) });
		expect(await json('remoteFile', 'getAll', { target: byId('gxfiles://big'), returnAll: true })).toHaveLength(501);
		expect(bench.arrived('GET remote_files').map(({ query }) => query.offset)).toEqual([['0'], ['500']]);
	});

	it('of a source that is not there are refused', async () => {
		const { error } = await bench.run('remoteFile', 'getAll', { target: byId('gxfiles://nowhere') });
		expect(error?.message).toMatch(/^Galaxy /);
		expect(bench.arrived('GET remote_files')).toHaveLength(1);
	});

	it('get a new folder or record, where the source can make one (answer of one that can)', async () => {
		const { error } = await bench.run('remoteFile', 'createEntry', { target, name: 'Run 7' });
		expect(error?.message).toMatch(/^Galaxy /);
		expect(bench.arrived('POST remote_files').map(({ body }) => body)).toEqual([{ target: `gximport://${name}`, name: 'Run 7' }]);
		bench.simulator.faults.add({ method: 'POST', path: '/remote_files', kind: 'status', status: 200, body: { name: 'Run 7', uri: 'gxfiles://repository/run-7', external_link: 'https://repository.example.org/run-7' } });
		expect(await json('remoteFile', 'createEntry', { target: byId('gxfiles://repository'), name: 'Run 7' })).toMatchObject([{ name: 'Run 7', uri: 'gxfiles://repository/run-7' }]);
	});
});
