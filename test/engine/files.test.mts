import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { FileServer } from '../file-server.mts';
import { liveMemory } from '../live-memory.mts';
import { Bench, byId } from './galateabio.mts';
import { Bench as GenoExBench } from './genoex.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const SOME_FILE = { fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') };
const MEBIBYTE = 1 << 20;
jest.setTimeout(60_000);

describe('downloads', () => {
	it('are refused when fewer bytes come than announced, and leave neither item nor file', async () => {
		const bytes = Buffer.alloc(400_000, 'x');
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(bytes, 'x.vcf.gz')] });
		bench.simulator.faults.add({ kind: 'truncate', path: '/download' });
		const before = await bench.engine.stored();
		const { outputs, error } = await bench.run('file', 'download', { fileId: byId(String(uploaded.id)) });
		expect(outputs).toEqual([]);
		expect(error?.message).toMatch(/^The download (broke off|is not complete)$/);
		expect(error?.description).toMatch(/\d+ of 400000 bytes of "x.vcf.gz" had come/);
		expect(await bench.engine.stored()).toEqual(before);
	});

	it('are refused when a web page comes instead', async () => {
		bench.simulator.faults.add({ kind: 'html', status: 200 });
		const { error } = await bench.run('file', 'download', SOME_FILE);
		expect(error?.message).toBe('GalateaBio answered with a web page instead of data');
	});

	it('tell the service\'s words when it refuses', async () => {
		const { error } = await bench.run('file', 'download', SOME_FILE);
		expect(error).toMatchObject({ message: 'GalateaBio did not find it: Not found', description: expect.stringContaining('"File"'), httpCode: '404' });
	});

	it('come whole from a service that would pack them', async () => {
		const content = Buffer.alloc(100_000, 'ACGT');
		const server = createServer((request, response) => {
			const isPacked = /gzip/.test(String(request.headers['accept-encoding']));
			const body = isPacked ? gzipSync(content) : content;
			response.writeHead(200, { 'content-length': body.length, ...(isPacked && { 'content-encoding': 'gzip' }) }).end(body);
		}).listen(0, '127.0.0.1');
		await new Promise((done) => server.once('listening', done));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const { outputs, error } = await bench.run('file', 'download', SOME_FILE, { credential: bench.credential({ url }) });
		await new Promise((done) => server.close(done));
		expect(error).toBeUndefined();
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).equals(content)).toBe(true);
	});

	it('are sent again as long as no byte has come', async () => {
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(Buffer.from('abc'), 'x.vcf.gz')] });
		bench.simulator.faults.add({ kind: 'cut', path: '/download', times: 2 });
		const { error, outputs } = await bench.run('file', 'download', { fileId: byId(String(uploaded.id)) });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.fileSize).toBe(3);
	});
});

describe('with n8n\'s setting that keeps files inside the JSON of items', () => {
	const workflowSettings = { binaryMode: 'combined' } as const;

	it('goes the whole way: down, and up again from the field that it was put into', async () => {
		const bytes = Buffer.from('##fileformat=VCFv4.2');
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(bytes, 'a.vcf.gz')] });
		const down = await bench.run('file', 'download', { fileId: byId(String(uploaded.id)), outputField: 'genotypes' }, { workflowSettings });
		expect(down.error).toBeUndefined();
		const [item] = down.outputs[0];
		expect(item.binary).toBeUndefined();
		expect(item.json._files).toMatchObject({ genotypes: { fileName: 'a.vcf.gz' } });
		const up = await bench.run('file', 'upload', { inputField: '_files.genotypes' }, { items: [item], workflowSettings });
		expect(up.error).toBeUndefined();
		expect(up.outputs[0][0].json).toMatchObject({ src_file_name: 'a.vcf.gz', file_size_bytes: bytes.length });
	});

	it('takes the file itself from an expression', async () => {
		const { binary } = await bench.engine.itemWithFile(Buffer.from('abc'), 'b.vcf.gz');
		const { outputs, error } = await bench.run('file', 'upload', { inputField: '={{ $json.file }}' }, { items: [{ json: { file: binary?.data as never } }], workflowSettings });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ src_file_name: 'b.vcf.gz', file_size_bytes: 3 });
	});

	it('says so when an expression gives something else', async () => {
		const { error } = await bench.run('file', 'upload', { inputField: '={{ $json }}' }, { workflowSettings });
		expect(error?.message).toBe('"Input Data Field Name" is not a text');
		expect(bench.arrived()).toEqual([]);
	});
});

describe('large files', () => {
	const SIZE = 256 * MEBIBYTE;
	let files: FileServer;
	/** Live memory of this process when half of the file has passed through it, in bytes. */
	let atHalf: number;

	beforeEach(async () => {
		files = await FileServer.start(SIZE);
		files.onHalf = () => {
			atHalf = liveMemory();
		};
	});
	afterEach(async () => await files.stop());

	it('come in constant memory', async () => {
		const before = liveMemory();
		const { outputs, error } = await bench.run('file', 'download', SOME_FILE, { credential: bench.credential({ url: files.url }) });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ fileName: 'large.vcf.gz', fileSize: SIZE });
		expect(atHalf - before).toBeLessThan(SIZE / 4);
	});

	it('go out in constant memory, with their exact length', async () => {
		const genoEx = new GenoExBench();
		await genoEx.open();
		try {
			async function* content() {
				for (let i = 0; i < SIZE / MEBIBYTE; i++) yield Buffer.alloc(MEBIBYTE, 'ACGT');
			}
			const items = [await genoEx.engine.itemWithFile(content(), 'genotypes.zip')];
			files.answer = () => ({ status: true, return_values: { job_id: '1', dataset_status_message: 'received' } });
			const before = liveMemory();
			const { error } = await genoEx.run('submission', 'submit', { validate: false }, { credential: genoEx.credential({ url: files.url }), items });
			expect(error).toBeUndefined();
			expect(files.announced).toBe(files.received);
			expect(files.received).toBeGreaterThan(SIZE);
			expect(atHalf - before).toBeLessThan(SIZE / 4);
		} finally {
			await genoEx.close();
		}
	});
});
