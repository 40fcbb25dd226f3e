import { ZipWriter } from '@zip.js/zip.js';
import { build, type BuildOptions } from 'esbuild';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as problems from '../../nodes/shared/problem.ts';
import * as source from '../../nodes/shared/zip.ts';
import { liveMemory } from '../live-memory.mts';

const { zipBundle } = require('../../gulpfile.js') as { zipBundle: BuildOptions };

type Zip = typeof source;
const { Problem } = problems;

const folder = mkdtempSync(join(tmpdir(), 'zip-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is published: zip.js inside, and nothing required but the file of Problem. */
async function published(): Promise<{ zip: Zip; required: string[] }> {
	const { outputFiles } = await build({ ...(zipBundle as BuildOptions), write: false });
	const module = { exports: {} as Zip };
	const required: string[] = [];
	const load = (name: string) => {
		required.push(name);
		return problems;
	};
	new Function('module', 'exports', 'require', outputFiles?.[0].text ?? '')(module, module.exports, load);
	return { zip: module.exports, required };
}

/** A file in pieces of `size` bytes, and how often it was opened, and closed. */
function fileOf(bytes: Uint8Array, size = 1000) {
	const file = {
		name: 'x.zip',
		opened: 0,
		closed: 0,
		async *open() {
			file.opened += 1;
			try {
				for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
			} finally {
				file.closed += 1;
			}
		},
	};
	return file;
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of content) pieces.push(piece);
	return Buffer.concat(pieces);
}

const contentOf = (pieces: Uint8Array[]) => (async function* () { yield* pieces; })();

const caught = async (promise: Promise<unknown>) => await promise.then(() => undefined, (cause: unknown) => cause);

function python(script: string, ...args: string[]): string {
	return execFileSync('python3', ['-c', script, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Digits that do not pack to nothing. */
const digits = (length: number) => Buffer.from(Uint32Array.from({ length }, (_none, i) => 48 + ((Math.imul(i, 2654435761) >>> 13) % 3)));

/** A zip made by Python's zipfile. */
function pythonZip(script: string): Buffer {
	const path = join(folder, 'python.zip');
	python(`import io, sys, zipfile\npath = sys.argv[1]\ndigits = ''.join('0125'[i * i % 7 % 4] for i in range(300000))\n${script}`, path);
	return readFileSync(path);
}
const pythonDigits = Buffer.from(Array.from({ length: 300_000 }, (_none, i) => '0125'[Number((BigInt(i) * BigInt(i)) % 7n) % 4]).join(''));

describe('the published file', () => {
	it('has zip.js inside and requires only the file of Problem', async () => {
		expect((await published()).required).toEqual(['./problem']);
	});

	it('has neither timers nor blobs of web workers', async () => {
		const { outputFiles } = await build({ ...(zipBundle as BuildOptions), write: false });
		const text = outputFiles?.[0].text ?? '';
		expect(text).not.toMatch(/\bsetTimeout\b|\bclearTimeout\b|data:text\/javascript|AGFzbQ/);
		expect(text).toContain('Redistribution and use in source and binary forms');
	});
});

describe.each(['source', 'published'])('zip and unzip, %s', (form) => {
	let unzip: Zip['unzip'];
	let zip: Zip['zip'];
	beforeAll(async () => {
		({ unzip, zip } = form === 'source' ? source : (await published()).zip);
	});

	const unpacked = async (bytes: Uint8Array, size?: number) =>
		await Promise.all((await unzip(fileOf(bytes, size))).map(async (file) => [file.name, file.size, await whole(file.open())] as const));

	describe('round trip', () => {
		it.each([['empty', []], ['one byte', [Buffer.from('x')]], ['one megabyte', Array.from({ length: 16 }, () => digits(65_536))]])('%s', async (_name, pieces) => {
			const bytes = Buffer.concat(pieces);
			const [[name, size, content], ...more] = await unpacked(await whole(zip('genotypes.csv', contentOf(pieces))));
			expect([name, size, content.equals(bytes), more]).toEqual(['genotypes.csv', bytes.length, true, []]);
		});

		it('of any content in any pieces, read in any pieces', async () => {
			await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), fc.integer({ min: 1, max: 400 }), async (pieces, size) => {
				const [[, , content]] = await unpacked(await whole(zip('x', contentOf(pieces))), size);
				expect(content.equals(Buffer.concat(pieces))).toBe(true);
			}), { numRuns: 100 });
		});

		it('gives the same bytes each time', async () => {
			const make = async () => await whole(zip('genotypes.csv', contentOf([digits(100_000), digits(50_000)])));
			expect((await make()).equals(await make())).toBe(true);
		});
	});

	it('makes zips that Python finds sound', async () => {
		const path = join(folder, 'ours.zip');
		writeFileSync(path, await whole(zip('711_file.csv', contentOf([digits(200_000)]))));
		const found = python('import sys, zipfile, hashlib\nz = zipfile.ZipFile(sys.argv[1])\nprint(z.testzip(), [(i.filename, i.file_size, i.date_time[0], i.compress_type) for i in z.infolist()])', path);
		expect(found.trim()).toBe("None [('711_file.csv', 200000, 1980, 8)]");
	});

	describe('reads zips of Python:', () => {
		const one = "z.writestr('genotypes.csv', digits)";
		it.each([
			['stored', `with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as z: ${one}`],
			['deflated', `with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z: ${one}`],
			['with a comment', `with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z: ${one}; z.comment = b'PK' * 1000`],
			['with sizes after the content', `
class Pipe:
    def __init__(self, file): self.file = file
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
with open(path, 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z: ${one}`],
			['zip64', `
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
    with z.open('genotypes.csv', 'w', force_zip64=True) as f: f.write(digits.encode())`],
		])('%s', async (_name, script) => {
			const bytes = pythonZip(script);
			for (const size of [977, 1 << 20]) {
				const [[name, length, content]] = await unpacked(bytes, size);
				expect([name, length, content.equals(pythonDigits)]).toEqual(['genotypes.csv', 300_000, true]);
			}
		});

		it('several files and folders, in any order, each more than once', async () => {
			const file = fileOf(pythonZip(`
with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as z:
    z.writestr('folder/', '')
    for i in range(9): z.writestr('folder/%d.csv' % i, str(i) + digits)`));
			const files = await unzip(file);
			expect(files.map(({ name }) => name)).toEqual(Array.from({ length: 9 }, (_none, i) => `folder/${i}.csv`));
			for (const i of [8, 0, 4, 4]) expect((await whole(files[i].open())).toString('latin1')).toBe(`${i}${pythonDigits.toString('latin1')}`);
			expect(await Promise.all(files.map(async ({ open }) => (await whole(open())).length))).toEqual(Array(9).fill(300_001));
			expect(file.closed).toBe(file.opened);
		});

		it('with more names than the kept end of the file holds', async () => {
			const files = await unzip(fileOf(pythonZip(`
with zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED) as z:
    for i in range(6000): z.writestr('%0200d' % i, '')
    z.writestr('last', 'found')`), 1 << 16));
			expect(files).toHaveLength(6001);
			expect(String(await whole(files[6000].open()))).toBe('found');
		});
	});

	describe('refuses', () => {
		const good = async () => Buffer.from(await whole(zip('genotypes.csv', contentOf([digits(60_000)]))));
		const problem = async (bytes: Uint8Array) => await caught(unpacked(bytes));
		const unreadable = { name: 'Problem', message: '"x.zip" is not a zip file that can be read' };

		it.each([['nothing', 0], ['text', 500]])('%s', async (_name, length) => {
			const error = await problem(digits(length));
			expect(error).toBeInstanceOf(Problem);
			expect(error).toMatchObject({ ...unreadable, description: expect.stringContaining('not a zip') });
		});

		it('a zip that ends too early, wherever', async () => {
			const bytes = await good();
			for (const part of [0.01, 0.5, 0.9, 0.99]) expect(await problem(bytes.subarray(0, bytes.length * part))).toMatchObject(unreadable);
			expect(await problem(bytes.subarray(0, -1))).toMatchObject(unreadable);
		});

		it('a zip that lacks its beginning', async () => {
			expect(await problem((await good()).subarray(100))).toMatchObject(unreadable);
		});

		it.each([2, 3, 10])('a zip with a changed byte (at 1/%i)', async (part) => {
			const bytes = await good();
			bytes[Math.floor(bytes.length / part)] ^= 0xff;
			expect(await problem(bytes)).toMatchObject(unreadable);
		});

		it('stored content with a wrong checksum', async () => {
			const bytes = pythonZip("with zipfile.ZipFile(path, 'w') as z: z.writestr('a', digits)");
			bytes[1000] ^= 1;
			expect(await problem(bytes)).toMatchObject(unreadable);
		});

		it('a zip with a password', async () => {
			const pieces: Uint8Array[] = [];
			const writer = new ZipWriter(new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) }), { password: 'secret', zipCrypto: true, useWebWorkers: false });
			await writer.add('genotypes.csv', ReadableStream.from([digits(100)]));
			await writer.close();
			expect(await problem(Buffer.concat(pieces))).toMatchObject({ ...unreadable, description: expect.stringContaining('password') });
		});

		it('a method that is not usual', async () => {
			const bytes = pythonZip("with zipfile.ZipFile(path, 'w', zipfile.ZIP_LZMA) as z: z.writestr('a', digits)");
			expect(await problem(bytes)).toMatchObject({ ...unreadable, description: expect.stringContaining('Deflate') });
		});
	});

	describe('a stream that breaks', () => {
		it('while a zip is made, breaks the zip with its own error', async () => {
			const failure = new Problem('Record 3: "Breed" is missing');
			const broken = (async function* () {
				yield digits(100_000);
				throw failure;
			})();
			expect(await caught(whole(zip('x', broken)))).toBe(failure);
		});

		it.each([1, 2])('while a zip is read the %i. time, breaks with its own error', async (time) => {
			// stored and longer than the kept end, so that it must be read again
			const bytes = pythonZip("with zipfile.ZipFile(path, 'w') as z: z.writestr('a', digits * 8)");
			const failure = new Error('storage is gone');
			let opened = 0;
			const file = {
				name: 'x.zip',
				async *open() {
					opened += 1;
					yield bytes.subarray(0, 500_000);
					if (opened === time) throw failure;
					yield bytes.subarray(500_000);
				},
			};
			expect(await caught((async () => await whole((await unzip(file))[0].open()))())).toBe(failure);
		});
	});

	it('a zip is made no further than it is read', async () => {
		let made = 0;
		const piece = digits(100_000);
		const endless = (async function* () {
			for (;;) {
				made += 1;
				yield piece;
				await new Promise(setImmediate);
			}
		})();
		const bytes = zip('x', endless)[Symbol.asyncIterator]();
		await bytes.next();
		for (let before = -1; made > before; ) {
			before = made;
			await new Promise((resolve) => setTimeout(resolve, 500));
			expect(made).toBeLessThan(1000);
		}
		await bytes.return?.();
	}, 60_000);

	describe('who stops early', () => {
		it('closes the file', async () => {
			const file = fileOf(pythonZip("with zipfile.ZipFile(path, 'w') as z: z.writestr('a', digits * 8)"));
			const [{ open }] = await unzip(file);
			for await (const _piece of open()) break;
			expect([file.opened, file.closed]).toEqual([2, 2]);
		});

		it('ends the content of a zip that is made', async () => {
			let ended = false;
			const endless = (async function* () {
				try {
					for (;;) yield digits(100_000);
				} finally {
					ended = true;
				}
			})();
			for await (const _piece of zip('x', endless)) break;
			expect(ended).toBe(true);
		});
	});
});

it('keeps memory flat while a zip of 300 MB is read', async () => {
	const MEGABYTE = 1 << 20;
	const block = Buffer.alloc(MEGABYTE, 'genotypes');
	// a stored zip that is made anew each time it is opened
	const file = {
		name: 'x.zip',
		open() {
			const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
			const writer = new ZipWriter(writable, { level: 0, useWebWorkers: false });
			void writer.add('genotypes.csv', ReadableStream.from((async function* () { for (let i = 0; i < 300; i++) yield block; })())).then(async () => await writer.close()).catch(() => undefined);
			return readable as unknown as AsyncIterable<Uint8Array>;
		},
	};
	const [{ size, open }] = await source.unzip(file);
	const before = liveMemory();
	let read = 0;
	let most = 0;
	let nextLook = 0;
	for await (const piece of open()) {
		read += piece.length;
		if (read < nextLook) continue;
		nextLook += 25 * MEGABYTE;
		most = Math.max(most, liveMemory());
	}
	expect([size, read]).toEqual([300 * MEGABYTE, 300 * MEGABYTE]);
	expect(most - before).toBeLessThan(64 * MEGABYTE);
}, 120_000);
