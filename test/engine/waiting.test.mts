import { clock } from '../../nodes/shared/clock.ts';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const filesNamed = async (...names: string[]) => await Promise.all(names.map(async (name) => await bench.engine.itemWithFile(Buffer.from('x'), name)));
const force = async (path: string, body: object) =>
	await fetch(`${bench.simulator.info.control}/galateabio/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('waiting', () => {
	it('looks at all launches together, each once a round', async () => {
		const items = await filesNamed('a.vcf.gz', 'b.vcf.gz', 'c.vcf.gz');
		const { outputs } = await bench.run('file', 'upload', { waitForCompletion: true }, { items });
		expect(outputs[0].map(({ json, pairedItem }) => [json.src_file_name, json.status, json.succeeded, pairedItem])).toEqual([
			['a.vcf.gz', 'VALID', true, { item: 0 }],
			['b.vcf.gz', 'VALID', true, { item: 1 }],
			['c.vcf.gz', 'VALID', true, { item: 2 }],
		]);
		expect(bench.arrived('POST /data/files/upload')).toHaveLength(3);
		expect(bench.pauses).toEqual([5000]);
		expect(bench.arrived('GET /data/files')).toHaveLength(6);
	});

	it('takes a state that it does not know as running', async () => {
		const [item] = await filesNamed('a.vcf.gz');
		const { outputs } = await bench.run('file', 'upload', {}, { items: [item] });
		const id = String(outputs[0][0].json.id);
		const forAWhile = { id, status: 'Pondering' };
		bench.simulator.faults.add({ kind: 'status', status: 200, method: 'GET', times: 3, body: { count: 1, next: null, previous: null, results: [forAWhile] } });
		const [file] = await bench.json('file', 'waitForValidation', { fileId: byId(id) });
		expect(file.status).toBe('VALID');
		expect(bench.pauses).toEqual([5000, 7500, 11250]);
	});

	it.each(['error', 'return'] as const)('at its limit: %s', async (onWaitLimit) => {
		const [item] = await filesNamed('a.vcf.gz');
		const { outputs: [[{ json: uploaded }]] } = await bench.run('file', 'upload', {}, { items: [item] });
		bench.simulator.faults.add({ kind: 'status', status: 200, method: 'GET', times: 1000, body: { count: 1, next: null, previous: null, results: [{ id: uploaded.id, status: 'PENDING' }] } });
		const { outputs, error } = await bench.run('file', 'waitForValidation', { fileId: byId(String(uploaded.id)), options: { waitLimit: 10, onWaitLimit } });
		expect(bench.pauses.reduce((sum, pause) => sum + pause, 0)).toBeCloseTo(600_000, -3);
		expect(Math.max(...bench.pauses)).toBeLessThanOrEqual(60_000);
		if (onWaitLimit === 'error') expect(error).toMatchObject({ message: `The file ${String(uploaded.id)} is still "PENDING" after 10 minutes`, description: expect.stringContaining('Wait Limit') });
		else expect(outputs[0][0].json).toMatchObject({ id: uploaded.id, finished: false, succeeded: false });
	});

	it.each([['Wait Limit', { waitLimit: '30 minutes' }], ['Items per Batch', { batching: { batch: { batchSize: 'all' } } }], ['Timeout', { timeout: null }]])('is refused before anything is sent when "%s" is no number', async (label, options) => {
		const { error } = await bench.run('file', 'upload', { waitForCompletion: true, options }, { items: await filesNamed('a.vcf.gz') });
		expect(error?.message).toBe(`"${label}" is not a number`);
		expect(bench.arrived()).toEqual([]);
	});

	it.each([-1, 0])('looks also where batches are switched off: %i', async (batchSize) => {
		const { outputs } = await bench.run('file', 'upload', { waitForCompletion: true, options: { batching: { batch: { batchSize } } } }, { items: await filesNamed('a.vcf.gz') });
		expect(outputs[0][0].json).toMatchObject({ status: 'VALID', succeeded: true });
	});

	it('gives a bad end out when the user wants it', async () => {
		const items = await filesNamed('good.vcf.gz', 'not-valid.vcf.gz');
		const { outputs } = await bench.run('file', 'upload', { waitForCompletion: true, options: { onFailure: 'return' } }, { items });
		expect(outputs[0].map(({ json }) => [json.status, json.finished, json.succeeded])).toEqual([
			['VALID', true, true],
			['NOT_VALID', true, false],
		]);
	});

	it('splits good and bad ends with the error output', async () => {
		const items = await filesNamed('good.vcf.gz', 'not-valid.vcf.gz', 'fine.vcf.gz');
		const { outputs } = await bench.run('file', 'upload', { waitForCompletion: true }, { items, settings: { onError: 'continueErrorOutput' } });
		expect(outputs.map((output) => output.map(({ pairedItem }) => (pairedItem as { item: number }).item))).toEqual([[0, 2], [1]]);
	});

	it('tells a failed order by its own word', async () => {
		const sourceFileId = byId(await bench.validFile());
		const model = byId(bench.simulator.info.models[0].model_name);
		const { outputs: [[{ json: order }]] } = await bench.run('order', 'submit', { sourceFileId, model });
		await force(`orders/${String(order.id)}`, { status: 'QC failed' });
		const { json: now } = (await bench.run('order', 'get', { orderId: byId(String(order.id)) })).outputs[0][0];
		expect(now.status).toBe('QC failed');
	});

	it('ends at once when the execution is stopped, without error items', async () => {
		let stop = () => {};
		clock.sleep = async (_ms, signal) => {
			stop();
			expect(signal?.aborted).toBe(true);
		};
		const items = await filesNamed('a.vcf.gz', 'b.vcf.gz');
		const { outputs, run } = await bench.run('file', 'upload', { waitForCompletion: true }, { items, settings: { onError: 'continueRegularOutput' }, onStart: (cancel) => { stop = cancel; } });
		expect(run.status).toBe('canceled');
		expect(outputs.flat().filter(({ error }) => error !== undefined)).toEqual([]);
	});
});

describe('a real pause', () => {
	it('ends soon after it is aborted', async () => {
		const { clock: real } = jest.requireActual<typeof import('../../nodes/shared/clock.ts')>('../../nodes/shared/clock.ts');
		const abort = new AbortController();
		abort.abort();
		await real.sleep(60_000, abort.signal);
	});
});
