import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const SOME_FILE = { fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') };
const MEBIBYTE = 1 << 20;

describe('downloads', () => {
	it('are refused when fewer bytes come than announced, and leave no item', async () => {
		const bytes = Buffer.alloc(400_000, 'x');
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(bytes, 'x.vcf.gz')] });
		bench.simulator.faults.add({ kind: 'truncate', path: '/download' });
		const { outputs, error } = await bench.run('file', 'download', { fileId: byId(String(uploaded.id)) });
		expect(outputs).toEqual([]);
		expect(error?.message).toMatch(/^The download (broke off|is not complete)$/);
		expect(error?.description).toMatch(/\d+ of 400000 bytes of "x.vcf.gz" had come/);
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

	it('are sent again as long as no byte has come', async () => {
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(Buffer.from('abc'), 'x.vcf.gz')] });
		bench.simulator.faults.add({ kind: 'cut', path: '/download', times: 2 });
		const { error, outputs } = await bench.run('file', 'download', { fileId: byId(String(uploaded.id)) });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.fileSize).toBe(3);
	});
});

describe('large files', () => {
	const SIZE = 256 * MEBIBYTE;
	/** What the process may grow by while a file passes through it. */
	jest.setTimeout(60_000);
	const GROWTH = 64 * MEBIBYTE;
	const chunk = Buffer.alloc(MEBIBYTE, 'ACGT');
	let server: Server;
	let received: { bytes: number; hash: string; length?: string };

	beforeEach(async () => {
		server = createServer((request, response) => {
			if (request.method === 'POST') {
				const hash = createHash('sha256');
				received = { bytes: 0, hash: '', length: request.headers['content-length'] };
				request.on('data', (piece: Buffer) => {
					received.bytes += piece.length;
					hash.update(piece);
				});
				request.on('end', () => response.end('{"id":"1","status":"PENDING"}'));
				return;
			}
			response.writeHead(200, { 'content-length': SIZE, 'content-disposition': 'attachment; filename="large.bam"' });
			let sent = 0;
			const more = () => {
				while (sent < SIZE) {
					sent += MEBIBYTE;
					if (!response.write(chunk)) return response.once('drain', more);
				}
				return response.end();
			};
			more();
		}).listen(0, '127.0.0.1');
		await new Promise((done) => server.once('listening', done));
	});
	afterEach(async () => await new Promise((done) => server.close(done)));

	const here = () => bench.credential({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

	it('come in constant memory', async () => {
		const grown = await growth(async () => {
			const { outputs, error } = await bench.run('file', 'download', SOME_FILE, { credential: here() });
			expect(error).toBeUndefined();
			expect(outputs[0][0].json).toMatchObject({ fileName: 'large.bam', fileSize: SIZE });
		});
		expect(grown).toBeLessThan(GROWTH);
	});

	it('go out in constant memory, with their exact length', async () => {
		async function* content() {
			for (let i = 0; i < 49; i++) yield chunk;
		}
		const items = [await bench.engine.itemWithFile(content(), 'large.vcf.gz')];
		const grown = await growth(async () => {
			const { error } = await bench.run('file', 'upload', {}, { credential: here(), items });
			expect(error).toBeUndefined();
		});
		expect(received.length).toBe(String(received.bytes));
		expect(received.bytes).toBeGreaterThan(49 * MEBIBYTE);
		expect(grown).toBeLessThan(GROWTH);
	});
});

/** The most by which the live memory of this process (after a collection) grows while something runs, in bytes. */
async function growth(run: () => Promise<void>): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const used = () => {
		collect();
		const { arrayBuffers, heapUsed } = process.memoryUsage();
		return arrayBuffers + heapUsed;
	};
	const before = used();
	let most = before;
	const watch = setInterval(() => {
		most = Math.max(most, used());
	}, 200);
	try {
		await run();
	} finally {
		clearInterval(watch);
	}
	return most - before;
}
