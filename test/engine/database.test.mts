import { FileServer } from '../file-server.mts';
import { Bench, byId } from './galateabio.mts';

jest.setTimeout(30_000);

// in a file of its own: what the node learns of n8n's storage, it knows as long as the process lives
const bench = new Bench();
const MEBIBYTE = 1 << 20;
const LIMIT = 8;
const FILE = { fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') };

let kept: Map<string, Buffer>;
let files: FileServer;

beforeAll(async () => {
	await bench.open();
	kept = bench.engine.keepInDatabase(LIMIT);
	files = await FileServer.start(0);
});
beforeEach(async () => {
	await bench.reset();
	kept.clear();
});
afterAll(async () => {
	await files.stop();
	await bench.close();
});

async function download(mebibytes: number) {
	files.size = mebibytes * MEBIBYTE;
	return await bench.run('file', 'download', FILE, { credential: bench.credential({ url: files.url }) });
}

const tooLarge = { message: '"large.vcf.gz" is too large for n8n\'s database, where this n8n keeps files' };

describe('where n8n keeps files in its database', () => {
	it('files go up and down', async () => {
		const bytes = Buffer.from('##fileformat=VCFv4.2');
		const [{ id }] = await bench.json('file', 'upload', {}, { items: [await bench.engine.itemWithFile(bytes, 'a.vcf.gz')] });
		const { outputs } = await bench.run('file', 'download', { fileId: byId(String(id)) });
		expect(outputs[0][0].binary?.data.id).toMatch(/^database:/);
		expect([...kept.values()]).toEqual([bytes, bytes]);
	});

	it('a file that no database takes is refused before it is transferred', async () => {
		const { error, outputs } = await download(2048);
		expect(error).toMatchObject({ ...tooLarge, description: expect.stringMatching(/up to 1024 MiB.*N8N_DEFAULT_BINARY_DATA_MODE=filesystem/) });
		expect(outputs).toEqual([]);
		// what fits into the buffers of the connection
		expect(files.sent).toBeLessThan(32 * MEBIBYTE);
		expect([...kept.values()].map(({ length }) => length)).toEqual([0]);
	});

	it('a file beyond the limit that was set is refused with advice, and the next one before it is transferred', async () => {
		const advice = { ...tooLarge, description: expect.stringMatching(/up to 8 MiB.*N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE/) };
		expect((await download(64)).error).toMatchObject(advice);
		expect(files.sent).toBe(files.size);
		expect((await download(64)).error).toMatchObject(advice);
		expect(files.sent).toBeLessThan(files.size);
		expect(kept.size).toBe(0);
		expect((await download(LIMIT)).error).toBeUndefined();
		expect(kept.size).toBe(1);
	});
});
