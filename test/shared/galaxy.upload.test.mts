import { checkShape } from '../../nodes/Galaxy/collectionShape.ts';
import { inPairs, pairName } from '../../nodes/Galaxy/pairs.ts';
import { elementsOf, filesWanted, nameOf } from '../../nodes/Galaxy/upload/elements.ts';
import type { UploadValues } from '../../nodes/Galaxy/upload/fields.ts';
import { planOf } from '../../nodes/Galaxy/upload/plan.ts';
import { sendInChunks } from '../../nodes/Galaxy/upload/resumable.ts';
import { clock } from '../../nodes/shared/clock.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import type { Carried } from '../../nodes/shared/operation.ts';
import type { Connection } from '../../nodes/shared/request.ts';

const plan = (values: object, ...fileNames: string[]) => planOf({ destination: 'datasets', source: 'file', ...values } as UploadValues, fileNames);

describe('the target of an upload', () => {
	it('has one element for each file, under its name, with the line ends of Unix', () => {
		expect(plan({}, 'a.fq', 'b.fq')).toEqual({
			destination: { type: 'hdas' },
			elements: [{ src: 'files', name: 'a.fq', to_posix_lines: true }, { src: 'files', name: 'b.fq', to_posix_lines: true }],
		});
	});

	it('says of each element what is said of all', () => {
		const { elements } = plan({ source: 'urls', urls: ['https://example.org/x/reads%20one.fq?version=2'], fileType: 'fastqsanger', genomeBuild: 'hg38', toPosixLines: false, deferred: true, requestHeaders: { Authorization: 'of the file' }, checksum: 'abc', checksumFunction: 'MD5' });
		expect(elements).toEqual([{ src: 'url', url: 'https://example.org/x/reads%20one.fq?version=2', name: 'reads one.fq', ext: 'fastqsanger', dbkey: 'hg38', to_posix_lines: false, deferred: true, headers: { Authorization: 'of the file' }, hashes: [{ hash_function: 'MD5', hash_value: 'abc' }] }]);
	});

	it.each([
		['paths', { serverPaths: ['/data/a.bam'] }, { src: 'path', path: '/data/a.bam', name: 'a.bam' }],
		['directory', { importPaths: ['run/a.bam'] }, { src: 'server_dir', server_dir: 'run/a.bam', name: 'a.bam' }],
		['ftp', { ftpFiles: ['a.bam'] }, { src: 'ftp_import', ftp_path: 'a.bam', name: 'a.bam' }],
		['text', { text: 'x' }, { src: 'pasted', paste_content: 'x', name: 'Text' }],
	])('takes data from %s', (source, values, element) => {
		expect(plan({ source, ...values }).elements).toEqual([{ ...element, to_posix_lines: true }]);
	});

	it('takes names for all, or for none', () => {
		expect(plan({ names: ['one', 'two'] }, 'a', 'b').elements).toMatchObject([{ name: 'one' }, { name: 'two' }]);
		expect(() => plan({ names: ['one'] }, 'a', 'b')).toThrow('The number of names (1) is not that of the datasets (2)');
	});

	const collection = { destination: 'collection', collectionName: 'Reads', collectionKind: 'list' };

	it('is a collection, of a list, a pair or pairs', () => {
		expect(plan({ ...collection, collectionTags: ['x'] }, 'a', 'b')).toMatchObject({ destination: { type: 'hdca' }, name: 'Reads', collection_type: 'list', tags: ['x'], elements: [{ name: 'a' }, { name: 'b' }] });
		expect(plan({ ...collection, collectionKind: 'paired' }, 'a', 'b').elements).toMatchObject([{ name: 'forward' }, { name: 'reverse' }]);
		expect(plan({ ...collection, collectionKind: 'list:paired' }, 'S1_R1.fq', 'S1_R2.fq', 'S2_R1.fq', 'S2_R2.fq').elements).toMatchObject([
			{ name: 'S1', elements: [{ name: 'forward', src: 'files' }, { name: 'reverse', src: 'files' }] },
			{ name: 'S2', elements: [{ name: 'forward' }, { name: 'reverse' }] },
		]);
	});

	it('is refused where files do not make the collection', () => {
		expect(() => plan({ ...collection, collectionKind: 'paired' }, 'a')).toThrow('A pair is made of two datasets, not of 1');
		expect(() => plan({ ...collection, collectionKind: 'list:paired' }, 'a', 'b', 'c')).toThrow('3 datasets cannot be put in pairs');
		expect(() => plan(collection, 'a', 'a')).toThrow('two elements have the name "a"');
	});

	it('is a library folder, by its ID without F, or a new library', () => {
		expect(plan({ destination: 'libraryFolder', folderId: 'F5a1cff6882ddb5b2' }, 'a').destination).toEqual({ type: 'library_folder', library_folder_id: '5a1cff6882ddb5b2' });
		expect(() => plan({ destination: 'libraryFolder', folderId: '5a1cff6882ddb5b2' }, 'a')).toThrow('"5a1cff6882ddb5b2" is not the ID of a library folder');
		expect(plan({ destination: 'library', libraryName: 'L', libraryDescription: 'D', librarySynopsis: 'S' }, 'a').destination).toEqual({ type: 'library', name: 'L', description: 'D', synopsis: 'S' });
	});

	it('expands one archive into a collection or a library, not into datasets', () => {
		expect(plan({ ...collection, source: 'urls', urls: ['https://example.org/a.zip'], expand: 'archive', autoDecompress: true })).toEqual({ destination: { type: 'hdca' }, collection_type: 'list', name: 'Reads', src: 'url', url: 'https://example.org/a.zip', elements_from: 'archive', auto_decompress: true });
		expect(plan({ destination: 'libraryFolder', folderId: 'F5a1cff6882ddb5b2', expand: 'archive' }, 'a.zip')).not.toHaveProperty('name', 'a.zip');
		expect(() => plan({ expand: 'archive' }, 'a.zip')).toThrow('Galaxy does not expand archives into single datasets');
		expect(() => plan({ ...collection, expand: 'archive' }, 'a.zip', 'b.zip')).toThrow('Only one archive or directory can be expanded at once');
	});

	it('takes elements in Galaxy\'s words, and what they leave open from the fields', () => {
		const elements = [{ name: 'S1', elements: [{ src: 'files', name: 'forward', ext: 'fastqsanger' }, { src: 'files', name: 'reverse' }] }];
		const target = plan({ ...collection, collectionKind: 'list:paired', source: 'elements', elements, fileType: 'fastq' });
		expect(target.elements).toEqual([{ name: 'S1', elements: [{ src: 'files', name: 'forward', ext: 'fastqsanger', to_posix_lines: true }, { src: 'files', name: 'reverse', ext: 'fastq', to_posix_lines: true }] }]);
		expect(filesWanted(elements)).toBe(2);
		expect(filesWanted([{ src: 'pasted', extra_files: { src: 'files' } }])).toBe(1);
		expect(filesWanted([{ src: 'composite', composite: { elements: [{ src: 'files' }, { src: 'pasted' }] } }])).toBe(1);
	});

	it('is refused with a checksum that is not one of one dataset', () => {
		expect(() => plan({ checksum: 'abc' }, 'a')).toThrow('A checksum needs its function');
		expect(() => plan({ checksum: 'abc', checksumFunction: 'MD5' }, 'a', 'b')).toThrow('One checksum cannot be that of 2 datasets');
	});
});

describe('an address', () => {
	it('names a dataset by its last part', () => {
		expect(['https://example.org/a/b.vcf.gz', 'gxfiles://store/x/', 'https://example.org/100%', 'base64://QUJD'].map((url) => nameOf('urls', url))).toEqual(['b.vcf.gz', 'x', '100%', 'Text']);
	});

	it('is refused when it is none', () => {
		expect(() => elementsOf('urls', ['www.example.org/a'])).toThrow('"www.example.org/a" is not an address');
	});
});

describe('a pair', () => {
	it.each([['S1_R1.fq', 'S1_R2.fq', 'S1'], ['a.1.fq', 'a.2.fq', 'a'], ['LR1', 'LR2', 'LR'], ['a', 'b', undefined], ['_1', '_2', undefined]])('of %s and %s is called %s', (forward, reverse, name) => {
		expect(pairName(forward, reverse)).toBe(name);
	});

	it('takes a name that is given, and is refused without any', () => {
		expect(inPairs(['x', 'y'], ['S'], (name) => name)).toEqual([{ name: 'S', pair: ['x', 'y'] }]);
		expect(() => inPairs(['x', 'y'], [], (name) => name)).toThrow('"x" and "y" do not look like a pair');
	});
});

describe('the shape of a collection', () => {
	const check = (type: string, elements: object[]) => () => checkShape(type, elements as never, 'element_identifiers');
	const pair = [{ name: 'forward' }, { name: 'reverse' }];

	it('fits', () => {
		for (const fits of [check('list', [{ name: 'a' }, { name: 'b' }]), check('paired', pair), check('list:paired', [{ name: 'S1', element_identifiers: pair }, { name: 'S2', src: 'hdca' }]), check('paired_or_unpaired', [{ name: 'unpaired' }])]) expect(fits).not.toThrow();
	});

	it.each([
		['lists', [{ name: 'a' }], 'no type of collections'],
		['paired', [{ name: 'x' }], 'a pair has two elements'],
		['paired_or_unpaired', [{ name: 'x' }], 'either two elements'],
		['list', [], 'it has no elements'],
		['list', [{}], 'an element has no name'],
		['list', [{ name: 'a' }, { name: 'a' }], 'two elements have the name "a"'],
		['list', [{ name: 'a', element_identifiers: pair }], '"a" is a collection, where a dataset belongs'],
		['list:paired', [{ name: 'a', src: 'hda' }], '"a" is no collection'],
		['list:paired', [{ name: 'a', element_identifiers: [{ name: 'x' }] }], 'a pair has two elements'],
	])('%s of %j is refused', (type, elements, words) => {
		expect(check(type, elements)).toThrow(words);
	});
});

describe('a file in chunks', () => {
	const size = 25_000_000;
	const file = { name: 'réads.fq', mimeType: 'text/plain', size: undefined, open: async function* () { for (let i = 0; i < 5; i++) yield new Uint8Array(size / 5).fill(i); } };
	const { sleep } = clock;
	beforeAll(() => {
		clock.sleep = async () => undefined;
	});
	afterAll(() => {
		clock.sleep = sleep;
	});

	/** What a server does that keeps only `keep` bytes of the second chunk, once, or loses what it had. */
	function server(keep: number, { loses = false, status = 0 } = {}) {
		const arrived: number[] = [];
		const sent: Array<[number, number]> = [];
		let has = 0;
		const connection = {
			exchange: async (line: string, { headers }: Carried) => {
				if (line.startsWith('POST')) return { headers: { location: 'http://elsewhere/x/session-7' }, about: arrived.push(Number(headers?.['Upload-Length'])) };
				return { headers: { 'upload-offset': String(loses ? 0 : has) } };
			},
			send: async (_line: string, { headers, body, path }: Carried) => {
				expect(path).toEqual({ session: 'session-7' });
				const offset = Number(headers?.['Upload-Offset']);
				const { length } = body as Buffer;
				sent.push([offset, length]);
				if (sent.length !== 2) return void (has = offset + length);
				has = offset + keep;
				throw new Problem('Galaxy did not answer', status === 0 ? { passing: true } : { status });
			},
		} as unknown as Connection;
		return { connection, arrived, sent };
	}

	it('tells its size, also where n8n does not know it, and goes on where it broke off', async () => {
		const { connection, arrived, sent } = server(4_000_000);
		expect(await sendInChunks(connection, file)).toBe('session-7');
		expect(arrived).toEqual([size]);
		expect(sent).toEqual([[0, 10_000_000], [10_000_000, 10_000_000], [14_000_000, 6_000_000], [20_000_000, 5_000_000]]);
	});

	it('does not send again what has arrived all the same', async () => {
		const { connection, sent } = server(10_000_000, { status: 409 });
		await sendInChunks(connection, file);
		expect(sent).toEqual([[0, 10_000_000], [10_000_000, 10_000_000], [20_000_000, 5_000_000]]);
	});

	it('ends with a Problem where Galaxy refuses it, or has lost a part', async () => {
		await expect(sendInChunks(server(0, { status: 413 }).connection, file)).rejects.toThrow('Galaxy did not answer');
		await expect(sendInChunks(server(0, { loses: true }).connection, file)).rejects.toThrow('Galaxy has lost a part of the file');
	});
});
