import multipartParser from '@fastify/multipart';
import fastify from 'fastify';
import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { Problem } from '../../nodes/shared/problem.ts';
import { chunks, fileNameIn, multipart, openInput, peek, readText, type ByteStream, type InputFile } from '../../nodes/shared/transfer.ts';
import { bytes, caught, streamOf, whole } from './streams.mts';

const RUNS = { numRuns: 1000 };

const anyPieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

/** A file whose bytes come in these pieces, and how many of them were taken. */
function fileOf(pieces: Uint8Array[], more: Partial<InputFile> = {}): InputFile & { taken: number } {
	const file = {
		name: 'x.vcf.gz',
		mimeType: 'application/gzip',
		size: Buffer.concat(pieces).length,
		taken: 0,
		async *open() {
			for (const piece of pieces) {
				file.taken += 1;
				yield piece;
			}
		},
		...more,
	};
	return file;
}

describe('multipart', () => {
	type Part = { name: string; fileName?: string; type?: string; content: string };

	const server = fastify();
	let url: string;
	beforeAll(async () => {
		await server.register(multipartParser);
		server.post('/', async (request) => {
			const parts: Part[] = [];
			for await (const part of request.parts()) {
				if (part.type === 'field') parts.push({ name: part.fieldname, content: String(part.value) });
				else parts.push({ name: part.fieldname, fileName: part.filename, type: part.mimetype, content: (await part.toBuffer()).toString('base64') });
			}
			return parts;
		});
		url = await server.listen({ host: '127.0.0.1', port: 0 });
	});
	afterAll(async () => await server.close());

	/** What the multipart parser of a real server makes of a body. */
	async function received(body: ReturnType<typeof multipart>): Promise<Part[]> {
		const answer = await fetch(url, { method: 'POST', body: await whole(body.stream()), headers: { 'content-type': body.type } });
		expect(answer.status).toBe(200);
		return (await answer.json()) as Part[];
	}

	const word = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '-', '.', ' ', '=', 'é', '猫', '𝒳'), minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && !/^\.+$/.test(text));

	it('is read by a server as it was meant', async () => {
		const anyFile = fc.record({ name: word, fileName: word, pieces: anyPieces });
		await fc.assert(fc.asyncProperty(fc.dictionary(word, fc.string({ unit: 'binary' }), { maxKeys: 4 }), fc.array(anyFile, { maxLength: 3 }), async (texts, files) => {
			const parts = await received(multipart(texts, files.map(({ name, fileName, pieces }) => ({ name, file: fileOf(pieces, { name: fileName }) }))));
			expect(parts).toEqual([
				...Object.entries(texts).map(([name, content]) => ({ name, content })),
				...files.map(({ name, fileName, pieces }) => ({ name, fileName, type: 'application/gzip', content: Buffer.concat(pieces).toString('base64') })),
			]);
		}), { numRuns: 100 });
	});

	it('tells its exact size, and gives the same bytes when it is read again', async () => {
		await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), fc.array(fc.record({ name: fc.string({ unit: 'binary' }), pieces: anyPieces }), { maxLength: 3 }), async (texts, files) => {
			const body = multipart(texts, files.map(({ name, pieces }) => ({ name, file: fileOf(pieces, { name }) })));
			const first = await whole(body.stream());
			expect(first.length).toBe(body.size);
			expect((await whole(body.stream())).equals(first)).toBe(true);
		}), RUNS);
	});

	it('has the shape of a Blob, by which n8n streams it', () => {
		expect(Object.prototype.toString.call(multipart({}, []))).toBe('[object Blob]');
	});

	it('has a boundary of its own each time', () => {
		expect(multipart({}, []).type).not.toBe(multipart({}, []).type);
	});

	it.each([
		'x"; filename="evil.sh',
		'x\r\nX-Evil: 1',
		'x\nX-Evil: 1\n\nbody',
		'x"\r\n\r\nbody\r\n--',
	])('lets no name break out of its header: %j', async (evil) => {
		const body = multipart({ [evil]: 'text' }, [{ name: evil, file: fileOf(bytes('content'), { name: evil, mimeType: evil }) }]);
		const lines = (await whole(body.stream())).toString('utf8').split('\r\n');
		const boundary = `--${body.type.split('boundary=')[1]}`;
		const safe = evil.replace(/[\r\n]/g, ' ').replace(/"/g, '%22');
		expect(lines).toEqual([
			boundary,
			`Content-Disposition: form-data; name="${safe}"`,
			'',
			'text',
			boundary,
			`Content-Disposition: form-data; name="${safe}"; filename="${safe}"`,
			`Content-Type: ${safe}`,
			'',
			'content',
			`${boundary}--`,
			'',
		]);
		expect(lines.join('\n')).not.toMatch(/^X-Evil/m);
		const form = await new Response(await whole(body.stream()), { headers: { 'content-type': body.type } }).formData();
		expect([...form.keys()]).toHaveLength(2);
	});

	it('refuses a file of unknown size', () => {
		const file = fileOf(bytes('x'), { size: undefined });
		expect(() => multipart({}, [{ name: 'file', file }])).toThrow(Problem);
		expect(() => multipart({}, [{ name: 'file', file }])).toThrow('"x.vcf.gz"');
	});

	it('opens no file before it is read', () => {
		const file = fileOf(bytes('x'));
		multipart({}, [{ name: 'file', file }]).stream();
		expect(file.taken).toBe(0);
	});
});

describe('chunks', () => {
	it('are of exactly the size, but for the last, and are the file together', async () => {
		await fc.assert(fc.asyncProperty(anyPieces, fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
			const cut: Buffer[] = [];
			for await (const chunk of chunks(fileOf(pieces), size)) cut.push(chunk);
			const file = Buffer.concat(pieces);
			expect(Buffer.concat(cut).equals(file)).toBe(true);
			expect(cut.map(({ length }) => length)).toEqual(Array.from({ length: Math.ceil(file.length / size) }, (_none, i) => Math.min(size, file.length - i * size)));
		}), RUNS);
	});

	it('come without reading ahead', async () => {
		const file = fileOf(bytes('ab', 'cd', 'ef', 'gh'));
		const cut = chunks(file, 3);
		expect([String((await cut.next()).value), file.taken]).toEqual(['abc', 2]);
		expect([String((await cut.next()).value), file.taken]).toEqual(['def', 3]);
		await cut.return(undefined);
	});
});

describe('peek', () => {
	it('gives the first bytes and leaves the stream whole', async () => {
		await fc.assert(fc.asyncProperty(anyPieces, fc.integer({ min: 1, max: 100 }), async (pieces, count) => {
			const file = Buffer.concat(pieces);
			const stream = streamOf(pieces.filter(({ length }) => length > 0));
			expect((await peek(stream, count)).equals(file.subarray(0, count))).toBe(true);
			expect((await whole(stream as AsyncIterable<Buffer>)).equals(file)).toBe(true);
		}), RUNS);
	});

	it('gives more bytes than a stream holds at once', async () => {
		const pieces = Array.from({ length: 10 }, () => Buffer.alloc(50_000, 'x'));
		const stream = streamOf(pieces);
		expect(await peek(stream, 300_000)).toHaveLength(300_000);
		expect(await whole(stream as AsyncIterable<Buffer>)).toHaveLength(500_000);
	});

	it('does not wait for bytes that are there already', async () => {
		const stream = new Readable({ read() {} });
		stream.push('abc');
		expect((await peek(stream as unknown as ByteStream, 3)).toString()).toBe('abc');
		stream.push(null);
		expect((await whole(stream)).toString()).toBe('abc');
	});

	it('gives nothing of an empty stream, which can still be read', async () => {
		const stream = streamOf([]);
		expect(await peek(stream, 10)).toHaveLength(0);
		expect(await whole(stream as AsyncIterable<Buffer>)).toHaveLength(0);
	});

	it.each([
		['before the first byte', []],
		['before enough bytes came', bytes('ab')],
	])('fails with a stream that breaks %s', async (_name, pieces) => {
		const failure = new Error('broken');
		expect(await caught(peek(streamOf(pieces, failure), 10))).toBe(failure);
	});

	it('leaves a later break to the reader', async () => {
		const failure = new Error('broken');
		const stream = streamOf(bytes('abcdef', 'ghi'), failure);
		expect((await peek(stream, 3)).toString()).toBe('abc');
		expect(await caught(whole(stream as AsyncIterable<Buffer>))).toBe(failure);
	});

	it('leaves no listener behind', async () => {
		const stream = streamOf(bytes('abcdef'));
		const before = stream.eventNames();
		await peek(stream, 3);
		expect(stream.eventNames()).toEqual(before);
	});

	const turn = async () => await new Promise((done) => setImmediate(done));
	const settles = async (promise: Promise<unknown>) =>
		await Promise.race([promise.then(() => true, () => true), new Promise((done) => setTimeout(done, 200, false))]);

	it.each([
		['was closed just now', async (stream: Readable) => stream.destroy()],
		['was closed before', async (stream: Readable) => await turn().then(() => stream.destroy()).then(turn)],
		['was read to its end', async (stream: Readable) => await whole(stream)],
	])('does not wait for a stream that %s', async (_name, close) => {
		const stream = streamOf(bytes('abc'));
		await close(stream as unknown as Readable);
		expect(await settles(peek(stream, 3))).toBe(true);
	});

	it('ends when its stream is closed meanwhile', async () => {
		const stream = new Readable({ read() {} });
		const peeked = peek(stream as unknown as ByteStream, 3);
		stream.destroy();
		expect(await settles(peeked)).toBe(true);
	});
});

describe('readText', () => {
	it.each([
		['all of a short stream', ['ab', 'cd'], 10, 'abcd'],
		['no more than the limit', ['ab', 'cd', 'ef'], 3, 'abc'],
		['the limit of one large piece', ['abcdef'], 2, 'ab'],
		['nothing of an empty stream', [], 10, ''],
	])('gives %s', async (_name, pieces, limit, text) => {
		expect(await readText(streamOf(bytes(...pieces)), limit)).toBe(text);
	});

	it('puts letters together that come in two pieces', async () => {
		const [letters] = bytes('Größe');
		expect(await readText(streamOf([...letters].map((byte) => Buffer.of(byte))), 100)).toBe('Größe');
	});

	it('reads no further than it needs, and throws the rest away', async () => {
		let given = 0;
		const endless = new Readable({
			read() {
				given += 1;
				this.push('x'.repeat(1000));
			},
		});
		await readText(endless as unknown as ByteStream, 100);
		expect(endless.destroyed).toBe(true);
		expect(given).toBeLessThan(200);
	});
});

describe('the file name of an answer', () => {
	it.each([
		['attachment; filename="x.vcf.gz"', 'x.vcf.gz'],
		['attachment; filename=x.vcf.gz', 'x.vcf.gz'],
		['attachment; filename=x.vcf.gz; size=5', 'x.vcf.gz'],
		['attachment; FileName = "x y.pdf"; size=5', 'x y.pdf'],
		['attachment; filename="say \\"hi\\".txt"', 'say hi.txt'],
		['attachment; filename="a;b.txt"', 'a;b.txt'],
		["attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt", 'Größe.txt'],
		["attachment; filename*=utf-8'de'%E2%82%AC.txt; size=5", '€.txt'],
		["attachment; filename=\"plain.txt\"; filename*=UTF-8''better.txt", 'better.txt'],
		["attachment; filename*=UTF-8''better.txt; filename=\"plain.txt\"", 'better.txt'],
		["attachment; filename*=UTF-8''100%.txt", '100%.txt'],
		['attachment; filename="../../etc/passwd"', 'passwd'],
		['attachment; filename="..\\\\..\\\\evil.exe"', 'evil.exe'],
		['attachment; filename=/etc/passwd', 'passwd'],
		["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
		["attachment; filename*=UTF-8''..%5C..%5Cevil.exe", 'evil.exe'],
		['attachment; filename="a\u0000b\u0007c.txt"', 'abc.txt'],
		["attachment; filename*=UTF-8''a%00b%0D%0Ac.txt", 'abc.txt'],
		['attachment; filename="  x.txt  "', 'x.txt'],
	])('%j', (header, name) => {
		expect(fileNameIn(header)).toBe(name);
	});

	it.each([undefined, null, 5, '', 'attachment', 'inline', 'attachment; filename=""', 'attachment; filename="."', 'attachment; filename=".."', 'attachment; filename="a/.."', 'attachment; filename="/"', 'attachment; filename=" "', 'attachment; filename=".\u0000."', "attachment; filename*=UTF-8''%2E%2E"])('is undefined for %j', (header) => {
		expect(fileNameIn(header)).toBeUndefined();
	});

	it('never leads out of a folder', () => {
		const awkward = fc.string({ unit: fc.constantFrom('.', '/', '\\', '"', ';', '%', '2', 'F', 'f', '5', 'C', '0', ' ', '\0', '\n', 'a', 'é') });
		const header = fc.tuple(fc.constantFrom('filename="', 'filename=', "filename*=UTF-8''"), awkward, fc.constantFrom('', '"', '; size=5'));
		fc.assert(fc.property(header, (pieces) => {
			const name = fileNameIn(`attachment; ${pieces.join('')}`);
			if (name === undefined) return;
			expect(name).not.toMatch(/[\\/\p{Cc}]/u);
			expect(['', '.', '..']).not.toContain(name);
			expect(name).toBe(name.trim());
		}), RUNS);
	});
});

describe('a file of an input item', () => {
	const binary = { data: Buffer.from('abc').toString('base64'), mimeType: 'text/plain', fileName: 'x.txt' };
	const context = (more: object, helpers: object) =>
		({ helpers: { assertBinaryData: () => ({ ...binary, ...more }), ...helpers } }) as unknown as IExecuteFunctions;

	it('that stands in the item is read from memory', async () => {
		const file = await openInput(context({}, { getBinaryDataBuffer: async () => Buffer.from('abc') }), 0, 'data');
		expect(file).toMatchObject({ name: 'x.txt', mimeType: 'text/plain', size: 3 });
		expect(String(await whole(file.open()))).toBe('abc');
		expect(String(await whole(file.open()))).toBe('abc');
	});

	it('that is stored is streamed, each time anew', async () => {
		const getBinaryStream = jest.fn(async (_id: string, _size: number) => streamOf(bytes('ab', 'c')));
		const file = await openInput(context({ id: 'filesystem:1' }, { getBinaryStream, getBinaryMetadata: async () => ({ fileSize: 3 }) }), 0, 'data');
		expect(file.size).toBe(3);
		expect(getBinaryStream).not.toHaveBeenCalled();
		expect(String(await whole(file.open()))).toBe('abc');
		expect(String(await whole(file.open()))).toBe('abc');
		expect(getBinaryStream.mock.calls).toEqual([['filesystem:1', 1 << 16], ['filesystem:1', 1 << 16]]);
	});

	it('has the name of its field where it has none', async () => {
		const file = await openInput(context({ fileName: undefined }, { getBinaryDataBuffer: async () => Buffer.from('') }), 0, 'genotypes');
		expect(file).toMatchObject({ name: 'genotypes', size: 0 });
	});

	it('may be the file itself, as an expression gives it', async () => {
		const asked: unknown[] = [];
		const given = { ...binary, fileName: undefined };
		const assertBinaryData = (_item: number, choice: unknown) => choice;
		const getBinaryDataBuffer = async (_item: number, choice: unknown) => Buffer.from(asked.push(choice) === 1 ? 'abc' : '');
		const file = await openInput({ helpers: { assertBinaryData, getBinaryDataBuffer } } as unknown as IExecuteFunctions, 0, given);
		expect(file).toMatchObject({ name: 'file', mimeType: 'text/plain', size: 3 });
		expect(asked).toEqual([given]);
	});
});
