import type { IDataObject } from 'n8n-workflow';
import { IFlowOAuth2Api } from '../../credentials/IFlowOAuth2Api.credentials.ts';
import { IFlowTrigger } from '../../nodes/IFlow/IFlowTrigger.node.ts';
import { withDefaults } from './engine.mts';
import { Bench, byId } from './iflow.mts';
import { Polling } from './trigger.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const HOUR = 3_600_000;
const type = new IFlowTrigger();
const watching = (event: string, parameters: IDataObject = {}, credential = bench.credential()) => new Polling(type, credential, withDefaults(type, { event, ...parameters }));
const pass = async (ms = 1000) => await bench.simulator.clock.advance(ms);
const move = async (run: unknown, status: string) => await bench.control('POST', `runs/${String(run)}`, { status });

/** A run that stays queued. */
async function submit(more: IDataObject = {}): Promise<IDataObject> {
	await pass();
	const [run] = await bench.json('run', 'submit', { pipelineId: byId('always-fails'), inputsMode: 'json', inputsJson: '{"vcf": "a.vcf.gz"}', additionalFields: { extraFields: '{"params": {"simulate": "queued"}}', ...more } });
	return run;
}

const order = async () => {
	await pass();
	return (await bench.json('order', 'create'))[0];
};

describe.each([['services', {}], ['gateway', { apiLayout: 'gateway' }]])('with %s', (_layout, changes) => {
	it('tells of a run once when it has ended, and of none that had ended before', async () => {
		const trigger = watching('runFinished', {}, bench.credential(changes));
		expect(await trigger.poll()).toBeUndefined();
		const { id } = await submit();
		expect(await trigger.poll()).toBeUndefined();
		await move(id, 'failed');
		// one that was queued before the trigger was switched on
		await move('demo-reporter-0001', 'succeeded');
		const told = await trigger.poll();
		expect(told).toHaveLength(2);
		expect(told).toMatchObject([{ analysis_id: 'demo-reporter-0001', status: 'succeeded', params: expect.any(Object) }, { id, status: 'failed' }]);
		expect(await trigger.poll()).toBeUndefined();
	});

	it('tells of new orders, samples, subjects and runs', async () => {
		const events = ['orderCreated', 'sampleCreated', 'subjectCreated', 'runCreated'];
		const triggers = events.map((event) => watching(event, {}, bench.credential(changes)));
		for (const trigger of triggers) expect(await trigger.poll()).toBeUndefined();
		await order();
		const [subject] = await bench.json('subject', 'create');
		await bench.json('sample', 'create', { subjectId: byId(String(subject.id)) });
		await submit();
		for (const trigger of triggers) {
			expect(await trigger.poll()).toHaveLength(1);
			expect(await trigger.poll()).toBeUndefined();
		}
	});
});

it('tells of ends by outcome, pipeline and order, with outputs', async () => {
	const pipelineId = byId(String((await bench.json('pipeline', 'getBySlug', { slug: 'demo-reporter' }))[0].id));
	const succeeded = watching('runFinished', { outcomes: ['succeeded'], includeOutputs: true });
	const cancelled = watching('runFinished', { outcomes: ['cancelled'] });
	const ofPipeline = watching('runFinished', { pipelineId });
	const ofOrder = watching('runFinished', { orderId: byId('CASE-17') });
	for (const trigger of [succeeded, cancelled, ofPipeline, ofOrder]) await trigger.poll();
	const { id } = await submit({ forOrder: byId('CASE-17') });
	await move(id, 'failed');
	await move('demo-reporter-0001', 'succeeded');
	await move('demo-reporter-0002', 'cancelled');
	expect(await succeeded.poll()).toMatchObject([{ analysis_id: 'demo-reporter-0001', outputs: expect.arrayContaining([expect.objectContaining({ name: 'report' })]) }]);
	expect(await cancelled.poll()).toMatchObject([{ analysis_id: 'demo-reporter-0002' }]);
	expect((await ofPipeline.poll())?.map(({ status }) => status).sort()).toEqual(['cancelled', 'succeeded']);
	expect(await ofOrder.poll()).toMatchObject([{ id }]);
});

it('follows runs that began long ago one by one, and reads no further back', async () => {
	const { id } = await submit();
	const trigger = watching('runFinished');
	await trigger.poll();
	await pass(100 * HOUR);
	await bench.control('POST', 'seed', { project_id: bench.simulator.info.projectId, runs: 250 });
	await trigger.poll();
	const before = bench.arrived('GET /compute/runs').length;
	await move(id, 'succeeded');
	expect(await trigger.poll()).toMatchObject([{ id, status: 'succeeded' }]);
	expect(bench.arrived('GET /compute/runs').length - before).toBeLessThanOrEqual(3);
	expect(await trigger.poll()).toBeUndefined();
});

it('tells each status of a run and of an order, with the one before', async () => {
	const runs = watching('runStatusChanged');
	const orders = watching('orderStatusChanged');
	const toReview = watching('orderStatusChanged', { from: ['analyzing'], to: ['review'] });
	for (const trigger of [runs, orders, toReview]) await trigger.poll();
	await move('demo-reporter-0001', 'a status of tomorrow');
	expect(await runs.poll()).toMatchObject([{ analysis_id: 'demo-reporter-0001', status: 'a status of tomorrow', previous_status: 'queued' }]);
	for (const status of ['analyzing', 'review']) {
		await pass();
		await bench.json('order', 'transition', { orderId: byId('CASE-11'), status });
		expect(await orders.poll()).toMatchObject([{ order_id: 'CASE-11', status }]);
		expect(await toReview.poll()).toEqual(status === 'review' ? [expect.objectContaining({ previous_status: 'analyzing' })] : undefined);
	}
	expect(await orders.poll()).toBeUndefined();
});

it('tells that an order was changed, and not that it is new', async () => {
	const trigger = watching('orderUpdated');
	await trigger.poll();
	await order();
	expect(await trigger.poll()).toBeUndefined();
	await pass();
	await bench.json('order', 'update', { orderId: byId('CASE-12'), additionalFields: { description: 'changed' } });
	expect(await trigger.poll()).toMatchObject([{ order_id: 'CASE-12', description: 'changed' }]);
	expect(await trigger.poll()).toBeUndefined();
});

it('tells of files that are new or have changed, in a folder or in all below', async () => {
	const put = async (path: string) => {
		await pass();
		await bench.control('POST', 'objects', { path, text: 'x' });
	};
	await put('inbox/a.txt');
	const folder = watching('fileAppeared', { folder: 'inbox' });
	const below = watching('fileAppeared', { folder: 'inbox/', recursive: true });
	for (const trigger of [folder, below]) expect(await trigger.poll()).toBeUndefined();
	await put('inbox/a.txt');
	await put('inbox/deep/b.txt');
	expect((await folder.poll())?.map(({ name }) => name)).toEqual(['inbox/a.txt']);
	expect((await below.poll())?.map(({ name }) => name)).toEqual(['inbox/a.txt', 'inbox/deep/b.txt']);
	expect(await folder.poll()).toBeUndefined();
});

it('gives the newest one in a manual run, and remembers nothing', async () => {
	const { id } = await order();
	const trigger = watching('orderCreated');
	expect(await trigger.poll('manual')).toMatchObject([{ id }]);
	expect(trigger.state).toEqual({});
	expect(await watching('runFinished').poll('manual')).toMatchObject([{ analysis_id: 'demo-nextflow-0001' }]);
});

it('keeps what it knew when a poll fails', async () => {
	const trigger = watching('orderCreated');
	await trigger.poll();
	const { id } = await order();
	bench.simulator.faults.add({ kind: 'status', status: 403, body: { detail: 'not now' }, times: 1 } as never);
	await expect(trigger.poll()).rejects.toThrow('not now');
	expect(await trigger.poll()).toMatchObject([{ id }]);
});

it.each([['honoured', 'array'], ['ignored', 'array'], ['honoured', 'wrapped']])('looks through hundreds of orders, each once, with offsets %s and lists as %s', async (offset, listShape) => {
	await bench.control('POST', 'settings', { offset, listShape });
	const projectId = byId(bench.simulator.info.otherProjectId);
	await bench.control('POST', 'seed', { project_id: bench.simulator.info.otherProjectId, orders: 700 });
	const trigger = watching('orderCreated', { projectId });
	await trigger.poll();
	await pass();
	await bench.control('POST', 'seed', { project_id: bench.simulator.info.otherProjectId, orders: 20 });
	expect(await trigger.poll()).toHaveLength(20);
	expect(await trigger.poll()).toBeUndefined();
});

it('forgets what was settled long ago, and takes it for nothing new', async () => {
	const trigger = watching('orderCreated');
	await trigger.poll();
	expect(Object.keys((trigger.state.state as { marks: object }).marks)).toHaveLength(11);
	await pass(400 * 24 * HOUR);
	await order();
	expect(await trigger.poll()).toHaveLength(1);
	expect(Object.keys((trigger.state.state as { marks: object }).marks)).toHaveLength(1);
	expect(await trigger.poll()).toBeUndefined();
});

it('asks with the credential that is chosen', async () => {
	const { accessToken } = bench.simulator.info;
	const data = { ...bench.credential().data, oauthTokenData: { access_token: accessToken, token_type: 'Bearer' } };
	const trigger = watching('orderCreated', { authentication: 'oAuth2' }, { type: new IFlowOAuth2Api(), data });
	expect(await trigger.poll('manual')).toHaveLength(1);
});

it('begins anew when it is to look at something else', async () => {
	const trigger = watching('orderCreated');
	await trigger.poll();
	trigger.change({ event: 'subjectCreated' });
	expect(await trigger.poll()).toBeUndefined();
	await pass();
	await bench.json('subject', 'create');
	expect(await trigger.poll()).toHaveLength(1);
});
