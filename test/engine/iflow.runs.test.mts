import { Bench, byId, LAYOUTS } from './iflow.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const run = (number: number) => `44444444-aaaa-4bbb-8ccc-00000000000${number}`;
const QUEUED = 'demo-reporter-0001';
const DONE = 'demo-reporter-0003';
const NEXTFLOW = 'demo-nextflow-0001';
const T20 = 'outputs are available for completed WDL runs only';
const paths = () => bench.arrived().map(({ method, path, status }) => [method, path, status]);

describe.each(LAYOUTS)('by the %s', (layout) => {
	const json = async (operation: string, parameters = {}) => await bench.through(layout, 'run', operation, parameters);
	const project = () => bench.simulator.info.projectId;
	const collection = layout === 'gateway' ? '/api/analyses' : '/compute/api/v1/runs';

	it('lists the newest runs first, with their status', async () => {
		const found = await json('getAll', { limit: 3 });
		expect(found.map(({ analysis_id, status }) => [analysis_id, status])).toEqual([[NEXTFLOW, 'succeeded'], ['always-fails-0001', 'failed'], ['demo-reporter-0004', 'cancelled']]);
		expect(Object.keys(found[0])).toEqual(['id', 'analysis_id', 'display_id', 'name', 'status', 'order_id', 'output_path', 'error_message', 'pipeline_id']);
		expect(bench.arrived()).toMatchObject([{ path: collection, query: { limit: ['3'] }, headers: { 'x-project-id': project() }, authorized: true }]);
	});

	it('lists those of a status', async () => {
		expect(await json('getAll', { filters: { status: 'succeeded' } })).toMatchObject([{ analysis_id: NEXTFLOW }, { analysis_id: DONE }]);
		expect(bench.arrived()[0].query).toEqual({ limit: ['50'], status: ['succeeded'] });
	});

	it.each(['honoured', 'ignored'])('lists all, where "offset" is %s', async (offset) => {
		await bench.control('POST', 'settings', { offset });
		await bench.control('POST', 'seed', { runs: 230 });
		const found = await json('getAll', { projectId: byId(bench.simulator.info.emptyProjectId), returnAll: true });
		expect(new Set(found.map(({ id }) => id)).size).toBe(230);
		expect(found).toHaveLength(230);
	});

	it('gets one by the ID that iFlow shows, and by its UUID', async () => {
		const [found] = await json('get', { runId: byId(DONE), simplify: false });
		expect(found).toMatchObject({ id: run(3), status: 'succeeded', params: { panels: ['x', 'y'] }, output_path: `gs://sim-main/analyses/${DONE}/` });
		expect(await json('get', { runId: byId(run(5)) })).toMatchObject([{ status: 'failed', error_message: 'Task report exited with code 1' }]);
		expect(bench.arrived().map(({ path, headers }) => [path, headers?.['x-project-id']])).toEqual([[`${collection}/${DONE}`, project()], [`${collection}/${run(5)}`, project()]]);
	});

	it('lists those of an order', async () => {
		expect((await json('getByOrder', { orderId: byId('CASE-17') })).map(({ analysis_id }) => analysis_id)).toEqual(['always-fails-0001', DONE]);
		expect(await json('getByOrder', { orderId: byId('55555555-aaaa-4bbb-8ccc-000000000001') })).toEqual([]);
		expect(bench.arrived()[0].path).toBe(`${collection}/by-order/CASE-17`);
	});

	it('gets the outputs in one item, or in one for each', async () => {
		const names = ['report', 'vcf', 'summary'];
		const [all] = await json('getOutputs', { runId: byId(DONE) });
		expect(all.message).toBeNull();
		expect((all.outputs as Array<{ name: string }>).map(({ name }) => name)).toEqual(names);
		const each = await json('getOutputs', { runId: byId(DONE), eachOutput: true });
		expect(each.map(({ name }) => name)).toEqual(names);
		expect(each[0].path).toBe(`gs://sim-main/analyses/${DONE}/report.html`);
	});

	it('cancels one, which stays in the list', async () => {
		expect(await json('cancel', { runId: byId(QUEUED) })).toEqual([{ success: true, id: QUEUED }]);
		expect(await json('get', { runId: byId(QUEUED) })).toMatchObject([{ status: 'cancelled' }]);
		expect(paths()[0]).toEqual(['DELETE', `${collection}/${QUEUED}`, 204]);
	});

	it('waits until one has ended', async () => {
		bench.simulator.clock.after(12_000, async () => void (await bench.control('POST', `runs/${run(2)}`, { status: 'succeeded' })));
		const [ended] = await json('waitForCompletion', { runId: byId(run(2)) });
		expect(ended).toMatchObject({ analysis_id: 'demo-reporter-0002', status: 'succeeded', finished: true, succeeded: true });
		expect(bench.pauses).toEqual([10_000, 15_000]);
	});
});

describe('the outputs of a run that has none', () => {
	it('are none, with the reason of iFlow', async () => {
		expect(await bench.json('run', 'getOutputs', { runId: byId(NEXTFLOW) })).toEqual([{ outputs: [], message: T20 }]);
		expect(await bench.json('run', 'getOutputs', { runId: byId(NEXTFLOW), eachOutput: true })).toEqual([]);
	});

	it('fail the item where that is wanted', async () => {
		const { error } = await bench.run('run', 'getOutputs', { runId: byId(QUEUED), additionalFields: { failWithout: true } });
		expect(error).toMatchObject({ message: `The run has no outputs: ${T20}`, description: 'iFlow keeps the outputs of runs of WDL pipelines that have succeeded' });
		expect(await bench.json('run', 'getOutputs', { runId: byId(DONE), eachOutput: true, additionalFields: { failWithout: true } })).toHaveLength(3);
	});
});

describe('cancelling', () => {
	it.each([DONE, 'demo-reporter-0004'])('a run that has ended (%s) is refused in the words of iFlow', async (id) => {
		const { error } = await bench.run('run', 'cancel', { runId: byId(id) });
		expect(error?.message).toMatch(/^iFlow refused the request: Cannot cancel an analysis that is (succeeded|cancelled)$/);
		expect(error?.httpCode).toBe('409');
	});

	it('gives out what iFlow answers', async () => {
		await bench.control('POST', 'settings', { deleteBody: true });
		expect(await bench.json('run', 'cancel', { runId: byId(QUEUED) })).toMatchObject([{ success: true, id: run(1), status: 'cancelled' }]);
	});
});

describe('the word for runs', () => {
	beforeEach(async () => void (await bench.control('POST', 'settings', { runsWord: 'analyses' })));

	it('is found out once, and remembered for the execution', async () => {
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		expect((await bench.run('run', 'cancel', { runId: byId(`={{ ["${QUEUED}", "demo-reporter-0002"][$itemIndex] }}`) }, { items: items.slice(0, 2) })).error).toBeUndefined();
		expect(paths()).toEqual([
			['DELETE', `/compute/api/v1/runs/${QUEUED}`, 404],
			['DELETE', `/compute/api/v1/analyses/${QUEUED}`, 204],
			['DELETE', '/compute/api/v1/analyses/demo-reporter-0002', 204],
		]);
		const { outputs } = await bench.run('run', 'getOutputs', { runId: byId(DONE) }, { items });
		expect(outputs[0]).toHaveLength(3);
	});

	it('is that of the credential, where it names one', async () => {
		const runs = await bench.run('run', 'get', { runId: byId(DONE) }, { credential: bench.credential({ runsPath: 'runs' }) });
		expect(runs.error?.httpCode).toBe('404');
		expect(paths()).toEqual([['GET', `/compute/api/v1/runs/${DONE}`, 404]]);
		await bench.json('run', 'getAll', { limit: 1 }, { credential: bench.credential({ runsPath: 'analyses' }) });
		expect(paths()[1]).toEqual(['GET', '/compute/api/v1/analyses', 200]);
	});

	it('is not doubted where a run is unknown', async () => {
		await bench.control('POST', 'settings', { runsWord: 'both' });
		const { error } = await bench.run('run', 'get', { runId: byId('unheard-of') });
		expect(error).toMatchObject({ message: 'iFlow did not find it: Analysis not found', description: expect.stringContaining('"Run"') });
		expect(paths()).toEqual([['GET', '/compute/api/v1/runs/unheard-of', 404]]);
	});
});

describe('waiting for a run', () => {
	const forRun = async (id: string, options = {}) => await bench.run('run', 'waitForCompletion', { runId: byId(id), options });

	it('that has failed fails the item, with the reason of iFlow', async () => {
		const { error } = await forRun('always-fails-0001');
		expect(error).toMatchObject({ message: `The run ${run(5)} ended as "failed"`, description: 'Task report exited with code 1' });
		expect(bench.pauses).toEqual([]);
		const { outputs } = await forRun('always-fails-0001', { onFailure: 'return' });
		expect(outputs[0][0].json).toMatchObject({ status: 'failed', error_message: 'Task report exited with code 1', finished: true, succeeded: false });
	});

	it('that was cancelled says so', async () => {
		expect((await forRun('demo-reporter-0004')).error).toMatchObject({ message: `The run ${run(4)} ended as "cancelled"`, description: 'It was cancelled' });
	});

	it('looks ever more rarely, and stops at the limit', async () => {
		const { error } = await forRun(QUEUED, { waitLimit: 5 });
		expect(error?.message).toBe(`The run ${run(1)} is still "queued" after 5 minutes`);
		expect(bench.pauses.slice(0, 6)).toEqual([10_000, 15_000, 22_500, 33_750, 50_625, 60_000]);
		const { outputs } = await forRun('demo-reporter-0002', { waitLimit: 1, onWaitLimit: 'return' });
		expect(outputs[0][0].json).toMatchObject({ status: 'running', finished: false, succeeded: false });
	});

	it('takes a status that it does not know for one that goes on', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: { id: run(3), status: 'submitted' }, times: 2 });
		expect((await forRun(run(3))).outputs[0][0].json).toMatchObject({ status: 'succeeded', finished: true });
		expect(bench.pauses).toEqual([10_000, 15_000]);
	});

	it('in another project goes on asking there', async () => {
		const { emptyProjectId } = bench.simulator.info;
		const { runs: [id] } = (await bench.control('POST', 'seed', { runs: 1, status: 'running' })) as { runs: string[] };
		await bench.run('run', 'waitForCompletion', { runId: byId(id), projectId: byId(emptyProjectId), options: { waitLimit: 1 } });
		expect(new Set(bench.arrived().map(({ headers }) => headers?.['x-project-id']))).toEqual(new Set([emptyProjectId]));
		expect(bench.pauses.length).toBeGreaterThan(1);
	});
});

describe('the editor', () => {
	it('lists runs with their status, and searches all of them', async () => {
		expect((await bench.shown('searchRuns'))[0]).toEqual([`${NEXTFLOW} (succeeded)`, run(6)]);
		await bench.control('POST', 'seed', { runs: 120, project_id: bench.simulator.info.projectId });
		expect(await bench.shown('searchRuns', {}, QUEUED)).toEqual([[`${QUEUED} (queued)`, run(1)]]);
	});

	it('lists the outputs of the chosen run', async () => {
		expect(await bench.shown('searchOutputs', { runId: DONE }, 'variants')).toEqual([['Variants', 'vcf']]);
		await expect(bench.shown('searchOutputs')).rejects.toMatchObject({ message: '"Run" is empty' });
	});
});
