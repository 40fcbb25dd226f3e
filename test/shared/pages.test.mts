import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { offsets, only, pageNumbers, rows, wholeList, type FetchPage, type Page, type Pages } from '../../nodes/shared/pages.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const RUNS = { numRuns: 1000 };

const row = (id: number): IDataObject => ({ id });
const rowsOf = (count: number): IDataObject[] => Array.from({ length: count }, (_none, i) => row(i));

/** What happens to a list before one of its pages is given: rows added at its head, taken to its head, and deleted. */
interface Change {
	added: number;
	moved: number[];
	deleted: number[];
}

/** A service with one list, which changes between two requests. */
class Service {
	/** Page numbers that were asked for. */
	readonly asked: number[] = [];
	readonly sizes: number[] = [];
	private nextId: number;
	private last: { next: unknown; results: IDataObject[] } | undefined;

	constructor(
		readonly list: IDataObject[],
		private readonly changes: Change[] = [],
	) {
		this.nextId = list.length;
	}

	readonly fetch: FetchPage = async ({ page, page_size }) => {
		if (this.last) this.change(this.changes[this.asked.length - 1]);
		const [number, size] = [Number(page), Number(page_size)];
		this.asked.push(number);
		this.sizes.push(size);
		const results = this.list.slice((number - 1) * size, number * size);
		this.last = { next: number * size < this.list.length ? `http://elsewhere.test/?page=${number + 1}` : null, results };
		return this.last;
	};

	private change({ added, moved, deleted }: Change = { added: 0, moved: [], deleted: [] }): void {
		const { list } = this;
		for (const i of deleted) if (list.length > 0) list.splice(i % list.length, 1);
		for (const i of moved) if (list.length > 0) list.unshift(...list.splice(i % list.length, 1));
		for (let i = 0; i < added; i++) list.unshift(row(this.nextId++));
	}
}

const paged = (most?: number) => pageNumbers({ page: 'page', size: 'page_size', most });

async function read(service: { fetch: FetchPage }, pages: Pages, wanted = Infinity): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const one of rows(pages(service.fetch, wanted), wanted)) found.push(one);
	return found;
}

/** Lists of rows as pages that say that more follow. */
async function* asPages(lists: AsyncGenerator<IDataObject[]>): AsyncGenerator<Page> {
	for await (const list of lists) yield { rows: list, hasNext: true };
}

const wantedRows = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 80 }));
const index = fc.nat({ max: 100 });

describe('offsets', () => {
	/** A service that gives `most` rows at the most, whatever is asked for. */
	function django(length: number, most: number) {
		const asked: Array<[offset: number, limit: number]> = [];
		const fetch: FetchPage = async ({ offset, limit }) => {
			asked.push([Number(offset), Number(limit)]);
			const end = Number(offset) + Math.min(Number(limit), most);
			return { meta: { count: length, next: end < length ? `https://elsewhere.test/list/?limit=${String(limit)}&offset=${end}&sort_by=created` : null }, results: rowsOf(length).slice(Number(offset), end) };
		};
		return { asked, fetch };
	}

	it('reads a list from its start, by the offset of the next page, and asks for no page that is not needed', async () => {
		await fc.assert(fc.asyncProperty(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), wantedRows, async (length, most, given, wanted) => {
			const service = django(length, given);
			expect(await read(service, offsets(most), wanted)).toEqual(rowsOf(Math.min(length, wanted)));
			const size = Math.min(most, given, wanted);
			expect(service.asked.map(([offset]) => offset)).toEqual(Array.from({ length: Math.max(1, Math.ceil(Math.min(length, wanted) / size)) }, (_none, i) => i * size));
		}), RUNS);
	});

	it('goes on without an offset in the address of the next page', async () => {
		const asked: unknown[] = [];
		const fetch: FetchPage = async ({ offset }) => {
			asked.push(offset);
			return { meta: { next: offset === 4 ? null : 'https://elsewhere.test/list/' }, results: [row(Number(offset)), row(Number(offset) + 1)] };
		};
		expect(await read({ fetch }, offsets(200))).toHaveLength(6);
		expect(asked).toEqual([0, 2, 4]);
	});

	it.each([[undefined], [{ results: {} }], ['text'], [{ meta: { next: null } }]])('says so when something else comes: %j', async (answer) => {
		await expect(read({ fetch: async () => answer }, offsets(200))).rejects.toThrow('The list came in a form that is not known');
	});
});

describe('a list that comes whole', () => {
	it('is read at once, and no more of it given than is wanted', async () => {
		const fetch = jest.fn(async () => rowsOf(5));
		expect(await read({ fetch }, wholeList, 3)).toEqual(rowsOf(3));
		expect(fetch).toHaveBeenCalledTimes(1);
		await expect(read({ fetch: async () => ({ results: [] }) }, wholeList)).rejects.toThrow('The list came in a form that is not known');
	});
});

describe('only', () => {
	it('leaves rows out before they count, page by page', async () => {
		async function* pagesOf(): AsyncGenerator<Page> {
			yield { rows: rowsOf(2), hasNext: true };
			yield { rows: [{ id: 7 }, { id: 8 }, { id: 9 }], hasNext: false };
		}
		const found: IDataObject[] = [];
		for await (const row of rows(only(pagesOf(), ({ id }) => Number(id) >= 8), 1)) found.push(row);
		expect(found).toEqual([{ id: 8 }]);
	});
});

describe('page numbers', () => {
	it('reads a list that keeps still from its start, and asks for no page that is not needed', async () => {
		await fc.assert(fc.asyncProperty(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 12 }), wantedRows, async (length, most, wanted) => {
			const service = new Service(rowsOf(length));
			expect(await read(service, paged(most), wanted)).toEqual(rowsOf(Math.min(length, wanted)));
			const size = Math.min(most, wanted);
			const needed = Math.max(1, Math.ceil(Math.min(length, wanted) / size));
			expect(service.asked).toEqual(Array.from({ length: needed }, (_none, i) => i + 1));
			expect(new Set(service.sizes)).toEqual(new Set([size]));
		}), RUNS);
	});

	/** Fewer rows than a page holds come in at the head between two requests: else no reader could get ahead. */
	const changing = fc.tuple(wantedRows, fc.integer({ min: 2, max: 10 })).chain(([wanted, most]) => {
		const push = Math.max(0, Math.min(wanted, most) - 1);
		const change = fc.nat({ max: push }).chain((added) =>
			fc.record({ added: fc.constant(added), moved: fc.array(index, { maxLength: push - added }), deleted: fc.array(index, { maxLength: 5 }) }));
		return fc.record({ wanted: fc.constant(wanted), most: fc.constant(most), length: fc.nat({ max: 60 }), changes: fc.array(change, { maxLength: 30 }) });
	});

	it('gives no row twice and never more than wanted while rows are added, moved and deleted', async () => {
		await fc.assert(fc.asyncProperty(changing, async ({ wanted, most, length, changes }) => {
			const found = await read(new Service(rowsOf(length), changes), paged(most), wanted);
			expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
			expect(found.length).toBeLessThanOrEqual(wanted);
		}), RUNS);
	});

	it('stops asking once it has enough, also while the list changes', async () => {
		await fc.assert(fc.asyncProperty(changing, async ({ wanted, most, length, changes }) => {
			const service = new Service(rowsOf(length), changes);
			const found: unknown[] = [];
			const fetch: FetchPage = async (query) => {
				expect(found.length).toBeLessThan(wanted);
				return await service.fetch(query);
			};
			for await (const one of rows(paged(most)(fetch, wanted), wanted)) found.push(one);
			expect(service.asked).toEqual(service.asked.map((_page, i) => i + 1));
		}), RUNS);
	});

	it('misses no row that stays while others are added', async () => {
		const onlyAdded = changing.map((one) => ({ ...one, wanted: Infinity, changes: one.changes.map(({ added }) => ({ added, moved: [], deleted: [] })) }));
		await fc.assert(fc.asyncProperty(onlyAdded, async ({ wanted, most, length, changes }) => {
			const found = await read(new Service(rowsOf(length), changes), paged(most), wanted);
			expect(found).toEqual(expect.arrayContaining(rowsOf(length)));
		}), RUNS);
	});

	it('asks for 100 rows at once, or for fewer where fewer are wanted or given', async () => {
		const sizeFor = async (wanted: number, most?: number) => {
			const service = new Service(rowsOf(5));
			await read(service, paged(most), wanted);
			return service.sizes[0];
		};
		expect([await sizeFor(Infinity), await sizeFor(20), await sizeFor(500), await sizeFor(500, 1000), await sizeFor(30, 25)]).toEqual([100, 20, 100, 500, 25]);
	});

	it('begins after the pages that are to be skipped', async () => {
		const service = new Service(rowsOf(25));
		const pages = paged(10)(service.fetch, 10, 2);
		expect((await pages.next()).value).toEqual({ rows: rowsOf(25).slice(20), hasNext: false });
		expect(service.asked).toEqual([3]);
	});

	it('ends at an empty page, even when the service names a next one', async () => {
		let asked = 0;
		const fetch: FetchPage = async () => {
			asked += 1;
			return { next: 'http://elsewhere.test', results: asked === 1 ? rowsOf(2) : [] };
		};
		expect(await read({ fetch }, paged())).toEqual(rowsOf(2));
		expect(asked).toBe(2);
	});

	it('gives nothing for an empty list', async () => {
		expect(await read(new Service([]), paged())).toEqual([]);
	});

	it.each([[undefined], [null], ['text'], [[row(1)]], [{}], [{ results: null }], [{ results: { id: 1 } }]])('refuses an answer without rows: %j', async (answer) => {
		const error = await read({ fetch: async () => answer }, paged()).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: expect.stringContaining('form that is not known'), description: expect.stringContaining('results') });
	});
});

describe('rows', () => {
	/** Pages that come again and again, and how many of them were taken. */
	function again(...pages: IDataObject[][]) {
		const taken = { pages: 0, closed: false };
		async function* generator() {
			try {
				// a list that is not seen to be endless would hold the test up for ever
				while (taken.pages < 500) yield pages[taken.pages++ % pages.length];
			} finally {
				taken.closed = true;
			}
		}
		return { taken, generator: generator() };
	}

	async function all(pages: AsyncGenerator<IDataObject[]>, wanted = Infinity) {
		const found: IDataObject[] = [];
		for await (const one of rows(asPages(pages), wanted)) found.push(one);
		return found;
	}

	const nameless = [{ name: 'a' }, { name: 'b' }];

	it.each([
		['one page', [rowsOf(2)]],
		['two pages in turn', [rowsOf(2), [row(7)]]],
		['one page of rows without an ID', [nameless]],
		['two pages of rows without an ID', [nameless, [{ name: 'c' }]]],
		['a page and an empty one in turn', [rowsOf(2), []]],
	])('ends a list without an end with a message: %s', async (_name, pages) => {
		const { taken, generator } = again(...pages);
		const error = await all(generator).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(Problem);
		expect(error).toMatchObject({ message: 'The list does not come to an end', description: expect.stringContaining('"Return All"') });
		expect(taken.pages).toBeLessThanOrEqual(2 * pages.length + 2);
		expect(taken.closed).toBe(true);
	});

	it('bears one page that brings nothing new', async () => {
		async function* pages() {
			yield rowsOf(2);
			yield rowsOf(2);
			yield [row(5)];
			yield [row(5)];
			yield [row(6)];
		}
		expect((await all(pages())).map(({ id }) => id)).toEqual([0, 1, 5, 6]);
	});

	it('goes on after an empty page', async () => {
		async function* pages() {
			yield [row(1)];
			yield [];
			yield [];
			yield [];
			yield [row(2)];
		}
		expect(await all(pages())).toEqual([row(1), row(2)]);
	});

	it('closes the pages as soon as it has enough', async () => {
		const { taken, generator } = again(rowsOf(3));
		expect(await all(generator, 3)).toHaveLength(3);
		expect(taken).toEqual({ pages: 1, closed: true });
	});

	it('holds one page: the next one is taken when the last row of this one was', async () => {
		const { taken, generator } = again(rowsOf(2), [row(7)]);
		const one = rows(asPages(generator), Infinity);
		await one.next();
		await one.next();
		expect(taken.pages).toBe(1);
		await one.next();
		expect(taken.pages).toBe(2);
		await one.return(undefined);
		expect(taken.closed).toBe(true);
	});

	it('hands on all rows without an ID, alike or not', async () => {
		async function* pages() {
			yield [{ name: 'a' }, { name: 'a' }];
			yield [{ name: 'a' }, { name: 'b', id: null }];
		}
		expect(await all(pages())).toHaveLength(4);
	});

	it('tells the IDs 1 and "1" apart', async () => {
		async function* pages() {
			yield [{ id: 1 }, { id: '1' }];
		}
		expect(await all(pages())).toHaveLength(2);
	});
});
