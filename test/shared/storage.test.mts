import type { IExecuteFunctions } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { clock } from '../../nodes/shared/clock.ts';
import { store as storeOnce } from '../../nodes/shared/storage.ts';
import type { ByteStream } from '../../nodes/shared/transfer.ts';
import { bytes, caught, streamOf, whole } from './streams.mts';

const MEBIBYTE = 1 << 20;

/** The module as a process has it that has stored nothing yet. */
function fresh(): typeof import('../../nodes/shared/storage.ts') {
	let loaded: unknown;
	jest.isolateModules(() => {
		loaded = require('../../nodes/shared/storage.ts');
	});
	return loaded as ReturnType<typeof fresh>;
}

describe('store', () => {
	const { store } = fresh();
	const storing = (prepareBinaryData: (stream: AsyncIterable<Buffer>) => Promise<unknown>) => ({ helpers: { prepareBinaryData } }) as unknown as IExecuteFunctions;
	const kept = storing(async (stream) => ({ data: String(await whole(stream)) }));
	const file = (size?: number) => ({ name: 'x.bam', mimeType: 'text/plain', content: streamOf(bytes('ab', 'cd')), size });

	it.each([undefined, 4])('puts the stream under the name of the field (announced size: %s)', async (size) => {
		expect(await store(kept, 'reads', file(size))).toEqual({ reads: { data: 'abcd' } });
	});

	it('gives n8n one of Node\'s own streams', async () => {
		const context = storing(async (stream) => {
			expect(stream).toBeInstanceOf(Readable);
			return { data: String(await whole(stream)) };
		});
		expect(await store(context, 'data', file())).toEqual({ data: { data: 'abcd' } });
	});

	it('gives n8n what a node makes as such a stream, too', async () => {
		const getBinaryStream = async () => Readable.from([]);
		const prepareBinaryData = async (made: AsyncIterable<Buffer>) => {
			expect(Buffer.isBuffer(made) || made instanceof Readable).toBe(true);
			return { id: 'filesystem-v2:1', data: Buffer.isBuffer(made) ? '' : String(await whole(made)) };
		};
		async function* content() {
			yield* bytes('706;', 'HOL');
		}
		const made = { name: 'x.csv', mimeType: 'text/csv', content: content() };
		expect(await store({ helpers: { prepareBinaryData, getBinaryStream } } as unknown as IExecuteFunctions, 'data', made)).toEqual({ data: { id: 'filesystem-v2:1', data: '706;HOL' } });
	});

	it.each([5, 3])('refuses %i announced bytes when 4 came', async (size) => {
		const error = await caught(store(kept, 'data', file(size)));
		expect(error).toMatchObject({ name: 'Problem', message: 'The download is not complete', description: expect.stringContaining(`4 of ${size} bytes of "x.bam"`) });
	});

	it('says how far a transfer got that broke off', async () => {
		const stream = streamOf(bytes('ab'), new Error('socket hang up'));
		const context = storing(async (source) => {
			// jest has an Error of its own
			await whole(source).catch((cause: Error) => { throw new Error(cause.message); });
		});
		const error = await caught(store(context, 'data', { ...file(4), content: stream }));
		expect(error).toMatchObject({ message: 'The download broke off', description: expect.stringContaining('2 of 4 bytes of "x.bam" had come: socket hang up') });
	});

	it('gives a transfer up of which nothing comes for 10 minutes', async () => {
		const looks: Array<() => void> = [];
		const after = jest.spyOn(clock, 'after').mockImplementation((ms, act) => {
			expect(ms).toBe(600_000);
			looks.push(act);
		});
		const content = new Readable({ read() {} });
		const stored = caught(storeOnce(kept, 'data', { ...file(4), content: content as unknown as ByteStream }));
		content.push('ab');
		await new Promise(setImmediate);
		// something has come since the start
		looks.shift()?.();
		expect(content.destroyed).toBe(false);
		looks.shift()?.();
		expect(await stored).toMatchObject({ message: 'The download broke off', description: '2 of 4 bytes of "x.bam" had come: nothing more came for 10 minutes. Run the node again' });
		expect(looks).toEqual([]);
		after.mockRestore();
	});
});

describe('where n8n keeps files in its database', () => {
	/** n8n's own words, when all of a file has come. */
	const words = (limit: number) => `Failed to write binary file "x.bam" (1) because its size of 3 MB exceeds the max size limit of ${limit} MB set for \`database\` mode. Consider increasing \`N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE\` up to 1 GB, or using S3 storage mode if you require writes larger than 1 GB.`;

	/** A storage that takes so many MiB, and what it took; its files have IDs of the mode. */
	function storage(mode: string, limit: number) {
		const taken: number[] = [];
		async function prepareBinaryData(content: Buffer | AsyncIterable<Buffer>) {
			let size = 0;
			for await (const piece of Buffer.isBuffer(content) ? [content] : content) size += piece.length;
			if (size > limit * MEBIBYTE) throw new Error(words(limit));
			taken.push(size);
			return { id: `${mode}:1`, data: mode };
		}
		const getBinaryStream = async () => Readable.from([]);
		return { taken, context: { helpers: { prepareBinaryData, getBinaryStream } } as unknown as IExecuteFunctions };
	}

	/** A file of so many MiB, one piece in memory, and how many pieces were read. */
	function fileOf(mebibytes: number, size?: number) {
		const piece = Buffer.alloc(MEBIBYTE);
		const file = { read: 0, name: 'x.bam', mimeType: 'text/plain', size, content: undefined as unknown as ByteStream };
		const pieces = function* () {
			for (; file.read < mebibytes; file.read++) yield piece;
		};
		file.content = Readable.from(pieces()) as unknown as ByteStream;
		return file;
	}

	it('a file that no setting allows is refused before it is transferred', async () => {
		const { taken, context } = storage('database', 512);
		const file = fileOf(2, 2 ** 30 + 1);
		const error = await caught(fresh().store(context, 'data', file));
		expect(error).toMatchObject({ name: 'Problem', message: '"x.bam" is too large for n8n\'s database, where this n8n keeps files', description: expect.stringContaining('up to 1024 MiB') });
		expect(file.read).toBe(0);
		expect(file.content.destroyed).toBe(true);
		expect(taken).toEqual([0]);
	});

	it('a file of unknown size is refused as soon as more has come', async () => {
		const { taken, context } = storage('database', 1024);
		const file = fileOf(2000);
		const error = await caught(fresh().store(context, 'data', file));
		expect(error).toMatchObject({ message: expect.stringContaining('too large') });
		expect(file.read).toBeLessThan(1100);
		expect(taken).toEqual([0]);
	});

	it('n8n\'s refusal says what to do, and the next file that is too large is not transferred', async () => {
		const { store } = fresh();
		const { taken, context } = storage('database', 2.5);
		const refused = { name: 'Problem', description: expect.stringMatching(/up to 2\.5 MiB.*N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE/) };
		expect(await caught(store(context, 'data', fileOf(3, 3 * MEBIBYTE)))).toMatchObject(refused);
		const next = fileOf(3, 3 * MEBIBYTE);
		expect(await caught(store(context, 'data', next))).toMatchObject(refused);
		expect(next.read).toBe(0);
		await store(context, 'data', fileOf(2, 2 * MEBIBYTE));
		expect(taken).toEqual([2 * MEBIBYTE]);
	});

	it('files of any size go to other storages, which are asked once', async () => {
		const { store } = fresh();
		const { taken, context } = storage('filesystem-v2', Infinity);
		for (let i = 0; i < 2; i++) expect(await caught(store(context, 'data', fileOf(1, 2 ** 30 + 1)))).toMatchObject({ message: 'The download is not complete' });
		expect(taken).toEqual([0]);
	});
});
