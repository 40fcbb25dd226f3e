import type { INodeExecutionData } from 'n8n-workflow';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const inputs = (count: number): INodeExecutionData[] => Array.from({ length: count }, (_none, i) => ({ json: { i }, pairedItem: { item: i } }));

/** An item's "bad" ID is refused before anything is sent. */
const getFileOf = { fileId: byId('={{ $json.id }}') };

async function hundredWithSevenBad() {
	const id = await bench.validFile();
	const bad = new Set([0, 1, 13, 50, 51, 98, 99]);
	const items = inputs(100).map((item, i) => ({ ...item, json: { i, id: bad.has(i) ? '00000000-0000-4000-8000-000000000000' : id } }));
	return { items, bad, id };
}

describe('a batch with bad items', () => {
	it('gives 93 results and 7 error items in their order under "Continue", all paired', async () => {
		const { items, bad, id } = await hundredWithSevenBad();
		const { outputs, error } = await bench.run('file', 'get', getFileOf, { items, settings: { onError: 'continueRegularOutput' } });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(100);
		outputs[0].forEach((item, i) => {
			expect(item.pairedItem).toEqual({ item: i });
			if (bad.has(i)) expect(item.json).toEqual({ error: expect.stringContaining('no file with the ID') });
			else expect(item.json.id).toBe(id);
		});
	});

	it('splits them with the error output, all paired', async () => {
		const { items, bad } = await hundredWithSevenBad();
		const { outputs } = await bench.run('file', 'get', getFileOf, { items, settings: { onError: 'continueErrorOutput' } });
		expect(outputs.map((output) => output.length)).toEqual([93, 7]);
		const paired = outputs.map((output) => output.map(({ pairedItem }) => (pairedItem as { item: number }).item));
		expect(paired[1]).toEqual([...bad]);
		expect(paired[0]).toEqual(items.map((_item, i) => i).filter((i) => !bad.has(i)));
	});

	it('stops at the first one otherwise, and names the item', async () => {
		const { items } = await hundredWithSevenBad();
		const { outputs, error } = await bench.run('file', 'get', getFileOf, { items: items.slice(10) });
		expect(outputs).toEqual([]);
		expect(error?.context.itemIndex).toBe(3);
		expect(bench.arrived('GET /data/files').length).toBeLessThan(30);
	});
});

describe('items', () => {
	it('leaves the input as it is', async () => {
		const { items } = await hundredWithSevenBad();
		const before = structuredClone(items);
		await bench.run('file', 'get', getFileOf, { items, settings: { onError: 'continueRegularOutput' } });
		expect(items).toEqual(before);
	});

	it('keeps the order and the pairing of lists', async () => {
		await bench.validFile('a.vcf.gz');
		await bench.validFile('b.vcf.gz');
		const items = ['a', 'b', 'vcf', 'none'].map((search) => ({ json: { search } }));
		const { outputs } = await bench.run('file', 'getAll', { filters: { search: '={{ $json.search }}.vcf.gz' } }, { items });
		expect(outputs[0].map(({ json, pairedItem }) => [json.src_file_name, pairedItem])).toEqual([
			['a.vcf.gz', { item: 0 }],
			['b.vcf.gz', { item: 1 }],
		]);
	});

	it('reads 16 at once at the most, and fewer where "Batching" says so', async () => {
		const fewer = { options: { batching: { batch: { batchSize: 4, batchInterval: 250 } } } };
		for (const [parameters, most] of [[{}, 16], [fewer, 4]] as const) {
			bench.simulator.faults.add({ kind: 'delay', ms: 5, times: 100, method: 'GET' });
			const atOnce = watchConcurrency();
			await bench.run('account', 'getProfile', parameters, { items: inputs(100) });
			expect(atOnce()).toBe(most);
			bench.simulator.faults.clear();
		}
		expect(bench.pauses).toEqual(Array.from({ length: 24 }, () => 250));
	});

	it('writes one after the other', async () => {
		const items = await Promise.all(inputs(20).map(async (_item, i) => await bench.engine.itemWithFile(Buffer.from(`file ${i}`), `${i}.vcf.gz`)));
		const atOnce = watchConcurrency();
		const { outputs } = await bench.run('file', 'upload', {}, { items });
		expect(atOnce()).toBe(1);
		expect(outputs[0].map(({ json }) => json.src_file_name)).toEqual(items.map((_item, i) => `${i}.vcf.gz`));
	});

	it('says what a batch that stops has already created', async () => {
		const items = await Promise.all([0, 1, 2, 3].map(async (i) => await bench.engine.itemWithFile(Buffer.from('x'), `${i}.vcf.gz`)));
		bench.simulator.faults.add({ kind: 'status', status: 422, method: 'POST', skip: 2, body: { detail: 'Request cannot be processed' } });
		const { error } = await bench.run('file', 'upload', {}, { items });
		const created = (await bench.json('file', 'getAll')).map(({ id }) => id as string);
		expect(created).toHaveLength(2);
		for (const id of created) expect(error?.description).toContain(id);
		expect(error?.context.itemIndex).toBe(2);
	});

	it('works with no input field of that name, by a clear error', async () => {
		const { error } = await bench.run('file', 'upload', { inputField: 'genotypes' }, { items: inputs(1) });
		expect(error?.message).toContain('genotypes');
	});

	it.each([
		['getProfile', 'account', {}, 8],
		['get', 'organization', {}, 5],
	])('simplifies %s of %s', async (operation, resource, parameters, fields) => {
		const [simple] = await bench.json(resource, operation, parameters);
		const [whole] = await bench.json(resource, operation, { ...parameters, simplify: false });
		expect(Object.keys(simple)).toHaveLength(fields);
		expect(Object.keys(whole).length).toBeGreaterThan(fields);
	});

	it('has an answer for n8n\'s "Custom API Call"', async () => {
		const { error } = await bench.run('file', '__CUSTOM_API_CALL__');
		expect(error).toMatchObject({ message: 'This operation is not part of the node', description: expect.stringContaining('HTTP Request') });
	});
});

describe('lists', () => {
	const seed = async (files: number) =>
		await fetch(`${bench.simulator.info.control}/galateabio/seed`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ files }) });

	it('returns all rows once, page by page', async () => {
		await seed(250);
		const rows = await bench.json('file', 'getAll', { returnAll: true });
		expect(new Set(rows.map(({ id }) => id)).size).toBe(250);
		expect(bench.arrived('GET /data/files').map(({ query }) => [query.page[0], query.page_size[0]])).toEqual([['1', '100'], ['2', '100'], ['3', '100']]);
	});

	it('stops at the limit without asking for more', async () => {
		await seed(250);
		expect(await bench.json('file', 'getAll', { limit: 20 })).toHaveLength(20);
		expect(await bench.json('file', 'getAll', { limit: 101 })).toHaveLength(101);
		expect(bench.arrived('GET /data/files').map(({ query }) => query.page[0])).toEqual(['1', '1', '2']);
	});
});

/** Counts the requests that are under way at the simulator at the same time; the returned function gives the most. */
function watchConcurrency(): () => number {
	let now = 0;
	let most = 0;
	const server = bench.simulator.app.server;
	const onRequest = (_request: unknown, response: { once(event: 'close', done: () => void): void }) => {
		most = Math.max(most, ++now);
		response.once('close', () => now--);
	};
	server.on('request', onRequest);
	return () => {
		server.off('request', onRequest);
		return most;
	};
}
